package storage

import (
	"context"

	"padome/council"
	"padome/storage/store"
)

var people = &table[council.Person]{
	bucket:   "people",
	kind:     "person",
	key:      func(p *council.Person) key { return key{}.str(p.ID) },
	id:       func(p *council.Person) string { return p.ID },
	revision: func(p *council.Person) *uint64 { return &p.Revision },
}

// Person fails with NotFound.
func (v *View) Person(id string) (council.Person, error) {
	return people.get(v.r, council.Person{ID: id})
}

// People are all people, by id.
func (v *View) People() ([]council.Person, error) {
	return people.every(v.r, people.bucket, store.Range{})
}

// UpdatePerson changes a person, or adds one for revision 0, as Newest says of
// revisions.
func (tx *Tx) UpdatePerson(id string, revision uint64, fn func(*council.Person) error) (council.Person, error) {
	return people.edit(tx.w, revision, council.Person{ID: id}, fn)
}

// UpdatePerson is Tx.UpdatePerson as one change of its own.
func (c *Council) UpdatePerson(ctx context.Context, ch Change, id string, revision uint64, fn func(*council.Person) error) (council.Person, error) {
	return Do(ctx, c, ch, func(tx *Tx) (council.Person, error) { return tx.UpdatePerson(id, revision, fn) })
}

var mandates = &table[council.Mandate]{
	bucket:   "mandates",
	kind:     "mandate",
	key:      func(m *council.Mandate) key { return key{}.str(m.ID) },
	id:       func(m *council.Mandate) string { return m.ID },
	revision: func(m *council.Mandate) *uint64 { return &m.Revision },
	indexes:  []index[council.Mandate]{mandatesOf},
	ledger: []logged[council.Mandate]{{
		kind:    "mandate",
		content: func(m *council.Mandate) any { return m },
		steps:   []string{"mandate-given"},
		changed: "mandate-changed", ended: "mandate-removed",
	}},
}

var mandatesOf = index[council.Mandate]{"mandates/person", func(m *council.Mandate) []key {
	return []key{key{}.str(m.Person).str(m.ID)}
}}

// Mandate fails with NotFound.
func (v *View) Mandate(id string) (council.Mandate, error) {
	return mandates.get(v.r, council.Mandate{ID: id})
}

// Mandates are all mandates there ever were, by id.
func (v *View) Mandates() ([]council.Mandate, error) {
	return mandates.every(v.r, mandates.bucket, store.Range{})
}

// MandatesOf are all mandates a person ever had.
func (v *View) MandatesOf(person string) ([]council.Mandate, error) {
	return mandates.every(v.r, mandatesOf.bucket, store.Prefix(key{}.str(person)))
}

// UpdateMandate changes a mandate, or adds one for revision 0.
func (tx *Tx) UpdateMandate(id string, revision uint64, fn func(*council.Mandate) error) (council.Mandate, error) {
	return mandates.edit(tx.w, revision, council.Mandate{ID: id}, fn)
}

// UpdateMandate is Tx.UpdateMandate as one change of its own.
func (c *Council) UpdateMandate(ctx context.Context, ch Change, id string, revision uint64, fn func(*council.Mandate) error) (council.Mandate, error) {
	return Do(ctx, c, ch, func(tx *Tx) (council.Mandate, error) { return tx.UpdateMandate(id, revision, fn) })
}

var groups = &table[council.WorkingGroup]{
	bucket:   "groups",
	kind:     "group",
	key:      func(g *council.WorkingGroup) key { return key{}.str(g.ID) },
	id:       func(g *council.WorkingGroup) string { return g.ID },
	revision: func(g *council.WorkingGroup) *uint64 { return &g.Revision },
}

// Group fails with NotFound.
func (v *View) Group(id string) (council.WorkingGroup, error) {
	return groups.get(v.r, council.WorkingGroup{ID: id})
}

// Groups are all working groups there ever were, by id.
func (v *View) Groups() ([]council.WorkingGroup, error) {
	return groups.every(v.r, groups.bucket, store.Range{})
}

// UpdateGroup changes a working group, or adds one for revision 0.
func (tx *Tx) UpdateGroup(id string, revision uint64, fn func(*council.WorkingGroup) error) (council.WorkingGroup, error) {
	return groups.edit(tx.w, revision, council.WorkingGroup{ID: id}, fn)
}

// UpdateGroup is Tx.UpdateGroup as one change of its own.
func (c *Council) UpdateGroup(ctx context.Context, ch Change, id string, revision uint64, fn func(*council.WorkingGroup) error) (council.WorkingGroup, error) {
	return Do(ctx, c, ch, func(tx *Tx) (council.WorkingGroup, error) { return tx.UpdateGroup(id, revision, fn) })
}

var delegations = &table[council.Delegation]{
	bucket:   "delegations",
	kind:     "delegation",
	key:      func(d *council.Delegation) key { return key{}.str(d.ID) },
	id:       func(d *council.Delegation) string { return d.ID },
	revision: func(d *council.Delegation) *uint64 { return &d.Revision },
}

// Delegations are all delegations to other bodies there ever were, by id.
func (v *View) Delegations() ([]council.Delegation, error) {
	return delegations.every(v.r, delegations.bucket, store.Range{})
}

// UpdateDelegation changes a delegation, or adds one for revision 0.
func (tx *Tx) UpdateDelegation(id string, revision uint64, fn func(*council.Delegation) error) (council.Delegation, error) {
	return delegations.edit(tx.w, revision, council.Delegation{ID: id}, fn)
}
