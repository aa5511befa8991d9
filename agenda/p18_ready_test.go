package agenda_test

import (
	"testing"

	"padome/agenda"
)

func TestP18ADecisionNeedsADraftAndADocument(t *testing.T) {
	lacking := map[string]func(*agenda.Candidate){
		"both":     func(c *agenda.Candidate) { c.DraftDecision, c.Documents = "", nil },
		"draft":    func(c *agenda.Candidate) { c.DraftDecision = "" },
		"document": func(c *agenda.Candidate) { c.Documents = nil },
	}
	for lack, x := range map[string]struct{ informsLV, informsEN, postponedLV, postponedEN, unmetLV, unmetEN string }{
		"both": {
			"Jautājumam nav lēmuma projekta un dokumentu, tāpēc tas iekļauts kā informatīvs, nevis lēmuma jautājums (P18).",
			"The item has no draft decision and no documents, so it comes on for information, not for decision (P18).",
			"Jautājumam nav lēmuma projekta un dokumentu, tāpēc to pārceļ, līdz tie būs pievienoti (P18).",
			"The item has no draft decision and no documents, so it waits until they are there (P18).",
			"Lēmuma jautājumam „Par līdzdalību” nav lēmuma projekta un dokumentu (P18). Pievienojiet, kas trūkst, vai mainiet jautājuma veidu uz informatīvu.",
			"Decision item “Par līdzdalību” lacks a draft decision and documents (P18). Add what is missing or make the item informative."},
		"draft": {
			"Jautājumam nav lēmuma projekta, tāpēc tas iekļauts kā informatīvs, nevis lēmuma jautājums (P18).",
			"The item has no draft decision, so it comes on for information, not for decision (P18).",
			"Jautājumam nav lēmuma projekta, tāpēc to pārceļ, līdz tas būs pievienots (P18).",
			"The item has no draft decision, so it waits until it is there (P18).",
			"Lēmuma jautājumam „Par līdzdalību” nav lēmuma projekta (P18). Pievienojiet, kas trūkst, vai mainiet jautājuma veidu uz informatīvu.",
			"Decision item “Par līdzdalību” lacks a draft decision (P18). Add what is missing or make the item informative."},
		"document": {
			"Jautājumam nav dokumentu, tāpēc tas iekļauts kā informatīvs, nevis lēmuma jautājums (P18).",
			"The item has no documents, so it comes on for information, not for decision (P18).",
			"Jautājumam nav dokumentu, tāpēc to pārceļ, līdz tie būs pievienoti (P18).",
			"The item has no documents, so it waits until they are there (P18).",
			"Lēmuma jautājumam „Par līdzdalību” nav dokumentu (P18). Pievienojiet, kas trūkst, vai mainiet jautājuma veidu uz informatīvu.",
			"Decision item “Par līdzdalību” lacks documents (P18). Add what is missing or make the item informative."},
	} {
		t.Run("without "+lack, func(t *testing.T) {
			c := proposal("p1", "Par līdzdalību", agenda.Decision, ref(8, 2))
			lacking[lack](&c)
			in := with(only(t, "P18"), c)
			d := build(t, in)
			wantOn(t, d, "p1", "reason.p18.informs-"+lack, x.informsLV, x.informsEN)
			if d.Items[1].Kind != agenda.Information {
				t.Errorf("it comes on as %s", d.Items[1].Kind)
			}
			wantKept(t, d.Unmet, "P18")
			wantOut(t, build(t, param(in, "P18", "missing", "postpone")), "p1", "reason.p18.postponed-"+lack, x.postponedLV, x.postponedEN)
			items := d.Items
			items[1].Kind = agenda.Decision
			for _, is := range []bool{false, true} {
				wantBreach(t, check(t, hard(in, "P18", is), items), "reason.p18.unmet-"+lack, is, x.unmetLV, x.unmetEN)
			}
		})
	}
	t.Run("with both it is decided, and other kinds need neither", func(t *testing.T) {
		talk := proposal("p2", "Par sarunu", agenda.Discussion, ref(8, 3))
		lacking["both"](&talk)
		d := build(t, with(only(t, "P18"), proposal("p1", "Par līdzdalību", agenda.Decision, ref(8, 2)), talk))
		wantItems(t, d, "opening", "p1", "p2", "any-other")
		if d.Items[1].Kind != agenda.Decision || d.Items[2].Kind != agenda.Discussion {
			t.Errorf("they come on as %s and %s", d.Items[1].Kind, d.Items[2].Kind)
		}
	})
	t.Run("an item that informs ranks as such", func(t *testing.T) {
		bare := proposal("bare", "Par bez dokumentiem", agenda.Decision, ref(1, 1))
		bare.Documents = nil
		in := with(only(t, "P18"), bare, proposal("talk", "Par sarunu", agenda.Discussion, ref(8, 3)))
		wantItems(t, build(t, in), "opening", "talk", "bare", "any-other")
		wantItems(t, build(t, with(only(t), in.Candidates...)), "opening", "bare", "talk", "any-other")
	})
}
