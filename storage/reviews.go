package storage

import (
	"padome/plan"
	"padome/storage/store"
)

// reviews are proposed revisions of the plan and what became of them.
var reviews = &table[plan.Review]{
	bucket:   "reviews",
	kind:     "review",
	key:      func(r *plan.Review) key { return key{}.str(r.ID) },
	id:       func(r *plan.Review) string { return r.ID },
	revision: func(r *plan.Review) *uint64 { return &r.Revision },
}

// Review fails with NotFound.
func (v *View) Review(id string) (plan.Review, error) {
	return reviews.get(v.r, plan.Review{ID: id})
}

// Reviews are all reviews of the plan, by id.
func (v *View) Reviews() ([]plan.Review, error) {
	return reviews.every(v.r, reviews.bucket, store.Range{})
}

// UpdateReview changes a review, or adds one for revision 0.
func (tx *Tx) UpdateReview(id string, revision uint64, fn func(*plan.Review) error) (plan.Review, error) {
	return reviews.edit(tx.w, revision, plan.Review{ID: id}, fn)
}
