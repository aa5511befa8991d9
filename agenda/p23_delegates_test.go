package agenda_test

import (
	"slices"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
)

func TestP23DelegatesReport(t *testing.T) {
	in := only(t, "P23")
	in.Delegations = []agenda.Delegation{{ID: "esf", Body: "ES fondu uzraudzības komiteja", BodyEN: "EU Funds Monitoring Committee",
		Delegate: "padomes locekle A. Vīksne", Since: "2024-01-31"}}
	t.Run("before their time the report waits, and can be put on by hand", func(t *testing.T) {
		d := build(t, on(in, "2024-12-18"))
		wantItems(t, d, "opening", "any-other")
		wantOut(t, d, "delegation-esf", "reason.p23.later",
			"Padomes pārstāvja (padomes locekle A. Vīksne) nākamais ziņojums jāuzklausa līdz 2025. gada 31. janvārim (P23); pirms tam vēl ir kārtējā sēde.",
			"The next report of the council’s delegate (padomes locekle A. Vīksne) is due by 31 January 2025 (P23); a regular session still comes before.")
		wantKept(t, d.Unmet, "P23")
		a := agenda.New("feb")
		x := on(in, "2024-12-18")
		must(t, a.Rebuild(officer, x))
		must(t, a.Arrange(officer, x, []string{"opening", "delegation-esf", "any-other"}, "Pārstāve šoreiz ir klāt.", at(1)))
		wantItems(t, a.Draft, "opening", "delegation-esf", "any-other")
	})
	t.Run("at the last regular session of their months it comes on", func(t *testing.T) {
		d := build(t, on(in, "2025-01-29"))
		wantItems(t, d, "opening", "delegation-esf", "any-other")
		it := d.Items[1]
		if it.Kind != agenda.Information || it.Minutes != 10 || !slices.Equal(it.Presenters, []string{"padomes locekle A. Vīksne"}) ||
			it.TitleIn(locale.LV) != "Padomes pārstāvja ziņojums – ES fondu uzraudzības komiteja" ||
			it.TitleIn(locale.EN) != "Report of the council’s delegate – EU Funds Monitoring Committee" {
			t.Errorf("the item is %+v, in English %q", it, it.TitleIn(locale.EN))
		}
		wantOn(t, d, "delegation-esf", "reason.p23.due",
			"Padomes pārstāvja (padomes locekle A. Vīksne) ziņojums nav uzklausīts kopš 2024. gada 31. janvāra; pamatprincips P23 to prasa vismaz reizi 12 mēnešos, un līdz 2025. gada 31. janvārim citas kārtējās sēdes vairs nav.",
			"The council’s delegate (padomes locekle A. Vīksne) has not reported since 31 January 2024; rule P23 asks for a report at least once in 12 months, and no other regular session comes by 31 January 2025.")
		wantKept(t, d.Unmet, "P23")
	})
	t.Run("after that it is late, and left out a breach", func(t *testing.T) {
		x := on(in, "2025-02-26")
		wantOn(t, build(t, x), "delegation-esf", "reason.p23.late",
			"Padomes pārstāvja (padomes locekle A. Vīksne) ziņojums nav uzklausīts kopš 2024. gada 31. janvāra; pamatprincips P23 to prasa vismaz reizi 12 mēnešos, un termiņš – 2025. gada 31. janvāris – ir pagājis.",
			"The council’s delegate (padomes locekle A. Vīksne) has not reported since 31 January 2024; rule P23 asks for a report at least once in 12 months, and the time limit, 31 January 2025, is past.")
		wantBreach(t, check(t, x, nil), "reason.p23.unmet", false,
			"Šajā sēdē jāuzklausa padomes pārstāvja (padomes locekle A. Vīksne) ziņojums – ES fondu uzraudzības komiteja; kopš 2024. gada 31. janvāra tas nav uzklausīts, un darba kārtībā tā nav (P23). Iekļaujiet to vai norādiet iemeslu.",
			"The report of the council’s delegate (padomes locekle A. Vīksne) is due at this session – EU Funds Monitoring Committee; there has been none since 31 January 2024, and it is not on the agenda (P23). Put it on, or give the reason.")
	})
	t.Run("a report held counts from its day", func(t *testing.T) {
		x := on(in, "2025-01-29")
		x.Held = []agenda.Held{{Session: "jun", Date: "2024-06-26", Item: "delegation-esf", ItemKind: agenda.Information}}
		wantItems(t, build(t, x), "opening", "any-other")
		wantItems(t, build(t, on(x, "2025-06-25")), "opening", "delegation-esf", "any-other")
	})
	t.Run("an extraordinary session leaves it to a regular one", func(t *testing.T) {
		x := on(in, "2025-02-05")
		x.Session.Kind = council.Extraordinary
		d := build(t, x)
		wantOut(t, d, "delegation-esf", "reason.p23.regular-only",
			"Padomes pārstāvja (padomes locekle A. Vīksne) ziņojumu uzklausa kārtējā sēdē, nākamo – līdz 2025. gada 31. janvārim (P23).",
			"The report of the council’s delegate (padomes locekle A. Vīksne) is heard at a regular session, the next by 31 January 2025 (P23).")
		wantKept(t, d.Unmet, "P23")
	})
	t.Run("a body without an English name keeps its own", func(t *testing.T) {
		x := on(in, "2025-01-29")
		x.Delegations = []agenda.Delegation{{ID: "a", Body: "Uzraudzības komiteja", Delegate: "A. Vīksne", Since: "2024-01-31"}}
		if got := build(t, x).Items[1].TitleIn(locale.EN); got != "Report of the council’s delegate – Uzraudzības komiteja" {
			t.Errorf("the title is %q", got)
		}
	})
	t.Run("its months and time are parameters; hard, it is never dropped for room", func(t *testing.T) {
		x := param(param(on(in, "2024-07-31"), "P23", "months", "6"), "P23", "minutes", "20")
		if d := build(t, x); d.Items[1].ID != "delegation-esf" || d.Items[1].Minutes != 20 {
			t.Errorf("items %q, the second of %d minutes", titles(d), d.Items[1].Minutes)
		}
		short := with(on(in, "2025-01-29"), proposal("p1", "Par lēmumu", agenda.Decision, ref(8, 2)))
		short.Principles.Rules = append(slices.Clone(short.Principles.Rules), agenda.Setting{Rule: "P21", Params: map[string]string{"most": "1"}})
		wantItems(t, build(t, short), "opening", "p1", "any-other")
		wantItems(t, build(t, hard(short, "P23", true)), "opening", "delegation-esf", "any-other")
	})
}
