package templates

import "padome/council"

func init() {
	register(People{}, PersonPage{}, PersonForm{}, MandateForm{}, Delegations{}, DelegationForm{}, RecordHistory{})
}

// People is who belongs to the council today: the leads, the members of each
// side against the seats there are, and for those who hold a mandate everybody
// else in the register.
type People struct {
	Keep       bool // the reader keeps the register
	Register   bool // the reader sees it
	Leads      []Holder
	Sides      []CouncilSide
	Staff      []Holder
	Others     []Holder
	Substitute bool // somebody has a recorded substitute
}

// Holder is somebody with the role they hold. Who has no Href is named only.
type Holder struct {
	Name        string
	Href        string
	Role        string
	Works       string // position and organisation
	From, Until council.Date
	Substitutes []Holder
	Vacant      bool
}

// CouncilSide is one half of the council.
type CouncilSide struct {
	Side    council.Side
	Name    string
	Filled  int
	Seats   int
	Members []Holder
}

// Free is how many of its seats nobody has.
func (s CouncilSide) Free() int { return max(s.Seats-s.Filled, 0) }

// PersonPage is one person of the register with all mandates there ever were.
type PersonPage struct {
	Crumbs
	Name     string
	Path     string
	Rows     []Row
	Keep     bool
	Self     bool // nobody gives a mandate to themselves
	Mandates []MandateRow
	Sent     []DelegationRow
	Account  string // path of the person's account; "" when the reader does not keep them
	Subject  string // path of the certificate subject; "" where the reader may not see it
	History  string // path; "" when the reader does not see it
}

// MandateRow is a mandate in a list.
type MandateRow struct {
	Role        string
	For         string // whose place is taken
	From, Until council.Date
	Basis       string
	State       Tag
	Change      string
	History     string
}

// PersonForm adds a person, or changes one.
type PersonForm struct {
	Crumbs
	Form
	New  bool
	Back string
}

// PersonFields are those of PersonForm.
var PersonFields = []Named{{"given", "page.setup.given"}, {"surname", "page.setup.surname"}, {"gender", "page.setup.gender"},
	{"position", "page.person.position"}, {"organisation", "page.person.organisation"}, {"outsideRiga", "page.person.outside"}}

// MandateForm gives a mandate, or changes or ends one.
type MandateForm struct {
	Crumbs
	Form
	New        bool
	Name       string
	Principals []Choice
	Back       string
}

// MandateFields are those of MandateForm.
var MandateFields = []Named{{"role", "page.mandate.role"}, {"side", "page.mandate.side"}, {"substituteFor", "page.mandate.for"},
	{"from", "page.mandate.from"}, {"until", "page.mandate.until"}, {"basis", "page.mandate.basis"}}

// Delegations is whom the council sends to which other body.
type Delegations struct {
	Crumbs
	Keep bool
	Now  []DelegationRow
	Past []DelegationRow
}

// DelegationRow is a delegation in a list.
type DelegationRow struct {
	Body        string
	Name        string
	Person      string // path
	From, Until council.Date
	Change      string
}

// DelegationForm sends somebody to another body, or changes that.
type DelegationForm struct {
	Crumbs
	Form
	New    bool
	People []Choice
}

// DelegationFields are those of DelegationForm.
var DelegationFields = []Named{{"body", "page.delegation.body"}, {"bodyEn", "page.delegation.body-en"}, {"person", "page.delegation.person"},
	{"from", "page.mandate.from"}, {"until", "page.mandate.until"}}

// RecordHistory is what happened to one record, the newest first.
type RecordHistory struct {
	Crumbs
	Pager
	Title  string
	Events []Event
}

func (People) file() string         { return "people.html" }
func (PersonPage) file() string     { return "people-one.html" }
func (PersonForm) file() string     { return "people-form.html" }
func (MandateForm) file() string    { return "people-mandate.html" }
func (Delegations) file() string    { return "people-delegations.html" }
func (DelegationForm) file() string { return "people-delegation.html" }
func (RecordHistory) file() string  { return "people-history.html" }
