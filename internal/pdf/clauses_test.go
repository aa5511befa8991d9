package pdf

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// forbidden are words that no file of ours has, by the clause that forbids them or
// would ask for more.
var forbidden = map[string][]string{
	"A 6.1.3 encryption":            {"/Encrypt"},
	"A 6.1.7 filters":               {"/LZWDecode", "/Crypt", "/FFilter"},
	"A 6.2.5 graphics state":        {"/Type /ExtGState", "/TR2", "/HTP "},
	"A 6.2.8 images":                {"/Subtype /Image", "/Interpolate"},
	"A 6.2.9 XObjects":              {"/Subtype /Form", "/Subtype /PS", "/OPI", "/Ref <<"},
	"A 6.2.10 transparency":         {"/Transparency", "/SMask", "/CA ", "/ca "},
	"A 6.3 annotations":             {"/Annots", "/Annot"},
	"A 6.4 forms":                   {"/AcroForm", "/XFA", "/NeedsRendering"},
	"A 6.5 actions":                 {"/JavaScript", "/JS", "/AA ", "/A <</S", "/Launch", "/OpenAction", "/URI"},
	"A 6.9 optional content":        {"/OCProperties", "/OCG"},
	"A 6.10 alternate presentation": {"/AlternatePresentations", "/PresSteps"},
	"A 6.11 requirements":           {"/Requirements"},
}

func (p *tagged) checkForbidden() {
	for n, body := range p.objs {
		head, _, _ := strings.Cut(body, "stream\n")
		for clause, words := range forbidden {
			for _, no := range words {
				if strings.Contains(head, no) {
					p.fault(clause, "object %d has %s", n, no)
				}
			}
		}
	}
}

var forbiddenVariants = []variant{
	{"an encrypted file", "A 6.1.3 encryption", anywhere("/Type /Catalog", "/Type /Catalog /Encrypt 1 0 R")},
	{"a filter of another kind", "A 6.1.7 filters", anywhere("/FlateDecode", "/LZWDecode")},
	{"a transfer function", "A 6.2.5", anywhere("/Tabs /S", "/Tabs /S /X <</Type /ExtGState /TR2 /Default>>")},
	{"an image", "A 6.2.8", anywhere("/Tabs /S", "/Tabs /S /X <</Subtype /Image>>")},
	{"a form XObject", "A 6.2.9", anywhere("/Tabs /S", "/Tabs /S /X <</Subtype /Form>>")},
	{"a group of transparency", "A 6.2.10", anywhere("/Tabs /S", "/Tabs /S /Group <</S /Transparency>>")},
	{"an annotation", "A 6.3", anywhere("/Tabs /S", "/Tabs /S /Annots [1 0 R]")},
	{"a form to fill in", "A 6.4", anywhere("/Type /Catalog", "/Type /Catalog /AcroForm <<>>")},
	{"a script", "A 6.5", anywhere("/Tabs /S", "/Tabs /S /AA <</O 1 0 R>>")},
	{"a layer", "A 6.9", anywhere("/Type /Catalog", "/Type /Catalog /OCProperties <<>>")},
	{"another presentation", "A 6.10", anywhere("/Type /Catalog", "/Type /Catalog /Names <</AlternatePresentations <<>>>>")},
	{"a requirement", "A 6.11", anywhere("/Type /Catalog", "/Type /Catalog /Requirements []")},
}

// checkOutline holds the bookmarks to the headings: as many as there are below the
// name of the paper, one after another.
func (p *tagged) checkOutline() {
	headings := 0
	for _, body := range p.objs {
		if m := regexp.MustCompile(`^<</Type /StructElem /S /H([1-6]) `).MatchString(body); m {
			headings++
		}
	}
	bookmarks := 0
	for _, body := range p.objs {
		if strings.Contains(body, "/Title ") && strings.Contains(body, "/Dest [") {
			bookmarks++
		}
	}
	if !strings.Contains(p.catalog, "/Outlines ") {
		bookmarks = 0
	}
	if headings-bookmarks != 1 && headings != bookmarks { // the name of the paper has none
		p.fault("UA 7.17 navigation", "%d bookmarks of %d headings", bookmarks, headings)
	}
}

// checkFonts holds every font to be embedded, cut to what is used and marked so,
// with a glyph, a character and the width of its own program for every code drawn.
func (p *tagged) checkFonts() {
	used := p.codes()
	for _, n := range slices.Sorted(maps.Keys(p.objs)) {
		body := p.objs[n]
		if !strings.HasPrefix(body, "<</Type /Font ") || strings.Contains(body, "/CIDFontType2") {
			continue
		}
		m := regexp.MustCompile(`/Subtype /Type0 /BaseFont /[A-Z]{6}\+\S+ /Encoding /(\S+) /DescendantFonts \[(\d+) 0 R\]`).FindStringSubmatch(body)
		if m == nil {
			p.fault("A 6.2.11.2 font types", "object %d is no cut font of the kind", n)
			continue
		}
		if m[1] != "Identity-H" {
			p.fault("A 6.2.11.3 composite fonts", "object %d is encoded as %s", n, m[1])
		}
		number, _ := strconv.Atoi(m[2])
		p.checkFont(n, body, p.objs[number], used[n])
	}
}

func (p *tagged) checkFont(n int, body, cid string, used map[uint16]bool) {
	if !strings.Contains(cid, "/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity)") {
		p.fault("A 6.2.11.3 composite fonts", "object %d is of no system of characters", n)
	}
	descriptor := p.at(cid, "FontDescriptor")
	head, program, embedded := strings.Cut(p.at(descriptor, "FontFile2"), "stream\n")
	program = strings.TrimSuffix(program, "\nendstream")
	if !embedded || !strings.Contains(head, fmt.Sprintf("/Length1 %d ", len(program))) {
		p.fault("A 6.2.11.4 embedding", "object %d is not embedded whole", n)
		return
	}
	_, glyphs, _ := strings.Cut(p.at(cid, "CIDToGIDMap"), "stream\n")
	_, characters, _ := strings.Cut(p.at(body, "ToUnicode"), "stream\n")
	f := &face{tables: map[string][]byte{}}
	for i := range int(be.Uint16([]byte(program[4:]))) {
		at := program[12+16*i:]
		from, size := be.Uint32([]byte(at[8:])), be.Uint32([]byte(at[12:]))
		f.tables[at[:4]] = []byte(program[from : from+size])
	}
	widths := p.widths(cid)
	for code := range used {
		glyph := 0
		if 2*int(code)+2 <= len(glyphs) {
			glyph = int(be.Uint16([]byte(glyphs[2*int(code):])))
		}
		if glyph == 0 || 4*glyph+4 > len(f.tables["hmtx"]) {
			p.fault("A 6.2.11.8 no glyph", "object %d: code %04X", n, code)
			continue
		}
		if got := f.scaled(f.tables["hmtx"], 4*glyph); got != widths[code] {
			p.fault("A 6.2.11.5 widths", "object %d: code %04X is %d wide, the font says %d", n, code, widths[code], got)
		}
		m := regexp.MustCompile(fmt.Sprintf(`(?m)^<%04X> <([0-9A-F]{4})>$`, code)).FindStringSubmatch(characters)
		if m == nil || slices.Contains([]string{"0000", "FEFF", "FFFE"}, m[1]) {
			p.fault("A 6.2.11.7 characters", "object %d: code %04X stands for nothing", n, code)
		}
	}
}

func (p *tagged) widths(cid string) map[uint16]int {
	widths := map[uint16]int{}
	for _, m := range regexp.MustCompile(`(\d+) \[([\d ]+)\]`).FindAllStringSubmatch(cid[strings.Index(cid, "/W ")+3:], -1) {
		first, _ := strconv.Atoi(m[1])
		for i, w := range strings.Fields(m[2]) {
			widths[uint16(first+i)], _ = strconv.Atoi(w)
		}
	}
	return widths
}

// codes are those that the pages draw, by the object of their font.
func (p *tagged) codes() map[int]map[uint16]bool {
	all := map[int]map[uint16]bool{}
	fonts := map[string]int{}
	for _, m := range regexp.MustCompile(`/(F\w+) (\d+) 0 R`).FindAllStringSubmatch(p.objs[2], -1) {
		fonts[m[1]], _ = strconv.Atoi(m[2])
	}
	for _, n := range p.pages {
		_, content, _ := strings.Cut(p.at(p.objs[n], "Contents"), "stream\n")
		now := 0
		for rest := []byte(content); len(rest) > 0; {
			var token string
			token, rest = nextToken(p.t, rest)
			if number, ok := fonts[strings.TrimPrefix(token, "/")]; ok && token[0] == '/' {
				now = number
				if all[now] == nil {
					all[now] = map[uint16]bool{}
				}
			}
			if token != "" && token[0] == '(' {
				for codes := []byte(token[1:]); len(codes) >= 2; codes = codes[2:] {
					all[now][be.Uint16(codes)] = true
				}
			}
		}
	}
	return all
}

var fontVariants = []variant{
	{"a font of the reader's", "A 6.2.11.2", anywhere("/Subtype /Type0 /BaseFont /", "/Subtype /Type1 /BaseFont /")},
	{"a cut font that does not say so", "A 6.2.11.2", func(t *testing.T, p *tagged) {
		for n, body := range p.objs {
			if strings.Contains(body, "/Type0") {
				p.objs[n] = regexp.MustCompile(`/BaseFont /[A-Z]{6}\+`).ReplaceAllString(body, "/BaseFont /")
			}
		}
	}},
	{"another encoding", "A 6.2.11.3", anywhere("/Identity-H", "/90ms-RKSJ-H")},
	{"characters of no system", "A 6.2.11.3", anywhere("/Ordering (Identity) ", "/Ordering (Japan1) ")},
	{"a font that is not embedded", "A 6.2.11.4", anywhere("/FontFile2 ", "/FontFile9 ")},
	{"a font cut off", "A 6.2.11.4", anywhere("/Length1 ", "/Length1 9")},
	{"a width that the font does not have", "A 6.2.11.5", anywhere("/W [32 [250", "/W [32 [251")},
	{"a code for no character", "A 6.2.11.7", anywhere("<0061> <0061>", "<0061> <0000>")},
	{"a code that is not in the map", "A 6.2.11.7", anywhere("<0061> <0061>\n", "")},
	{"a code without a glyph", "A 6.2.11.8", func(t *testing.T, p *tagged) {
		for n, body := range p.objs {
			if m := regexp.MustCompile(`/CIDToGIDMap (\d+) 0 R`).FindStringSubmatch(body); m != nil {
				n, _ = strconv.Atoi(m[1])
				at := strings.Index(p.objs[n], "stream\n") + len("stream\n") + 2*'a'
				p.objs[n] = p.objs[n][:at] + "\x00\x00" + p.objs[n][at+2:]
				return
			}
		}
		t.Fatal("no map of glyphs")
	}},
	{"a file without its bookmarks", "UA 7.17", inCatalog("/Outlines ", "/Outline5 ")},
}

// fileFaults holds the bytes of a file to what PDF/A asks of them before anything
// is read from them.
func fileFaults(raw []byte) (faults []string) {
	fault := func(clause, format string, args ...any) {
		faults = append(faults, clause+": "+fmt.Sprintf(format, args...))
	}
	if !regexp.MustCompile(`^%PDF-1\.[0-7]\n%[\x80-\xff]{4,}\n`).Match(latin1(raw[:min(len(raw), 20)])) {
		fault("A 6.1.2 header", "%.20q", raw)
	}
	end := bytes.LastIndex(raw, []byte("\nstartxref\n"))
	var table int
	if n, _ := fmt.Sscanf(string(raw[max(end, 0):]), "\nstartxref\n%d\n", &table); n != 1 || !bytes.HasSuffix(raw, fmt.Appendf(nil, "startxref\n%d\n%%%%EOF\n", table)) {
		fault("A 6.1.3 trailer", "the file does not end with its end")
		return faults
	}
	count := 0
	if n, _ := fmt.Sscanf(string(raw[min(table, end):end]), "xref\n0 %d\n", &count); n != 1 {
		fault("A 6.1.4 cross-reference table", "it is not where the file says")
		return faults
	}
	entries := raw[table+len(fmt.Sprintf("xref\n0 %d\n", count)):]
	for n := 1; n < count; n++ {
		m := regexp.MustCompile(`^(\d{10}) 00000 n \n$`).FindSubmatch(entries[20*n : 20*n+20])
		if m == nil {
			fault("A 6.1.4 cross-reference table", "entry %d is of another form", n)
			continue
		}
		at, _ := strconv.Atoi(string(m[1]))
		body, ok := bytes.CutPrefix(raw[min(at, len(raw)):], fmt.Appendf(nil, "%d 0 obj\n", n))
		if !ok {
			fault("A 6.1.4 cross-reference table", "object %d is not at its place", n)
			continue
		}
		faults = append(faults, objectFaults(n, body)...)
	}
	return faults
}

// objectFaults looks at one object: the length of a stream, limits of what programs
// must be able to hold.
func objectFaults(n int, body []byte) (faults []string) {
	head, stream, isStream := body, []byte(nil), false
	if end := bytes.Index(body, []byte("\nendobj\n")); end >= 0 {
		head = body[:end]
	}
	if i := bytes.Index(head, []byte(">>\nstream\n")); i >= 0 {
		head, stream, isStream = body[:i+2], body[i+len(">>\nstream\n"):], true
	}
	if isStream {
		m := regexp.MustCompile(`/Length (\d+)>>$`).FindSubmatch(head)
		length := -1
		if m != nil {
			length, _ = strconv.Atoi(string(m[1]))
		}
		if length < 0 || length > len(stream) || !bytes.HasPrefix(stream[length:], []byte("\nendstream\nendobj\n")) {
			faults = append(faults, fmt.Sprintf("A 6.1.7 streams: object %d is not as long as it says", n))
		}
	}
	for _, m := range regexp.MustCompile(`<([0-9A-F]*)>`).FindAllSubmatch(head, -1) {
		if len(m[1])%2 != 0 {
			faults = append(faults, fmt.Sprintf("A 6.1.6 strings: object %d has half a byte", n))
		}
		if len(m[1]) > 2*32767 {
			faults = append(faults, fmt.Sprintf("A 6.1.13 limits: object %d has a string of %d bytes", n, len(m[1])/2))
		}
	}
	return faults
}

// latin1 has a character for each byte, as expressions match them.
func latin1(raw []byte) []byte {
	var out []rune
	for _, b := range raw {
		out = append(out, rune(b))
	}
	return []byte(string(out))
}

var fileVariants = []struct {
	name, clause string
	harm         func(raw []byte) []byte
}{
	{"a header of letters alone", "A 6.1.2", swap("%\xE2\xE3\xCF\xD3", "%abcd")},
	{"a header of another version", "A 6.1.2", swap("%PDF-1.7", "%PDF-2.0")},
	{"something behind the end", "A 6.1.3 trailer", func(raw []byte) []byte { return append(raw, "x\n"...) }},
	{"a table somewhere else", "A 6.1.4", swap("xref\n0 ", "yref\n0 ")},
	{"an object somewhere else", "A 6.1.4", swap("\n7 0 obj\n", "\n9 0 obj\n")},
	{"an entry of another form", "A 6.1.4", swap(" 00000 n \n", " 00001 n \n")},
	{"a stream of another length", "A 6.1.7 streams", swap("/Length 1", "/Length 2")},
	{"half a byte", "A 6.1.6", swap("/Title <FEFF", "/Title  <EFF")},
	{"a string too long to hold", "A 6.1.13", func(raw []byte) []byte {
		long := strings.Repeat("00", 40000)
		table := regexp.MustCompile(`startxref\n(\d+)`).FindStringSubmatch(string(raw))[1]
		at, _ := strconv.Atoi(table)
		raw = swap("/Title <FEFF", "/Title <FEFF"+long)(raw)
		return swap("startxref\n"+table, fmt.Sprintf("startxref\n%d", at+len(long)))(raw)
	}},
}

func swap(old, with string) func([]byte) []byte {
	return func(raw []byte) []byte { return bytes.Replace(raw, []byte(old), []byte(with), 1) }
}

func TestBytesAreThoseOfAnArchiveFile(t *testing.T) {
	long := everyKind(1, 3)
	long.Title, long.Author = strings.Repeat("Ķ", 100_000), strings.Repeat("Š", 100_000)
	for name, raw := range map[string][]byte{"every kind of block": rendered(t, everyKind(fivePages, 60)),
		"with a record": renderedWith(t, everyKind(1, 3), carried), "names of any length": rendered(t, long)} {
		for _, fault := range fileFaults(raw) {
			t.Errorf("%s: %s", name, fault)
		}
	}
	whole := rendered(t, everyKind(1, 3))
	for _, v := range fileVariants {
		faults := fileFaults(v.harm(bytes.Clone(whole)))
		if !slices.ContainsFunc(faults, func(s string) bool { return strings.HasPrefix(s, v.clause) }) {
			t.Errorf("%s: found %q, want %s", v.name, faults, v.clause)
		}
	}
}

// The table in the documentation has every variant, in the row of its clause.
func TestTheTableOfClausesIsThatOfTheTests(t *testing.T) {
	page, err := os.ReadFile("../../docs/pdf.md")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, v := range slices.Concat(structureVariants, forbiddenVariants, fontVariants, attachedVariants) {
		want[v.name] = v.clause
	}
	for _, v := range fileVariants {
		want[v.name] = v.clause
	}
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(strings.TrimSpace(line), " | ")
		clause, isRow := strings.CutPrefix(cells[0], "| ")
		if !isRow || !regexp.MustCompile(`^(A|A-3|UA) \d`).MatchString(clause) {
			continue
		}
		for name := range strings.SplitSeq(strings.TrimSuffix(cells[len(cells)-1], " |"), "; ") {
			of, ok := want[name]
			if !ok || !strings.HasPrefix(of+" ", clause+" ") {
				t.Errorf("the row of %s has %q, which the tests know as a variant of %q", clause, name, of)
			}
			delete(want, name)
		}
	}
	for name, clause := range want {
		t.Errorf("the row of %s lacks %q", clause, name)
	}
}
