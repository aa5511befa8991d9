package plan

import (
	"cmp"
	"slices"

	"padome/council"
)

// Duty is who answers for a task of one revision, and until when, with all that
// was decided of it under this and earlier wordings.
type Duty struct {
	Task        Ref          `json:"task"`
	Text        string       `json:"text"`
	Responsible string       `json:"responsible,omitempty"`
	Deadline    council.Date `json:"deadline,omitempty"`
	Group       string       `json:"group,omitempty"`
	DecidedBy   string       `json:"decidedBy,omitempty"`
	DecidedOn   council.Date `json:"decidedOn,omitempty"`
	History     []Assignment `json:"history"` // the newest first
}

// Duties are those of all tasks of a revision, in its order. An assignment of an
// earlier wording holds for the task that continues it; what the newest leaves
// open stays as it was set before.
func Duties(p *Plan, l *Lineage, all []Assignment) []Duty {
	of := map[Ref][]Assignment{}
	for _, a := range all {
		of[a.Task] = append(of[a.Task], a)
	}
	var ds []Duty
	for _, r := range p.Refs() {
		t, _ := p.Task(r.Measure, r.Task)
		d := Duty{Task: r, Text: t.Text, History: []Assignment{}}
		for _, known := range append(slices.Clip(l.Ancestors(r)), r) {
			d.History = append(d.History, of[known]...)
		}
		d.settle()
		ds = append(ds, d)
	}
	return ds
}

// settle orders the history and takes from it what holds.
func (d *Duty) settle() {
	newestFirst(d.History)
	for i, a := range d.History {
		if i == 0 {
			d.Group, d.DecidedBy, d.DecidedOn = a.Group, a.DecidedBy, a.DecidedOn
		}
		d.Responsible = cmp.Or(d.Responsible, a.Responsible)
		d.Deadline = cmp.Or(d.Deadline, a.Deadline)
	}
}
