package agenda

import "strconv"

// slots is how many plan tasks a session holds as items of their own, by number
// (P21) and by time (P20); false when neither limits it.
func (b *building) slots() (n int, limited bool) {
	count, ok := b.rule("P21")
	if ok {
		n, limited = count.number("most"), true
	}
	if t, ok := b.rule("P20"); ok {
		room := b.limit() * (100 - t.number("spare")) / 100
		room -= t.number("opening") + t.number("execution") + t.number("other")
		byTime := max(room, 0) / t.number("usual")
		if !limited || byTime < n {
			n, limited = byTime, true
		}
	}
	return n, limited
}

// infeasible reports that more tasks are due at this session than it holds, or
// the first stretch of sessions after it that cannot hold what is then left.
func (v *view) infeasible(s rules, ds []*duty, on []bool) []Breach {
	slots, limited := v.slots()
	if !limited {
		return nil
	}
	due := make([]int, maxSlack(ds)+1) // by slack: of all
	left := make([]int, len(due))      // by slack: of those not on this agenda
	for _, d := range ds {
		due[d.slack]++
		if !on[d.place] {
			left[d.slack]++
		}
	}
	if due[0] > slots && left[0] > 0 {
		return []Breach{s.breach("", "infeasible-now", "tasks", strconv.Itoa(due[0]), "slots", strconv.Itoa(slots),
			"short", strconv.Itoa(due[0]-slots))}
	}
	sum := left[0]
	for sessions := 1; sessions < len(left); sessions++ {
		sum += left[sessions]
		if held := slots * sessions; sum > held {
			return []Breach{s.breach("", "infeasible", "tasks", strconv.Itoa(sum), "sessions", strconv.Itoa(sessions),
				"slots", strconv.Itoa(held), "short", strconv.Itoa(sum-held))}
		}
	}
	return nil
}

func maxSlack(ds []*duty) int {
	most := 0
	for _, d := range ds {
		most = max(most, d.slack)
	}
	return most
}
