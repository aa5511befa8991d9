package text

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"padome/internal/problem"
)

// tidied is what a text becomes and what is said of it: "key name=value …".
func tidied(tidy func(*problem.List, string, *string, int, int), s string, least, most int) (string, []string) {
	var l problem.List
	tidy(&l, "title", &s, least, most)
	e, ok := errors.AsType[*problem.Error](l.Err())
	if !ok {
		return s, nil
	}
	var faults []string
	for _, f := range e.Fields {
		fault := f.Key
		for _, name := range slices.Sorted(maps.Keys(f.Args)) {
			fault += fmt.Sprintf(" %s=%s", name, f.Args[name])
		}
		faults = append(faults, fault)
	}
	return s, faults
}

func TestLineTidies(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"white space at the ends and in rows", "  Par  plānu\t2024\r\n ", "Par plānu 2024"},
		{"letters written in two characters", "Ba\u0304rdis s\u030c", "Bārdis š"},
		{"but keeps a no-break space", "J.\u00a0Āboliņš", "J.\u00a0Āboliņš"},
		{"and leaves a good text alone", "„Par” – 1. §, 50 % un 3 €", "„Par” – 1. §, 50 % un 3 €"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, faults := tidied(Line, tt.in, 1, 100)
			if got != tt.want || faults != nil {
				t.Errorf("%q, faults %q; want %q", got, faults, tt.want)
			}
		})
	}
}

func TestBlockKeepsParagraphs(t *testing.T) {
	got, faults := tidied(Block, "\r\nPirmā\trinda\r\n\r\notrā\rtrešā  \n", 1, 100)
	if want := "Pirmā rinda\n\notrā\ntrešā"; got != want || faults != nil {
		t.Errorf("%q, faults %q; want %q", got, faults, want)
	}
}

func TestRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, in    string
		least, most int
		want        []string
	}{
		{"nothing where a text is needed", " \t\u00a0 ", 1, 10, []string{"problem.text.missing"}},
		{"too little", "ā", 2, 10, []string{"problem.text.short least=2 length=1"}},
		{"too much, counted in characters", "āčēģ", 1, 3, []string{"problem.text.long length=4 most=3"}},
		{"broken UTF-8", "a\xffb", 1, 10, []string{"problem.text.encoding"}},
		{"an emoji", "āā 🎉", 1, 10, []string{"problem.text.character character=🎉 (U+1F389) position=4"}},
		{"a control character", "a\x00", 1, 10, []string{"problem.text.character character=U+0000 position=2"}},
		{"a zero-width space", "a\u200bb", 1, 10, []string{"problem.text.character character=U+200B position=2"}},
		{"text turned right to left", "a\u202eb", 1, 10, []string{"problem.text.character character=U+202E position=2"}},
		{"a soft hyphen", "a\u00adb", 1, 10, []string{"problem.text.character character=U+00AD position=2"}},
		{"an accent on nothing", "x\u0301", 1, 10, []string{"problem.text.character character=U+0301 position=2"}},
		{"two faults at once", "abc\u2028d", 1, 3, []string{"problem.text.long length=5 most=3", "problem.text.character character=U+2028 position=4"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, got := tidied(Line, tt.in, tt.least, tt.most); !cmp.Equal(tt.want, got) {
				t.Errorf("line (-want +got):\n%s", cmp.Diff(tt.want, got))
			}
			if _, got := tidied(Block, tt.in, tt.least, tt.most); !cmp.Equal(tt.want, got) {
				t.Errorf("block (-want +got):\n%s", cmp.Diff(tt.want, got))
			}
		})
	}
}

func TestPositionInABlockCountsLineEnds(t *testing.T) {
	_, got := tidied(Block, "ab\r\nc\u200b", 1, 10)
	if want := []string{"problem.text.character character=U+200B position=5"}; !cmp.Equal(want, got) {
		t.Errorf("(-want +got):\n%s", cmp.Diff(want, got))
	}
}

func TestPrintable(t *testing.T) {
	for _, r := range "aĀčĒģĪķļņŌŗšŪžŽ„”“’–—…€§№ ΩжЇ\u00a0½" {
		if !Printable(r) {
			t.Errorf("%q is refused", r)
		}
	}
	for r := range unicode.MaxRune {
		if Printable(r) && (!unicode.IsGraphic(r) || unicode.Is(unicode.M, r)) {
			t.Errorf("%U can be printed", r)
		}
	}
}

// Whatever comes in, what is accepted is in one form, and tidying it again
// changes nothing.
func FuzzTidy(f *testing.F) {
	for _, s := range []string{"", "Par  plānu", "a\u0304\r\n\tb", "\u00a0", "\xff", "🎉", "\u1e9b\u0323", "\u212b", "\r\r\n", "\u2000x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, tidy := range map[string]func(*problem.List, string, *string, int, int){"line": Line, "block": Block} {
			once, faults := tidied(tidy, s, 1, 1000)
			if faults != nil {
				continue
			}
			again, faults := tidied(tidy, once, 1, 1000)
			if again != once || faults != nil {
				t.Errorf("%s %q becomes %q, then %q with faults %q", name, s, once, again, faults)
			}
			if !utf8.ValidString(once) || !norm.NFC.IsNormalString(once) || strings.TrimSpace(once) != once || once == "" {
				t.Errorf("%s %q is accepted as %q", name, s, once)
			}
			if at := strings.IndexFunc(once, func(r rune) bool { return !Printable(r) && r != '\n' }); at >= 0 || name == "line" && strings.Contains(once, "\n") {
				t.Errorf("%s %q holds what cannot be printed", name, once)
			}
		}
	})
}
