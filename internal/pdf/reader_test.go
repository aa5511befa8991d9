package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// A small reader of finished files, strict on purpose: it knows what Render
// writes and fails on anything else, and it takes text only through the
// ToUnicode map.

type readFile struct {
	pages    []readPage
	outlines []readOutline
	info     map[string]string
	fonts    map[string]*readFont // by the name that pages use
	catalog  string
}

type readPage []drawn // in the order of drawing

// drawn is one stretch of text on a page, its baseline measured from the top.
type drawn struct {
	x, y, size, width float64
	font, text        string
	inked             float64 // the width without the spaces that end the text
	spread            float64 // how much wider its spaces are than the face's
}

// ink is the width without the spaces that end the text.
func (d drawn) ink() float64 { return d.inked }

type readOutline struct {
	title string
	level int
	page  int
}

type readFont struct {
	name   string
	text   map[uint16]rune
	widths map[uint16]int
	glyphs []byte // two for every code
	file   []byte
}

type objects map[int]string

func read(t testing.TB, raw []byte) *readFile {
	t.Helper()
	objs := readObjectsStrictly(t, raw)
	trailer := string(raw[bytes.LastIndex(raw, []byte("trailer\n")):])
	catalog := objs[ref(t, trailer, "Root")]
	f := &readFile{catalog: catalog, info: map[string]string{}, fonts: map[string]*readFont{}}
	for _, m := range regexp.MustCompile(`/(\w+) <([0-9A-F]+)>`).FindAllStringSubmatch(objs[ref(t, trailer, "Info")], -1) {
		f.info[m[1]] = hexText(t, m[2])
	}
	for _, m := range regexp.MustCompile(`/(F\w+) (\d+) 0 R`).FindAllStringSubmatch(objs[2], -1) {
		f.fonts[m[1]] = objs.font(t, objs[number(t, m[2])])
	}
	var numbers []int
	for _, m := range regexp.MustCompile(`(\d+) 0 R`).FindAllStringSubmatch(find(t, objs[ref(t, catalog, "Pages")], `/Kids \[([^]]*)\]`), -1) {
		numbers = append(numbers, number(t, m[1]))
	}
	for _, n := range numbers {
		f.pages = append(f.pages, f.page(t, objs.stream(t, ref(t, objs[n], "Contents"))))
	}
	if strings.Contains(catalog, "/Outlines") {
		f.outlines = objs.outlines(t, ref(t, objs[ref(t, catalog, "Outlines")], "First"), 0, numbers)
	}
	return f
}

// readObjectsStrictly reads the objects where the cross-reference table says.
func readObjectsStrictly(t testing.TB, raw []byte) objects {
	t.Helper()
	places, table, err := readTable(raw)
	if err != nil {
		t.Fatalf("cross-reference table: %v", err)
	}
	slices.SortFunc(places, func(a, b place) int { return a.at - b.at })
	objs := objects{}
	for i, p := range places {
		end := table
		if i+1 < len(places) {
			end = places[i+1].at
		}
		body, ok := strings.CutPrefix(string(raw[p.at:end]), fmt.Sprintf("%d 0 obj\n", p.number))
		body, closed := strings.CutSuffix(body, "\nendobj\n")
		if !ok || !closed {
			t.Fatalf("object %d is not at its place", p.number)
		}
		objs[p.number] = body
	}
	return objs
}

func (o objects) stream(t testing.TB, n int) []byte {
	t.Helper()
	head, packed, ok := strings.Cut(o[n], ">>\nstream\n")
	packed, closed := strings.CutSuffix(packed, "\nendstream")
	if !ok || !closed || !strings.Contains(head, "/FlateDecode") || !strings.HasSuffix(head, fmt.Sprintf("/Length %d", len(packed))) {
		t.Fatalf("object %d is no stream of the length it says", n)
	}
	z, err := zlib.NewReader(strings.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (o objects) font(t testing.TB, body string) *readFont {
	t.Helper()
	f := &readFont{name: find(t, body, `/BaseFont /(\S+)`), text: map[uint16]rune{}, widths: map[uint16]int{}}
	cmap := string(o.stream(t, ref(t, body, "ToUnicode")))
	for _, m := range regexp.MustCompile(`(?m)^<(....)> <(.*)>$`).FindAllStringSubmatch(cmap, -1) {
		if m[1] == "0000" && m[2] == "FFFF" {
			continue // the code space
		}
		code, err1 := strconv.ParseUint(m[1], 16, 16)
		r, err2 := strconv.ParseUint(m[2], 16, 16)
		if err1 != nil || err2 != nil {
			t.Fatalf("ToUnicode entry %q", m[0])
		}
		f.text[uint16(code)] = rune(r)
	}
	cid := o[number(t, find(t, body, `/DescendantFonts \[(\d+) 0 R\]`))]
	for _, m := range regexp.MustCompile(`(\d+) \[([\d ]+)\]`).FindAllStringSubmatch(find(t, cid, `/W \[(.*)\] /CIDToGIDMap`), -1) {
		for i, w := range strings.Fields(m[2]) {
			f.widths[uint16(number(t, m[1])+i)] = number(t, w)
		}
	}
	f.glyphs = o.stream(t, ref(t, cid, "CIDToGIDMap"))
	f.file = o.stream(t, ref(t, o[ref(t, cid, "FontDescriptor")], "FontFile2"))
	return f
}

// decode turns a string of codes into text; every code needs a character, a
// width and a glyph.
func (f *readFont) decode(t testing.TB, codes []byte) (s string, width int) {
	t.Helper()
	var b strings.Builder
	for ; len(codes) >= 2; codes = codes[2:] {
		code := be.Uint16(codes)
		r, named := f.text[code]
		w, measured := f.widths[code]
		if !named || !measured || len(f.glyphs) < 2*int(code)+2 || be.Uint16(f.glyphs[2*int(code):]) == 0 {
			t.Fatalf("%s: code %04X has no character, width or glyph", f.name, code)
		}
		b.WriteRune(r)
		width += w
	}
	return b.String(), width
}

// page follows the operators that canvas uses.
func (f *readFile) page(t testing.TB, content []byte) (page readPage) {
	t.Helper()
	var font *readFont
	var size, x, y float64
	var operands []string
	for len(content) > 0 {
		token, rest := nextToken(t, content)
		content = rest
		switch token {
		case "Tf":
			font, size = f.fonts[operands[0][1:]], float(t, operands[1])
		case "Td":
			x, y = float(t, operands[0]), float(t, operands[1])
		case "Tj":
			page = append(page, font.drawn(t, x, y, size, operands))
		case "TJ":
			page = append(page, font.drawn(t, x, y, size, operands[1:len(operands)-1]))
		case "BT", "ET", "w", "J", "j", "m", "l", "S", "q", "Q", "g", "rg":
		case "":
		default:
			operands = append(operands, token)
			continue
		}
		operands = operands[:0]
	}
	return page
}

// drawn is what strings with the gaps between them draw; every gap stands behind
// a space.
func (f *readFont) drawn(t testing.TB, x, y, size float64, operands []string) drawn {
	t.Helper()
	const space = 0.25 // of the size, in every face
	d := drawn{x: x, y: pageHeight - y, size: size, font: f.name}
	for _, o := range operands {
		if o[0] != '(' {
			d.spread = -float(t, o) * size / 1000
			d.width += d.spread
			if !strings.HasSuffix(d.text, " ") {
				t.Fatalf("a gap behind %q", d.text)
			}
			continue
		}
		s, w := f.decode(t, []byte(o[1:]))
		d.width += float64(w) * size / 1000
		d.text += s
	}
	d.inked = d.width - (space*size+d.spread)*float64(len(d.text)-len(strings.TrimRight(d.text, " ")))
	return d
}

// nextToken cuts a token off; a string comes back unescaped behind its bracket.
func nextToken(t testing.TB, b []byte) (string, []byte) {
	b = bytes.TrimLeft(b, " \n")
	if len(b) == 0 || b[0] != '(' {
		end := bytes.IndexAny(b, " \n(")
		if end < 0 {
			end = len(b)
		}
		return string(b[:end]), b[end:]
	}
	out := []byte{'('}
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case ')':
			return string(out), b[i+1:]
		case '\\':
			i++
			if b[i] == 'r' {
				out = append(out, '\r')
				continue
			}
		}
		out = append(out, b[i])
	}
	t.Fatal("a string has no end")
	return "", nil
}

func (o objects) outlines(t testing.TB, n, level int, pages []int) (all []readOutline) {
	t.Helper()
	for n != 0 {
		body := o[n]
		_, rest, _ := strings.Cut(body, "/Title ")
		title, _ := nextToken(t, []byte(rest))
		one := readOutline{level: level, title: utf16be([]byte(title)[3:])} // after the bracket and the byte order mark
		one.page = slices.Index(pages, number(t, find(t, body, `/Dest \[(\d+) 0 R`))) + 1
		all = append(all, one)
		if strings.Contains(body, "/First ") {
			all = append(all, o.outlines(t, ref(t, body, "First"), level+1, pages)...)
		}
		if !strings.Contains(body, "/Next ") {
			break
		}
		n = ref(t, body, "Next")
	}
	return all
}

func utf16be(b []byte) string {
	var units []uint16
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, be.Uint16(b))
	}
	return string(utf16.Decode(units))
}

func hexText(t testing.TB, s string) string {
	t.Helper()
	var raw []byte
	if _, err := fmt.Sscanf(s, "%X", &raw); err != nil || len(raw) < 2 {
		t.Fatalf("string %q: %v", s, err)
	}
	return utf16be(raw[2:])
}

func find(t testing.TB, s, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(s)
	if m == nil {
		t.Fatalf("no %s in %.300q", pattern, s)
	}
	return m[1]
}

func ref(t testing.TB, s, key string) int {
	t.Helper()
	return number(t, find(t, s, `/`+key+` (\d+) 0 R`))
}

func number(t testing.TB, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func float(t testing.TB, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// body is what a page shows between its margins.
func (p readPage) body() readPage {
	return slices.DeleteFunc(slices.Clone(p), func(d drawn) bool { return d.y < top || d.y > bottom })
}

// lines are the texts of a page line by line; parts of a line that stand apart
// are joined with a bar.
func (p readPage) lines() []string {
	var all []string
	for i, d := range p {
		switch {
		case i == 0 || abs(p[i-1].y-d.y) > 0.02:
			all = append(all, d.text)
		case abs(p[i-1].x+p[i-1].width-d.x) < 0.02:
			all[len(all)-1] += d.text
		default:
			all[len(all)-1] += " | " + d.text
		}
	}
	return all
}

func abs(v float64) float64 { return max(v, -v) }

// text is all body text in the order of drawing.
func (f *readFile) text() string {
	var b strings.Builder
	for _, p := range f.pages {
		for _, d := range p.body() {
			b.WriteString(d.text)
		}
	}
	return b.String()
}
