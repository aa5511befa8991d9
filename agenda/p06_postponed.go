package agenda

import (
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
			if n := len(e.Postponed); n > 0 && len(e.out) == 0 {
				key := "carried"
				if n >= s.number("max_postponements") {
					key = "settle"
				}
				e.demand(true, s.reason(key, "n", strconv.Itoa(n), "last", string(e.Postponed[n-1])))
			}
		}
	},
	Check: func(v *view, s rules) []Breach {
		var bs []Breach
		for _, e := range v.entries {
			n := len(e.Postponed)
			if n == 0 || e.Settle == SettleWithdraw || e.Settle == SettleGroup {
				continue
			}
			last := string(e.Postponed[n-1])
			if _, ok := v.on[e.ID]; !ok && len(e.out) == 0 {
				bs = append(bs, s.breach(e.ID, "unmet", "title", e.Title, "last", last))
			} else if ok && n >= s.number("max_postponements") && e.Settle == "" {
				bs = append(bs, s.breach(e.ID, "choose", "title", e.Title, "n", strconv.Itoa(n)))
			}
		}
		return append(bs, firstAmongSubstantive(v, s)...)
	},
}

// firstAmongSubstantive lists carried items that stand behind new ones.
func firstAmongSubstantive(v *view, s rules) []Breach {
	var bs []Breach
	fresh := false
	for i := range v.items {
		it := &v.items[i]
		switch {
		case !it.Kind.Substantive():
		case len(it.Postponed) == 0:
			fresh = true
		case fresh:
			bs = append(bs, s.breach(it.ID, "behind", "title", it.Title))
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
