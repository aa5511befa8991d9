package office

import (
	"context"

	"padome/council"
	"padome/plan"
	"padome/storage"
)

// PlanInForce is the revision of the plan that decisions of a day are linked to.
func (o *Office) PlanInForce(ctx context.Context, on council.Date) (plan.Plan, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (plan.Plan, error) { return inForce(v, on) })
}
