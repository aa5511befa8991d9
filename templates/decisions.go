package templates

import "time"

func init() {
	register(Decisions{}, DecisionPage{}, ReportForm{}, EvidenceForm{}, Reminders{})
}

// Decisions are those of signed minutes, and for those who work on them of the
// sessions since, with how far they are carried out.
type Decisions struct {
	Form
	Filtered  bool
	States    []Choice
	Measures  []Choice
	Decisions []DecisionLine
	Pager
	Reminders bool // the reader sends reminders
}

// DecisionLine is a decision in a list of many sessions.
type DecisionLine struct {
	Title   string // of which session, and its number
	Href    string
	Wording string
	State   Tag
	Late    Tag    // none unless it is overdue
	About   string // addressee, deadline, tasks
	Claimed string // what was reported and waits for the council; "" for nothing
}

// DecisionFilterFields choose from the decisions.
var DecisionFilterFields = []Named{{"state", "page.decisions.state"}, {"addressee", "page.decision.addressee"}, {"measure", "page.backlog.measure"}}

// DecisionPage is one decision with all that is known of how it is carried out.
type DecisionPage struct {
	Crumbs
	DecisionLine
	Rows      []Row
	Tasks     []string // as they read in the revision of the plan it was taken under
	Session   Action
	Reports   []ReportShown // the newest first
	Findings  []Event       // of the council, the newest first
	Reminders []Event       // that were sent, for those who see the record
	Report    string        // path of the form that reports; "" for who may not
	Followed  bool          // somebody has something to do, which is watched
	History   string        // path of what happened to it; "" for who may not see that
}

// ReportShown is a report on a decision.
type ReportShown struct {
	At     time.Time
	Who    string
	Status string // claimed, in words
	Text   string
	Files  []Document
	Attach string // path of the form that adds a file; "" for who may not
}

// ReportForm reports how a decision is carried out.
type ReportForm struct {
	Crumbs
	Form
	Title    string
	Wording  string
	For      bool // the reader may say for whom
	Statuses []Choice
}

// ReportFields are those of ReportForm.
var ReportFields = []Named{{"status", "page.report.status"}, {"text", "page.report.text"}, {"for", "page.report.for"}, {"file", "page.report.file"}}

// EvidenceForm adds a file to a report.
type EvidenceForm struct {
	Crumbs
	Form
	Title string
	Text  string
	Files []Document
}

// Reminders are those that are due, ready to be sent.
type Reminders struct {
	Crumbs
	Due []ReminderShown
}

// ReminderShown is one reminder with the form that says it was sent.
type ReminderShown struct {
	Form
	Decision string // id
	Title    string
	Href     string
	When     string // in words
	Late     Tag
	Text     string // in the reader's language
	Other    string // in the other one
}

func (r Reminders) faulty() bool {
	for _, x := range r.Due {
		if x.Form.faulty() {
			return true
		}
	}
	return false
}

// Faults are those of whichever form was sent.
func (r Reminders) Faults() (all Faults) {
	for _, x := range r.Due {
		all = append(all, x.Form.Faults...)
	}
	return all
}

// ReminderFields are those of the form of one reminder.
var ReminderFields = []Named{{"to", "page.reminder.to"}}

func (Decisions) file() string    { return "decisions.html" }
func (DecisionPage) file() string { return "decisions-one.html" }
func (ReportForm) file() string   { return "decisions-report.html" }
func (EvidenceForm) file() string { return "decisions-evidence.html" }
func (Reminders) file() string    { return "reminders.html" }
