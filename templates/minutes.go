package templates

import (
	"html/template"

	"padome/council"
	"padome/internal/document"
)

func init() {
	register(Minutes{}, MinutesAnnexes{}, MinutesFinalise{}, MinutesSign{})
}

// Minutes is the page of a session's minutes: for those who work on the draft a
// workshop with a preview, for everybody else the paper itself.
type Minutes struct {
	Crumbs
	Wide
	Session  council.Session
	Title    string
	State    Tag
	Path     string // of this page; what is done about the minutes lies below it
	Live     string // topics on which the page comes anew
	Inside   bool   // the reader may see how the text came about
	Begun    bool
	Held     bool // the session has begun, so that there is a record
	Editing  bool
	Form     Form // of refreshing the draft
	Missing  []Task
	Hard     bool // something must be there before they can be final
	Parts    []MinutesPart
	Saved    MinutesPart // the one that was saved as it was typed
	Annexes  []AnnexRow
	Paper    template.HTML // the document, word for word as the PDF has it
	PDF      string
	Also     []Link // the same in other formats
	Withheld int    // places that must not be published
	MayMark  bool   // the reader may say what those are
	PDFSize  string // in words; "" of a draft and of a public version
	Reduced  bool   // this is the public version, without what must not be published
	Digest   string
	Signers  []SignerRow
	MaySign  bool
	Signed   *SignedFile // with electronic signatures; nil for none
	Upload   bool        // the reader may bring back a signed file
	Sent     string      // how it stands with comments, in words; "" before the draft was circulated
	Waiting  int         // comments without an answer
	MaySend  bool        // the draft may be circulated now
	Compare  bool        // the reader sees what has changed since
	Dissents []AnnexRow
	Extracts []ExtractRow // of signed minutes, one for each item
	Dissent  bool         // the reader may file an opinion
	Approved Link         // the session that approved them; no Href while none has
	// Corrected: that session approved them with a correction. Corrections are all
	// that the reader may see.
	Corrected   bool
	Corrections []CorrectionRow
	Correct     bool // the reader may begin one
	Reopen      bool // the reader may ask for the final ones to become a draft again
	Reopening   ReopeningRow
	Reopened    []string // earlier times that they did, in words
}

// Paper is a document as a part of a page, below a heading of the second level.
// Every text in it is escaped.
func Paper(d document.Document) template.HTML { return template.HTML(document.Fragment(d, 3)) }

// MinutesPart is what the minutes say of one item, with its form.
type MinutesPart struct {
	Form
	Item    string
	Number  int // 0: the item is on the agenda no more
	Title   string
	Path    string
	Seen    string // sum of the text that the form shows
	Edited  string // who edited it, in words; "" when nobody has
	Drafted string // what the record says, where the text is another
	Behind  bool   // the record changed after the text was edited
	Theirs  string // what somebody else wrote while the form was being filled
}

// MinutesPartFields are those of a MinutesPart.
var MinutesPartFields = []Named{{"text", "page.minutes.text"}}

// AnnexRow is a paper attached to minutes.
type AnnexRow struct {
	Title string
	Pages int    // 0: not counted
	Href  string // where the file is; "" for none
}

// ExtractRow is an item with its extract in every format.
type ExtractRow struct {
	Title   string
	Formats []Link
}

// SignerRow is somebody whose signature the minutes need.
type SignerRow struct {
	Title  string
	Name   string
	Signed string // when, in words; "" while awaited
}

// MinutesAnnexes is the form of the list of annexes. A line with no title is no
// annex.
type MinutesAnnexes struct {
	Crumbs
	Form
	Rows []AnnexFields
	Back string
}

// AnnexFields are one line of that form.
type AnnexFields struct {
	At         int
	Title      Field
	Pages      Field
	SHA256Name string
	SHA256     string
}

// MinutesFinalise is the check before minutes become final.
type MinutesFinalise struct {
	Crumbs
	Form
	Rows    []Row
	Missing []Task // what must be there first
	Soft    []Task // what should be
	Path    string
	// Numbered: they have a number from when they were final before.
	Numbered bool
}

// MinutesSign is where one of the required signers signs off the minutes.
type MinutesSign struct {
	Crumbs
	Form
	Proof
	Title   string
	State   Tag
	Rows    []Row
	Paper   template.HTML
	PDF     string
	Digest  string
	Signers []SignerRow
	Path    string
	MaySign bool
	Check   bool   // this is the check page
	Done    string // when the reader signed, in words; "" when not yet
	Upload  string // where the reader brings a file back that is signed outside; "" when here
	Waits   Link   // why nobody can sign now, and where that ends; no Href when they can
	// Correction: what is signed is a correction, not the minutes.
	Correction bool
}

func (Minutes) file() string         { return "minutes.html" }
func (MinutesAnnexes) file() string  { return "minutes-annexes.html" }
func (MinutesFinalise) file() string { return "minutes-finalise.html" }
func (MinutesSign) file() string     { return "minutes-sign.html" }
