// Package evaluation says how far the work plan has been carried out: which
// session held which task, what is due, which decisions are evidence of which
// expected results, and what the council concludes of a year.
package evaluation

import (
	"cmp"
	"slices"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/plan"
)

// Input is all that coverage and the yearly evaluation look at.
type Input struct {
	Today       council.Date
	Plan        plan.Plan
	Lineage     *plan.Lineage
	Principles  agenda.Principles
	Sittings    []Sitting          // of the plan's period, in the order of their days
	Decisions   []minutes.Decision // of those sessions, and linked to the plan's tasks
	Assignments []plan.Assignment
	Fulfilments []plan.Fulfilment
}

// Sitting is a session with its approved agenda and, as far as they may be read,
// the outcomes of its items.
type Sitting struct {
	Session    council.Session
	Agenda     agenda.Content // without items while none is approved
	Treatments []minutes.Treatment
	Minutes    int // their number; 0 while they have none
}

// Coverage is measure and task by session, at the end of a day.
type Coverage struct {
	On       council.Date   `json:"on"`
	Plan     int            `json:"plan"` // revision
	From     int            `json:"from"` // years of the plan
	Until    int            `json:"until"`
	Sessions []Column       `json:"sessions"`
	Measures []MeasureCover `json:"measures"`
}

// Column is a session of the plan's period.
type Column struct {
	Session string               `json:"session"`
	Date    council.Date         `json:"date"`
	Kind    council.SessionKind  `json:"kind"`
	State   council.SessionState `json:"state"`
}

// MeasureCover is how a measure of the plan is covered.
type MeasureCover struct {
	Number    int          `json:"number"`
	Text      string       `json:"text"`
	LastHeld  council.Date `json:"lastHeld,omitempty"`
	Cells     []Cell       `json:"cells"`
	Tasks     []TaskCover  `json:"tasks"`
	Results   []string     `json:"results"`   // expected, as the plan has them
	Decisions []Linked     `json:"decisions"` // evidence of them: linked to its tasks, the earliest first
}

// TaskCover is how a task of the plan is covered.
type TaskCover struct {
	Task        plan.Ref       `json:"task"`
	Label       string         `json:"label"`
	Text        string         `json:"text"`
	State       State          `json:"state"`
	Late        bool           `json:"late"` // the day by which it had to be held has passed
	LastHeld    council.Date   `json:"lastHeld,omitempty"`
	NextDue     council.Date   `json:"nextDue,omitempty"` // P8; empty where the principles do not say
	Responsible string         `json:"responsible,omitempty"`
	Deadline    council.Date   `json:"deadline,omitempty"`
	Found       plan.Fulfilled `json:"found,omitempty"` // by the council
	FoundOn     council.Date   `json:"foundOn,omitempty"`
	Cells       []Cell         `json:"cells"`
}

// State is how a task stands.
type State string

const (
	Due       State = "due"       // held within its time; next by NextDue
	Overdue   State = "overdue"   // held, but too long ago
	Never     State = "never"     // not discussed yet; Late says whether it is time
	Fulfilled State = "fulfilled" // as the council found: nothing is due
)

// Cell is what a session did with a task or measure; those that have none did
// nothing.
type Cell struct {
	Session string       `json:"session"`
	Date    council.Date `json:"date"`
	State   Mark         `json:"state"`
	Items   []int        `json:"items"` // their numbers on the agenda
}

// Mark is what a session did, from the least to the most.
type Mark string

const (
	Planned   Mark = "planned"   // on the approved agenda
	Withdrawn Mark = "withdrawn" // taken off at the session
	Postponed Mark = "postponed"
	Held      Mark = "held"    // discussed and noted
	Decided   Mark = "decided" // a decision was taken
)

var marks = []Mark{Planned, Withdrawn, Postponed, Held, Decided}

// Done reports whether the session dealt with it.
func (m Mark) Done() bool { return m == Held || m == Decided }

// Cover says how the plan is covered at the end of in.Today. It is pure: the same
// input gives the same coverage.
func Cover(in Input) Coverage {
	w := newWork(&in)
	c := Coverage{On: in.Today, Plan: in.Plan.Revision, From: in.Plan.From, Until: in.Plan.Until,
		Sessions: []Column{}, Measures: []MeasureCover{}}
	for _, s := range in.Sittings {
		c.Sessions = append(c.Sessions, Column{s.Session.ID, s.Session.Date, s.Session.Kind, s.Session.State})
	}
	duties := map[plan.Ref]plan.Duty{}
	for _, d := range plan.Duties(&in.Plan, in.Lineage, in.Assignments) {
		duties[d.Task] = d
	}
	for _, m := range in.Plan.Measures {
		x := MeasureCover{Number: m.Number, Text: m.Text, Tasks: []TaskCover{}, Results: slices.Clone(m.Results), Decisions: []Linked{}}
		for _, t := range m.Tasks {
			if r := (plan.Ref{Revision: in.Plan.Revision, Measure: m.Number, Task: t.Number}); !t.Retired {
				x.Tasks = append(x.Tasks, w.task(r, t.Text, duties[r]))
			}
		}
		x.Cells = merge(x.Tasks)
		x.LastHeld = lastHeld(x.Cells)
		x.Decisions = w.linked(m.Number)
		c.Measures = append(c.Measures, x)
	}
	return c
}

// work is one run of Cover.
type work struct {
	in    *Input
	now   map[plan.Ref][]plan.Ref // what a task of any revision is in this one
	cells map[plan.Ref][]Cell
}

func newWork(in *Input) *work {
	w := &work{in: in, now: map[plan.Ref][]plan.Ref{}, cells: map[plan.Ref][]Cell{}}
	for _, r := range in.Plan.Refs() {
		for _, kin := range slices.Concat(in.Lineage.Ancestors(r), []plan.Ref{r}, in.Lineage.Successors(r)) {
			w.now[kin] = append(w.now[kin], r)
		}
	}
	for i := range in.Sittings {
		w.sitting(&in.Sittings[i])
	}
	return w
}

// sitting notes what a session did with each task.
func (w *work) sitting(s *Sitting) {
	of := map[string]minutes.Outcome{}
	for _, t := range s.Treatments {
		of[t.Item] = t.Outcome
	}
	for i := range s.Agenda.Items {
		it := &s.Agenda.Items[i]
		for _, r := range w.current(it.Tasks) {
			w.note(r, s, markOf(of[it.ID]), it.Number)
		}
	}
}

// current are the tasks of the plan that links of any revision stand for, each
// once.
func (w *work) current(links []plan.Ref) []plan.Ref {
	var rs []plan.Ref
	for _, r := range links {
		rs = append(rs, w.now[r]...)
	}
	slices.SortFunc(rs, plan.Ref.Compare)
	return slices.Compact(rs)
}

func markOf(o minutes.Outcome) Mark {
	switch o {
	case minutes.Decided:
		return Decided
	case minutes.Noted:
		return Held
	case minutes.Postponed:
		return Postponed
	case minutes.Withdrawn:
		return Withdrawn
	}
	return Planned
}

// note adds an item to a task's cell of a session; the most that any of its items
// came to is the cell's mark.
func (w *work) note(r plan.Ref, s *Sitting, m Mark, item int) {
	cs := w.cells[r]
	if n := len(cs); n > 0 && cs[n-1].Session == s.Session.ID {
		cs[n-1].State = most(cs[n-1].State, m)
		cs[n-1].Items = append(cs[n-1].Items, item)
		return
	}
	w.cells[r] = append(cs, Cell{s.Session.ID, s.Session.Date, m, []int{item}})
}

func most(a, b Mark) Mark {
	if slices.Index(marks, a) >= slices.Index(marks, b) {
		return a
	}
	return b
}

func (w *work) task(r plan.Ref, text string, d plan.Duty) TaskCover {
	in := w.in
	t := TaskCover{Task: r, Label: r.Label(), Text: text, Responsible: d.Responsible, Deadline: d.Deadline,
		Cells: append([]Cell{}, w.cells[r]...)}
	t.LastHeld = lastHeld(t.Cells)
	since := cmp.Or(t.LastHeld, in.Lineage.Since(r), in.Plan.Approved)
	t.NextDue = in.Principles.NextDue(since)
	t.Late = t.NextDue != "" && t.NextDue < in.Today
	if f, ok := in.Lineage.Found(in.Fulfilments, r, in.Today); ok {
		t.Found, t.FoundOn = f.Status, f.On
	}
	switch {
	case t.Found == plan.WhollyFulfilled:
		t.State, t.NextDue, t.Late = Fulfilled, "", false
	case t.LastHeld == "":
		t.State = Never
	case t.Late:
		t.State = Overdue
	default:
		t.State = Due
	}
	return t
}

func lastHeld(cells []Cell) (last council.Date) {
	for _, c := range cells {
		if c.State.Done() {
			last = max(last, c.Date)
		}
	}
	return last
}

// merge are the cells of a measure: of a session, the most that any task came to.
func merge(tasks []TaskCover) []Cell {
	at := map[string]int{}
	cells := []Cell{}
	for _, t := range tasks {
		for _, c := range t.Cells {
			i, known := at[c.Session]
			if !known {
				at[c.Session] = len(cells)
				cells = append(cells, Cell{c.Session, c.Date, c.State, slices.Clone(c.Items)})
				continue
			}
			cells[i].State = most(cells[i].State, c.State)
			cells[i].Items = append(cells[i].Items, c.Items...)
		}
	}
	for i := range cells {
		slices.Sort(cells[i].Items)
		cells[i].Items = slices.Compact(cells[i].Items)
	}
	slices.SortFunc(cells, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Session, b.Session))
	})
	return cells
}
