package document

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func aPaper(blocks ...Block) Document {
	return Document{Lang: "lv", Title: "Novērtējums", Author: "Padome", Created: time.Date(2024, 12, 31, 12, 0, 0, 0, time.UTC), Blocks: blocks}
}

func TestHTMLSaysWhatThingsAre(t *testing.T) {
	got := HTML(aPaper(
		Masthead{Author: "PADOME", Name: "NOVĒRTĒJUMS"},
		Dateline{Place: "Rīgā", Date: "2024. gada 31. decembrī"},
		Fields{Rows: []Field{{Label: "Sēdes", Values: Texts("3", "no 4")}}},
		Heading{Level: 1, Label: "1.", Text: "Pasākums"},
		Table{Caption: "Uzdevumi", RowHeaders: true, Columns: []Column{{Head: "Nr.", Width: 1}, {Head: "Teksts", Width: 3}},
			Rows: [][]Text{Texts("1.1.", "Dati\nun secinājumi")}},
		Heading{Level: 2, Text: "Secinājumi"},
		List{Items: []Item{{Label: "–", Text: Plain("Viens"), Items: []Item{{Label: "1.", Text: Plain("Zem tā")}}}}},
		Paragraph{Text: Text{{Text: "Stipri", Bold: true}, {Text: " un slīpi", Italic: true}}},
		Note{Text: Plain("Sīkāk")},
		Signatures{Signers: []Signer{{Role: "Vadītājs", Name: "A. Ozols"}}, Footnote: "* paraksts"},
	))
	for _, want := range []string{
		`<html lang="lv">`, "<title>Novērtējums</title>", "<h1>NOVĒRTĒJUMS</h1>", "<h2>1. Pasākums</h2>", "<h3>Secinājumi</h3>",
		"<dt>Sēdes</dt>\n<dd>3</dd>\n<dd>no 4</dd>", "<caption>Uzdevumi</caption>", `<th scope="col">Nr.</th>`,
		`<th scope="row">1.1.</th><td>Dati<br>un secinājumi</td>`,
		"<li><span class=\"label\">–</span> Viens\n<ul role=\"list\">\n<li><span class=\"label\">1.</span> Zem tā</li>",
		"<strong>Stipri</strong><em> un slīpi</em>", `<p class="note">Sīkāk</p>`, "<span>Vadītājs</span> <span>A.\u00a0Ozols</span>",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("nothing of %q in\n%s", want, got)
		}
	}
	if strings.Count(got, "<h1>") != 1 {
		t.Error("there is not one title")
	}
}

func TestHTMLOfADraftSaysSoAndHasATitle(t *testing.T) {
	d := aPaper(Paragraph{Text: Plain("Teksts")})
	d.Draft, d.DraftMark = true, "PROJEKTS"
	if got := HTML(d); !strings.Contains(got, `<p class="draft">PROJEKTS</p>`) || !strings.Contains(got, "<h1>Novērtējums</h1>") {
		t.Error(got)
	}
}

// Whatever a text says, it stays a text: the page keeps its elements, and what a
// reader sees is what was written.
func TestHTMLEscapesEveryText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune(`<>&"'/=aā`))).Draw(t, "text")
		got := HTML(aPaper(Heading{Level: 1, Text: "x" + s}, Paragraph{Text: Plain(s)},
			Table{Columns: []Column{{Head: s, Width: 1}}, Rows: [][]Text{Texts(s)}}, List{Items: []Item{{Label: s, Text: Plain(s)}}},
			Fields{Rows: []Field{{Label: s, Values: Texts(s)}}}))
		_, body, _ := strings.Cut(got, "<main>")
		body, _, _ = strings.Cut(body, "</main>")
		dec := xml.NewDecoder(strings.NewReader("<main>" + body + "</main>"))
		var said strings.Builder
		elements := 0
		for {
			token, err := dec.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%v in\n%s", err, body)
			}
			switch x := token.(type) {
			case xml.StartElement:
				elements++
			case xml.CharData:
				said.Write(x)
			}
		}
		want := 17
		if s == "" {
			want-- // the entry of the list has no label then
		}
		if elements != want || strings.Count(said.String(), s) < 6 && s != "" {
			t.Fatalf("%d elements, text %q, of %q", elements, said.String(), s)
		}
	})
}

func TestTheStyleIsTheOneThatIsAllowed(t *testing.T) {
	if s := StyleSource(); !strings.HasPrefix(s, "'sha256-") || !strings.HasSuffix(s, "='") {
		t.Errorf("source %s", s)
	}
	if got := HTML(aPaper(Paragraph{})); strings.Count(got, "<style>") != 1 || strings.Contains(got, "style=") || strings.Contains(got, "<script") {
		t.Error("the page has another style than that, or runs something")
	}
}

func TestAJustifiedDocumentIsJustifiedOnPages(t *testing.T) {
	d := aPaper(Paragraph{Text: Plain("Viens.")})
	if got := HTML(d) + Fragment(d, 3); strings.Contains(got, `class="justified"`) {
		t.Error("a ragged document is justified")
	}
	d.Justified = true
	if got := HTML(d); !strings.Contains(got, `<main class="justified">`) {
		t.Errorf("the page says %.600s", got)
	}
	if got := Fragment(d, 3); !strings.HasPrefix(got, `<div class="justified">`) || !strings.HasSuffix(got, "</div>\n") {
		t.Errorf("the part of a page says %.600s", got)
	}
}
