package storage

import (
	"padome/minutes"
	"padome/storage/store"
)

var withheld = &table[minutes.Withholding]{
	bucket:   "minutes/withheld",
	kind:     "withheld",
	key:      func(w *minutes.Withholding) key { return key{}.str(w.Session) },
	id:       func(w *minutes.Withholding) string { return w.Session },
	revision: func(w *minutes.Withholding) *uint64 { return &w.Revision },
}

// Withholding is what must not be published of a session; nothing, with revision
// 0, until something is marked.
func (v *View) Withholding(session string) (minutes.Withholding, error) {
	return withholding(v.r, session)
}

func withholding(r store.Reader, session string) (minutes.Withholding, error) {
	return only(r, withheld, minutes.Withholding{Session: session})
}

// UpdateWithholding changes what must not be published of a session, or begins it
// for revision 0. What a search finds of the session changes with it.
func (tx *Tx) UpdateWithholding(session string, revision uint64, fn func(*minutes.Withholding) error) (minutes.Withholding, error) {
	w, err := withheld.edit(tx.w, revision, minutes.Withholding{Session: session}, fn)
	if err != nil {
		return w, err
	}
	return w, publish(tx.w, session)
}
