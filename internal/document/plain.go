package document

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Columns of a page of plain text, as e-mail and terminals show it well.
const (
	plainWidth = 76
	plainLabel = 26 // the labels of Fields
)

// PlainText is the document as lines of text at most 76 characters wide (a word
// longer than that is not cut). No-break spaces stay.
func PlainText(d Document) string {
	var p plain
	if d.Draft {
		p.line(right(d.DraftMark, plainWidth))
	}
	for _, b := range d.Blocks {
		p.block(b)
	}
	return p.out.String()
}

// plain writes lines; gap asks for an empty line before the next one.
type plain struct {
	out strings.Builder
	gap bool
}

func (p *plain) line(s string) {
	if p.gap && p.out.Len() > 0 {
		p.out.WriteByte('\n')
	}
	p.gap = false
	p.out.WriteString(strings.TrimRight(s, " "))
	p.out.WriteByte('\n')
}

func (p *plain) block(b Block) {
	p.gap = true
	switch b := b.(type) {
	case Masthead:
		p.centred(b.Author)
		p.centred(b.Name)
	case Dateline:
		p.line(side(b.Place, b.Number, b.Date))
	case Heading:
		p.hanging("", b.Label, b.Text)
	case Paragraph:
		p.hanging("", "", b.Text.String())
	case Note:
		p.hanging("", "", b.Text.String())
	case Fields:
		p.fields(b)
	case List:
		p.list("", b.Items)
	case Table:
		p.table(b)
	case Signatures:
		p.signatures(b)
	}
}

func (p *plain) centred(s string) {
	for _, l := range wrap(s, plainWidth) {
		p.line(strings.Repeat(" ", max(0, plainWidth-width(l))/2) + l)
	}
}

// hanging writes a text with its label before it and its further lines under
// the first.
func (p *plain) hanging(indent, label, s string) {
	if label != "" {
		label += " "
	}
	under := indent + strings.Repeat(" ", width(label))
	first := indent + label
	for _, l := range wrap(s, plainWidth-width(under)) {
		p.line(first + l)
		first = under
	}
}

func (p *plain) fields(f Fields) {
	for _, r := range f.Rows {
		var values []string
		for _, v := range r.Values {
			values = append(values, wrap(v.String(), plainWidth-plainLabel)...)
		}
		p.beside(wrap(r.Label, plainLabel-2), values)
	}
}

func (p *plain) beside(labels, values []string) {
	for i := range max(len(labels), len(values)) {
		p.line(left(at(labels, i), plainLabel) + at(values, i))
	}
}

func (p *plain) list(indent string, items []Item) {
	for _, it := range items {
		p.hanging(indent, it.Label, it.Text.String())
		p.list(indent+strings.Repeat(" ", width(it.Label)+1), it.Items)
	}
}

func (p *plain) table(t Table) {
	if t.Caption != "" {
		p.hanging("", "", t.Caption)
	}
	widths := t.widths(plainWidth - 2*(len(t.Columns)-1))
	heads := make([]Text, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = Plain(c.Head)
	}
	p.row(heads, widths)
	rules := make([]string, len(widths))
	for i, w := range widths {
		rules[i] = strings.Repeat("-", w)
	}
	p.line(strings.Join(rules, "  "))
	for _, r := range t.Rows {
		p.row(r, widths)
	}
}

// widths shares a total out among the columns, at least 1 to each.
func (t Table) widths(total int) []int {
	var sum float64
	for _, c := range t.Columns {
		sum += c.Width
	}
	widths := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = max(1, int(float64(total)*c.Width/sum))
	}
	return widths
}

func (p *plain) row(cells []Text, widths []int) {
	columns := make([][]string, len(cells))
	height := 0
	for i, c := range cells {
		columns[i] = wrap(c.String(), widths[i])
		height = max(height, len(columns[i]))
	}
	for n := range height {
		parts := make([]string, len(columns))
		for i, c := range columns {
			parts[i] = left(at(c, n), widths[i])
		}
		p.line(strings.Join(parts, "  "))
	}
}

func (p *plain) signatures(s Signatures) {
	for _, one := range s.Signers {
		p.line(side(one.Role, one.Mark, one.Name))
	}
	if s.Footnote != "" {
		p.gap = true
		p.hanging("", "", s.Footnote)
	}
}

// wrap breaks s into lines of at most most characters; an empty s is one empty
// line.
func wrap(s string, most int) []string {
	lines := []string{""}
	n := 0
	for piece := range Pieces(s) {
		bare := strings.TrimRight(piece, " \n")
		if n > 0 && n+width(bare) > most {
			lines, n = append(lines, ""), 0
		}
		lines[len(lines)-1] += strings.TrimSuffix(piece, "\n")
		n += width(piece)
		if strings.HasSuffix(piece, "\n") {
			lines, n = append(lines, ""), 0
		}
	}
	return lines
}

func width(s string) int { return utf8.RuneCountInString(s) }

// left and right fill s up to a width with spaces.
func left(s string, w int) string  { return s + strings.Repeat(" ", max(0, w-width(s))) }
func right(s string, w int) string { return strings.Repeat(" ", max(0, w-width(s))) + s }

// side sets three texts at the left, in the middle and at the right of a line,
// or under each other where they do not fit.
func side(l, c, r string) string {
	if width(l)+width(c)+width(r)+4 > plainWidth {
		return strings.Join(slices.DeleteFunc([]string{l, c, r}, func(s string) bool { return s == "" }), "\n")
	}
	middle := min((plainWidth-width(c))/2, plainWidth-width(r)-2-width(c))
	return left(left(l, max(width(l)+2, middle))+c, plainWidth-width(r)) + r
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
