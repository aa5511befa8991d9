package minutes

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"padome/agenda"
	"padome/council"
)

func TestMayClose(t *testing.T) {
	t.Run("a session whose items all have an outcome closes", func(t *testing.T) {
		must(t, MayClose(recorded(t)))
	})
	t.Run("items without an outcome are listed", func(t *testing.T) {
		r := recorded(t)
		r.Treatments[1].Outcome = ""
		r.Treatments = r.Treatments[:3]
		wantFaults(t, MayClose(r), "items[1] problem.minutes.undecided", "items[3] problem.minutes.undecided")
	})
	t.Run("clauses that lost their quorum keep it open", func(t *testing.T) {
		r := recorded(t)
		r.Attendance.Entries = r.Attendance.Entries[:8]
		wantFaults(t, MayClose(r), "items[0] problem.minutes.quorum", "items[1] problem.minutes.quorum", "items[1] problem.minutes.vote.sum")
	})
}

func TestAfterClosing(t *testing.T) {
	r := record(t)
	t.Run("a postponed item is carried with the day it was postponed", func(t *testing.T) {
		want := items()[2].Matter
		want.Postponed = []council.Date{"2023-11-29", day}
		want.Settle = ""
		if diff := cmp.Diff(Carried(r.Session, r.Agenda.Items, r.Treatments), []agenda.Candidate{{Matter: want}}); diff != "" {
			t.Errorf("carried (-got +want):\n%s", diff)
		}
		if got := r.Agenda.Items[2].Postponed; len(got) != 1 {
			t.Errorf("the approved agenda changed: %v", got)
		}
	})
	t.Run("standing items are not carried", func(t *testing.T) {
		ts := []Treatment{{Item: "any-other", Outcome: Postponed}}
		if got := Carried(r.Session, r.Agenda.Items, ts); got != nil {
			t.Errorf("carried %v", got)
		}
	})
	t.Run("what was decided or noted was held, with the minutes it took", func(t *testing.T) {
		var got [][2]any
		for _, h := range Held(r.Session, r.Agenda.Items, r.Treatments) {
			got = append(got, [2]any{h.Item, h.Minutes})
		}
		if diff := cmp.Diff(got, [][2]any{{"opening", 5}, {"p1", 42}, {"any-other", 15}}); diff != "" {
			t.Errorf("held (-got +want):\n%s", diff)
		}
		want := agenda.Held{Session: "s1", Date: day, Kind: council.Regular, Number: 2, Item: "p1", ItemKind: agenda.Decision,
			Tasks: items()[1].Tasks, Initiator: council.NGO, Minutes: 42}
		if diff := cmp.Diff(Held(r.Session, r.Agenda.Items, r.Treatments)[1], want); diff != "" {
			t.Errorf("held (-got +want):\n%s", diff)
		}
	})
	t.Run("a decided opening approves the minutes it lists", func(t *testing.T) {
		if diff := cmp.Diff(ApprovedEarlier(r.Agenda.Items, r.Treatments), []string{"s0"}); diff != "" {
			t.Errorf("approved (-got +want):\n%s", diff)
		}
		if got := ApprovedEarlier(r.Agenda.Items, []Treatment{{Item: "opening", Outcome: Postponed}}); got != nil {
			t.Errorf("a postponed opening approved %v", got)
		}
	})
}
