package agenda

import (
	"slices"

	"padome/council"
	"padome/plan"
)

// history is what the rules ask of the past, counted once per building.
type history struct {
	task     map[plan.Ref]council.Date // when a current task was last held
	measure  map[int]council.Date
	data     council.Date         // the last presentation of data
	reviewed map[int]council.Date // year → the plan's annual review
	regular  []council.Date       // regular sessions before this one, oldest first
}

func newHistory(in *Input) history {
	h := history{task: map[plan.Ref]council.Date{}, measure: map[int]council.Date{}, reviewed: map[int]council.Date{}}
	for _, s := range in.Past {
		if s.Kind == council.Regular && s.Date < in.Session.Date {
			h.regular = append(h.regular, s.Date)
		}
	}
	slices.Sort(h.regular)
	h.regular = slices.Compact(h.regular)
	current := currentTasks(in)
	for i := range in.Held {
		if in.Held[i].Date < in.Session.Date {
			h.count(&in.Held[i], current)
		}
	}
	return h
}

func (h *history) count(x *Held, current func(plan.Ref) []plan.Ref) {
	if x.ItemKind == Data && x.Date > h.data {
		h.data = x.Date
	}
	if year, ok := reviewYear(x.Item); ok && x.Date > h.reviewed[year] {
		h.reviewed[year] = x.Date
	}
	for _, then := range x.Tasks {
		for _, r := range current(then) {
			if x.Date > h.task[r] {
				h.task[r] = x.Date
			}
			if x.Date > h.measure[r.Measure] {
				h.measure[r.Measure] = x.Date
			}
		}
	}
}

// currentTasks finds what an earlier revision's task has become.
func currentTasks(in *Input) func(plan.Ref) []plan.Ref {
	known := map[plan.Ref][]plan.Ref{}
	return func(r plan.Ref) []plan.Ref {
		if now, ok := known[r]; ok {
			return now
		}
		now := []plan.Ref{r}
		if in.Lineage != nil {
			now = in.Lineage.Current(r)
		}
		known[r] = now
		return now
	}
}

// regularSince counts the regular sessions held after a day.
func (h *history) regularSince(d council.Date) int {
	i, found := slices.BinarySearch(h.regular, d)
	if found {
		i++
	}
	return len(h.regular) - i
}

// later is the later of two days.
func later(a, b council.Date) council.Date { return max(a, b) }
