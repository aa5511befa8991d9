package agenda

import "strconv"

// itemCount is P21: one to most substantive items. choose keeps the most.
var itemCount = Rule{
	ID:     "P21",
	Params: []Param{number("most", 5, 1, 30)},
	Check: func(v *view, s rules) []Breach {
		n := 0
		for i := range v.items {
			if v.items[i].Kind.Substantive() {
				n++
			}
		}
		switch {
		case n == 0:
			return []Breach{s.breach("", "none")}
		case n > s.number("most"):
			return []Breach{s.breach("", "unmet", "n", strconv.Itoa(n), "most", s.param("most"))}
		}
		return nil
	},
}
