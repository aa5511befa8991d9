package pdf

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/go-pdf/fpdf"
	"golang.org/x/text/unicode/norm"

	"padome/internal/text"
)

// canvas is the one layer through which everything reaches a page. Text is set
// in fpdf's three Times faces, as stand-ins of the same measures: fpdf takes
// the codes of the characters as they are, and finish puts our own faces in the
// stand-ins' place. (Loaded into fpdf itself, three faces cost 10 ms and 14 MB
// for every document, and text that strict readers cannot extract.)
type canvas struct {
	file  *fpdf.Fpdf
	faces *faces
	root  *element // the structure of the document
	used  [styles]runeSet
	err   error // the first character that no face has
	style style
	size  float64 // of the font in force on the page; 0 for none
	page  int
	marks int      // given out on this page
	open  *element // whose text is being drawn
	depth int      // outline levels open below the top
	codes []byte
}

// Stand-ins by style: the style fpdf asks for, the name it writes.
var standIns = [styles]struct{ style, name string }{
	regular: {"", "Times-Roman"},
	bold:    {"B", "Times-Bold"},
	italic:  {"I", "Times-Italic"},
}

func newCanvas(f *faces) *canvas {
	file := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: pageWidth, Ht: pageHeight}})
	file.SetAutoPageBreak(false, 0)
	file.SetCatalogSort(true)
	file.SetCompression(false) // finish compresses
	file.SetLineWidth(ruleWidth)
	return &canvas{file: file, faces: f}
}

func (c *canvas) newPage() {
	c.file.AddPage()
	c.size, c.marks = 0, 0
	c.page++
}

// within lets what is drawn next be text of an element.
func (c *canvas) within(e *element) {
	if c.open == e {
		return
	}
	c.close()
	c.file.RawWriteStr("/" + e.tag + " <</MCID " + strconv.Itoa(c.marks) + ">> BDC")
	e.marks = append(e.marks, mark{c.page, c.marks})
	c.marks++
	c.open = e
}

// close ends the text of the element that is being drawn.
func (c *canvas) close() {
	if c.open != nil {
		c.file.RawWriteStr("EMC")
		c.open = nil
	}
}

// artifact draws what is no part of the text: rules, page numbers, heads that
// are repeated.
func (c *canvas) artifact(kind string, draw func()) {
	c.close()
	c.file.RawWriteStr("/Artifact <</Type /" + kind + ">> BDC")
	draw()
	c.file.RawWriteStr("EMC")
}

// text draws s with its baseline starting at a point of the page.
func (c *canvas) text(x, y float64, st style, size float64, s string) {
	if s == "" {
		return
	}
	c.set(st, size)
	c.file.Text(x, y, string(c.encoded(st, s)))
}

// set puts a font in force.
func (c *canvas) set(st style, size float64) {
	if c.size != size || c.style != st {
		c.file.SetFont("Times", standIns[st].style, size)
		c.style, c.size = st, size
	}
}

// encoded are the codes of s, good until the next call.
func (c *canvas) encoded(st style, s string) []byte {
	c.codes = c.codes[:0]
	for _, r := range s {
		if !c.faces[st].has(r) {
			c.err = cmp.Or(c.err, fmt.Errorf("no glyph for %s", text.Name(r)))
			continue
		}
		c.used[st].add(r)
		c.codes = be.AppendUint16(c.codes, uint16(r))
	}
	return c.codes
}

// spread draws a run of a line with its spaces as wide as the line wants. Codes
// of two bytes know no word spacing (ISO 32000-1, 9.3.3), so each gap is told.
func (c *canvas) spread(r run, y float64) {
	if r.spread == 0 {
		c.text(r.x, y+r.y, r.style, r.size, r.text)
		return
	}
	c.set(r.style, r.size)
	out := fmt.Appendf(nil, "BT %.2f %.2f Td [(", r.x, pageHeight-y-r.y)
	for piece := range strings.SplitAfterSeq(r.text, " ") {
		out = appendEscaped(out, c.encoded(r.style, piece))
		if strings.HasSuffix(piece, " ") {
			out = fmt.Appendf(out, ")%.1f(", -float64(r.spread)/10)
		}
	}
	c.file.RawWriteStr(string(append(out, ")] TJ ET"...)))
}

// appendEscaped writes codes as they stand within the brackets of a string.
func appendEscaped(out, codes []byte) []byte {
	for _, b := range codes {
		switch b {
		case '(', ')', '\\':
			out = append(out, '\\', b)
		case '\r':
			out = append(out, `\r`...)
		default:
			out = append(out, b)
		}
	}
	return out
}

// faint runs draw with grey ink, dark enough to read.
func (c *canvas) faint(draw func()) {
	c.file.SetTextColor(90, 90, 90)
	draw()
	c.file.SetTextColor(0, 0, 0)
}

// rule draws a thin line.
func (c *canvas) rule(x1, y1, x2, y2 float64) { c.file.Line(x1, y1, x2, y2) }

// bookmark enters a title in the outline at a height of the page. Levels count
// from 1 and are drawn in so that none is skipped.
func (c *canvas) bookmark(title string, level int, y float64) {
	c.depth = min(level-1, c.depth)
	c.file.Bookmark(utf16Text(title), c.depth, y)
	c.depth++
}

// bytes ends the file as fpdf writes it. It fails when something could not be
// drawn.
func (c *canvas) bytes() ([]byte, error) {
	if c.err != nil {
		return nil, c.err
	}
	var raw received
	err := c.file.Output(&raw)
	return raw, err
}

// received is what fpdf hands over at its end, without a copy: it hands over all
// at once, and does not use it any more.
type received []byte

func (r *received) Write(p []byte) (int, error) {
	if *r == nil {
		*r = p
	} else {
		*r = append(slices.Clip(*r), p...)
	}
	return len(p), nil
}

// utf16Text is s as PDF strings outside pages hold it.
func utf16Text(s string) string {
	raw := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(norm.NFC.String(s))) {
		raw = be.AppendUint16(raw, u)
	}
	return string(raw)
}
