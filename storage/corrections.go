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
		return append([]string{c.PDF}, signedSums(c.SignedFiles)...)
	},
	ledger: []logged[minutes.Correction]{
		{kind: "minutes-correction", content: finalCorrection, acts: correctionActs,
			steps:   []string{"correction-finalised", "correction-signed", "correction-published"},
			changed: "correction-changed", ended: "correction-reopened"},
		{kind: "minutes-correction-file", content: func(c *minutes.Correction) any { return fileSum(c.PDF) }, steps: []string{"correction-drawn"},
			changed: "correction-redrawn", ended: "correction-file-withdrawn"},
	},
	verify: func(c *minutes.Correction) error {
		if c.Digest == "" {
			return nil
		}
		_, err := c.Frozen()
		return err
	},
}

// finalCorrection is a correction whose content is fixed.
func finalCorrection(c *minutes.Correction) any {
	if c.State == minutes.Draft || c.State == "" {
		return nil
	}
	return c
}

// correctionActs are what was done with a correction since its content was fixed.
func correctionActs(c *minutes.Correction) []string {
	acts := []string{"correction-finalised"}
	for range c.Signatures {
		acts = append(acts, "correction-signed")
	}
	if c.State == minutes.Signed {
		acts = append(acts, "correction-published")
	}
	return acts
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
