package agenda_test

import (
	"slices"
	"testing"

	"padome/agenda"
	"padome/council"
)

func TestP2TheLastItemNamesTheNextSession(t *testing.T) {
	t.Run("as it is planned", func(t *testing.T) {
		in := only(t)
		in.Next = council.Session{ID: "mar", Date: "2024-03-20", Starts: "10:30"}
		d := build(t, in)
		last := d.Items[len(d.Items)-1]
		if last.ID != "any-other" || last.Minutes != 15 || last.Details[0].Ref != "mar" {
			t.Fatalf("the last item is %+v", last)
		}
		wantReason(t, []agenda.Reason{last.Details[0].Reason}, "detail.next",
			"Nākamā sēde: 2024. gada 20. martā plkst. 10.30", "Next session: 20 March 2024 at 10:30")
		wantOn(t, d, "any-other", "reason.p2.last",
			"Pamatprincips P2: pēdējā jautājumā nosauc nākamās sēdes dienu un laiku un provizoriskos jautājumus.",
			"Rule P2: the last item names the date and time of the next session and its provisional items.")
	})
	for name, x := range map[string]struct {
		day    council.Date
		kind   council.SessionKind
		lv, en string
	}{
		"or by the calendar": {"2024-02-28", council.Regular,
			"Nākamā sēde pēc kalendāra: 2024. gada 27. martā plkst. 11.00", "Next session by the calendar: 27 March 2024 at 11:00"},
		"which knows days off": {"2024-11-27", council.Regular,
			"Nākamā sēde pēc kalendāra: 2024. gada 18. decembrī plkst. 11.00", "Next session by the calendar: 18 December 2024 at 11:00"},
		"after an extraordinary one, this month's": {"2024-03-06", council.Extraordinary,
			"Nākamā sēde pēc kalendāra: 2024. gada 27. martā plkst. 11.00", "Next session by the calendar: 27 March 2024 at 11:00"},
		"or, that being over, next month's": {"2024-03-28", council.Extraordinary,
			"Nākamā sēde pēc kalendāra: 2024. gada 24. aprīlī plkst. 11.00", "Next session by the calendar: 24 April 2024 at 11:00"},
	} {
		t.Run(name, func(t *testing.T) {
			in := on(only(t), x.day)
			in.Session.Kind, in.Session.Starts = x.kind, "09:00"
			d := build(t, in)
			wantReason(t, []agenda.Reason{d.Items[1].Details[0].Reason}, "detail.next-proposed", x.lv, x.en)
		})
	}
	t.Run("what found no room is provisional for it, three at most", func(t *testing.T) {
		in := param(only(t, "P15", "P21"), "P21", "most", "1")
		for _, id := range []string{"a", "b", "c", "d"} {
			in = with(in, proposal(id, "Par "+id, agenda.Discussion))
		}
		late := proposal("late", "Par vēlo", agenda.Decision)
		late.Submitted = at(20)
		waits := proposal("waits", "Par gaidošo", agenda.Decision)
		waits.Wish = "2024-04-24"
		in = with(in, late, waits)
		d := build(t, in)
		var refs []string
		for _, x := range d.Items[len(d.Items)-1].Details {
			refs = append(refs, x.Ref)
		}
		if want := []string{"", "late", "b", "c"}; !slices.Equal(refs, want) {
			t.Errorf("the last item names %q, want %q", refs, want)
		}
		wantReason(t, []agenda.Reason{d.Items[2].Details[1].Reason}, "detail.provisional",
			"Provizorisks nākamās sēdes jautājums: Par vēlo", "Provisional item of the next session: Par vēlo")
	})
	t.Run("another last item is a breach", func(t *testing.T) {
		in := only(t)
		items := build(t, in).Items
		wantBreach(t, check(t, in, items[:1]), "reason.p2.unmet", true,
			"Darba kārtība nebeidzas ar jautājumu „Dažādi” (P2). Novietojiet to kā pēdējo.",
			"The agenda does not end with “Any other business” (P2). Put it last.")
	})
	t.Run("so is another next session than is planned by now", func(t *testing.T) {
		in := hard(only(t), "P2", false)
		items := build(t, in).Items
		in.Next = council.Session{ID: "mar", Date: "2024-03-20", Starts: "10:30"}
		wantBreach(t, check(t, in, items), "reason.p2.missing", false,
			"Jautājumā „Dažādi” nav nosaukta nākamā sēde – 2024. gada 20. martā plkst. 10.30 (P2). Sastādiet vai pārkārtojiet darba kārtības projektu no jauna.",
			"“Any other business” does not name the next session, 20 March 2024 at 10:30 (P2). Build or arrange the draft again.")
	})
}
