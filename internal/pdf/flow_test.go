package pdf

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	. "padome/internal/document"
)

// TestPageBreaksKeepTheRules lays out papers of random lengths. Every line of
// such a paper starts and ends with the name of its block, so that the pages
// show what was parted from what.
func TestPageBreaksKeepTheRules(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(rt, "blocks")
		var blocks []Block
		for i := range n {
			blocks = append(blocks, randomBlock(rt, i))
		}
		blocks = append(blocks, filler("p", n, rapid.IntRange(1, 60).Draw(rt, "last"), Keep{}))
		for i := range rapid.IntRange(1, 4).Draw(rt, "signers") {
			if i == 0 {
				blocks = append(blocks, Signatures{Footnote: "s9999 zīme"})
			}
			s := blocks[len(blocks)-1].(Signatures)
			s.Signers = append(s.Signers, Signer{Role: "s9999 vadītājs", Mark: "(paraksts*)", Name: "A.\u00a0Paraugs"})
			blocks[len(blocks)-1] = s
		}
		checkBreaks(rt, read(t, rendered(t, paper(blocks...))))
	})
}

// filler is a paragraph of that many words, each the block's name.
func filler(kind string, i, words int, keep Keep) Paragraph {
	return Paragraph{Keep: keep, Text: Plain(strings.TrimSpace(strings.Repeat(fmt.Sprintf("%s%04d ", kind, i), words)))}
}

func randomBlock(rt *rapid.T, i int) Block {
	words := rapid.IntRange(1, 150).Draw(rt, "words")
	switch rapid.IntRange(0, 6).Draw(rt, "kind") {
	case 0:
		return Heading{Level: 1 + i%3, Text: filler("h", i, 1+words/10, Keep{}).Text.String()}
	case 1:
		return filler("n", i, 1, Keep{WithNext: true})
	case 2:
		return filler("t", i, words, Keep{Together: true})
	case 3:
		l := List{}
		for range 1 + words/40 {
			l.Items = append(l.Items, Item{Label: fmt.Sprintf("l%04d", i), Text: filler("l", i, 1+words/20, Keep{}).Text})
		}
		return l
	case 4:
		return smallTable(i, words)
	case 5:
		var values []Text
		for range 1 + words/30 {
			values = append(values, filler("f", i, 1+words/20, Keep{}).Text)
		}
		return Fields{Rows: []Field{{Label: fmt.Sprintf("f%04d", i), Values: values}}}
	}
	return filler("p", i, words, Keep{})
}

func smallTable(i, words int) Table {
	name := fmt.Sprintf("b%04d", i)
	table := Table{Columns: []Column{{Head: name + "galva", Width: 1}, {Head: "galva", Width: 2}}}
	for range 1 + words/10 {
		table.Rows = append(table.Rows, Texts(name, name))
	}
	return table
}

var nameOf = regexp.MustCompile(`^([a-z])\d{4}`)

func checkBreaks(t *rapid.T, f *readFile) {
	counts := map[string]int{} // lines of a block so far
	for at, p := range f.pages {
		lines, last := p.body().lines(), 0.0
		for _, d := range p.body() {
			if d.y < last-0.01 || d.y > bottom {
				t.Fatalf("page %d: %q at %.1f stands above what comes before it, or too low", at+1, d.text, d.y)
			}
			last = d.y
		}
		here := map[string]int{}
		for _, l := range lines {
			here[nameOf.FindString(l)]++
		}
		for name, n := range here {
			total := linesOf(f, name)
			split := n != total
			switch {
			case split && (name[0] == 't' || name[0] == 's' || name[0] == 'h'):
				t.Errorf("page %d: %s is split, %d of %d lines", at+1, name, n, total)
			case split && (name[0] == 'p' || name[0] == 'f') && n < 2:
				t.Errorf("page %d: one line of %s stands alone", at+1, name)
			}
			counts[name] += n
		}
		if end := nameOf.FindString(lines[len(lines)-1]); end[0] == 'h' || end[0] == 'n' || strings.Contains(lines[len(lines)-1], "galva") {
			t.Errorf("page %d ends with %q, parted from what it belongs to", at+1, lines[len(lines)-1])
		}
		if strings.HasPrefix(lines[0], "s9999") {
			t.Errorf("the signatures stand alone on page %d", at+1)
		}
		if start := nameOf.FindString(lines[0]); start[0] == 'b' && !strings.Contains(lines[0], "galva") {
			t.Errorf("page %d opens in a table without its head: %q", at+1, lines[0])
		}
	}
}

// linesOf counts the lines of a block over all pages.
func linesOf(f *readFile, name string) (n int) {
	for _, p := range f.pages {
		for _, l := range p.body().lines() {
			if strings.HasPrefix(l, name) {
				n++
			}
		}
	}
	return n
}

func TestSignaturesStayWholeWhateverComesBefore(t *testing.T) {
	var blocks []Block
	for i := range 60 { // more than a page, each to be kept with the next
		blocks = append(blocks, filler("n", i, 1, Keep{WithNext: true}))
		s := Signatures{Signers: []Signer{{Role: "s9999", Name: "A"}, {Role: "s9999", Name: "B"}, {Role: "s9999", Name: "C"}}}
		pages := read(t, rendered(t, paper(append(blocks, s)...))).pages
		last := strings.Join(pages[len(pages)-1].body().lines(), " ")
		if got := strings.Count(last, "s9999"); got != 3 {
			t.Errorf("after %d lines the last page has %d of 3 signatures", i+1, got)
		}
	}
}

func TestClauseStaysWithWhatStandsUnderIt(t *testing.T) {
	clause := List{Items: []Item{{Label: "1.1.", Text: Plain("Lūgt atzinumu:"), Items: []Item{{Label: "–", Text: Plain("par nodokļiem.")}}}}}
	for n := 38; n < 48; n++ {
		f := read(t, rendered(t, paper(Paragraph{Text: Plain(strings.Repeat("rinda\n", n))}, clause)))
		for i, p := range f.pages {
			lines := p.body().lines()
			if end := lines[len(lines)-1]; strings.HasSuffix(end, ":") {
				t.Errorf("after %d lines page %d ends with %q", n, i+1, end)
			}
		}
	}
}

func TestPagesAreFilled(t *testing.T) {
	f := read(t, rendered(t, paper(filler("p", 0, 5000, Keep{}))))
	for i, p := range f.pages[:len(f.pages)-1] {
		body := p.body()
		end := body[len(body)-1].y - running.baseline() + running.leading
		if bottom-end >= running.leading {
			t.Errorf("page %d leaves %.1f points free", i+1, bottom-end)
		}
	}
}

func TestWhatIsLongerThanAPageIsSplitAllTheSame(t *testing.T) {
	for name, b := range map[string]Block{
		"kept together":  filler("t", 1, 2000, Keep{Together: true, WithNext: true}),
		"heading":        Heading{Level: 1, Text: filler("h", 1, 2000, Keep{}).Text.String()},
		"masthead":       Masthead{Author: filler("m", 1, 2000, Keep{}).Text.String(), Name: filler("m", 2, 2000, Keep{}).Text.String()},
		"signer":         Signatures{Signers: []Signer{{Role: filler("s", 1, 2000, Keep{}).Text.String()}}},
		"table row":      Table{Columns: []Column{{Head: "a", Width: 1}, {Head: "b", Width: 3}}, Rows: [][]Text{{Plain("x"), filler("t", 1, 3000, Keep{}).Text}}},
		"table head":     Table{Columns: []Column{{Head: filler("t", 1, 3000, Keep{}).Text.String(), Width: 1}}, Rows: [][]Text{Texts("x")}},
		"field":          Fields{Rows: []Field{{Label: filler("f", 1, 700, Keep{}).Text.String(), Values: []Text{filler("f", 1, 2000, Keep{}).Text}}}},
		"word":           Paragraph{Text: Plain(strings.Repeat("ā", 30_000))},
		"heading label":  Heading{Level: 1, Label: filler("h", 1, 300, Keep{}).Text.String(), Text: "virsraksts"},
		"nested labels":  List{Items: nested(6, filler("l", 1, 40, Keep{}).Text.String())},
		"word in a cell": Table{Columns: []Column{{Head: "a", Width: 0.001}, {Head: "b", Width: 1000}}, Rows: [][]Text{Texts(strings.Repeat("m", 500), "x")}},
	} {
		t.Run(name, func(t *testing.T) {
			f := read(t, rendered(t, paper(b, Paragraph{Text: Plain("beigas")})))
			if len(f.pages) < 2 {
				t.Errorf("it stands on %d pages, want more", len(f.pages))
			}
			text := f.text()
			if !strings.HasSuffix(text, "beigas") {
				t.Error("the end is lost")
			}
			for _, p := range f.pages {
				for _, d := range p.body() {
					if end := d.x + d.ink(); end > right+0.02 {
						t.Fatalf("%q runs out of the page: %.1f", d.text, end)
					}
				}
			}
		})
	}
}

// nested is a list as deep as may be, with labels of their own length.
func nested(depth int, label string) []Item {
	if depth == 0 {
		return nil
	}
	return []Item{{Label: label, Text: Plain(label), Items: nested(depth-1, label)}}
}

func TestLongTableRepeatsItsHead(t *testing.T) {
	table := Table{Caption: "Lēmumi", Columns: []Column{{Head: "Nr.", Width: 1}, {Head: "Lēmums", Width: 6}}}
	for i := range 2000 {
		table.Rows = append(table.Rows, Texts(fmt.Sprint(i), "Pieņemt zināšanai"))
	}
	f := read(t, rendered(t, paper(table)))
	next := 0
	for i, p := range f.pages {
		lines := p.body().lines()
		if i == 0 {
			lines = lines[1:]
		}
		if lines[0] != "Nr. | Lēmums" {
			t.Fatalf("page %d opens with %q", i+1, lines[0])
		}
		for _, l := range lines[1:] {
			if want := fmt.Sprintf("%d | Pieņemt zināšanai", next); l != want {
				t.Fatalf("page %d: got %q, want %q", i+1, l, want)
			}
			next++
		}
	}
	if next != 2000 {
		t.Errorf("got %d rows, want 2000", next)
	}
}

func TestAMegabyteOfTitleIsDrawn(t *testing.T) {
	d := paper(Masthead{Name: strings.Repeat("Ķ", 500_000)}, Heading{Level: 1, Text: strings.Repeat("virsraksts ", 50_000)}, Note{Text: Plain("beigas")})
	d.Title, d.Reference = strings.Repeat("a", 1<<20), strings.Repeat("a", 1<<20)
	f := read(t, rendered(t, d))
	if got, want := len([]rune(f.info["Title"])), mostProperty; got != want {
		t.Errorf("title of %d characters, want %d", got, want)
	}
	if got := len([]rune(f.outlines[0].title)); got > 200 {
		t.Errorf("bookmark of %d characters", got)
	}
}

// Where a label has several values the further lines of each stand in.
func TestEachOfSeveralValuesIsSeenToBegin(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("vērtība ", 12))
	for n, want := range map[int]float64{1: 0, 3: 12} {
		d := paper(Fields{Rows: []Field{{Label: "Piedalās", Values: Texts(slices.Repeat([]string{long}, n)...)}}})
		var begins []float64
		for _, x := range read(t, rendered(t, d)).pages[0].body() {
			if strings.HasPrefix(x.text, "vērtība") {
				begins = append(begins, x.x)
			}
		}
		if len(begins) < 2*n || abs(begins[1]-begins[0]-want) > 0.02 || abs(begins[0]-slices.Min(begins)) > 0.02 {
			t.Errorf("lines of %d values begin at %.2f", n, begins)
		}
	}
}
