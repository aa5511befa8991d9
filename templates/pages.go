package templates

// Start is the first page of a council.
type Start struct {
	Council string // its full name, in the reader's language
	Next    *Next  // nil when no session is planned
	Past    []Past // sessions with papers to read, the newest first
	Notice  string // what was done just before, in words; "" for nothing
}

// Next is the coming session as the start page tells of it.
type Next struct {
	Date  string // 2024-01-31
	Time  string // 11:00
	Place string
	// Agenda: both leads approved one.
	Agenda bool
	Link   string // of the session, where its papers lie
}

// Past is a session that was held, with what there is to read of it.
type Past struct {
	Date    string
	Kind    string // "regular"
	Agenda  bool
	Minutes bool   // signed by all who must
	Number  string // of the minutes
	Link    string
}

// SetUp is the form that makes the first administrator, with what was entered
// and what is wrong with it. Passwords never come back.
type SetUp struct {
	Given   string
	Surname string
	Gender  string
	Name    string
	Faults  Faults
}

// NewPassword is the form that gives an account a new password.
type NewPassword struct {
	Name   string // of the account
	Faults Faults
}

// Problem tells why there is nothing else to see.
type Problem struct {
	Title    string
	Detail   string
	Instance string // to be quoted when asking for help
}

// Fault is what is wrong with one field of a form, in words.
type Fault struct {
	Field string // its id on the page
	Label string
	Text  string
}

// Faults are those of one form, in the order of its fields.
type Faults []Fault

// Of is what is wrong with a field, "" when nothing is.
func (f Faults) Of(field string) string {
	for _, x := range f {
		if x.Field == field {
			return x.Text
		}
	}
	return ""
}

func (Start) file() string       { return "start.html" }
func (SetUp) file() string       { return "setup.html" }
func (NewPassword) file() string { return "password.html" }
func (Problem) file() string     { return "problem.html" }
