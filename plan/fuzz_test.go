package plan

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Whatever the text, reading it does not panic, and of a text that is read every
// line is in a text of the plan, without a place, or furniture.
func FuzzParseText(f *testing.F) {
	f.Add(string(realText))
	f.Add(sampleText)
	f.Add(strings.ReplaceAll(sampleText, "\n ", "\n\f"))
	f.Add(strings.Replace(sampleText, "2. \n", "2.\n2.\n7\n", 1))
	f.Add("%PDF-1.7")
	f.Fuzz(func(t *testing.T, text string) {
		p, unplaced, err := ParseText(strings.NewReader(text))
		if err != nil {
			told(t, err)
			return
		}
		left := map[int]bool{}
		for _, u := range unplaced {
			left[u.Line] = true
		}
		for i, l := range strings.Split(lineEnds.Replace(strings.TrimPrefix(text, "\ufeff")), "\n") {
			if l = strings.Join(strings.Fields(l), " "); l == "" || pageNumber.MatchString(l) {
				continue
			}
			if !left[i+1] && !piece(l) && !holds(p, l) {
				t.Errorf("line %d %q has vanished", i+1, l)
			}
		}
		if err := p.Validate(); err != nil {
			t.Errorf("the plan that was read is refused: %v", err)
		}
	})
}

// piece reports whether a line is furniture or a piece of it.
func piece(l string) bool {
	return approvedWord.MatchString(l) || signedMark.MatchString(l) ||
		slices.ContainsFunc([]string{tableHead, footnoteStamped}, func(s string) bool {
			return strings.Contains(compact(s), compact(l))
		})
}

// Whatever the bytes, reading them as JSON does not panic, and what is read comes
// back the same.
func FuzzParseJSON(f *testing.F) {
	f.Add(sampleJSON(f))
	f.Add(`{"revision":1,"title":"P","from":2024,"until":2024,"approved":"2024-01-31","measures":[{"number":1,"text":"M","tasks":[{"number":1,"text":"u"}],"results":null}]}`)
	f.Add(`{"title":"a","Title":"b"}`)
	f.Add(`[]`)
	f.Fuzz(func(t *testing.T, text string) {
		want, err := ParseJSON(strings.NewReader(text))
		if err != nil {
			told(t, err)
			return
		}
		var b strings.Builder
		if err := want.WriteJSON(&b); err != nil {
			t.Fatal(err)
		}
		got, err := ParseJSON(strings.NewReader(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("plan (-written +read):\n%s", diff)
		}
	})
}
