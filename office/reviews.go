package office

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"padome/council"
	"padome/internal/problem"
	"padome/plan"
	"padome/storage"
)

// StartReview begins a review of the plan (P10): of the revision in force, which
// the caller names, as it reads. Only one review is open at a time.
func (o *Office) StartReview(ctx context.Context, by By, base int) (plan.Review, error) {
	return o.startReview(ctx, by, func(_ *storage.View, now plan.Plan) (*plan.Plan, error) {
		if base == now.Revision {
			return nil, nil
		}
		var l problem.List
		l.Add("base", "problem.plan.review.newest", "value", strconv.Itoa(base), "now", strconv.Itoa(now.Revision))
		return nil, l.Err()
	})
}

// StartReviewFrom is StartReview with the plan of a file, as its preview of that
// digest showed it.
func (o *Office) StartReviewFrom(ctx context.Context, by By, file PlanFile, digest string) (plan.Review, error) {
	return o.startReview(ctx, by, func(v *storage.View, _ plan.Plan) (*plan.Plan, error) {
		p, err := preview(v, file)
		if err != nil {
			return nil, err
		}
		return &p.Plan, confirmed(&p, digest)
	})
}

func (o *Office) startReview(ctx context.Context, by By, from func(*storage.View, plan.Plan) (*plan.Plan, error)) (plan.Review, error) {
	id, at := o.db.NewID(), o.db.Now()
	return storage.Do(ctx, o.council, by.change("history.review.started", ""), func(tx *storage.Tx) (plan.Review, error) {
		if err := o.mayReview(&tx.View, by.Actor); err != nil {
			return plan.Review{}, err
		}
		base, err := tx.NewestPlan()
		if isMissing(err) {
			err = problem.New(problem.State, "problem.office.no-plan")
		}
		if err != nil {
			return plan.Review{}, err
		}
		proposed, err := from(&tx.View, base)
		if err == nil {
			err = noneOpen(&tx.View)
		}
		if err != nil {
			return plan.Review{}, err
		}
		return tx.UpdateReview(id, 0, func(r *plan.Review) error {
			*r = plan.StartReview(id, base, proposed, by.Actor, at)
			return nil
		})
	})
}

func (o *Office) mayReview(v *storage.View, a council.Actor) error {
	groups, err := v.Groups()
	if err != nil {
		return err
	}
	return forbidden(plan.MayReview(a, groups, o.Today()), a, "problem.plan.review.access")
}

// maySeeReview is for whoever holds an office of the council, and for those who may
// prepare a review.
func (o *Office) maySeeReview(v *storage.View, a council.Actor) error {
	if plan.MaySeeReview(a) {
		return nil
	}
	return o.mayReview(v, a)
}

func noneOpen(v *storage.View) error {
	all, err := v.Reviews()
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].Open() {
			return problem.New(problem.State, "problem.plan.review.open", "id", all[i].ID)
		}
	}
	return nil
}

// Reviews are all reviews of the plan, the newest first.
func (o *Office) Reviews(ctx context.Context, a council.Actor) ([]plan.Review, error) {
	all, err := storage.Read(ctx, o.council, func(v *storage.View) ([]plan.Review, error) {
		if err := o.maySeeReview(v, a); err != nil {
			return nil, err
		}
		return v.Reviews()
	})
	slices.SortFunc(all, func(a, b plan.Review) int {
		return cmp.Or(b.StartedAt.Compare(a.StartedAt), cmp.Compare(b.ID, a.ID))
	})
	return all, err
}

// Review is a review with its tracked changes against the revision that it changes.
func (o *Office) Review(ctx context.Context, a council.Actor, id string) (r plan.Review, changes plan.Comparison, err error) {
	_, err = storage.Read(ctx, o.council, func(v *storage.View) (none struct{}, err error) {
		if o.maySeeReview(v, a) != nil {
			return none, hidden("review", id)
		}
		if r, err = v.Review(id); err != nil {
			return none, err
		}
		base, err := v.Plan(r.Base)
		changes = plan.Compare(base, r.Proposed)
		return none, err
	})
	return r, changes, err
}

// EditReview changes the proposed plan while it is a draft.
func (o *Office) EditReview(ctx context.Context, by By, id string, revision uint64, e plan.Edit) (plan.Review, error) {
	return o.onReview(ctx, by.change("history.review.edited", ""), id, revision, func(_ *storage.Tx, r *plan.Review) error { return r.Edit(e) })
}

// WithdrawReview takes a review back before a session decided on it, and with it
// the proposal that waits.
func (o *Office) WithdrawReview(ctx context.Context, by By, id string, revision uint64, why string) (plan.Review, error) {
	if err := checkReason(&why, 1); err != nil {
		return plan.Review{}, err
	}
	return o.onReview(ctx, by.change("history.review.withdrawn", why), id, revision, func(tx *storage.Tx, r *plan.Review) error {
		if err := r.Withdraw(why); err != nil || r.Proposal == "" {
			return err
		}
		return withdrawn(tx, r.Proposal)
	})
}

// onReview changes a review for those who may prepare one.
func (o *Office) onReview(ctx context.Context, ch storage.Change, id string, revision uint64, fn func(*storage.Tx, *plan.Review) error) (plan.Review, error) {
	return storage.Do(ctx, o.council, ch, func(tx *storage.Tx) (plan.Review, error) {
		if err := o.mayReview(&tx.View, ch.By); err != nil {
			return plan.Review{}, err
		}
		if revision == 0 {
			return plan.Review{}, hidden("review", id)
		}
		return tx.UpdateReview(id, revision, func(r *plan.Review) error { return fn(tx, r) })
	})
}
