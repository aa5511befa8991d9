package templates

import "time"

func init() { register(Member{}) }

// Member is what somebody who holds a mandate finds on coming back.
type Member struct {
	Name      string
	Next      *MemberSession // nil when no session is planned
	First     bool           // this browser was not here before
	Since     time.Time      // the last visit
	New       int            // what happened after it
	News      []MemberNews   // the newest first
	Comment   []Task
	Proposals []Task // that wait
	Propose   bool
}

// MemberSession is the next session.
type MemberSession struct {
	Title  string
	Href   string
	When   string
	Place  string
	Agenda bool   // both leads approved one
	Papers string // path of all papers as one file; "" while there are none
}

// MemberNews is something that happened.
type MemberNews struct {
	Text string
	Href string
	At   time.Time
	New  bool
}

func (Member) file() string { return "member.html" }
