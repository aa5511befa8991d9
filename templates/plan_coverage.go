package templates

import "padome/council"

func init() { register(PlanCoverage{}, PlanForecast{}) }

// PlanCoverage is measure and task by session, with the decisions that are
// evidence of what each measure is to bring.
type PlanCoverage struct {
	Crumbs
	Wide
	Years    []Link
	Title    string // which sessions are shown
	Columns  []CoverColumn
	Measures []CoverMeasure
	Legend   []CoverCell
	Data     string // path of the same for programs
}

// CoverColumn is a session of the matrix.
type CoverColumn struct {
	Date council.Date
	Href string
}

// CoverMeasure is a measure of it, with its tasks and its evidence.
type CoverMeasure struct {
	Number    int
	Text      string
	Cells     []CoverCell
	Tasks     []CoverTask
	Results   []string
	Decisions []DecisionRow
}

// CoverTask is a task of the matrix.
type CoverTask struct {
	PlanLine
	Cells []CoverCell
}

// CoverCell is what a session did, by a letter and in words; empty where it did
// nothing.
type CoverCell struct {
	Letter string
	Words  string
	Colour string
}

// PlanForecast are the sessions to come as the principles make them, and what
// cannot be met.
type PlanForecast struct {
	Crumbs
	Form
	Summary  string
	Sessions []ForeseenSession
	Tasks    []ForeseenTask
	Unmet    []ForeseenUnmet
	Met      bool // everything can be met
	Remedies []ForeseenRemedy
	Not      []string // what would not be enough
}

// PlanForecastFields are those of PlanForecast.
var PlanForecastFields = []Named{{"sessions", "page.plan-forecast.sessions"}}

// ForeseenSession is a session of a forecast.
type ForeseenSession struct {
	Title string
	Href  string // of the planned session; "" where only the calendar has it
	Note  string
	Items []ForeseenItem
}

// ForeseenItem is an item of it with its reasons.
type ForeseenItem struct {
	Number  int
	Title   string
	Note    string
	Reasons []string
}

// ForeseenTask is when a task comes on.
type ForeseenTask struct {
	Label string
	Href  string
	Text  string
	Last  council.Date
	Days  []council.Date
}

// ForeseenUnmet is an obligation that cannot be met, and why not.
type ForeseenUnmet struct {
	Text string
	Why  []string
}

// ForeseenRemedy is a change that would meet what cannot be met.
type ForeseenRemedy struct {
	Text  string
	Parts []string
}

func (PlanCoverage) file() string { return "plan-coverage.html" }
func (PlanForecast) file() string { return "plan-forecast.html" }
