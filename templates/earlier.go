package templates

func init() { register(EarlierForm{}, EarlierDecisionForm{}) }

// EarlierForm records a session that was held before the council used this
// program.
type EarlierForm struct {
	Crumbs
	Form
	New                           bool
	Leads, Kinds, Outcomes, Sides []Choice
	Lines                         []int // of items, counted from 1
	Back                          string
}

// EarlierFields are the fields of EarlierForm above its items.
var EarlierFields = []Named{
	{"kind", "page.session-form.kind"}, {"date", "page.session-form.date"}, {"starts", "page.session-form.starts"},
	{"ends", "page.session-form.ends"}, {"mode", "page.session-form.mode"}, {"place", "page.session-form.place"},
	{"presiding", "page.session-form.presiding"}, {"number", "page.earlier.number"}, {"source", "page.earlier.source"},
}

// EarlierItemFields are those of one item, after its place.
var EarlierItemFields = []Named{
	{"title", "page.earlier.item.title"}, {"tasks", "page.live.clause.tasks"}, {"kind", "page.earlier.item.kind"},
	{"initiator", "page.proposal.initiator"}, {"outcome", "page.earlier.item.outcome"}, {"outsideRiga", "page.earlier.item.outsideRiga"},
}

// EarlierDecisionForm records an open decision of such a session.
type EarlierDecisionForm struct {
	Crumbs
	Form
	Back string
}

// EarlierDecisionFields are those of EarlierDecisionForm.
var EarlierDecisionFields = append([]Named{{"number", "page.earlier.decision.number"}}, LiveClauseFields...)

func (EarlierForm) file() string         { return "earlier-form.html" }
func (EarlierDecisionForm) file() string { return "earlier-decision.html" }
