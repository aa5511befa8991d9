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
	planned := max(s.Ends.Minutes()-s.Starts.Minutes(), 0)
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
	whole   int // minutes before any was taken
	offPlan int // minutes taken by items outside the plan

	dueMinutes, dueCount int // what the due tasks ranked below will take
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
	for _, e := range b.coming {
		if !e.Kind.Substantive() {
			r.minutes -= e.Minutes
		}
	}
	r.whole = max(r.minutes, 0)
	return r
}

// choose places entries in their order until room ends: the first that does
// not fit and all behind it drop, but never one that must come on. Whether an
// entry is placed hangs on those ranked above it and on what must come on, so
// that one candidate more never takes the place of one ranked higher. Of the
// plan's own tasks those that are only next in turn leave room for the due, and
// a due one holds its room for the item that brings it on further down.
func (b *building) choose() {
	r := b.room()
	for _, e := range b.coming { // what must come on has its room first
		if e.must && e.Kind.Substantive() {
			r.take(e)
		}
		if e.pressing() {
			r.dueMinutes, r.dueCount = r.dueMinutes+e.Minutes, r.dueCount+1
		}
	}
	var full *Reason
	for _, e := range b.coming {
		if e.pressing() {
			r.dueMinutes, r.dueCount = r.dueMinutes-e.Minutes, r.dueCount-1
		}
		if via := e.paced.via; via != nil && (via.placed || via.must) {
			continue // it comes on through that
		}
		held := r.release(e)
		why := b.against(&r, e, full, held)
		switch {
		case e.must:
			e.placed = true
		case why == nil:
			r.take(e)
			e.holds = e.paced.via != nil
			e.placed = !e.holds
		default:
			e.noRoom = why
			r.takeInstead(e)
			if full == nil && ends(why) {
				full = b.behind(why.Rule, e)
			}
		}
	}
}

// against is what there is against placing an entry now; nil when nothing is.
// held says that due tasks hold room for it, which they keep when others end.
func (b *building) against(r *room, e *entry, full *Reason, held bool) *Reason {
	switch {
	case full != nil && !held:
		return full
	case e.offPlan() && b.overShare(r, e):
		return b.shareReason(r)
	case e.paced.turn == inTurn && r.yields(e):
		return b.yieldReason(r.dueCount)
	}
	return b.noRoom(r, e)
}

// ends reports whether all behind an entry drop with it for that reason.
func ends(why *Reason) bool { return why.Rule == "P20" || why.Rule == "P21" }

// release gives back what due tasks hold for an entry, and reports whether any
// does.
func (r *room) release(e *entry) bool {
	held := false
	for _, own := range e.paced.brings {
		if own.holds {
			r.minutes, r.count, held = r.minutes+own.Minutes, r.count+1, true
		}
	}
	return held
}

// takeInstead places the due tasks that held room for an entry which does not
// fit.
func (r *room) takeInstead(e *entry) {
	for _, own := range e.paced.brings {
		if own.holds {
			r.take(own)
			own.holds, own.placed = false, true
		}
	}
}

// yields reports whether a task that is only next in turn would take the room of
// one that is due.
func (r *room) yields(e *entry) bool {
	return r.dueCount > 0 && (r.count-r.dueCount < 1 || r.minutes-r.dueMinutes < e.Minutes)
}

func (b *building) yieldReason(n int) *Reason {
	s, _ := b.rule("P8")
	return s.reason("yields", "n", strconv.Itoa(n))
}

func (r *room) take(e *entry) {
	r.minutes -= e.Minutes
	r.count--
	if e.offPlan() {
		r.offPlan += e.Minutes
	}
}

// overShare reports whether an entry would take the items outside the plan over
// their share (P7) of the minutes that the session has for substantive items.
// When fewer come on, the share of those may be greater: Check says so.
func (b *building) overShare(r *room, e *entry) bool {
	s, ok := b.rule("P7")
	if !ok {
		return false
	}
	num, den := s.share("off_plan_share")
	return (r.offPlan+e.Minutes)*den > r.whole*num
}

// noRoom says why an entry does not fit in what is left; nil when it does.
func (b *building) noRoom(r *room, e *entry) *Reason {
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

func (b *building) shareReason(r *room) *Reason {
	s, _ := b.rule("P7")
	return s.reason("share", "share", s.param("off_plan_share"), "minutes", strconv.Itoa(r.whole))
}
