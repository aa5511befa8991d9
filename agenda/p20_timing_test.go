package agenda_test

import (
	"testing"

	"padome/agenda"
	"padome/council"
)

func timed(id string, minutes int) agenda.Candidate {
	c := proposal(id, "Par "+id, agenda.Discussion, ref(8, 2))
	c.Minutes = minutes
	return c
}

func TestP20TimeIsLimited(t *testing.T) {
	base := only(t, "P20")
	t.Run("items that do not fit are left out, with all behind them", func(t *testing.T) {
		in := with(base, timed("a", 30), timed("b", 30), timed("c", 20), timed("d", 20), timed("e", 10))
		d := build(t, in) // 108 less 5 and 15: 88
		wantItems(t, d, "opening", "a", "b", "c", "any-other")
		wantOut(t, d, "d", "reason.p20.full", "Jautājumam vajag 20 min, bet pēc augstāk ierindotajiem sēdē atlicis 8 min (P20).",
			"The item needs 20 min; after those ranked above it 8 min are left (P20).")
		wantOut(t, d, "e", "reason.p20.behind", "Sēdes laiks beidzās pie augstāk ierindotā jautājuma „Par d” (P20).",
			"The session’s time ran out at “Par d”, ranked above it (P20).")
		if d.Minutes != 100 || d.Limit != 120 {
			t.Errorf("%d of %d minutes", d.Minutes, d.Limit)
		}
		wantKept(t, d.Unmet, "P20")
	})
	t.Run("every item gets its span", func(t *testing.T) {
		d := build(t, with(base, timed("a", 60), timed("b", 5), timed("c", 0)))
		for i, want := range []int{5, 30, 10, 15, 15} {
			if got := d.Items[i].Minutes; got != want {
				t.Errorf("item %d has %d minutes, want %d", i+1, got, want)
			}
		}
		wantOn(t, d, "a", "reason.p20.fitted", "Lūgtais laiks ir 60 min; pamatprincips P20 jautājumam atvēl 30 min.", "60 min were asked for; rule P20 allots 30 min.")
		wantOn(t, d, "b", "reason.p20.fitted", "Lūgtais laiks ir 5 min; pamatprincips P20 jautājumam atvēl 10 min.", "5 min were asked for; rule P20 allots 10 min.")
	})
	t.Run("each parameter counts", func(t *testing.T) {
		in := with(base, timed("a", 30), timed("b", 30), timed("c", 30))
		in.Decisions = openDecisions()
		in.Principles.Rules = append(in.Principles.Rules, agenda.Setting{Rule: "P4", Hard: true})
		for _, x := range []struct {
			name, value string
			substantive int
		}{
			{"total", "120", 2}, {"total", "90", 1}, {"spare", "0", 3}, {"spare", "50", 1}, {"other", "1", 3}, {"execution", "1", 2},
			{"execution", "40", 1}, {"opening", "1", 2}, {"opening", "60", 0}, {"most", "20", 3}, {"usual", "30", 2},
		} {
			d := build(t, param(in, "P20", x.name, x.value))
			if got := len(d.Items) - 3; got != x.substantive {
				t.Errorf("%s=%s: %d substantive items of %d minutes in all, want %d", x.name, x.value, got, d.Minutes, x.substantive)
			}
		}
		if got := build(t, param(with(base, timed("a", 5)), "P20", "least", "12")).Items[1].Minutes; got != 12 {
			t.Errorf("least=12 gives %d minutes", got)
		}
		if got := build(t, param(with(base, timed("a", 0)), "P20", "usual", "25")).Items[1].Minutes; got != 25 {
			t.Errorf("usual=25 gives %d minutes", got)
		}
	})
	t.Run("a session planned shorter has no more", func(t *testing.T) {
		in := base
		in.Session.Ends = "12:00"
		if d := build(t, in); d.Limit != 60 {
			t.Errorf("limit %d, want 60", d.Limit)
		}
		in.Session.Ends = "16:00"
		if d := build(t, in); d.Limit != 120 {
			t.Errorf("limit %d, want 120", d.Limit)
		}
		in.Session.Kind = council.Extended
		if d := build(t, in); d.Limit != 300 {
			t.Errorf("limit %d, want 300", d.Limit)
		}
		in.Session.Kind, in.Session.Ends = council.Extraordinary, ""
		if d := build(t, in); d.Limit != 120 {
			t.Errorf("limit %d, want 120", d.Limit)
		}
		in = only(t)
		in.Session.Ends = ""
		if d := build(t, in); d.Limit != 0 {
			t.Errorf("limit %d without the rule and without an end", d.Limit)
		}
	})
	t.Run("without the rule items have the time they ask for, even none", func(t *testing.T) {
		d := build(t, with(only(t, "P7", "P21"), timed("a", 200), timed("b", 0), offPlan("c", 0)))
		wantItems(t, d, "opening", "a", "b", "c", "any-other")
		if d.Items[1].Minutes != 200 || d.Items[2].Minutes != 0 {
			t.Errorf("%d and %d minutes", d.Items[1].Minutes, d.Items[2].Minutes)
		}
	})
	t.Run("too much time is a breach, and an item out of its span", func(t *testing.T) {
		in := with(base, timed("a", 30))
		for _, is := range []bool{false, true} {
			in := hard(in, "P20", is)
			items := build(t, in).Items
			items[1].Minutes = 100
			bs := check(t, in, items)
			wantBreach(t, bs, "reason.p20.unmet", is,
				"Darba kārtība aizņem 120 min, bet drīkst 108 (120 min gara sēde ar 10 % rezerves), par 12 min par daudz (P20). Saīsiniet vai izņemiet jautājumus.",
				"The agenda takes 120 min; 108 are allowed (a session of 120 min with 10 % to spare), 12 too many (P20). Shorten or take out items.")
			wantBreach(t, bs, "reason.p20.span", is,
				"Jautājumam „Par a” atvēlētais laiks ir 100 min; jābūt no 10 līdz 30 min (P20). Mainiet to.",
				"“Par a” has 100 min; it must have from 10 to 30 (P20). Change its time.")
		}
	})
	t.Run("a standing item takes some time at least", func(t *testing.T) {
		items := build(t, base).Items
		items[0].Minutes, items[1].Minutes = 1, 0
		bs := check(t, base, items)
		if len(bs) != 1 || bs[0].Reason.Key != "reason.p20.span" || bs[0].Item != "any-other" {
			t.Errorf("breaches %+v, want one of any-other", bs)
		}
	})
}
