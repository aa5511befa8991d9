package agenda

import (
	"strconv"

	"padome/council"
)

// outsideRiga is P26: at least so many items a year are presented by an
// organisation from outside Rīga, and nobody has to come to Rīga to take part.
//
// It asks for such items from the session on after which, with one at each of
// the year's regular sessions still to come, they would be too few.
var outsideRiga = Rule{
	ID:     "P26",
	Params: []Param{number("items", 1, 0, 12)},
	Need: func(b *building, s rules) {
		if b.outsideLacking(s) <= 0 {
			return
		}
		if e := b.best(func(e *entry) bool { return e.OutsideRiga }); e != nil {
			e.demand(s.Setting.Hard, b.outside(s, "due"))
		}
	},
	Check: func(v *view, s rules) []Breach {
		var bs []Breach
		on := 0
		for i := range v.items {
			if v.items[i].OutsideRiga {
				on++
			}
		}
		if v.outsideLacking(s) > on {
			bs = append(bs, Breach{Reason: *v.outside(s, "unmet"), Hard: s.Setting.Hard})
		}
		if v.in.Session.Mode == council.InPerson {
			bs = append(bs, s.breach("", "remote"))
		}
		return bs
	},
}

// outsideLacking is how many items from outside Rīga this session has to have,
// with one at each regular session of the year after it.
func (b *building) outsideLacking(s rules) int {
	if b.in.Session.Kind != council.Regular {
		return 0
	}
	year := b.in.Session.Date.Year()
	wanted := s.number("items") - b.past.outside[year]
	return wanted - b.regularUntil(council.Date(strconv.Itoa(year)+"-12-31"))
}

func (b *building) outside(s rules, key string) *Reason {
	year := b.in.Session.Date.Year()
	return s.reason(key, "year", strconv.Itoa(year), "items", s.param("items"), "n", strconv.Itoa(b.past.outside[year]))
}
