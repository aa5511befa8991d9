// Package plan says what the council promised: goals, measures, tasks and
// expected results of its work plan, revision by revision, and who was made
// responsible for them later.
package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"padome/council"
)

// Plan is one revision of the work plan. A revision is never overwritten: a
// review makes the next one, and decisions stay with the one they were taken
// under.
type Plan struct {
	Revision int          `json:"revision"` // 1, 2, …
	Title    string       `json:"title"`
	From     int          `json:"from"`     // first year of the period
	Until    int          `json:"until"`    // last year, included
	Approved council.Date `json:"approved"` // at the session of this day
	// Proposed: no session has decided on this revision yet; Approved is then that
	// of the revision which it changes.
	Proposed bool      `json:"proposed,omitempty"`
	Approval string    `json:"approval,omitempty"` // where and when it was approved, as the plan words it
	Signers  []Signer  `json:"signers,omitempty"`
	Heading  string    `json:"heading,omitempty"` // the words that stand above the goals
	Preamble string    `json:"preamble,omitempty"`
	Goals    []Goal    `json:"goals"`
	Measures []Measure `json:"measures"`
}

// Signer is who approved the plan, as its approval block has it: a text of this
// document, tied to no person and no mandate.
type Signer struct {
	Name string `json:"name"`
	Role string `json:"role"`
}

// Goal is a priority goal (prioritārais mērķis).
type Goal struct {
	Number int    `json:"number"`
	Text   string `json:"text"`
}

// Measure (pasākums) has tasks, and expected results as one block: the plan
// names results per measure, not per task.
type Measure struct {
	Number  int      `json:"number"`
	Goal    int      `json:"goal,omitempty"` // mapping set by the council, 0 = none
	Text    string   `json:"text"`
	Tasks   []Task   `json:"tasks"`
	Results []string `json:"results"` // sentences of the block of expected results, as the plan has them
}

// Task (uzdevums) is numbered within its measure: 8.2.
type Task struct {
	Number int    `json:"number"`
	Text   string `json:"text"`
	// Follows names the tasks of the revision before that this one continues:
	// one when reworded, several when merged, none when added.
	Follows []Ref `json:"follows,omitempty"`
	Retired bool  `json:"retired,omitempty"`
}

// Ref points to a task as it reads in one revision. Measure and Task are
// numbers of that revision.
type Ref struct {
	Revision int `json:"revision"`
	Measure  int `json:"measure"`
	Task     int `json:"task"`
}

// Label is how documents write the task's number: "8.2."
func (r Ref) Label() string { return fmt.Sprintf("%d.%d.", r.Measure, r.Task) }

// Key is a short stable text of the reference: "1/8.2".
func (r Ref) Key() string {
	return strconv.Itoa(r.Revision) + "/" + strconv.Itoa(r.Measure) + "." + strconv.Itoa(r.Task)
}

// Compare orders references by revision, measure and task.
func (r Ref) Compare(s Ref) int {
	return cmp.Or(cmp.Compare(r.Revision, s.Revision), cmp.Compare(r.Measure, s.Measure), cmp.Compare(r.Task, s.Task))
}

// Task finds a task of this revision; false when there is none.
func (p *Plan) Task(measure, task int) (Task, bool) {
	for _, m := range p.Measures {
		if m.Number != measure {
			continue
		}
		for _, t := range m.Tasks {
			if t.Number == task {
				return t, true
			}
		}
	}
	return Task{}, false
}

// Measure finds a measure of this revision; false when there is none.
func (p *Plan) Measure(number int) (Measure, bool) {
	for _, m := range p.Measures {
		if m.Number == number {
			return m, true
		}
	}
	return Measure{}, false
}

// Refs are all tasks of this revision that are not retired, in order.
func (p *Plan) Refs() []Ref {
	var rs []Ref
	for _, m := range p.Measures {
		for _, t := range m.Tasks {
			if !t.Retired {
				rs = append(rs, Ref{p.Revision, m.Number, t.Number})
			}
		}
	}
	return rs
}

// Clone is a copy that shares nothing with p.
func (p *Plan) Clone() Plan {
	c := *p
	c.Signers = slices.Clone(p.Signers)
	c.Goals = slices.Clone(p.Goals)
	c.Measures = slices.Clone(p.Measures)
	for i := range c.Measures {
		m := &c.Measures[i]
		m.Results = slices.Clone(m.Results)
		m.Tasks = slices.Clone(m.Tasks)
		for j := range m.Tasks {
			m.Tasks[j].Follows = slices.Clone(m.Tasks[j].Follows)
		}
	}
	return c
}
