package document_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "padome/internal/document"
)

// Every text of every block goes through fn: none of the letters of the document
// is left, and with a fn that changes nothing it is the same.
func TestEveryTextIsRewritten(t *testing.T) {
	d := minutes()
	if diff := cmp.Diff(Rewritten(d, func(s string) string { return s }), d); diff != "" {
		t.Errorf("changed by nothing (-got +want):\n%s", diff)
	}
	raw, err := json.Marshal(Rewritten(d, func(s string) string { return strings.Repeat("#", min(len(s), 1)) }).Blocks)
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, word := range strings.FieldsFunc(PlainText(d), func(r rune) bool { return !('A' <= r && r <= 'z' || r > 127) }) {
		if len(word) > 3 && strings.Contains(string(raw), word) && !strings.Contains("tableheadingnotefieldsparagraphlist", word) {
			got = append(got, word)
		}
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("left as they were:\n%s", diff)
	}
	if before, _ := json.Marshal(d); strings.Contains(string(before), `"text":"#"`) {
		t.Error("the document itself was changed")
	}
}

// What only the whole of a text shows is rewritten too.
func TestATextIsRewrittenAcrossItsStyles(t *testing.T) {
	d := Document{Blocks: Blocks{Paragraph{Text: Text{{Text: "Jānis ", Bold: true}, {Text: "Ozols"}, {Text: " runā"}}}}}
	got := Rewritten(d, func(s string) string { return strings.ReplaceAll(s, "Jānis Ozols", "[x]") })
	if want := (Blocks{Paragraph{Text: Plain("[x] runā")}}); cmp.Diff(got.Blocks, want) != "" {
		t.Errorf("got %v", got.Blocks)
	}
}
