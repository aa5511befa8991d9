package agenda

import (
	"slices"
	"strconv"

	"padome/council"
	"padome/internal/problem"
	"padome/plan"
)

// inForce are the tasks of the plan that an agenda is built for, and what the
// tasks of other revisions are among them: an item on an earlier wording counts
// for the task as it reads now.
type inForce struct {
	revision int
	refs     []plan.Ref // in the plan's order, those of a measure together
	places   [][]int    // by measure and task: place in refs, counted from 1
	lineage  *plan.Lineage
	others   map[plan.Ref][]plan.Ref // of other revisions, as far as asked
	begun    council.Date            // when the council first promised any of them
	done     []bool                  // by place: the council found it fulfilled; nil when none is
}

func newInForce(in *Input) inForce {
	t := inForce{revision: in.Plan.Revision, refs: in.Plan.Refs(), lineage: in.Lineage, others: map[plan.Ref][]plan.Ref{}}
	t.begun = in.Plan.Approved
	for i, r := range t.refs {
		t.places = reach(t.places, r.Measure)
		t.places[r.Measure] = reach(t.places[r.Measure], r.Task)
		t.places[r.Measure][r.Task] = i + 1
		t.begun = min(t.begun, in.since(r))
	}
	for _, r := range in.Fulfilled {
		if i := t.carriesOn(r); i >= 0 {
			if t.done == nil {
				t.done = make([]bool, len(t.refs))
			}
			t.done[i] = true
		}
	}
	return t
}

// carriesOn is the place of the one task in force that is this task and nothing
// more; -1 when it was split, merged with another, or is not in force. What was
// merged is not fulfilled because a part of it was.
func (t *inForce) carriesOn(r plan.Ref) int {
	now := t.now(r)
	if len(now) != 1 {
		return -1
	}
	if now[0] != r {
		then := 0
		for _, a := range t.lineage.Ancestors(now[0]) {
			if a.Revision == r.Revision {
				then++
			}
		}
		if then > 1 {
			return -1
		}
	}
	return t.place(now[0])
}

// fulfilled reports whether the council found the task of a place fulfilled.
func (t *inForce) fulfilled(place int) bool { return t.done != nil && t.done[place] }

// reach lengthens a slice so that it has an index.
func reach[T any](s []T, i int) []T {
	if i < len(s) {
		return s
	}
	return append(s, make([]T, i+1-len(s))...)
}

// place is where a task stands among those in force; -1 when it does not.
func (t *inForce) place(r plan.Ref) int {
	if r.Revision != t.revision || r.Measure < 0 || r.Measure >= len(t.places) {
		return -1
	}
	row := t.places[r.Measure]
	if r.Task < 0 || r.Task >= len(row) {
		return -1
	}
	return row[r.Task] - 1
}

// since is when the obligation towards a task began: the approval of the first
// revision that has it.
func (in *Input) since(r plan.Ref) council.Date {
	if in.Lineage != nil {
		if d := in.Lineage.Since(r); d != "" {
			return d
		}
	}
	return in.Plan.Approved
}

// now are the tasks in force that a task of any revision is: itself, or what it
// became or was before. None when it is not in force any more.
func (t *inForce) now(r plan.Ref) []plan.Ref {
	if i := t.place(r); i >= 0 {
		return t.refs[i : i+1 : i+1]
	}
	if t.lineage == nil || r.Revision == t.revision {
		return nil
	}
	is, known := t.others[r]
	if !known {
		kin := t.lineage.Successors(r)
		if r.Revision > t.revision {
			kin = t.lineage.Ancestors(r)
		}
		for _, k := range kin {
			if t.place(k) >= 0 {
				is = append(is, k)
			}
		}
		t.others[r] = is
	}
	return is
}

// readToday links a candidate to the tasks in force in place of those of other
// revisions, and says so where a task has another number now. A link to what
// the plan no longer has stays as it was.
func (b *building) readToday(e *entry) {
	if !slices.ContainsFunc(e.Tasks, func(r plan.Ref) bool { return b.tasks.place(r) < 0 }) {
		return
	}
	var today, was, became, gone []plan.Ref
	for _, r := range e.Tasks {
		now := b.tasks.now(r)
		switch {
		case len(now) == 0:
			today, gone = append(today, r), append(gone, r)
		case len(now) > 1 || now[0].Measure != r.Measure || now[0].Task != r.Task:
			was, became = append(was, r), append(became, now...)
			fallthrough
		default:
			today = append(today, now...)
		}
	}
	slices.SortFunc(today, compareRefs)
	e.Tasks = slices.Compact(today)
	if was != nil {
		slices.SortFunc(became, compareRefs)
		became = slices.Compact(became)
		e.changes = append(e.changes, Reason{Key: "reason.task.became", Facts: problem.Pairs(
			"n", strconv.Itoa(len(was)), "was", numbers(was), "now", numbers(became))})
	}
	if gone != nil {
		e.changes = append(e.changes, Reason{Key: "reason.task.gone", Facts: problem.Pairs(
			"n", strconv.Itoa(len(gone)), "was", numbers(gone))})
	}
}

// numbers are the tasks' numbers, one to a line, as texts list them.
func numbers(rs []plan.Ref) string {
	var all []byte
	for i, r := range rs {
		if i > 0 {
			all = append(all, '\n')
		}
		all = append(strconv.AppendInt(all, int64(r.Measure), 10), '.')
		all = strconv.AppendInt(all, int64(r.Task), 10)
	}
	return string(all)
}

// taskNumber is the task's number without the full stop: 8.2.
func taskNumber(r plan.Ref) string { return strconv.Itoa(r.Measure) + "." + strconv.Itoa(r.Task) }
