package agenda

import (
	"padome/council"
)

// inTime is P15: proposals come in some working days before the session; later
// ones go to the next session unless both leads mark them urgent.
var inTime = Rule{
	ID: "P15", Hard: true,
	Params: []Param{number("days", 10, 0, 60), number("extraordinary", 1, 0, 60)},
	Bar: func(b *building, s rules, c *Candidate) *Reason {
		if limit := b.proposalsUntil(s); c.late(limit) {
			return s.reason("late", "date", string(council.DateOf(c.Submitted)), "limit", string(limit))
		}
		return nil
	},
	Turn: func(b *building, s rules, c *Candidate) *Reason {
		if c.Source == FromProposal && len(c.Postponed) == 0 && council.DateOf(c.Submitted) > b.proposalsUntil(s) {
			return s.reason("urgent", "date", string(council.DateOf(c.Submitted)))
		}
		return nil
	},
	Check: func(v *view, s rules) []Breach {
		limit := v.proposalsUntil(s)
		var bs []Breach
		for i := range v.items {
			if e, ok := v.named(v.items[i].ID); ok && e.late(limit) {
				bs = append(bs, s.breach(e.ID, "unmet", "title", e.Title, "limit", string(limit)))
			}
		}
		return bs
	},
}

// proposalsUntil is the last day on which proposals for the session come in.
func (b *building) proposalsUntil(s rules) council.Date {
	if b.closing == "" { // a walk over days, once
		b.closing = s.proposalsUntil(b.in.Calendar, b.in.Session)
	}
	return b.closing
}

func (s rules) proposalsUntil(c council.Calendar, x council.Session) council.Date {
	return c.WorkingDaysBefore(x.Date, s.daysBefore(x, "days"))
}

// late reports whether a proposal came after a day and is not urgent. What was
// postponed came in time once.
func (c *Candidate) late(limit council.Date) bool {
	return c.Source == FromProposal && len(c.Postponed) == 0 &&
		council.DateOf(c.Submitted) > limit && !c.urgent()
}

// urgent reports whether both leads marked the proposal urgent.
func (c *Candidate) urgent() bool { return byBoth(c.Urgent) }
