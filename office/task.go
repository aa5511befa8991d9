package office

import (
	"cmp"
	"context"
	"slices"

	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
	"padome/storage"
)

// Wording is how a task read in one revision, and what was decided under it.
type Wording struct {
	Task      plan.Ref           `json:"task"`
	Text      string             `json:"text"`
	Approved  council.Date       `json:"approved"` // of its revision
	Retired   bool               `json:"retired,omitempty"`
	Decisions []minutes.Decision `json:"decisions"`
}

// TaskPage is everything there is to know of a task of the newest revision. The
// wordings are the task itself and then the earlier ones that it continues, the
// newest first; a decision stands with the wording that it was taken under.
type TaskPage struct {
	Task        plan.Ref          `json:"task"`
	Text        string            `json:"text"`
	Retired     bool              `json:"retired,omitempty"`
	Measure     string            `json:"measure"`
	Since       council.Date      `json:"since"` // first promised
	Wordings    []Wording         `json:"wordings"`
	InForce     *plan.Assignment  `json:"inForce,omitempty"` // the assignment that holds
	Assignments []plan.Assignment `json:"assignments"`       // all there were, under any wording
	// Findings are what the council found of it under any wording: done, partly or
	// not; the newest first.
	Findings []plan.Fulfilment `json:"findings"`
}

// Task is a task of the newest revision with its history, as far as the actor may
// see it. It fails with NotFound.
func (o *Office) Task(ctx context.Context, a council.Actor, measure, task int) (TaskPage, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (TaskPage, error) {
		all, err := v.Plans()
		if err != nil {
			return TaskPage{}, err
		}
		if len(all) == 0 {
			return TaskPage{}, problem.New(problem.NotFound, "problem.missing.plan.any")
		}
		newest := &all[len(all)-1]
		t, ok := newest.Task(measure, task)
		if !ok {
			return TaskPage{}, problem.New(problem.NotFound, "problem.not-found")
		}
		m, _ := newest.Measure(measure)
		ref := plan.Ref{Revision: newest.Revision, Measure: measure, Task: task}
		lineage := plan.NewLineage(all...)
		page := TaskPage{Task: ref, Text: t.Text, Retired: t.Retired, Measure: m.Text, Since: lineage.Since(ref), Assignments: []plan.Assignment{}, Findings: []plan.Fulfilment{}}
		refs := append(slices.Clone(lineage.Ancestors(ref)), ref)
		slices.Reverse(refs)
		for _, r := range refs {
			if err := page.add(v, a, all[r.Revision-1], r); err != nil {
				return TaskPage{}, err
			}
		}
		if err := page.find(v, a, refs); err != nil {
			return TaskPage{}, err
		}
		if in, ok := plan.InForce(page.Assignments, refs...); ok {
			page.InForce = &in
		}
		return page, nil
	})
}

// add takes in a wording, its decisions and its assignments.
func (p *TaskPage) add(v *storage.View, a council.Actor, revision plan.Plan, r plan.Ref) error {
	t, _ := revision.Task(r.Measure, r.Task)
	all, err := v.DecisionsOn(r)
	if err != nil {
		return err
	}
	ds, err := whatIsSeen(v, a, all)
	if err != nil {
		return err
	}
	p.Wordings = append(p.Wordings, Wording{r, t.Text, revision.Approved, t.Retired, ds})
	as, err := v.AssignmentsOf(r)
	p.Assignments = append(p.Assignments, as...)
	return err
}

// find takes in what the council found of the task under any of its wordings, as
// far as the actor may see the minutes of the session.
func (p *TaskPage) find(v *storage.View, a council.Actor, wordings []plan.Ref) error {
	all, err := fulfilments(v, &readable{v: v, actor: a})
	for _, f := range all {
		if slices.Contains(wordings, f.Task) {
			p.Findings = append(p.Findings, f)
		}
	}
	slices.SortFunc(p.Findings, func(a, b plan.Fulfilment) int { return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(b.ID, a.ID)) })
	return err
}
