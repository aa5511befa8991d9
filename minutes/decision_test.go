package minutes

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/agenda"
	"padome/council"
	"padome/plan"
)

func TestTake(t *testing.T) {
	open := openSession()
	ref := func(revision, measure, task int) plan.Ref {
		return plan.Ref{Revision: revision, Measure: measure, Task: task}
	}
	for _, c := range []struct {
		name   string
		clause Clause
		status Status
		want   []string
	}{
		{"taking note is settled at once", Clause{Wording: "Pieņemt zināšanai informāciju."}, Settled, nil},
		{"an addressee has something to carry out", Clause{Wording: "Sagatavot.", Addressee: "Finanšu ministrija"}, OpenStatus, nil},
		{"a deadline is something to meet", Clause{Wording: "Sagatavot.", Deadline: day}, OpenStatus, nil},
		{"the next session is a deadline", Clause{Wording: "Sagatavot.", UntilNext: true}, OpenStatus, nil},
		{"a deadline before the session is refused", Clause{Wording: "Sagatavot.", Deadline: "2024-01-30"}, "",
			[]string{"deadline problem.minutes.deadline.past"}},
		{"a day that does not exist is refused", Clause{Wording: "Sagatavot.", Deadline: "2024-02-30"}, "", []string{"deadline problem.date"}},
		{"two deadlines are refused", Clause{Wording: "Sagatavot.", Deadline: "2024-02-28", UntilNext: true}, "",
			[]string{"deadline problem.minutes.deadline.both"}},
		{"nothing decided is refused", Clause{Wording: " \n "}, "", []string{"wording problem.text.missing"}},
		{"an emoji is refused", Clause{Wording: "Apstiprināt 👍"}, "", []string{"wording problem.text.character"}},
		{"overlong wording is refused", Clause{Wording: strings.Repeat("ā", 3001)}, "", []string{"wording problem.text.long"}},
		{"tasks are those of the plan in force",
			Clause{Wording: "Sagatavot.", Tasks: []plan.Ref{ref(1, 9, 1), ref(2, 8, 2), ref(1, 3, 2), ref(1, 8, 2)}}, "",
			[]string{"tasks[0] problem.minutes.task", "tasks[1] problem.minutes.task", "tasks[2] problem.minutes.task"}},
		{"too many tasks are refused", Clause{Wording: "Sagatavot.", Tasks: make([]plan.Ref, maxLinks+1)}, "", []string{"tasks problem.range"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := Begin("s1", items()[1])
			d, err := tr.Take(open, workPlan(), "d1", c.clause)
			wantFaults(t, err, c.want...)
			if d.Status != c.status {
				t.Errorf("got status %q, want %q", d.Status, c.status)
			}
			if want := map[bool]int{true: 1}[err == nil]; tr.Decisions != want {
				t.Errorf("%d clauses, want %d", tr.Decisions, want)
			}
		})
	}
	t.Run("the clause carries its number, day and tasks in order", func(t *testing.T) {
		tr := Begin("s1", items()[1])
		tr.Decisions = 1
		d, err := tr.Take(open, workPlan(), "d9", Clause{Wording: "Sagatavot.", Tasks: []plan.Ref{ref(1, 8, 2), ref(1, 3, 1), ref(1, 8, 2)}})
		must(t, err)
		want := Decision{ID: "d9", Session: "s1", Item: "p1", Taken: day, ItemNo: 2, Clause: 2, Wording: "Sagatavot.",
			Tasks: []plan.Ref{ref(1, 3, 1), ref(1, 8, 2)}, Status: Settled}
		if diff := cmp.Diff(d, want); diff != "" {
			t.Errorf("decision (-got +want):\n%s", diff)
		}
		if d.Number() != "2.2." {
			t.Errorf("number %s", d.Number())
		}
	})
	t.Run("an item has a greatest number of clauses", func(t *testing.T) {
		tr := Begin("s1", items()[1])
		tr.Decisions = maxClauses
		_, err := tr.Take(open, workPlan(), "d", Clause{Wording: "Vēl."})
		wantFaults(t, err, "problem.minutes.clauses")
	})
}

func TestClauseNumbers(t *testing.T) {
	open := openSession()
	by := voters(t)
	rapid.Check(t, func(t *rapid.T) {
		tr := Begin("s1", items()[1])
		var kept []Decision
		t.Repeat(map[string]func(*rapid.T){
			"take": func(t *rapid.T) {
				d, err := tr.Take(open, workPlan(), "d", Clause{Wording: rapid.SampledFrom([]string{"Apstiprināt.", ""}).Draw(t, "wording")})
				if err == nil {
					kept = append(kept, d)
				}
			},
			"take back": func(t *rapid.T) {
				if len(kept) == 0 {
					return
				}
				i := rapid.IntRange(0, len(kept)-1).Draw(t, "which")
				if tr.TakeBack(open, &kept[i]) == nil {
					kept = append(kept[:i:i], kept[i+1:]...)
				}
			},
			"vote and decide": func(t *rapid.T) {
				_ = tr.SetVote(open, by, &Vote{Consensus: true})
				_ = tr.SetOutcome(open, by, rapid.SampledFrom([]Outcome{"", Decided, Noted}).Draw(t, "outcome"), "")
			},
			"": func(t *rapid.T) {
				for i, d := range kept {
					if d.Clause != i+1 || d.Number() != clauseNumber(2, i+1) {
						t.Fatalf("clause %d is called %s", i+1, d.Number())
					}
				}
				if tr.Decisions != len(kept) || tr.Outcome == Decided && len(kept) == 0 {
					t.Fatalf("%d clauses counted, %d kept, outcome %q", tr.Decisions, len(kept), tr.Outcome)
				}
			},
		})
	})
}

func TestTakeBack(t *testing.T) {
	r := recorded(t)
	decided := &r.Treatments[1]
	t.Run("a clause that others follow stays", func(t *testing.T) {
		wantFaults(t, decided.TakeBack(r.Session, &r.Decisions[1]), "problem.minutes.take-back.last")
	})
	t.Run("a clause of another item stays", func(t *testing.T) {
		other := r.Decisions[3]
		other.Item = "opening"
		wantFaults(t, decided.TakeBack(r.Session, &other), "problem.minutes.take-back.last")
	})
	t.Run("the last clause goes", func(t *testing.T) {
		must(t, decided.TakeBack(r.Session, &r.Decisions[3]))
		if decided.Decisions != 2 {
			t.Errorf("%d clauses left", decided.Decisions)
		}
	})
	t.Run("what was decided keeps a clause", func(t *testing.T) {
		wantFaults(t, r.Treatments[0].TakeBack(r.Session, &r.Decisions[0]), "problem.minutes.take-back.decided")
	})
}

func TestReword(t *testing.T) {
	r := recorded(t)
	d := r.Decisions[1]
	t.Run("while the session is open the clause reads anew under its number", func(t *testing.T) {
		got := d
		must(t, got.Reword(r.Session, Draft, workPlan(), Clause{Wording: "Atbalstīt kārtību.", Addressee: "Valsts kanceleja"}))
		want := d
		want.Wording, want.Addressee, want.Status = "Atbalstīt kārtību.", "Valsts kanceleja", OpenStatus
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("decision (-got +want):\n%s", diff)
		}
	})
	t.Run("final minutes hold the wording", func(t *testing.T) {
		for _, s := range []State{Final, Signed, Approved} {
			got := d
			wantFaults(t, got.Reword(r.Session, s, workPlan(), Clause{Wording: "Citādi."}), "problem.minutes.record-final")
		}
	})
	t.Run("bad wording changes nothing", func(t *testing.T) {
		got := d
		wantFaults(t, got.Reword(r.Session, "", workPlan(), Clause{}), "wording problem.text.missing")
		if diff := cmp.Diff(got, d); diff != "" {
			t.Errorf("changed (-got +want):\n%s", diff)
		}
	})
}

func TestExecution(t *testing.T) {
	on := func(d council.Date) time.Time { return d.At("12:00") }
	d := Decision{ItemNo: 2, Clause: 2, Taken: day, Addressee: "Finanšu ministrija", Deadline: "2024-02-28", Status: OpenStatus}
	d.Progress = []Progress{ // as it was noted before reports were claims
		{Text: "Aprēķins sagatavots daļēji.", Status: PartlyDone, By: "officer", At: on("2024-02-20")},
		{Text: "Iesniegts viss.", Status: Done, By: "officer", At: on("2024-03-05")},
	}
	d.Status = Done

	t.Run("it was open on a day until it was done", func(t *testing.T) {
		for on, want := range map[council.Date]bool{"2024-01-30": false, day: true, "2024-02-28": true, "2024-03-04": true, "2024-03-05": false} {
			if got := d.OpenAt(on); got != want {
				t.Errorf("%s: got %v, want %v", on, got, want)
			}
		}
	})
	t.Run("it is overdue only the day after, and only while open", func(t *testing.T) {
		late := d
		late.Status = PartlyDone
		for today, want := range map[council.Date]bool{"2024-02-28": false, "2024-02-29": true} {
			if got := late.Overdue(today, ""); got != want {
				t.Errorf("%s: got %v, want %v", today, got, want)
			}
		}
		if d.Overdue("2025-01-01", "") {
			t.Error("what is done is overdue")
		}
	})
	t.Run("until the next session is due on its day, whenever it is planned", func(t *testing.T) {
		next := Decision{Taken: day, UntilNext: true, Status: OpenStatus}
		if next.Due("") != "" || next.Overdue("2030-01-01", "") {
			t.Error("due though no session is planned")
		}
		if got := next.Due("2024-02-28"); got != "2024-02-28" || !next.Overdue("2024-02-29", "2024-02-28") {
			t.Errorf("due %s", got)
		}
	})
	t.Run("without a deadline nothing is overdue", func(t *testing.T) {
		never := Decision{Taken: day, Addressee: "X", Status: OpenStatus}
		if never.Overdue("2099-01-01", "2024-02-28") {
			t.Error("overdue")
		}
	})
	t.Run("the agenda lists it with its number and day", func(t *testing.T) {
		want := agenda.OpenDecision{Number: "2.2.", Taken: day, Addressee: "Finanšu ministrija", Deadline: "2024-02-28"}
		if diff := cmp.Diff(d.ForAgenda(""), want); diff != "" {
			t.Errorf("open decision (-got +want):\n%s", diff)
		}
	})
}
