package agenda

import (
	"slices"
	"time"

	"padome/council"
	"padome/internal/problem"
)

// MarkUrgent is Candidate.MarkUrgent for a proposal that still waits.
func (p *Proposal) MarkUrgent(a council.Actor, at time.Time) error {
	if !MayApprove(a) {
		return problem.New(problem.Forbidden, "problem.agenda.leads-only")
	}
	if err := p.open(); err != nil {
		return err
	}
	return p.Candidate.MarkUrgent(a, at)
}

// MarkUrgent records a lead's mark that the candidate may not wait for the
// session after (P15). It counts once both leads, two persons, have marked it.
func (c *Candidate) MarkUrgent(a council.Actor, at time.Time) (err error) {
	c.Urgent, err = marked(c.Urgent, a, at, "problem.agenda.urgent-already", c.Title)
	return err
}

// Waive records a lead's mark that the candidate may be decided without a
// working group's opinion (P19). It counts once both leads, two persons, have
// marked it.
func (c *Candidate) Waive(a council.Actor, at time.Time) (err error) {
	c.Waived, err = marked(c.Waived, a, at, "problem.agenda.waived-already", c.Title)
	return err
}

// marked adds a lead's mark, in the first office of theirs that has not marked
// yet. It refuses others than the leads, and with the key given whoever has
// marked already.
func marked(marks []Urgency, a council.Actor, at time.Time, already, title string) ([]Urgency, error) {
	if !MayApprove(a) {
		return marks, problem.New(problem.Forbidden, "problem.agenda.leads-only")
	}
	if slices.ContainsFunc(marks, func(u Urgency) bool { return u.Person == a.Person }) {
		return marks, problem.New(problem.State, already, "title", title)
	}
	for _, m := range leads(a) {
		if !slices.ContainsFunc(marks, func(u Urgency) bool { return u.Role == m.Role }) {
			return append(slices.Clone(marks), Urgency{Role: m.Role, Person: a.Person, At: at}), nil
		}
	}
	return marks, problem.New(problem.State, already, "title", title)
}

// byBoth reports whether both leads, two persons, gave their mark.
func byBoth(marks []Urgency) bool {
	chair, deputy := "", ""
	for _, u := range marks {
		switch u.Role {
		case council.Chair:
			chair = u.Person
		case council.Deputy:
			deputy = u.Person
		}
	}
	return chair != "" && deputy != "" && chair != deputy
}
