package storage

import (
	"padome/minutes"
	"padome/storage/store"
)

var additions = &table[minutes.Additions]{
	bucket:   "additions",
	kind:     "additions",
	key:      func(a *minutes.Additions) key { return key{}.str(a.Session) },
	id:       func(a *minutes.Additions) string { return a.Session },
	revision: func(a *minutes.Additions) *uint64 { return &a.Revision },
	blobs: func(a *minutes.Additions) []string {
		var ss []string
		for _, it := range a.Items {
			ss = append(ss, sums(it.Documents)...)
		}
		return ss
	},
}

// Additions are the items that a session added to its agenda; none, with
// revision 0, until it adds one (P25).
func (v *View) Additions(session string) (minutes.Additions, error) {
	return only(v.r, additions, minutes.Additions{Session: session})
}

// UpdateAdditions changes what a session added to its agenda, or begins it for
// revision 0.
func (tx *Tx) UpdateAdditions(session string, revision uint64, fn func(*minutes.Additions) error) (minutes.Additions, error) {
	return additions.edit(tx.w, revision, minutes.Additions{Session: session}, fn)
}

// AllAdditions are what any session added.
func (v *View) AllAdditions() ([]minutes.Additions, error) {
	return additions.every(v.r, additions.bucket, store.Range{})
}
