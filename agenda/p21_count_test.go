package agenda_test

import (
	"testing"

	"padome/agenda"
)

func TestP21TheNumberOfSubstantiveItemsIsLimited(t *testing.T) {
	in := only(t, "P21")
	for _, id := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		in = with(in, proposal(id, "Par "+id, agenda.Discussion, ref(8, 2)))
	}
	t.Run("to five, the highest ranked", func(t *testing.T) {
		d := build(t, in)
		wantItems(t, d, "opening", "a", "b", "c", "d", "e", "any-other")
		wantOut(t, d, "f", "reason.p21.full", "Sēdē jau ir 5 augstāk ierindoti lietas jautājumi (P21).", "The session already has 5 substantive items ranked above (P21).")
		wantOut(t, d, "g", "reason.p21.behind", "Lietas jautājumu skaits sasniegts jau pirms augstāk ierindotā jautājuma „Par f” (P21).",
			"The number of substantive items was reached before “Par f”, ranked above it (P21).")
		wantKept(t, d.Unmet, "P21")
	})
	t.Run("or as the parameter says", func(t *testing.T) {
		wantItems(t, build(t, param(in, "P21", "most", "1")), "opening", "a", "any-other")
		wantItems(t, build(t, param(in, "P21", "most", "30")), "opening", "a", "b", "c", "d", "e", "f", "g", "any-other")
	})
	t.Run("more by hand is a breach", func(t *testing.T) {
		items := build(t, param(in, "P21", "most", "30")).Items
		for _, is := range []bool{false, true} {
			wantBreach(t, check(t, hard(in, "P21", is), items), "reason.p21.unmet", is,
				"Darba kārtībā ir 7 lietas jautājumi, paredzēts ne vairāk kā 5 (P21). Izņemiet kādu vai norādiet iemeslu.",
				"The agenda has 7 substantive items; at most 5 are meant (P21). Take one out or give the reason.")
		}
	})
	t.Run("so is none at all", func(t *testing.T) {
		wantBreach(t, build(t, only(t, "P21")).Unmet, "reason.p21.none", false,
			"Darba kārtībā nav neviena lietas jautājuma (P21). Iekļaujiet vismaz vienu vai norādiet iemeslu.",
			"The agenda has no substantive item (P21). Put on at least one or give the reason.")
	})
}
