package templates

func init() {
	register(Proposals{}, ProposalForm{}, ProposalPage{}, DocumentsForm{}, ProposalOpinion{}, ProposalWithdrawal{}, SettleForm{}, Backlog{})
}

// Proposals are what people proposed, with where each is, and until when more
// can be handed in for the coming sessions.
type Proposals struct {
	Due  []string      // of the coming sessions, a sentence each
	Mine []ProposalRow // the reader's own that wait
	All  []ProposalRow
	Pager
}

// ProposalRow is a proposal in a list.
type ProposalRow struct {
	Title string
	Href  string
	State Tag
	By    string // who proposed it, in words
	Said  string // where it is, in a sentence or more
}

// ProposalForm hands a proposal in, or changes one.
type ProposalForm struct {
	Crumbs
	Form
	Title    string
	Due      []string // of the coming sessions, a sentence each
	New      bool
	OnBehalf bool // it is entered for an institution or organisation
	Kinds    []Choice
	Sides    []Choice
	Sessions []Choice // that it can wish for
	Measures []PlanTasks
}

// PlanTasks are the tasks of one measure, to be ticked.
type PlanTasks struct {
	Title string
	Open  bool // one of them is ticked
	Tasks []Choice
}

// ProposalFields are those of ProposalForm.
var ProposalFields = []Named{
	{"title", "page.proposal.title"}, {"kind", "page.proposal.kind"}, {"ground", "page.proposal.ground"}, {"wanted", "page.proposal.wanted"},
	{"initiator", "page.proposal.initiator"}, {"initiatedBy", "page.proposal.initiated-by"}, {"received", "page.proposal.received"},
	{"joint", "page.proposal.joint"}, {"tasks", "page.proposal.tasks"}, {"outsidePlan", "page.proposal.outside-plan"},
	{"presenters", "page.proposal.presenters"}, {"outsideRiga", "page.proposal.outside-riga"}, {"invited", "page.proposal.invited"},
	{"minutes", "page.proposal.minutes"}, {"draftDecision", "page.proposal.decision"}, {"addressees", "page.proposal.addressees"},
	{"wish", "page.proposal.wish"}, {"deadline", "page.proposal.deadline"},
}

// ProposalPage is one proposal: where it is, what it says, what was asked and
// answered, and what the reader may do about it.
type ProposalPage struct {
	Crumbs
	Title     string
	State     Tag
	Said      []string // where it is
	Session   Action   // whose agenda it is on or left out of; none when its Href is ""
	Path      string
	Revision  uint64
	Rows      []Row
	Documents []Document
	Decisions []Task  // of the session that dealt with it
	Events    []Event // the newest first
	Mark      Form    // of the buttons that mark something
	Ask       Form
	Answer    Form
	Question  string // that waits for its answer
	May       ProposalRights
}

func (p ProposalPage) faulty() bool { return p.Ask.faulty() || p.Answer.faulty() }

// Faults are those of whichever form was sent.
func (p ProposalPage) Faults() Faults {
	return append(append(Faults{}, p.Ask.Faults...), p.Answer.Faults...)
}

// ProposalRights is what the reader may do about a proposal now.
type ProposalRights struct {
	Change, Ask, Answer, Ready, Confirm, Urgent, Waive, Opinion bool
	Settle                                                      string // path; "" for no
}

// Any reports whether the reader may do anything beside changing it.
func (r ProposalRights) Any() bool {
	return r.Ready || r.Confirm || r.Urgent || r.Waive || r.Opinion || r.Settle != "" || r.Change
}

// Fields of the forms of ProposalPage.
var (
	ProposalAskFields    = []Named{{"question", "page.proposal.question"}}
	ProposalAnswerFields = []Named{{"answer", "page.proposal.answer"}}
)

// Document is a file to be saved. Remove is the value of the button that takes
// it off; "" where the reader may not.
type Document struct {
	Name   string
	Href   string
	Size   string
	Remove string
}

// DocumentsForm adds documents to a proposal or an item and takes them off.
type DocumentsForm struct {
	Crumbs
	Form
	Title     string
	Documents []Document
}

// DocumentFields are those of a form that adds a document.
var DocumentFields = []Named{{"file", "page.document.file"}}

// ProposalOpinion records what a working group said of a proposal.
type ProposalOpinion struct {
	Crumbs
	Form
	Title  string
	Groups []Choice
}

// ProposalOpinionFields are those of ProposalOpinion.
var ProposalOpinionFields = []Named{{"group", "page.opinion.group"}, {"on", "page.opinion.on"}, {"text", "page.opinion.text"}}

// ProposalWithdrawal is the check before a proposal is withdrawn.
type ProposalWithdrawal struct {
	Crumbs
	Form
	Title string
	Said  string // where it is
	Back  string
}

// ReasonFields are those of a form that asks why.
var ReasonFields = []Named{{"reason", "page.reason"}}

// SettleForm chooses the way out for a matter postponed too often.
type SettleForm struct {
	Crumbs
	Form
	Title   string
	Said    string
	Choices []Choice
}

// SettleFields are those of SettleForm.
var SettleFields = []Named{{"choice", "page.settle.choice"}}

// Backlog is all that waits for the council.
type Backlog struct {
	Crumbs
	Form
	Filtered bool
	Places   []Choice
	Sides    []Choice
	Measures []Choice
	Waiting  []BacklogRow
}

// BacklogFields choose from the backlog.
var BacklogFields = []Named{{"where", "page.backlog.where"}, {"side", "page.backlog.side"}, {"measure", "page.backlog.measure"}}

// BacklogRow is a matter that waits.
type BacklogRow struct {
	Title  string
	Href   string // of the proposal; "" for a task of the plan
	State  Tag
	Age    string
	Note   string // tasks of the plan, or why it is outside
	Side   string
	Said   string
	Next   string
	Out    string // why it was last left out
	Settle string // path where the leads choose; "" for no
}

func (Proposals) file() string          { return "proposals.html" }
func (ProposalForm) file() string       { return "proposals-form.html" }
func (ProposalPage) file() string       { return "proposals-one.html" }
func (DocumentsForm) file() string      { return "documents.html" }
func (ProposalOpinion) file() string    { return "proposals-opinion.html" }
func (ProposalWithdrawal) file() string { return "proposals-withdraw.html" }
func (SettleForm) file() string         { return "proposals-settle.html" }
func (Backlog) file() string            { return "backlog.html" }
