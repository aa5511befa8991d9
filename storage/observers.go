package storage

import (
	"cmp"
	"slices"

	"padome/council"
	"padome/storage/store"
)

// Observers stand with their session, so that a session's are one range.
var observers = &table[council.Observer]{
	bucket:   "observers",
	kind:     "observer",
	key:      func(o *council.Observer) key { return key{}.str(o.Session).str(o.ID) },
	id:       func(o *council.Observer) string { return o.ID },
	revision: func(o *council.Observer) *uint64 { return &o.Revision },
}

// Observers are who signed up for a session, in the order they did.
func (v *View) Observers(session string) ([]council.Observer, error) {
	all, err := observers.every(v.r, observers.bucket, store.Prefix(key{}.str(session)))
	slices.SortStableFunc(all, func(a, b council.Observer) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	return all, err
}

// EveryObserver is everybody who has signed up for any session.
func (v *View) EveryObserver() ([]council.Observer, error) {
	return observers.every(v.r, observers.bucket, store.Prefix(nil))
}

// AddObserver adds one who signs up.
func (tx *Tx) AddObserver(o council.Observer) error {
	o.Revision = 1
	return observers.add(tx.w, &o, o.Revision)
}

// RemoveObserver removes one who signed up; it fails with NotFound.
func (tx *Tx) RemoveObserver(session, id string) error {
	return erase(tx.w, observers, council.Observer{Session: session, ID: id})
}
