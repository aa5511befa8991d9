package templates

import (
	"time"

	"padome/council"
)

func init() { register(MinutesUpload{}, SubjectForm{}, TrustForm{}) }

// SignedFile is a file with electronic signatures of minutes or of a correction,
// and what was found about them.
type SignedFile struct {
	Href    string // where it is; "" where the reader may not have it
	Format  string
	Size    string
	At      time.Time // when it was taken
	Signers []SignedBy
	Proven  []string
}

// SignedBy is one signature, in words.
type SignedBy struct {
	Name     string
	Level    string
	At       time.Time
	Stamped  bool // the time is proven
	Proven   []string
	Unproven []string
}

// MinutesUpload is where a signed file of minutes or of a correction comes back.
type MinutesUpload struct {
	Crumbs
	Form
	Title     string
	PDF       string // the frozen file
	Signers   []SignerRow
	Signed    *SignedFile // that is there already
	Continues bool        // it is a PDF, which the next signer signs on
	Joins     bool        // it is a container, which is joined with the next
	Accept    string      // ends of names
	Back      string
}

// SubjectForm says by what a person's signatures are known.
type SubjectForm struct {
	Crumbs
	Form
	Name    string
	Back    string
	History string
}

// SubjectFields are those of SubjectForm.
var SubjectFields = []Named{{"serial", "page.subject.serial"}}

// TrustForm shows and replaces the certificates that signatures are checked against.
type TrustForm struct {
	Crumbs
	Form
	National bool
	Anchors  []AnchorRow
	History  string
}

// TrustFields are those of TrustForm.
var TrustFields = []Named{{"file", "page.trust.file"}}

// AnchorRow is one certificate.
type AnchorRow struct {
	Name        string
	Kind        string
	From, Until council.Date
	Ended       bool
	Fingerprint string
}

func (MinutesUpload) file() string { return "signed-upload.html" }
func (SubjectForm) file() string   { return "signed-subject.html" }
func (TrustForm) file() string     { return "signed-trust.html" }
