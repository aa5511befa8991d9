package agenda_test

import (
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/plan"
)

func TestP8AFulfilledTaskIsNotAskedFor(t *testing.T) {
	in := on(onTasks(only(t, "P8")), "2025-01-29") // every task is due
	in.Fulfilled = []plan.Ref{ref(8, 2)}
	t.Run("it says so, and is no breach", func(t *testing.T) {
		d := build(t, in)
		wantOut(t, d, "task-1/8.2", "reason.p8.fulfilled",
			"Padome atzina uzdevumu 8.2. par izpildītu, tāpēc pamatprincips P8 to vairs neprasa; to var ierosināt vai iekļaut pats sekretariāts.",
			"The council found task 8.2 fulfilled, so rule P8 no longer asks for it; it can be proposed, or put on by the secretariat.")
		if len(d.Items) != 25 { // all the others, opening and Dažādi
			t.Errorf("items %q", titles(d))
		}
		wantKept(t, d.Unmet, "P8")
	})
	t.Run("it can be proposed", func(t *testing.T) {
		d := build(t, with(in, proposal("p1", "Par līdzdalību", agenda.Discussion, ref(8, 2))))
		if _, isOn := d.Item("p1"); !isOn {
			t.Errorf("the proposal is not on %q", titles(d))
		}
	})
	t.Run("it is put on by hand", func(t *testing.T) {
		a := agenda.New("feb")
		must(t, a.Rebuild(officer, in))
		must(t, a.Arrange(officer, in, []string{"opening", "task-1/8.2", "any-other"}, "Jāpārrunā rezultāts.", at(1)))
		wantItems(t, a.Draft, "opening", "task-1/8.2", "any-other")
	})
	t.Run("a measure all of whose tasks are fulfilled is not asked for either", func(t *testing.T) {
		x := in
		x.Fulfilled = []plan.Ref{ref(1, 1)}
		d := build(t, x)
		if _, isOn := d.Item("task-1/1.1"); isOn {
			t.Errorf("items %q", titles(d))
		}
		wantKept(t, d.Unmet, "P8")
	})
	t.Run("at an extraordinary session it says the same", func(t *testing.T) {
		x := in
		x.Session.Kind = council.Extraordinary
		wantOut(t, build(t, x), "task-1/8.2", "reason.p8.fulfilled",
			"Padome atzina uzdevumu 8.2. par izpildītu, tāpēc pamatprincips P8 to vairs neprasa; to var ierosināt vai iekļaut pats sekretariāts.",
			"The council found task 8.2 fulfilled, so rule P8 no longer asks for it; it can be proposed, or put on by the secretariat.")
	})
	t.Run("it stays so under a new number, and not when it was merged", func(t *testing.T) {
		late := bases(t)[1] // 8.2 became 8.3, 7.2 and 7.3 became 7.2
		late.Principles = only(t, "P8").Principles
		late = on(late, "2026-06-17")
		late.Fulfilled = []plan.Ref{ref(8, 2), ref(7, 2)}
		d := build(t, late)
		if _, isOn := d.Item("task-2/8.3"); isOn {
			t.Errorf("8.3, which was 8.2, is on %q", titles(d))
		}
		if _, isOn := d.Item("task-2/7.2"); !isOn {
			t.Errorf("7.2, half of which is fulfilled, is not on %q", titles(d))
		}
	})
}
