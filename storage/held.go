package storage

import (
	"fmt"

	"padome/agenda"
	"padome/council"
	"padome/storage/store"
)

// Held items stand by the day of their session, so that a span of days is one
// range.
var held = &table[agenda.Held]{
	bucket: "held",
	kind:   "held",
	key: func(h *agenda.Held) key {
		return key{}.str(string(h.Date)).str(h.Session).num(uint64(h.Number))
	},
	id: func(h *agenda.Held) string { return h.Session + "/" + h.Item },
}

// Held are the items that sessions of these days dealt with, in the order of
// days; an empty day is no bound.
func (v *View) Held(from, until council.Date) ([]agenda.Held, error) {
	return held.every(v.r, held.bucket, days(from, until))
}

// SetHeld records what a session dealt with, in place of what was recorded of
// it before.
func (tx *Tx) SetHeld(s council.Session, items []agenda.Held) error {
	old, err := held.every(tx.w, held.bucket, store.Prefix(key{}.str(string(s.Date)).str(s.ID)))
	if err != nil {
		return err
	}
	for i := range old {
		if err := held.drop(tx.w, &old[i]); err != nil {
			return err
		}
	}
	for i := range items {
		if items[i].Session != s.ID || items[i].Date != s.Date {
			return fmt.Errorf("storage: item %s held by session %s of %s, not %s of %s",
				items[i].Item, items[i].Session, items[i].Date, s.ID, s.Date)
		}
		if err := held.put(tx.w, &items[i]); err != nil {
			return err
		}
	}
	return nil
}
