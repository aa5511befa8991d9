package storage

import (
	"cmp"
	"slices"

	"padome/minutes"
	"padome/storage/store"
)

// Corrections stand with the session whose minutes they correct.
var corrections = &table[minutes.Correction]{
	bucket:   "minutes/corrections",
	kind:     "minutes-correction",
	key:      func(c *minutes.Correction) key { return key{}.str(c.Session).str(c.ID) },
	id:       func(c *minutes.Correction) string { return c.ID },
	revision: func(c *minutes.Correction) *uint64 { return &c.Revision },
	blobs: func(c *minutes.Correction) []string {
		if c.PDF == "" {
			return nil
		}
		return []string{c.PDF}
	},
	verify: func(c *minutes.Correction) error {
		if c.Digest == "" {
			return nil
		}
		_, err := c.Frozen()
		return err
	},
}

// Corrections are those of a session's minutes: by number, drafts after them in
// the order they were begun.
func (v *View) Corrections(session string) ([]minutes.Correction, error) {
	all, err := corrections.every(v.r, corrections.bucket, store.Prefix(key{}.str(session)))
	slices.SortStableFunc(all, func(a, b minutes.Correction) int {
		return cmp.Or(cmp.Compare(uint(a.Number-1), uint(b.Number-1)), byTime(a.At, a.ID, b.At, b.ID)) // 0 goes last
	})
	return all, err
}

// Correction is one of them; it fails with NotFound.
func (v *View) Correction(session, id string) (minutes.Correction, error) {
	return corrections.get(v.r, minutes.Correction{Session: session, ID: id})
}

// UpdateCorrection changes a correction, or begins it for revision 0.
func (tx *Tx) UpdateCorrection(session, id string, revision uint64, fn func(*minutes.Correction) error) (minutes.Correction, error) {
	return corrections.edit(tx.w, revision, minutes.Correction{Session: session, ID: id}, fn)
}
