package pdf

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	. "padome/internal/document"
)

func justified(blocks ...Block) Document {
	d := paper(blocks...)
	d.Justified = true
	return d
}

// lineRuns are the lines of a page, each as what was drawn of it.
func (p readPage) lineRuns() (all []readPage) {
	for i, d := range p {
		if i == 0 || abs(p[i-1].y-d.y) > 0.02 {
			all = append(all, nil)
		}
		all[len(all)-1] = append(all[len(all)-1], d)
	}
	return all
}

// unjustified lists the lines of a paper of one paragraph that neither fill the
// width nor have a reason not to: the last one, and one whose spaces would be wider
// than they may be.
func unjustified(f *readFile) (faults []string) {
	var lines []readPage
	for _, p := range f.pages {
		lines = append(lines, p.body().lineRuns()...)
	}
	for i, l := range lines {
		last := l[len(l)-1]
		text, end, space := "", last.x+last.inked, 0.25*last.size
		for _, d := range l {
			text += d.text
			if d.spread > mostStretch/1000.0*space+0.01 || d.spread < -mostShrink/1000.0*space-0.01 {
				faults = append(faults, fmt.Sprintf("line %d: spaces of %.2f points: %q", i+1, space+d.spread, d.text))
			}
		}
		gaps := strings.Count(strings.TrimRight(text, " "), " ")
		switch free := right - end; {
		case free < -0.05:
			faults = append(faults, fmt.Sprintf("line %d runs out by %.2f: %q", i+1, -free, text))
		case i == len(lines)-1:
			if last.spread > 0 {
				faults = append(faults, fmt.Sprintf("the last line is stretched: %q", text))
			}
		case free > 0.05 && (last.spread != 0 || free < float64(gaps)*space*mostStretch/1000):
			faults = append(faults, fmt.Sprintf("line %d leaves %.2f of %d spaces: %q", i+1, free, gaps, text))
		}
	}
	return faults
}

var styledWords = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Span {
	w := strings.Repeat("ā", rapid.IntRange(1, 24).Draw(t, "letters"))
	end := rapid.SampledFrom([]string{" ", " ", " ", nb, "  "}).Draw(t, "space")
	return Span{Text: w + end, Bold: rapid.IntRange(0, 9).Draw(t, "bold") == 0}
}), 1, 150)

func TestJustifiedLinesFillTheirWidthAndNoMore(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		words := Text(styledWords.Draw(rt, "words"))
		f := read(t, rendered(t, justified(Paragraph{Text: words})))
		for _, fault := range unjustified(f) {
			rt.Error(fault)
		}
		if got := f.text(); got != words.String() {
			rt.Errorf("the text came back as %q, want %q", got, words.String())
		}
	})
	ragged := read(t, rendered(t, paper(Paragraph{Text: Plain(subject(3) + " " + subject(3))})))
	if unjustified(ragged) == nil {
		t.Error("a ragged paragraph passes for justified")
	}
}

// What would leave white rivers stands ragged instead.
func TestALineThatCannotBeFilledIsRagged(t *testing.T) {
	long := strings.Repeat("ā", 50)
	f := read(t, rendered(t, justified(Paragraph{Text: Plain("viens divi " + long + " trīs četri " + long + " pieci")})))
	for _, l := range f.pages[0].body().lineRuns() {
		if l[0].spread != 0 {
			t.Errorf("%q is stretched by %.2f", l[0].text, l[0].spread)
		}
	}
}

func TestALineEndInAJustifiedTextIsNotStretched(t *testing.T) {
	text := "Pirmā īsā rinda\n" + strings.Repeat("viens divi trīs ", 10) + "\nbeigas"
	lines := read(t, rendered(t, justified(Paragraph{Text: Plain(text)}))).pages[0].body().lineRuns()
	if len(lines) != 4 {
		t.Fatalf("%d lines, want 4", len(lines))
	}
	for i, stretched := range []bool{false, true, false, false} {
		if got := lines[i][0].spread != 0; got != stretched {
			t.Errorf("line %d %q: stretched %t", i+1, lines[i][0].text, got)
		}
	}
}

// A no-break space stays as wide as the face has it, so that what it holds reads as
// one thing.
func TestNoBreakSpacesAreNotStretched(t *testing.T) {
	text := strings.Repeat("2024."+nb+"gada 31."+nb+"janvārī nolemts, ka ", 8)
	for _, l := range read(t, rendered(t, justified(Paragraph{Text: Plain(text)}))).pages[0].body().lineRuns() {
		for _, d := range l {
			gaps := strings.Count(d.text, " ")
			f, err := loadFaces()
			if err != nil {
				t.Fatal(err)
			}
			natural := float64(f[regular].width(d.text)) * d.size / 1000
			if abs(d.width-natural-float64(gaps)*d.spread) > 0.01 {
				t.Errorf("%q is %.2f wide, want %.2f and %d gaps of %.2f", d.text, d.width, natural, gaps, d.spread)
			}
		}
	}
}

// The breaks are chosen over the whole paragraph: no other choice that keeps to the
// limits is better.
func TestBreaksOfAParagraphAreTheBest(t *testing.T) {
	const limit, space = 200, 20
	rapid.Check(t, func(rt *rapid.T) {
		var words []word
		at := 0
		for i, w := range rapid.SliceOfN(rapid.IntRange(5, 150), 1, 10).Draw(rt, "widths") {
			words = append(words, word{before: at, bare: at + w, gaps: i, within: i, end: i + 1})
			at += w + space
		}
		price := func(from, to int) (int, bool) {
			free, gaps := limit-(words[to-1].bare-words[from].before), words[to-1].within-words[from].gaps
			return lineCost(free, gaps*space, limit, to == len(words)), free >= 0 || -free*1000 <= mostShrink*gaps*space
		}
		var best func(from int) int
		best = func(from int) int {
			if from == len(words) {
				return 0
			}
			var all []int
			for to := from + 1; to <= len(words); to++ {
				if c, fits := price(from, to); fits {
					all = append(all, c+best(to))
				}
			}
			return slices.Min(all)
		}
		from := breaks(words, limit, space)
		got := 0
		for n := len(words); n > 0; n = from[n] {
			c, fits := price(from[n], n)
			if !fits {
				rt.Fatalf("a line of words %d to %d does not fit", from[n]+1, n)
			}
			got += c
		}
		if want := best(0); got != want {
			rt.Errorf("the breaks cost %d, the best %d", got, want)
		}
	})
}
