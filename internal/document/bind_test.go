package document

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWhatBelongsTogetherIsBound(t *testing.T) {
	for s, want := range map[string]string{
		"2024. gada 5. jūnijā":          "2024.~gada 5.~jūnijā",
		"līdz 2024. gada 5. jūnijam":    "līdz 2024.~gada 5.~jūnijam",
		"protokols Nr. 3":               "protokols Nr.~3",
		"2 (4)":                         "2~(4)",
		"2 (četri)":                     "2 (četri)",
		"J. Ozoliņš – vadītājs":         "J.~Ozoliņš~– vadītājs",
		"Dz. Bērza, A. B. Paraugs":      "Dz.~Bērza, A.~B.~Paraugs",
		"plkst. 11.00, uz 3 lp.":        "plkst.~11.00, uz 3~lp.",
		"1 234 567,5 eiro":              "1~234~567,5~eiro",
		"2.1. Apstiprināt 1. jautājumu": "2.1. Apstiprināt 1.~jautājumu",
		"Minutes No. 3 of 5 June 2024":  "Minutes No.~3 of 5 June 2024",
		"Nr.  3":                        "Nr.  3",
		" Nr. 3\nNr. 4 ":                " Nr.~3\nNr.~4 ",
		"Nr.~3":                         "Nr.~3",
		"nekas":                         "nekas",
		"":                              "",
	} {
		want = strings.ReplaceAll(want, "~", noBreak)
		if got := Bind(strings.ReplaceAll(s, "~", noBreak)); got != want {
			t.Errorf("%q is bound as %q, want %q", s, got, want)
		}
	}
}

// Styles do not part what belongs together, nor does binding move them.
func TestStylesAreBoundAcross(t *testing.T) {
	got := Text{{Text: "Protokols Nr. ", Bold: true}, {Text: "3"}, {Text: ", A."}, {Text: " Ozols", Italic: true}}.Bound()
	want := Text{{Text: "Protokols Nr." + noBreak, Bold: true}, {Text: "3"}, {Text: ", A."}, {Text: noBreak + "Ozols", Italic: true}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

// A browser that ends lines at ordinary spaces alone ends them where the PDF does.
func TestLinesOfOthersEndWhereOursDo(t *testing.T) {
	words := rapid.SampledFrom([]string{"2024.", "gada", "5.", "jūnijā", "Nr.", "3", "A.", "Ozols", "–", "(4)", "123", "lp.", "„A.", "\n", "", "x"})
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(words).Draw(t, "words"), " ")
		bound := Bind(s)
		if strings.ReplaceAll(bound, noBreak, " ") != s {
			t.Fatalf("%q became %q", s, bound)
		}
		var ours []int
		at := 0
		for piece := range Pieces(s) {
			at += len([]rune(piece))
			if strings.HasSuffix(piece, " ") {
				ours = append(ours, at)
			}
		}
		if again := Bind(bound); again != bound {
			t.Fatalf("bound twice %q is %q", bound, again)
		}
		var theirs []int
		runes := []rune(bound)
		for i, r := range runes {
			if r == ' ' && i+1 < len(runes) && runes[i+1] != ' ' && runes[i+1] != '\n' {
				theirs = append(theirs, i+1)
			}
		}
		ours = slices.DeleteFunc(ours, func(n int) bool { return n == len(runes) })
		if !slices.Equal(ours, theirs) {
			t.Fatalf("%q ends lines at %v, ours at %v", bound, theirs, ours)
		}
	})
}

// Each form of a paper whose lines others break holds it together.
func TestPagesAreBound(t *testing.T) {
	const said = "2024. gada 5. jūnijā Nr. 3, 2 (4), A. Ozols"
	d := aPaper(Masthead{Author: said, Name: said}, Dateline{Place: "Rīgā", Number: said, Date: said}, Heading{Level: 1, Label: "1.", Text: said},
		Paragraph{Text: Text{{Text: said, Bold: true}}}, Note{Text: Plain(said)}, Fields{Rows: []Field{{Label: said, Values: Texts(said)}}},
		List{Items: []Item{{Label: "1.1.", Text: Plain(said)}}}, Table{Caption: said, Columns: []Column{{Head: said, Width: 1}}, Rows: [][]Text{Texts(said)}},
		Signatures{Signers: []Signer{{Role: said, Mark: "(paraksts*)", Name: said}}, Footnote: said})
	for name, page := range map[string]string{"a page of its own": HTML(d), "a part of a page": Fragment(d, 3)} {
		if n := strings.Count(page, Bind(said)); n != 16 || strings.Contains(page, said) {
			t.Errorf("%s has it bound %d times:\n%s", name, n, page)
		}
	}
}
