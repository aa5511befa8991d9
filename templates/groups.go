package templates

import "padome/council"

func init() { register(Groups{}, GroupForm{}) }

// Groups are the working groups; who is in them is for those who hold a mandate.
type Groups struct {
	Crumbs
	Keep   bool
	Now    []GroupRow
	Past   []GroupRow
	People bool
}

// GroupRow is one working group.
type GroupRow struct {
	ID          string
	Name        string
	Measures    []string
	Lead        string
	Members     []string
	From, Until council.Date
	Change      string
	History     string
}

// GroupForm adds a working group, or changes one.
type GroupForm struct {
	Crumbs
	Form
	New      bool
	Measures []Choice
	People   []Choice
}

// GroupFields are those of GroupForm.
var GroupFields = []Named{{"id", "page.group.id"}, {"name", "page.group.name"}, {"nameEn", "page.group.name-en"},
	{"measures", "page.group.measures"}, {"lead", "page.group.lead"}, {"members", "page.group.members"},
	{"from", "page.group.from"}, {"until", "page.group.until"}}

func (Groups) file() string    { return "groups.html" }
func (GroupForm) file() string { return "groups-form.html" }
