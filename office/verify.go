package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"

	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/storage"
)

// Verified is what anybody may know of a paper whose fingerprint or file they
// hold: which it is and how it stands. Who signed is said once the paper is
// public.
type Verified struct {
	Kind       storage.MarkKind
	Session    council.Session
	Digest     string
	Exact      bool // asked by the sum of a file, which is exactly the published one
	Superseded bool // the minutes were reopened after it and say something else now
	// Of minutes.
	Minutes     minutes.Minutes
	Corrections []minutes.Correction // signed ones
	ApprovedBy  council.Session
	// Of a correction.
	Correction minutes.Correction
}

// keptMarks are the marks of all papers as they were read last.
type keptMarks struct {
	mu  sync.Mutex
	seq uint64
	all map[string]storage.Mark // by fingerprint
}

func (k *keptMarks) at(seq uint64, read func() ([]storage.Mark, error)) (map[string]storage.Mark, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all != nil && k.seq == seq {
		return k.all, nil
	}
	marks, err := read()
	if err != nil {
		return nil, err
	}
	k.seq, k.all = seq, map[string]storage.Mark{}
	for _, m := range marks {
		k.all[Fingerprint(m.Digest)] = m
	}
	return k.all, nil
}

var markForm = regexp.MustCompile(`^[0-9a-f]{16}$|^[0-9a-f]{64}$`)

// Verify finds the paper of a mark: a fingerprint as papers print it, a whole
// digest, or the SHA-256 of a file. It fails with NotFound when no paper has it.
func (o *Office) Verify(ctx context.Context, mark string) (Verified, error) {
	clean := strings.ToLower(strings.NewReplacer("-", "", " ", "", "\u00a0", "", ":", "").Replace(mark))
	if !markForm.MatchString(clean) {
		var l problem.List
		l.Add("code", "problem.verify.form")
		return Verified{}, l.Err()
	}
	seq, err := o.Seq(ctx)
	if err != nil {
		return Verified{}, err
	}
	return storage.Read(ctx, o.council, func(v *storage.View) (Verified, error) {
		if len(clean) == sha256.Size*2 {
			marks, err := v.MarksOfFile(clean)
			if err != nil {
				return Verified{}, err
			}
			if len(marks) > 0 {
				x, err := verified(v, marks[len(marks)-1])
				x.Exact = true
				return x, err
			}
		}
		all, err := o.marks.at(seq, v.Marks)
		if err != nil {
			return Verified{}, err
		}
		m, ok := all[Fingerprint(clean)]
		if !ok || !strings.HasPrefix(m.Digest, clean) {
			return Verified{}, problem.New(problem.NotFound, "problem.verify.unknown")
		}
		return verified(v, m)
	})
}

// VerifyFile says whether a file is exactly one that was published. Nothing of it
// is kept.
func (o *Office) VerifyFile(ctx context.Context, r io.Reader) (Verified, string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return Verified{}, "", fmt.Errorf("a file to be verified: %w", err)
	}
	sum := hex.EncodeToString(h.Sum(nil))
	x, err := o.Verify(ctx, sum)
	if err == nil && !x.Exact {
		err = problem.New(problem.NotFound, "problem.verify.unknown")
	}
	return x, sum, err
}

func verified(v *storage.View, m storage.Mark) (Verified, error) {
	x := Verified{Kind: m.Kind, Digest: m.Digest, Superseded: m.Superseded}
	var err error
	if x.Session, err = v.Session(m.Session); err != nil || m.Kind == storage.MarkAgenda {
		return x, err
	}
	if x.Minutes, err = v.Minutes(m.Session); err != nil {
		return x, err
	}
	if m.Kind == storage.MarkCorrection {
		x.Correction, err = v.Correction(m.Session, m.Correction)
		return x, err
	}
	all, err := v.Corrections(m.Session)
	for _, c := range all {
		if c.Public() {
			x.Corrections = append(x.Corrections, c)
		}
	}
	if err == nil && x.Minutes.ApprovedAt != "" {
		x.ApprovedBy, err = v.Session(x.Minutes.ApprovedAt)
	}
	return x, err
}
