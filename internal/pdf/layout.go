package pdf

import (
	"cmp"

	"padome/internal/document"
)

// The form of the paper, in points: A4, 30 mm at the left, 20 mm elsewhere.
const (
	mm         = 72 / 25.4
	pageWidth  = 595.28
	pageHeight = 841.89
	left       = 30 * mm
	right      = pageWidth - 20*mm
	top        = 20 * mm
	bottom     = pageHeight - 20*mm
	bodyWidth  = right - left
	bodyHeight = bottom - top
	ruleWidth  = 0.5

	// The face's own measures, in parts of the type size: letters above and
	// below the baseline, and a line as the face wants it.
	ascent, descent, natural = 0.891, 0.216, 1.149
)

var (
	running = setting{regular, 12, 12 * natural * 1.15}
	grand   = setting{bold, 14, 14 * natural * 1.15}
	grid    = setting{regular, 10.5, 10.5 * natural}
	small   = setting{regular, 10, 10 * natural}
)

// layout turns blocks into strips.
type layout struct {
	faces  *faces
	root   *element
	level  int // of the last heading in the structure
	strips []strip
	below  float64 // white space that the last block wants under it
	labels float64 // how wide the labels of fields stand
	full   bool    // running text fills its lines
}

// block appends the strips of a block and sets what a page break there costs.
func (l *layout) block(b document.Block) {
	from := len(l.strips)
	switch b := b.(type) {
	case document.Masthead:
		l.masthead(b)
	case document.Dateline:
		l.dateline(b)
	case document.Heading:
		l.heading(b)
	case document.Paragraph:
		l.beside(6, running, l.running(b.Text, running, left, bodyWidth).in(l.root.part("P")))
	case document.Note:
		l.beside(3, small, l.running(b.Text, small, left, bodyWidth).in(l.root.part("P")))
	case document.Fields:
		l.fields(b)
	case document.List:
		l.list(b.Items, left, listOf(l.root, b.Ordered), b.Ordered)
	case document.Table:
		l.table(b)
	case document.Signatures:
		l.signatures(b)
		l.hold(from, never)
		if from > 0 {
			l.strips[from-1].after = max(l.strips[from-1].after, lost)
		}
	}
	keep := b.Held()
	if keep.Together {
		l.hold(from, parted)
	}
	if keep.WithNext && len(l.strips) > from {
		l.strips[len(l.strips)-1].after = lost
	}
}

// hold keeps the strips from one on together, unless they are more than a page.
func (l *layout) hold(from int, c cost) {
	var height float64
	for _, s := range l.strips[from:] {
		height += s.gap + s.height
	}
	if height > bodyHeight {
		return
	}
	for i := from; i < len(l.strips)-1; i++ {
		l.strips[i].after = max(l.strips[i].after, c)
	}
}

// add appends a strip; gap is the white space above it, or what the block
// before wants if that is more.
func (l *layout) add(gap float64, s strip) {
	s.gap, l.below = max(gap, l.below), 0
	l.strips = append(l.strips, s)
}

// alignment is the share of a column's free space that goes before a line; 0
// sets lines at the left.
type alignment float64

const (
	centred alignment = 0.5
	atRight alignment = 1
)

// column is a broken text with its place across the page.
type column struct {
	lines    []line
	x, width float64
	align    alignment
	of       *element
}

func (l *layout) column(t document.Text, set setting, x, width float64) column {
	r := newRich(l.faces, t, set)
	return column{lines: r.lines(width), x: x, width: width}
}

// running is a column of running text, justified where the document is.
func (l *layout) running(t document.Text, set setting, x, width float64) column {
	if !l.full {
		return l.column(t, set, x, width)
	}
	r := newRich(l.faces, t, set)
	return column{lines: r.justified(width), x: x, width: width}
}

// aligned is the column with its lines at another side.
func (c column) aligned(a alignment) column { c.align = a; return c }

// in is the column as the text of an element.
func (c column) in(e *element) column { c.of = e; return c }

// owned are the lines of the column, each of which knows its element.
func (c column) owned() []line {
	for _, ln := range c.lines {
		for i := range ln.runs {
			ln.runs[i].of = c.of
		}
	}
	return c.lines
}

// beside appends columns that stand beside each other, a strip for every line.
func (l *layout) beside(gap float64, set setting, columns ...column) {
	for _, s := range beside(set, columns...) {
		l.add(gap, s)
		gap = 0
	}
}

func beside(set setting, columns ...column) []strip {
	var all []strip
	for _, c := range columns {
		for i, ln := range c.lines {
			if i == len(all) {
				all = append(all, strip{height: set.leading})
			}
			s := &all[i]
			s.after = max(s.after, ln.after)
			x := c.x + (c.width-ln.width)*float64(c.align)
			for _, r := range ln.runs {
				r.x, r.y, r.of = r.x+x, set.baseline(), cmp.Or(r.of, c.of)
				s.runs = append(s.runs, r)
			}
		}
	}
	return all
}

// width is how wide a text is on one line.
func (l *layout) width(s string, set setting) float64 {
	return float64(l.faces[set.style].width(s)) * set.size / 1000
}
