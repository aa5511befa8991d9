package templates

import (
	"padome/council"
	"padome/plan"
)

func init() { register(WorkPlan{}, PlanTask{}, PlanRevisions{}, PlanRevision{}, PlanChanges{}) }

// WorkPlan is the plan in force and how far it has been carried out.
type WorkPlan struct {
	Title    string
	Source   string // which revision, when it was approved
	Sum      string // how its tasks stand, in words
	Do       []Task
	More     []Link
	Goals    []plan.Goal
	Bars     []Bar
	Grid     Grid
	Measures []PlanMeasure
	Files    []Link
}

// PlanMeasure is a measure with its tasks as they stand.
type PlanMeasure struct {
	Number  int
	Text    string
	Goal    int // 0: it belongs to none
	Tasks   []PlanLine
	Results []string
}

// PlanLine is a task in a list.
type PlanLine struct {
	Label       string
	Text        string
	Href        string
	State       Tag
	When        string // when it was discussed and is due again, in words
	Responsible string
	Deadline    council.Date
	Overdue     bool // its deadline has passed
}

// PlanTask is a task of the plan with its history.
type PlanTask struct {
	Crumbs
	Label       string
	Text        string
	Retired     bool
	State       Tag
	Rows        []Row
	Do          []Task
	Sessions    []PlanSitting
	Wordings    []PlanWording
	Assignments []Event
	Findings    []Event
}

// PlanSitting is what a session did with a task.
type PlanSitting struct {
	Date  council.Date
	Href  string
	Items string // numbers of the items on its agenda, in words
	Mark  Tag
}

// PlanWording is how a task read in a revision, with the decisions under it.
type PlanWording struct {
	Label     string
	Revision  int
	Approved  council.Date
	Words     []plan.Piece // against the wording before; else the text as kept
	Newest    bool
	Decisions []DecisionRow
}

// PlanRevisions are all revisions of the plan, the newest first.
type PlanRevisions struct {
	Crumbs
	All []PlanEdition
}

// PlanEdition is a revision in a list.
type PlanEdition struct {
	Number   int
	Approved council.Date
	Tasks    int
	Changes  string // how many tasks changed, in words; "" for the first
	Newest   bool
	Files    []Link
}

// PlanRevision is the text of a revision.
type PlanRevision struct {
	Crumbs
	Plan     plan.Plan
	Newest   bool
	Compared bool // it has one before it
	Files    []Link
}

// PlanChanges are the tracked changes of a revision against the one before it.
type PlanChanges struct {
	Crumbs
	Title   string
	Number  int
	Changes []PlanChange
}

// PlanChange is one tracked change.
type PlanChange struct {
	Kind  Tag
	Where string
	Words []plan.Piece
}

func (WorkPlan) file() string      { return "plan.html" }
func (PlanTask) file() string      { return "plan-task.html" }
func (PlanRevisions) file() string { return "plan-revisions.html" }
func (PlanRevision) file() string  { return "plan-revision.html" }
func (PlanChanges) file() string   { return "plan-changes.html" }
