package minutes

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"padome/internal/document"
	"padome/internal/locale"
)

func TestAPassageIsFoundHoweverItIsWritten(t *testing.T) {
	w := Withholding{Parts: []Withheld{{Text: "J. Kalniņ", Ground: PrivateLife}, {Text: "5 000 EUR", Ground: TradeSecret}, {Text: "(x.y)", Ground: PrivateLife}}}
	for s, want := range map[string]string{
		"Atbild J. Kalniņam.":                      "Atbild [izlaists (1)].",
		"J.\u00a0KALNIŅA un j.\nkalniņš":           "[izlaists (1)] un [izlaists (1)]",
		"J. Kalnin\u0327a":                         "[izlaists (1)]",
		"J. Kalns":                                 "J. Kalns",
		"Maksā 5\u00a0000\u00a0EUR gadā":           "Maksā [izlaists (2)] gadā",
		"15 000 EUR":                               "[izlaists (2)]", // more than needed rather than a part of a number
		"a(x.y)b, bet ne axzyb":                    "a[izlaists (1)]b, bet ne axzyb",
		"Nekas nav nolemts, \u010d un c\u030c ir.": "Nekas nav nolemts, \u010d un c\u030c ir.",
	} {
		if got := w.Text(locale.LV, s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

func TestAClauseGoesWithAllThatBelongsToIt(t *testing.T) {
	const s = "Ziņo: A. B.\nNolemj:\n1.1. Pirmais.\n1.2. Otrais.\nturpinās\n\nun vēl\n1.2.1. Apakšpunkts.\n1.3. Trešais.\nBalsojums: vienbalsīgi"
	got, found := withoutClause(s, "1.2.", "[mark]")
	if want := "Ziņo: A. B.\nNolemj:\n1.1. Pirmais.\n1.2. [mark]\n1.3. Trešais.\nBalsojums: vienbalsīgi"; !found || got != want {
		t.Errorf("got %q", got)
	}
	if _, found := withoutClause(s, "1.4.", "[mark]"); found {
		t.Error("a clause that is not there was found")
	}
	// Where it cannot be found, the whole text goes.
	w := Withholding{Parts: []Withheld{{Item: "a", Number: 1, Clause: 4, Ground: InternalUse}}}
	p := Part{Item: "a", Number: 1, Drafted: s}
	if got := w.part(locale.LV, nil, &p); strings.Contains(got, "Pirmais") {
		t.Errorf("got %q", got)
	}
}

// Without anything withheld the public version is the paper itself, and reducing
// a record takes nothing away that the paper says.
func TestTheReducedPaperLacksOnlyWhatIsWithheld(t *testing.T) {
	r := recorded(t)
	m := DraftFrom(r)
	whole := Document(locale.LV, r, m)
	same := PublicDocument(locale.LV, r, m, Withholding{})
	if len(same.Blocks) != len(whole.Blocks) || same.Title != whole.Title {
		t.Error("the public version is another paper")
	}
	public := PublicDocument(locale.LV, r, m, Withholding{Parts: []Withheld{{Text: "Nekur nav šo vārdu", Ground: PrivateLife}}})
	kept := slices.DeleteFunc(slices.Clone(public.Blocks), func(b document.Block) bool {
		n, ok := b.(document.Note)
		return ok && strings.HasPrefix(n.Text.String(), "Publiskojamā versija.")
	})
	if diff := cmp.Diff(kept, whole.Blocks); diff != "" || len(kept) == len(public.Blocks) {
		t.Errorf("more than the note differs (-got +want):\n%s", diff)
	}
}
