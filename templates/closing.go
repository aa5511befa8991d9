package templates

import (
	"html/template"
)

func init() { register(MinutesReopen{}, MinutesCorrect{}, MinutesCorrection{}) }

// MinutesReopen is where somebody asks for final minutes to become a draft again.
type MinutesReopen struct {
	Crumbs
	Form
	Rows []Row
	Path string // of the minutes
}

// MinutesReopenFields are those of MinutesReopen.
var MinutesReopenFields = []Named{{"reason", "page.reopen.reason"}}

// MinutesCorrect is the form of a correction of signed minutes.
type MinutesCorrect struct {
	Crumbs
	Form
	Title    string
	Places   []Choice
	Sessions []Choice
	Back     string
}

// MinutesCorrectFields are those of MinutesCorrect.
var MinutesCorrectFields = []Named{{"about", "page.correct.about"}, {"was", "page.correct.was"}, {"text", "page.correct.text"},
	{"ground", "page.correct.ground"}, {"decided", "page.correct.decided"}}

// MinutesCorrection is a correction as a paper, with what can be done about it.
type MinutesCorrection struct {
	Crumbs
	Form
	Title    string
	State    Tag
	Path     string // of this page
	Paper    template.HTML
	PDF      string
	Digest   string
	Signers  []SignerRow
	Change   bool   // the reader may change the draft
	Finalise bool   // and make it final: its session has decided
	Waits    string // why it cannot be final yet; "" when it can, or is
	MaySign  bool
	Signed   *SignedFile // with electronic signatures; nil for none
	Upload   bool        // the reader may bring one back
}

// CorrectionEndFields are those of the form that withdraws the draft.
var CorrectionEndFields = []Named{{"reason", "page.correction.withdraw.reason"}}

// CorrectionRow is a correction in the list of a page of minutes.
type CorrectionRow struct {
	Title string
	Place string
	Href  string
	PDF   string
	State Tag
}

// ReopeningRow is a request to reopen minutes, with what the reader may do.
type ReopeningRow struct {
	Text    string // who asked, when and why
	Confirm bool
	Drop    bool
	Mine    bool // the reader asked for it
}

func (MinutesReopen) file() string     { return "minutes-reopen.html" }
func (MinutesCorrect) file() string    { return "minutes-correct.html" }
func (MinutesCorrection) file() string { return "minutes-correction.html" }
