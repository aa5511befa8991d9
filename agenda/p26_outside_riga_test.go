package agenda_test

import (
	"testing"

	"padome/agenda"
	"padome/council"
)

func TestP26OrganisationsFromOutsideRigaPresent(t *testing.T) {
	in := only(t, "P26")
	there := proposal("p1", "Par līdzdalību Latgalē", agenda.Discussion, ref(8, 2))
	there.OutsideRiga = true
	t.Run("while the year's sessions suffice nothing is said", func(t *testing.T) {
		wantKept(t, build(t, on(in, "2024-11-27")).Unmet, "P26")
	})
	t.Run("at the last that can still meet it, it is a breach", func(t *testing.T) {
		wantBreach(t, build(t, on(in, "2024-12-18")).Unmet, "reason.p26.unmet", false,
			"2024. gadā līdz šai sēdei organizāciju ārpus Rīgas ziņotu jautājumu skaits ir 0, bet jābūt vismaz 1, un ar gada atlikušajām kārtējām sēdēm tam vairs nepietiek (P26). Aiciniet organizāciju ārpus Rīgas ziņot kādu no šīs sēdes jautājumiem un atzīmējiet to vai norādiet iemeslu.",
			"In 2024, up to this session, organisations from outside Rīga have presented 0 items of at least 1, and the regular sessions left this year are too few for the rest (P26). Ask one to present an item of this session and mark it so, or give the reason.")
		wantBreach(t, build(t, on(param(in, "P26", "items", "2"), "2024-11-27")).Unmet, "reason.p26.unmet", false,
			"2024. gadā līdz šai sēdei organizāciju ārpus Rīgas ziņotu jautājumu skaits ir 0, bet jābūt vismaz 2, un ar gada atlikušajām kārtējām sēdēm tam vairs nepietiek (P26). Aiciniet organizāciju ārpus Rīgas ziņot kādu no šīs sēdes jautājumiem un atzīmējiet to vai norādiet iemeslu.",
			"In 2024, up to this session, organisations from outside Rīga have presented 0 items of at least 2, and the regular sessions left this year are too few for the rest (P26). Ask one to present an item of this session and mark it so, or give the reason.")
	})
	t.Run("an item meets it, and says so when it had to come", func(t *testing.T) {
		d := build(t, with(on(in, "2024-12-18"), there))
		wantKept(t, d.Unmet, "P26")
		wantOn(t, d, "p1", "reason.p26.due",
			"Pamatprincips P26: gadā vismaz 1 jautājumu ziņo organizācijas ārpus Rīgas; 2024. gadā līdz šim tādu ir 0, un šī jautājuma ziņotājs ir no citurienes Latvijā.",
			"Rule P26: at least 1 item a year is presented by organisations from outside Rīga; in 2024 there have been 0 so far, and this one is presented by such an organisation.")
	})
	t.Run("so does one held earlier in the year, not one of another year", func(t *testing.T) {
		for day, kept := range map[council.Date]bool{"2024-06-26": true, "2023-12-20": false} {
			x := on(in, "2024-12-18")
			x.Held = []agenda.Held{{Session: "s", Date: day, Item: "x", ItemKind: agenda.Discussion, OutsideRiga: true}}
			if got := len(build(t, x).Unmet) == 0; got != kept {
				t.Errorf("held on %s it is kept: %t, want %t", day, got, kept)
			}
		}
	})
	t.Run("one marked so by hand meets it", func(t *testing.T) {
		x := with(on(in, "2024-12-18"), proposal("p2", "Par līdzdalību", agenda.Discussion, ref(8, 2)))
		a := agenda.New("feb")
		must(t, a.Rebuild(officer, x))
		it, _ := a.Draft.Item("p2")
		m := it.Matter
		m.OutsideRiga = true
		must(t, a.Edit(officer, x, "p2", m))
		wantKept(t, a.Draft.Unmet, "P26")
	})
	t.Run("taking part remotely is always offered", func(t *testing.T) {
		x := in
		x.Session.Mode = council.InPerson
		wantBreach(t, build(t, x).Unmet, "reason.p26.remote", false,
			"Sēde paredzēta tikai klātienē, bet attālinātu dalību piedāvā vienmēr (P26). Mainiet sēdes norisi uz klātienē un attālināti vai norādiet iemeslu.",
			"The session is held in person only, but taking part remotely is always offered (P26). Let it be held in person and remotely, or give the reason.")
		x.Session.Mode, x.Session.Kind = council.Remote, council.Extraordinary
		wantKept(t, build(t, x).Unmet, "P26")
	})
}
