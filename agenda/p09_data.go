package agenda

import (
	"cmp"

	"padome/council"
)

// dataPresentation is P9: data are presented at least every data_every regular
// sessions, always with a discussion and a recorded conclusion.
var dataPresentation = Rule{
	ID: "P9", Hard: true,
	Params: []Param{number("data_every", 3, 1, 12)},
	Need: func(b *building, s rules) {
		if !b.dataDue(s) {
			return
		}
		if e := b.best(func(e *entry) bool { return e.Kind == Data }); e != nil {
			e.demand(s.Setting.Hard, s.reason(sinceKey("due", b.past.data), "every", s.param("data_every"), "last", string(b.past.data)))
		}
	},
	Check: func(v *view, s rules) []Breach {
		if !v.dataDue(s) {
			return nil
		}
		for i := range v.items {
			if v.items[i].Kind == Data {
				return nil
			}
		}
		return []Breach{s.breach("", sinceKey("unmet", v.past.data), "every", s.param("data_every"), "last", string(v.past.data))}
	},
}

// dataDue reports whether a regular session may not go without data: the
// data_every-1 before it had none.
func (b *building) dataDue(s rules) bool {
	since := max(b.past.data, b.tasks.begun)
	return b.in.Session.Kind == council.Regular && b.past.regularSince(since) >= s.number("data_every")-1
}

// sinceKey picks the wording for "last on …" or "not yet".
func sinceKey(key string, last council.Date) string {
	if last == "" {
		return key + "-never"
	}
	return key
}

// best is the candidate that serves a purpose best, among those that may come
// on: carried over, then proposed, then from the plan; ties as in the order.
func (b *building) best(fits func(*entry) bool) *entry {
	var best *entry
	for _, e := range b.entries {
		if len(e.bars) > 0 || e.Source == Standing || !fits(e) {
			continue
		}
		if best == nil || readier(e, best) {
			best = e
		}
	}
	return best
}

// readier reports whether a task comes on rather through x than through y.
func readier(x, y *entry) bool {
	if c := cmp.Compare(x.readiness(), y.readiness()); c != 0 {
		return c < 0
	}
	return compareTies(x, y) < 0
}

// readiness orders the ways a task can come on: 0 carried over, 1 proposed,
// 2 as the plan has it.
func (e *entry) readiness() int {
	switch {
	case len(e.Postponed) > 0:
		return 0
	case e.Source == FromProposal:
		return 1
	}
	return 2
}
