package minutes

import (
	"cmp"
	"slices"

	"padome/council"
)

// Attendance is who took part in a session, item by item.
type Attendance struct {
	Session  string  `json:"session"`
	Entries  []Entry `json:"entries"`
	Revision uint64  `json:"revision"`
}

// Capacity is in what right somebody takes part.
type Capacity string

const (
	Voting   Capacity = "voting"   // ar balsstiesībām: a member or an alternate in a member's place
	Advising Capacity = "advising" // ar padomdevēja tiesībām
	Invited  Capacity = "invited"  // uzaicinātie
	Absent   Capacity = "absent"   // nepiedalās
)

// Entry is one person's attendance. An alternate names the member whose place
// is taken; a place can be taken by one person at a time.
type Entry struct {
	Person        string       `json:"person,omitempty"` // empty for a guest who is in no register
	Name          string       `json:"name"`             // as the minutes print it: role before name
	Side          council.Side `json:"side,omitempty"`
	Capacity      Capacity     `json:"capacity"`
	SubstituteFor string       `json:"substituteFor,omitempty"`
	Remote        bool         `json:"remote,omitempty"`
	// From and Until are numbers of items; 0 means from the beginning, to the end.
	From  int `json:"from,omitempty"`
	Until int `json:"until,omitempty"`
}

// Present reports whether the person is at the session while an item, counted
// from 1, is dealt with.
func (e Entry) Present(item int) bool {
	return e.Capacity != Absent && e.From <= item && (e.Until == 0 || item <= e.Until)
}

// Place is whose voting place the person takes; empty when none.
func (e Entry) Place() string {
	if e.Capacity != Voting {
		return ""
	}
	return cmp.Or(e.SubstituteFor, e.Person)
}

// PresentAt are those who are at the session while an item is dealt with, in
// whatever right.
func (a *Attendance) PresentAt(item int) []Entry {
	return slices.DeleteFunc(slices.Clone(a.Entries), func(e Entry) bool { return !e.Present(item) })
}

// VotingAt are those who may vote on an item.
func (a *Attendance) VotingAt(item int) []Entry {
	return slices.DeleteFunc(a.PresentAt(item), func(e Entry) bool { return e.Capacity != Voting })
}

// Count is how many of each side may vote on an item.
func (a *Attendance) Count(item int) (state, ngo int) {
	for _, e := range a.Entries {
		if e.Capacity != Voting || !e.Present(item) {
			continue
		}
		if e.Side == council.NGO {
			ngo++
		} else {
			state++
		}
	}
	return state, ngo
}

// Quorate reports whether the council can decide on an item: more than half of
// its members, of whom there are so many, are represented, and with bothSides
// there is at least one of each side.
func (a *Attendance) Quorate(item, seats int, bothSides bool) (present, needed int, ok bool) {
	state, ngo := a.Count(item)
	present, needed = state+ngo, seats/2+1
	return present, needed, present >= needed && (!bothSides || state > 0 && ngo > 0)
}

// Voters are those who can vote at a session, and the rules they vote under.
type Voters struct {
	Attendance *Attendance
	Members    int // that the council has on the day: Roster.Seats
	Settings   council.Settings
}

// Quorum is Attendance.Quorate under the council's own rule.
func (v Voters) Quorum(item int) (present, needed int, ok bool) {
	return v.Attendance.Quorate(item, v.Members, v.Settings.Quorum == council.MoreThanHalfBothSides)
}
