package templates

func init() { register(PlanAssign{}, PlanFinding{}) }

// PlanAssign makes somebody responsible for a task, or sets its deadline.
type PlanAssign struct {
	Crumbs
	Form
	Label  string
	Text   string
	Now    []Row // what holds now
	Back   string
	Groups []Choice
}

// PlanAssignFields are those of PlanAssign.
var PlanAssignFields = []Named{
	{"responsible", "page.plan.responsible"}, {"deadline", "page.plan.deadline"}, {"group", "page.plan-assign.group"},
	{"decidedBy", "page.plan-assign.by"}, {"decidedOn", "page.plan-assign.on"},
}

// PlanFinding records what the council found of a task.
type PlanFinding struct {
	Crumbs
	Form
	Label     string
	Text      string
	Back      string
	Sessions  []Choice
	Decisions []Choice
}

// PlanFindingFields are those of PlanFinding.
var PlanFindingFields = []Named{
	{"session", "page.plan-finding.session"}, {"status", "page.plan-finding.status"},
	{"decision", "page.plan-finding.decision"}, {"note", "page.plan-finding.note"},
}

func (PlanAssign) file() string  { return "plan-assign.html" }
func (PlanFinding) file() string { return "plan-finding.html" }
