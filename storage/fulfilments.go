package storage

import (
	"padome/plan"
	"padome/storage/store"
)

// Fulfilments are only ever added: the earlier ones of a task are its history.
var fulfilments = &table[plan.Fulfilment]{
	bucket:   "fulfilments",
	kind:     "fulfilment",
	key:      func(f *plan.Fulfilment) key { return append(taskKey(f.Task), key{}.str(f.ID)...) },
	id:       func(f *plan.Fulfilment) string { return f.ID },
	revision: func(f *plan.Fulfilment) *uint64 { return &f.Revision },
}

// Fulfilments are all findings on tasks of the plan there ever were, by task.
func (v *View) Fulfilments() ([]plan.Fulfilment, error) {
	return fulfilments.every(v.r, fulfilments.bucket, store.Range{})
}

// AddFulfilment adds a finding. It fails with Conflict when its task has one of
// that id.
func (tx *Tx) AddFulfilment(f plan.Fulfilment) (plan.Fulfilment, error) {
	f.Revision = 1
	return f, fulfilments.add(tx.w, &f, f.Revision)
}
