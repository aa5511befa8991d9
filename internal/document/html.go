package document

import (
	"crypto/sha256"
	"encoding/base64"
	"html"
	"strconv"
	"strings"
)

// style is all that a document needs to read well on a screen and on paper.
const style = `body{font-family:"Liberation Serif","Times New Roman",serif;font-size:12pt;line-height:1.35;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#000;background:#fff}
header{text-align:center}header p{margin:0}h1{font-size:1.25rem;margin:.5rem 0 1rem}
.line{display:flex;flex-wrap:wrap;justify-content:space-between;gap:1rem}
dl{display:grid;grid-template-columns:minmax(8rem,13rem) 1fr;gap:.25rem 1rem}dt{font-weight:bold}dd{margin:0}
ul{list-style:none;padding-left:1rem}ul .label{margin-right:.4rem}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:bold}th,td{border:1px solid #555;padding:.3rem .4rem;text-align:left;vertical-align:top}thead th{background:#eee}
.justified>p:not(.line,.draft),.justified li{text-align:justify}.note{font-size:.9em}.draft{text-align:right;font-weight:bold}
@media print{body{max-width:none;margin:0}thead{display:table-header-group}h2,h3,h4{break-after:avoid}tr{break-inside:avoid}}`

// StyleSource is what a content security policy names to allow the style of HTML
// and no other.
func StyleSource() string {
	sum := sha256.Sum256([]byte(style))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// HTML is the document as a page of its own: headings, lists and tables are what
// they are, every text is escaped, nothing runs and nothing is fetched. The same
// document gives the same bytes.
func HTML(d Document) string {
	w := &page{}
	w.raw(`<!DOCTYPE html>`, "\n", `<html lang="`, html.EscapeString(d.Lang), `">`, "\n<head>\n",
		`<meta charset="utf-8">`, "\n", `<meta name="viewport" content="width=device-width, initial-scale=1">`, "\n")
	w.raw("<title>", html.EscapeString(d.Title), "</title>\n")
	if d.Author != "" {
		w.raw(`<meta name="author" content="`, html.EscapeString(d.Author), `">`, "\n")
	}
	w.raw("<style>", style, "</style>\n</head>\n<body>\n")
	w.open("main", edge(d))
	w.raw("\n")
	if d.Draft {
		w.element("p", "draft", d.DraftMark)
	}
	titled := false
	for _, b := range d.Blocks {
		_, ok := b.(Masthead)
		titled = titled || ok
	}
	if !titled {
		w.element("h1", "", d.Title)
	}
	for _, b := range d.Blocks {
		w.block(b)
	}
	w.raw("</main>\n</body>\n</html>\n")
	return w.out.String()
}

// edge is the class of what holds the blocks.
func edge(d Document) string {
	if d.Justified {
		return "justified"
	}
	return ""
}

// page writes the parts of an HTML page.
type page struct{ out strings.Builder }

func (w *page) raw(parts ...string) {
	for _, s := range parts {
		w.out.WriteString(s)
	}
}

// element writes an element with a text, on a line of its own.
func (w *page) element(name, class, s string) {
	w.open(name, class)
	w.raw(lines(s), "</", name, ">\n")
}

func (w *page) open(name, class string) {
	w.raw("<", name)
	if class != "" {
		w.raw(` class="`, class, `"`)
	}
	w.raw(">")
}

// lines is a text bound and escaped, with its line ends kept.
func lines(s string) string { return escaped(Bind(s)) }

func escaped(s string) string { return strings.ReplaceAll(html.EscapeString(s), "\n", "<br>") }

func (w *page) text(t Text) {
	for _, s := range t.Bound() {
		one := escaped(s.Text)
		if s.Italic {
			one = "<em>" + one + "</em>"
		}
		if s.Bold {
			one = "<strong>" + one + "</strong>"
		}
		w.raw(one)
	}
}

func (w *page) block(b Block) {
	switch b := b.(type) {
	case Masthead:
		w.raw("<header>\n")
		w.element("p", "", b.Author)
		w.element("h1", "", b.Name)
		w.raw("</header>\n")
	case Dateline:
		w.line(b.Place, b.Number, b.Date)
	case Heading:
		w.element("h"+strconv.Itoa(min(b.Level+1, 6)), "", strings.TrimSpace(b.Label+" "+b.Text))
	case Paragraph:
		w.paragraph("", b.Text)
	case Note:
		w.paragraph("note", b.Text)
	case Fields:
		w.fields(b)
	case List:
		w.list(b.Items)
	case Table:
		w.table(b)
	case Signatures:
		w.signatures(b)
	}
}

func (w *page) paragraph(class string, t Text) {
	w.open("p", class)
	w.text(t)
	w.raw("</p>\n")
}

// line writes texts beside each other.
func (w *page) line(parts ...string) {
	w.raw(`<p class="line">`)
	for _, s := range parts {
		if s != "" {
			w.raw("<span>", lines(s), "</span> ")
		}
	}
	w.raw("</p>\n")
}

func (w *page) fields(f Fields) {
	w.raw("<dl>\n")
	for _, r := range f.Rows {
		w.element("dt", "", r.Label)
		for _, v := range r.Values {
			w.raw("<dd>")
			w.text(v)
			w.raw("</dd>\n")
		}
	}
	w.raw("</dl>\n")
}

// list writes a list whose labels are words of it; role tells readers who hear
// the page that it is a list although it has no marks of its own.
func (w *page) list(items []Item) {
	if len(items) == 0 {
		return
	}
	w.raw(`<ul role="list">`, "\n")
	for _, it := range items {
		w.raw("<li>")
		if it.Label != "" {
			w.raw(`<span class="label">`, lines(it.Label), "</span> ")
		}
		w.text(it.Text)
		if len(it.Items) > 0 {
			w.raw("\n")
			w.list(it.Items)
		}
		w.raw("</li>\n")
	}
	w.raw("</ul>\n")
}

func (w *page) table(t Table) {
	w.raw("<table>\n")
	if t.Caption != "" {
		w.element("caption", "", t.Caption)
	}
	w.raw("<thead>\n<tr>")
	for _, c := range t.Columns {
		w.raw(`<th scope="col">`, lines(c.Head), "</th>")
	}
	w.raw("</tr>\n</thead>\n<tbody>\n")
	for _, r := range t.Rows {
		w.raw("<tr>")
		for i, cell := range r {
			first, last := "<td>", "</td>"
			if i == 0 && t.RowHeaders {
				first, last = `<th scope="row">`, "</th>"
			}
			w.raw(first)
			w.text(cell)
			w.raw(last)
		}
		w.raw("</tr>\n")
	}
	w.raw("</tbody>\n</table>\n")
}

func (w *page) signatures(s Signatures) {
	for _, one := range s.Signers {
		w.line(one.Role, one.Mark, one.Name)
	}
	if s.Footnote != "" {
		w.element("p", "note", s.Footnote)
	}
}
