package agenda_test

import (
	"slices"
	"testing"

	"padome/agenda"
)

func openDecisions() []agenda.OpenDecision {
	return []agenda.OpenDecision{
		{ID: "none", Session: "jan", Number: "2.1.", Taken: "2024-01-31", Wording: "Sagatavot pārskatu."},
		{ID: "later", Session: "jan", Number: "2.10.", Taken: "2024-01-31", Wording: "Iesniegt atzinumu.", Deadline: "2024-02-28"},
		{ID: "most", Session: "dec", Number: "4.2.", Taken: "2023-12-20", Wording: "Publicēt datus.", Deadline: "2024-02-07"},
		{ID: "some", Session: "jan", Number: "2.9.", Taken: "2024-01-31", Wording: "Sasaukt darba grupu.", Deadline: "2024-02-27"},
		{ID: "to come", Session: "mar", Number: "1.1.", Taken: "2024-03-27", Wording: "Nekas.", Deadline: "2024-01-01"},
	}
}

func TestP4OpenDecisionsHaveAnItemOfTheirOwn(t *testing.T) {
	t.Run("the most overdue first, those without a deadline last", func(t *testing.T) {
		in := only(t, "P4")
		in.Decisions = openDecisions()
		d := build(t, in)
		wantItems(t, d, "opening", "execution", "any-other")
		wantOn(t, d, "execution", "reason.p4.open", "Pamatprincips P4: izpildē vēl ir 4 lēmumi.", "Rule P4: 4 earlier decisions are still open.")
		for i, want := range []struct{ ref, key, lv, en string }{
			{"most", "detail.decision.overdue", "4.2. (20.12.2023.) Publicēt datus – termiņš 07.02.2024., kavēts 21 dienu", "4.2. (20 Dec 2023) Publicēt datus – due 7 Feb 2024, 21 days overdue"},
			{"some", "detail.decision.overdue", "2.9. (31.01.2024.) Sasaukt darba grupu – termiņš 27.02.2024., kavēts 1 dienu", "2.9. (31 Jan 2024) Sasaukt darba grupu – due 27 Feb 2024, 1 day overdue"},
			{"later", "detail.decision.due", "2.10. (31.01.2024.) Iesniegt atzinumu – termiņš 28.02.2024.", "2.10. (31 Jan 2024) Iesniegt atzinumu – due 28 Feb 2024"},
			{"none", "detail.decision.open", "2.1. (31.01.2024.) Sagatavot pārskatu – termiņš nav noteikts", "2.1. (31 Jan 2024) Sagatavot pārskatu – no deadline set"},
		} {
			x := d.Items[1].Details[i]
			if x.Ref != want.ref {
				t.Errorf("detail %d is %s, want %s", i, x.Ref, want.ref)
			}
			wantReason(t, []agenda.Reason{x.Reason}, want.key, want.lv, want.en)
		}
		wantKept(t, d.Unmet, "P4")
	})
	t.Run("with what is reported and waits for the council, or what it found", func(t *testing.T) {
		for _, c := range []struct {
			change      func(*agenda.OpenDecision)
			key, lv, en string
		}{
			{func(d *agenda.OpenDecision) { d.Claimed, d.ClaimedOn = "done", "2024-02-12" }, "detail.decision.overdue-claimed",
				"4.2. (20.12.2023.) Publicēt datus – termiņš 07.02.2024., kavēts 21 dienu; ziņots: izpildīts 12.02.2024., gaida padomes apstiprinājumu",
				"4.2. (20 Dec 2023) Publicēt datus – due 7 Feb 2024, 21 days overdue; reported on 12 Feb 2024 as done, waits for the council"},
			{func(d *agenda.OpenDecision) { d.Claimed, d.ClaimedOn, d.Deadline = "open", "2024-02-12", "2024-02-28" }, "detail.decision.due-told",
				"4.2. (20.12.2023.) Publicēt datus – termiņš 28.02.2024.; 12.02.2024. ziņots, ka izpilde turpinās",
				"4.2. (20 Dec 2023) Publicēt datus – due 28 Feb 2024; reported on 12 Feb 2024 to be under way"},
			{func(d *agenda.OpenDecision) { d.Found, d.FoundOn, d.Deadline = "partly", "2024-01-31", "" }, "detail.decision.open-found",
				"4.2. (20.12.2023.) Publicēt datus – termiņš nav noteikts; padome 31.01.2024. atzinusi: daļēji izpildīts",
				"4.2. (20 Dec 2023) Publicēt datus – no deadline set; found partly done by the council on 31 Jan 2024"},
		} {
			in := only(t, "P4")
			in.Decisions = openDecisions()[2:3]
			c.change(&in.Decisions[0])
			wantReason(t, []agenda.Reason{build(t, in).Items[1].Details[0].Reason}, c.key, c.lv, c.en)
		}
	})
	t.Run("there is none while nothing is open, or without the rule", func(t *testing.T) {
		wantItems(t, build(t, only(t, "P4")), "opening", "any-other")
		in := only(t)
		in.Decisions = openDecisions()
		wantItems(t, build(t, in), "opening", "any-other")
	})
	t.Run("an extraordinary session has it too", func(t *testing.T) {
		in := only(t, "P4")
		in.Decisions, in.Session.Kind = openDecisions(), "extraordinary"
		wantItems(t, build(t, in), "opening", "execution", "any-other")
	})
	t.Run("its time is P20's", func(t *testing.T) {
		in := param(only(t, "P4", "P20"), "P20", "execution", "20")
		in.Decisions = openDecisions()
		if it := build(t, in).Items[1]; it.ID != "execution" || it.Minutes != 20 {
			t.Errorf("%s has %d minutes, want 20", it.ID, it.Minutes)
		}
	})
	t.Run("leaving it out is a breach", func(t *testing.T) {
		in := only(t, "P4")
		in.Decisions = openDecisions()[:1]
		items := build(t, in).Items
		wantBreach(t, check(t, in, slices.Delete(slices.Clone(items), 1, 2)), "reason.p4.unmet", true,
			"Darba kārtībā nav jautājuma par iepriekšējo lēmumu izpildi, lai gan izpildē ir 1 lēmums (P4). Iekļaujiet to vai sastādiet projektu no jauna.",
			"The agenda has no item on the execution of earlier decisions although 1 is open (P4). Put it on or build the draft again.")
	})
	t.Run("so is a decision taken since that it lacks", func(t *testing.T) {
		in := hard(only(t, "P4"), "P4", false)
		in.Decisions = openDecisions()[:1]
		items := build(t, in).Items
		in.Decisions = openDecisions()[:2]
		wantBreach(t, check(t, in, items), "reason.p4.missing", false,
			"Jautājumā par lēmumu izpildi trūkst 2024. gada 31. janvāra sēdes lēmuma Nr. 2.10 (P4). Sastādiet vai pārkārtojiet darba kārtības projektu no jauna.",
			"The item on execution lacks decision 2.10 of the session of 31 January 2024 (P4). Build or arrange the draft again.")
	})
}
