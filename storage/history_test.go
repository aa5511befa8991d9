package storage

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"

	"padome/council"
	"padome/minutes"
)

func TestEveryChangeIsInTheHistory(t *testing.T) {
	c := open(t).Council(1)
	addSession(t, c, session("s", "2024-01-31"))
	ch := Change{By: secretary, What: "session.moved", Note: "Svētku diena", At: time.Date(2024, 1, 5, 10, 0, 0, 7, council.Riga)}
	if _, err := c.UpdateSession(t.Context(), ch, "s", 1, func(s *council.Session) error {
		s.Date = "2024-01-24"
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	in(t, c, "decision.recorded", func(tx *Tx) error {
		if _, err := tx.AddDecision(decision("d1", "s", 1)); err != nil {
			return err
		}
		_, err := tx.AddDecision(decision("d2", "s", 2))
		return err
	})
	if err := try(t, c, "decision.recorded", func(tx *Tx) error {
		_, err := tx.AddDecision(decision("d1", "s", 1))
		return err
	}); err == nil {
		t.Fatal("a second decision of that id was accepted")
	}

	planned := Entry{Seq: 1, Kind: "session", ID: "s", Revision: 1, What: "session.planned", Who: "ilze", Name: "Ilze Kalniņa", At: testTime}
	moved := Entry{Seq: 2, Kind: "session", ID: "s", Revision: 2, What: "session.moved", Note: "Svētku diena", Who: "ilze", Name: "Ilze Kalniņa", At: ch.At.UTC()}
	first := Entry{Seq: 3, Kind: "decision", ID: "d1", Revision: 1, What: "decision.recorded", Who: "ilze", Name: "Ilze Kalniņa", At: testTime}
	second := first
	second.Part, second.ID = 1, "d2"
	wantSame(t, feed(t, c, 10), []Entry{second, first, moved, planned})
	wantSame(t, feed(t, c, 1), []Entry{second, first, moved, planned})
	of := func(kind, id string) []Entry {
		return see(t, c, func(v *View) ([]Entry, error) {
			entries, _, err := v.History(kind, id, Page{Limit: 10})
			return entries, err
		})
	}
	wantSame(t, of("session", "s"), []Entry{moved, planned})
	wantSame(t, of("decision", "d1"), []Entry{first})
	wantSame(t, of("session", "d1"), []Entry{}, cmpopts.EquateEmpty())
}

// feed reads the whole history in pages.
func feed(t *testing.T, c *Council, limit int) (all []Entry) {
	t.Helper()
	p := Page{Limit: limit}
	for {
		var next string
		all = append(all, see(t, c, func(v *View) (entries []Entry, err error) {
			entries, next, err = v.Feed(p)
			return entries, err
		})...)
		if next == "" {
			return all
		}
		p.After = next
	}
}

func TestTheNewestPageOfALongHistory(t *testing.T) {
	c := open(t).Council(1)
	addSession(t, c, session("s", "2024-01-31"))
	for i := range 30 {
		if _, err := c.UpdateSession(t.Context(), change("session.changed"), "s", uint64(i+1), func(s *council.Session) error {
			s.Place = fmt.Sprintf("place %d", i)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	var next string
	page := see(t, c, func(v *View) (entries []Entry, err error) {
		entries, next, err = v.History("session", "s", Page{Limit: 5})
		return entries, err
	})
	if len(page) != 5 || page[0].Revision != 31 || page[4].Revision != 27 || next == "" {
		t.Errorf("got %d entries from revision %d on, cursor %q; want 31 to 27 and a cursor", len(page), page[0].Revision, next)
	}
}

func TestARemovedDecisionLeavesItsHistory(t *testing.T) {
	c := open(t).Council(1)
	in(t, c, "decision.recorded", func(tx *Tx) error {
		_, err := tx.AddDecision(decision("d", "s", 1))
		return err
	})
	in(t, c, "decision.taken-back", func(tx *Tx) error { return tx.RemoveDecision("d", 1) })
	entries := feed(t, c, 10)
	if len(entries) != 2 || entries[0].What != "decision.taken-back" || entries[0].Revision != 2 {
		t.Errorf("got %+v, want the removal above the record", entries)
	}
	if got := see(t, c, func(v *View) ([]minutes.Decision, error) { return v.DecisionsOf("s") }); len(got) != 0 {
		t.Errorf("got %d decisions, want none", len(got))
	}
}
