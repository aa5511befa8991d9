package plan

import (
	"fmt"
	"slices"
	"strconv"

	"padome/internal/problem"
)

// Op is what an edit of a proposed plan does.
type Op string

const (
	Reword      Op = "reword"   // Measure, Task, Text
	Add         Op = "add"      // Measure, Text; Task is its number, 0 for the last
	Merge       Op = "merge"    // Tasks, Text: the first of them gets the text, the others go into it
	Divide      Op = "split"    // Measure, Task, Texts: of the parts
	Move        Op = "move"     // Measure, Task to ToMeasure, ToTask
	Retire      Op = "retire"   // Measure, Task
	Restore     Op = "restore"  // Measure, Task
	SetMeasure  Op = "measure"  // Measure, Text, Goal; the next number adds one with the task of Texts
	SetResults  Op = "results"  // Measure, Texts
	SetGoals    Op = "goals"    // Texts
	SetPreamble Op = "preamble" // Text
	SetTitle    Op = "title"    // Text
)

// ops are all of them, as a message lists them.
const ops = "reword, add, merge, split, move, retire, restore, measure, results, goals, preamble, title"

// Edit is one structured change of a proposed plan. Which fields it has depends on
// what it does; numbers are those of the proposed plan as it stands.
type Edit struct {
	Op        Op       `json:"op"`
	Measure   int      `json:"measure,omitempty"`
	Task      int      `json:"task,omitempty"`
	ToMeasure int      `json:"toMeasure,omitempty"`
	ToTask    int      `json:"toTask,omitempty"`
	Goal      int      `json:"goal,omitempty"`
	Tasks     []Ref    `json:"tasks,omitempty"`
	Text      string   `json:"text,omitempty"`
	Texts     []string `json:"texts,omitempty"`
}

// apply makes the edit to a plan, or leaves it as it was and says why not. Tasks and goals are numbered anew.
func (e *Edit) apply(p *Plan) error {
	next := p.Clone()
	var l problem.List
	e.do(&next, &l)
	if err := l.Err(); err != nil {
		return err
	}
	renumber(&next)
	if err := next.Validate(); err != nil {
		return err
	}
	*p = next
	return nil
}

func (e *Edit) do(p *Plan, l *problem.List) {
	switch e.Op {
	case Add:
		e.add(p, l)
	case Merge:
		e.merge(p, l)
	case SetMeasure:
		e.setMeasure(p, l)
	case SetResults:
		if m := e.measure(p, l, "measure", e.Measure); m != nil {
			m.Results = slices.Clone(e.Texts)
		}
	case SetGoals:
		p.Goals = nil
		for _, s := range e.Texts {
			p.Goals = append(p.Goals, Goal{Text: s})
		}
	case SetPreamble:
		p.Preamble = e.Text
	case SetTitle:
		p.Title = e.Text
	case Reword, Divide, Move, Retire, Restore:
		if t := e.task(p, l, "task", e.Measure, e.Task); t != nil {
			e.onTask(p, l, t)
		}
	default:
		l.Add("op", "problem.choice", "value", shown(strconv.Quote(string(e.Op))), "choices", ops)
	}
}

// onTask makes an edit of one task.
func (e *Edit) onTask(p *Plan, l *problem.List, t *Task) {
	m := &p.Measures[e.Measure-1]
	switch e.Op {
	case Reword:
		t.Text = e.Text
	case Retire:
		if t.Retired = true; len(t.Follows) == 0 { // never in force: nothing to keep
			m.Tasks = slices.Delete(m.Tasks, e.Task-1, e.Task)
		}
	case Restore:
		if !t.Retired {
			l.Add("task", "problem.plan.edit.not-retired", "value", Ref{0, e.Measure, e.Task}.Label())
		}
		t.Retired = false
	case Divide:
		if len(e.Texts) < 2 || len(e.Texts) > 20 {
			l.Add("texts", "problem.range", "value", strconv.Itoa(len(e.Texts)), "least", "2", "most", "20")
			return
		}
		parts := make([]Task, len(e.Texts))
		for i, s := range e.Texts {
			parts[i] = Task{Text: s, Follows: slices.Clone(t.Follows)}
		}
		m.Tasks = slices.Replace(m.Tasks, e.Task-1, e.Task, parts...)
	case Move:
		e.move(p, l, *t)
	}
}

// move takes the task out first, so that its new number is the one that it has
// afterwards.
func (e *Edit) move(p *Plan, l *problem.List, t Task) {
	to := e.measure(p, l, "toMeasure", e.ToMeasure)
	if to == nil {
		return
	}
	m := &p.Measures[e.Measure-1]
	m.Tasks = slices.Delete(m.Tasks, e.Task-1, e.Task)
	at := place(l, "toTask", e.ToTask, len(to.Tasks))
	if at >= 0 {
		to.Tasks = slices.Insert(to.Tasks, at, t)
	}
}

// place is the position for a number, 0 being the last; -1 with a fault where the
// numbers have no such place.
func place(l *problem.List, field string, number, tasks int) int {
	switch {
	case number == 0:
		return tasks
	case number < 1 || number > tasks+1:
		l.Add(field, "problem.range", "value", strconv.Itoa(number), "least", "1", "most", strconv.Itoa(tasks+1))
		return -1
	}
	return number - 1
}

func (e *Edit) add(p *Plan, l *problem.List) {
	m := e.measure(p, l, "measure", e.Measure)
	if m == nil {
		return
	}
	if at := place(l, "task", e.Task, len(m.Tasks)); at >= 0 {
		m.Tasks = slices.Insert(m.Tasks, at, Task{Text: e.Text})
	}
}

// merge puts the text in the place of the first task; it continues what all of
// them did.
func (e *Edit) merge(p *Plan, l *problem.List) {
	if len(e.Tasks) < 2 || len(e.Tasks) > 20 {
		l.Add("tasks", "problem.range", "value", strconv.Itoa(len(e.Tasks)), "least", "2", "most", "20")
		return
	}
	var follows []Ref
	gone := map[[2]int]bool{}
	for i, r := range e.Tasks {
		field := fmt.Sprintf("tasks[%d]", i)
		t := e.task(p, l, field, r.Measure, r.Task)
		if t == nil {
			return
		}
		key := [2]int{r.Measure, r.Task}
		if gone[key] {
			l.Add(field, "problem.plan.edit.twice", "value", r.Label())
		}
		gone[key] = true
		follows = append(follows, t.Follows...)
	}
	slices.SortFunc(follows, Ref.Compare)
	first := e.Tasks[0]
	delete(gone, [2]int{first.Measure, first.Task})
	p.Measures[first.Measure-1].Tasks[first.Task-1] = Task{Text: e.Text, Follows: slices.Compact(follows)}
	for i := range p.Measures {
		m := &p.Measures[i]
		m.Tasks = slices.DeleteFunc(m.Tasks, func(t Task) bool { return gone[[2]int{m.Number, t.Number}] })
	}
}

// setMeasure rewords a measure, or adds one with its first tasks.
func (e *Edit) setMeasure(p *Plan, l *problem.List) {
	if e.Measure == len(p.Measures)+1 {
		m := Measure{Number: e.Measure, Text: e.Text, Goal: e.Goal}
		for _, s := range e.Texts {
			m.Tasks = append(m.Tasks, Task{Text: s})
		}
		p.Measures = append(p.Measures, m)
		return
	}
	if m := e.measure(p, l, "measure", e.Measure); m != nil {
		m.Text, m.Goal = e.Text, e.Goal
	}
}

func (e *Edit) measure(p *Plan, l *problem.List, field string, number int) *Measure {
	if number < 1 || number > len(p.Measures) {
		l.Add(field, "problem.range", "value", strconv.Itoa(number), "least", "1", "most", strconv.Itoa(len(p.Measures)))
		return nil
	}
	return &p.Measures[number-1]
}

func (e *Edit) task(p *Plan, l *problem.List, field string, measure, task int) *Task {
	if measure < 1 || measure > len(p.Measures) || task < 1 || task > len(p.Measures[measure-1].Tasks) {
		l.Add(field, "problem.plan.edit.task", "value", Ref{0, measure, task}.Label())
		return nil
	}
	return &p.Measures[measure-1].Tasks[task-1]
}

func renumber(p *Plan) {
	for i := range p.Goals {
		p.Goals[i].Number = i + 1
	}
	for i := range p.Measures {
		p.Measures[i].Number = i + 1
		for j := range p.Measures[i].Tasks {
			p.Measures[i].Tasks[j].Number = j + 1
		}
	}
}
