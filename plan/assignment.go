package plan

import (
	"cmp"
	"slices"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
)

// Assignment makes somebody responsible for a task, sets its deadline, or both.
// The plan itself has neither; working groups decide them later. The newest
// assignment of a task holds, with what it leaves open as set before; earlier
// ones stay as its history.
type Assignment struct {
	ID          string       `json:"id"`
	Task        Ref          `json:"task"`
	Responsible string       `json:"responsible"`        // institution or organisation
	Group       string       `json:"group,omitempty"`    // working group that decided it
	Deadline    council.Date `json:"deadline,omitempty"` // empty: no deadline set, never overdue
	DecidedBy   string       `json:"decidedBy"`          // "Satura plānošanas darba grupa"
	DecidedOn   council.Date `json:"decidedOn"`
	Revision    uint64       `json:"revision"`
}

// Validate tidies the assignment's texts and says what is wrong with it.
// Whether its task is in the plan is for the caller, who has the plan.
func (a *Assignment) Validate() error {
	var l problem.List
	text.Line(&l, "id", &a.ID, 1, 64)
	between(&l, "task.revision", a.Task.Revision, 1, mostRevisions)
	between(&l, "task.measure", a.Task.Measure, 1, mostNumber)
	between(&l, "task.task", a.Task.Task, 1, mostNumber)
	text.Line(&l, "responsible", &a.Responsible, 0, 300)
	text.Line(&l, "group", &a.Group, 0, 40)
	text.Line(&l, "decidedBy", &a.DecidedBy, 1, 300)
	if a.Responsible == "" && a.Deadline == "" {
		l.Add("responsible", "problem.plan.assignment.empty", "task", a.Task.Label())
	}
	if !a.DecidedOn.Valid() {
		l.Add("decidedOn", "problem.date", "value", string(a.DecidedOn))
	}
	switch {
	case a.Deadline == "":
	case !a.Deadline.Valid():
		l.Add("deadline", "problem.date", "value", string(a.Deadline))
	case a.DecidedOn.Valid() && a.Deadline < a.DecidedOn:
		l.Add("deadline", "problem.plan.deadline.order",
			"deadline", string(a.Deadline), "decided", string(a.DecidedOn))
	}
	return l.Err()
}

// InForce finds the assignment that holds for a task: the newest by the day it
// was decided, then by id. Where it names nobody, or sets no deadline, what was
// set before stays. A task of several revisions is given by all its references;
// false when none of them has an assignment.
func InForce(assignments []Assignment, task ...Ref) (Assignment, bool) {
	var of []Assignment
	for _, a := range assignments {
		if slices.Contains(task, a.Task) {
			of = append(of, a)
		}
	}
	if of == nil {
		return Assignment{}, false
	}
	newestFirst(of)
	in := of[0]
	for _, a := range of[1:] {
		in.Responsible = cmp.Or(in.Responsible, a.Responsible)
		in.Deadline = cmp.Or(in.Deadline, a.Deadline)
	}
	return in, true
}

func newestFirst(all []Assignment) {
	slices.SortStableFunc(all, func(a, b Assignment) int {
		return cmp.Or(cmp.Compare(b.DecidedOn, a.DecidedOn), cmp.Compare(b.ID, a.ID))
	})
}

// AssignedIn are the assignments that hold on a day for the tasks of a plan, one
// at most for each, in the plan's order; one given under an earlier wording holds
// for the task as it reads now.
func (l *Lineage) AssignedIn(all []Assignment, p *Plan, on council.Date) []Assignment {
	of := map[Ref][]Assignment{}
	for _, a := range all {
		if a.DecidedOn <= on {
			of[a.Task] = append(of[a.Task], a)
		}
	}
	if len(of) == 0 {
		return nil
	}
	var held []Assignment
	for _, r := range p.Refs() {
		wordings := append(slices.Clip(l.Ancestors(r)), r)
		var known []Assignment
		for _, w := range wordings {
			known = append(known, of[w]...)
		}
		if a, ok := InForce(known, wordings...); ok {
			a.Task = r
			held = append(held, a)
		}
	}
	return held
}

// Due is how a deadline stands on a day.
type Due string

const (
	NoDeadline Due = "none" // nobody set one: never overdue
	DueLater   Due = "due"  // today or still to come
	Overdue    Due = "overdue"
)

// DeadlineState says how a deadline stands today, with the days left until it or
// the days it is overdue. On its own day a deadline is not yet overdue.
func DeadlineState(deadline, today council.Date) (state Due, days int) {
	switch {
	case deadline == "":
		return NoDeadline, 0
	case deadline < today:
		return Overdue, deadline.DaysUntil(today)
	}
	return DueLater, today.DaysUntil(deadline)
}

// MayAssign reports whether the actor may record who is responsible for a task
// and until when, as a working group decided it.
func MayAssign(a council.Actor) bool {
	return a.Operator || a.Holds(council.Secretariat)
}

// MayImport reports whether the actor may bring in a plan or a revision of it.
func MayImport(a council.Actor) bool {
	return a.Operator || a.Holds(council.Secretariat)
}
