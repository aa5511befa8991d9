package agenda

import (
	"strconv"

	"padome/internal/problem"
)

// timing is P20: the session's time, the standing items' share of it, the span
// of every other item, promised times, and the time to spare. choose keeps the
// total.
var timing = Rule{
	ID: "P20", Hard: true,
	Params: []Param{
		number("total", 120, 30, 600), number("opening", 5, 1, 60), number("execution", 10, 1, 60),
		number("other", 15, 1, 60), number("least", 10, 1, 60), number("most", 30, 5, 240),
		number("usual", 15, 5, 120), number("spare", 10, 0, 50),
	},
	Turn: func(b *building, s rules, c *Candidate) *Reason {
		asked := c.Minutes
		if asked == 0 {
			c.Minutes = s.number("usual")
			return nil
		}
		c.Minutes = min(max(asked, s.number("least")), s.number("most"))
		if c.Minutes != asked {
			return s.reason("fitted", "asked", strconv.Itoa(asked), "minutes", strconv.Itoa(c.Minutes))
		}
		return nil
	},
	Check: func(v *view, s rules) []Breach {
		var bs []Breach
		for i, slot := range Times(v.in.Session.Starts, v.items) {
			it := &v.items[i]
			if slot.Late > 0 {
				bs = append(bs, s.breach(it.ID, "late", "title", it.Title, "at", string(it.At), "starts", string(slot.Starts)))
			}
			if outside(it, s) {
				bs = append(bs, s.breach(it.ID, "span", "title", it.Title, "minutes", strconv.Itoa(it.Minutes),
					"least", s.param("least"), "most", s.param("most")))
			}
		}
		sum := sumOf(v.in.Session.Starts, v.items)
		if most := v.limit() * (100 - s.number("spare")) / 100; sum > most {
			bs = append(bs, s.breach("", "unmet", "sum", strconv.Itoa(sum), "most", strconv.Itoa(most),
				"over", strconv.Itoa(sum-most), "limit", strconv.Itoa(v.limit()), "spare", s.param("spare")))
		}
		return bs
	},
	Agree: func(l *problem.List, field string, s rules) {
		least, usual, most := s.number("least"), s.number("usual"), s.number("most")
		if usual < least || usual > most {
			l.Add(field+".usual", "problem.range", "value", s.param("usual"), "least", s.param("least"), "most", s.param("most"))
		}
		standing := s.number("opening") + s.number("execution") + s.number("other")
		if room := s.number("total") * (100 - s.number("spare")) / 100; standing+least > room {
			l.Add(field+".total", "problem.principles.no-room", "value", s.param("total"), "room", strconv.Itoa(room),
				"standing", strconv.Itoa(standing), "least", s.param("least"))
		}
	},
}

// outside reports whether an item's minutes are outside its span. Standing
// items have the time their own rule gives them, and one minute at least.
func outside(it *Item, s rules) bool {
	if it.Source == Standing {
		return it.Minutes < 1
	}
	return it.Minutes < s.number("least") || it.Minutes > s.number("most")
}
