package plan

import (
	"slices"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
)

// Fulfilment is what the council found, at a session, of how far a task of the
// plan has been carried out. The newest of a task holds; earlier ones stay as its
// history.
type Fulfilment struct {
	ID       string       `json:"id"`
	Task     Ref          `json:"task"` // as it read in the revision in force at the session
	Status   Fulfilled    `json:"status"`
	Session  string       `json:"session"`
	On       council.Date `json:"on"`                 // the day of the session
	Decision string       `json:"decision,omitempty"` // the clause that says so; empty: none does
	Note     string       `json:"note,omitempty"`
	By       string       `json:"by"`
	Name     string       `json:"name"`
	Revision uint64       `json:"revision"`
}

// Fulfilled is how far a task has been carried out.
type Fulfilled string

const (
	WhollyFulfilled Fulfilled = "fulfilled" // izpildīts
	PartlyFulfilled Fulfilled = "partly"    // daļēji izpildīts
	NotFulfilled    Fulfilled = "not"       // nav izpildīts
)

// Validate tidies the note and says what is wrong with the finding. Whether task,
// session and decision are there is for the caller, who has them.
func (f *Fulfilment) Validate() error {
	var l problem.List
	text.Line(&l, "id", &f.ID, 1, 64)
	between(&l, "task.revision", f.Task.Revision, 1, mostRevisions)
	between(&l, "task.measure", f.Task.Measure, 1, mostNumber)
	between(&l, "task.task", f.Task.Task, 1, mostNumber)
	switch f.Status {
	case WhollyFulfilled, PartlyFulfilled, NotFulfilled:
	default:
		l.Add("status", "problem.choice", "value", string(f.Status), "choices", "fulfilled, partly, not")
	}
	if f.Session == "" {
		l.Add("session", "problem.text.missing")
	}
	if !f.On.Valid() {
		l.Add("on", "problem.date", "value", string(f.On))
	}
	text.Block(&l, "note", &f.Note, 0, 2000)
	return l.Err()
}

// Found finds what the council found last of a task by a day: of the task as it
// reads in its revision, else of the wordings that it continues. Where a task
// continues several, it is fulfilled only if all of them were, and then the last
// finding counts. False when the council has found nothing.
func (l *Lineage) Found(all []Fulfilment, task Ref, by council.Date) (Fulfilment, bool) {
	if own, ok := newestFound(all, task, by); ok {
		return own, true
	}
	var found Fulfilment
	any, every := false, true
	for _, before := range l.before(task) {
		f, ok := l.Found(all, before, by)
		if !ok {
			every = false
			continue
		}
		switch {
		case !any:
			found = f
		case rank(f.Status) < rank(found.Status), f.Status == found.Status && f.newer(found):
			found = f
		}
		any = true
	}
	if any && !every && found.Status == WhollyFulfilled {
		found.Status = PartlyFulfilled
	}
	return found, any
}

func newestFound(all []Fulfilment, task Ref, by council.Date) (newest Fulfilment, ok bool) {
	for _, f := range all {
		if f.Task == task && f.On <= by && (!ok || f.newer(newest)) {
			newest, ok = f, true
		}
	}
	return newest, ok
}

func (f Fulfilment) newer(g Fulfilment) bool {
	if f.On != g.On {
		return f.On > g.On
	}
	return f.ID > g.ID
}

// rank orders what was found from the least to the most.
func rank(s Fulfilled) int {
	return slices.Index([]Fulfilled{NotFulfilled, PartlyFulfilled, WhollyFulfilled}, s)
}

// before are the wordings that a task continues directly.
func (l *Lineage) before(r Ref) []Ref {
	var direct []Ref
	for _, a := range l.ancestors[r] {
		if a.Revision == r.Revision-1 {
			direct = append(direct, a)
		}
	}
	return direct
}

// FulfilledBy are the tasks of a revision that the council had found fulfilled by
// a day, in order.
func (l *Lineage) FulfilledBy(all []Fulfilment, p *Plan, by council.Date) []Ref {
	if len(all) == 0 {
		return nil
	}
	var rs []Ref
	for _, r := range p.Refs() {
		if f, ok := l.Found(all, r, by); ok && f.Status == WhollyFulfilled {
			rs = append(rs, r)
		}
	}
	return rs
}

// MayFind reports whether the actor may record what the council found of a task.
func MayFind(a council.Actor) bool { return a.Holds(council.Secretariat) }
