package document

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

var tags = regexp.MustCompile(`<[^>]*>`)

// What a page shows of a document is word for word what a page of its own shows.
func TestAFragmentSaysWhatTheWholePageSays(t *testing.T) {
	d := Document{Lang: "lv", Title: "Protokols", Draft: true, DraftMark: "PROJEKTS", Blocks: Blocks{
		Masthead{Author: "PADOMES SĒDES", Name: "PROTOKOLS"},
		Dateline{Place: "Rīgā", Number: "Nr. 1", Date: "2024. gada 31. janvārī"},
		Heading{Level: 1, Label: "1.", Text: "Par <darbu> & „plānu”"},
		Paragraph{Text: Text{{Text: "Nolemj:", Bold: true}}},
		List{Ordered: true, Items: []Item{{Label: "1.1.", Text: Plain("Apstiprināt.")}}},
		Signatures{Signers: []Signer{{Role: "Sēdes vadītājs", Name: "J. Ozols"}}},
	}}
	words := func(s string) string {
		return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(s, " "))), " ")
	}
	_, whole, _ := strings.Cut(HTML(d), "<main>")
	got := Fragment(d, 3)
	if words(got) != words(whole) {
		t.Errorf("got\n%s\nwant\n%s", words(got), words(whole))
	}
	for _, want := range []string{"<h3>PROTOKOLS</h3>", "<h4>1. Par &lt;darbu&gt; &amp; „plānu”</h4>"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s lacks %s", got, want)
		}
	}
	if strings.Contains(got, "<style") || strings.Contains(got, "<h1") {
		t.Error("the fragment has a style or a first heading of its own")
	}
}
