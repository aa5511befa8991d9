package agenda

import (
	"slices"
	"strings"

	"padome/council"
	"padome/internal/problem"
)

// SetOpinion records what a working group said of the candidate (P19), in place
// of an earlier opinion. The secretariat may record it, and the lead of the
// group itself; the group must be one of those given. It fails on a day that has
// not come yet, and on texts that cannot be printed.
func (c *Candidate) SetOpinion(a council.Actor, groups []council.WorkingGroup, o Opinion, today council.Date) error {
	i := slices.IndexFunc(groups, func(g council.WorkingGroup) bool { return o.by(&g) })
	if !MayPrepare(a) && (i < 0 || a.Person == "" || groups[i].Lead != a.Person) {
		return problem.New(problem.Forbidden, "problem.agenda.opinion")
	}
	m := Matter{Opinion: &o}
	var l problem.List
	m.validateOpinion(&l)
	if i < 0 && o.Group != "" {
		ids := make([]string, len(groups))
		for j, g := range groups {
			ids[j] = g.ID
		}
		l.Add("opinion.group", "problem.choice", "value", o.Group, "choices", strings.Join(ids, ", "))
	}
	if o.On.Valid() && o.On > today {
		l.Add("opinion.on", "problem.agenda.opinion-day", "on", string(o.On), "today", string(today))
	}
	if err := l.Err(); err != nil {
		return err
	}
	o.Group = groups[i].ID
	c.Opinion = &o
	return nil
}
