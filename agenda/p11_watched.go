package agenda

import (
	"strconv"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
	"padome/plan"
)

// watchedDocuments is P11: each policy document that the council watches comes
// on at least once in so many months, its own or those of the rule, by an item on
// the task that watches it. It is asked for at the last regular session that can
// still keep that.
var watchedDocuments = Rule{
	ID:     "P11",
	Params: []Param{number("months", 12, 1, 36)},
	Need: func(b *building, s rules) {
		for _, w := range b.watching(s) {
			if w.place < 0 {
				continue
			}
			if e := b.best(func(e *entry) bool { return b.onTask(e.Tasks, w.place) }); e != nil {
				e.demand(s.Setting.Hard, s.watch(w.urgency(b), &w))
			}
		}
	},
	Check: func(v *view, s rules) []Breach {
		var bs []Breach
		for _, w := range v.watching(s) {
			if !v.bringsOn(w.place) {
				key := "unmet"
				if w.place < 0 {
					key = "no-task"
				}
				bs = append(bs, Breach{Reason: *s.watch(key, &w), Hard: s.Setting.Hard})
			}
		}
		return bs
	},
}

// watch is a watched document that may not wait for another regular session.
type watch struct {
	doc    *Watched
	months int
	place  int // of the task that watches it; -1 when the plan in force has none
	since  council.Date
	never  bool // not held yet: since is the promise
	until  council.Date
}

// watching are the watched documents that a regular session may not leave to
// another, as the principles list them; those whose task is fulfilled are
// watched no longer.
func (b *building) watching(s rules) (due []watch) {
	if b.in.Session.Kind != council.Regular {
		return nil
	}
	for i := range b.in.Principles.Watched {
		w := watch{doc: &b.in.Principles.Watched[i], months: s.number("months")}
		if w.doc.Months > 0 {
			w.months = w.doc.Months
		}
		r := plan.Ref{Revision: b.in.Plan.Revision, Measure: w.doc.Measure, Task: w.doc.Task}
		if w.place = b.tasks.place(r); w.place < 0 {
			due = append(due, w)
			continue
		}
		if w.since = b.past.tasks[w.place]; w.since == "" {
			w.since, w.never = b.in.since(r), true
		}
		w.until = w.since.AddMonths(w.months)
		if !b.tasks.fulfilled(w.place) && b.regularUntil(w.until) == 0 {
			due = append(due, w)
		}
	}
	return due
}

// bringsOn reports whether some item is on the task of a place.
func (v *view) bringsOn(place int) bool {
	for i := range v.items {
		if v.onTask(v.items[i].Tasks, place) {
			return true
		}
	}
	return false
}

func (w *watch) urgency(b *building) string {
	if w.until < b.in.Session.Date {
		return "late"
	}
	return "due"
}

// watch words what is said of a watched document: "reason.p11.<key>[-never]".
func (s rules) watch(key string, w *watch) *Reason {
	if w.never {
		key += "-never"
	}
	return s.reason(key, "document", w.doc.Title+"\n"+w.doc.TitleEN, "since", string(w.since), "until", string(w.until),
		"months", strconv.Itoa(w.months), "task", strconv.Itoa(w.doc.Measure)+"."+strconv.Itoa(w.doc.Task))
}

// validate tidies the titles of a watched document and notes what is wrong with
// it.
func (w *Watched) validate(l *problem.List, at string) {
	text.Line(l, at+".title", &w.Title, 1, 300)
	text.Line(l, at+".titleEn", &w.TitleEN, 1, 300)
	for _, x := range []struct {
		field       string
		value, from int
		to          int
	}{{"measure", w.Measure, 1, maxMeasure}, {"task", w.Task, 1, maxMeasure}, {"months", w.Months, 0, 36}} {
		if x.value < x.from || x.value > x.to {
			l.Add(at+"."+x.field, "problem.range", "value", strconv.Itoa(x.value), "least", strconv.Itoa(x.from), "most", strconv.Itoa(x.to))
		}
	}
}
