package minutes

import (
	"slices"
	"strconv"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/signature"
)

// SignedFile is a file with electronic signatures of final minutes, or of a
// correction of them, that came back, as it was verified. Its bytes never change.
type SignedFile struct {
	Sum      string            `json:"sum"` // SHA-256 of the file
	Size     int64             `json:"size"`
	Uploaded string            `json:"uploaded,omitempty"` // of what was uploaded, where it was joined with what was there
	By       string            `json:"by"`                 // person
	At       time.Time         `json:"at"`
	Verdict  signature.Verdict `json:"verdict"` // without the serial numbers of certificates
}

// End is the end of the file's name, by its kind.
func (f *SignedFile) End() string {
	if f.Verdict.Format == signature.Container {
		return ".edoc"
	}
	return ".pdf"
}

// FileKind is what a file is to a paper that became final.
type FileKind string

const (
	FrozenFile  FileKind = "frozen"        // that is signed
	SignedFull  FileKind = "signed"        // with all signatures that came back so far
	SignedPart  FileKind = "signed-before" // that came back before another signature was added
	SignedApart FileKind = "signed-apart"  // as one signer brought it, joined with the others since
)

// FileOf is what the file with a SHA-256 is to the paper; "" when it is none of its.
func (s *Sealed) FileOf(sum string) FileKind {
	if sum == "" {
		return ""
	}
	if s.PDF == sum {
		return FrozenFile
	}
	for i := range s.SignedFiles {
		switch f := &s.SignedFiles[i]; {
		case f.Sum == sum && i == len(s.SignedFiles)-1:
			return SignedFull
		case f.Sum == sum:
			return SignedPart
		case f.Uploaded == sum:
			return SignedApart
		}
	}
	return ""
}

// Sealed is what of the minutes was fixed when they became final, and was signed
// since.
func (m *Minutes) Sealed() Sealed {
	return Sealed{Digest: m.Digest, PDF: m.PDF, PDFSize: m.PDFSize, Pages: m.Pages, Finalised: m.Finalised,
		Signers: m.Signers, Signing: m.Signing, Signatures: m.Signatures, SignedFiles: m.SignedFiles}
}

// SignedFile is the file in force: the newest, with all signatures; nil for none.
func (s *Sealed) SignedFile() *SignedFile {
	if len(s.SignedFiles) == 0 {
		return nil
	}
	return &s.SignedFiles[len(s.SignedFiles)-1]
}

// SignedFile is that of the minutes.
func (m *Minutes) SignedFile() *SignedFile {
	s := m.Sealed()
	return s.SignedFile()
}

// MayTakeSigned reports whether the actor may bring back a signed file: those
// whose signature is awaited, and the secretariat for them.
func (m *Minutes) MayTakeSigned(a council.Actor) bool {
	return m.State == Final && m.Signing == council.SignedElectronically && (m.Awaits(a) || a.Holds(council.Secretariat))
}

// MayTakeSigned is that of minutes, of a correction.
func (c *Correction) MayTakeSigned(a council.Actor) bool {
	return c.State == Final && c.Signing == council.SignedElectronically && (c.Awaits(a) || a.Holds(council.Secretariat))
}

// MayReadSigned reports whether the actor may have the signed file. It holds
// the signers' personal codes, so it is for those inside; everybody else reads
// the paper itself.
func (s *Sealed) MayReadSigned(a council.Actor) bool {
	return MayReadRecord(a) || s.signer(a.Person) != nil
}

// MayReadSigned is that of the minutes.
func (m *Minutes) MayReadSigned(a council.Actor) bool {
	s := m.Sealed()
	return s.MayReadSigned(a)
}

// AwaitsFile says why no signed file can be taken now: the minutes are not
// final, are signed in the program, or have no frozen PDF.
func (m *Minutes) AwaitsFile() error {
	switch {
	case m.State == Draft || m.State == "": // not begun
		return m.refuse("problem.minutes.not-final")
	case m.State != Final:
		return m.editable()
	case m.Signing != council.SignedElectronically:
		return m.refuse("problem.minutes.sign-here")
	case m.PDF == "":
		return m.refuse("problem.minutes.not-frozen")
	case m.Reopening != nil:
		return m.refuse("problem.minutes.reopen.waits", "name", m.Reopening.Name)
	}
	return nil
}

// AwaitsFile is that of minutes, of a correction.
func (c *Correction) AwaitsFile() error {
	switch {
	case c.State == Draft:
		return c.refuse("draft")
	case c.State != Final:
		return c.refuse("signed")
	case c.Signing != council.SignedElectronically:
		return c.refuse("sign-here")
	case c.PDF == "":
		return c.refuse("not-frozen")
	}
	return nil
}

// TakeSigned takes a signed file that was found good, in the place of the one
// with the sum seen ("" for none). Each of its signatures is of one who has to
// sign, all that were there are there still, and at least one is new. The
// minutes are signed once all have. It fails with Conflict when another file came
// in between.
func (m *Minutes) TakeSigned(a council.Actor, f SignedFile, seen string) error {
	if err := m.AwaitsFile(); err != nil {
		return err
	}
	if !m.MayTakeSigned(a) {
		return problem.New(problem.Forbidden, "problem.minutes.not-signer", "names", signerNames(m.Signers))
	}
	s := m.Sealed()
	all, err := s.take(a, f, seen)
	if err != nil {
		return err
	}
	m.Signatures, m.SignedFiles = s.Signatures, s.SignedFiles
	if all {
		m.State = Signed
	}
	return nil
}

// TakeSigned is that of minutes, of a correction.
func (c *Correction) TakeSigned(a council.Actor, f SignedFile, seen string) error {
	if err := c.AwaitsFile(); err != nil {
		return err
	}
	if !c.MayTakeSigned(a) {
		return problem.New(problem.Forbidden, "problem.minutes.not-signer", "names", signerNames(c.Signers))
	}
	all, err := c.take(a, f, seen)
	if all {
		c.State = Signed
	}
	return err
}

// take takes a signed file as TakeSigned says, and reports whether all have signed.
func (s *Sealed) take(a council.Actor, f SignedFile, seen string) (all bool, err error) {
	if now := s.SignedFile(); now != nil && now.Sum != seen || now == nil && seen != "" {
		return false, problem.New(problem.Conflict, "problem.minutes.signed-meanwhile")
	}
	if f.Verdict.Document != s.PDF { // reopened and frozen anew in between
		return false, problem.New(problem.Conflict, "problem.minutes.signed-meanwhile")
	}
	if err := f.Verdict.Err(); err != nil {
		return false, err
	}
	signed, err := s.signaturesIn(f)
	if err != nil {
		return false, err
	}
	f.At, f.By = instant(f.At), a.Person
	f.Verdict = withoutSerials(f.Verdict)
	s.Signatures, s.SignedFiles = signed, append(slices.Clone(s.SignedFiles), f)
	return len(s.Signatures) == len(s.Signers), nil
}

// signaturesIn are the signatures of a file as the record keeps them.
func (s *Sealed) signaturesIn(f SignedFile) (all []Signature, err error) {
	for _, v := range f.Verdict.Signers {
		x := s.signer(v.Person)
		if x == nil {
			return nil, problem.New(problem.Invalid, "problem.minutes.not-signer", "names", signerNames(s.Signers))
		}
		if slices.ContainsFunc(all, func(g Signature) bool { return g.Person == x.Person }) {
			continue
		}
		all = append(all, Signature{Person: x.Person, Name: x.Name, Digest: s.Digest, At: instant(v.When()), Level: v.Level})
	}
	for _, old := range s.Signatures {
		if !slices.ContainsFunc(all, func(x Signature) bool { return x.Person == old.Person }) {
			return nil, signedFault("problem.minutes.signature-lost", "name", old.Name)
		}
	}
	if len(all) <= len(s.Signatures) {
		return nil, signedFault("problem.minutes.signature-none-new", "n", strconv.Itoa(len(all)))
	}
	return all, nil
}

func signedFault(key string, args ...string) error {
	var l problem.List
	l.Add("file", key, args...)
	return l.Err()
}

// withoutSerials is a verdict without personal codes.
func withoutSerials(v signature.Verdict) signature.Verdict {
	v.Signers = slices.Clone(v.Signers)
	for i := range v.Signers {
		v.Signers[i].Serial = ""
	}
	return v
}
