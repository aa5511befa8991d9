package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"padome/minutes"
	"padome/storage/store"
)

var allMinutes = &table[minutes.Minutes]{
	bucket:   "minutes",
	kind:     "minutes",
	key:      func(m *minutes.Minutes) key { return key{}.str(m.Session) },
	id:       func(m *minutes.Minutes) string { return m.Session },
	revision: func(m *minutes.Minutes) *uint64 { return &m.Revision },
	indexes:  []index[minutes.Minutes]{minutesUnapproved},
	blobs: func(m *minutes.Minutes) []string {
		ss := annexSums(m.Annexes)
		if m.PDF != "" {
			ss = append(ss, m.PDF)
		}
		ss = append(ss, signedSums(m.SignedFiles)...)
		for _, r := range m.Reopened {
			if r.PDF != "" {
				ss = append(ss, r.PDF)
			}
		}
		return ss
	},
	ledger: []logged[minutes.Minutes]{
		{kind: "minutes", content: finalMinutes, acts: minutesActs,
			steps:   []string{"minutes-finalised", "minutes-signed", "minutes-published", "minutes-approved"},
			changed: "minutes-changed", ended: "minutes-reopened"},
		{kind: "minutes-file", content: minutesFile, steps: []string{"minutes-drawn"},
			changed: "minutes-redrawn", ended: "minutes-file-withdrawn"},
	},
}

// finalMinutes are minutes whose content is fixed.
func finalMinutes(m *minutes.Minutes) any {
	if m.State == minutes.Draft || m.State == "" {
		return nil
	}
	return m
}

// minutesActs are what was done with minutes since their content was fixed.
func minutesActs(m *minutes.Minutes) []string {
	acts := []string{"minutes-finalised"}
	for range m.Signatures {
		acts = append(acts, "minutes-signed")
	}
	if m.Public() {
		acts = append(acts, "minutes-published")
	}
	if m.State == minutes.Approved {
		acts = append(acts, "minutes-approved")
	}
	return acts
}

// minutesFile is the file that the signers signed.
func minutesFile(m *minutes.Minutes) any { return fileSum(m.PDF) }

// fileSum is a file by its SHA-256; nil for none.
func fileSum(blob string) any {
	sum, err := hex.DecodeString(blob)
	if err != nil || len(sum) != sha256.Size {
		return nil
	}
	return [sha256.Size]byte(sum)
}

var minutesUnapproved = index[minutes.Minutes]{"minutes/unapproved", func(m *minutes.Minutes) []key {
	if m.State != minutes.Signed || m.ApprovedAt != "" {
		return nil
	}
	return []key{key{}.num(uint64(m.Year)).num(uint64(m.Number)).str(m.Session)}
}}

// signedSums are the files that came back signed, and those they were joined from.
func signedSums(files []minutes.SignedFile) (ss []string) {
	for _, f := range files {
		ss = append(ss, f.Sum)
		if f.Uploaded != "" {
			ss = append(ss, f.Uploaded)
		}
	}
	return ss
}

func annexSums(annexes []minutes.Annex) []string {
	var ss []string
	for _, a := range annexes {
		if a.SHA256 != "" {
			ss = append(ss, a.SHA256)
		}
	}
	return ss
}

// Minutes are the minutes of a session; it fails with NotFound.
func (v *View) Minutes(session string) (minutes.Minutes, error) {
	return allMinutes.get(v.r, minutes.Minutes{Session: session})
}

// UnapprovedMinutes are the signed minutes that no session has approved yet, by
// number.
func (v *View) UnapprovedMinutes() ([]minutes.Minutes, error) {
	return allMinutes.every(v.r, minutesUnapproved.bucket, store.Range{})
}

// UpdateMinutes changes the minutes of a session, or begins them for revision 0.
// Once all have signed them, they are found.
func (tx *Tx) UpdateMinutes(session string, revision uint64, fn func(*minutes.Minutes) error) (minutes.Minutes, error) {
	was := false
	m, err := allMinutes.edit(tx.w, revision, minutes.Minutes{Session: session}, func(m *minutes.Minutes) error {
		was = m.Public()
		return fn(m)
	})
	if err != nil || m.Public() == was {
		return m, err
	}
	return m, publish(tx.w, session)
}

// UpdateMinutes is Tx.UpdateMinutes as one change of its own.
func (c *Council) UpdateMinutes(ctx context.Context, ch Change, session string, revision uint64, fn func(*minutes.Minutes) error) (minutes.Minutes, error) {
	return Do(ctx, c, ch, func(tx *Tx) (minutes.Minutes, error) { return tx.UpdateMinutes(session, revision, fn) })
}

const numberBucket = "numbers"

// LastNumber is the number of a year's minutes that was taken last, here or before
// the council used this program; 0 for none.
func (v *View) LastNumber(year int) (int, error) { return lastNumber(v.r, year) }

func numberOf(year int) key { return key{}.str(allMinutes.kind).num(uint64(year)) }

func lastNumber(r store.Reader, year int) (int, error) {
	last := 0
	all, err := earlier.every(r, earlier.bucket, store.Range{})
	for _, e := range all {
		if e.Held.Year() == year {
			last = max(last, e.Number)
		}
	}
	if err != nil {
		return 0, err
	}
	raw, err := r.Get(numberBucket, numberOf(year))
	if raw == nil || err != nil {
		return last, err
	}
	here, err := decode[int](raw)
	return max(last, here), err
}

// NextNumber takes the next number of a year's minutes. It is given back when
// the transaction fails, so that the numbers have no gap.
func (tx *Tx) NextNumber(year int) (int, error) {
	last, err := lastNumber(tx.w, year)
	if err != nil {
		return 0, err
	}
	raw, err := encode(last + 1)
	if err != nil {
		return 0, err
	}
	return last + 1, tx.w.Put(numberBucket, numberOf(year), raw)
}

// frozenMinutes is the content of minutes as they were made final.
type frozenMinutes struct {
	Session string `json:"session"`
	Digest  string `json:"digest"`
	Bytes   []byte `json:"bytes"`
}

var frozenContents = &table[frozenMinutes]{
	bucket: "minutes/frozen",
	kind:   "minutes-content",
	key:    func(f *frozenMinutes) key { return key{}.str(f.Session).str(f.Digest) },
	id:     func(f *frozenMinutes) string { return f.Session + "/" + f.Digest },
	blobs: func(f *frozenMinutes) []string {
		c, err := minutes.ReadContent(f.Bytes, f.Digest)
		if err != nil {
			return nil // verify tells of it
		}
		return annexSums(c.Annexes)
	},
	verify: (*frozenMinutes).verify,
	ledger: []logged[frozenMinutes]{{
		kind:    "minutes-content",
		content: func(f *frozenMinutes) any { return f.Bytes },
		steps:   []string{"minutes-frozen"},
	}},
}

// verify holds the content to its digest.
func (f *frozenMinutes) verify() error {
	if _, err := minutes.ReadContent(f.Bytes, f.Digest); err != nil {
		return fmt.Errorf("storage: content of the minutes of %s: %w", f.Session, err)
	}
	return nil
}

// FreezeMinutes keeps the final content of a session's minutes under its
// digest, the SHA-256 in hex; it never changes again. It fails with Conflict
// when there is that content already.
func (tx *Tx) FreezeMinutes(session, digest string, content []byte) error {
	f := frozenMinutes{session, digest, content}
	if err := f.verify(); err != nil {
		return err
	}
	return frozenContents.add(tx.w, &f, 1)
}

// FrozenMinutes is the content that FreezeMinutes kept. It fails with NotFound,
// and as damaged when the content is not that of its digest.
func (v *View) FrozenMinutes(session, digest string) ([]byte, error) {
	f, err := frozenContents.get(v.r, frozenMinutes{Session: session, Digest: digest})
	if err != nil {
		return nil, err
	}
	if err := f.verify(); err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrDamaged, err)
	}
	return f.Bytes, nil
}
