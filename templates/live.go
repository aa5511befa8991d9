package templates

import "padome/council"

func init() {
	register(LiveOpen{}, LiveRecord{}, LiveItem{}, LiveClose{}, LiveWatch{})
}

// LiveOpen is where a convened session is opened.
type LiveOpen struct {
	Crumbs
	Form
	Session   council.Session
	Presiding []Choice
	Takers    []Choice
	Turn      string // whose turn it is, and why
}

// LiveOpenFields are those of LiveOpen.
var LiveOpenFields = []Named{{"presiding", "page.live.presiding"}, {"outOfTurn", "page.live.out-of-turn"},
	{"minuteTaker", "page.live.minute-taker"}, {"openedAt", "page.live.opened-at"}}

// LiveNow is how a session stands at this moment: who can vote, what it deals
// with, how it keeps its time.
type LiveNow struct {
	Topics  string // of changes that concern it
	State   Tag
	Rows    []Row
	Quorate Tag
	Present int // who can vote at the current item
	Members int
	Sides   string
	Late    Tag // against the agenda
}

// LiveRow is an item as it was dealt with so far.
type LiveRow struct {
	ID      string
	Number  int
	Title   string
	Href    string // of the page where it is recorded; "" for none
	Planned string // 11.05–11.20
	Actual  string // 11.09–11.31; "" when not begun
	Late    Tag
	State   Tag
	Current bool
	Added   string // how the session came to add it
	Course  []LiveSpeech
	Vote    string
	Why     string
	Clauses []LiveClause
	Found   []LiveFinding
}

// LiveSpeech is who reported or spoke, with the label that says which.
type LiveSpeech struct{ Label, Who, Text string }

// LiveClause is a clause of what the council decided.
type LiveClause struct {
	Number  string
	Wording string
	Rows    []Row // addressee, deadline, tasks
	Edit    Form
	Back    bool // it may be taken back: the last
}

// LiveFinding is an earlier decision with what the session found of it.
type LiveFinding struct {
	ID      string
	Number  string
	Href    string
	Wording string
	Note    string // when taken, whose, by when
	Told    string // what the addressee reports
	Found   string // what the session found; "" for nothing yet
	Form    Form
}

// LiveRecord is the overview of those who record a session.
type LiveRecord struct {
	Crumbs
	Wide
	Session council.Session
	Path    string
	Now     LiveNow
	Items   []LiveRow
	Open    bool // recording goes on
	Do      []Task
}

// LiveWatch is the session as the members follow it.
type LiveWatch struct {
	Crumbs
	Session council.Session
	Now     LiveNow
	Items   []LiveRow
	Record  string // path of the overview of those who record; "" for others
}

// LiveItem is where one item of an open session is recorded. Its parts are
// forms of their own, so that one can be sent while another is being written.
type LiveItem struct {
	Crumbs
	Wide
	Session    council.Session
	Path       string
	Row        LiveRow
	Now        LiveNow
	Kind       string
	Planned    string
	Presenters []string
	Invited    []string
	Draft      string // the decision as the agenda has it
	Documents  []Action
	Open       bool
	Begin      string // of the button that begins or ends the item, in words; "" for none
	Times      Form
	Course     Form
	Vote       Form
	Clause     Form
	Outcome    Form
	Document   *Form // where one can be added
	Outcomes   []Choice
	Casting    bool // the presiding person can decide a tie
	Statuses   []Choice
	Bodies     []string // who may be an addressee
	Previous   Link
	Next       Link
	Meanwhile  string // what somebody else recorded in the part that was sent
	Theirs     string
}

// The parts of LiveItem.
var (
	LiveTimesFields   = []Named{{"started", "page.live.started"}, {"ended", "page.live.ended"}}
	LiveCourseFields  = []Named{{"course", "page.live.course"}}
	LiveVoteFields    = []Named{{"for", "page.live.vote.for"}, {"against", "page.live.vote.against"}, {"abstain", "page.live.vote.abstain"}, {"casting", "page.live.vote.casting"}}
	LiveClauseFields  = []Named{{"wording", "page.live.clause.wording"}, {"addressee", "page.live.clause.addressee"}, {"deadline", "page.live.clause.deadline"}, {"untilNext", "page.live.clause.until-next"}, {"tasks", "page.live.clause.tasks"}}
	LiveOutcomeFields = []Named{{"outcome", "page.live.outcome"}, {"why", "page.live.outcome.why"}}
	LiveFindingFields = []Named{{"status", "page.live.finding.status"}, {"clause", "page.live.finding.clause"}, {"note", "page.live.finding.note"}}
	LiveFileFields    = []Named{{"file", "page.live.document"}}
)

func (l LiveItem) faulty() bool { return len(l.All()) > 0 }

// All are the faults of whichever form was sent.
func (l LiveItem) All() Faults {
	all := Faults{}
	for _, f := range []Form{l.Times, l.Course, l.Vote, l.Clause, l.Outcome} {
		all = append(all, f.Faults...)
	}
	for _, c := range l.Row.Clauses {
		all = append(all, c.Edit.Faults...)
	}
	for _, f := range l.Row.Found {
		all = append(all, f.Form.Faults...)
	}
	if l.Document != nil {
		all = append(all, l.Document.Faults...)
	}
	return all
}

// LiveClose is the check before a session is closed.
type LiveClose struct {
	Crumbs
	Form
	Session council.Session
	Rows    []Row
	Missing []Task // what keeps it from being closed
}

// LiveCloseFields are those of LiveClose.
var LiveCloseFields = []Named{{"closedAt", "page.live.closed-at"}}

func (LiveOpen) file() string   { return "live-open.html" }
func (LiveRecord) file() string { return "live-record.html" }
func (LiveItem) file() string   { return "live-item.html" }
func (LiveClose) file() string  { return "live-close.html" }
func (LiveWatch) file() string  { return "live-watch.html" }
