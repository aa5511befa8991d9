package storage

import (
	"padome/minutes"
	"padome/storage/store"
)

var earlier = &table[minutes.Earlier]{
	bucket:   "earlier",
	kind:     "earlier",
	key:      func(e *minutes.Earlier) key { return key{}.str(e.Session) },
	id:       func(e *minutes.Earlier) string { return e.Session },
	revision: func(e *minutes.Earlier) *uint64 { return &e.Revision },
}

// Earlier is what is known of a session that was held before the council used
// this program; it fails with NotFound for any other.
func (v *View) Earlier(session string) (minutes.Earlier, error) {
	return earlier.get(v.r, minutes.Earlier{Session: session})
}

// AllEarlier are all of those.
func (v *View) AllEarlier() ([]minutes.Earlier, error) {
	return earlier.every(v.r, earlier.bucket, store.Range{})
}

// UpdateEarlier changes what is known of such a session, or adds it for revision
// 0.
func (tx *Tx) UpdateEarlier(session string, revision uint64, fn func(*minutes.Earlier) error) (minutes.Earlier, error) {
	return earlier.edit(tx.w, revision, minutes.Earlier{Session: session}, fn)
}
