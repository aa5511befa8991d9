package docx

import (
	"strconv"
	"strings"

	"padome/internal/document"
	"padome/internal/ooxml"
)

// lists are the forms of numbering that a document uses, by the ids from 1 on.
type lists struct{ forms []numbering }

// numbering is how one level of a list counts: before and after the number
// stands a text ("1." and "." of "1.1."). A mark does not count.
type numbering struct {
	level, left, hanging int
	before, after        string
	mark                 bool
	start                int
}

// of is the id of the numbering by which a word processor gives entries the very
// labels that they have; 0 where none does.
func (l *lists) of(items []document.Item, level, left, hanging int) int {
	n, ok := counted(items)
	if !ok {
		return 0
	}
	n.level, n.left, n.hanging = level, left, hanging
	l.forms = append(l.forms, n)
	return len(l.forms)
}

// counted reads the labels of a list: the same mark throughout, or numbers that
// follow each other with the same text around them.
func counted(items []document.Item) (numbering, bool) {
	if len(items) == 0 || items[0].Label == "" || strings.Contains(items[0].Label, "%") {
		return numbering{}, false
	}
	n, ok := numberIn(items[0].Label)
	if !ok {
		n = numbering{before: items[0].Label, mark: true}
	}
	for i, it := range items {
		want := n.before
		if !n.mark {
			want += strconv.Itoa(n.start+i) + n.after
		}
		if it.Label != want {
			return numbering{}, false
		}
	}
	return n, true
}

// numberIn finds the last number of a label; the text before it may hold others.
func numberIn(label string) (numbering, bool) {
	const digits = "0123456789"
	end := strings.LastIndexAny(label, digits) + 1
	from := len(strings.TrimRight(label[:end], digits))
	start, err := strconv.Atoi(label[from:end])
	if err != nil || strconv.Itoa(start) != label[from:end] {
		return numbering{}, false
	}
	return numbering{before: label[:from], after: label[end:], start: start}, true
}

// part is the numbering of the document. Every form is one of its own, so that
// lists do not go on counting from each other.
func (l *lists) part() string {
	var b, nums strings.Builder
	b.WriteString(ooxml.Head + `<w:numbering ` + ooxml.WordNS + `>`)
	for i, n := range l.forms {
		id := itoa(i + 1)
		format, label := "decimal", n.before+"%"+itoa(n.level+1)+n.after
		if n.mark {
			format, label = "bullet", n.before
		}
		b.WriteString(`<w:abstractNum w:abstractNumId="` + id + `"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="` + itoa(n.level) + `">` +
			`<w:start w:val="` + itoa(n.start) + `"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + ooxml.Escape(label) + `"/><w:lvlJc w:val="left"/>` +
			`<w:pPr><w:ind w:left="` + itoa(n.left) + `" w:hanging="` + itoa(n.hanging) + `"/></w:pPr></w:lvl></w:abstractNum>`)
		nums.WriteString(`<w:num w:numId="` + id + `"><w:abstractNumId w:val="` + id + `"/></w:num>`)
	}
	b.WriteString(nums.String() + `</w:numbering>`)
	return b.String()
}
