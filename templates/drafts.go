package templates

func init() {
	register(DraftPage{}, DraftTexts{}, DraftRule{}, DraftKinds{}, DraftWatched{}, DraftGroups{}, DraftAgreement{}, DraftEnd{})
}

// DraftPage is a proposed set of principles: what it changes, which working
// groups agreed, what is said of it, and what the reader can do about it.
type DraftPage struct {
	Crumbs
	Form    // of a remark
	Title   string
	Path    string
	State   Tag
	Rows    []Row
	Based   int
	Changes []string
	Past    string // path of the comparison on past sessions
	Groups  []DraftGroup
	Remarks []Event
	RuleIDs []Choice
	Edit    bool // the reader may change what is proposed
	Keep    bool // the reader records what the groups agreed
	Ready   bool // every group agreed
	Open    bool
	History string
	PrinciplesContent
}

// DraftGroup is a working group that must agree, and whether it has.
type DraftGroup struct {
	Name   string
	Agreed string // in words; "" while it has not
	Href   string // where it is recorded
}

// DraftRemarkFields are those of a remark.
var DraftRemarkFields = []Named{{"rule", "page.draft.remark.rule"}, {"text", "page.draft.remark.text"}}

// DraftTexts are title, day and note of a proposed set; of a new one the group
// that proposes it too.
type DraftTexts struct {
	Crumbs
	Form
	New    bool
	From   int // version it starts from
	Groups []Choice
	Back   string
}

// DraftTextFields are those of DraftTexts.
var DraftTextFields = []Named{{"group", "page.draft.group"}, {"title", "page.draft.title"}, {"titleEn", "page.draft.title-en"},
	{"from", "page.draft.from"}, {"note", "page.principles.note"}, {"noteEn", "page.draft.note-en"}}

// DraftRule is the form of one rule, with every parameter it has.
type DraftRule struct {
	Crumbs
	Form
	Rule    RuleRow
	Inputs  []ParamInput
	Back    string
	Voiding bool // agreements that would be void
}

// ParamInput is one parameter as the form asks for it.
type ParamInput struct {
	Name    string
	Hint    string // a key
	Type    string
	Choices []Choice
}

// DraftKinds says what tasks of each measure come on as.
type DraftKinds struct {
	Crumbs
	Form
	Measures []MeasureKind
	Kinds    []Choice
	Back     string
	Voiding  bool
}

// MeasureKind is one measure of it.
type MeasureKind struct {
	Field string
	Text  string
	Kind  string
}

// DraftWatched lists the policy documents that the council watches.
type DraftWatched struct {
	Crumbs
	Form
	Lines   []int
	Back    string
	Voiding bool
}

// DraftGroups says which working groups must agree.
type DraftGroups struct {
	Crumbs
	Form
	Groups []Choice
	Back   string
}

// DraftGroupsFields are those of DraftGroups.
var DraftGroupsFields = []Named{{"groups", "page.draft.required"}}

// DraftAgreement records that a working group agreed, or takes that back.
type DraftAgreement struct {
	Crumbs
	Form
	Group  string
	Agreed string
	Back   string
	Path   string
}

// DraftAgreementFields are those of DraftAgreement.
var DraftAgreementFields = []Named{{"on", "page.draft.agreement.on"}, {"reference", "page.draft.agreement.reference"}}

// DraftEnd is the check before a proposed set is adopted, rejected or withdrawn.
type DraftEnd struct {
	Crumbs
	Form
	How     string // adopt, reject, withdraw
	Title   string
	Rows    []Row
	Changes []string
	Back    string
}

// DraftEndFields are those of DraftEnd where a reason is asked for.
var DraftEndFields = []Named{{"reason", "page.draft.reason"}}

func (DraftPage) file() string      { return "drafts-one.html" }
func (DraftTexts) file() string     { return "drafts-texts.html" }
func (DraftRule) file() string      { return "drafts-rule.html" }
func (DraftKinds) file() string     { return "drafts-kinds.html" }
func (DraftWatched) file() string   { return "drafts-watched.html" }
func (DraftGroups) file() string    { return "drafts-groups.html" }
func (DraftAgreement) file() string { return "drafts-agreement.html" }
func (DraftEnd) file() string       { return "drafts-end.html" }
