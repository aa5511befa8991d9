package agenda

import (
	"math"
	"strconv"

	"padome/council"
)

// limit is how many minutes the session has: the principles' total for a
// regular session, no longer than planned; the planned time for any other.
func (b *building) limit() int {
	s := b.in.Session
	planned := s.Ends.Minutes() - s.Starts.Minutes()
	t, ok := b.rule("P20")
	if !ok || s.Kind != council.Regular && planned > 0 {
		return planned
	}
	total := t.number("total")
	if planned > 0 {
		total = min(total, planned)
	}
	return total
}

// room is what there is for the substantive items.
type room struct {
	minutes int // left
	count   int // left
	offPlan int // minutes left for items outside the plan
}

// choose places entries in their order until room ends: the first that does
// not fit and all behind it drop, but never one that must come on.
func (b *building) choose() {
	budget := math.MaxInt
	if share, ok := b.rule("P7"); ok {
		num, den := share.share("off_plan_share")
		budget = b.room().minutes * num / den
	}
	for {
		substantive, offPlan, last := b.fill(budget)
		share, ok := b.rule("P7")
		if !ok || offPlan == 0 {
			return
		}
		num, den := share.share("off_plan_share")
		if offPlan*den <= substantive*num || last == nil {
			return
		}
		// Too much outside the plan beside what came on: its last item goes.
		budget = min(budget, offPlan) - last.Minutes
	}
}

// room is what the standing items and the spare time leave.
func (b *building) room() room {
	r := room{minutes: math.MaxInt32, count: math.MaxInt32}
	if t, ok := b.rule("P20"); ok {
		r.minutes = b.limit() * (100 - t.number("spare")) / 100
	}
	if n, ok := b.rule("P21"); ok {
		r.count = n.number("most")
	}
	for _, e := range b.entries {
		if len(e.out) == 0 && !e.Kind.Substantive() {
			r.minutes -= e.Minutes
		}
	}
	return r
}

// fill places entries with a budget of minutes outside the plan. It reports the
// minutes placed and the last entry outside the plan that could be dropped.
func (b *building) fill(budget int) (substantive, offPlan int, last *entry) {
	r := b.room()
	r.offPlan = budget
	for _, e := range b.entries { // what must come on has its room first
		if e.must && len(e.out) == 0 && e.Kind.Substantive() {
			r.take(e)
		}
	}
	var full *Reason
	for _, e := range b.entries {
		e.placed = false
		e.out = dropRoom(e.out)
		switch {
		case len(e.out) > 0:
		case e.must:
			e.placed = true
		case full != nil:
			e.out = append(e.out, *full)
		case e.offPlan() && e.Minutes > r.offPlan:
			e.out = append(e.out, *b.offPlanReason())
		default:
			if full = b.noRoom(r, e); full != nil {
				e.out = append(e.out, *full)
				full = b.behind(full.Rule, e)
				continue
			}
			r.take(e)
			e.placed = true
		}
		if e.placed && e.Kind.Substantive() {
			substantive += e.Minutes
			if e.offPlan() {
				offPlan += e.Minutes
				if !e.must && e.Minutes > 0 {
					last = e
				}
			}
		}
	}
	return substantive, offPlan, last
}

func (r *room) take(e *entry) {
	r.minutes -= e.Minutes
	r.count--
	if e.offPlan() {
		r.offPlan -= e.Minutes
	}
}

// noRoom says why an entry does not fit in what is left; nil when it does.
func (b *building) noRoom(r room, e *entry) *Reason {
	if s, ok := b.rule("P21"); ok && r.count < 1 {
		return s.reason("full", "most", s.param("most"))
	}
	if s, ok := b.rule("P20"); ok && e.Minutes > r.minutes {
		return s.reason("full", "minutes", strconv.Itoa(e.Minutes), "left", strconv.Itoa(max(r.minutes, 0)))
	}
	return nil
}

// behind is the reason of what stands behind the first entry that did not fit.
func (b *building) behind(rule string, first *entry) *Reason {
	s, _ := b.rule(rule)
	return s.reason("behind", "title", first.Title)
}

func (b *building) offPlanReason() *Reason {
	s, _ := b.rule("P7")
	return s.reason("share", "share", s.param("off_plan_share"))
}

// dropRoom takes back the reasons of an earlier filling.
func dropRoom(rs []Reason) []Reason {
	kept := rs[:0]
	for _, r := range rs {
		switch r.Key {
		case "reason.p20.full", "reason.p21.full", "reason.p20.behind", "reason.p21.behind", "reason.p7.share":
		default:
			kept = append(kept, r)
		}
	}
	return kept
}
