package agenda

import "strconv"

// numbering is P3: items are numbered 1..n, no gap, no repeat.
var numbering = Rule{
	ID: "P3", Hard: true,
	Check: func(v *view, s rules) []Breach {
		var bs []Breach
		for i := range v.items {
			if it := &v.items[i]; it.Number != i+1 {
				bs = append(bs, s.breach(it.ID, "unmet", "title", it.Title, "number", strconv.Itoa(it.Number), "wanted", strconv.Itoa(i+1)))
			}
		}
		return bs
	},
}
