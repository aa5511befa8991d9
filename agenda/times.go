package agenda

import (
	"slices"
	"strconv"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
)

// Placement is how an item stands in the session beside its place in the order:
// under a section's heading, which takes no number (P3), after a break, at a
// time that was promised.
type Placement struct {
	Section string        `json:"section,omitempty"` // printed above the item; empty: the section goes on
	Break   int           `json:"break,omitempty"`   // minutes before the item
	At      council.Clock `json:"at,omitempty"`      // it does not begin before
}

const (
	maxSection = 150
	maxBreak   = 120
)

// Slot is when an item is dealt with as planned.
type Slot struct {
	Starts council.Clock `json:"starts"`
	Ends   council.Clock `json:"ends"`
	Wait   int           `json:"wait,omitempty"` // minutes with nothing to do before a promised time
	Late   int           `json:"late,omitempty"` // minutes that it begins after the promised time
}

// Times are the slots of items in their order, in a session that starts at a
// time of day.
func Times(starts council.Clock, items []Item) []Slot {
	slots := make([]Slot, len(items))
	at := 0 // minutes since the start
	for i := range items {
		it := &items[i]
		at += it.Break
		if it.At != "" {
			promised := it.At.Minutes() - starts.Minutes()
			slots[i].Wait, slots[i].Late = max(promised-at, 0), max(at-promised, 0)
			at = max(at, promised)
		}
		slots[i].Starts = starts.Add(at)
		at += it.Minutes
		slots[i].Ends = starts.Add(at)
	}
	return slots
}

// sumOf is how many minutes the items take, with breaks and waiting.
func sumOf(starts council.Clock, items []Item) int {
	sum := 0
	for i, s := range Times(starts, items) {
		sum += items[i].Break + s.Wait + items[i].Minutes
	}
	return sum
}

// Place sets how an item of the working draft stands in the session. It fails on
// a time outside the session and on a break before the first item.
func (a *Agenda) Place(actor council.Actor, in Input, id string, p Placement) error {
	d, it, err := a.forEditing(actor, &in, id)
	if err != nil {
		return err
	}
	if err := p.within(&in.Session, it.Number == 1); err != nil || it.Placement == p {
		return err
	}
	it.Placement = p
	return a.take(in, d)
}

func (p *Placement) within(s *council.Session, first bool) error {
	var l problem.List
	text.Line(&l, "section", &p.Section, 0, maxSection)
	most := maxBreak
	if first {
		most = 0
	}
	if p.Break < 0 || p.Break > most {
		l.Add("break", "problem.range", "value", strconv.Itoa(p.Break), "least", "0", "most", strconv.Itoa(most))
	}
	switch {
	case p.At == "":
	case !p.At.Valid():
		l.Add("at", "problem.clock", "value", string(p.At))
	case p.At < s.Starts || s.Ends != "" && p.At >= s.Ends:
		l.Add("at", "problem.agenda.at", "value", string(p.At), "starts", string(s.Starts), "ends", string(s.Ends))
	}
	return l.Err()
}

// keepPlacements gives the items that were placed before, and still come on,
// their placement.
func (d *Draft) keepPlacements(before []Item) {
	for i := range d.Items {
		at := slices.IndexFunc(before, func(it Item) bool { return it.ID == d.Items[i].ID })
		if at < 0 {
			continue
		}
		d.Items[i].Placement = before[at].Placement
		if i == 0 {
			d.Items[i].Break = 0
		}
	}
}
