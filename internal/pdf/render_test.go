package pdf

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	. "padome/internal/document"
	"padome/internal/problem"
	"padome/internal/tooltest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// paper is a document of some blocks.
func paper(blocks ...Block) Document {
	return Document{Lang: "lv", Title: "Pārbaude", Created: time.Date(2024, 1, 31, 9, 0, 0, 0, time.UTC), Blocks: blocks}
}

func rendered(t testing.TB, d Document) []byte {
	t.Helper()
	raw, err := Render(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestMinutesLookAsAgreed(t *testing.T) {
	f := read(t, rendered(t, minutes(fivePages)))
	if got, want := len(f.pages), 5; got != want {
		t.Errorf("got %d pages, want %d", got, want)
	}
	var b strings.Builder
	for i, p := range f.pages {
		fmt.Fprintf(&b, "=== %d\n%s\n", i+1, strings.Join(p.lines(), "\n"))
	}
	got := strings.ReplaceAll(b.String(), " \n", "·\n") // the space that ends a wrapped line
	const file = "testdata/minutes.txt"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(got, string(want)); d != "" {
		t.Errorf("%s differs (-got +want):\n%s", file, d)
	}
}

const alphabet = "Aa Āā Bb Cc Čč Dd Ee Ēē Ff Gg Ģģ Hh Ii Īī Jj Kk Ķķ Ll Ļļ Mm Nn Ņņ Oo Pp Rr Ss Šš Tt Uu Ūū Vv Zz Žž Ōō Ŗŗ „citāts” “quote” – — … € № § (1) \\"

func TestTextComesBackExactly(t *testing.T) {
	long := strings.Repeat("Glāžšķūņa rūķīši dzērumā čiepj Baha koncertflīģeļu vākus 2024.\u00a0gada 31.\u00a0janvārī, kopā ar A.\u00a0Paraugu. ", 80)
	f := read(t, rendered(t, paper(
		Paragraph{Text: Plain(alphabet)},
		Paragraph{Text: Text{{Text: alphabet, Bold: true}, {Text: alphabet, Italic: true}}},
		Paragraph{Text: Plain(strings.TrimSpace(long))},
		Paragraph{Text: Plain("A\u0304boli\u0146i")},
	)))
	if got, want := f.text(), alphabet+alphabet+alphabet+strings.TrimSpace(long)+"Āboliņi"; got != want {
		t.Errorf("text differs (-got +want):\n%s", cmp.Diff(got, want))
	}
	for i, p := range f.pages {
		for _, l := range p.body().lines() {
			if strings.HasSuffix(l, "\u00a0") || strings.HasSuffix(l, "2024.") || strings.HasSuffix(l, "A.") {
				t.Errorf("page %d breaks a line at a no-break space: %q", i+1, l)
			}
		}
	}
}

// asked gives a file to a program that others use, and is what it says of it.
// The test is left out where the program is not installed, but not under CI.
func asked(t *testing.T, raw []byte, program string, args ...string) string {
	t.Helper()
	var complaints bytes.Buffer
	cmd := exec.CommandContext(t.Context(), tooltest.Find(t, program), args...)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(raw), &complaints
	out, err := cmd.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("%s: %v\n%s", program, err, &complaints)
	}
	return string(out)
}

func TestQpdfFindsTheFileWhole(t *testing.T) {
	file := filepath.Join(t.TempDir(), "every.pdf")
	if err := os.WriteFile(file, rendered(t, everyKind(fivePages, 60)), 0o600); err != nil {
		t.Fatal(err)
	}
	if said := asked(t, nil, "qpdf", "--check", file); !strings.Contains(said, "No syntax or stream encoding errors found") {
		t.Errorf("qpdf says %s", said)
	}
}

func TestPopplerReadsTheStructure(t *testing.T) {
	said := strings.Join(strings.Fields(asked(t, rendered(t, everyKind(1, 3)), "pdfinfo", "-struct-text", "-")), " ")
	for _, part := range []string{
		`H1 (block) "PROTOKOLS"`, `Lbl (block) "Sēdi vada" LBody (block) P (block) "Memoranda padomes vadītājs,`,
		`H2 (block) "1. Par iepriekšējās sēdes protokola un šīs sēdes darba kārtības apstiprināšanu"`,
		`TH: /Scope /Column "Termiņš"`, `TH: /Scope /Row "1."`,
		`Lbl (block) "1." LBody (block) P (block) "Viens" L (block): /ListNumbering /Decimal LI (block) Lbl (block) "1.1."`,
	} {
		if !strings.Contains(said, part) {
			t.Errorf("pdfinfo does not give %s in %.9000s", part, said)
		}
	}
}

// TestPopplerReadsTheSameWords holds our reader to one that others use.
func TestPopplerReadsTheSameWords(t *testing.T) {
	raw := rendered(t, minutes(fivePages))
	out := asked(t, raw, "pdftotext", "-raw", "-enc", "UTF-8", "-", "-")
	var want []string
	for _, p := range read(t, raw).pages {
		want = append(want, strings.ReplaceAll(strings.Join(p.lines(), " "), "|", ""))
	}
	if d := cmp.Diff(strings.Fields(out), strings.Fields(strings.Join(want, " "))); d != "" {
		t.Errorf("words differ (-pdftotext +reader):\n%s", d)
	}
	// To poppler a no-break space is a space; that it is kept, our reader shows.
	for _, phrase := range []string{"A. Paraugs", "2024. gada 31. janvārī", "(2022.–2025. gadā)", "nodibinājums „Žēlastības tilts”", "– 12, pret – nav"} {
		if !strings.Contains(out, phrase) {
			t.Errorf("pdftotext does not give %q", phrase)
		}
	}
}

func TestPageForm(t *testing.T) {
	d := minutes(fivePages)
	f := read(t, rendered(t, d))
	const slack = 0.02
	for i, p := range f.pages {
		margins := map[string]drawn{}
		for _, r := range p {
			if r.y < top || r.y > bottom {
				margins[r.text] = r
				continue
			}
			if end := r.x + r.ink(); r.x < left-slack || end > right+slack {
				t.Errorf("page %d: %q runs from %.2f to %.2f, the text area from %.2f to %.2f", i+1, r.text, r.x, end, left, right)
			}
			if r.y-r.size*ascent < top-slack || r.y+r.size*descent > bottom+slack {
				t.Errorf("page %d: %q stands at %.2f, outside the text area", i+1, r.text, r.y)
			}
		}
		number := fmt.Sprintf("%d (%d)", i+1, len(f.pages))
		if n, ok := margins[number]; ok != (i > 0) {
			t.Errorf("page %d: number shown is %v", i+1, ok)
		} else if middle := n.x + n.width/2; ok && abs(middle-(left+right)/2) > 0.1 {
			t.Errorf("page %d: the number stands at %.2f", i+1, middle)
		}
		if mark, ok := margins["PROJEKTS"]; !ok || abs(mark.x+mark.width-right) > slack {
			t.Errorf("page %d: draft mark %+v", i+1, mark)
		}
		if _, ok := margins[d.Reference]; !ok {
			t.Errorf("page %d: no reference at the foot", i+1)
		}
	}
	d.Draft = false
	if raw := rendered(t, d); strings.Contains(fmt.Sprint(read(t, raw).pages), "PROJEKTS") {
		t.Error("PROJEKTS stands on what is no draft")
	}
}

func TestFileSaysWhatItIs(t *testing.T) {
	d := minutes(2)
	d.Blocks = append(d.Blocks, Heading{Level: 3, Text: "Dziļi"}, Heading{Level: 5, Text: "Dziļāk (a\\b)"}, Heading{Level: 2, Text: "Augstāk"}, Note{Text: Plain("beigas")})
	raw := rendered(t, d)
	f := read(t, raw)
	want := map[string]string{"Title": d.Title, "Author": d.Author, "Subject": d.Subject, "Creator": "Padome", "Producer": "Padome"}
	if d := cmp.Diff(f.info, want); d != "" {
		t.Errorf("properties differ (-got +want):\n%s", d)
	}
	if want := "/Lang (lv)"; !strings.Contains(f.catalog, want) {
		t.Errorf("the catalog has no %s: %s", want, f.catalog)
	}
	if want := "/CreationDate (D:20240205143000+02'00')"; !bytes.Contains(raw, []byte(want)) {
		t.Errorf("no %s", want)
	}
	if want := regexp.MustCompile(`/ID \[<([0-9A-F]{32})> <([0-9A-F]{32})>\]`); !want.Match(raw) {
		t.Error("no identifier")
	}
	outlines := []readOutline{
		{"1. " + subjects[0], 0, 1}, {"2. " + subjects[1], 0, 2},
		{"Dziļi", 1, 3}, {"Dziļāk (a\\b)", 2, 3}, {"Augstāk", 1, 3},
	}
	if d := cmp.Diff(f.outlines, outlines, cmp.AllowUnexported(readOutline{})); d != "" {
		t.Errorf("bookmarks differ (-got +want):\n%s", d)
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	want := rendered(t, minutes(fivePages))
	const times = 8
	got := make([][]byte, times)
	errs := make([]error, times)
	var group sync.WaitGroup
	for i := range times {
		group.Go(func() {
			if i%2 == 1 { // something else at the same time
				_, errs[i] = Render(t.Context(), minutes(1))
				got[i] = want
				return
			}
			got[i], errs[i] = Render(t.Context(), minutes(fivePages))
		})
	}
	group.Wait()
	for i := range times {
		if errs[i] != nil {
			t.Fatal(errs[i])
		}
		if !bytes.Equal(got[i], want) {
			t.Errorf("rendering %d has other bytes", i)
		}
	}
	other := minutes(fivePages)
	other.Created = other.Created.Add(time.Hour)
	if bytes.Equal(rendered(t, other), want) {
		t.Error("another time of creation gives the same bytes")
	}
}

func TestWhatCannotBeDrawnIsRefused(t *testing.T) {
	for name, s := range map[string]string{
		"emoji": "Labi 👍", "control": "a\x07b", "zero width": "a\u200bb", "right to left": "a\u202eb", "beyond the font": "漢字", "NUL": "\x00",
	} {
		t.Run(name, func(t *testing.T) {
			raw, err := Render(t.Context(), paper(Heading{Level: 1, Text: "Labs"}, Paragraph{Text: Plain(s)}))
			if raw != nil || problem.KindOf(err) != problem.Invalid || !strings.Contains(fmt.Sprint(err), "blocks[1].text: problem.document.character (block=2") {
				t.Errorf("got %d bytes and %v, want a refusal that names block 2", len(raw), err)
			}
		})
	}
	t.Run("a document with nothing in it", func(t *testing.T) {
		for _, d := range []Document{paper(), paper(List{}, Signatures{})} {
			if raw, err := Render(t.Context(), d); raw != nil || problem.KindOf(err) != problem.Invalid {
				t.Errorf("got %d bytes and %v", len(raw), err)
			}
		}
	})
	t.Run("more pages than there is memory for", func(t *testing.T) {
		raw, err := Render(t.Context(), paper(Paragraph{Text: Plain(strings.Repeat("a\n", 100_000))}))
		if raw != nil || problem.KindOf(err) != problem.TooLarge {
			t.Errorf("got %d bytes and %v", len(raw), err)
		}
	})
}

// TestFailureIsAnErrorNotAFile goes round the first check, to the ones behind.
func TestFailureIsAnErrorNotAFile(t *testing.T) {
	t.Run("a character without a glyph", func(t *testing.T) {
		raw, _, err := render(t.Context(), paper(Paragraph{Text: Plain("☃")}), Extra{})
		if raw != nil || err == nil || !strings.Contains(err.Error(), "U+2603") {
			t.Errorf("got %d bytes and %v", len(raw), err)
		}
	})
	t.Run("a panic", func(t *testing.T) {
		raw, _, err := render(t.Context(), paper(Table{Columns: []Column{{Head: "a", Width: 1}}, Rows: [][]Text{Texts("1", "2")}}), Extra{})
		if raw != nil || err == nil || !strings.Contains(err.Error(), "drawing stopped") {
			t.Errorf("got %d bytes and %v", len(raw), err)
		}
	})
	t.Run("given up", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if raw, err := Render(ctx, minutes(1)); raw != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("got %d bytes and %v", len(raw), err)
		}
	})
	t.Run("a file of fpdf's that is cut off", func(t *testing.T) {
		faces, err := loadFaces()
		if err != nil {
			t.Fatal(err)
		}
		c := newCanvas(faces)
		pages, err := draw(t.Context(), c, minutes(1), Extra{})
		if err != nil {
			t.Fatal(err)
		}
		raw, err := c.bytes()
		if err != nil {
			t.Fatal(err)
		}
		for n := 0; n < len(raw)-10; n += 97 {
			if out, err := finish(raw[:n], minutes(1), Extra{}, c, pages); err == nil {
				t.Fatalf("cut to %d of %d bytes it became a file of %d", n, len(raw), len(out))
			}
		}
		if _, err := finish(raw, minutes(1), Extra{}, c, pages+1); err == nil {
			t.Error("a page is missing and nobody noticed")
		}
	})
}
