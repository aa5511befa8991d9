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

// class is a matter's place in the order of kinds; what was postponed has one of
// its own where the principles know P6, and what became of an overdue decision
// (P5) is taken up among the decisions.
func (m *Matter) class(carriedFirst bool) int {
	switch {
	case m.Kind == Opening:
		return classOpening
	case m.Kind == Execution:
		return classExecution
	case m.Kind == AnyOther:
		return classAnyOther
	case carriedFirst && len(m.Postponed) > 0:
		return classCarried
	case m.Kind == Decision, m.Source == Standing && strings.HasPrefix(m.ID, overduePrefix):
		return classDecision
	case m.Kind == Review, m.Kind == Data:
		return classReview
	case m.Kind == Discussion:
		return classDiscussion
	}
	return classInformation
}

// rank is what an entry is ordered by, before ties of time and id.
type rank struct {
	class int
	day   council.Date // carried: first postponed; decision: the deadline
	task  plan.Ref     // the lowest; what has none comes after all
}

// order sorts the entries into the order of the agenda. Sides alternate among
// the discussions that may come on; those that may not stand behind them.
func (b *building) order() {
	_, carriedFirst := b.rule(postponed.ID)
	sorted := make([]ranked, len(b.entries)) // ranks beside each other: there can be many
	for i, e := range b.entries {
		e.rank = e.ranked(carriedFirst)
		sorted[i] = ranked{e.rank, e}
	}
	slices.SortFunc(sorted, compareRanked)
	from, until := len(sorted), 0
	for i := range sorted {
		b.entries[i] = sorted[i].entry
		if sorted[i].rank.class == classDiscussion {
			from, until = min(from, i), i+1
		}
	}
	if from < until {
		alternateThose(b.entries[from:until])
	}
	for i, e := range b.entries {
		e.at = i
	}
}

// alternateThose has sides alternate among the discussions that may come on, and
// puts those that may not behind them.
func alternateThose(discussions []*entry) {
	may := make([]*entry, 0, len(discussions))
	var mayNot []*entry
	for _, e := range discussions {
		if len(e.bars) == 0 {
			may = append(may, e)
		} else {
			mayNot = append(mayNot, e)
		}
	}
	alternate(may)
	copy(discussions, append(may, mayNot...))
}

func (e *entry) ranked(carriedFirst bool) rank {
	r := rank{class: e.class(carriedFirst), task: plan.Ref{Measure: 1 << 30}}
	switch r.class {
	case classCarried:
		r.day = e.Postponed[0]
	case classDecision:
		r.day = e.Deadline
	}
	if len(e.Tasks) > 0 {
		r.task = slices.MinFunc(e.Tasks, compareTasks)
	}
	return r
}

// ranked is an entry with its rank.
type ranked struct {
	rank  rank
	entry *entry
}

func compareRanked(x, y ranked) int {
	if c := cmp.Compare(x.rank.class, y.rank.class); c != 0 {
		return c
	}
	if c := compareDeadlines(x.rank.day, y.rank.day); c != 0 {
		return c
	}
	if c := compareTasks(x.rank.task, y.rank.task); c != 0 {
		return c
	}
	return compareTies(x.entry, y.entry)
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
	if c := compareTasks(x.rank.task, y.rank.task); c != 0 {
		return c
	}
	if c := x.Submitted.Compare(y.Submitted); c != 0 {
		return c
	}
	return strings.Compare(x.ID, y.ID)
}

func compareTasks(a, b plan.Ref) int {
	if a.Measure != b.Measure {
		return cmp.Compare(a.Measure, b.Measure)
	}
	return cmp.Compare(a.Task, b.Task)
}

// alternate rearranges discussions, sorted by their ties, so that one side's
// item is followed by the other side's while that has one left; items of both
// sides or of none fall in by their ties.
func alternate(es []*entry) {
	if !slices.ContainsFunc(es, func(e *entry) bool { return sideOf(e) < 2 }) {
		return
	}
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
