package docx

import (
	"strings"

	"padome/internal/document"
)

// writer writes the blocks of a document.
type writer struct {
	out        strings.Builder
	lists      lists
	afterTable bool // two tables that follow each other would be one
	signed     bool // the block before was that of the signatures
}

// hold is what a page break must not part a paragraph from.
type hold struct{ next, whole bool }

func (h hold) properties() (s string) {
	if h.next {
		s += `<w:keepNext/>`
	}
	if h.whole {
		s += `<w:keepLines/>`
	}
	return s
}

// paragraph writes a paragraph in a style; extra are more of its properties.
func (w *writer) paragraph(style string, h hold, extra string, runs string) {
	w.out.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + h.properties() + extra + `</w:pPr>` + runs + `</w:p>`)
	w.afterTable = false
}

// gap parts a table from what follows.
func (w *writer) gap() { w.paragraph("Gap", hold{}, "", "") }

// runs is a text with its styles.
func runs(t document.Text) string {
	var b strings.Builder
	for _, s := range t.Bound() {
		if s.Text == "" {
			continue
		}
		b.WriteString(`<w:r>`)
		if s.Bold || s.Italic {
			b.WriteString(`<w:rPr>`)
			if s.Bold {
				b.WriteString(`<w:b/>`)
			}
			if s.Italic {
				b.WriteString(`<w:i/>`)
			}
			b.WriteString(`</w:rPr>`)
		}
		b.WriteString(`<w:t xml:space="preserve">` + text(s.Text) + `</w:t></w:r>`)
	}
	return b.String()
}

// block writes a block; before says that it stands before the signatures.
func (w *writer) block(b document.Block, before bool) {
	k := b.Held()
	h := hold{next: k.WithNext || before, whole: k.Together}
	apart := ""
	if w.signed {
		apart = `<w:spacing w:before="480"/>`
	}
	_, w.signed = b.(document.Signatures)
	switch b := b.(type) {
	case document.Masthead:
		w.paragraph("PaperAuthor", hold{}, "", plainRun(b.Author))
		w.paragraph("Title", hold{}, "", plainRun(b.Name))
	case document.Dateline:
		w.paragraph("Dateline", h, "", plainRun(b.Place)+`<w:r><w:tab/></w:r>`+plainRun(b.Number)+`<w:r><w:tab/></w:r>`+plainRun(b.Date))
	case document.Heading:
		w.paragraph("Heading"+itoa(b.Level), hold{}, "", plainRun(strings.TrimSpace(b.Label+" "+b.Text)))
	case document.Paragraph:
		w.paragraph("BodyText", h, apart, runs(b.Text))
	case document.Note:
		w.paragraph("Note", h, apart, runs(b.Text))
	case document.Fields:
		w.fields(b, h)
	case document.List:
		w.list(b.Items, 0, 0, h)
	case document.Table:
		w.table(b, h)
	case document.Signatures:
		w.signatures(b)
	}
}

// within is the hold of one paragraph of a block of several: all but the last
// stay with the next where the block stays together.
func (h hold) within(last bool) hold {
	if last {
		return h
	}
	return hold{next: h.whole, whole: h.whole}
}

// list writes the entries of one level; at is where their labels stand. Labels
// that count are numbered by the word processor, in the form that they have.
func (w *writer) list(items []document.Item, level, at int, h hold) {
	width := labelWidth(items)
	number := w.lists.of(items, level, at+width, width)
	for i, it := range items {
		last := i == len(items)-1
		of, label := `<w:numPr><w:ilvl w:val="`+itoa(level)+`"/><w:numId w:val="`+itoa(number)+`"/></w:numPr>`, ""
		if number == 0 {
			of, label = "", plainRun(it.Label)+`<w:r><w:tab/></w:r>`
		}
		indent := `<w:ind w:left="` + itoa(at+width) + `" w:hanging="` + itoa(width) + `"/>`
		w.paragraph("ListParagraph", h.within(last && len(it.Items) == 0), of+indent, label+runs(it.Text))
		if len(it.Items) > 0 {
			w.list(it.Items, level+1, at+width, h.within(last))
		}
	}
}

// labelWidth is room for the widest label of a list.
func labelWidth(items []document.Item) int {
	most := 0
	for _, it := range items {
		most = max(most, len([]rune(it.Label)))
	}
	return min(240+140*most, bodyWidth/4)
}

const (
	rowWhole = `<w:trPr><w:cantSplit/></w:trPr>`
	rowHead  = `<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`
)

// grid opens a table of a style with columns of widths.
func (w *writer) grid(style, look string, widths []int) {
	if w.afterTable {
		w.gap()
	}
	w.out.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="` + style + `"/><w:tblW w:w="` + itoa(bodyWidth) + `" w:type="dxa"/><w:tblLayout w:type="fixed"/>` +
		`<w:tblLook w:val="04A0" ` + look + ` w:lastRow="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>`)
	for _, x := range widths {
		w.out.WriteString(`<w:gridCol w:w="` + itoa(x) + `"/>`)
	}
	w.out.WriteString(`</w:tblGrid>`)
}

// row writes a row; cells are the paragraphs of each.
func (w *writer) row(properties string, widths []int, cells ...func()) {
	w.out.WriteString(`<w:tr>` + properties)
	for i, write := range cells {
		w.out.WriteString(`<w:tc><w:tcPr><w:tcW w:w="` + itoa(widths[i]) + `" w:type="dxa"/></w:tcPr>`)
		write()
		w.out.WriteString(`</w:tc>`)
	}
	w.out.WriteString(`</w:tr>`)
}

func (w *writer) end() {
	w.out.WriteString(`</w:tbl>`)
	w.afterTable = true
}

// fields writes labelled values as a table without rules.
func (w *writer) fields(f document.Fields, h hold) {
	widths := []int{bodyWidth / 3, bodyWidth - bodyWidth/3}
	w.grid("TableNormal", `w:firstRow="0" w:firstColumn="1"`, widths)
	for i, r := range f.Rows {
		one := h.within(i == len(f.Rows)-1)
		w.row(fieldRow(r), widths,
			func() { w.paragraph("FieldLabel", one, "", plainRun(r.Label)) },
			func() {
				for _, v := range r.Values {
					w.paragraph("FieldValue", one, "", runs(v))
				}
				if len(r.Values) == 0 {
					w.paragraph("FieldValue", one, "", "")
				}
			})
	}
	w.end()
}

// fieldRow are the properties of the row of a label: one of many values, as who was
// present, may go on over pages, or most of a page would stay empty before it.
func fieldRow(r document.Field) string {
	const many = 6
	if len(r.Values) > many {
		return ""
	}
	return rowWhole
}

func (w *writer) table(t document.Table, h hold) {
	if t.Caption != "" {
		w.paragraph("Caption", hold{}, "", plainRun(t.Caption))
	}
	widths := columnWidths(t.Columns)
	first := `w:firstRow="1" w:firstColumn="0"`
	if t.RowHeaders {
		first = `w:firstRow="1" w:firstColumn="1"`
	}
	w.grid("TableGrid", first, widths)
	heads := make([]func(), len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = func() { w.paragraph("TableHead", hold{}, "", plainRun(c.Head)) }
	}
	w.row(rowHead, widths, heads...)
	for n, r := range t.Rows {
		one := h.within(n == len(t.Rows)-1)
		cells := make([]func(), len(r))
		for i, c := range r {
			cells[i] = func() { w.paragraph("TableText", one, "", runs(c)) }
		}
		w.row(rowWhole, widths, cells...)
	}
	w.end()
}

func columnWidths(columns []document.Column) []int {
	const narrowest = 450
	var total float64
	for _, c := range columns {
		total += c.Width
	}
	widths := make([]int, len(columns))
	spare := float64(bodyWidth - narrowest*len(columns))
	for i, c := range columns {
		widths[i] = narrowest + int(spare*c.Width/total)
	}
	return widths
}

// signatures writes those who sign as a table without rules, whose rows stay
// together.
func (w *writer) signatures(s document.Signatures) {
	if len(s.Signers) > 0 {
		widths := []int{bodyWidth * 42 / 100, bodyWidth * 22 / 100, bodyWidth * 36 / 100}
		w.grid("TableNormal", `w:firstRow="0" w:firstColumn="1"`, widths)
		for i, p := range s.Signers {
			h := hold{next: i < len(s.Signers)-1 || s.Footnote != "", whole: true}
			w.row(rowWhole, widths,
				func() { w.paragraph("Signature", h, "", plainRun(p.Role)) },
				func() { w.paragraph("Signature", h, `<w:jc w:val="center"/>`, plainRun(p.Mark)) },
				func() { w.paragraph("Signature", h, `<w:jc w:val="right"/>`, plainRun(p.Name)) })
		}
		w.end()
	}
	if s.Footnote != "" {
		w.paragraph("Note", hold{whole: true}, `<w:spacing w:before="320"/>`, plainRun(s.Footnote))
	}
}
