package council

import (
	"time"

	"padome/internal/problem"
	"padome/internal/text"
)

// Observer is somebody who is no member and signed up for a session (P17).
// Only what the secretariat needs to give the floor is kept, nobody but the
// secretariat and the leads see it, and the secretariat removes it when it is
// needed no more.
type Observer struct {
	ID           string    `json:"id"` // whoever signed up withdraws by it
	Session      string    `json:"session"`
	Name         string    `json:"name"`
	Organisation string    `json:"organisation,omitempty"`
	Topic        string    `json:"topic,omitempty"` // what they want to speak on; empty: they only listen
	At           time.Time `json:"at"`
	Revision     uint64    `json:"revision"`
}

// MaxObservers is how many may sign up for one session.
const MaxObservers = 200

// Validate tidies the observer's texts and says what is wrong with them.
func (o *Observer) Validate() error {
	var l problem.List
	text.Line(&l, "name", &o.Name, 1, 120)
	text.Line(&l, "organisation", &o.Organisation, 0, 200)
	text.Line(&l, "topic", &o.Topic, 0, 500)
	return l.Err()
}

// SignUp refuses an observer who comes too late or to a session that is not
// convened: the agenda is not public yet, or the session has begun. end is when
// signing up ends; the zero time where only the session's beginning ends it.
// already is how many have signed up.
func (s *Session) SignUp(at, end time.Time, already int) error {
	switch {
	case s.State != Convened:
		return problem.New(problem.State, "problem.observer.state", "date", string(s.Date), "state", string(s.State))
	case !end.IsZero() && !at.Before(end):
		local := end.In(Riga)
		return problem.New(problem.State, "problem.observer.late", "date", string(DateOf(end)), "time", local.Format("15:04"),
			"session", string(s.Date))
	case already >= MaxObservers:
		return problem.New(problem.TooLarge, "problem.observer.full", "date", string(s.Date))
	}
	return nil
}

// Expired reports whether the data of those who signed up for a session of a day
// is to be erased: the session is so many days past.
func Expired(session, today Date, days int) bool { return session.AddDays(days) < today }

// MaySeeObservers allows the secretariat, the chair and the deputy to see who
// signed up.
func MaySeeObservers(a Actor) error {
	if a.HoldsAny(Secretariat, Chair, Deputy) {
		return nil
	}
	return refused(a, "problem.observer.see")
}

// MayRemoveObservers allows the secretariat to remove those who signed up, and
// whoever runs the program.
func MayRemoveObservers(a Actor) error {
	if a.Operator || a.Holds(Secretariat) {
		return nil
	}
	return refused(a, "problem.observer.remove")
}
