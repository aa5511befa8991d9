package pdf

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"padome/internal/document"
)

// setting is how a text is set: its ordinary style, its size and the height of
// a line in points.
type setting struct {
	style         style
	size, leading float64
}

// in is the setting with another ordinary style.
func (s setting) in(st style) setting { s.style = st; return s }

// baseline is how far below the top of a line its letters stand.
func (s setting) baseline() float64 {
	return (s.leading-(ascent+descent)*s.size)/2 + ascent*s.size
}

// run is a stretch of text in one style, with its place: in a line relative to
// the line's start and baseline, in a strip to the strip's top left corner.
type run struct {
	x, y   float64
	style  style
	size   float64
	text   string
	spread int // more for each ordinary space, in tenths of a thousandth of the size
	of     *element
}

// line is one line of a broken text.
type line struct {
	runs  []run
	width float64 // without the spaces that end it
	after cost    // of a page break below it
}

// shift moves a line to the right.
func (l *line) shift(by float64) {
	for i := range l.runs {
		l.runs[i].x += by
	}
}

// rich is a text with its styles, ready for breaking.
type rich struct {
	faces *faces
	set   setting
	text  string
	parts []part
}

// part is a stretch of a rich text, up to a place, in one style.
type part struct {
	until int
	style style
}

func newRich(f *faces, t document.Text, set setting) rich {
	var b strings.Builder
	r := rich{faces: f, set: set}
	for _, s := range t {
		st := set.style
		switch {
		case s.Bold:
			st = bold
		case s.Italic:
			st = italic
		}
		b.WriteString(norm.NFC.String(s.Text))
		r.parts = append(r.parts, part{b.Len(), st})
	}
	r.text = b.String()
	return r
}

// lines breaks a text to a width. A line that ends at a space keeps it, so that
// words do not join when the text is extracted. A word wider than the line is
// cut. There is always one line at least.
func (r *rich) lines(width float64) []line {
	var all []line
	start, end, filled, bare := 0, 0, 0, 0 // of the line so far: bytes, widths with and without its last spaces
	limit := max(0, int(width*1000/r.set.size+0.5))
	close := func() {
		all = append(all, r.line(start, end, bare))
		start, filled, bare = end, 0, 0
	}
	for piece := range document.Pieces(r.text) {
		word := strings.TrimRight(piece, " \n")
		w := r.width(end, end+len(word))
		if filled > 0 && filled+w > limit {
			close()
		}
		for filled+w > limit {
			n, cut := r.fitting(end, end+len(word), limit)
			end, bare = end+n, cut
			word, piece, w = word[n:], piece[n:], w-cut
			close()
		}
		bare = filled + w
		filled = bare + r.width(end+len(word), end+len(piece))
		end += len(piece)
		if strings.HasSuffix(piece, "\n") {
			close()
		}
	}
	if start < len(r.text) || len(all) == 0 {
		close()
	}
	for i := range all {
		all[i].after = inside(i, len(all))
	}
	return all
}

// width measures a stretch, in thousandths of the size.
func (r *rich) width(from, to int) int {
	w := 0
	for s, st := range r.stretches(from, to) {
		w += r.faces[st].width(s)
	}
	return w
}

// fitting is how many bytes of a stretch go into a width, at least one
// character, and how wide they are.
func (r *rich) fitting(from, to, limit int) (n, width int) {
	for s, st := range r.stretches(from, to) {
		for _, c := range s {
			w := r.faces[st].advance(c)
			if n > 0 && width+w > limit {
				return n, width
			}
			n, width = n+utf8.RuneLen(c), width+w
		}
	}
	return n, width
}

// stretches cuts the text between two places where its style changes.
func (r *rich) stretches(from, to int) iter.Seq2[string, style] {
	return func(yield func(string, style) bool) {
		first, _ := slices.BinarySearchFunc(r.parts, from+1, func(p part, at int) int { return p.until - at })
		for _, p := range r.parts[first:] {
			end := min(to, p.until)
			if from >= to || !yield(r.text[from:end], p.style) {
				return
			}
			from = end
		}
	}
}

func (r *rich) line(from, to, bare int) line {
	l := line{width: float64(bare) * r.set.size / 1000}
	x := 0.0
	for s, st := range r.stretches(from, to) {
		s = strings.TrimSuffix(s, "\n")
		l.runs = append(l.runs, run{x: x, style: st, size: r.set.size, text: s})
		x += float64(r.faces[st].width(s)) * r.set.size / 1000
	}
	return l
}
