package templates

func init() { register(Start{}, Accessibility{}, Problem{}) }

// Start is the first page of a council, for those who are not logged in.
type Start struct {
	Council string // its full name, in the reader's language
	Next    *Next  // nil when no session is planned
	Past    []Past // sessions with papers to read, the newest first
	Plan    *Bar   // how far the plan is carried out; nil while there is none
	More    []Link // to what else everybody may read
}

// Next is the coming session as the start page tells of it.
type Next struct {
	Date  string // 2024-01-31
	Time  string // 11:00
	Place string
	// Agenda: both leads approved one.
	Agenda bool
	Link   string // of the session, where its papers lie
	Page   string // of the session; "" where there are no pages of sessions
}

// Past is a session that was held, with what there is to read of it.
type Past struct {
	Date    string
	Kind    string // "regular"
	Agenda  bool
	Minutes bool   // signed by all who must
	Number  string // of the minutes
	Link    string
	Page    string
}

// Accessibility is the accessibility statement.
type Accessibility struct{ Council, Contact string }

// Problem tells why there is nothing else to see, and what to do now. What had
// been entered stands in it, so that nobody has to write it twice.
type Problem struct {
	Title    string
	Detail   string
	Instance string // to be quoted when asking for help; "" when there is nothing to ask
	Back     Action // where to go on; none when its Href is ""
	Login    string // where to log in for what only some may see; "" for who is
	Entered  []Row
	Theirs   []Conflict // where somebody else changed what was entered
}

// Conflict is a field that was entered otherwise than it stands there now.
type Conflict struct {
	Name  string
	Yours string
	Now   string
}

func (Start) file() string         { return "public-start.html" }
func (Accessibility) file() string { return "public-accessibility.html" }
func (Problem) file() string       { return "problem.html" }
