package agenda_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
)

func lasting(minutes int, p agenda.Placement) agenda.Item {
	return agenda.Item{Matter: agenda.Matter{Minutes: minutes}, Placement: p}
}

func TestTimesFollowBreaksAndPromises(t *testing.T) {
	got := agenda.Times("11:00", []agenda.Item{
		lasting(5, agenda.Placement{}), lasting(20, agenda.Placement{At: "11:10"}),
		lasting(15, agenda.Placement{Break: 10}), lasting(15, agenda.Placement{At: "11:50"}),
	})
	want := []agenda.Slot{
		{Starts: "11:00", Ends: "11:05"}, {Starts: "11:10", Ends: "11:30", Wait: 5},
		{Starts: "11:40", Ends: "11:55"}, {Starts: "11:55", Ends: "12:10", Late: 5},
	}
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("times differ (-got +want):\n%s", d)
	}
}

// Items follow each other without overlapping, and none begins before its
// promised time.
func TestTimesNeverOverlap(t *testing.T) {
	clock := rapid.Custom(func(rt *rapid.T) council.Clock {
		return council.Clock("09:00").Add(rapid.IntRange(0, 300).Draw(rt, "at"))
	})
	item := rapid.Custom(func(rt *rapid.T) agenda.Item {
		p := agenda.Placement{Break: rapid.IntRange(0, 20).Draw(rt, "break")}
		if rapid.Bool().Draw(rt, "promised") {
			p.At = clock.Draw(rt, "at")
		}
		return lasting(rapid.IntRange(0, 30).Draw(rt, "minutes"), p)
	})
	rapid.Check(t, func(rt *rapid.T) {
		items := rapid.SliceOfN(item, 0, 8).Draw(rt, "items")
		free := council.Clock("09:00")
		for i, s := range agenda.Times("09:00", items) {
			begins := free.Add(items[i].Break + s.Wait)
			if s.Starts != begins || s.Ends != begins.Add(items[i].Minutes) || items[i].At != "" && s.Starts != items[i].At.Add(s.Late) || s.Wait < 0 || s.Late < 0 {
				rt.Fatalf("item %d is at %+v, free from %s, placed %+v", i, s, free, items[i].Placement)
			}
			free = s.Ends
		}
	})
}

func TestPlaceSetsHowAnItemStands(t *testing.T) {
	in := with(only(t, "P20"), proposal("a", "Par a", agenda.Discussion, ref(8, 2)), proposal("b", "Par b", agenda.Discussion, ref(8, 3)))
	a := drafted(t, in)
	p := agenda.Placement{Section: "Līdzdalība", Break: 10, At: "11:30"}
	must(t, a.Place(officer, in, "a", p))
	if it, _ := a.Draft.Item("a"); it.Placement != p || a.Draft.Minutes != 75 { // 5, waiting 15, a break of 10, 15, 15, 15
		t.Errorf("placed %+v, %d minutes in all", it.Placement, a.Draft.Minutes)
	}
	t.Run("a promised time that cannot be kept is a breach", func(t *testing.T) {
		a := a
		must(t, a.Place(officer, in, "b", agenda.Placement{At: "11:35"}))
		wantBreach(t, a.Draft.Unmet, "reason.p20.late", true,
			"Jautājums „Par b” sāktos plkst. 11.45, bet tam noteikts sākums plkst. 11.35 (P20). Saīsiniet vai pārceliet iepriekšējos jautājumus vai mainiet noteikto laiku.",
			"“Par b” would begin at 11:45, but it was promised for 11:35 (P20). Shorten or move the items before it, or change the promised time.")
	})
	t.Run("it stays when the draft is built anew", func(t *testing.T) {
		a := a
		must(t, a.Rebuild(officer, in))
		if it, _ := a.Draft.Item("a"); it.Placement != p || a.Draft.Minutes != 75 {
			t.Errorf("placed %+v, %d minutes in all", it.Placement, a.Draft.Minutes)
		}
	})
	t.Run("bad input is refused", func(t *testing.T) {
		a := a
		for _, x := range []struct {
			item  string
			p     agenda.Placement
			field string
		}{
			{"a", agenda.Placement{At: "25:00"}, "at problem.clock"},
			{"a", agenda.Placement{At: "10:59"}, "at problem.agenda.at"},
			{"a", agenda.Placement{At: "13:00"}, "at problem.agenda.at"},
			{"a", agenda.Placement{Break: -1}, "break problem.range"},
			{"a", agenda.Placement{Break: 121}, "break problem.range"},
			{"opening", agenda.Placement{Break: 5}, "break problem.range"},
		} {
			wantFaults(t, a.Place(officer, in, x.item, x.p), problem.Invalid, "problem.invalid", x.field)
		}
		wantFaults(t, a.Place(officer, in, "none", p), problem.NotFound, "problem.agenda.unknown-item")
		wantFaults(t, a.Place(chair, in, "a", p), problem.Forbidden, "problem.agenda.prepare")
	})
}
