package document

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"padome/internal/problem"
	"padome/internal/text"
)

// Languages a document can be written in.
var Languages = []string{"lv", "en"}

// Validate fails with a problem.Error that lists every text no rendering could
// show, with the block it stands in, and every part that is not in order.
func (d Document) Validate() error {
	c := &checker{}
	if d.Lang != Languages[0] && d.Lang != Languages[1] {
		c.add("lang", "problem.choice", "value", d.Lang, "choices", strings.Join(Languages, ", "))
	}
	c.line("title", d.Title)
	c.line("author", d.Author)
	c.line("subject", d.Subject)
	reference, below, _ := strings.Cut(d.Reference, "\n")
	c.line("reference", reference)
	c.line("reference", below)
	c.line("draftMark", d.DraftMark)
	if d.Title == "" {
		c.add("title", "problem.text.missing")
	}
	if d.Draft && d.DraftMark == "" {
		c.add("draftMark", "problem.text.missing")
	}
	if y := d.Created.Year(); y < 1 || y > 9999 || d.Created.IsZero() {
		c.add("created", "problem.document.created")
	}
	if len(d.Blocks) == 0 {
		c.add("blocks", "problem.document.empty")
	}
	for i, b := range d.Blocks {
		c.block, c.at = i+1, fmt.Sprintf("blocks[%d]", i)
		if b == nil {
			c.add("kind", "problem.document.kind", "kind", "")
			continue
		}
		b.check(c)
	}
	return c.faults.Err()
}

// checker gathers faults; at and block say which block is being looked at.
type checker struct {
	faults problem.List
	at     string
	block  int
}

func (c *checker) add(field, key string, args ...string) {
	if c.at != "" {
		field = c.at + "." + field
	}
	c.faults.Add(field, key, args...)
}

// text checks the spans each in its normal form, as renderers set them.
func (c *checker) text(field string, t Text) {
	var b strings.Builder
	for _, s := range t {
		b.WriteString(norm.NFC.String(s.Text))
	}
	c.normal(field, strings.ReplaceAll(b.String(), "\n", " "))
}

func (c *checker) texts(field string, all []Text) {
	for i, t := range all {
		c.text(fmt.Sprintf("%s[%d]", field, i), t)
	}
}

func (c *checker) line(field, s string) { c.normal(field, norm.NFC.String(s)) }

// normal notes the first character of a text that no document may hold.
func (c *checker) normal(field, s string) {
	if !utf8.ValidString(s) {
		c.add(field, "problem.text.encoding")
		return
	}
	r, at, bad := text.Unprintable(s)
	if !bad {
		return
	}
	if c.block == 0 {
		c.add(field, "problem.text.character", "character", text.Name(r), "position", strconv.Itoa(at))
		return
	}
	c.add(field, "problem.document.character", "block", strconv.Itoa(c.block),
		"character", text.Name(r), "position", strconv.Itoa(at), "near", near(s, at))
}

// near is what can be printed around the character at a position, so that a
// reader finds the place.
func near(s string, position int) string {
	const reach = 20
	runes := []rune(s)
	around := runes[max(position-1-reach, 0):min(position+reach, len(runes))]
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if !text.Printable(r) {
			return -1
		}
		return r
	}, string(around)))
}

func (m Masthead) check(c *checker) { c.line("author", m.Author); c.line("name", m.Name) }

func (l Dateline) check(c *checker) {
	c.line("place", l.Place)
	c.line("number", l.Number)
	c.line("date", l.Date)
}

func (h Heading) check(c *checker) {
	if h.Level < 1 || h.Level > 6 {
		c.add("level", "problem.range", "value", strconv.Itoa(h.Level), "least", "1", "most", "6")
	}
	c.line("label", h.Label)
	c.line("text", h.Text)
}

func (p Paragraph) check(c *checker) { c.text("text", p.Text) }
func (n Note) check(c *checker)      { c.text("text", n.Text) }

func (f Fields) check(c *checker) {
	for i, r := range f.Rows {
		c.line(fmt.Sprintf("rows[%d].label", i), r.Label)
		c.texts(fmt.Sprintf("rows[%d].values", i), r.Values)
	}
}

func (l List) check(c *checker) { c.items("items", l.Items, 1) }

// deepest is how far lists may be nested; deeper there is no room on a page.
const deepest = 6

func (c *checker) items(field string, items []Item, depth int) {
	if depth > deepest && len(items) > 0 {
		c.add(field, "problem.document.depth", "most", strconv.Itoa(deepest))
		return
	}
	for i, it := range items {
		at := fmt.Sprintf("%s[%d]", field, i)
		c.line(at+".label", it.Label)
		c.text(at+".text", it.Text)
		c.items(at+".items", it.Items, depth+1)
	}
}

// widest is how many columns have room on a page, broadest how much wider than
// another one of them may be.
const (
	widest   = 12
	broadest = 1000
)

func (t Table) check(c *checker) {
	c.line("caption", t.Caption)
	if n := len(t.Columns); n < 1 || n > widest {
		c.add("columns", "problem.range", "value", strconv.Itoa(n), "least", "1", "most", strconv.Itoa(widest))
	}
	for i, col := range t.Columns {
		c.line(fmt.Sprintf("columns[%d].head", i), col.Head)
		if !(col.Width > 0 && col.Width <= broadest) {
			c.add(fmt.Sprintf("columns[%d].width", i), "problem.document.width",
				"value", strconv.FormatFloat(col.Width, 'g', -1, 64), "most", strconv.Itoa(broadest))
		}
	}
	for i, cells := range t.Rows {
		at := fmt.Sprintf("rows[%d]", i)
		if len(cells) != len(t.Columns) {
			c.add(at, "problem.document.cells", "row", strconv.Itoa(i+1),
				"cells", strconv.Itoa(len(cells)), "columns", strconv.Itoa(len(t.Columns)))
		}
		c.texts(at, cells)
	}
}

func (s Signatures) check(c *checker) {
	for i, p := range s.Signers {
		at := fmt.Sprintf("signers[%d]", i)
		c.line(at+".role", p.Role)
		c.line(at+".mark", p.Mark)
		c.line(at+".name", p.Name)
	}
	c.line("footnote", s.Footnote)
}
