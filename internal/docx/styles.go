package docx

import (
	"slices"
	"strings"

	"padome/internal/ooxml"
)

// style is how paragraphs of a name look. Names of heading styles are those that
// every word processor knows, whatever language it speaks.
type style struct{ id, name, paragraph, characters string }

var paragraphStyles = []style{
	{"Title", "Title", `<w:keepNext/><w:keepLines/><w:spacing w:before="80" w:after="200"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>`, `<w:b/><w:sz w:val="28"/>`},
	{"PaperAuthor", "Paper Author", `<w:keepNext/><w:keepLines/><w:spacing w:after="0"/><w:jc w:val="center"/>`, `<w:b/>`},
	{"Dateline", "Dateline", `<w:keepLines/><w:tabs><w:tab w:val="center" w:pos="` + itoa(bodyWidth/2) + `"/><w:tab w:val="right" w:pos="` + itoa(bodyWidth) + `"/></w:tabs><w:spacing w:before="120" w:after="240"/>`, ``},
	{"Heading1", "heading 1", `<w:keepNext/><w:keepLines/><w:spacing w:before="280" w:after="60"/><w:outlineLvl w:val="1"/>`, `<w:b/>`},
	{"Heading2", "heading 2", `<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="60"/><w:outlineLvl w:val="2"/>`, `<w:i/>`},
	{"Heading3", "heading 3", `<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="60"/><w:outlineLvl w:val="3"/>`, `<w:i/>`},
	{"Heading4", "heading 4", `<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="60"/><w:outlineLvl w:val="4"/>`, `<w:i/>`},
	{"Heading5", "heading 5", `<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="60"/><w:outlineLvl w:val="5"/>`, `<w:i/>`},
	{"Heading6", "heading 6", `<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="60"/><w:outlineLvl w:val="6"/>`, `<w:i/>`},
	{"BodyText", "Body Text", `<w:spacing w:before="120" w:after="0"/>`, ``},
	{"ListParagraph", "List Paragraph", `<w:spacing w:before="60" w:after="0"/>`, ``},
	{"Note", "Note", `<w:spacing w:before="60" w:after="0" w:line="240" w:lineRule="auto"/>`, `<w:sz w:val="20"/>`},
	{"FieldLabel", "Field Label", `<w:spacing w:before="60" w:after="0"/>`, ``},
	{"FieldValue", "Field Value", `<w:spacing w:before="60" w:after="0"/>`, ``},
	{"Caption", "caption", `<w:keepNext/><w:spacing w:before="160" w:after="40"/>`, ``},
	{"TableHead", "Table Head", `<w:keepNext/><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>`, `<w:b/><w:sz w:val="21"/>`},
	{"TableText", "Table Text", `<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>`, `<w:sz w:val="21"/>`},
	{"Signature", "Signature", `<w:keepLines/><w:spacing w:before="280" w:after="0"/>`, ``},
	{"Gap", "Gap", `<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>`, `<w:sz w:val="8"/>`},
	{"Header", "header", `<w:tabs><w:tab w:val="center" w:pos="` + itoa(bodyWidth/2) + `"/><w:tab w:val="right" w:pos="` + itoa(bodyWidth) + `"/></w:tabs>`, `<w:sz w:val="20"/>`},
	{"Footer", "footer", ``, `<w:color w:val="5A5A5A"/><w:sz w:val="18"/>`},
}

// tableStyles are how tables look: labelled values and signatures stand in
// tables without rules.
const tableStyles = `<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>` +
	`<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` +
	`<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>` +
	`<w:top w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:left w:val="single" w:sz="4" w:space="0" w:color="000000"/>` +
	`<w:bottom w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:right w:val="single" w:sz="4" w:space="0" w:color="000000"/>` +
	`<w:insideH w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tblBorders>` +
	`<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`

// running are the styles of running text, which a justified document justifies.
var running = []string{"BodyText", "ListParagraph", "Note"}

// styles is the sheet of styles: a serif of 12 points, lines 1.15 apart.
func styles(lang string, justified bool) string {
	var b strings.Builder
	b.WriteString(ooxml.Head + `<w:styles ` + ooxml.WordNS + `><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>` +
		`<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="` + lang + `" w:eastAsia="` + lang + `" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`)
	for _, s := range paragraphStyles {
		if justified && slices.Contains(running, s.id) {
			s.paragraph += `<w:jc w:val="both"/>`
		}
		b.WriteString(`<w:style w:type="paragraph" w:styleId="` + s.id + `"><w:name w:val="` + s.name + `"/><w:basedOn w:val="Normal"/><w:qFormat/>` +
			`<w:pPr>` + s.paragraph + `</w:pPr><w:rPr>` + s.characters + `</w:rPr></w:style>`)
	}
	b.WriteString(tableStyles + `</w:styles>`)
	return b.String()
}
