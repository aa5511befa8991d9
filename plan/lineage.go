package plan

import (
	"cmp"
	"slices"

	"padome/council"
)

// Lineage says which tasks of the revisions continue which, so that what was
// decided under one wording counts for the task as it reads now. It is built once
// from all revisions; every question is then one look-up. Callers do not change
// the slices they get.
type Lineage struct {
	ancestors  map[Ref][]Ref
	successors map[Ref][]Ref
	current    map[Ref][]Ref
	since      map[Ref]council.Date
}

// NewLineage builds the lineage of the revisions of a plan, given in any order.
func NewLineage(revisions ...Plan) *Lineage {
	l := &Lineage{ancestors: map[Ref][]Ref{}, successors: map[Ref][]Ref{}, current: map[Ref][]Ref{}, since: map[Ref]council.Date{}}
	revisions = slices.SortedFunc(slices.Values(revisions), func(a, b Plan) int { return cmp.Compare(a.Revision, b.Revision) })
	for i, p := range revisions {
		newest := i == len(revisions)-1
		for _, m := range p.Measures {
			for _, t := range m.Tasks {
				r := Ref{p.Revision, m.Number, t.Number}
				l.since[r] = p.Approved
				l.add(r, t, newest)
			}
		}
	}
	return l
}

// add takes in a task after all tasks of the revisions before.
func (l *Lineage) add(r Ref, t Task, newest bool) {
	var before []Ref
	for _, f := range t.Follows {
		before = append(append(before, l.ancestors[f]...), f)
	}
	slices.SortFunc(before, Ref.Compare)
	before = slices.Compact(before)
	for _, a := range before {
		l.successors[a] = append(l.successors[a], r)
	}
	if len(before) > 0 {
		l.ancestors[r] = before
		l.since[r] = l.since[before[0]]
	}
	if !newest || t.Retired {
		return
	}
	for _, a := range append(slices.Clip(before), r) {
		l.current[a] = append(l.current[a], r)
	}
}

// Ancestors are all earlier wordings of a task, oldest first.
func (l *Lineage) Ancestors(r Ref) []Ref { return l.ancestors[r] }

// Successors are all later wordings of a task, oldest first, retired ones too.
func (l *Lineage) Successors(r Ref) []Ref { return l.successors[r] }

// Current are the tasks of the newest revision that an item on this task counts
// for, in order: the task itself where it is of that revision. None when it was
// retired, or is in no revision.
func (l *Lineage) Current(r Ref) []Ref { return l.current[r] }

// Since is when the council first promised the task: the approval of the oldest
// revision that has it or a wording before it. Empty for a task in no revision.
func (l *Lineage) Since(r Ref) council.Date { return l.since[r] }
