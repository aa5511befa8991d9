package agenda

import (
	"cmp"
	"slices"
	"strconv"

	"padome/council"
	"padome/internal/problem"
)

// postponed is P6: what a session postponed comes first among the substantive
// items of the next, oldest first; after max_postponements the leads choose:
// decide, withdraw, working group.
var postponed = Rule{
	ID: "P6", Hard: true,
	Params: []Param{number("max_postponements", 2, 1, 12)},
	Bar: func(b *building, s rules, c *Candidate) *Reason {
		if len(c.Postponed) == 0 {
			return nil
		}
		switch c.Settle {
		case SettleWithdraw:
			return s.reason("withdrawn", "n", strconv.Itoa(len(c.Postponed)))
		case SettleGroup:
			return s.reason("group", "n", strconv.Itoa(len(c.Postponed)))
		}
		return nil
	},
	Need: func(b *building, s rules) {
		for _, e := range b.entries {
			if n := len(e.Postponed); n > 0 && len(e.bars) == 0 {
				key := "carried"
				switch {
				case n < s.number("max_postponements"):
				case e.Settle == SettleDecide:
					key = "decide"
				default:
					key = "settle"
				}
				e.demand(true, s.reason(key, "n", strconv.Itoa(n), "last", string(e.Postponed[n-1])))
			}
		}
	},
	Check: func(v *view, s rules) []Breach {
		var bs []Breach
		for i := range v.in.Candidates {
			c := &v.in.Candidates[i]
			if n := len(c.Postponed); n > 0 {
				_, on := v.on[c.ID]
				bs = append(bs, s.carriedBreach(c, n, on)...)
			}
		}
		slices.SortFunc(bs, func(x, y Breach) int { return cmp.Compare(x.Item, y.Item) })
		return append(bs, firstAmongSubstantive(v, s)...)
	},
}

// carriedBreach is what is wrong with having a carried candidate on an agenda
// or not, if anything.
func (s rules) carriedBreach(c *Candidate, n int, on bool) []Breach {
	settled := c.Settle == SettleWithdraw || c.Settle == SettleGroup
	switch {
	case settled && on:
		return []Breach{s.breach(c.ID, "settled", "title", c.Title)}
	case !settled && !on:
		return []Breach{s.breach(c.ID, "unmet", "title", c.Title, "last", string(c.Postponed[n-1]))}
	case on && n >= s.number("max_postponements") && c.Settle == "":
		return []Breach{s.breach(c.ID, "choose", "title", c.Title, "n", strconv.Itoa(n))}
	}
	return nil
}

// firstAmongSubstantive lists carried items that stand behind new ones, or
// behind some postponed later.
func firstAmongSubstantive(v *view, s rules) []Breach {
	var bs []Breach
	fresh, last := false, council.Date("")
	for i := range v.items {
		it := &v.items[i]
		switch {
		case !it.Kind.Substantive():
		case len(it.Postponed) == 0:
			fresh = true
		case fresh:
			bs = append(bs, s.breach(it.ID, "behind", "title", it.Title))
		case it.Postponed[0] < last:
			bs = append(bs, s.breach(it.ID, "younger", "title", it.Title, "date", string(it.Postponed[0])))
		default:
			last = it.Postponed[0]
		}
	}
	return bs
}

// MaySettle reports whether the actor may choose the way out for an item
// postponed too often: the leads.
func MaySettle(a council.Actor) bool { return a.HoldsAny(council.Chair, council.Deputy) }

// SettleBy records the way out that a lead chose (P6).
func (c *Candidate) SettleBy(a council.Actor, choice Settlement) error {
	switch {
	case !MaySettle(a):
		return problem.New(problem.Forbidden, "problem.agenda.leads-only")
	case len(c.Postponed) == 0:
		return problem.New(problem.State, "problem.agenda.not-postponed", "title", c.Title)
	case choice != SettleDecide && choice != SettleWithdraw && choice != SettleGroup:
		var l problem.List
		l.Add("settle", "problem.choice", "value", string(choice), "choices", "decide, withdraw, working-group")
		return l.Err()
	}
	c.Settle = choice
	return nil
}
