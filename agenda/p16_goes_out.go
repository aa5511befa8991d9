package agenda

import (
	"time"

	"padome/council"
	"padome/internal/problem"
)

// goesOut is P16: the agenda goes out, approved by both leads, some working days
// before the session, and is public some working days before; that of an
// extraordinary session later. An approved agenda is public at once, so that the
// earlier of the two days binds. Submit and Approve refuse after it.
var goesOut = Rule{
	ID: "P16", Hard: true,
	Params: []Param{number("members", 5, 0, 60), number("public", 3, 0, 60), number("extraordinary", 1, 0, 60)},
	Add: func(b *building, s rules) {
		limit := s.outBy(b.in.Calendar, b.in.Session)
		if opening, ok := b.named(OpeningID); ok && b.in.Today != "" && b.in.Today <= limit {
			opening.grounds = append(opening.grounds, *s.reason("until", "limit", string(limit)))
		}
	},
	Check: func(v *view, s rules) []Breach {
		limit := s.outBy(v.in.Calendar, v.in.Session)
		if v.in.Today <= limit {
			return nil
		}
		return []Breach{s.breach("", lateKey(v.in.Session), "limit", string(limit), "today", string(v.in.Today))}
	},
}

// lateKey: an extraordinary session has one way out less.
func lateKey(s council.Session) string {
	if s.Kind == council.Extraordinary {
		return "unmet-extraordinary"
	}
	return "unmet"
}

// toMembers and toPublic are the last days on which the agenda goes to members
// and to the public.
func (s rules) toMembers(c council.Calendar, x council.Session) council.Date {
	return c.WorkingDaysBefore(x.Date, s.daysBefore(x, "members"))
}

func (s rules) toPublic(c council.Calendar, x council.Session) council.Date {
	return c.WorkingDaysBefore(x.Date, s.daysBefore(x, "public"))
}

// daysBefore is how many working days before the session a parameter means; all
// of an extraordinary session are its own.
func (s rules) daysBefore(x council.Session, name string) int {
	if x.Kind == council.Extraordinary {
		name = "extraordinary"
	}
	return s.number(name)
}

func (s rules) outBy(c council.Calendar, x council.Session) council.Date {
	return min(s.toMembers(c, x), s.toPublic(c, x))
}

// outBy is the last day on which the session's agenda can be approved; empty
// where the principles set none.
func (in *Input) outBy() council.Date {
	s, ok := in.Principles.inUse(goesOut.ID)
	if !ok {
		return ""
	}
	return s.outBy(in.Calendar, in.Session)
}

// inTime refuses an approval on a day after the version had to go out (P16):
// members would not have the days that are theirs.
func (v *Version) inTime(at time.Time) error {
	if today := council.DateOf(at); v.OutBy != "" && today > v.OutBy {
		return problem.New(problem.State, "problem.agenda.out-late", "limit", string(v.OutBy), "today", string(today))
	}
	return nil
}
