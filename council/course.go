package council

import "padome/internal/problem"

// Convene notes that the agenda has gone out (P14). It fails with
// problem.session.convene when the session is not planned.
func (s *Session) Convene() error {
	if s.State != Planned {
		return wrongState("problem.session.convene", s.State)
	}
	s.State = Convened
	return nil
}

// Open begins a convened session: who presides, who takes the minutes, and when
// it began. It fails with problem.session.open in any other state, and with the
// faults of its arguments; the two must be different people, since both sign.
// Whether somebody may preside is for Roster.MayPreside.
func (s *Session) Open(presiding, minuteTaker string, at Clock) error {
	if s.State != Convened {
		return wrongState("problem.session.open", s.State)
	}
	var l problem.List
	if presiding == "" {
		l.Add("presiding", "problem.session.person")
	}
	switch minuteTaker {
	case "":
		l.Add("minuteTaker", "problem.session.person")
	case presiding:
		l.Add("minuteTaker", "problem.session.same-person")
	}
	if !at.Valid() {
		l.Add("openedAt", "problem.clock", "value", string(at))
	}
	if err := l.Err(); err != nil {
		return err
	}
	s.State, s.Presiding, s.MinuteTaker, s.OpenedAt = Open, presiding, minuteTaker, at
	return nil
}

// Close ends an open session. It fails with problem.session.close in any other
// state, and when the time is none or before the opening. Whether every item
// has its outcome is for the record of the session.
func (s *Session) Close(at Clock) error {
	if s.State != Open {
		return wrongState("problem.session.close", s.State)
	}
	var l problem.List
	switch {
	case !at.Valid():
		l.Add("closedAt", "problem.clock", "value", string(at))
	case at < s.OpenedAt:
		l.Add("closedAt", "problem.session.closed-early", "opened", string(s.OpenedAt), "closed", string(at))
	}
	if err := l.Err(); err != nil {
		return err
	}
	s.State, s.ClosedAt = Closed, at
	return nil
}

// Cancel gives up a session that has not opened; it fails with
// problem.session.cancel when it has, or is cancelled already.
func (s *Session) Cancel() error {
	if s.State != Planned && s.State != Convened {
		return wrongState("problem.session.cancel", s.State)
	}
	s.State = Cancelled
	return nil
}

// Change replaces what was planned: kind, mode, day, times, place, link and who
// is to preside. It
// fails with problem.session.change once the session has opened or is
// cancelled. The caller validates the result.
func (s *Session) Change(to Session) error {
	if s.State != Planned && s.State != Convened {
		return wrongState("problem.session.change", s.State)
	}
	s.Kind, s.Mode, s.Place, s.Link = to.Kind, to.Mode, to.Place, to.Link
	s.Date, s.Starts, s.Ends, s.Presiding = to.Date, to.Starts, to.Ends, to.Presiding
	return nil
}

// Held reports whether the session takes place or has taken place.
func (s *Session) Held() bool { return s.State == Open || s.State == Closed }

func wrongState(key string, now SessionState) error {
	return problem.New(problem.State, key, "state", string(now))
}
