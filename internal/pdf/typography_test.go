package pdf

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	. "padome/internal/document"
)

// A typographic rule: a paper that so many lines before it push to break the rule,
// what is wrong with its pages as they were drawn, and the paper laid out by
// somebody who does not know the rule.
type typographicRule struct {
	paper   func(lines int) Document
	faults  func(f *readFile) []string
	without func(l *layout)
}

// anyBreak lets pages end wherever they are full.
func anyBreak(l *layout) {
	for i := range l.strips {
		l.strips[i].after = free
	}
}

func after(lines int, blocks ...Block) Document {
	return paper(append([]Block{Paragraph{Text: Plain(strings.TrimSuffix(strings.Repeat("rinda\n", lines), "\n"))}}, blocks...)...)
}

func ends(line string) func(f *readFile) []string {
	return func(f *readFile) (faults []string) {
		for i, p := range f.pages {
			if lines := p.body().lines(); strings.HasPrefix(lines[len(lines)-1], line) {
				faults = append(faults, fmt.Sprintf("page %d ends with %q", i+1, lines[len(lines)-1]))
			}
		}
		return faults
	}
}

// alone lists pages with fewer lines of a text than may be parted from the rest.
func alone(text string, least int) func(f *readFile) []string {
	return func(f *readFile) (faults []string) {
		counts := make([]int, len(f.pages))
		parts := 0
		for i, p := range f.pages {
			for _, l := range p.body().lines() {
				if strings.HasPrefix(l, text) {
					counts[i]++
				}
			}
			parts += min(counts[i], 1)
		}
		for i, n := range counts {
			if parts > 1 && n > 0 && n < least {
				faults = append(faults, fmt.Sprintf("page %d has %d lines of %q, parted from the others", i+1, n, text))
			}
		}
		return faults
	}
}

func both(all ...func(f *readFile) []string) func(f *readFile) []string {
	return func(f *readFile) (faults []string) {
		for _, one := range all {
			faults = append(faults, one(f)...)
		}
		return faults
	}
}

// tableHeads lists pages that open within a table without its head.
func tableHeads(f *readFile) (faults []string) {
	for i, p := range f.pages {
		if l := p.body().lines()[0]; strings.HasPrefix(l, "šūna") {
			faults = append(faults, fmt.Sprintf("page %d opens with %q", i+1, l))
		}
	}
	return faults
}

// numbered lists pages that are not numbered as „2 (4)”, in the middle of the head;
// the first bears no number.
func numbered(f *readFile) (faults []string) {
	for i, p := range f.pages {
		got := ""
		for _, d := range p {
			if d.y < top && d.text != "" && abs(d.x+d.width/2-(left+right)/2) < 0.1 {
				got += d.text
			}
		}
		want := fmt.Sprintf("%d (%d)", i+1, len(f.pages))
		if i == 0 {
			want = ""
		}
		if got != want {
			faults = append(faults, fmt.Sprintf("page %d is numbered %q, want %q", i+1, got, want))
		}
	}
	return faults
}

// held is what no line may end within.
var held = []string{"2024. gada", "31. janvārī", "J. Bērziņš", "Nr. 5", "plkst. 11.00", "1 234 567 eiro", "8. pasākums"}

func heldTogether(f *readFile) (faults []string) {
	for i, p := range f.pages {
		lines := p.body().lines()
		for n := range lines[1:] {
			joint := regexp.MustCompile(`\s+`).ReplaceAllString(lines[n]+"|"+lines[n+1], " ")
			for _, h := range held {
				for at := range len(h) {
					if h[at] == ' ' && (strings.Contains(joint, h[:at]+" |"+h[at+1:]) || strings.Contains(joint, h[:at]+"|"+h[at+1:])) {
						faults = append(faults, fmt.Sprintf("page %d: a line ends within %q", i+1, h))
					}
				}
			}
		}
	}
	return faults
}

var signers = Signatures{Signers: []Signer{
	{Role: "s1 vadītājs", Mark: "(paraksts*)", Name: "J. Paraugs"}, {Role: "s1 vadītāja vietniece", Mark: "(paraksts*)", Name: "A. Cita"}, {Role: "s1 protokoliste", Mark: "(paraksts*)", Name: "V. Rakstītāja"},
}, Footnote: "s1 * Dokuments ir parakstīts ar drošu elektronisko parakstu un satur laika zīmogu"}

func cells(rows int) (all [][]Text) {
	for range rows {
		all = append(all, Texts("šūna", "šūna"))
	}
	return all
}

var typographicRules = map[string]typographicRule{
	"a heading stays with what follows": {
		func(n int) Document {
			return after(n, Heading{Level: 1, Label: "3.", Text: "Virsraksts"}, Paragraph{Text: Plain("Teksts.")})
		}, ends("3."), anyBreak},
	"a heading of two lines stays whole": {
		func(n int) Document {
			return after(n, Heading{Level: 1, Text: strings.TrimSpace(strings.Repeat("virsraksts ", 9))}, Paragraph{Text: Plain("Teksts.")})
		}, both(ends("virsraksts"), alone("virsraksts", 2)), anyBreak},
	"a note below a heading stays with the item": {
		func(n int) Document {
			return after(n, Heading{Level: 1, Text: "Virsraksts"}, Note{Keep: Keep{WithNext: true}, Text: Plain("[plāna 8. pasākums]")}, Paragraph{Text: Plain("Ziņo:")})
		}, both(ends("Virsraksts"), ends("[plāna")), anyBreak},
	"„Nolemj:” stays with its first clause, and the vote with it": {
		func(n int) Document {
			keep := Keep{WithNext: true}
			return after(n, Paragraph{Keep: keep, Text: Plain("Balsojums: par – 9")}, Paragraph{Keep: keep, Text: Plain("Nolemj:")},
				List{Ordered: true, Items: []Item{{Label: "1.1.", Text: Plain("Apstiprināt.")}, {Label: "1.2.", Text: Plain("Pieņemt.")}}})
		}, both(ends("Nolemj:"), ends("Balsojums:")), anyBreak},
	"no line of a paragraph stands alone": {
		func(n int) Document { return after(n, filler("p", 1, 60, Keep{})) },
		alone("p0001", 2), anyBreak},
	"no line of a clause stands alone": {
		func(n int) Document {
			return after(n, List{Items: []Item{{Label: "p0001", Text: filler("p", 1, 60, Keep{}).Text}}})
		}, alone("p0001", 2), anyBreak},
	"signatures are one block": {
		func(n int) Document { return after(n, signers) },
		both(alone("s1", 4), func(f *readFile) []string { // nor alone on a page
			if strings.HasPrefix(f.pages[len(f.pages)-1].body().lines()[0], "s1") {
				return []string{"the signatures stand on a page of their own"}
			}
			return nil
		}), anyBreak},
	"a clause stays with the points below it": {
		func(n int) Document {
			return after(n, List{Items: []Item{{Label: "1.1.", Text: Plain("Lūgt:"), Items: []Item{{Label: "–", Text: Plain("viens;")}}}}})
		}, ends("1.1."), anyBreak},
	"no entry of a list stands alone": {
		func(n int) Document {
			l := List{}
			for range 4 {
				l.Items = append(l.Items, Item{Label: "–", Text: Plain("punkts")})
			}
			return after(n, l)
		}, alone("–", 2), anyBreak},
	"no row of a table stands alone": {
		func(n int) Document {
			return after(n, Table{Columns: []Column{{Head: "galva", Width: 1}, {Head: "galva", Width: 2}}, Rows: cells(4)})
		}, alone("šūna", 2), anyBreak},
	"a table opens each page with its head": {
		func(n int) Document {
			return after(n, Table{Caption: "Tabula", Columns: []Column{{Head: "galva", Width: 1}, {Head: "galva", Width: 2}}, Rows: cells(60)})
		}, both(tableHeads, ends("Tabula"), ends("galva")), func(l *layout) {
			anyBreak(l)
			for i := range l.strips {
				l.strips[i].head = nil
			}
		}},
	"no line ends within what belongs together": {
		func(n int) Document {
			var b strings.Builder
			for i := range 40 {
				b.WriteString(strings.Repeat("m", 1+(i*n)%17) + " " + strings.ReplaceAll(held[i%len(held)], " ", []string{" ", nb}[i%2]) + " ")
			}
			return paper(Paragraph{Text: Plain(b.String())}, Note{Text: Plain(b.String())}, List{Items: []Item{{Label: "1.", Text: Plain(b.String())}}})
		}, heldTogether, nil},
	"pages are numbered as 2 (4)": {
		func(n int) Document { return after(n * 3) },
		numbered, nil},
}

// laidOut draws a paper laid out with a rule taken out of it.
func laidOut(t *testing.T, d Document, without func(*layout)) *readFile {
	t.Helper()
	faces, err := loadFaces()
	if err != nil {
		t.Fatal(err)
	}
	c := newCanvas(faces)
	l, err := lay(context.Background(), faces, d)
	if err != nil {
		t.Fatal(err)
	}
	without(l)
	pages, err := l.draw(t.Context(), c, d, Extra{})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := c.bytes()
	if err != nil {
		t.Fatal(err)
	}
	if raw, err = finish(raw, d, Extra{}, c, pages); err != nil {
		t.Fatal(err)
	}
	return read(t, raw)
}

// Lengths of other text after which the paper of a rule stands at the foot of a page.
const nearFoot, overFoot = 36, 48

func TestTypographyHoldsAtEveryLength(t *testing.T) {
	for name, r := range typographicRules {
		for n := nearFoot; n < overFoot; n++ {
			for _, fault := range r.faults(read(t, rendered(t, r.paper(n)))) {
				t.Errorf("%s: after %d lines: %s", name, n, fault)
			}
		}
	}
	names := slices.Sorted(maps.Keys(typographicRules))
	rapid.Check(t, func(rt *rapid.T) {
		name, n := rapid.SampledFrom(names).Draw(rt, "rule"), rapid.IntRange(1, 140).Draw(rt, "lines")
		r := typographicRules[name]
		for _, fault := range r.faults(read(t, rendered(t, r.paper(n)))) {
			rt.Errorf("%s: %s", name, fault)
		}
	})
}

// The rules taken out of the layout one by one, the same papers break them: what
// finds nothing above can find something.
func TestWithoutARuleItsPapersBreakIt(t *testing.T) {
	for name, r := range typographicRules {
		if r.without == nil {
			continue
		}
		t.Run(name, func(t *testing.T) {
			for n := nearFoot; n < overFoot; n++ {
				if r.faults(laidOut(t, r.paper(n), r.without)) != nil {
					return
				}
			}
			t.Error("nothing is found in papers laid out without the rule")
		})
	}
	t.Run("a line that ends within what belongs together", func(t *testing.T) {
		for _, h := range held {
			for i := range h {
				if h[i] == ' ' && heldTogether(read(t, rendered(t, paper(Paragraph{Text: Plain("a " + h[:i] + "\n" + h[i+1:])})))) == nil {
					t.Errorf("%q broken at %d is not found", h, i)
				}
			}
		}
	})
	t.Run("a page without its number", func(t *testing.T) {
		f := read(t, rendered(t, after(120)))
		f.pages = slices.Delete(f.pages, 1, 2)
		if numbered(f) == nil {
			t.Error("a missing page is not found")
		}
	})
}
