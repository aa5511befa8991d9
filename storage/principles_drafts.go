package storage

import (
	"context"

	"padome/agenda"
	"padome/storage/store"
)

// Proposed sets of principles are kept for good, decided or not.
var principlesDrafts = &table[agenda.PrinciplesDraft]{
	bucket:   "principles/drafts",
	kind:     "principles-draft",
	key:      func(d *agenda.PrinciplesDraft) key { return key{}.str(d.ID) },
	id:       func(d *agenda.PrinciplesDraft) string { return d.ID },
	revision: func(d *agenda.PrinciplesDraft) *uint64 { return &d.Revision },
	indexes:  []index[agenda.PrinciplesDraft]{draftsDown},
}

var draftsDown = index[agenda.PrinciplesDraft]{"principles/drafts/down", func(d *agenda.PrinciplesDraft) []key {
	return []key{key{}.num(uint64(max(d.At.UnixMilli(), 0))).str(d.ID).down()}
}}

// PrinciplesDraft is a proposed set of principles; it fails with NotFound.
func (v *View) PrinciplesDraft(id string) (agenda.PrinciplesDraft, error) {
	return principlesDrafts.get(v.r, agenda.PrinciplesDraft{ID: id})
}

// PrinciplesDrafts are all proposed sets of principles, the newest first.
func (v *View) PrinciplesDrafts(p Page) (list []agenda.PrinciplesDraft, next string, err error) {
	return principlesDrafts.page(v.r, draftsDown.bucket, store.Range{}, p)
}

// UpdatePrinciplesDraft changes a proposed set, or adds one for revision 0.
func (tx *Tx) UpdatePrinciplesDraft(id string, revision uint64, fn func(*agenda.PrinciplesDraft) error) (agenda.PrinciplesDraft, error) {
	return principlesDrafts.edit(tx.w, revision, agenda.PrinciplesDraft{ID: id}, fn)
}

// UpdatePrinciplesDraft is Tx.UpdatePrinciplesDraft as one change of its own.
func (c *Council) UpdatePrinciplesDraft(ctx context.Context, ch Change, id string, revision uint64, fn func(*agenda.PrinciplesDraft) error) (agenda.PrinciplesDraft, error) {
	return Do(ctx, c, ch, func(tx *Tx) (agenda.PrinciplesDraft, error) { return tx.UpdatePrinciplesDraft(id, revision, fn) })
}

// NewestPrinciples is the newest version of the principles; the zero value when
// there is none.
func (v *View) NewestPrinciples() (agenda.Principles, error) {
	newest, _, err := principles.scan(v.r, principles.bucket, store.Range{}, 1)
	if err != nil || len(newest) == 0 {
		return agenda.Principles{}, err
	}
	return newest[0], nil
}
