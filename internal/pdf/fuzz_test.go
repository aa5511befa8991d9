package pdf

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	. "padome/internal/document"
	"padome/internal/problem"
)

// FuzzRender puts a text in every place a document has: it is refused with a
// reason, or drawn whole.
func FuzzRender(f *testing.F) {
	for _, s := range []string{alphabet, "", " ", "\n", "a\u0304", "\u0304", "👍", "\xff", "\r\n", "(\\)", "{nb}", strings.Repeat("m", 3000), "a\u00a0b-c–d/e", "\x00\u200b"} {
		f.Add(s, uint8(3))
	}
	f.Fuzz(func(t *testing.T, s string, n uint8) {
		plain := Plain(s)
		d := paper(
			Masthead{Author: s, Name: s}, Dateline{Place: s, Number: s, Date: s}, Heading{Level: 1 + int(n)%6, Label: s, Text: s},
			Fields{Rows: []Field{{Label: s, Values: []Text{plain, plain}}}},
			List{Items: []Item{{Label: s, Text: plain, Items: []Item{{Label: "–", Text: plain}}}}},
			Table{Caption: s, Columns: []Column{{Head: s, Width: 1 + float64(n)}, {Head: "b", Width: 1}}, Rows: [][]Text{{plain, plain}}},
			Signatures{Signers: []Signer{{Role: s, Mark: s, Name: s}}, Footnote: s},
			Note{Text: plain}, Paragraph{Text: Text{{Text: s, Bold: true}, {Text: s}, {Text: s, Italic: true}}})
		d.Author, d.Subject, d.Reference = s, s, s
		raw, err := Render(t.Context(), d)
		if err != nil {
			if raw != nil || problem.KindOf(err) == "" {
				t.Fatalf("got %d bytes and %v, want a refusal with a reason", len(raw), err)
			}
			return
		}
		if !utf8.ValidString(s) {
			t.Fatal("a text that is not UTF-8 was drawn")
		}
		if got, want := read(t, raw).text(), strings.Repeat(norm.NFC.String(s), 3); !strings.HasSuffix(got, want) {
			t.Fatalf("the text ends with %q, want %q", got[max(0, len(got)-len(want)):], want)
		}
	})
}
