package exchange

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"padome/internal/problem"
)

// node is an element of the text of a document, or a run of characters, which has
// no name.
type node struct {
	name  string
	attrs []xml.Attr
	text  string
	below []*node
}

const (
	mostNodes = 600_000
	mostDepth = 200
)

// parseXML reads a part of a document. Names are without their space: the parts
// read here use one. It fails with a problem on what is no XML or too large.
func parseXML(raw []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	root := &node{}
	open := []*node{root}
	for count := 0; ; count++ {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root, nil
		}
		if err != nil {
			return nil, problem.New(problem.Invalid, "problem.exchange.damaged")
		}
		if count > mostNodes || len(open) > mostDepth {
			return nil, problem.New(problem.TooLarge, "problem.exchange.unpacked")
		}
		top := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			n := &node{name: t.Name.Local, attrs: t.Attr}
			top.below = append(top.below, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if top.name == "t" {
				top.below = append(top.below, &node{text: string(t)})
			}
		}
	}
}

// child is the first element of a name below, along a path of names; nil for none.
func (n *node) child(path ...string) *node {
	for _, name := range path {
		if n == nil {
			return nil
		}
		var found *node
		for _, b := range n.below {
			if b.name == name {
				found = b
				break
			}
		}
		n = found
	}
	return n
}

func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// run is text of a paragraph in one style of characters; a line break is \n.
type run struct{ style, text string }

// para is a paragraph as it reads when every tracked change is accepted.
type para struct {
	n     int // in the document, from 1
	style string
	list  string // "", "bullet" or "number": what stands before it and is no text
	runs  []run
	goes  bool // its end was deleted: it goes on with the next one
}

// text is the whole text of a paragraph.
func (p *para) text() string {
	var b strings.Builder
	for _, r := range p.runs {
		b.WriteString(r.text)
	}
	return b.String()
}

// wordCell is a cell; continued says that it is the rest of one merged over rows.
type wordCell struct {
	paras     []para
	continued bool
}

type wordRow struct {
	n     int // in its table, from 1
	cells []wordCell
}

// block is a paragraph or a table.
type block struct {
	para para
	rows []wordRow // nil for a paragraph
}

// bodyReading walks through the text of a document.
type bodyReading struct {
	n     int // paragraphs so far
	lists map[string]string
	names map[string]string // of styles, by id
}

// skipped are elements whose text is not a document's own: what was deleted or
// moved away, drawings, and the code of fields.
var skipped = map[string]bool{"del": true, "moveFrom": true, "drawing": true, "pict": true, "object": true,
	"instrText": true, "delText": true, "delInstrText": true, "Fallback": true, "pPr": true, "rPr": true, "tcPr": true, "tblPr": true, "trPr": true, "sectPr": true}

// blocks are the paragraphs and tables below an element.
func (r *bodyReading) blocks(n *node) (bs []block) {
	for _, b := range n.below {
		switch {
		case b.name == "p":
			p := r.paragraph(b)
			if last := len(bs) - 1; last >= 0 && bs[last].rows == nil && bs[last].para.goes {
				p.runs = append(bs[last].para.runs, p.runs...)
				bs = bs[:last]
			}
			bs = append(bs, block{para: p})
		case b.name == "tbl":
			bs = append(bs, block{rows: r.table(b)})
		case !skipped[b.name]:
			bs = append(bs, r.blocks(b)...)
		}
	}
	return bs
}

func (r *bodyReading) paragraph(n *node) para {
	r.n++
	p := para{n: r.n, style: r.style(n.child("pPr", "pStyle")), goes: n.child("pPr", "rPr", "del") != nil}
	if num := n.child("pPr", "numPr", "numId"); num != nil {
		p.list = r.lists[num.attr("val")]
	}
	r.runs(n, "", &p)
	return p
}

// style is the name of the style that an element refers to.
func (r *bodyReading) style(n *node) string {
	id := n.attr("val")
	if name := r.names[id]; name != "" {
		return name
	}
	return id
}

// breaks are the elements that stand for characters.
var breaks = map[string]string{"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}

// runs gathers the text below an element.
func (r *bodyReading) runs(n *node, style string, p *para) {
	for _, b := range n.below {
		s, isBreak := breaks[b.name]
		switch {
		case skipped[b.name]:
			continue
		case b.name == "r":
			r.runs(b, r.style(b.child("rPr", "rStyle")), p)
			continue
		case b.name == "" && b.text != "":
			s = b.text
		case !isBreak:
			r.runs(b, style, p)
			continue
		}
		if last := len(p.runs) - 1; last >= 0 && p.runs[last].style == style {
			p.runs[last].text += s
			continue
		}
		p.runs = append(p.runs, run{style, s})
	}
}

// table is the rows of a table that were not deleted, each cell as often as the
// columns that it spans.
func (r *bodyReading) table(n *node) []wordRow {
	rows := []wordRow{}
	for i, tr := range all(n, "tr") {
		if tr.child("trPr", "del") != nil {
			continue
		}
		row := wordRow{n: i + 1}
		for _, tc := range all(tr, "tc") {
			c := wordCell{}
			if m := tc.child("tcPr", "vMerge"); m != nil && m.attr("val") != "restart" {
				c.continued = true
			}
			for _, b := range r.blocks(tc) {
				c.paras = append(c.paras, b.flat()...)
			}
			row.cells = append(row.cells, c)
			span, _ := strconv.Atoi(tc.child("tcPr", "gridSpan").attr("val"))
			for range min(span, mostColumns) - 1 {
				row.cells = append(row.cells, wordCell{continued: true})
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// flat are the paragraphs of a block, of a table inside a cell too.
func (b block) flat() []para {
	if b.rows == nil {
		return []para{b.para}
	}
	var ps []para
	for _, row := range b.rows {
		for _, c := range row.cells {
			ps = append(ps, c.paras...)
		}
	}
	return ps
}

// all are the elements of a name below, also inside what only wraps them.
func all(n *node, name string) (found []*node) {
	for _, b := range n.below {
		switch b.name {
		case name:
			found = append(found, b)
		case "sdt", "sdtContent", "customXml", "ins", "moveTo":
			found = append(found, all(b, name)...)
		}
	}
	return found
}
