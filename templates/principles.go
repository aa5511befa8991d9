package templates

import "padome/council"

func init() { register(PrinciplesList{}, PrinciplesPage{}, PrinciplesCompare{}, OverridesPage{}) }

// PrinciplesList are all versions of the principles, the newest first, and what
// is proposed, for those who may discuss it.
type PrinciplesList struct {
	Versions  []PrinciplesRow
	Discuss   bool
	Drafts    []DraftRow
	Propose   string // path; "" for those who may not, and without a working group
	Groupless bool   // the reader might, had the council a working group to agree
	Overrides bool
	Compare   string
}

// PrinciplesRow is one version in a list.
type PrinciplesRow struct {
	Number int
	Title  string
	Href   string
	From   council.Date
	Agreed []string
	State  Tag
}

// DraftRow is one proposed set in a list.
type DraftRow struct {
	Title string
	Href  string
	Hint  string
	State Tag
}

// PrinciplesPage is one version with every rule in words.
type PrinciplesPage struct {
	Crumbs
	Number  int
	Title   string
	State   Tag
	Rows    []Row
	Note    string
	Before  string // path of the comparison with the version before
	Propose string
	PrinciplesContent
}

// PrinciplesContent is what a set of principles says.
type PrinciplesContent struct {
	Rules   []RuleRow
	Kinds   []Row
	Watched []WatchedRow
}

// RuleRow is a rule in force, in words.
type RuleRow struct {
	ID      string
	Wording string
	Ground  string
	Hard    bool
	Off     bool // these principles do not have it
	Params  []Row
	Change  string
}

// WatchedRow is a policy document that the council watches.
type WatchedRow struct {
	Title  string
	Task   string
	Months int
}

// PrinciplesCompare is what one set has otherwise than another.
type PrinciplesCompare struct {
	Crumbs
	Form
	Sets     []Choice
	A, B     string // titles; "" while nothing is compared
	Changes  []string
	PastHref string // path of the comparison on past sessions
	Past     *PastCompared
}

// PrinciplesCompareFields are those of PrinciplesCompare.
var PrinciplesCompareFields = []Named{{"a", "page.compare.a"}, {"b", "page.compare.b"}}

// PastCompared is what would have been otherwise in past sessions.
type PastCompared struct {
	Sessions  []SessionCompared
	Differing int
	Skipped   int
	Earlier   bool
	A, B      int // numbers of the versions
}

// SessionCompared is one past session under both.
type SessionCompared struct {
	Date               council.Date
	Href               string
	Alike              int
	MinutesA, MinutesB int
	Items              []ItemCompared
	BreachesA          []string
	BreachesB          []string
}

// Same reports whether both give the same agenda.
func (s SessionCompared) Same() bool { return len(s.Items)+len(s.BreachesA)+len(s.BreachesB) == 0 }

// ItemCompared is an item that would be otherwise.
type ItemCompared struct {
	Title     string
	Sentences []string
	Why       []string
}

// OverridesPage counts how often each rule was gone against.
type OverridesPage struct {
	Crumbs
	Rules []OverrideRow
}

// OverrideRow is one rule with the times it was gone against.
type OverrideRow struct {
	Rule      string
	Wording   string
	Submitted int
	Approved  int
	Times     []Event
}

func (PrinciplesList) file() string    { return "principles.html" }
func (PrinciplesPage) file() string    { return "principles-one.html" }
func (PrinciplesCompare) file() string { return "principles-compare.html" }
func (OverridesPage) file() string     { return "principles-overrides.html" }
