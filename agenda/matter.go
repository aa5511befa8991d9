package agenda

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
	"padome/plan"
)

// Kind is what the council does with an item; it decides the item's place in
// the order.
type Kind string

const (
	Opening     Kind = "opening"     // P1
	Execution   Kind = "execution"   // P4
	Decision    Kind = "decision"    // a decision is to be taken
	Review      Kind = "review"      // a policy document or the plan is reviewed
	Data        Kind = "data"        // data are presented and discussed
	Discussion  Kind = "discussion"  // an exchange of views
	Information Kind = "information" // the council is informed
	AnyOther    Kind = "any-other"   // P2, Dažādi
)

// Substantive reports whether items of this kind are the session's own work,
// as against the opening, the execution of decisions and Dažādi.
func (k Kind) Substantive() bool { return k != Opening && k != Execution && k != AnyOther }

// kinds are those that people may choose.
var kinds = []Kind{Decision, Review, Data, Discussion, Information}

// Kinds are those that people may choose, in the order they are listed.
func Kinds() []Kind { return slices.Clone(kinds) }

const kindNames = "decision, review, data, discussion, information"

// Source is where a candidate comes from.
type Source string

const (
	Standing     Source = "standing" // the principles themselves bring it on
	FromPlan     Source = "plan"     // a task of the work plan, as it stands there
	FromProposal Source = "proposal" // somebody proposed it
	FromSession  Source = "session"  // a session added it to its agenda (P25)
)

// Attachment is a document of an item: its bytes are the blob of that name.
type Attachment struct {
	Name   string `json:"name"`
	Media  string `json:"media"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Opinion is what a working group said of an item, and when (P19).
type Opinion struct {
	Group string       `json:"group"`
	On    council.Date `json:"on"`
	Text  string       `json:"text"`
}

// Matter is what an item is about; a candidate has it before it is placed, an
// item on an agenda after.
type Matter struct {
	ID            string       `json:"id"` // of the proposal, or "task-1/8.2", "opening", …
	Source        Source       `json:"source"`
	Kind          Kind         `json:"kind"`
	Title         string       `json:"title"`
	TitleEN       string       `json:"titleEn,omitempty"` // of a standing item whose title names something
	Tasks         []plan.Ref   `json:"tasks,omitempty"`
	OutsidePlan   string       `json:"outsidePlan,omitempty"` // the reason, when there is no task (P7)
	Initiator     council.Side `json:"initiator,omitempty"`
	InitiatedBy   string       `json:"initiatedBy,omitempty"` // institution or organisation
	Presenters    []string     `json:"presenters,omitempty"`  // role and name as the agenda prints them
	Invited       []string     `json:"invited,omitempty"`
	Minutes       int          `json:"minutes"`
	DraftDecision string       `json:"draftDecision,omitempty"`
	Addressees    []string     `json:"addressees,omitempty"` // institutions that the draft decision gives a task (P22)
	Documents     []Attachment `json:"documents,omitempty"`
	Opinion       *Opinion     `json:"opinion,omitempty"`
	// Postponed are the days of the sessions that postponed it, oldest first (P6).
	Postponed []council.Date `json:"postponed,omitempty"`
	// Settle is the way out that the leads chose after too many postponements (P6).
	Settle Settlement `json:"settle,omitempty"`
	// OutsideRiga: an organisation from outside Rīga presents it (P26).
	OutsideRiga bool `json:"outsideRiga,omitempty"`
}

// offPlan reports whether the matter counts as outside the plan (P7): it links
// to no task, and the principles themselves do not bring it on.
func (m *Matter) offPlan() bool { return !m.OnPlan() && m.Source != Standing }

// Settlement is what the leads choose for an item postponed too often (P6).
type Settlement string

const (
	SettleDecide   Settlement = "decide"
	SettleWithdraw Settlement = "withdraw"
	SettleGroup    Settlement = "working-group"
)

// OnPlan reports whether the matter links to at least one task of the plan.
func (m *Matter) OnPlan() bool { return len(m.Tasks) > 0 }

// Candidate is a matter that waits for a session.
type Candidate struct {
	Matter
	Ground    string       `json:"ground,omitempty"` // why the council should deal with it
	Wanted    string       `json:"wanted,omitempty"` // the outcome that the proposer hopes for
	Submitted time.Time    `json:"submitted,omitzero"`
	Deadline  council.Date `json:"deadline,omitempty"` // by which the council must deal with it
	Urgent    []Urgency    `json:"urgent,omitempty"`
	Wish      council.Date `json:"wish,omitempty"`   // not before the session of this day
	Waived    []Urgency    `json:"waived,omitempty"` // leads' marks that it may do without a working group's opinion (P19)
	// Returned is the day on which the secretariat returned it with a question
	// that nobody has answered; until then it does not come on.
	Returned council.Date `json:"returned,omitempty"`
}

// Urgency is a lead's mark on a candidate: a late proposal may not wait (P15), a
// decision may do without an opinion (P19).
type Urgency struct {
	Role   council.Role `json:"role"` // chair or deputy
	Person string       `json:"person"`
	At     time.Time    `json:"at"`
}

// Caps of one matter.
const (
	maxTitle     = 300
	maxTasks     = 24
	maxDocuments = 50
	maxMinutes   = 240
)

// Validate tidies the candidate's texts and says what is wrong with them. The
// tasks must be of the given plan revision.
func (c *Candidate) Validate(p *plan.Plan) error {
	var l problem.List
	c.Matter.validate(&l)
	c.Matter.validateTasks(&l, p)
	text.Block(&l, "ground", &c.Ground, 0, 5000)
	text.Block(&l, "wanted", &c.Wanted, 0, 2000)
	if c.Deadline != "" && !c.Deadline.Valid() {
		l.Add("deadline", "problem.date", "value", string(c.Deadline))
	}
	if c.Wish != "" && !c.Wish.Valid() {
		l.Add("wish", "problem.date", "value", string(c.Wish))
	}
	return l.Err()
}

// validate notes what is wrong with all but the tasks.
func (m *Matter) validate(l *problem.List) {
	text.Line(l, "title", &m.Title, 1, maxTitle)
	if !slices.Contains(kinds, m.Kind) {
		l.Add("kind", "problem.choice", "value", string(m.Kind), "choices", kindNames)
	}
	if m.Minutes < 0 || m.Minutes > maxMinutes {
		l.Add("minutes", "problem.range", "value", strconv.Itoa(m.Minutes), "least", "0", "most", strconv.Itoa(maxMinutes))
	}
	switch m.Initiator {
	case "", council.State, council.NGO, council.Joint:
	default:
		l.Add("initiator", "problem.choice", "value", string(m.Initiator), "choices", "state, ngo, joint")
	}
	text.Line(l, "outsidePlan", &m.OutsidePlan, 0, 500)
	text.Line(l, "initiatedBy", &m.InitiatedBy, 0, 200)
	text.Block(l, "draftDecision", &m.DraftDecision, 0, 10_000)
	lines(l, "presenters", m.Presenters)
	lines(l, "invited", m.Invited)
	lines(l, "addressees", m.Addressees)
	m.validateDocuments(l)
	m.validateOpinion(l)
}

func (m *Matter) validateOpinion(l *problem.List) {
	if m.Opinion == nil {
		return
	}
	text.Line(l, "opinion.group", &m.Opinion.Group, 1, 200)
	text.Block(l, "opinion.text", &m.Opinion.Text, 1, 10_000)
	if !m.Opinion.On.Valid() {
		l.Add("opinion.on", "problem.date", "value", string(m.Opinion.On))
	}
}

// CheckDocuments says what is wrong with the matter's documents.
func (m *Matter) CheckDocuments() error {
	var l problem.List
	m.validateDocuments(&l)
	return l.Err()
}

var sha256Form = regexp.MustCompile(`^[0-9a-f]{64}$`)

// validateDocuments holds documents to what the digest of a version rests on:
// each names its bytes.
func (m *Matter) validateDocuments(l *problem.List) {
	if len(m.Documents) > maxDocuments {
		l.Add("documents", "problem.range", "value", strconv.Itoa(len(m.Documents)), "least", "0", "most", strconv.Itoa(maxDocuments))
		return
	}
	for i := range m.Documents {
		d, at := &m.Documents[i], "documents["+strconv.Itoa(i)+"]."
		text.Line(l, at+"name", &d.Name, 1, 200)
		text.Line(l, at+"media", &d.Media, 0, 200)
		if !sha256Form.MatchString(d.SHA256) {
			l.Add(at+"sha256", "problem.agenda.sha256", "value", d.SHA256)
		}
	}
}

func (m *Matter) validateTasks(l *problem.List, p *plan.Plan) {
	if len(m.Tasks) > maxTasks {
		l.Add("tasks", "problem.range", "value", strconv.Itoa(len(m.Tasks)), "least", "0", "most", strconv.Itoa(maxTasks))
		return
	}
	for i, r := range m.Tasks {
		if t, ok := p.Task(r.Measure, r.Task); !ok || r.Revision != p.Revision || t.Retired {
			l.Add("tasks["+strconv.Itoa(i)+"]", "problem.agenda.task", "value", r.Key(), "revision", strconv.Itoa(p.Revision))
		}
	}
	slices.SortFunc(m.Tasks, compareRefs)
	m.Tasks = slices.Compact(m.Tasks)
}

func lines(l *problem.List, field string, s []string) {
	if len(s) > 50 {
		l.Add(field, "problem.range", "value", strconv.Itoa(len(s)), "least", "0", "most", "50")
		return
	}
	for i := range s {
		text.Line(l, field+"["+strconv.Itoa(i)+"]", &s[i], 1, 200)
	}
}

func compareRefs(a, b plan.Ref) int {
	return cmp.Or(cmp.Compare(a.Revision, b.Revision), cmp.Compare(a.Measure, b.Measure), cmp.Compare(a.Task, b.Task))
}
