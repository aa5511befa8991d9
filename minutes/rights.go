package minutes

import (
	"padome/council"
	"padome/internal/problem"
)

// MayRecord reports whether the actor may record what happens at a session,
// close it, and edit and finalise its minutes: the secretariat, and the
// presiding person and the minute-taker of that session.
func MayRecord(a council.Actor, s council.Session) bool {
	return a.Holds(council.Secretariat) || a.Person != "" && (a.Person == s.Presiding || a.Person == s.MinuteTaker)
}

// MayReport reports whether the actor may note how decisions are carried out.
func MayReport(a council.Actor) bool { return a.Holds(council.Secretariat) }

// MayReadRecord reports whether the actor may see the record of a session, its
// decisions and minutes before they are signed.
func MayReadRecord(a council.Actor) bool {
	return a.Operator || a.HoldsAny(council.Secretariat, council.Chair, council.Deputy, council.Member)
}

// Public reports whether everybody may read the minutes.
func (m *Minutes) Public() bool { return m.State == Signed || m.State == Approved }

// MayRead reports whether the actor may read the minutes: everybody once they
// are signed, before that those who may see the record and those who must sign.
func (m *Minutes) MayRead(a council.Actor) bool {
	return m.Public() || MayReadRecord(a) || m.signer(a.Person) != nil
}

// MaySign reports whether the actor is one of those whose sign-off in this
// program the minutes wait for; nobody is while a request to reopen them waits.
func (m *Minutes) MaySign(a council.Actor) bool {
	return m.Awaits(a) && m.Signing != council.SignedElectronically && m.Reopening == nil
}

// Awaits reports whether the actor is one of those whose signature the minutes
// wait for, however it is given.
func (m *Minutes) Awaits(a council.Actor) bool {
	return !a.Operator && m.State == Final && m.signer(a.Person) != nil && m.signature(a.Person) == nil
}

// MayChange says why attendance cannot be recorded: it can from the day a
// session is convened until its minutes are final, so that a misspelt name can
// still be mended. minutes is the state of the session's minutes, empty when
// there are none.
func (a *Attendance) MayChange(s council.Session, minutes State) error {
	if s.State == council.Planned || s.State == council.Cancelled {
		return problem.New(problem.State, "problem.minutes.not-convened", "date", string(s.Date))
	}
	if minutes != "" && minutes != Draft {
		return problem.New(problem.State, "problem.minutes.record-final", "date", string(s.Date))
	}
	return nil
}

// recording says why the course of a session cannot be recorded: it can only
// while the session is open.
func recording(s council.Session) error {
	switch s.State {
	case council.Open:
		return nil
	case council.Closed:
		return problem.New(problem.State, "problem.minutes.session-closed", "date", string(s.Date))
	}
	return problem.New(problem.State, "problem.minutes.session-not-open", "date", string(s.Date))
}
