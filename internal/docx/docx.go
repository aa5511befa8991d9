// Package docx writes a document as a DOCX file: headings, lists and tables are
// what they are called, so that people can go on working with it. The same
// document gives the same bytes.
package docx

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"padome/internal/document"
	"padome/internal/ooxml"
)

// Media is the media type of the files.
const Media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// The form of the paper, in twentieths of a point: A4, 30 mm at the left, 20 mm
// elsewhere, as in the PDF.
const (
	pageWidth, pageHeight = 11906, 16838
	left, margin          = 1701, 1134
	bodyWidth             = pageWidth - left - margin
)

// languages are the codes by which word processors know a document's language.
var languages = map[string]string{"lv": "lv-LV", "en": "en-GB"}

// Render writes a document. It fails with a problem.Error where the document does
// not validate.
func Render(d document.Document) ([]byte, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	w := &writer{}
	for i, b := range d.Blocks {
		w.block(b, signedNext(d.Blocks, i))
	}
	if w.afterTable {
		w.gap()
	}
	lang := languages[d.Lang]
	var file bytes.Buffer
	err := ooxml.WriteWord(&file,
		ooxml.Properties{Title: d.Title, Author: d.Author, Subject: d.Subject, Lang: lang, Created: d.Created},
		ooxml.Part{Name: "document", Body: ooxml.Head + `<w:document ` + namespaces + `><w:body>` + w.out.String() + section + `</w:body></w:document>`},
		ooxml.Part{Name: "styles", Body: styles(lang, d.Justified)},
		ooxml.Part{Name: "numbering", Body: w.lists.part()},
		ooxml.Part{Name: "settings", Body: settings(lang)},
		ooxml.Part{Name: "header1", Body: header(d, true)},
		ooxml.Part{Name: "header2", Body: header(d, false)},
		ooxml.Part{Name: "footer1", Body: footer(d)},
	)
	if err != nil {
		return nil, fmt.Errorf("docx: packing: %w", err)
	}
	return file.Bytes(), nil
}

// signedNext reports whether the block after i is that of the signatures, which
// stays with the end of what stands before it.
func signedNext(all document.Blocks, i int) bool {
	if i+1 == len(all) {
		return false
	}
	_, ok := all[i+1].(document.Signatures)
	return ok
}

const namespaces = ooxml.WordNS + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// section is the form of the pages: the first has a head of its own, without a
// number.
var section = `<w:sectPr>` +
	`<w:headerReference w:type="first" r:id="` + ooxml.Relation(3) + `"/>` +
	`<w:headerReference w:type="default" r:id="` + ooxml.Relation(4) + `"/>` +
	`<w:footerReference w:type="first" r:id="` + ooxml.Relation(5) + `"/>` +
	`<w:footerReference w:type="default" r:id="` + ooxml.Relation(5) + `"/>` +
	fmt.Sprintf(`<w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="567" w:footer="567" w:gutter="0"/>`,
		pageWidth, pageHeight, margin, margin, margin, left) + `<w:titlePg/></w:sectPr>`

// header is the head of the first page, or of the others, which have a number as
// „2 (4)”; on drafts with the mark.
func header(d document.Document, first bool) string {
	var number, mark string
	if !first {
		number = field("PAGE", "2") + plainRun("\u00a0(") + field("NUMPAGES", "2") + plainRun(")")
	}
	if d.Draft {
		mark = `<w:r><w:tab/></w:r><w:r><w:rPr><w:b/><w:color w:val="5A5A5A"/></w:rPr><w:t xml:space="preserve">` + text(d.DraftMark) + `</w:t></w:r>`
	}
	return ooxml.Head + `<w:hdr ` + namespaces + `><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:tab/></w:r>` + number + mark + `</w:p></w:hdr>`
}

func footer(d document.Document) string {
	return ooxml.Head + `<w:ftr ` + namespaces + `><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>` + plainRun(d.Reference) + `</w:p></w:ftr>`
}

// field is something that the word processor works out; shown until it has.
func field(code, shown string) string {
	return `<w:fldSimple w:instr=" ` + code + ` ">` + plainRun(shown) + `</w:fldSimple>`
}

func plainRun(s string) string {
	return `<w:r><w:t xml:space="preserve">` + text(document.Bind(s)) + `</w:t></w:r>`
}

// text is a text within a run, in its normal form; a line end in it starts a new
// line.
func text(s string) string {
	lines := strings.Split(norm.NFC.String(s), "\n")
	for i, l := range lines {
		lines[i] = ooxml.Escape(l)
	}
	return strings.Join(lines, `</w:t><w:br/><w:t xml:space="preserve">`)
}

func settings(lang string) string {
	return ooxml.Head + `<w:settings ` + ooxml.WordNS + `><w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/>` +
		`<w:compat><w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="` + lang + `"/></w:settings>`
}

// itoa is a measure as attributes have it.
func itoa(n int) string { return strconv.Itoa(n) }
