package akoma

import (
	"strconv"
	"strings"

	"padome/internal/document"
)

// A section is a part of the body under a heading.
type section struct {
	level int
	id    string
}

// write writes blocks in their order: the masthead into the preface, all else
// into the body.
func (p *paper) write(blocks document.Blocks) {
	for i := 0; i < len(blocks); i++ {
		switch b := blocks[i].(type) {
		case document.Masthead:
			p.masthead(b)
		case document.Dateline:
			p.dateline(b)
		case document.Heading:
			p.heading(b)
		case document.Paragraph:
			var next document.Block
			if i+1 < len(blocks) {
				next = blocks[i+1]
			}
			if n := p.hooks.paragraph(p, b, next); n > 0 {
				i += n - 1
			} else {
				p.paragraph(&p.body, "p", b.Text)
			}
		case document.Fields:
			if p.kind == "debateReport" && p.within() == "" {
				p.body.start("rollCall", "eId", "attendance")
				p.fields(b)
				p.body.end("rollCall")
			} else {
				p.fields(b)
			}
		case document.List:
			p.list(&p.body, p.next("list"), document.Text{}, b)
		case document.Table:
			p.table(b)
		case document.Note:
			p.paragraph(&p.body, "p", b.Text, "class", "note")
		}
	}
	p.closeTo(0)
}

func (p *paper) masthead(b document.Masthead) {
	p.preface.inline("p")
	p.preface.span("docProponent", document.Plain(b.Author), "refersTo", "#council")
	p.preface.end("p")
	p.preface.inline("p")
	p.preface.span("docType", document.Plain(b.Name))
	p.preface.end("p")
}

func (p *paper) dateline(b document.Dateline) {
	w := &p.preface
	w.inline("p")
	w.span("location", document.Plain(b.Place), "refersTo", p.refer("TLCLocation", "place", "location/lv", b.Place))
	w.say(" ")
	if b.Number != "" {
		w.span("docNumber", document.Plain(b.Number))
		w.say(" ")
	}
	w.span("docDate", document.Plain(b.Date), "date", p.date)
	w.end("p")
}

func (p *paper) paragraph(w *markup, name string, t document.Text, attrs ...string) {
	w.inline(name, attrs...)
	w.text(t)
	w.end(name)
}

// heading opens a section, after those of its level and below are closed. What
// has a number is an item of the agenda.
func (p *paper) heading(b document.Heading) {
	p.closeTo(b.Level)
	name, id := "item", itemID(strings.TrimSuffix(b.Label, "."))
	if b.Label == "" {
		name, id = "part", p.next("part")
	}
	p.open = append(p.open, section{b.Level, id})
	p.body.start("debateSection", "eId", id, "name", name)
	if b.Label != "" {
		p.body.line("num", b.Label)
	}
	p.body.line("heading", b.Text)
}

// itemID is the eId of an item by its number.
func itemID(number string) string { return "item_" + number }

// closeTo closes the sections of a level and below.
func (p *paper) closeTo(level int) {
	for n := len(p.open); n > 0 && p.open[n-1].level >= level; n-- {
		p.body.end("debateSection")
		p.open = p.open[:n-1]
	}
}

// within is the eId of the innermost open section, "" outside any.
func (p *paper) within() string {
	if n := len(p.open); n > 0 {
		return p.open[n-1].id
	}
	return ""
}

// next is an eId for the next part of a kind.
func (p *paper) next(kind string) string {
	p.lists++
	id := kind + "_" + strconv.Itoa(p.lists)
	if in := p.within(); in != "" {
		return in + "__" + id
	}
	return id
}

// fields are labelled values: each label with a list of its own.
func (p *paper) fields(b document.Fields) {
	for _, row := range b.Rows {
		id := p.next("field")
		p.body.start("blockList", "eId", id, "class", "field")
		p.body.line("listIntroduction", row.Label)
		for i, v := range row.Values {
			p.body.start("item", "eId", id+"__item_"+strconv.Itoa(i+1))
			before, after := p.hooks.value(p, v.String())
			p.body.inline("p")
			p.body.raw(before)
			p.body.text(v)
			p.body.raw(after)
			p.body.end("p")
			p.body.end("item")
		}
		p.body.end("blockList")
	}
}

// list writes a list with the words that introduce it, if any.
func (p *paper) list(w *markup, id string, introduction document.Text, b document.List) {
	w.start("blockList", "eId", id)
	if len(introduction) > 0 {
		p.paragraph(w, "listIntroduction", introduction)
	}
	p.items(w, id, b.Items)
	w.end("blockList")
}

func (p *paper) items(w *markup, id string, items []document.Item) {
	for i, it := range items {
		own := id + "__item_" + strconv.Itoa(i+1)
		w.start("item", "eId", own)
		if it.Label != "" {
			w.line("num", it.Label)
		}
		p.paragraph(w, "p", it.Text)
		if len(it.Items) > 0 {
			w.start("blockList", "eId", own+"__list")
			p.items(w, own+"__list", it.Items)
			w.end("blockList")
		}
		w.end("item")
	}
}

func (p *paper) table(b document.Table) {
	w := &p.body
	w.start("table", "eId", p.next("table"))
	if b.Caption != "" {
		w.line("caption", b.Caption)
	}
	w.start("tr")
	for _, c := range b.Columns {
		w.start("th")
		w.line("p", c.Head)
		w.end("th")
	}
	w.end("tr")
	for _, row := range b.Rows {
		w.start("tr")
		for i, cell := range row {
			name := "td"
			if i == 0 && b.RowHeaders {
				name = "th"
			}
			w.start(name)
			p.paragraph(w, "p", cell)
			w.end(name)
		}
		w.end("tr")
	}
	w.end("table")
}
