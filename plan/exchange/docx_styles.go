package exchange

import (
	"fmt"
	"strings"

	"padome/internal/ooxml"
)

// paragraphStyles are how paragraphs of each style look: what is said of the
// paragraph, and of its characters.
var paragraphStyles = []struct{ name, paragraph, characters string }{
	{markStyle, `<w:jc w:val="right"/>`, `<w:b/>`},
	{approvalStyle, `<w:jc w:val="right"/>`, ``},
	{signerStyle, `<w:jc w:val="right"/>`, ``},
	{titleStyle, `<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>`, `<w:b/><w:sz w:val="28"/>`},
	{factsStyle, `<w:spacing w:after="120"/><w:jc w:val="center"/>`, `<w:color w:val="595959"/><w:sz w:val="18"/>`},
	{headingStyle, `<w:keepNext/><w:spacing w:before="120" w:after="60"/><w:outlineLvl w:val="1"/>`, `<w:b/>`},
	{goalStyle, `<w:spacing w:after="60"/><w:ind w:left="284"/>`, ``},
	{preambleStyle, `<w:spacing w:before="60" w:after="120"/><w:jc w:val="both"/>`, ``},
	{headStyle, `<w:keepNext/><w:jc w:val="center"/>`, `<w:b/>`},
	{measureStyle, `<w:spacing w:before="40" w:after="40"/>`, ``},
	{taskStyle, `<w:spacing w:before="40" w:after="40"/>`, ``},
	{resultStyle, `<w:spacing w:before="40" w:after="40"/>`, ``},
	{noteStyle, ``, `<w:color w:val="595959"/><w:sz w:val="18"/>`},
}

// wordStyles is the sheet of styles: Latvian, a serif as official papers have it.
func wordStyles() string {
	var b strings.Builder
	b.WriteString(ooxml.Head + `<w:styles ` + ooxml.WordNS + `><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>` +
		`<w:sz w:val="22"/><w:lang w:val="lv-LV" w:eastAsia="lv-LV" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>`)
	for _, s := range paragraphStyles {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:customStyle="1" w:styleId="%[1]s"><w:name w:val="%[1]s"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>%[2]s</w:pPr><w:rPr>%[3]s</w:rPr></w:style>`,
			s.name, s.paragraph, s.characters)
	}
	for _, name := range []string{numberStyle, noteStyle + charSuffix} {
		fmt.Fprintf(&b, `<w:style w:type="character" w:customStyle="1" w:styleId="%[1]s"><w:name w:val="%[1]s"/><w:rPr><w:color w:val="595959"/></w:rPr></w:style>`, name)
	}
	b.WriteString(`<w:style w:type="table" w:customStyle="1" w:styleId="PlanaTabula"><w:name w:val="PlanaTabula"/><w:tblPr><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="808080"/>`, side)
	}
	b.WriteString(`</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`)
	return b.String()
}
