package pdf

import "padome/internal/document"

func (l *layout) masthead(m document.Masthead) {
	l.beside(0, running, l.balanced(document.Plain(m.Author), running.in(bold)).aligned(centred).in(l.root.part("P")))
	l.beside(4, grand, l.balanced(document.Plain(m.Name), grand).aligned(centred).in(l.title(0)))
	l.below = 10
}

// balanced breaks a text over the width of the page into lines of about the
// same length.
func (l *layout) balanced(t document.Text, set setting) column {
	r := newRich(l.faces, t, set)
	lines := r.lines(bodyWidth)
	narrow, wide := 0.0, bodyWidth
	if n := len(lines); n > 1 && n <= 5 {
		for wide-narrow > 2 {
			middle := (narrow + wide) / 2
			if tried := r.lines(middle); len(tried) > n {
				narrow = middle
			} else {
				wide, lines = middle, tried
			}
		}
	}
	return column{lines: lines, x: left, width: bodyWidth}
}

func (l *layout) dateline(d document.Dateline) {
	const third = bodyWidth / 3
	columns := []column{l.column(document.Plain(d.Place), running, left, third).in(l.root.part("P"))}
	if d.Number != "" {
		columns = append(columns, l.column(document.Plain(d.Number), running, left+third, third).aligned(centred).in(l.root.part("P")))
	}
	columns = append(columns, l.column(document.Plain(d.Date), running, left+2*third, third).aligned(atRight).in(l.root.part("P")))
	l.beside(6, running, columns...)
	l.below = 12
}

func (l *layout) heading(h document.Heading) {
	set := running.in(bold)
	if h.Level > 1 {
		set = running.in(italic)
	}
	indent, title := 0.0, h.Text
	first := len(l.strips)
	columns, of := []column{}, l.title(h.Level)
	if h.Label != "" {
		labels := min(l.width(h.Label, set), bodyWidth/4)
		indent, title = labels+6, h.Label+" "+h.Text
		columns = append(columns, l.column(document.Plain(h.Label+" "), set, left, labels).in(of)) // the space parts them in extracted text
	}
	l.beside(14, set, append(columns, l.column(document.Plain(h.Text), set, left+indent, bodyWidth-indent).in(of))...)
	l.strips[first].title, l.strips[first].level = title, h.Level
}

// fields sets labels in a column as wide as they need, but not more than a
// third of the page.
func (l *layout) fields(f document.Fields) {
	const apart = 14
	labels := l.labels
	x := left + labels + apart
	list := listOf(l.root, false)
	for i, r := range f.Rows {
		label, body := entry(list)
		values := column{x: x, width: right - x}
		for _, v := range r.Values {
			one := l.column(v, running, x, values.width-hanging(r)).in(body.part("P"))
			for n := 1; n < len(one.lines); n++ {
				one.lines[n].shift(hanging(r))
			}
			values.lines = append(values.lines, one.owned()...)
		}
		// A value is not to stand alone on a page any more than a line is.
		for n := range values.lines {
			ln := &values.lines[n]
			ln.after = max(ln.after, inside(n, len(values.lines)))
		}
		gap := 3.0
		if i == 0 {
			gap = 10
		}
		l.beside(gap, running, l.column(document.Plain(r.Label), running, left, labels).in(label), values)
	}
	l.below = 6
}

// hanging is how far the further lines of a value stand in where there are several,
// so that each is seen to begin.
func hanging(r document.Field) float64 {
	if len(r.Values) < 2 {
		return 0
	}
	return 12
}

// labelWidth is how wide the labels of all fields of a document stand, so that
// their values begin at one line throughout.
func (l *layout) labelWidth(blocks []document.Block) (widest float64) {
	const most = bodyWidth / 3
	for _, b := range blocks {
		if f, ok := b.(document.Fields); ok {
			for _, r := range f.Rows {
				widest = max(widest, l.width(r.Label, running))
			}
		}
	}
	return min(widest, most)
}

// list sets items with their labels hanging at x, nested ones under the text.
func (l *layout) list(items []document.Item, x float64, list *element, ordered bool) {
	labels := 0.0
	for _, it := range items {
		labels = max(labels, l.width(it.Label, running))
	}
	labels = min(labels, (right-x)/4)
	text := x + labels + 6
	for i, it := range items {
		from := len(l.strips)
		mark, body := entry(list)
		label := l.column(document.Plain(it.Label), running, x, labels).in(mark)
		l.beside(3, running, label, l.running(it.Text, running, text, right-text).in(body.part("P")))
		if len(it.Items) > 0 {
			l.strips[len(l.strips)-1].after = lost
			l.list(it.Items, text, listOf(body, ordered), ordered)
		}
		l.neighbours(from, i, len(items))
	}
}

// neighbours keeps the first and the last entry of a list or row of a table, where
// it is one strip, with the one beside it: alone it reads as if it belonged to
// something else. from is where the entry i of n begins.
func (l *layout) neighbours(from, i, n int) {
	if len(l.strips) != from+1 || n < 2 {
		return
	}
	hold := func(at int) { l.strips[at].after = max(l.strips[at].after, parted) }
	if i == 0 {
		hold(from)
	}
	if i == n-1 {
		hold(from - 1)
	}
}

func (l *layout) signatures(s document.Signatures) {
	const roles, marks = bodyWidth * 0.42, bodyWidth * 0.22
	gap := 28.0
	for _, p := range s.Signers {
		of := l.root.part("Div")
		columns := []column{l.column(document.Plain(p.Role), running, left, roles).in(of.part("P"))}
		if p.Mark != "" {
			columns = append(columns, l.column(document.Plain(p.Mark), running, left+roles, marks).aligned(centred).in(of.part("P")))
		}
		l.beside(gap, running, append(columns,
			l.column(document.Plain(p.Name), running, left+roles+marks, bodyWidth-roles-marks).aligned(atRight).in(of.part("P")))...)
		gap = 14
	}
	if s.Footnote != "" {
		l.beside(16, small, l.column(document.Plain(s.Footnote), small, left, bodyWidth).in(l.root.part("P")))
	}
	l.below = 24
}

// Room in the cells of a table, beside and above the text.
const padX, padY = 4.0, 2.5

func (l *layout) table(t document.Table) {
	caption, thead, tbody := tableParts(l.root, t)
	if t.Caption != "" {
		l.beside(8, running, l.column(document.Plain(t.Caption), running, left, bodyWidth).in(caption))
		l.strips[len(l.strips)-1].after = lost
		l.below = 2
	} else {
		l.below = max(l.below, 8)
	}
	edges := columnEdges(t.Columns)
	heads := make([]document.Text, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = document.Plain(c.Head)
	}
	head := l.row(heads, edges, grid.in(bold), bodyHeight, columnHeads(thead))
	for _, s := range head {
		s.after = lost
		l.add(0, s)
	}
	var again *strip
	room := bodyHeight
	if len(head) == 1 && head[0].height <= bodyHeight/3 {
		again, room = &head[0], bodyHeight-head[0].height
	}
	for i, cells := range t.Rows {
		from := len(l.strips)
		for _, s := range l.row(cells, edges, grid, room, rowCells(tbody, t.RowHeaders)) {
			s.head = again
			l.add(0, s)
		}
		l.neighbours(from, i, len(t.Rows))
	}
	l.below = 10
}

// columnEdges are the places of the vertical rules, from left to right. Every
// column has room for a character at least.
func columnEdges(columns []document.Column) []float64 {
	const narrowest = 2*padX + 14
	var total, at float64
	for _, c := range columns {
		total += c.Width
	}
	spare := bodyWidth - narrowest*float64(len(columns))
	edges := []float64{left}
	for _, c := range columns {
		at += narrowest + spare*c.Width/total
		edges = append(edges, left+at)
	}
	return edges
}

// row is a table row with its rules: one strip, or a strip for every line where
// the row is higher than the room it has.
func (l *layout) row(cells []document.Text, edges []float64, set setting, room float64, of func(int) *element) []strip {
	columns := make([]column, len(cells))
	for i, c := range cells {
		columns[i] = l.column(c, set, edges[i]+padX, edges[i+1]-edges[i]-2*padX).in(of(i))
	}
	strips := beside(set, columns...)
	if height := float64(len(strips))*set.leading + 2*padY; height <= room {
		strips = []strip{joined(strips, height)}
	}
	for i := range strips {
		s := &strips[i]
		for _, x := range edges {
			s.rules = append(s.rules, rule{x, 0, x, s.height})
		}
	}
	across := func(y float64) rule { return rule{left, y, right, y} }
	first, last := &strips[0], &strips[len(strips)-1]
	first.rules = append(first.rules, across(0))
	last.rules = append(last.rules, across(last.height))
	return strips
}

// joined is several strips as one.
func joined(strips []strip, height float64) strip {
	one := strip{height: height}
	y := padY
	for _, s := range strips {
		for _, r := range s.runs {
			r.y += y
			one.runs = append(one.runs, r)
		}
		y += s.height
	}
	return one
}
