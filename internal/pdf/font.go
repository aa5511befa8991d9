package pdf

import (
	"fmt"
	"sync"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font/sfnt"

	"padome/internal/text"
)

// style is one of the faces a document is set in.
type style int

const (
	regular style = iota
	bold
	italic
	styles // how many there are
)

// reach is one more than the last character text.Printable lets through.
const reach = 0x2266

// face is one TrueType font, as far as drawing needs it. Measures are in
// thousandths of the type size.
type face struct {
	name   string
	tables map[string][]byte
	glyphs [reach]uint16
	widths [reach]uint16

	ascent, descent, capHeight, italicAngle, stem int
	box                                           [4]int
}

// faces are the fonts by style.
type faces [styles]*face

// Prepare loads the fonts, once for the program. It fails when one of them
// cannot be used; a program calls it at its start, to learn that early.
func Prepare() error {
	_, err := loadFaces()
	return err
}

var loadFaces = sync.OnceValues(func() (*faces, error) {
	var all faces
	for s, source := range [styles]struct {
		name string
		ttf  []byte
		stem int // the font file does not say; these are the usual ones for a Times
	}{
		regular: {"LiberationSerif", liberationserifregular.TTF, 84},
		bold:    {"LiberationSerif-Bold", liberationserifbold.TTF, 139},
		italic:  {"LiberationSerif-Italic", liberationserifitalic.TTF, 76},
	} {
		f, err := loadFace(source.ttf)
		if err != nil {
			return nil, fmt.Errorf("pdf: loading font %s: %w", source.name, err)
		}
		f.name, f.stem = source.name, source.stem
		all[s] = f
	}
	return &all, nil
})

// loadFace reads a font and looks up every printable character in it. It fails
// on a font that is damaged or lacks one of them.
func loadFace(ttf []byte) (*face, error) {
	tables, err := readTables(ttf)
	if err != nil {
		return nil, err
	}
	characters, err := sfnt.Parse(ttf)
	if err != nil {
		return nil, err
	}
	f := &face{tables: tables}
	f.measure()
	var buf sfnt.Buffer
	for r := range rune(reach) {
		if !text.Printable(r) {
			continue
		}
		glyph, err := characters.GlyphIndex(&buf, r)
		if err != nil || glyph == 0 {
			return nil, fmt.Errorf("no glyph for %s: %w", text.Name(r), err)
		}
		f.glyphs[r] = uint16(glyph)
		f.widths[r] = uint16(f.scaled(tables["hmtx"], 4*int(glyph)))
	}
	return f, nil
}

// measure reads what a PDF has to say about the font as a whole.
func (f *face) measure() {
	head, hhea := f.tables["head"], f.tables["hhea"]
	f.ascent, f.descent = f.scaled(hhea, 4), f.scaled(hhea, 6)
	f.capHeight = f.scaled(f.tables["OS/2"], 88)
	f.italicAngle = int(int16(be.Uint16(f.tables["post"][4:])))
	for i := range f.box {
		f.box[i] = f.scaled(head, 36+2*i)
	}
}

// scaled is the signed measure at a place of a table, in thousandths.
func (f *face) scaled(table []byte, at int) int {
	unitsPerEm := int(be.Uint16(f.tables["head"][18:]))
	v := int(int16(be.Uint16(table[at:])))
	if v < 0 {
		return -((-v*1000 + unitsPerEm/2) / unitsPerEm)
	}
	return (v*1000 + unitsPerEm/2) / unitsPerEm
}

// width is how wide s is, in thousandths of the type size.
func (f *face) width(s string) int {
	w := 0
	for _, r := range s {
		w += f.advance(r)
	}
	return w
}

func (f *face) advance(r rune) int {
	if !f.has(r) {
		return 0
	}
	return int(f.widths[r])
}

// has reports whether the font can draw a character.
func (f *face) has(r rune) bool { return r >= 0 && r < reach && f.glyphs[r] != 0 }

// runeSet is a set of characters below reach.
type runeSet [(reach + 63) / 64]uint64

func (s *runeSet) add(r rune) { s[r/64] |= 1 << (r % 64) }

// sorted are the characters of the set in order.
func (s *runeSet) sorted() []rune {
	var all []rune
	for r := range rune(reach) {
		if s[r/64]&(1<<(r%64)) != 0 {
			all = append(all, r)
		}
	}
	return all
}
