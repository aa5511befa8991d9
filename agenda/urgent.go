package agenda

import (
	"slices"
	"time"

	"padome/council"
	"padome/internal/problem"
)

// MarkUrgent records a lead's mark that the candidate may not wait for the
// session after (P15). It counts once both leads, two persons, have marked it.
func (c *Candidate) MarkUrgent(a council.Actor, at time.Time) error {
	if !MayApprove(a) {
		return problem.New(problem.Forbidden, "problem.agenda.leads-only")
	}
	if slices.ContainsFunc(c.Urgent, func(u Urgency) bool { return u.Person == a.Person }) {
		return problem.New(problem.State, "problem.agenda.urgent-already", "title", c.Title)
	}
	for _, m := range leads(a) {
		if !slices.ContainsFunc(c.Urgent, func(u Urgency) bool { return u.Role == m.Role }) {
			c.Urgent = append(c.Urgent, Urgency{Role: m.Role, Person: a.Person, At: at})
			return nil
		}
	}
	return problem.New(problem.State, "problem.agenda.urgent-already", "title", c.Title)
}
