package office

import (
	"context"
	"crypto/sha256"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/signature"
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
	File       minutes.FileKind   // what the file that was asked by is to the paper; "" when it is not one of its
	Verdict    *signature.Verdict // of a file that is none of its but holds it; nil else
	Superseded bool               // the minutes were reopened after it and say something else now
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
				return verified(v, marks[len(marks)-1])
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

func verified(v *storage.View, m storage.Mark) (Verified, error) {
	x := Verified{Kind: m.Kind, Digest: m.Digest, Superseded: m.Superseded, File: m.File}
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

// sealed is what of the paper was fixed and signed.
func (x *Verified) sealed() minutes.Sealed {
	if x.Kind == storage.MarkCorrection {
		return x.Correction.Sealed
	}
	return x.Minutes.Sealed()
}

// Public reports whether everybody may read the paper, and so learn who signed it.
func (x *Verified) Public() bool {
	switch x.Kind {
	case storage.MarkAgenda:
		return true
	case storage.MarkCorrection:
		return x.Correction.Public()
	}
	return x.Minutes.Public() && !x.Superseded
}

// Name is what the paper is called: a message with its arguments.
func (x *Verified) Name() (key string, args []string) {
	switch x.Kind {
	case storage.MarkAgenda:
		return "page.verify.agenda", []string{"date", string(x.Session.Date)}
	case storage.MarkCorrection:
		return "page.verify.correction", []string{"date", string(x.Session.Date), "number", x.Correction.Reference()}
	}
	return "page.verify.minutes", []string{"date", string(x.Session.Date), "number", strconv.Itoa(x.Minutes.Number)}
}

// FileKey is the message that says what the file that was asked by is to the
// paper; "" when none was.
func (x *Verified) FileKey() string {
	switch {
	case x.Verdict != nil && x.Verdict.Valid():
		return "page.verify.copy"
	case x.Verdict != nil:
		return "page.verify.altered"
	case x.File == minutes.FrozenFile && x.Signing() == council.SignedElectronically:
		return "page.verify.exact.to-sign"
	case x.File == "":
		return ""
	}
	return "page.verify.exact." + string(x.File)
}

// Signing is how the paper is signed; "" of an agenda, and of what was signed
// before this was a choice.
func (x *Verified) Signing() council.Signing {
	if x.Kind == storage.MarkAgenda {
		return ""
	}
	p := x.sealed()
	return p.Signing
}
