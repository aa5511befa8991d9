package templates

import "padome/council"

func init() { register(Sessions{}, SessionYear{}, SessionPage{}, SessionForm{}, SessionCancel{}) }

// Sessions are the coming sessions and, newest first, those that were held.
type Sessions struct {
	Crumbs
	Coming []SessionRow
	Past   []SessionRow
	Pager
	Plan    bool // the reader may plan one
	Earlier bool // the reader may record one that was held before
	Year    int
}

// SessionRow is one session of a list.
type SessionRow struct {
	Session council.Session
	Href    string
	State   Tag
	Kind    string
	Agenda  string // path of the approved agenda; "" while there is none
	Minutes string // path of the signed minutes
	Number  int    // of the minutes
}

// SessionYear is the calendar of a year: the regular day of each month, and the
// sessions planned or held in it.
type SessionYear struct {
	Crumbs
	Year   int
	Plan   bool
	Months []SessionMonth
}

// SessionMonth is one month of it.
type SessionMonth struct {
	Regular  council.Date // by the calendar (P24)
	Sessions []SessionRow
	PlanHref string // "" where there is nothing to plan
}

// SessionPage is one session: when and where, its agenda with reasons, its
// papers and decisions, and what the reader can do about it.
type SessionPage struct {
	Crumbs
	Session    council.Session
	Title      string
	State      Tag
	Rows       []Row
	Do         []Task
	Deadlines  []string
	Items      []WorkItem
	Earlier    []EarlierLine // what it dealt with before the council used this program; nil for a session held here
	AgendaPDF  string
	AgendaAlso []Link // the same in other formats
	Minutes    string
	Number     int
	Decisions  []DecisionRow
	Observe    string // path of the sign-up for observers; "" when it is over
	Until      string // in words, the end of the sign-up
	History    string // path; "" when the reader does not see it
}

// EarlierLine is an item of a session that was held before the council used this
// program.
type EarlierLine struct {
	Title string
	Words string // kind, tasks and outcome
}

// DecisionRow is a decision in a list.
type DecisionRow struct {
	Number    string
	Wording   string
	Addressee string
	Deadline  council.Date
	State     Tag
	Href      string
}

// SessionForm plans a session, or changes what was planned.
type SessionForm struct {
	Crumbs
	Form
	New   bool
	Voids bool // an approved agenda has to be approved anew
	Leads []Choice
}

// SessionFormFields are those of SessionForm.
var SessionFormFields = []Named{
	{"kind", "page.session-form.kind"}, {"date", "page.session-form.date"}, {"starts", "page.session-form.starts"},
	{"ends", "page.session-form.ends"}, {"mode", "page.session-form.mode"}, {"place", "page.session-form.place"},
	{"link", "page.session-form.link"}, {"presiding", "page.session-form.presiding"},
}

// SessionCancel gives a session up.
type SessionCancel struct {
	Crumbs
	Form
	Session council.Session
}

// SessionCancelFields are those of SessionCancel.
var SessionCancelFields = []Named{{"reason", "page.session-cancel.reason"}}

func (Sessions) file() string      { return "sessions.html" }
func (SessionYear) file() string   { return "sessions-year.html" }
func (SessionPage) file() string   { return "sessions-one.html" }
func (SessionForm) file() string   { return "sessions-form.html" }
func (SessionCancel) file() string { return "sessions-cancel.html" }

// Before and After are the years beside this one.
func (y SessionYear) Before() int { return y.Year - 1 }
func (y SessionYear) After() int  { return y.Year + 1 }
