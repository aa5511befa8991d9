package office

import (
	"context"

	"padome/council"
	"padome/internal/problem"
	"padome/plan"
	"padome/storage"
)

// PlanFile is a plan as a file has it, with what a person says its tasks continue;
// see plan.Propose.
type PlanFile struct {
	Plan    plan.Plan
	Follows plan.Mapping
}

// PreviewPlan tells what bringing in a plan would change, and changes nothing.
func (o *Office) PreviewPlan(ctx context.Context, a council.Actor, f PlanFile) (plan.Preview, error) {
	if !plan.MayImport(a) {
		return plan.Preview{}, forbidden(false, a, "problem.plan.import")
	}
	return storage.Read(ctx, o.council, func(v *storage.View) (plan.Preview, error) { return preview(v, f) })
}

func preview(v *storage.View, f PlanFile) (plan.Preview, error) {
	prev, err := v.NewestPlan()
	if isMissing(err) {
		return plan.Propose(nil, f.Plan, f.Follows)
	}
	if err != nil {
		return plan.Preview{}, err
	}
	return plan.Propose(&prev, f.Plan, f.Follows)
}

// ImportPlan adds the plan's first revision.
func (o *Office) ImportPlan(ctx context.Context, by By, p plan.Plan) (plan.Plan, error) {
	return o.ApplyPlan(ctx, by, PlanFile{Plan: p}, "")
}

// ApplyPlan adds a plan from a file as the next revision, exactly as the preview
// with that digest showed it; for the first revision there is nothing to compare
// with and the digest may be empty. A revision is never overwritten; one that
// changes nothing is refused, as is one when the file, the mapping or the revision
// in force are others than in the preview. A proposed revision comes in by a review
// only, on which a session decides.
func (o *Office) ApplyPlan(ctx context.Context, by By, f PlanFile, digest string) (plan.Plan, error) {
	if !plan.MayImport(by.Actor) {
		return plan.Plan{}, forbidden(false, by.Actor, "problem.plan.import")
	}
	if f.Plan.Proposed {
		return plan.Plan{}, problem.New(problem.State, "problem.office.plan-proposed", "approved", string(f.Plan.Approved))
	}
	return storage.Do(ctx, o.council, by.change("history.plan", ""), func(tx *storage.Tx) (plan.Plan, error) {
		p, err := preview(&tx.View, f)
		if err != nil {
			return plan.Plan{}, err
		}
		if err := confirmed(&p, digest); err != nil {
			return plan.Plan{}, err
		}
		return p.Plan, tx.AddPlan(p.Plan)
	})
}

// confirmed refuses a preview that changes nothing or that nobody looked at.
func confirmed(p *plan.Preview, digest string) error {
	if p.Base > 0 && p.Empty() {
		return problem.New(problem.State, "problem.office.plan-same", "approved", string(p.Plan.Approved))
	}
	if p.Base == 0 && digest == "" {
		return nil
	}
	return p.Confirm(digest)
}
