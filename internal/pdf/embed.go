package pdf

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// face writes a font with the characters used, under the number of the object
// it replaces. A character's code is the character itself; glyph numbers, widths
// and the map back to text follow it.
func (w *writer) face(number int, f *face, used []rune) {
	name := subsetTag(f.name, used) + "+" + f.name
	program := f.cut(used)
	file := w.addStream(fmt.Sprintf("/Length1 %d ", len(program)), program)
	descriptor := w.add(fmt.Appendf(nil, "<</Type /FontDescriptor /FontName /%s /Flags %d /FontBBox [%d %d %d %d] /ItalicAngle %d /Ascent %d /Descent %d /CapHeight %d /StemV %d /FontFile2 %d 0 R>>",
		name, f.flags(), f.box[0], f.box[1], f.box[2], f.box[3], f.italicAngle, f.ascent, f.descent, f.capHeight, f.stem, file))
	glyphs := w.addStream("", f.glyphMap(used))
	font := w.add(fmt.Appendf(nil, "<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor %d 0 R /DW 0 /W [%s] /CIDToGIDMap %d 0 R>>",
		name, descriptor, f.widthList(used), glyphs))
	characters := w.addStream("", characterMap(used))
	w.object(number, fmt.Appendf(nil, "<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>",
		name, font, characters))
}

// subsetTag is the six letters that tell different cuts of a font apart.
func subsetTag(name string, used []rune) string {
	hash := sha256.Sum256([]byte(name + string(used)))
	for i := range hash[:6] {
		hash[i] = 'A' + hash[i]%26
	}
	return string(hash[:6])
}

// flags says that the font has serifs, is not limited to Latin letters, and
// whether it slants.
func (f *face) flags() int {
	const serif, symbolic, slanted = 1 << 1, 1 << 2, 1 << 6
	if f.italicAngle != 0 {
		return serif | symbolic | slanted
	}
	return serif | symbolic
}

// glyphMap is the glyph number of every code up to the last one used.
func (f *face) glyphMap(used []rune) []byte {
	if len(used) == 0 {
		return []byte{0, 0}
	}
	out := make([]byte, 2*(used[len(used)-1]+1))
	for _, r := range used {
		be.PutUint16(out[2*r:], f.glyphs[r])
	}
	return out
}

// widthList is the widths of the codes used, "first [w w …]" for each stretch.
func (f *face) widthList(used []rune) string {
	var b strings.Builder
	for i, r := range used {
		switch {
		case i == 0:
			fmt.Fprintf(&b, "%d [", r)
		case r != used[i-1]+1:
			fmt.Fprintf(&b, "] %d [", r)
		default:
			b.WriteByte(' ')
		}
		fmt.Fprint(&b, f.widths[r])
	}
	if len(used) > 0 {
		b.WriteByte(']')
	}
	return b.String()
}

// characterMap is the ToUnicode map: every code used, one by one, since strict
// readers take nothing else for granted.
func characterMap(used []rune) []byte {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for len(used) > 0 {
		n := min(100, len(used)) // as many as one section may hold
		fmt.Fprintf(&b, "%d beginbfchar\n", n)
		for _, r := range used[:n] {
			fmt.Fprintf(&b, "<%04X> <%04[1]X>\n", r)
		}
		b.WriteString("endbfchar\n")
		used = used[n:]
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	return []byte(b.String())
}
