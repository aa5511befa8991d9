package templates

import (
	"time"

	"padome/council"
)

func init() {
	register(AgendaApproval{}, AgendaApprovalCheck{}, AgendaVersions{}, AgendaDifference{}, RunSheet{})
}

// AgendaApproval is what a lead decides on: the content of a version, what has
// changed since the one this lead spoke of last, and the rules it does not keep.
type AgendaApproval struct {
	Crumbs
	Form
	Session council.Session
	State   Tag
	Version int
	Digest  string
	By      string // who submitted it
	At      time.Time
	Asked   bool // this lead is to speak
	Since   int  // the version this lead spoke of last; 0 for none
	Changed []Different
	Items   []WorkItem
	Out     []WorkItem
	Unmet   []UnmetRule
	Said    []Event // approvals and requests of this version
	Done    string  // what this lead said of it, in words; "" when nothing yet
	Path    string
	Choices []Choice
}

// Different is one thing that stands otherwise than before.
type Different struct {
	Title string // of the item; "" of the session
	Label string
	Was   string
	Is    string
}

// UnmetRule is a rule that an agenda goes against, and why.
type UnmetRule struct {
	Rule   string
	Text   string
	Reason string
	Who    string
}

// AgendaApprovalFields are those of AgendaApproval.
var AgendaApprovalFields = []Named{{"decision", "page.approval.decision"}, {"comment", "page.approval.comment"}}

// AgendaApprovalCheck is the check before a lead's word is recorded.
type AgendaApprovalCheck struct {
	Crumbs
	Form
	Proof
	Rows     []Row
	Approves bool
	Back     string
}

// AgendaVersions are all submitted versions of an agenda with what was said of
// them, the newest first.
type AgendaVersions struct {
	Crumbs
	Session  council.Session
	Versions []AgendaVersion
	Path     string
}

// AgendaVersion is one of them.
type AgendaVersion struct {
	Number  int
	Digest  string
	At      time.Time
	By      string
	State   Tag
	Said    []Event
	PDF     string
	Compare string // path of the difference from the one before; "" for the first
}

// AgendaDifference is how a version differs from another one.
type AgendaDifference struct {
	Crumbs
	Session council.Session
	From    int
	To      int
	Changed []Different
}

// RunSheet is the agenda for whoever presides: large, to be read at arm's length.
type RunSheet struct {
	Crumbs
	Session  council.Session
	Items    []RunItem
	Approved bool
}

// RunItem is an item of a RunSheet.
type RunItem struct {
	Number     int
	Title      string
	Times      string
	Minutes    int
	Section    string
	Break      int
	Presenters []string
	Invited    []string
	Decision   string
	Details    []string
}

func (AgendaApproval) file() string      { return "approval.html" }
func (AgendaApprovalCheck) file() string { return "approval-check.html" }
func (AgendaVersions) file() string      { return "approval-versions.html" }
func (AgendaDifference) file() string    { return "approval-difference.html" }
func (RunSheet) file() string            { return "approval-run-sheet.html" }
