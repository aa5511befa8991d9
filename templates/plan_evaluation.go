package templates

import "html/template"

func init() { register(PlanEvaluations{}, PlanEvaluation{}, PlanConclusions{}, PlanAdoption{}) }

// PlanEvaluations are the years of the plan with how far the evaluation of each
// has come.
type PlanEvaluations struct {
	Crumbs
	Years []Task
}

// PlanEvaluation is the evaluation of a year as its paper has it.
type PlanEvaluation struct {
	Crumbs
	Title   string
	State   Tag
	Adopted string // by which session, in words
	Do      []Task
	PDF     string
	Alone   string // path of the paper as a page of its own
	Paper   template.HTML
}

// PlanConclusions is where the conclusions on a year are written, saved as they
// are typed.
type PlanConclusions struct {
	Crumbs
	Form
	Title    string
	Back     string
	Saved    string // when and by whom, in words; "" for not yet
	Measures []PlanConclusion
	Overall  string
}

// PlanConclusion is what is concluded of a measure, with what the data say of it.
type PlanConclusion struct {
	Number int
	Text   string
	Facts  string
	Value  string
}

// PlanAdoption records that a session adopted an evaluation.
type PlanAdoption struct {
	Crumbs
	Form
	Title    string
	Back     string
	Sessions []Choice
}

// PlanAdoptionFields are those of PlanAdoption.
var PlanAdoptionFields = []Named{{"session", "page.plan-adoption.session"}, {"conclusions", "page.plan-adoption.conclusions"}, {"overall", "page.plan-conclusions.overall"}}

func (PlanEvaluations) file() string { return "plan-evaluations.html" }
func (PlanEvaluation) file() string  { return "plan-evaluation.html" }
func (PlanConclusions) file() string { return "plan-conclusions.html" }
func (PlanAdoption) file() string    { return "plan-adoption.html" }
