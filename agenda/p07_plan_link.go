package agenda

import "strconv"

// planLink is P7: every substantive item links to a task of the plan, or says
// "outside the plan" with a reason; the share of minutes outside the plan is
// limited. choose keeps it to that of the session's time; the share of what comes
// on in the end is checked.
var planLink = Rule{
	ID:     "P7",
	Params: []Param{{Name: "off_plan_share", Kind: Share, Default: "1/3"}},
	Bar: func(b *building, s rules, c *Candidate) *Reason {
		if !c.OnPlan() && c.OutsidePlan == "" {
			return s.reason("unlinked")
		}
		return nil
	},
	Turn: func(b *building, s rules, c *Candidate) *Reason {
		switch {
		case c.Source == FromPlan:
			return nil
		case c.OnPlan():
			return s.reason("linked", "n", strconv.Itoa(len(c.Tasks)), "tasks", numbers(c.Tasks))
		}
		if c.OutsidePlan == "" { // carried over: not barred, but it has to be said
			return s.reason("unlinked")
		}
		return s.reason("outside", "reason", sentence(c.OutsidePlan))
	},
	Check: func(v *view, s rules) []Breach {
		var bs []Breach
		all, off := 0, 0
		for i := range v.items {
			it := &v.items[i]
			if !it.Kind.Substantive() {
				continue
			}
			all += it.Minutes
			if !it.offPlan() {
				continue
			}
			off += it.Minutes
			if it.OutsidePlan == "" {
				bs = append(bs, s.breach(it.ID, "unmet", "title", it.Title))
			}
		}
		if num, den := s.share("off_plan_share"); off*den > all*num {
			bs = append(bs, s.breach("", "over", "off", strconv.Itoa(off), "all", strconv.Itoa(all), "share", s.param("off_plan_share")))
		}
		return bs
	},
}
