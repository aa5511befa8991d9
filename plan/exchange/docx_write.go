package exchange

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"padome/internal/ooxml"
	"padome/plan"
)

// The styles of what we write; their names say what a paragraph is when it is read
// back, so that they stay when people edit the document.
const (
	markStyle     = "PlanaAtzime"
	approvalStyle = "PlanaApstiprinajums"
	signerStyle   = "PlanaParakstitajs"
	titleStyle    = "PlanaNosaukums"
	headingStyle  = "PlanaMerkuVirsraksts"
	goalStyle     = "PlanaMerkis"
	preambleStyle = "PlanaIevads"
	factsStyle    = "PlanaZinas"
	headStyle     = "PlanaTabulasGalva"
	measureStyle  = "PlanaPasakums"
	taskStyle     = "PlanaUzdevums"
	resultStyle   = "PlanaRezultats"
	noteStyle     = "PlanaNorade"
	numberStyle   = "PlanaNumurs"

	charSuffix  = "Zime" // of the style for characters
	followsWord = "turpina "

	// proposedFact stands in place of the approval of a revision that no session has
	// decided on, before the day of the one that it changes.
	proposedFact = "vēl nav apstiprināts; groza redakciju, kas apstiprināta"
)

// wordWriter writes the text of a document.
type wordWriter struct{ bytes.Buffer }

func (w *wordWriter) escaped(s string) { _ = xml.EscapeText(&w.Buffer, []byte(s)) } // a buffer takes all

// text writes characters in a style of characters, or in none; format is what is
// said beside it.
func (w *wordWriter) text(style, s, format string) {
	w.WriteString("<w:r>")
	if style != "" {
		format = `<w:rStyle w:val="` + style + `"/>` + format
	}
	if format != "" {
		w.WriteString("<w:rPr>" + format + "</w:rPr>")
	}
	for i, part := range strings.Split(s, "\t") {
		if i > 0 {
			w.WriteString("<w:tab/>")
		}
		w.WriteString(`<w:t xml:space="preserve">`)
		w.escaped(part)
		w.WriteString("</w:t>")
	}
	w.WriteString("</w:r>")
}

// para writes a paragraph in a style.
func (w *wordWriter) para(style string, inside func()) {
	w.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`)
	inside()
	w.WriteString("</w:p>")
}

func (w *wordWriter) line(style, s string) {
	if s != "" {
		w.para(style, func() { w.text("", s, "") })
	}
}

// head writes what stands above the table.
func (w *wordWriter) head(p *plan.Plan) {
	mark, how := "APSTIPRINĀTS", "apstiprināts"
	if p.Proposed {
		mark, how = "PROJEKTS", proposedFact
	}
	w.line(markStyle, mark)
	w.line(approvalStyle, p.Approval)
	for _, s := range p.Signers {
		w.line(signerStyle, s.Name+"\t"+s.Role)
	}
	w.line(titleStyle, p.Title)
	w.line(factsStyle, fmt.Sprintf("Redakcija: %d; periods: %d–%d; %s: %s", p.Revision, p.From, p.Until, how, p.Approved))
	w.line(headingStyle, p.Heading)
	for _, g := range p.Goals {
		w.para(goalStyle, func() {
			w.text(numberStyle, fmt.Sprintf("%d. ", g.Number), "")
			w.text("", g.Text, "")
		})
	}
	if p.Preamble != "" {
		for s := range strings.SplitSeq(p.Preamble, "\n") {
			w.para(preambleStyle, func() { w.text("", s, "") })
		}
	}
}

// columnWidths of the table, in twentieths of a point, on A4 across.
var columnWidths = []int{800, 3100, 6100, 4600}

func (w *wordWriter) table(p *plan.Plan) {
	w.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="PlanaTabula"/><w:tblW w:w="14600" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid>`)
	for _, c := range columnWidths {
		fmt.Fprintf(w, `<w:gridCol w:w="%d"/>`, c)
	}
	w.WriteString(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, titles := range titlesOf {
		w.cell(i, func() { w.line(headStyle, titles[0]) })
	}
	w.WriteString("</w:tr>")
	for _, m := range p.Measures {
		w.WriteString("<w:tr>")
		w.cell(0, func() { w.line(measureStyle, fmt.Sprintf("%d.", m.Number)) })
		w.cell(1, func() {
			w.line(measureStyle, m.Text)
			if m.Goal > 0 {
				w.line(noteStyle, fmt.Sprintf("(%d. mērķis)", m.Goal))
			}
		})
		w.cell(2, func() {
			for _, t := range m.Tasks {
				w.task(m.Number, t)
			}
		})
		w.cell(3, func() { w.results(m.Results) })
		w.WriteString("</w:tr>")
	}
	w.WriteString("</w:tbl>")
}

func (w *wordWriter) cell(column int, inside func()) {
	fmt.Fprintf(w, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, columnWidths[column])
	inside()
	w.WriteString("</w:tc>")
}

func (w *wordWriter) task(measure int, t plan.Task) {
	w.para(taskStyle, func() {
		format, notes := "", []string{}
		if t.Retired {
			format, notes = "<w:strike/>", append(notes, retiredWord)
		}
		if len(t.Follows) > 0 {
			notes = append(notes, followsWord+followed(t.Follows))
		}
		w.text(numberStyle, label(measure, t.Number)+" ", "")
		w.text("", t.Text, format)
		if len(notes) > 0 {
			w.text(noteStyle+charSuffix, " ["+strings.Join(notes, "; ")+"]", "")
		}
	})
}

// results writes the expected results; a cell without any still has a paragraph.
func (w *wordWriter) results(rs []string) {
	if len(rs) == 0 {
		w.para(resultStyle, func() {})
	}
	for _, r := range rs {
		w.line(resultStyle, r)
	}
}

const section = `<w:p><w:pPr><w:pStyle w:val="` + factsStyle + `"/></w:pPr></w:p><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`

// writeDOCX writes the plan as a document in the form that the plan itself has: the
// approval, the title, the goals, and the table of four columns, whose head every
// page repeats. The same plan gives the same bytes.
func writeDOCX(out io.Writer, p *plan.Plan) error {
	w := &wordWriter{}
	w.WriteString(ooxml.Head + `<w:document ` + ooxml.WordNS + `><w:body>`)
	w.head(p)
	w.table(p)
	w.WriteString(section + `</w:body></w:document>`)
	return ooxml.WriteWord(out, ooxml.Properties{Title: p.Title, Lang: "lv-LV"},
		ooxml.Part{Name: "document", Body: w.String()}, ooxml.Part{Name: "styles", Body: wordStyles()})
}
