// Package pades verifies signed PDF files (PAdES, ETSI EN 319 142-1): that a
// file is the frozen document with nothing but signatures appended, and that
// the signatures are good.
package pades

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"

	"padome/internal/signature"
)

// MostBytes is how large a file may be.
const MostBytes = 64 << 20

// mostUpdates bounds how often a file may have been added to.
const mostUpdates = 24

// Verify says what holds of a signed PDF file. The file has to begin with the
// frozen document byte for byte. What was appended has to be updates that
// change nothing one can see: each revision has the frozen document's content,
// by value, and each signature covers its whole revision but its own value. With
// frozen nil, the document is what the file itself began as: the verdict has its
// digest.
func Verify(c signature.Check, frozen, file []byte) signature.Verdict {
	if frozen == nil {
		frozen, _ = Original(file) // what has none is refused below
	}
	v := signature.Verdict{Format: signature.PDF, File: sum(file), Document: sum(frozen), At: c.Now.UTC(), Anchors: c.Anchors.Fingerprint()}
	if err := verify(c, frozen, file, &v); err != nil {
		v.Faults = append(v.Faults, reason(err))
	} else {
		v.Proven = append(v.Proven, signature.Because("signature.proven.document"))
	}
	return v
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// reason is why a file is refused; what cannot be read is a broken PDF.
func reason(err error) signature.Reason {
	if r, ok := errors.AsType[signature.Reason](err); ok {
		return r
	}
	return signature.Because("problem.signature.pdf.broken", "detail", err.Error())
}

func verify(c signature.Check, frozen, file []byte, v *signature.Verdict) error {
	switch {
	case len(file) > MostBytes:
		return signature.Because("problem.signature.large", "most", strconv.Itoa(MostBytes>>20))
	case len(frozen) == 0 || !bytes.HasPrefix(file, frozen):
		return signature.Because("problem.signature.pdf.rewritten")
	case len(bytes.TrimSpace(file[len(frozen):])) == 0:
		return signature.Because("problem.signature.pdf.unsigned")
	}
	base, err := open(frozen)
	if err != nil {
		return err
	}
	base.end = len(frozen)
	found, last, err := revisions(base, file)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return signature.Because("problem.signature.pdf.unsigned")
	}
	return assess(c, file, found, last, v)
}

// revisions follows the updates of a file, each held to the original, and
// returns its signatures in their order and the last revision.
func revisions(base *revision, file []byte) (found []signed, rev *revision, err error) {
	rev = base
	for n := 0; rev.end < len(file); n++ {
		if n == mostUpdates {
			return nil, nil, tooMany()
		}
		from := rev.end
		if rev, err = rev.update(file); err != nil {
			return nil, nil, err
		}
		if err := compare(base, rev); err != nil {
			return nil, nil, err
		}
		f, err := rev.form()
		if err != nil {
			return nil, nil, numbered(err, len(found)+1)
		}
		if found, err = next(found, f.signatures, from, rev.end); err != nil {
			return nil, nil, err
		}
	}
	return found, rev, nil
}

// next adds the signature that an update brought. Those from before have to be
// there as they were; a new one covers all up to the end of its update.
func next(before, now []signed, from, end int) ([]signed, error) {
	known := func(s signed, in []signed) bool {
		return slices.ContainsFunc(in, func(t signed) bool {
			return s.gap == t.gap && s.end == t.end && bytes.Equal(s.contents.bytes, t.contents.bytes) && s.kind == t.kind
		})
	}
	for _, s := range before {
		if !known(s, now) {
			return nil, changed(partField)
		}
	}
	fresh := slices.DeleteFunc(slices.Clone(now), func(s signed) bool { return known(s, before) })
	switch {
	case len(fresh) == 0:
		return before, nil
	case len(fresh) > 1 || len(now) != len(before)+1:
		return nil, numbered(signature.Because("problem.signature.pdf.range"), len(before)+2)
	}
	s := fresh[0]
	if s.gap[0] < from || s.end > end || end-s.end > 2 { // an end of line may follow
		return nil, numbered(signature.Because("problem.signature.pdf.range"), len(before)+1)
	}
	return append(before, s), nil
}

// numbered says of which signature a reason is.
func numbered(err error, n int) error {
	r, ok := errors.AsType[signature.Reason](err)
	if !ok || r.Key != "problem.signature.pdf.range" {
		return err
	}
	return signature.Because(r.Key, "number", strconv.Itoa(n))
}
