package council

import "padome/internal/problem"

// RecordEarlier makes it a session that was held before the council used this
// program: it is closed, and has no agenda that was approved here and no minutes.
// It can be recorded anew, to mend what was entered. It fails on a day that is
// not past, and on a session that was held here.
func (s *Session) RecordEarlier(x Session, today Date) error {
	if s.Revision > 0 && !s.Earlier {
		return problem.New(problem.State, "problem.session.held-here", "date", string(s.Date))
	}
	*s = Session{ID: s.ID, Revision: s.Revision, Kind: x.Kind, Mode: x.Mode, Date: x.Date, Starts: x.Starts, Ends: x.Ends,
		OpenedAt: x.Starts, ClosedAt: x.Ends, Place: x.Place, Presiding: x.Presiding, State: Closed, Earlier: true}
	var l problem.List
	s.validate(&l)
	if s.Date.Valid() && s.Date >= today {
		l.Add("date", "problem.session.not-past", "date", string(s.Date), "today", string(today))
	}
	return l.Err()
}
