package search_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/internal/search"
)

// forms are words of the council's work, each in forms that are one term.
var forms = []string{
	"sēde sēdes sēdi sēdē sēdei sēdēs sēžu sēdēm SĒDE sede",
	"lēmums lēmuma lēmumu lēmumam lēmumā lēmumi lēmumiem lēmumus lēmumos",
	"biedrība biedrības biedrību biedrībām biedrībai biedrībās",
	"protokols protokola protokolu protokolam protokolā protokoli protokolos",
	"padome padomes padomei padomē padomju padomi",
	"ministrija ministrijas ministriju ministrijai ministrijām",
	"valsts valstī valsti valstij valstu valstīm",
	"termiņš termiņa termiņu termiņi termiņiem",
	"pasākums pasākuma pasākumu pasākumi",
	"uzdevums uzdevuma uzdevumu uzdevumi",
	"mērķis mērķa mērķim mērķi mērķu mērķiem",
	"dati datu datiem datus datos",
	"gads gada gadu gadam gadā gadi gados",
	"viedoklis viedokļa viedokli viedokļi viedokļus",
	"latvietis latvieša latvieši latviešu latviešiem",
	"atbildīgais atbildīgā atbildīgo atbildīgajam atbildīgajai atbildīgajiem",
	"priekšlikums priekšlikuma priekšlikumu priekšlikumi",
	"finansējums finansējuma finansējumu finansējumam",
	"līdzdalība līdzdalības līdzdalībai līdzdalību",
	"sadarbošanās sadarbošanos",
	"zeme zemes zemju zemi",
	"deputāts deputāta deputātu deputāti deputātiem",
	"session sessions", "decision decisions", "policy policies", "minute minutes", "agenda agendas",
}

func TestAllFormsOfAWordAreOneTerm(t *testing.T) {
	of := map[string]string{}
	for _, line := range forms {
		words := strings.Fields(line)
		term := search.Terms(words[0])
		for _, w := range words {
			if diff := cmp.Diff(term, search.Terms(w)); diff != "" {
				t.Errorf("%s and %s:\n%s", words[0], w, diff)
			}
		}
		if other := of[term[0]]; other != "" {
			t.Errorf("%s and %s are both %q", other, words[0], term[0])
		}
		of[term[0]] = words[0]
	}
}

func TestShortAndSmallWords(t *testing.T) {
	for query, want := range map[string][]string{
		"NVO un MK": {"nvo", "mk"}, "un par uz": nil, "8.2. P8": {"8", "2", "p8"}, "": nil,
		"anna.berzina@example.lv, sēde": {"sez"}, "— … !": nil, "sēde sēdes": {"sez"},
	} {
		if diff := cmp.Diff(want, search.Terms(query)); diff != "" {
			t.Errorf("%q:\n%s", query, diff)
		}
	}
}

func TestFoldingTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := search.Fold(rapid.String().Draw(t, "text"))
		if twice := search.Fold(once); twice != once {
			t.Fatalf("%q becomes %q", once, twice)
		}
	})
}

// TestAnyTextHasWordsInIt: no bytes make the search fall over, and what it finds
// in a text stands there, in order.
func TestAnyTextHasWordsInIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "text")
		last := 0
		for _, w := range search.Words(text) {
			if w.From < last || w.To <= w.From || w.To > len(text) || w.Term == "" || len(w.Term) > 48 {
				t.Fatalf("word %+v of %q", w, text)
			}
			last = w.To
		}
		if terms := search.Terms(text); len(terms) > search.MaxTerms {
			t.Fatalf("%d terms", len(terms))
		}
	})
}

func TestAMarkedTextIsTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		terms := search.Terms(text)
		if got := joined(search.Marked(text, terms)); got != text {
			t.Fatalf("%q became %q", text, got)
		}
		most := rapid.IntRange(1, 80).Draw(t, "most")
		excerpt := joined(search.Excerpt(text, terms, most))
		if n := utf8.RuneCountInString(excerpt); n > most+4 || !utf8.ValidString(excerpt) {
			t.Fatalf("%d characters of at most %d: %q", n, most, excerpt)
		}
	})
}

func TestAnExcerptStandsAroundTheFirstWordFound(t *testing.T) {
	text := strings.Repeat("ievads ", 40) + "Padome nolēma atbalstīt biedrību priekšlikumu. " + strings.Repeat("beigas ", 40)
	got := search.Excerpt(text, search.Terms("biedrība"), 90)
	want := []search.Piece{{Text: "… "}, {Text: "Padome nolēma atbalstīt "}, {Text: "biedrību", Hit: true},
		{Text: " priekšlikumu. beigas beigas beigas beigas beigas beigas"}, {Text: " …"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAddressesGo(t *testing.T) {
	got := search.WithoutAddresses("Rakstīt: anna@example.lv, tālr. 2\notrā rinda")
	if got != "Rakstīt: tālr. 2\notrā rinda" {
		t.Errorf("got %q", got)
	}
	if slices.Contains(search.Terms("<anna@example.lv>"), "anna") {
		t.Error("a word of an address is found")
	}
}

func joined(pieces []search.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Text)
	}
	return b.String()
}
