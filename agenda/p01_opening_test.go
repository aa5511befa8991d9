package agenda_test

import (
	"slices"
	"testing"

	"padome/agenda"
)

func waitingMinutes() []agenda.UnapprovedMinutes {
	return []agenda.UnapprovedMinutes{
		{Session: "jan", Date: "2024-01-31", Number: 2}, {Session: "dec", Date: "2023-12-20", Number: 12},
		{Session: "mar", Date: "2024-03-27", Number: 3}, // later than the session
	}
}

func TestP1TheFirstItemApprovesEarlierMinutesAndTheAgenda(t *testing.T) {
	t.Run("it lists those not approved yet, oldest first", func(t *testing.T) {
		in := only(t)
		in.Unapproved = waitingMinutes()
		d := build(t, in)
		if d.Items[0].Kind != agenda.Opening || d.Items[0].Minutes != 5 || len(d.Items[0].Details) != 2 {
			t.Fatalf("the first item is %+v", d.Items[0])
		}
		wantOn(t, d, "opening", "reason.p1.minutes",
			"Pamatprincips P1: sēde sākas ar darba kārtības un 2 iepriekšējo sēžu protokolu apstiprināšanu.",
			"Rule P1: the session begins by approving its agenda and the minutes of 2 earlier sessions.")
		for i, want := range []struct{ ref, lv, en string }{
			{"dec", "2023. gada 20. decembra sēdes protokols Nr. 12", "Minutes No. 12 of the session of 20 December 2023"},
			{"jan", "2024. gada 31. janvāra sēdes protokols Nr. 2", "Minutes No. 2 of the session of 31 January 2024"},
		} {
			x := d.Items[0].Details[i]
			if x.Ref != want.ref {
				t.Errorf("detail %d speaks of %s, want %s", i, x.Ref, want.ref)
			}
			wantReason(t, []agenda.Reason{x.Reason}, "detail.minutes", want.lv, want.en)
		}
		wantKept(t, d.Unmet, "P1")
	})
	t.Run("of one session it says so", func(t *testing.T) {
		in := only(t)
		in.Unapproved = waitingMinutes()[:1]
		wantOn(t, build(t, in), "opening", "reason.p1.minutes",
			"Pamatprincips P1: sēde sākas ar darba kārtības un 1 iepriekšējās sēdes protokola apstiprināšanu.",
			"Rule P1: the session begins by approving its agenda and the minutes of 1 earlier session.")
	})
	t.Run("with none it says that too", func(t *testing.T) {
		wantOn(t, build(t, only(t)), "opening", "reason.p1.agenda",
			"Pamatprincips P1: sēde sākas ar darba kārtības apstiprināšanu; neapstiprinātu protokolu nav.",
			"Rule P1: the session begins by approving its agenda; no earlier minutes wait for approval.")
	})
	t.Run("another first item is a breach", func(t *testing.T) {
		in := with(only(t), proposal("p1", "Par līdzdalību", agenda.Discussion))
		items := build(t, in).Items
		items[0], items[1] = items[1], items[0]
		wantBreach(t, check(t, in, items), "reason.p1.unmet", true,
			"Darba kārtība nesākas ar protokola un darba kārtības apstiprināšanu (P1). Novietojiet šo jautājumu kā pirmo.",
			"The agenda does not begin with the approval of minutes and agenda (P1). Put that item first.")
		wantBreach(t, check(t, in, nil), "reason.p1.unmet", true,
			"Darba kārtība nesākas ar protokola un darba kārtības apstiprināšanu (P1). Novietojiet šo jautājumu kā pirmo.",
			"The agenda does not begin with the approval of minutes and agenda (P1). Put that item first.")
	})
	t.Run("minutes signed since the draft was built are missing", func(t *testing.T) {
		in := only(t)
		items := build(t, in).Items
		in.Unapproved = waitingMinutes()
		wantBreach(t, check(t, in, items), "reason.p1.missing", true,
			"Pirmajā jautājumā trūkst parakstītu, bet vēl neapstiprinātu protokolu: Nr. 12/2023 un 2/2024 (P1). Sastādiet vai pārkārtojiet darba kārtības projektu no jauna.",
			"The first item lacks signed minutes that no session has approved yet: No. 12/2023 and 2/2024 (P1). Build or arrange the draft again.")
	})
	t.Run("made soft, it asks for a reason", func(t *testing.T) {
		in := hard(with(only(t), proposal("p1", "Par līdzdalību", agenda.Discussion)), "P1", false)
		items := build(t, in).Items
		wantBreach(t, check(t, in, slices.Clone(items[1:])), "reason.p1.unmet", false,
			"Darba kārtība nesākas ar protokola un darba kārtības apstiprināšanu (P1). Novietojiet šo jautājumu kā pirmo.",
			"The agenda does not begin with the approval of minutes and agenda (P1). Put that item first.")
	})
}
