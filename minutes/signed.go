package minutes

import (
	"slices"
	"strconv"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/signature"
	"padome/internal/text"
)

// SignedFile is a file with electronic signatures of final minutes that came
// back, as it was verified. Its bytes never change.
type SignedFile struct {
	Sum      string            `json:"sum"` // SHA-256 of the file
	Size     int64             `json:"size"`
	Uploaded string            `json:"uploaded,omitempty"` // of what was uploaded, where it was joined with what was there
	By       string            `json:"by"`                 // person
	At       time.Time         `json:"at"`
	Verdict  signature.Verdict `json:"verdict"` // without the serial numbers of certificates
}

// SignedFile is the file in force: the newest, with all signatures; nil for none.
func (m *Minutes) SignedFile() *SignedFile {
	if len(m.SignedFiles) == 0 {
		return nil
	}
	return &m.SignedFiles[len(m.SignedFiles)-1]
}

// MayTakeSigned reports whether the actor may bring back a signed file: those
// whose signature is awaited, and the secretariat for them.
func (m *Minutes) MayTakeSigned(a council.Actor) bool {
	return m.State == Final && m.Signing == council.SignedElectronically && (m.Awaits(a) || a.Holds(council.Secretariat))
}

// MayReadSigned reports whether the actor may have the signed file. It holds
// the signers' personal codes, so it is for those inside; everybody else reads
// the minutes themselves.
func (m *Minutes) MayReadSigned(a council.Actor) bool {
	return MayReadRecord(a) || m.signer(a.Person) != nil
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
	if now := m.SignedFile(); now != nil && now.Sum != seen || now == nil && seen != "" {
		return problem.New(problem.Conflict, "problem.minutes.signed-meanwhile")
	}
	if f.Verdict.Document != m.PDF { // reopened and frozen anew in between
		return problem.New(problem.Conflict, "problem.minutes.signed-meanwhile")
	}
	if err := f.Verdict.Err(); err != nil {
		return err
	}
	signed, err := m.signaturesIn(f)
	if err != nil {
		return err
	}
	f.At, f.By = instant(f.At), a.Person
	f.Verdict = withoutSerials(f.Verdict)
	m.Signatures, m.SignedFiles = signed, append(slices.Clone(m.SignedFiles), f)
	if len(m.Signatures) == len(m.Signers) {
		m.State = Signed
	}
	return nil
}

// signaturesIn are the signatures of a file as the minutes keep them.
func (m *Minutes) signaturesIn(f SignedFile) (all []Signature, err error) {
	for _, v := range f.Verdict.Signers {
		s := m.signer(v.Person)
		if s == nil {
			return nil, problem.New(problem.Invalid, "problem.minutes.not-signer", "names", signerNames(m.Signers))
		}
		if slices.ContainsFunc(all, func(x Signature) bool { return x.Person == s.Person }) {
			continue
		}
		all = append(all, Signature{Person: s.Person, Name: s.Name, Digest: m.Digest, At: instant(v.When()), Level: v.Level})
	}
	for _, old := range m.Signatures {
		if !slices.ContainsFunc(all, func(x Signature) bool { return x.Person == old.Person }) {
			return nil, signedFault("problem.minutes.signature-lost", "name", old.Name)
		}
	}
	if len(all) <= len(m.Signatures) {
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

// Subject is by what a person's signatures are known: the serial number in the
// subject of their certificates ("PNOLV-" and the personal code). Only those who
// keep the register see it.
type Subject struct {
	Person   string `json:"person"`
	Serial   string `json:"serial"` // "" for none
	Revision uint64 `json:"revision"`
}

// Validate tidies the serial number and says what is wrong with it.
func (s *Subject) Validate() error {
	var l problem.List
	text.Line(&l, "serial", &s.Serial, 0, 64)
	if s.Serial != "" && !signature.IsSerial(s.Serial) {
		l.Add("serial", "problem.minutes.serial", "value", s.Serial)
	}
	return l.Err()
}

// Trust are the certificates that signatures are checked against.
type Trust struct {
	// Certificates in PEM; none: the national ones that come with the program.
	Certificates []byte `json:"certificates,omitempty"`
	Revision     uint64 `json:"revision"`
}

// Anchors are the certificates, read.
func (t Trust) Anchors() (*signature.Anchors, error) {
	if len(t.Certificates) == 0 {
		return signature.NationalAnchors(), nil
	}
	return signature.ParseAnchors(t.Certificates)
}
