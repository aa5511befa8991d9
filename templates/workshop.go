package templates

import "padome/council"

func init() {
	register(Workshop{}, ItemForm{}, AgendaReason{}, AgendaBuild{}, AgendaSubmit{})
}

// Workshop is where the secretariat makes an agenda: its items with their times
// and reasons, the candidates left out with theirs, and what is missing before
// it can go out.
type Workshop struct {
	Crumbs
	Wide
	Form
	Session council.Session
	Path    string // of the workshop; what can be done lies below
	State   Tag
	Built   bool
	Sent    string // what it waits for, once it has been submitted or approved
	Editing bool   // the reader may change it now
	Unsaved bool   // its items are shown in an order that is not saved
	Sum     int    // minutes planned
	Limit   int    // minutes the session has
	Over    bool   // more are planned than may be
	Items   []WorkItem
	Out     []WorkItem
	Missing []Task
	Kept    []Event // reasons kept with the draft
	Version int     // the newest that was submitted; 0 for none
}

// WorkItem is an item or a candidate as the workshop shows it.
type WorkItem struct {
	ID       string
	Number   int
	Place    string // as it was entered, where that is no place
	Wrong    string // why it is none
	Title    string
	Kind     string // in words
	Times    string // 11.05–11.20
	Minutes  int
	Note     string // tasks of the plan, or why it is outside
	Section  string
	Break    int
	Wait     int
	By       string   // who initiated it
	Reasons  []string // why it is here, or why not
	Details  []string
	Breaches []string
	First    bool
	Last     bool
	Editing  bool
	Edit     string // path of the page that changes it
}

// Full is how much of the session's time is taken, of 100, for a meter.
func (w Workshop) Full() int {
	if w.Limit == 0 {
		return 0
	}
	return min(100*w.Sum/w.Limit, 100)
}

// WorkshopFields are those of the order: the reason is asked for once.
var WorkshopFields = []Named{{"reason", "page.workshop.reason"}}

// ItemForm changes one item of a draft: what it says, the kind and time it has,
// how it stands in the session. Each part is a form of its own.
type ItemForm struct {
	Crumbs
	Title     string
	Standing  bool // only how it stands and its minutes can be changed
	Says      Form
	Allotted  Form
	Placed    Form
	Kinds     []Choice
	Documents []Document
	Attach    string // path of the page where documents are added, that of its proposal where there is one
}

func (f ItemForm) faulty() bool { return f.Says.faulty() || f.Allotted.faulty() || f.Placed.faulty() }

// All are the faults of whichever form was sent.
func (f ItemForm) All() Faults {
	return append(append(append(Faults{}, f.Says.Faults...), f.Allotted.Faults...), f.Placed.Faults...)
}

// Fields of the three forms.
var (
	ItemSaysFields = []Named{
		{"title", "page.item.title"}, {"presenters", "page.item.presenters"}, {"invited", "page.item.invited"},
		{"draftDecision", "page.item.decision"}, {"addressees", "page.item.addressees"}, {"outsideRiga", "page.item.outside-riga"},
	}
	ItemAllottedFields = []Named{{"kind", "page.item.kind"}, {"minutes", "page.item.minutes"}, {"reason", "page.item.reason"}}
	ItemPlacedFields   = []Named{{"section", "page.item.section"}, {"break", "page.item.break"}, {"at", "page.item.at"}}
)

// AgendaReason asks why a soft rule is gone against.
type AgendaReason struct {
	Crumbs
	Form
	Rule    string
	Item    string
	Breach  string
	Wording string
	Ground  string
}

// AgendaReasonFields are those of AgendaReason.
var AgendaReasonFields = []Named{{"reason", "page.agenda-reason.reason"}}

// AgendaBuild is the check before a draft is built anew.
type AgendaBuild struct {
	Crumbs
	Form
	Lost []Event // changes by hand that would be gone
}

// AgendaSubmit is the check before an agenda goes to the leads.
type AgendaSubmit struct {
	Crumbs
	Form
	Rows    []Row
	Items   []string
	Kept    []Event
	Missing []Task // what keeps it from being submitted
}

func (Workshop) file() string     { return "workshop.html" }
func (ItemForm) file() string     { return "workshop-item.html" }
func (AgendaReason) file() string { return "workshop-reason.html" }
func (AgendaBuild) file() string  { return "workshop-build.html" }
func (AgendaSubmit) file() string { return "workshop-submit.html" }
