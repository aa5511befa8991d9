package agenda_test

import (
	"testing"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
)

func TestP15ProposalsComeInTime(t *testing.T) {
	c := proposal("p1", "Par līdzdalību", agenda.Discussion, ref(8, 2))
	submitted := func(at time.Time) agenda.Input {
		c := c
		c.Submitted = at
		return with(only(t, "P15"), c)
	}
	last := time.Date(2024, 2, 14, 21, 59, 59, 0, time.UTC) // 23.59 in Riga
	t.Run("ten working days before, to the end of the day in Riga", func(t *testing.T) {
		wantItems(t, build(t, submitted(last)), "opening", "p1", "any-other")
		d := build(t, submitted(last.Add(time.Second)))
		wantOut(t, d, "p1", "reason.p15.late",
			"Jautājums iesniegts 2024. gada 15. februārī, bet termiņš bija 14.02.2024. (P15); tas pārceļams uz nākamo sēdi, ja vien padomes vadītājs un vietnieks abi to neatzīst par steidzamu.",
			"Proposed on 15 February 2024; the time limit was 14 Feb 2024 (P15). It goes to the next session unless chair and deputy both mark it urgent.")
	})
	t.Run("how many is a parameter", func(t *testing.T) {
		wantItems(t, build(t, param(submitted(at(27)), "P15", "days", "1")), "opening", "p1", "any-other")
		wantItems(t, build(t, param(submitted(at(28)), "P15", "days", "1")), "opening", "any-other")
		wantItems(t, build(t, param(submitted(at(28)), "P15", "days", "0")), "opening", "p1", "any-other")
		wantItems(t, build(t, param(submitted(last), "P15", "days", "11")), "opening", "any-other")
	})
	t.Run("for an extraordinary session one", func(t *testing.T) {
		for day, want := range map[int]string{27: "p1", 28: "any-other"} {
			in := submitted(at(day))
			in.Session.Kind = council.Extraordinary
			if got := titles(build(t, in))[1]; got != want {
				t.Errorf("proposed on day %d, the second item is %s, want %s", day, got, want)
			}
			if got := titles(build(t, param(in, "P15", "extraordinary", "2")))[1]; got != "any-other" {
				t.Errorf("two days before, the second item is %s", got)
			}
		}
		in := submitted(at(27))
		in.Session.Kind = council.Extended
		wantItems(t, build(t, in), "opening", "any-other")
	})
	t.Run("under the whole catalogue too", func(t *testing.T) {
		in := with(input(t), c)
		in.Session.Kind, in.Candidates[24].Submitted = council.Extraordinary, at(27)
		d := build(t, in)
		wantItems(t, d, "opening", "p1", "any-other")
		if len(d.Unmet) > 0 {
			t.Errorf("unmet: %v", d.Unmet)
		}
	})
	t.Run("what was postponed came in time once", func(t *testing.T) {
		in := submitted(at(27))
		in.Candidates[0].Postponed = []council.Date{"2024-01-31"}
		wantItems(t, build(t, in), "opening", "p1", "any-other")
	})
	t.Run("put on by hand all the same, it is a breach", func(t *testing.T) {
		items := build(t, submitted(at(1))).Items
		for _, is := range []bool{false, true} {
			wantBreach(t, check(t, hard(submitted(at(20)), "P15", is), items), "reason.p15.unmet", is,
				"Jautājums „Par līdzdalību” iesniegts pēc termiņa (14.02.2024.) un nav atzīts par steidzamu (P15). Pārceliet to uz nākamo sēdi vai lūdziet vadītāju un vietnieku to atzīt par steidzamu.",
				"“Par līdzdalību” was proposed after the time limit (14 Feb 2024) and is not marked urgent (P15). Move it to the next session or ask chair and deputy to mark it urgent.")
		}
	})
}

func TestP15BothLeadsMarkAProposalUrgent(t *testing.T) {
	c := proposal("p1", "Par līdzdalību", agenda.Discussion, ref(8, 2))
	c.Submitted = at(20)
	isOn := func() bool {
		d := build(t, with(only(t, "P15"), c))
		_, ok := d.Item("p1")
		return ok
	}
	for _, a := range []council.Actor{officer, member, operator, public} {
		wantFaults(t, c.MarkUrgent(a, at(21)), problem.Forbidden, "problem.agenda.leads-only")
	}
	if err := c.MarkUrgent(chair, at(21)); err != nil || isOn() {
		t.Fatalf("one mark: %v, on: %t", err, isOn())
	}
	wantFaults(t, c.MarkUrgent(chair, at(21)), problem.State, "problem.agenda.urgent-already")
	if err := c.MarkUrgent(standIn, at(21)); err != nil || !isOn() {
		t.Fatalf("two marks: %v, on: %t", err, isOn())
	}
	wantFaults(t, c.MarkUrgent(deputy, at(21)), problem.State, "problem.agenda.urgent-already")
	wantOn(t, build(t, with(only(t, "P15"), c)), "p1", "reason.p15.urgent",
		"Jautājums iesniegts 2024. gada 20. februārī pēc termiņa, bet padomes vadītājs un vietnieks abi to atzinuši par steidzamu (P15).",
		"Proposed on 20 February 2024, after the time limit, but chair and deputy both marked it urgent (P15).")

	t.Run("one person is not both leads", func(t *testing.T) {
		c.Urgent[1].Person = c.Urgent[0].Person
		if isOn() {
			t.Error("one person's two marks counted")
		}
	})
	t.Run("the deputy who stands in for the chair marks as deputy", func(t *testing.T) {
		c.Urgent = nil
		both := council.Actor{Person: "deputy", Mandates: []council.Mandate{{Role: council.Chair, SubstituteFor: "chair"}, {Role: council.Deputy}}}
		if err := c.MarkUrgent(both, at(21)); err != nil || c.Urgent[0].Role != council.Deputy {
			t.Errorf("%v, marks %+v", err, c.Urgent)
		}
	})
}
