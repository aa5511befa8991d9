package storage

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/storage/store"
)

func TestARepeatedCommandReturnsTheFirstResult(t *testing.T) {
	c := open(t).Council(1)
	ch := change("session.planned")
	ch.Command = "command-1"
	ran := 0
	do := func() (council.Session, error) {
		return c.UpdateSession(t.Context(), ch, "s", 0, func(s *council.Session) error {
			ran++
			*s = session("s", "2024-01-31")
			s.Place = fmt.Sprintf("place %d", ran)
			return nil
		})
	}
	first, err := do()
	if err != nil {
		t.Fatal(err)
	}
	again, err := do()
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, again, first)
	if ran != 1 {
		t.Errorf("the function ran %d times, want once", ran)
	}
	if first.Revision != 1 || first.Place != "place 1" {
		t.Errorf("got %+v, want revision 1 at place 1", first)
	}
}

func TestACommandUsedForSomethingElseIsRefused(t *testing.T) {
	c := open(t).Council(1)
	first := Change{By: secretary, Command: "x", What: "number.taken", Note: "a", Input: "digest"}
	take := func(tx *Tx) (int, error) { return tx.NextNumber(2024) }
	if n, err := Do(t.Context(), c, first, take); n != 1 || err != nil {
		t.Fatalf("got %d, %v; want number 1", n, err)
	}
	for name, alter := range map[string]func(*Change){
		"another action": func(ch *Change) { ch.What = "other" },
		"another person": func(ch *Change) { ch.By.Person = "anna" },
		"another note":   func(ch *Change) { ch.Note = "b" },
		"another input":  func(ch *Change) { ch.Input = "other" },
	} {
		t.Run(name, func(t *testing.T) {
			ch := first
			alter(&ch)
			_, err := Do(t.Context(), c, ch, take)
			if e := wantKind(t, err, problem.Conflict); e.Key != "problem.storage.command.used" {
				t.Errorf("got %s, want it to say that the command was used", e.Key)
			}
		})
	}
	if n, err := Do(t.Context(), c, change("number.taken"), take); n != 2 || err != nil {
		t.Errorf("got %d, %v; want number 2: the refused ones took none", n, err)
	}
}

func TestFiftyRepeatsAtOnceHaveOneEffect(t *testing.T) {
	c := open(t).Council(1)
	ch := change("decision.recorded")
	ch.Command = "double-click"
	var wg sync.WaitGroup
	var failed atomic.Int64
	numbers := make([]int, 50)
	for i := range numbers {
		wg.Go(func() {
			n, err := Do(t.Context(), c, ch, func(tx *Tx) (int, error) {
				n, err := tx.NextNumber(2024)
				if err != nil {
					return 0, err
				}
				_, err = tx.AddDecision(decision(fmt.Sprintf("d%d", n), "s", n))
				return n, err
			})
			if numbers[i] = n; err != nil {
				failed.Add(1)
			}
		})
	}
	wg.Wait()
	for _, n := range numbers {
		if n != 1 {
			t.Fatalf("got the numbers %v, want 1 for all", numbers)
		}
	}
	got := see(t, c, func(v *View) ([]minutes.Decision, error) { return v.DecisionsOf("s") })
	if len(got) != 1 || failed.Load() != 0 {
		t.Errorf("got %d decisions and %d failures, want one and none", len(got), failed.Load())
	}
}

func TestFiftyChangesOfOneRevisionHaveOneWinner(t *testing.T) {
	c := open(t).Council(1)
	addSession(t, c, session("s", "2024-01-31"))
	var wg sync.WaitGroup
	var won, lost atomic.Int64
	for i := range 50 {
		wg.Go(func() {
			_, err := c.UpdateSession(t.Context(), change("session.moved"), "s", 1, func(s *council.Session) error {
				s.Place = fmt.Sprintf("place %d", i)
				return nil
			})
			switch problem.KindOf(err) {
			case "":
				won.Add(1)
			case problem.Conflict:
				lost.Add(1)
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 || lost.Load() != 49 {
		t.Errorf("got %d winners and %d conflicts, want 1 and 49", won.Load(), lost.Load())
	}
}

func TestRevisionsAreCompared(t *testing.T) {
	c := open(t).Council(1)
	addSession(t, c, session("s", "2024-01-31"))
	touch := func(id string, revision uint64) error {
		_, err := c.UpdateSession(t.Context(), change("session.changed"), id, revision, func(s *council.Session) error {
			s.Place = "Jelgava"
			return nil
		})
		return err
	}
	t.Run("the one that stands there passes", func(t *testing.T) {
		if err := touch("s", 1); err != nil {
			t.Error(err)
		}
	})
	t.Run("an old one is a conflict that names both", func(t *testing.T) {
		e := wantKind(t, touch("s", 1), problem.Conflict)
		if e.Key != "problem.storage.revision" || e.Args["seen"] != "1" || e.Args["now"] != "2" {
			t.Errorf("got %v, want revisions 1 and 2", e)
		}
	})
	t.Run("a later one is a conflict too", func(t *testing.T) { wantKind(t, touch("s", 7), problem.Conflict) })
	t.Run("none, of what is there, is a conflict", func(t *testing.T) {
		if e := wantKind(t, touch("s", 0), problem.Conflict); e.Key != "problem.exists.session" {
			t.Errorf("got %s", e.Key)
		}
	})
	t.Run("one of what is not there is not found", func(t *testing.T) {
		if e := wantKind(t, touch("other", 1), problem.NotFound); e.Args["id"] != "other" {
			t.Errorf("got %v, want the id named", e)
		}
	})
	t.Run("Newest compares nothing", func(t *testing.T) {
		if err := touch("s", Newest); err != nil {
			t.Error(err)
		}
	})
	t.Run("Newest makes nothing", func(t *testing.T) { wantKind(t, touch("other", Newest), problem.NotFound) })
}

func TestARefusedChangeLeavesNothing(t *testing.T) {
	c := open(t).Council(1)
	addSession(t, c, session("s", "2024-01-31"))
	before, err := c.Seq(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	refusal := problem.New(problem.State, "problem.session.open")
	for name, fn := range map[string]func(tx *Tx) error{
		"by the function": func(tx *Tx) error {
			if _, err := tx.AddDecision(decision("d", "s", 1)); err != nil {
				return err
			}
			return refusal
		},
		"by Validate": func(tx *Tx) error {
			if _, err := tx.AddDecision(decision("d", "s", 1)); err != nil {
				return err
			}
			_, err := tx.UpdateSession("s", 1, func(s *council.Session) error {
				s.Date = "31.01.2024."
				return nil
			})
			return err
		},
		"by a change of the key": func(tx *Tx) error {
			_, err := tx.UpdateSession("s", 1, func(s *council.Session) error {
				s.ID = "other"
				return nil
			})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			if err := try(t, c, "test", fn); err == nil {
				t.Fatal("accepted")
			}
			after, err := c.Seq(t.Context())
			if err != nil || after != before {
				t.Errorf("got seq %d, %v; want %d", after, err, before)
			}
			if got := see(t, c, func(v *View) ([]minutes.Decision, error) { return v.DecisionsOf("s") }); len(got) != 0 {
				t.Errorf("got %d decisions, want none", len(got))
			}
			wantSame(t, see(t, c, func(v *View) (council.Session, error) { return v.Session("s") }).Revision, uint64(1))
		})
	}
}

func TestWhatTheFunctionKeepsIsNotWhatIsStored(t *testing.T) {
	c := open(t).Council(1)
	var kept *minutes.Attendance
	_, err := c.UpdateAttendance(t.Context(), change("attendance.recorded"), "s", 0, func(a *minutes.Attendance) error {
		a.Entries = []minutes.Entry{{Person: "anna", Name: "A. Ozola"}}
		kept = a
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	kept.Entries[0].Name = "changed later"
	got := see(t, c, func(v *View) (minutes.Attendance, error) { return v.Attendance("s") })
	if got.Entries[0].Name != "A. Ozola" {
		t.Errorf("got %q, want what was stored", got.Entries[0].Name)
	}
}

func TestChangesAreChecked(t *testing.T) {
	c := open(t).Council(1)
	for name, tt := range map[string]struct {
		ch   Change
		want problem.Kind
	}{
		"an overlong command":   {Change{What: "x", Command: store.CommandID(strings.Repeat("c", store.MaxCommand+1))}, problem.TooLarge},
		"an overlong note":      {Change{What: "x", Note: strings.Repeat("n", maxNote+1)}, problem.Invalid},
		"an unprintable note":   {Change{What: "x", Note: "🎉"}, problem.Invalid},
		"a change with no name": {Change{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Do(t.Context(), c, tt.ch, func(*Tx) (int, error) {
				t.Error("the function ran")
				return 0, nil
			})
			if err == nil || problem.KindOf(err) != tt.want {
				t.Errorf("got %v, want a problem of kind %q", err, tt.want)
			}
		})
	}
}

func TestAPanicOfTheFunctionIsAnErrorAndChangesNothing(t *testing.T) {
	c := open(t).Council(1)
	err := try(t, c, "test", func(tx *Tx) error {
		if _, err := tx.AddDecision(decision("d", "s", 1)); err != nil {
			return err
		}
		panic("a fault of the program")
	})
	if err == nil || errors.Is(err, store.ErrOutcomeUnknown) {
		t.Errorf("got %v, want an error with a known outcome", err)
	}
	_, err = Read(t.Context(), c, func(v *View) (minutes.Decision, error) { return v.Decision("d") })
	wantKind(t, err, problem.NotFound)
}
