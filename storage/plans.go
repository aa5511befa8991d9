package storage

import (
	"bytes"
	"slices"
	"strconv"

	"padome/internal/problem"
	"padome/plan"
	"padome/storage/store"
)

// Plans stand newest first and are only ever added.
var plans = &table[plan.Plan]{
	bucket: "plans",
	kind:   "plan",
	key:    func(p *plan.Plan) key { return key{}.num(uint64(p.Revision)).down() },
	id:     func(p *plan.Plan) string { return strconv.Itoa(p.Revision) },
	ledger: []logged[plan.Plan]{{
		kind:    "plan",
		content: func(p *plan.Plan) any { return p },
		steps:   []string{"plan-revised"},
	}},
}

// Plan is one revision of the plan; it fails with NotFound.
func (v *View) Plan(revision int) (plan.Plan, error) {
	return plans.get(v.r, plan.Plan{Revision: revision})
}

// NewestPlan is the newest revision; it fails with NotFound before the first.
// Nearly every change asks for it and it is by far the largest record, so that
// it is not decoded again while its bytes are the same.
func (v *View) NewestPlan() (plan.Plan, error) {
	var raw []byte
	err := v.r.Scan(plans.bucket, store.Range{}, 1, func(_, value []byte) bool {
		raw = bytes.Clone(value)
		return false
	})
	if err != nil {
		return plan.Plan{}, err
	}
	if raw == nil {
		return plan.Plan{}, problem.New(problem.NotFound, "problem.missing.plan.any")
	}
	if last, ok := v.c.db.plans.Load(v.c.tenant); ok && bytes.Equal(last.(*decoded).raw, raw) {
		return last.(*decoded).plan.Clone(), nil
	}
	p, err := decode[plan.Plan](raw)
	if err != nil {
		return plan.Plan{}, err
	}
	v.c.db.plans.Store(v.c.tenant, &decoded{raw, p.Clone()})
	return p, nil
}

// decoded is a plan with the bytes it was decoded from; neither ever changes.
type decoded struct {
	raw  []byte
	plan plan.Plan
}

// Plans are all revisions, oldest first.
func (v *View) Plans() ([]plan.Plan, error) {
	all, err := plans.every(v.r, plans.bucket, store.Range{})
	slices.Reverse(all)
	return all, err
}

// AddPlan adds the next revision of the plan. It fails with Conflict when there
// is that revision already, or when it does not follow on the newest.
func (tx *Tx) AddPlan(p plan.Plan) error {
	newest, _, err := plans.scan(tx.w, plans.bucket, store.Range{}, 1)
	if err != nil {
		return err
	}
	last := 0
	if len(newest) > 0 {
		last = newest[0].Revision
	}
	if p.Revision > last+1 {
		return problem.New(problem.Conflict, "problem.storage.plan.gap", "id", strconv.Itoa(p.Revision), "next", strconv.Itoa(last+1))
	}
	return plans.add(tx.w, &p, uint64(p.Revision))
}

// Assignments are only ever added: the earlier ones of a task are its history.
var assignments = &table[plan.Assignment]{
	bucket:   "assignments",
	kind:     "assignment",
	key:      func(a *plan.Assignment) key { return append(taskKey(a.Task), key{}.str(a.ID)...) },
	id:       func(a *plan.Assignment) string { return a.ID },
	revision: func(a *plan.Assignment) *uint64 { return &a.Revision },
}

func taskKey(r plan.Ref) key {
	return key{}.num(uint64(r.Revision)).num(uint64(r.Measure)).num(uint64(r.Task))
}

// AssignmentsOf are all assignments of a task as it reads in one revision.
func (v *View) AssignmentsOf(task plan.Ref) ([]plan.Assignment, error) {
	return assignments.every(v.r, assignments.bucket, store.Prefix(taskKey(task)))
}

// Assignments are all assignments there ever were, by task.
func (v *View) Assignments() ([]plan.Assignment, error) {
	return assignments.every(v.r, assignments.bucket, store.Range{})
}

// AddAssignment adds an assignment. It fails with Conflict when its task has an
// assignment of that id.
func (tx *Tx) AddAssignment(a plan.Assignment) (plan.Assignment, error) {
	a.Revision = 1
	return a, assignments.add(tx.w, &a, a.Revision)
}
