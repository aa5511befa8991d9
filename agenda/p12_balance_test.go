package agenda_test

import (
	"fmt"
	"slices"
	"testing"

	"padome/agenda"
	"padome/council"
)

// from is a proposal of a side, handed in on a day of January 2024.
func from(id string, side council.Side, kind agenda.Kind, day int) agenda.Candidate {
	c := proposal(id, "Par "+id, kind, ref(8, 2))
	c.Initiator, c.Submitted = side, council.Date(fmt.Sprintf("2024-01-%02d", day)).At("10:00")
	return c
}

// held lets the sides have initiated items on a day.
func held(in agenda.Input, day council.Date, sides ...council.Side) agenda.Input {
	for _, side := range sides {
		in.Held = append(slices.Clone(in.Held), agenda.Held{Session: "s" + string(day), Date: day, Number: len(in.Held), Item: "x",
			ItemKind: agenda.Discussion, Initiator: side})
	}
	return in
}

func TestP12BothSidesInitiateInBalance(t *testing.T) {
	const ngo, state, joint = council.NGO, council.State, council.Joint
	in := meets(on(only(t, "P12"), "2024-05-29"), "2024-01-31", "2024-02-28", "2024-03-27", "2024-04-24")
	t.Run("over the window, too little of one side is a breach", func(t *testing.T) {
		x := held(held(in, "2024-03-27", ngo, ngo, ngo), "2024-04-24", ngo, state, joint)
		wantBreach(t, build(t, x).Unmet, "reason.p12.share", false,
			"4 kārtējās sēdēs, šo ieskaitot, NVO puse ierosinājusi 75 % jautājumu; jābūt no 40 līdz 60 % (P12). Trūkst jautājumu, ko ierosina valsts pārvaldes puse: aiciniet to ierosināt kādu vai norādiet iemeslu.",
			"Over 4 regular sessions with this one, the NGO side initiated 75 % of the items; it is to be 40 to 60 % (P12). What lacks are items of the state side: ask it to propose one, or give the reason.")
		wantBreach(t, build(t, hard(held(in, "2024-04-24", state, state, state), "P12", true)).Unmet, "reason.p12.share", true,
			"4 kārtējās sēdēs, šo ieskaitot, NVO puse ierosinājusi 0 % jautājumu; jābūt no 40 līdz 60 % (P12). Trūkst jautājumu, ko ierosina NVO puse: aiciniet to ierosināt kādu vai norādiet iemeslu.",
			"Over 4 regular sessions with this one, the NGO side initiated 0 % of the items; it is to be 40 to 60 % (P12). What lacks are items of the NGO side: ask it to propose one, or give the reason.")
	})
	t.Run("what lies before the window does not count", func(t *testing.T) {
		wantKept(t, build(t, held(in, "2024-01-31", ngo, ngo, ngo, ngo)).Unmet, "P12")
	})
	t.Run("joint items count half for each, and those of nobody not at all", func(t *testing.T) {
		wantKept(t, build(t, held(in, "2024-04-24", joint, joint, joint, "", "", "")).Unmet, "P12")
		wantKept(t, build(t, held(in, "2024-04-24", ngo, joint, joint)).Unmet, "P12") // 67 %, one item apart
	})
	t.Run("a difference of one item is no imbalance", func(t *testing.T) {
		wantKept(t, build(t, held(in, "2024-04-24", ngo)).Unmet, "P12")
		wantKept(t, build(t, held(in, "2024-04-24", ngo, ngo, state)).Unmet, "P12")
	})
	t.Run("the items of this session count", func(t *testing.T) {
		x := held(in, "2024-04-24", ngo, ngo)
		wantKept(t, build(t, with(x, from("p1", state, agenda.Discussion, 2))).Unmet, "P12")
	})
	t.Run("before there have been so many sessions nothing is said", func(t *testing.T) {
		wantKept(t, build(t, param(held(in, "2024-04-24", ngo, ngo, ngo), "P12", "balance_window", "6")).Unmet, "P12")
	})
	t.Run("other bounds allow more", func(t *testing.T) {
		wantKept(t, build(t, param(held(in, "2024-04-24", ngo, ngo, ngo, state), "P12", "most", "75")).Unmet, "P12")
	})
	t.Run("what was left out and would meet it is named, the first handed in", func(t *testing.T) {
		x := with(held(in, "2024-04-24", ngo, ngo, ngo), from("second", state, agenda.Discussion, 9), from("first", state, agenda.Discussion, 2))
		wantBreach(t, check(t, x, build(t, in).Items), "reason.p12.share-ready", false,
			"4 kārtējās sēdēs, šo ieskaitot, NVO puse ierosinājusi 100 % jautājumu; jābūt no 40 līdz 60 % (P12). Trūkst jautājumu, ko ierosina valsts pārvaldes puse: iekļaujiet „Par first” vai norādiet iemeslu.",
			"Over 4 regular sessions with this one, the NGO side initiated 100 % of the items; it is to be 40 to 60 % (P12). What lacks are items of the state side: put on “Par first”, or give the reason.")
	})
}

func TestP12OneSideDoesNotKeepTheOtherWaiting(t *testing.T) {
	in := with(only(t, "P12", "P15"), from("n1", council.NGO, agenda.Discussion, 2), from("n2", council.NGO, agenda.Discussion, 3),
		from("n3", council.NGO, agenda.Discussion, 4), from("s1", council.State, agenda.Discussion, 5))
	t.Run("Build alternates among discussions", func(t *testing.T) {
		d := build(t, in)
		wantItems(t, d, "opening", "n1", "s1", "n2", "n3", "any-other")
		wantKept(t, d.Unmet, "P12")
	})
	t.Run("moved behind three, the other side's item is a breach of the third", func(t *testing.T) {
		items := arranged(build(t, in), "opening", "n1", "n2", "n3", "s1", "any-other")
		bs := check(t, in, items)
		wantBreach(t, bs, "reason.p12.row-later", false,
			"Jautājums „Par n3” ir jau 3. pēc kārtas, ko ierosina NVO puse, lai gan otras puses jautājums „Par s1” ir tālāk (P12). Pārceliet to pirms šī vai norādiet iemeslu.",
			"“Par n3” is number 3 in a row from the NGO side although “Par s1” of the other side stands further down (P12). Move it before this one, or give the reason.")
		if bs[len(bs)-1].Item != "n3" {
			t.Errorf("the breach is of %q", bs[len(bs)-1].Item)
		}
		wantKept(t, check(t, param(in, "P12", "in_a_row", "3"), items), "P12")
	})
	t.Run("so is leaving it out", func(t *testing.T) {
		wantBreach(t, check(t, in, arranged(build(t, in), "opening", "n1", "n2", "n3", "any-other")), "reason.p12.row-out", false,
			"Jautājums „Par n3” ir jau 3. pēc kārtas, ko ierosina NVO puse, lai gan otrai pusei ir gatavs jautājums „Par s1” (P12). Iekļaujiet to pirms šī vai norādiet iemeslu.",
			"“Par n3” is number 3 in a row from the NGO side although the other side has “Par s1” ready (P12). Put it on before this one, or give the reason.")
	})
	t.Run("one that may not come on is not ready, one of another class does not wait", func(t *testing.T) {
		x := with(only(t, "P12", "P15"), in.Candidates[:3]...)
		late := from("late", council.State, agenda.Discussion, 5)
		late.Submitted = at(20)
		wantKept(t, build(t, with(x, late)).Unmet, "P12")
		wantKept(t, build(t, with(x, from("s1", council.State, agenda.Information, 5))).Unmet, "P12")
	})
	t.Run("a joint item ends the row", func(t *testing.T) {
		x := with(in, from("j", council.Joint, agenda.Discussion, 1))
		wantKept(t, check(t, x, arranged(build(t, x), "opening", "n1", "n2", "j", "n3", "s1", "any-other")), "P12")
	})
}

// arranged are a draft's items in another order.
func arranged(d agenda.Draft, ids ...string) (items []agenda.Item) {
	for i, id := range ids {
		it, _ := d.Item(id)
		x := *it
		x.Number = i + 1
		items = append(items, x)
	}
	return items
}
