package templates

import "padome/council"

func init() { register(LiveAttendance{}, LiveAdd{}) }

// LiveAttendance is where it is recorded who takes part in a session.
type LiveAttendance struct {
	Crumbs
	Form
	Session   council.Session
	Now       LiveNow
	Sides     []LiveSide
	Guests    []LiveGuest
	Items     []Choice // at which somebody may come or go
	Meanwhile []string // what somebody else recorded otherwise
}

// LiveSide is the members of a side with their alternates.
type LiveSide struct {
	Name   string
	Places []LivePlace
}

// LivePlace is a member, or an alternate below the member whose place they may
// take.
type LivePlace struct {
	Name      string
	Note      string
	Alternate bool
	At        Field // here, remotely, absent
	Apart     bool  // somebody came later or left earlier
	From      Field
	Until     Field
}

// LiveGuest is somebody who takes part without a vote.
type LiveGuest struct {
	Number   int // of the row
	Note     string
	Person   Field // hidden: of the register
	Name     Field
	Capacity Field
	Remote   Field
	From     Field
	Until    Field
}

// LiveAdd is where an open session adds an item to its agenda, by a vote.
type LiveAdd struct {
	Crumbs
	Form
	Session council.Session
	Kinds   []Choice
	Sides   []Choice
	During  []Choice
	Present int
}

// LiveAddFields are those of LiveAdd.
var LiveAddFields = []Named{{"title", "page.item.title"}, {"kind", "page.item.kind"}, {"presenters", "page.item.presenters"}, {"minutes", "page.item.minutes"},
	{"tasks", "page.live.clause.tasks"}, {"outsidePlan", "page.live.add.outside"}, {"initiator", "page.live.add.initiator"}, {"draftDecision", "page.item.decision"},
	{"during", "page.live.add.during"}, {"for", "page.live.vote.for"}, {"against", "page.live.vote.against"}, {"abstain", "page.live.vote.abstain"}}

func (LiveAttendance) file() string { return "live-attendance.html" }
func (LiveAdd) file() string        { return "live-add.html" }
