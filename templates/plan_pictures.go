package templates

import "padome/council"

// Bar is how the tasks of a measure stand, as a picture of 100 by 10 with its
// words.
type Bar struct {
	Name  string
	Words string
	Parts []BarPart
}

// BarPart is one state's share of a bar.
type BarPart struct {
	Class string
	From  float64
	Width float64
}

// Count is how many tasks stand in one way; the class is that of its colour.
type Count struct {
	Class string
	N     int
}

// NewBar divides a bar among counts. Those that are 0 have no part.
func NewBar(name, words string, counts ...Count) Bar {
	b := Bar{Name: name, Words: words}
	sum := 0
	for _, c := range counts {
		sum += c.N
	}
	at := 0
	for _, c := range counts {
		if c.N > 0 {
			from, until := 100*float64(at)/float64(sum), 100*float64(at+c.N)/float64(sum)
			b.Parts = append(b.Parts, BarPart{c.Class, from, until - from})
			at += c.N
		}
	}
	return b
}

// Sizes of a grid's parts, in pixels.
const (
	gridCell = 24
	gridLeft = 44
	gridTop  = 44
)

// Grid is measures by sessions: a picture with a mark for what each session did
// with each measure. The table of the same stands beside it.
type Grid struct {
	Columns []GridColumn
	Rows    []GridRow
	Marks   []GridMark
	Legend  []GridMark // one of each kind, with its words
}

// GridColumn is a session; Year is that of the first session of a year, else 0.
type GridColumn struct {
	Date council.Date
	Year int
	X    int
}

// GridRow is a measure.
type GridRow struct {
	Number int
	Name   string
	Y      int
	Cells  []GridCell
}

// GridCell is a cell of the table beside the picture.
type GridCell struct {
	Date  council.Date
	Words string
}

// GridMark is a mark at its place. The kind names its shape.
type GridMark struct {
	Kind string
	Text string
	X, Y int
}

// NewGrid is a grid for sessions in the order of their days, without rows.
func NewGrid(days []council.Date) Grid {
	g := Grid{}
	for i, d := range days {
		c := GridColumn{Date: d, X: gridLeft + gridCell*i}
		if i == 0 || d.Year() != days[i-1].Year() {
			c.Year = d.Year()
		}
		g.Columns = append(g.Columns, c)
	}
	return g
}

// Row adds a measure with what sessions did with it, each by its column.
func (g *Grid) Row(number int, name string, done map[int]GridMark) {
	row := GridRow{Number: number, Name: name, Y: gridTop + gridCell*len(g.Rows)}
	for i, c := range g.Columns {
		if m, ok := done[i]; ok {
			m.X, m.Y = c.X, row.Y
			g.Marks = append(g.Marks, m)
			row.Cells = append(row.Cells, GridCell{c.Date, m.Text})
		}
	}
	g.Rows = append(g.Rows, row)
}

// Width and Height are those of the picture.
func (g Grid) Width() int  { return gridLeft + gridCell*len(g.Columns) + 2 }
func (g Grid) Height() int { return gridTop + gridCell*len(g.Rows) + 2 }

// Month is the number of a column's month.
func (c GridColumn) Month() int { return int(c.Date[5]-'0')*10 + int(c.Date[6]-'0') }

// Middle is the middle of a cell that begins here, for its label.
func (c GridColumn) Middle() int { return c.X + gridCell/2 }

// Base is the line on which a row's label stands.
func (r GridRow) Base() int { return r.Y + gridCell - 7 }
