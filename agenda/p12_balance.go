package agenda

import (
	"cmp"
	"strconv"

	"padome/council"
)

// balance is P12: over balance_window regular sessions the NGO side initiates
// least to most per cent of the items that a side initiated, joint ones counted
// half and half; and no more than in_a_row items of one side follow each other
// while the other has one that may come on.
//
// A difference of one item is no imbalance, and nothing is said before there
// have been as many sessions. Within the discussions Build alternates the sides
// itself.
var balance = Rule{
	ID: "P12",
	Params: []Param{number("balance_window", 4, 2, 24), number("least", 40, 0, 50), number("most", 60, 50, 100),
		number("in_a_row", 2, 1, 10)},
	Check: func(v *view, s rules) []Breach { return append(v.share(s), v.inARow(s)...) },
}

// count is how many items each side initiated, in halves.
type count struct{ ngo, all int }

func (c *count) add(side council.Side) {
	switch side {
	case council.NGO:
		c.ngo, c.all = c.ngo+2, c.all+2
	case council.State:
		c.all += 2
	case council.Joint:
		c.ngo, c.all = c.ngo+1, c.all+2
	}
}

// share holds the items of this session and of those before it to the shares of
// the sides.
func (v *view) share(s rules) []Breach {
	before := s.number("balance_window") - 1
	n := len(v.past.regular)
	if v.in.Session.Kind != council.Regular || n < before {
		return nil
	}
	var c count
	for _, x := range v.past.initiated {
		if x.on >= v.past.regular[n-before] {
			c.add(x.side)
		}
	}
	for i := range v.items {
		c.add(v.items[i].Initiator)
	}
	lacking := c.lacking(s.number("least"), s.number("most"))
	if lacking == "" {
		return nil
	}
	args := []string{"share", strconv.Itoa((c.ngo*100 + c.all/2) / c.all), "least", s.param("least"), "most", s.param("most"),
		"window", s.param("balance_window"), "side", string(lacking)}
	if e := v.ready(lacking); e != nil {
		return []Breach{s.breach("", "share-ready", append(args, "title", e.Title)...)}
	}
	return []Breach{s.breach("", "share", args...)}
}

// lacking is the side that initiated too little; empty when none did.
func (c *count) lacking(least, most int) council.Side {
	switch state := c.all - c.ngo; {
	case c.ngo+2 < state && c.ngo*100 < least*c.all:
		return council.NGO
	case state+2 < c.ngo && c.ngo*100 > most*c.all:
		return council.State
	}
	return ""
}

// inARow finds the items that are one too many in a row from one side while the
// other has one ready: left out, or further down in the same class of the order.
func (v *view) inARow(s rules) []Breach {
	var bs []Breach
	most := s.number("in_a_row")
	last, n := council.Side(""), 0
	for i := range v.items {
		it := &v.items[i]
		switch {
		case it.Initiator == "":
			continue
		case it.Initiator != last:
			last, n = it.Initiator, 0
		}
		if n++; n != most+1 || last == council.Joint {
			continue
		}
		other := council.State
		if last == council.State {
			other = council.NGO
		}
		args := []string{"title", it.Title, "n", strconv.Itoa(n), "side", string(last)}
		if next := v.furtherDown(i, other); next != nil {
			bs = append(bs, s.breach(it.ID, "row-later", append(args, "other", next.Title)...))
		} else if e := v.ready(other); e != nil {
			bs = append(bs, s.breach(it.ID, "row-out", append(args, "other", e.Title)...))
		}
	}
	return bs
}

// furtherDown is the next item of a side behind one of the same class.
func (v *view) furtherDown(i int, side council.Side) *Item {
	_, carriedFirst := v.rule(postponed.ID)
	class := v.items[i].class(carriedFirst)
	for j := i + 1; j < len(v.items); j++ {
		if it := &v.items[j]; it.Initiator == side && it.class(carriedFirst) == class {
			return it
		}
	}
	return nil
}

// ready is the candidate of a side that was handed in first of those that may
// come on and are not on; nil when there is none.
func (v *view) ready(side council.Side) *entry {
	var first *entry
	for _, e := range v.entries {
		if e.Initiator != side || v.on[e.ID] != nil || v.barsTo(&e.Candidate) != nil {
			continue
		}
		if first == nil || cmp.Or(e.Submitted.Compare(first.Submitted), cmp.Compare(e.ID, first.ID)) < 0 {
			first = e
		}
	}
	return first
}
