package templates

import "time"

func init() { register(MinutesWithheld{}, MinutesLift{}) }

// MinutesWithheld is where those who may record a session say what of its minutes
// must not be published.
type MinutesWithheld struct {
	Crumbs
	Form
	Title   string
	Path    string // of the minutes
	Public  bool   // everybody can read them
	About   []Choice
	Grounds []Choice
	Marks   []WithheldRow
	Formats []Link // of the public version
}

// MinutesWithheldFields are those of MinutesWithheld.
var MinutesWithheldFields = []Named{{"about", "page.withheld.about"}, {"text", "page.withheld.text"}, {"ground", "page.withheld.ground"}, {"law", "page.withheld.law"}}

// WithheldRow is one mark.
type WithheldRow struct {
	What   string
	Reason string
	Name   string
	At     time.Time
	Href   string // where it is taken away
}

// MinutesLift is the check before a mark is taken away.
type MinutesLift struct {
	Crumbs
	Form
	Public bool
	Rows   []Row
	Back   string
}

func (MinutesWithheld) file() string { return "minutes-withheld.html" }
func (MinutesLift) file() string     { return "minutes-lift.html" }
