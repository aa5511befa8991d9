package document

import (
	"strconv"
	"strings"
)

// Fragment is the document as a part of a page of ours: what HTML has in its
// body, with the name of the paper as a heading of the level given and its own
// headings below that. It has no style of its own.
func Fragment(d Document, level int) string {
	w := &page{}
	if d.Justified {
		w.open("div", edge(d))
		w.raw("\n")
	}
	heading := func(below int) string { return "h" + strconv.Itoa(min(level+below, 6)) }
	if d.Draft {
		w.element("p", "draft", d.DraftMark)
	}
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case Masthead:
			w.raw(`<div class="masthead">`, "\n")
			w.element("p", "", b.Author)
			w.element(heading(0), "", b.Name)
			w.raw("</div>\n")
		case Heading:
			w.element(heading(b.Level), "", strings.TrimSpace(b.Label+" "+b.Text))
		default:
			w.block(b)
		}
	}
	if d.Justified {
		w.raw("</div>\n")
	}
	return w.out.String()
}
