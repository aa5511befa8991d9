package minutes

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
)

// editable says why the minutes cannot be changed: only drafts can.
func (m *Minutes) editable() error {
	switch m.State {
	case Signed, Approved:
		return m.refuse("problem.minutes.signed")
	case Final:
		return m.refuse("problem.minutes.final")
	}
	return nil
}

func (m *Minutes) refuse(key string, args ...string) error {
	return problem.New(problem.State, key, append(args, "number", strconv.Itoa(m.Number), "year", strconv.Itoa(m.Year))...)
}

const maxAnnexes = 200

// SetAnnexes replaces the list of annexes. It fails once the minutes are final.
func (m *Minutes) SetAnnexes(annexes []Annex) error {
	if err := m.editable(); err != nil {
		return err
	}
	var l problem.List
	if len(annexes) > maxAnnexes {
		l.Add("annexes", "problem.range", "value", strconv.Itoa(len(annexes)), "least", "0", "most", strconv.Itoa(maxAnnexes))
		return l.Err()
	}
	annexes = slices.Clone(annexes)
	for i := range annexes {
		a, at := &annexes[i], "annexes["+strconv.Itoa(i)+"]"
		text.Line(&l, at+".title", &a.Title, 1, 300)
		if a.Pages < 0 || a.Pages > 9999 {
			l.Add(at+".pages", "problem.range", "value", strconv.Itoa(a.Pages), "least", "0", "most", "9999")
		}
		if a.SHA256 != "" && !isSum(a.SHA256) {
			l.Add(at+".sha256", "problem.minutes.sum", "value", a.SHA256)
		}
	}
	if err := l.Err(); err != nil {
		return err
	}
	m.Annexes, m.AnnexesSet = annexes, true
	return nil
}

var sumForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

func isSum(s string) bool { return sumForm.MatchString(s) }

// Finalise fixes the minutes as their content has them: under a number of their
// year, with those who must sign and how, and the content's digest. It fails
// unless they are a draft, and without a number, a digest, or somebody to sign.
func (m *Minutes) Finalise(c Content, digest string, at time.Time) error {
	if err := m.editable(); err != nil {
		return err
	}
	var l problem.List
	if c.Number < 1 {
		l.Add("number", "problem.range", "value", strconv.Itoa(c.Number), "least", "1", "most", "9999")
	}
	if !isSum(digest) {
		l.Add("digest", "problem.minutes.sum", "value", digest)
	}
	if len(c.Signers) == 0 {
		l.Add("signers", "problem.minutes.signers")
	}
	for i, s := range c.Signers {
		twice := slices.ContainsFunc(c.Signers[:i], func(t Signer) bool { return t.Person == s.Person })
		if s.Person == "" || twice {
			l.Add("signers["+strconv.Itoa(i)+"]", "problem.minutes.signer", "name", s.Name)
		}
	}
	if err := l.Err(); err != nil {
		return err
	}
	m.Number, m.Signers, m.Signing, m.Form, m.Digest = c.Number, slices.Clone(c.Signers), c.Signing, c.Form, digest
	m.Finalised, m.State = instant(at), Final
	return nil
}

// instant is a time as it is stored, so that what is drawn from it stays the
// same.
func instant(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

// FreezePDF notes, once, the file that is to be signed: the blob of that
// SHA-256. It fails on drafts, and when a file is frozen already.
func (m *Minutes) FreezePDF(sum string, size int64, pages int) error {
	switch {
	case m.State == Draft:
		return m.refuse("problem.minutes.not-final")
	case m.State != Final:
		return m.editable()
	case m.PDF != "":
		return m.refuse("problem.minutes.frozen")
	}
	if err := frozen(sum, size, pages); err != nil {
		return err
	}
	m.PDF, m.PDFSize, m.Pages = sum, size, pages
	return nil
}

// Sign signs off the minutes for one of those who must, and on exactly the
// digest that was shown. The minutes are signed once all have. It fails for
// anybody else, whatever their role, on another digest, the second time, while
// there is no frozen PDF, and on minutes that are to be signed electronically:
// those are signed by the file that comes back.
func (m *Minutes) Sign(a council.Actor, digest string, at time.Time) error {
	s := m.signer(a.Person)
	switch {
	case m.State == Draft:
		return m.refuse("problem.minutes.not-final")
	case m.State != Final:
		return m.editable()
	case a.Operator || s == nil:
		return problem.New(problem.Forbidden, "problem.minutes.not-signer", "names", signerNames(m.Signers))
	case m.signature(a.Person) != nil:
		return m.refuse("problem.minutes.signed-already", "date", string(council.DateOf(m.signature(a.Person).At)))
	case m.Signing == council.SignedElectronically:
		return m.refuse("problem.minutes.sign-electronic")
	case digest != m.Digest:
		return problem.New(problem.Conflict, "problem.minutes.digest", "given", short(digest), "digest", short(m.Digest))
	case m.PDF == "":
		return m.refuse("problem.minutes.not-frozen")
	case m.Reopening != nil:
		return m.refuse("problem.minutes.reopen.waits", "name", m.Reopening.Name)
	}
	m.Signatures = append(m.Signatures, Signature{Person: s.Person, Name: s.Name, Digest: digest, At: instant(at)})
	if len(m.Signatures) == len(m.Signers) {
		m.State = Signed
	}
	return nil
}

// MarkApproved notes that a later session approved the minutes (P1). It fails
// unless they are signed and not approved yet.
func (m *Minutes) MarkApproved(session string) error {
	switch {
	case m.State == Approved:
		return m.refuse("problem.minutes.approved")
	case m.State != Signed:
		return problem.New(problem.State, "problem.minutes.not-signed")
	case session == "" || session == m.Session:
		return m.refuse("problem.minutes.approves-itself")
	}
	m.State, m.ApprovedAt = Approved, session
	return nil
}

func (m *Minutes) signer(person string) *Signer {
	for i := range m.Signers {
		if person != "" && m.Signers[i].Person == person {
			return &m.Signers[i]
		}
	}
	return nil
}

func (m *Minutes) signature(person string) *Signature {
	for i := range m.Signatures {
		if m.Signatures[i].Person == person {
			return &m.Signatures[i]
		}
	}
	return nil
}

// Unsigned are those whose signature the final minutes still wait for.
func (m *Minutes) Unsigned() []Signer {
	s := m.Sealed()
	return s.Unsigned()
}

// signerNames are the signers' names, parted as the messages list them.
func signerNames(signers []Signer) string {
	names := make([]string, len(signers))
	for i, s := range signers {
		names[i] = s.Name
	}
	return strings.Join(names, "\n")
}

// short is the beginning of a digest, enough to tell two apart.
func short(digest string) string { return digest[:min(len(digest), 12)] }
