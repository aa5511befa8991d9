package minutes

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"padome/council"
)

func TestAttendance(t *testing.T) {
	vote := func(person string) Entry { return Entry{Person: person, Name: person, Capacity: Voting} }
	with := func(e Entry, change func(*Entry)) Entry { change(&e); return e }
	for _, c := range []struct {
		name    string
		entries []Entry
		want    []string
	}{
		{"a member votes in their own place", []Entry{vote("state-1")}, nil},
		{"an alternate votes in the member's place",
			[]Entry{with(vote("alt-state"), func(e *Entry) { e.SubstituteFor = "state-3" })}, nil},
		{"a guest needs no register", []Entry{{Name: "Viesis", Capacity: Invited}}, nil},
		{"a member hands the place over in the middle",
			[]Entry{with(vote("state-3"), func(e *Entry) { e.Until = 2 }),
				with(vote("alt-state"), func(e *Entry) { e.SubstituteFor, e.From = "state-3", 3 })}, nil},
		{"a capacity that does not exist is refused", []Entry{{Name: "X", Capacity: "chairing"}},
			[]string{"entries[0].capacity problem.choice"}},
		{"nobody without a place votes", []Entry{vote("taker")},
			[]string{"entries[0].capacity problem.minutes.attendance.no-place"}},
		{"nobody takes the place of somebody who is no member",
			[]Entry{with(vote("alt-state"), func(e *Entry) { e.SubstituteFor = "taker" })},
			[]string{"entries[0].substituteFor problem.minutes.attendance.not-member"}},
		{"nobody takes a member's place without being the recorded alternate",
			[]Entry{with(vote("alt-state"), func(e *Entry) { e.SubstituteFor = "ngo-1" })},
			[]string{"entries[0].substituteFor problem.minutes.attendance.not-alternate"}},
		{"a guest does not vote", []Entry{{Name: "Viesis", Capacity: Voting, SubstituteFor: "state-1"}},
			[]string{"entries[0].person problem.minutes.attendance.unknown"}},
		{"an adviser takes no place", []Entry{{Name: "X", Person: "alt-state", Capacity: Advising, SubstituteFor: "state-3"}},
			[]string{"entries[0].substituteFor problem.minutes.attendance.no-vote"}},
		{"a member cannot stand for the other side", []Entry{with(vote("state-1"), func(e *Entry) { e.Side = council.NGO })},
			[]string{"entries[0].side problem.choice"}},
		{"a place is taken once at a time",
			[]Entry{vote("state-3"), with(vote("alt-state"), func(e *Entry) { e.SubstituteFor, e.From = "state-3", 2 })},
			[]string{"entries[1].substituteFor problem.minutes.attendance.taken"}},
		{"a person is counted once at an item",
			[]Entry{vote("state-1"), {Person: "state-1", Name: "Viņš pats", Capacity: Advising, From: 4}},
			[]string{"entries[1].person problem.minutes.attendance.twice"}},
		{"who is absent is not there for a while",
			[]Entry{{Person: "state-1", Name: "A", Capacity: Absent}, with(vote("state-1"), func(e *Entry) { e.From = 2 })},
			[]string{"entries[1].person problem.minutes.attendance.twice"}},
		{"a guest's side is one of the two", []Entry{{Name: "A", Capacity: Invited, Side: council.Joint}},
			[]string{"entries[0].side problem.choice"}},
		{"absence has no items", []Entry{{Person: "state-1", Name: "A", Capacity: Absent, Until: 2}},
			[]string{"entries[0].capacity problem.minutes.attendance.absent"}},
		{"an interval lies within the agenda", []Entry{with(vote("state-1"), func(e *Entry) { e.From, e.Until = -1, 5 })},
			[]string{"entries[0].from problem.minutes.attendance.interval", "entries[0].until problem.minutes.attendance.interval"}},
		{"an interval does not end before it begins", []Entry{with(vote("state-1"), func(e *Entry) { e.From, e.Until = 3, 2 })},
			[]string{"entries[0].until problem.minutes.attendance.order"}},
		{"a name is needed and printable", []Entry{{Capacity: Invited}, {Name: "Anna 😀", Capacity: Invited}},
			[]string{"entries[0].name problem.text.missing", "entries[1].name problem.text.character"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := Attendance{Entries: c.entries}
			wantFaults(t, a.Validate(4, roster(), day), c.want...)
		})
	}
	t.Run("sides are filled in from the places", func(t *testing.T) {
		a := Attendance{Entries: []Entry{vote("ngo-1"), with(vote("alt-state"), func(e *Entry) { e.SubstituteFor = "state-3" })}}
		must(t, a.Validate(4, roster(), day))
		if a.Entries[0].Side != council.NGO || a.Entries[1].Side != council.State {
			t.Errorf("sides %s and %s", a.Entries[0].Side, a.Entries[1].Side)
		}
	})
	t.Run("more entries than any session has are refused", func(t *testing.T) {
		a := Attendance{Entries: make([]Entry, maxEntries+1)}
		wantFaults(t, a.Validate(4, roster(), day), "entries problem.range")
	})
}

func TestPresence(t *testing.T) {
	by := voters(t)
	t.Run("who leaves after an item is counted up to it", func(t *testing.T) {
		for item, want := range map[int][2]int{1: {8, 5}, 2: {8, 5}, 3: {7, 5}, 4: {7, 5}} {
			state, ngo := by.Attendance.Count(item)
			if got := [2]int{state, ngo}; got != want {
				t.Errorf("item %d: got %v, want %v", item, got, want)
			}
			if got := len(by.Attendance.VotingAt(item)); got != want[0]+want[1] {
				t.Errorf("item %d: %d may vote, want %d", item, got, want[0]+want[1])
			}
		}
	})
	t.Run("guests are present only at their item", func(t *testing.T) {
		guest := func(e Entry) bool { return e.Capacity == Invited }
		for item, want := range map[int]bool{1: false, 2: true, 3: false} {
			if got := slices.ContainsFunc(by.Attendance.PresentAt(item), guest); got != want {
				t.Errorf("item %d: got %v, want %v", item, got, want)
			}
		}
	})
}

func TestQuorum(t *testing.T) {
	seats := func(state, ngo int) Attendance {
		var a Attendance
		for range state {
			a.Entries = append(a.Entries, Entry{Capacity: Voting, Side: council.State})
		}
		for range ngo {
			a.Entries = append(a.Entries, Entry{Capacity: Voting, Side: council.NGO})
		}
		return a
	}
	for _, c := range []struct {
		name       string
		state, ngo int
		both       bool
		want       bool
	}{
		{"nine of sixteen are enough", 5, 4, false, true},
		{"eight of sixteen are half, not more", 8, 0, false, false},
		{"one side alone can be enough", 9, 0, false, true},
		{"one side alone is not enough where both are asked for", 9, 0, true, false},
		{"one of the other side is", 8, 1, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := seats(c.state, c.ngo)
			present, needed, ok := a.Quorate(1, 16, c.both)
			if present != c.state+c.ngo || needed != 9 || ok != c.want {
				t.Errorf("got %d present, %d needed, %v; want %v", present, needed, ok, c.want)
			}
		})
	}
	t.Run("more people never lose the quorum, more members never gain it", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			a := seats(rapid.IntRange(0, 12).Draw(t, "state"), rapid.IntRange(0, 12).Draw(t, "ngo"))
			members, both := rapid.IntRange(1, 24).Draw(t, "members"), rapid.Bool().Draw(t, "both")
			_, _, before := a.Quorate(1, members, both)
			_, _, fewer := a.Quorate(1, members+1, both)
			side := rapid.SampledFrom([]council.Side{council.State, council.NGO}).Draw(t, "side")
			a.Entries = append(a.Entries, Entry{Capacity: Voting, Side: side})
			_, _, after := a.Quorate(1, members, both)
			if before && !after || fewer && !before {
				t.Fatalf("quorate %v, with one more %v, with another member %v", before, after, fewer)
			}
		})
	})
}
