package pdf

import (
	"bytes"
	"testing"

	"github.com/go-fonts/liberation/liberationserifregular"

	. "padome/internal/document"
	"padome/internal/text"
)

// TestEveryPrintableCharacterIsDrawn holds the table of internal/text to the
// fonts: each character is on the page, with the glyph and the width that the
// font has for it, and comes back as itself.
func TestEveryPrintableCharacterIsDrawn(t *testing.T) {
	var all []rune
	for r := range rune(0x110000) {
		if text.Printable(r) {
			all = append(all, r)
		}
	}
	if got, want := all[len(all)-1]+1, rune(reach); got != want {
		t.Errorf("the last printable character is U+%04X, reach is made for U+%04X", got-1, want-1)
	}
	faces, err := loadFaces()
	if err != nil {
		t.Fatal(err)
	}
	s := string(all[1:]) // a space opens no line
	f := read(t, rendered(t, paper(Paragraph{Text: Text{{Text: s}, {Text: s, Bold: true}, {Text: s, Italic: true}}})))
	if got, want := f.text(), s+s+s; got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
	for _, font := range f.fonts {
		face := faceNamed(t, faces, font.name)
		for code, r := range font.text {
			if rune(code) != r {
				t.Errorf("%s: code %04X is the character U+%04X", font.name, code, r)
			}
			glyph := be.Uint16(font.glyphs[2*int(code):])
			if got, want := glyph, face.glyphs[r]; got != want {
				t.Errorf("%s: %s has glyph %d, want %d", font.name, text.Name(r), got, want)
			}
			if got, want := font.widths[code], int(face.widths[r]); got != want {
				t.Errorf("%s: %s has width %d, want %d", font.name, text.Name(r), got, want)
			}
			checkOutline(t, face, font.file, int(glyph))
		}
	}
}

func faceNamed(t *testing.T, all *faces, name string) *face {
	t.Helper()
	for _, f := range all {
		if len(name) > 7 && name[7:] == f.name {
			return f
		}
	}
	t.Fatalf("no face %s", name)
	return nil
}

// checkOutline compares a glyph of a cut font, and those it is composed of,
// with the whole font.
func checkOutline(t *testing.T, whole *face, file []byte, glyph int) {
	t.Helper()
	tables := map[string][]byte{}
	for i := range int(be.Uint16(file[4:])) {
		entry := file[12+16*i:]
		table := file[be.Uint32(entry[8:]):][:be.Uint32(entry[12:])]
		if string(entry[:4]) == "head" {
			table = bytes.Clone(table)
			clear(table[8:12])
		}
		if got, want := sum(table), be.Uint32(entry[4:]); got != want {
			t.Fatalf("table %s: sum %08X, want %08X", entry[:4], got, want)
		}
		tables[string(entry[:4])] = table
	}
	cut := &face{tables: tables}
	parts := map[int]bool{}
	whole.keep(parts, glyph)
	for g := range parts {
		got, want := cut.outline(g), whole.outline(g)
		if !bytes.Equal(got[:len(want)], want) || len(got)-len(want) > 3 {
			t.Fatalf("glyph %d differs from the whole font", g)
		}
		if got, want := tables["hmtx"][4*g:4*g+4], whole.tables["hmtx"][4*g:4*g+4]; !bytes.Equal(got, want) {
			t.Fatalf("glyph %d: measures % x, want % x", g, got, want)
		}
	}
	if got, want := sum(file), uint32(0xB1B0AFBA); got != want {
		t.Fatalf("the file's sum is %08X, want %08X", got, want)
	}
}

func TestFacesMeasureAsTheFontSays(t *testing.T) {
	faces, err := loadFaces()
	if err != nil {
		t.Fatal(err)
	}
	f := faces[regular]
	type measures struct{ ascent, descent, capHeight, italicAngle, space, m int }
	got := measures{f.ascent, f.descent, f.capHeight, f.italicAngle, f.advance(' '), f.advance('m')}
	if want := (measures{891, -216, 655, 0, 250, 778}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := faces[italic].italicAngle; got >= 0 {
		t.Errorf("the italic leans by %d", got)
	}
	if f.has(0x2011) || f.has('\n') || f.has(-1) || f.has(0x1F600) {
		t.Error("the face claims characters it does not have")
	}
}

func TestDamagedFontIsRefused(t *testing.T) {
	ttf := liberationserifregular.TTF
	for _, n := range []int{0, 3, 12, 100, 5000, len(ttf) / 2, len(ttf) - 1000} {
		if _, err := loadFace(ttf[:n]); err == nil {
			t.Errorf("a font cut to %d bytes was taken", n)
		}
	}
	other := bytes.Clone(ttf)
	copy(other, "OTTO")
	if _, err := loadFace(other); err == nil {
		t.Error("a font of another kind was taken")
	}
	if err := Prepare(); err != nil {
		t.Errorf("our own fonts: %v", err)
	}
}
