package evaluation

import (
	"slices"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
)

// Year is what the data say of one year of the plan.
type Year struct {
	Year      int
	Coverage  Coverage // at the year's end, or today where that is earlier
	Sittings  []Met
	Decisions Count
	Sides     Sides
	Overrides []Overridden
}

// Met is a session that was held in the year.
type Met struct {
	Session   council.Session
	Minutes   int
	Items     int // substantive ones that it dealt with
	Decisions int
}

// Count is decisions that had something to carry out, by how they stand.
type Count struct {
	Taken   int // in the year, of whatever kind
	Follow  int // of those, with something to carry out
	Done    int
	Partly  int
	Open    int // not done, or nothing found yet
	Overdue int // of partly done and open ones
}

// Sides is how many substantive items that were dealt with each side initiated;
// joint ones count half and half (P12).
type Sides struct {
	State, NGO, Joint, Nobody int
}

// Halves are the halves of items that each side initiated.
func (s Sides) Halves() (state, ngo int) { return 2*s.State + s.Joint, 2*s.NGO + s.Joint }

// Overridden is a rule that an approved agenda went against, and why.
type Overridden struct {
	Session council.Session
	agenda.Override
}

// Of gathers what the data say of a year.
func Of(in Input, year int) Year {
	end := council.Day(year, 12, 31)
	in.Today = min(in.Today, end)
	in.Sittings = slices.DeleteFunc(slices.Clone(in.Sittings), func(s Sitting) bool { return s.Session.Date > end })
	y := Year{Year: year, Coverage: Cover(in)}
	taken := map[string]int{}
	w := newWork(&in)
	for i := range in.Decisions {
		if d := &in.Decisions[i]; d.Taken.Year() == year {
			taken[d.Session]++
			y.Decisions.add(w.evidence(d, nil))
		}
	}
	for i := range in.Sittings {
		s := &in.Sittings[i]
		if s.Session.Date.Year() != year {
			continue
		}
		y.overrides(s)
		if s.Session.State == council.Closed {
			y.Sittings = append(y.Sittings, Met{s.Session, s.Minutes, y.items(s), taken[s.Session.ID]})
		}
	}
	return y
}

func (c *Count) add(d Linked) {
	c.Taken++
	if d.Status == minutes.Settled && d.Addressee == "" && d.Deadline == "" {
		return
	}
	c.Follow++
	switch d.Status {
	case minutes.Done, minutes.Settled:
		c.Done++
	case minutes.PartlyDone:
		c.Partly++
	default:
		c.Open++
	}
	if d.Overdue {
		c.Overdue++
	}
}

func (y *Year) overrides(s *Sitting) {
	for _, o := range s.Agenda.Overrides {
		if o.Rule != "" {
			y.Overrides = append(y.Overrides, Overridden{s.Session, o})
		}
	}
}

// items counts the substantive items that a session dealt with, and who initiated
// them.
func (y *Year) items(s *Sitting) int {
	of := map[string]minutes.Outcome{}
	for _, t := range s.Treatments {
		of[t.Item] = t.Outcome
	}
	n := 0
	for i := range s.Agenda.Items {
		it := &s.Agenda.Items[i]
		if !it.Kind.Substantive() || !markOf(of[it.ID]).Done() {
			continue
		}
		n++
		switch it.Initiator {
		case council.State:
			y.Sides.State++
		case council.NGO:
			y.Sides.NGO++
		case council.Joint:
			y.Sides.Joint++
		default:
			y.Sides.Nobody++
		}
	}
	return n
}

// Never are the tasks not discussed by the end of the year.
func (y *Year) Never() []TaskCover {
	var ts []TaskCover
	for _, m := range y.Coverage.Measures {
		for _, t := range m.Tasks {
			if t.State == Never {
				ts = append(ts, t)
			}
		}
	}
	return ts
}

// In are the cells of the year in which a session dealt with something.
func (y *Year) In(cells []Cell) []Cell {
	var in []Cell
	for _, c := range cells {
		if c.Date.Year() == y.Year && c.State.Done() {
			in = append(in, c)
		}
	}
	return in
}
