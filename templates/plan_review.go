package templates

import "padome/plan"

func init() {
	register(PlanImport{}, PlanPreview{}, PlanReviews{}, PlanReview{}, PlanEdit{}, PlanReviewStep{})
}

// PlanImport takes the file of a plan.
type PlanImport struct {
	Crumbs
	Form
}

// PlanImportFields are those of PlanImport.
var PlanImportFields = []Named{{"file", "page.plan-import.file"}}

// PlanPreview is what bringing in a file would change, before anything does. It
// carries the plan of the file, so that exactly what is shown comes in.
type PlanPreview struct {
	Crumbs
	Form
	First    bool // there is no plan yet
	Same     bool // it changes nothing
	Proposed bool // no session has decided on it: only a review may begin with it
	Title    string
	Approved string
	Read     string // how much was read, in words
	Outline  []PlanOutline
	Changes  []PlanChange
	Matches  []PlanMatch
	Unplaced []string
	Plan     string // of the file, as JSON
	Digest   string
}

// PlanOutline is a measure of a file as it was read.
type PlanOutline struct {
	Text           string
	Tasks, Results []string
}

// PlanMatch is a task of a file with what it is thought to continue, for a person
// to confirm.
type PlanMatch struct {
	Name    string // of its field
	Label   string
	Text    string
	Sure    string // in words
	Follows string // numbers of the tasks, as entered
	Before  []string
}

// PlanReviews are the reviews of the plan, the newest first.
type PlanReviews struct {
	Crumbs
	Form
	All   []Task
	Start bool // one may be started
}

// PlanReview is a proposed revision with its tracked changes.
type PlanReview struct {
	Crumbs
	Title    string
	Rows     []Row
	Do       []Task
	Changes  []PlanChange
	Files    []Link
	Editing  bool
	At       string
	Proposed plan.Plan
}

// PlanEdit changes one thing of a proposed revision; without an operation it is
// the choice of one.
type PlanEdit struct {
	Crumbs
	Form
	Title   string
	About   string // the text that is changed
	Choices []Task
	Op      string
	Back    string
}

// PlanEditFields are those of PlanEdit; each operation has some of them.
var PlanEditFields = []Named{
	{"tasks", "page.plan-edit.tasks"}, {"text", "page.plan-edit.text"}, {"several", "page.plan-edit.texts"}, {"toMeasure", "page.plan-edit.to-measure"},
	{"toTask", "page.plan-edit.to-task"}, {"goal", "page.plan-edit.goal"}, {"place", "page.plan-edit.place"},
}

// PlanReviewStep puts a review to a session, records what the session decided, or
// takes the review back.
type PlanReviewStep struct {
	Crumbs
	Form
	Title     string
	Step      string // put, decide, withdraw
	Careful   string
	Back      string
	Sessions  []Choice
	Decisions []Choice

	// Of the page decide: the changes that the session made itself, and the plan with
	// them, for entering more.
	Amendments []PlanChange
	Amended    bool
	At         string
	Proposed   plan.Plan
}

// PlanReviewFields are those of PlanReviewStep; each step has some of them.
var PlanReviewFields = []Named{
	{"session", "page.plan-review.session"}, {"decision", "page.plan-review.decision"}, {"outcome", "page.plan-review.outcome"},
	{"note", "page.plan-review.note"}, {"reason", "page.plan-review.why"},
}

func (PlanImport) file() string     { return "plan-import.html" }
func (PlanPreview) file() string    { return "plan-preview.html" }
func (PlanReviews) file() string    { return "plan-reviews.html" }
func (PlanReview) file() string     { return "plan-review.html" }
func (PlanEdit) file() string       { return "plan-edit.html" }
func (PlanReviewStep) file() string { return "plan-review-step.html" }
