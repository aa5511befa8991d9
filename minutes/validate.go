package minutes

import (
	"slices"
	"strconv"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
)

const maxEntries = 300

// Validate tidies the names and says what is wrong: a right that does not
// exist, a vote without a member's place, a place or a person counted twice at
// one item, an interval outside the agenda's items. The roster says whose places
// there are on the day of the session, and who is an alternate for whom; it
// gives those who vote their sides.
func (a *Attendance) Validate(items int, r *council.Roster, on council.Date) error {
	var l problem.List
	if len(a.Entries) > maxEntries {
		l.Add("entries", "problem.range", "value", strconv.Itoa(len(a.Entries)), "least", "0", "most", strconv.Itoa(maxEntries))
		return l.Err()
	}
	seats := map[string]council.Seat{}
	for _, s := range r.Members(on) {
		seats[s.Member.Person] = s
	}
	for i := range a.Entries {
		e := &a.Entries[i]
		at := "entries[" + strconv.Itoa(i) + "]"
		text.Line(&l, at+".name", &e.Name, 1, 300)
		e.validateInterval(&l, at, items)
		e.validateCapacity(&l, at, seats)
		for j := range i {
			e.compare(&l, at, &a.Entries[j])
		}
	}
	return l.Err()
}

func (e *Entry) validateInterval(l *problem.List, at string, items int) {
	last := strconv.Itoa(items)
	if e.From < 0 || e.From > items {
		l.Add(at+".from", "problem.minutes.attendance.interval", "value", strconv.Itoa(e.From), "last", last)
	}
	if e.Until < 0 || e.Until > items {
		l.Add(at+".until", "problem.minutes.attendance.interval", "value", strconv.Itoa(e.Until), "last", last)
	} else if e.Until != 0 && e.Until < e.From {
		l.Add(at+".until", "problem.minutes.attendance.order", "from", strconv.Itoa(e.From), "until", strconv.Itoa(e.Until))
	}
	if e.Capacity == Absent && (e.From != 0 || e.Until != 0 || e.Remote) {
		l.Add(at+".capacity", "problem.minutes.attendance.absent", "name", e.Name)
	}
}

func (e *Entry) validateCapacity(l *problem.List, at string, seats map[string]council.Seat) {
	switch e.Capacity {
	case Voting:
		e.validatePlace(l, at, seats)
		return
	case Advising, Invited, Absent:
	default:
		l.Add(at+".capacity", "problem.choice", "value", string(e.Capacity), "choices", "voting, advising, invited, absent")
		return
	}
	if e.SubstituteFor != "" {
		l.Add(at+".substituteFor", "problem.minutes.attendance.no-vote", "name", e.Name)
	}
	if e.Side != "" && e.Side != council.State && e.Side != council.NGO {
		l.Add(at+".side", "problem.choice", "value", string(e.Side), "choices", "state, ngo")
	}
}

// validatePlace checks that who votes has a place to vote from, and gives the
// entry the side of that place.
func (e *Entry) validatePlace(l *problem.List, at string, seats map[string]council.Seat) {
	seat, held := seats[e.Place()]
	switch {
	case e.Person == "":
		l.Add(at+".person", "problem.minutes.attendance.unknown", "name", e.Name)
	case e.SubstituteFor == "" && !held:
		l.Add(at+".capacity", "problem.minutes.attendance.no-place", "name", e.Name)
	case !held:
		l.Add(at+".substituteFor", "problem.minutes.attendance.not-member", "name", e.Name)
	case e.SubstituteFor != "" && !seatFor(seat, e.Person):
		l.Add(at+".substituteFor", "problem.minutes.attendance.not-alternate", "name", e.Name)
	case e.Side != "" && e.Side != seat.Side:
		l.Add(at+".side", "problem.choice", "value", string(e.Side), "choices", string(seat.Side))
	default:
		e.Side = seat.Side
	}
}

func seatFor(s council.Seat, alternate string) bool {
	return slices.ContainsFunc(s.Alternates, func(m council.Mandate) bool { return m.Person == alternate })
}

// compare notes when two entries count one person or one place twice at an
// item. Somebody who is absent is not there at any.
func (e *Entry) compare(l *problem.List, at string, other *Entry) {
	apart := e.Until != 0 && e.Until < other.From || other.Until != 0 && other.Until < e.From
	if apart && e.Capacity != Absent && other.Capacity != Absent {
		return
	}
	switch {
	case e.Person != "" && e.Person == other.Person:
		l.Add(at+".person", "problem.minutes.attendance.twice", "name", e.Name)
	case e.Place() != "" && e.Place() == other.Place():
		l.Add(at+".substituteFor", "problem.minutes.attendance.taken", "name", e.Name, "other", other.Name)
	}
}

// unaccounted are the members of whom the attendance says nothing: neither
// there, nor absent, nor substituted.
func (a *Attendance) unaccounted(r *council.Roster, on council.Date) []string {
	said := map[string]bool{}
	for _, e := range a.Entries {
		said[e.Person], said[e.SubstituteFor] = true, true
	}
	var left []string
	for _, s := range r.Members(on) {
		if !said[s.Member.Person] {
			left = append(left, s.Member.Person)
		}
	}
	return left
}
