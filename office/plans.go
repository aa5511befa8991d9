package office

import (
	"context"

	"padome/council"
	"padome/internal/problem"
	"padome/plan"
	"padome/storage"
)

// Plan is a revision of the plan, the newest for 0.
func (o *Office) Plan(ctx context.Context, revision int) (plan.Plan, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (plan.Plan, error) {
		if revision == 0 {
			return v.NewestPlan()
		}
		return v.Plan(revision)
	})
}

// Plans are all revisions, oldest first.
func (o *Office) Plans(ctx context.Context) ([]plan.Plan, error) {
	return storage.Read(ctx, o.council, (*storage.View).Plans)
}

// Assign makes somebody responsible for a task of the newest revision, sets its
// deadline, or both. Earlier assignments stay as history.
func (o *Office) Assign(ctx context.Context, by By, x plan.Assignment) (plan.Assignment, error) {
	if !plan.MayAssign(by.Actor) {
		return plan.Assignment{}, forbidden(false, by.Actor, "problem.plan.assign")
	}
	x.ID = o.db.NewID()
	return storage.Do(ctx, o.council, by.change("history.assignment", x.DecidedBy), func(tx *storage.Tx) (plan.Assignment, error) {
		p, err := tx.NewestPlan()
		if err != nil {
			return plan.Assignment{}, err
		}
		x.Task.Revision = p.Revision
		if t, ok := p.Task(x.Task.Measure, x.Task.Task); !ok || t.Retired {
			var l problem.List
			l.Add("task", "problem.office.task", "value", x.Task.Label())
			return plan.Assignment{}, l.Err()
		}
		return tx.AddAssignment(x)
	})
}

// Assignments are all assignments there ever were.
func (o *Office) Assignments(ctx context.Context) ([]plan.Assignment, error) {
	return storage.Read(ctx, o.council, (*storage.View).Assignments)
}

// planOn is the revision in force on a day: the newest approved by then, or the
// first, which the session that approves it already works with.
func planOn(all []plan.Plan, on council.Date) (plan.Plan, error) {
	if len(all) == 0 {
		return plan.Plan{}, problem.New(problem.State, "problem.office.no-plan")
	}
	in := all[0]
	for _, p := range all[1:] {
		if p.Approved <= on {
			in = p
		}
	}
	return in, nil
}
