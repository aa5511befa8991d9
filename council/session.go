package council

import (
	"net/url"

	"padome/internal/problem"
	"padome/internal/text"
)

// SessionKind is the kind of a session.
type SessionKind string

const (
	Regular       SessionKind = "regular"       // kārtējā
	Extraordinary SessionKind = "extraordinary" // ārkārtas
	Extended      SessionKind = "extended"      // paplašinātā
)

// Kinds are all kinds of session.
var Kinds = []SessionKind{Regular, Extraordinary, Extended}

// Mode is how people take part.
type Mode string

const (
	InPerson Mode = "in-person" // klātienē
	Remote   Mode = "remote"    // attālināti
	Hybrid   Mode = "hybrid"
)

// Modes are all modes.
var Modes = []Mode{InPerson, Remote, Hybrid}

// SessionState is how far a session has come.
type SessionState string

const (
	Planned   SessionState = "planned"
	Convened  SessionState = "convened" // both leads approved the agenda (P14)
	Open      SessionState = "open"
	Closed    SessionState = "closed"
	Cancelled SessionState = "cancelled"
)

// Session is a meeting of the council. The word never means a login. It goes
// from planned to convened, open and closed; only before it opens can it be
// cancelled, and its planned data changed.
type Session struct {
	ID          string       `json:"id"`
	Kind        SessionKind  `json:"kind"`
	Mode        Mode         `json:"mode"`
	Date        Date         `json:"date"`
	Starts      Clock        `json:"starts"`
	Ends        Clock        `json:"ends"` // planned
	Place       string       `json:"place"`
	Link        string       `json:"link,omitempty"`        // of remote access
	Presiding   string       `json:"presiding,omitempty"`   // person
	OutOfTurn   string       `json:"outOfTurn,omitempty"`   // why that person presides twice running (P13)
	MinuteTaker string       `json:"minuteTaker,omitempty"` // person
	State       SessionState `json:"state"`
	Earlier     bool         `json:"earlier,omitempty"` // held before the council used this program
	OpenedAt    Clock        `json:"openedAt,omitempty"`
	ClosedAt    Clock        `json:"closedAt,omitempty"`
	Revision    uint64       `json:"revision"`
}

// Validate tidies the session's texts and says what is wrong with it.
func (s *Session) Validate() error {
	var l problem.List
	s.validate(&l)
	return l.Err()
}

// ValidateNew is Validate for a session that is being planned: its day must not
// have passed.
func (s *Session) ValidateNew(today Date) error {
	var l problem.List
	s.validate(&l)
	if s.Date.Valid() && s.Date < today {
		l.Add("date", "problem.session.past", "date", string(s.Date), "today", string(today))
	}
	return l.Err()
}

func (s *Session) validate(l *problem.List) {
	choice(l, "kind", s.Kind, Kinds...)
	choice(l, "mode", s.Mode, Modes...)
	if !s.Date.Valid() {
		l.Add("date", "problem.date", "value", string(s.Date))
	}
	if !s.Starts.Valid() {
		l.Add("starts", "problem.clock", "value", string(s.Starts))
	}
	switch {
	case !s.Ends.Valid():
		l.Add("ends", "problem.clock", "value", string(s.Ends))
	case s.Starts.Valid() && s.Ends <= s.Starts:
		l.Add("ends", "problem.session.order", "starts", string(s.Starts), "ends", string(s.Ends))
	}
	text.Line(l, "place", &s.Place, 1, 200)
	text.Line(l, "link", &s.Link, 0, 500)
	if s.Link != "" && !isAddress(s.Link) {
		l.Add("link", "problem.session.link", "value", s.Link)
	}
}

// isAddress reports whether a link opens a page: no other scheme ever becomes a
// link on a page of the council.
func isAddress(link string) bool {
	u, err := url.Parse(link)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}
