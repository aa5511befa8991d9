package pdf

import (
	"math"
	"strings"

	"padome/internal/document"
)

// How far the spaces of a justified line may go, in thousandths of a space: a
// line that would need more stands as its words are wide, so that no white runs
// down the page.
const (
	mostStretch = 1500
	mostShrink  = 150
)

// What a line costs: every line a little, so that fewer are better; the third power
// of how far its spaces go; one that cannot be filled more than any that can, and the
// more the shorter it stands.
const (
	perLine  = 50
	unfilled = 5000
)

// word is a piece of a text between two places where a line may end. Widths are
// in thousandths of the size, counted from the beginning of the paragraph.
type word struct {
	end    int // in the text, with the spaces behind it
	before int // width of all that stands before it
	bare   int // the same with the word, without the spaces behind it
	gaps   int // spaces before it
	within int // the same with those in it
}

// justified breaks a text to a width so that the spaces of all its lines
// together go as little as may be from what the face wants, and lets them fill
// the lines. The last line of a paragraph, and one before a line end in the text,
// stands as it is. Only ordinary spaces give: what a no-break space holds stays
// as close as it was set.
func (r *rich) justified(width float64) []line {
	var all []line
	limit := max(0, int(width*1000/r.set.size+0.5))
	start := 0
	for start < len(r.text) {
		words, end, fits := r.words(start, limit)
		if !fits {
			return r.lines(width)
		}
		all = append(all, r.fill(words, start, limit)...)
		start = end
	}
	if len(all) == 0 {
		return r.lines(width)
	}
	for i := range all {
		all[i].after = inside(i, len(all))
	}
	return all
}

// words are those of a text up to the next line end in it; false where one is
// wider than a line.
func (r *rich) words(start, limit int) (words []word, end int, fit bool) {
	at, gaps, end := 0, 0, start
	for piece := range document.Pieces(r.text[start:]) {
		bare := strings.TrimRight(piece, " \n")
		w := word{before: at, gaps: gaps, bare: at + r.width(end, end+len(bare))}
		w.within = gaps + strings.Count(bare, " ")
		if w.bare-at > limit {
			return nil, 0, false
		}
		at, gaps = w.bare+r.width(end+len(bare), end+len(piece)), w.within+strings.Count(piece[len(bare):], " ")
		end += len(piece)
		w.end = end
		words = append(words, w)
		if strings.HasSuffix(piece, "\n") {
			break
		}
	}
	return words, end, true
}

// fill sets words as lines, the breaks chosen over all of them.
func (r *rich) fill(words []word, start, limit int) []line {
	space := max(1, r.faces[r.set.style].advance(' '))
	from := breaks(words, limit, space)
	var ends []int
	for n := len(words); n > 0; n = from[n] {
		ends = append(ends, n)
	}
	lines := make([]line, 0, len(ends))
	first := 0
	for i := len(ends) - 1; i >= 0; i-- {
		last := words[ends[i]-1]
		l := r.line(start, last.end, last.bare-words[first].before)
		free, gaps := limit-(last.bare-words[first].before), last.within-words[first].gaps
		if gaps > 0 && free*1000 <= mostStretch*gaps*space && (i > 0 || free < 0) {
			l.spread(free*10/gaps, last.bare-words[first].before+free, r.set.size)
		}
		lines = append(lines, l)
		start, first = last.end, ends[i]
	}
	return lines
}

// breaks says for each number of words after which one the line that ends there
// begins, so that all lines together cost least. It counts in whole numbers, so
// that it says the same everywhere.
func breaks(words []word, limit, space int) []int {
	least, from := make([]int, len(words)+1), make([]int, len(words)+1)
	for n := 1; n <= len(words); n++ {
		least[n] = math.MaxInt
		last := words[n-1]
		for f := n - 1; f >= 0; f-- {
			free, gaps := limit-(last.bare-words[f].before), last.within-words[f].gaps
			if free < 0 && -free*1000 > mostShrink*gaps*space && f < n-1 {
				break
			}
			if c := least[f] + lineCost(free, gaps*space, limit, n == len(words)); c < least[n] {
				least[n], from[n] = c, f
			}
		}
	}
	return from
}

// lineCost is what a line costs that has so much free beside its words, of a width,
// and so much white between them.
func lineCost(free, white, width int, last bool) int {
	switch {
	case last && free >= 0:
		return perLine
	case white == 0 || free*1000 > mostStretch*white:
		short := free * 100 / max(1, width)
		return perLine + unfilled + 10*short*short
	}
	ratio := free * 1000 / white
	if ratio < 0 {
		ratio *= -1000 / mostShrink // spaces at their narrowest are as bad as those twice as wide
	}
	return perLine + ratio*ratio/1000*ratio/1000
}

// spread lets every space of a line take so much more, in tenths of a thousandth
// of the size, which makes the line as wide as said. (Spaces that end it reach
// out of the column, unseen.)
func (l *line) spread(each, width int, size float64) {
	l.width = float64(width) * size / 1000
	shift := 0.0
	for i := range l.runs {
		run := &l.runs[i]
		run.x, run.spread = run.x+shift, each
		shift += float64(each*strings.Count(run.text, " ")) * size / 10000
	}
}
