package agenda

import (
	"time"

	"padome/council"
)

// observers is P17: who is no member may speak if they sign up until a time of
// day on the last working day before the session. SignUp keeps it.
var observers = Rule{
	ID: "P17", Hard: true,
	Params: []Param{{Name: "time", Kind: ClockTime, Default: "17:00"}},
}

// observersUntil is the day and time of day until which observers sign up.
func (s rules) observersUntil(c council.Calendar, x council.Session) (council.Date, council.Clock) {
	return c.WorkingDaysBefore(x.Date, 1), council.Clock(s.param("time"))
}

// Deadline is until when something is done for a session, and the rule that
// says so. What happens at End or later is too late.
type Deadline struct {
	Of    DeadlineOf    `json:"of"`
	Rule  string        `json:"rule,omitempty"`  // "P15"; empty where the council's practice says so
	Date  council.Date  `json:"date"`            // the last day
	Clock council.Clock `json:"clock,omitempty"` // the time on that day; empty: all day
	End   time.Time     `json:"end"`
}

// DeadlineOf is what a deadline is for.
type DeadlineOf string

const (
	ProposalsDeadline DeadlineOf = "proposals" // to hand in proposals (P15)
	MembersDeadline   DeadlineOf = "members"   // to send the agenda to members (P16)
	PublicDeadline    DeadlineOf = "public"    // to publish the agenda (P16)
	ObserversDeadline DeadlineOf = "observers" // to sign up as an observer (P17)
	DraftDeadline     DeadlineOf = "minutes"   // to draft the minutes
)

// NewDeadline is a deadline at a time of day, or at the end of the day where
// none is given.
func NewDeadline(of DeadlineOf, rule string, d council.Date, c council.Clock) Deadline {
	return Deadline{Of: of, Rule: rule, Date: d, Clock: c, End: council.DeadlineAt(d, c)}
}

// Deadlines are the deadlines that principles set for a session, in the order
// in which they run out; those of rules not in force are none.
func Deadlines(p *Principles, c council.Calendar, x council.Session) []Deadline {
	ds := []Deadline{}
	if s, ok := p.inUse(inTime.ID); ok {
		ds = append(ds, NewDeadline(ProposalsDeadline, inTime.ID, s.proposalsUntil(c, x), ""))
	}
	if s, ok := p.inUse(goesOut.ID); ok {
		ds = append(ds, NewDeadline(MembersDeadline, goesOut.ID, s.toMembers(c, x), ""),
			NewDeadline(PublicDeadline, goesOut.ID, s.toPublic(c, x), ""))
	}
	if s, ok := p.inUse(observers.ID); ok {
		d, clock := s.observersUntil(c, x)
		ds = append(ds, NewDeadline(ObserversDeadline, observers.ID, d, clock))
	}
	return ds
}

// ObserversUntil is the deadline for observers of a session; false where the
// principles set none.
func ObserversUntil(p *Principles, c council.Calendar, x council.Session) (Deadline, bool) {
	for _, d := range Deadlines(p, c, x) {
		if d.Of == ObserversDeadline {
			return d, true
		}
	}
	return Deadline{}, false
}
