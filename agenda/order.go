package agenda

import (
	"cmp"
	"slices"
	"strings"

	"padome/council"
	"padome/plan"
)

// The order of an agenda: opening, execution of decisions, carried over,
// decisions (nearest deadline first), review and data, discussions (sides
// alternating), information, Dažādi. Ties: measure number, task number,
// submission time, id.
const (
	classOpening = iota
	classExecution
	classCarried
	classDecision
	classReview
	classDiscussion
	classInformation
	classAnyOther
)

func (e *entry) class() int {
	switch {
	case e.Kind == Opening:
		return classOpening
	case e.Kind == Execution:
		return classExecution
	case e.Kind == AnyOther:
		return classAnyOther
	case len(e.Postponed) > 0:
		return classCarried
	case e.Kind == Decision:
		return classDecision
	case e.Kind == Review, e.Kind == Data:
		return classReview
	case e.Kind == Discussion:
		return classDiscussion
	}
	return classInformation
}

// order sorts the entries into the order of the agenda.
func (b *building) order() {
	slices.SortFunc(b.entries, compareEntries)
	from := slices.IndexFunc(b.entries, func(e *entry) bool { return e.class() == classDiscussion })
	if from < 0 {
		return
	}
	until := from
	for until < len(b.entries) && b.entries[until].class() == classDiscussion {
		until++
	}
	alternate(b.entries[from:until])
}

func compareEntries(x, y *entry) int {
	if c := cmp.Compare(x.class(), y.class()); c != 0 {
		return c
	}
	switch x.class() {
	case classCarried:
		if c := cmp.Compare(x.Postponed[0], y.Postponed[0]); c != 0 {
			return c
		}
	case classDecision:
		if c := compareDeadlines(x.Deadline, y.Deadline); c != 0 {
			return c
		}
	}
	return compareTies(x, y)
}

// compareDeadlines puts the nearest deadline first, none last.
func compareDeadlines(x, y council.Date) int {
	switch {
	case x == y:
		return 0
	case x == "":
		return 1
	case y == "":
		return -1
	}
	return strings.Compare(string(x), string(y))
}

func compareTies(x, y *entry) int {
	return cmp.Or(
		compareTasks(x.firstTask(), y.firstTask()),
		x.Submitted.Compare(y.Submitted),
		cmp.Compare(x.ID, y.ID),
	)
}

// firstTask is the lowest task of the entry; what has none comes after all.
func (e *entry) firstTask() plan.Ref {
	if len(e.Tasks) == 0 {
		return plan.Ref{Measure: 1 << 30}
	}
	return slices.MinFunc(e.Tasks, compareTasks)
}

func compareTasks(a, b plan.Ref) int {
	return cmp.Or(cmp.Compare(a.Measure, b.Measure), cmp.Compare(a.Task, b.Task))
}

// alternate rearranges discussions, sorted by their ties, so that one side's
// item is followed by the other side's while that has one left; items of both
// sides or of none fall in by their ties.
func alternate(es []*entry) {
	var queues [3][]*entry // state, NGO, neither
	for _, e := range es {
		i := sideOf(e)
		queues[i] = append(queues[i], e)
	}
	last := 2
	for n := range es {
		best := -1
		for i, q := range queues {
			blocked := i < 2 && i == last && len(queues[1-i]) > 0
			if len(q) == 0 || blocked {
				continue
			}
			if best < 0 || compareTies(q[0], queues[best][0]) < 0 {
				best = i
			}
		}
		es[n], queues[best] = queues[best][0], queues[best][1:]
		if best < 2 {
			last = best
		}
	}
}

func sideOf(e *entry) int {
	switch e.Initiator {
	case council.State:
		return 0
	case council.NGO:
		return 1
	}
	return 2
}
