package evaluation

import (
	"cmp"
	"slices"

	"padome/council"
	"padome/minutes"
	"padome/plan"
)

// Linked is a decision as evidence of what a measure is expected to bring.
type Linked struct {
	ID        string         `json:"id"`
	Number    string         `json:"number"`
	Session   string         `json:"session"`
	Taken     council.Date   `json:"taken"`
	Wording   string         `json:"wording"`
	Addressee string         `json:"addressee,omitempty"`
	Deadline  council.Date   `json:"deadline,omitempty"`
	Status    minutes.Status `json:"status"`
	Claimed   minutes.Status `json:"claimed,omitempty"` // reported, and waits for the council
	Overdue   bool           `json:"overdue,omitempty"`
	Tasks     []plan.Ref     `json:"tasks"` // of the measure, as they read in this revision
}

// linked are the decisions linked to a measure's tasks under any wording, the
// earliest first.
func (w *work) linked(measure int) []Linked {
	list := []Linked{}
	for i := range w.in.Decisions {
		d := &w.in.Decisions[i]
		tasks := slices.DeleteFunc(w.current(d.Tasks), func(r plan.Ref) bool { return r.Measure != measure })
		if len(tasks) > 0 {
			list = append(list, w.evidence(d, tasks))
		}
	}
	slices.SortFunc(list, func(a, b Linked) int {
		return cmp.Or(cmp.Compare(a.Taken, b.Taken), cmp.Compare(len(a.Number), len(b.Number)),
			cmp.Compare(a.Number, b.Number), cmp.Compare(a.ID, b.ID))
	})
	return list
}

func (w *work) evidence(d *minutes.Decision, tasks []plan.Ref) Linked {
	next := w.after(d)
	x := Linked{ID: d.ID, Number: d.Number(), Session: d.Session, Taken: d.Taken, Wording: d.Wording, Addressee: d.Addressee,
		Deadline: d.Due(next), Status: d.Status, Overdue: d.Overdue(w.in.Today, next), Tasks: tasks}
	if p, ok := d.Claimed(); ok {
		x.Claimed = p.Status
	}
	return x
}

// after is the day of the session after the one that took a decision.
func (w *work) after(d *minutes.Decision) council.Date {
	for _, s := range w.in.Sittings {
		if s.Session.Date > d.Taken {
			return s.Session.Date
		}
	}
	return ""
}
