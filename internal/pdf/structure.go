package pdf

import (
	"strconv"

	"padome/internal/document"
)

// element is a part of the document as a reader of its structure meets it
// (ISO 32000-1, 14.8.4): it holds other elements, or stretches of text on
// pages, never both.
type element struct {
	tag    string // a standard structure type: H1, P, LI, …
	attr   string // its attributes, as a PDF dictionary; "" for none
	alt    string // words in place of a figure; "" for none
	parts  []*element
	marks  []mark // in the order of drawing
	number int    // of its object, once the file is finished
}

// mark is a stretch of text on a page that belongs to an element.
type mark struct{ page, id int }

// part adds an element below e.
func (e *element) part(tag string) *element {
	p := &element{tag: tag}
	e.parts = append(e.parts, p)
	return p
}

// with is e with attributes of an owner.
func (e *element) with(owner, attributes string) *element {
	e.attr = "<</O /" + owner + " " + attributes + ">>"
	return e
}

// title opens a heading. The name of the paper is level 0, and what a heading
// says of itself counts from there; no level is skipped on the way down.
func (l *layout) title(level int) *element {
	const lowest = 6
	l.level = min(level+1, l.level+1, lowest)
	return l.root.part("H" + strconv.Itoa(l.level))
}

// listOf opens a list. Labels are drawn, so that its numbering has to be told.
func listOf(in *element, ordered bool) *element {
	if ordered {
		return in.part("L").with("List", "/ListNumbering /Decimal")
	}
	return in.part("L").with("List", "/ListNumbering /Disc")
}

// entry is an entry of a list: where its label goes, and where its text does.
func entry(list *element) (label, body *element) {
	li := list.part("LI")
	return li.part("Lbl"), li.part("LBody")
}

// tableParts are the parts of a table that cells go into.
func tableParts(in *element, t document.Table) (caption, head, body *element) {
	table := in.part("Table")
	if t.Caption != "" {
		caption = table.part("Caption")
	}
	return caption, table.part("THead"), table.part("TBody")
}

// columnHeads opens the row of heads and gives the cell of each column.
func columnHeads(head *element) func(int) *element {
	row := head.part("TR")
	return func(int) *element { return row.part("TH").with("Table", "/Scope /Column") }
}

// rowCells opens a row and gives the cell of each column; with headers the first
// names the row.
func rowCells(body *element, headers bool) func(int) *element {
	row := body.part("TR")
	return func(i int) *element {
		if i == 0 && headers {
			return row.part("TH").with("Table", "/Scope /Row")
		}
		return row.part("TD")
	}
}
