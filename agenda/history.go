package agenda

import (
	"slices"
	"strings"

	"padome/council"
)

// history is what the rules ask of the past, counted once per building.
type history struct {
	tasks     []council.Date          // when a task in force was last held, by its place in inForce
	measures  []council.Date          // by number, as far as any was held
	data      council.Date            // the last presentation of data
	reviewed  map[int]council.Date    // year → the plan's annual review
	standing  map[string]council.Date // when a standing item that names something was last held, by id
	outside   map[int]int             // year → items that an organisation from outside Rīga presented
	initiated []initiative            // the items that a side initiated
	regular   []council.Date          // regular sessions before this one, oldest first
}

// initiative is which side initiated an item, and when it was held.
type initiative struct {
	on   council.Date
	side council.Side
}

func newHistory(in *Input, tasks *inForce) history {
	h := history{tasks: make([]council.Date, len(tasks.refs)), reviewed: map[int]council.Date{},
		standing: map[string]council.Date{}, outside: map[int]int{}}
	for _, s := range in.Past {
		if s.Kind == council.Regular && in.earlier(s.Session, s.Date) {
			h.regular = append(h.regular, s.Date)
		}
	}
	slices.Sort(h.regular)
	h.regular = slices.Compact(h.regular)
	for i := range in.Held {
		if x := &in.Held[i]; in.earlier(x.Session, x.Date) {
			h.count(x, tasks)
		}
	}
	return h
}

// advance takes in a session that comes after all the history knows, with what
// it dealt with: what newHistory would read of it.
func (h *history) advance(s *PastSession, held []Held, tasks *inForce) {
	if s.Kind == council.Regular && !slices.Contains(h.regular, s.Date) {
		h.regular = append(h.regular, s.Date)
	}
	for i := range held {
		h.count(&held[i], tasks)
	}
}

// earlier reports whether a session that was held came before the one the
// agenda is for. Of two on a day, the one that was held did.
func (in *Input) earlier(session string, on council.Date) bool {
	return on < in.Session.Date || on == in.Session.Date && session != in.Session.ID
}

func (h *history) count(x *Held, tasks *inForce) {
	if x.ItemKind == Data {
		h.data = max(h.data, x.Date)
	}
	if year, ok := reviewYear(x.Item); ok {
		h.reviewed[year] = max(h.reviewed[year], x.Date)
	}
	if strings.HasPrefix(x.Item, overduePrefix) || strings.HasPrefix(x.Item, delegationPrefix) {
		h.standing[x.Item] = max(h.standing[x.Item], x.Date)
	}
	if x.OutsideRiga {
		h.outside[x.Date.Year()]++
	}
	if x.Initiator != "" {
		h.initiated = append(h.initiated, initiative{x.Date, x.Initiator})
	}
	for _, then := range x.Tasks {
		if i := tasks.place(then); i >= 0 { // most are of this revision
			h.deal(i, then.Measure, x.Date)
			continue
		}
		for _, r := range tasks.now(then) {
			h.deal(tasks.place(r), r.Measure, x.Date)
		}
	}
}

// deal notes that a task, and with it its measure, was held on a day.
func (h *history) deal(place, measure int, on council.Date) {
	h.tasks[place] = max(h.tasks[place], on)
	h.measures = reach(h.measures, measure)
	h.measures[measure] = max(h.measures[measure], on)
}

// measure is when one was last held; empty when never.
func (h *history) measure(number int) council.Date {
	if number < len(h.measures) {
		return h.measures[number]
	}
	return ""
}

// regularSince counts the regular sessions held after a day.
func (h *history) regularSince(d council.Date) int {
	i, found := slices.BinarySearch(h.regular, d)
	if found {
		i++
	}
	return len(h.regular) - i
}
