package minutes

import (
	"slices"
	"strconv"
	"time"

	"padome/council"
	"padome/internal/problem"
)

// Sealed is what is fixed when a paper beside the minutes becomes final, and what
// happens to it after: who must sign and how, the content's digest, the file, the
// signatures.
type Sealed struct {
	Digest     string          `json:"digest,omitempty"` // SHA-256 of the content, hex
	PDF        string          `json:"pdf,omitempty"`    // blob of the frozen PDF
	PDFSize    int64           `json:"pdfSize,omitempty"`
	Pages      int             `json:"pages,omitempty"`
	Finalised  time.Time       `json:"finalised,omitzero"`
	Signers    []Signer        `json:"signers,omitempty"` // required
	Signing    council.Signing `json:"signing,omitempty"`
	Signatures []Signature     `json:"signatures,omitempty"`
	// SignedFiles are the files with electronic signatures that came back, each
	// with all signatures so far; the newest is in force.
	SignedFiles []SignedFile `json:"signedFiles,omitempty"`
}

// signer is the place of a person among those who must sign; nil for none.
func (s *Sealed) signer(person string) *Signer {
	i := slices.IndexFunc(s.Signers, func(x Signer) bool { return person != "" && x.Person == person })
	if i < 0 {
		return nil
	}
	return &s.Signers[i]
}

func (s *Sealed) signature(person string) *Signature {
	i := slices.IndexFunc(s.Signatures, func(x Signature) bool { return x.Person == person })
	if i < 0 {
		return nil
	}
	return &s.Signatures[i]
}

// Unsigned are those whose signature the paper still waits for.
func (s *Sealed) Unsigned() []Signer {
	return slices.DeleteFunc(slices.Clone(s.Signers), func(x Signer) bool { return s.signature(x.Person) != nil })
}

// freezePDF notes, once, the file that is to be signed.
func (s *Sealed) freezePDF(sum string, size int64, pages int) error {
	if err := frozen(sum, size, pages); err != nil {
		return err
	}
	s.PDF, s.PDFSize, s.Pages = sum, size, pages
	return nil
}

// frozen says what is wrong with the facts of a file that is to be signed.
func frozen(sum string, size int64, pages int) error {
	var l problem.List
	if !isSum(sum) {
		l.Add("pdf", "problem.minutes.sum", "value", sum)
	}
	if size < 1 || pages < 1 {
		l.Add("pdf", "problem.minutes.pdf", "size", strconv.FormatInt(size, 10), "pages", strconv.Itoa(pages))
	}
	return l.Err()
}

// sign adds the sign-off of one of those who must, on exactly the digest that was
// shown, and reports whether all have signed. It refuses as Minutes.Sign does;
// refuse words a refusal that names the paper.
func (s *Sealed) sign(a council.Actor, digest string, at time.Time, refuse func(string, ...string) error) (all bool, err error) {
	x := s.signer(a.Person)
	switch {
	case a.Operator || x == nil:
		return false, problem.New(problem.Forbidden, "problem.minutes.not-signer", "names", signerNames(s.Signers))
	case s.signature(a.Person) != nil:
		return false, refuse("signed-already", "date", string(council.DateOf(s.signature(a.Person).At)))
	case s.Signing == council.SignedElectronically:
		return false, refuse("sign-electronic")
	case digest != s.Digest:
		return false, problem.New(problem.Conflict, "problem.minutes.digest", "given", short(digest), "digest", short(s.Digest))
	case s.PDF == "":
		return false, refuse("not-frozen")
	}
	s.Signatures = append(s.Signatures, Signature{Person: x.Person, Name: x.Name, Digest: digest, At: instant(at)})
	return len(s.Signatures) == len(s.Signers), nil
}
