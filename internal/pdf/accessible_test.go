package pdf

import (
	"encoding/xml"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	. "padome/internal/document"
)

// tagged is a finished file as the rules for archives and for people who use a
// screen reader look at it: its objects, streams unpacked.
type tagged struct {
	t       testing.TB
	objs    objects
	trailer string
	catalog string
	info    string
	pages   []int
	faults  []string
}

func openTagged(t testing.TB, raw []byte) *tagged {
	t.Helper()
	objs := readObjectsStrictly(t, raw)
	for n, body := range objs {
		if strings.Contains(body, "/FlateDecode") {
			head, _, _ := strings.Cut(body, "stream\n")
			objs[n] = head + "stream\n" + string(objs.stream(t, n))
		}
	}
	p := &tagged{t: t, objs: objs, trailer: string(raw[strings.LastIndex(string(raw), "trailer\n"):])}
	p.catalog, p.info = objs[ref(t, p.trailer, "Root")], objs[ref(t, p.trailer, "Info")]
	for _, m := range refs.FindAllStringSubmatch(find(t, objs[ref(t, p.catalog, "Pages")], `/Kids \[([^]]*)\]`), -1) {
		p.pages = append(p.pages, number(t, m[1]))
	}
	return p
}

var refs = regexp.MustCompile(`(\d+) 0 R`)

func (p *tagged) fault(clause, format string, args ...any) {
	p.faults = append(p.faults, clause+": "+fmt.Sprintf(format, args...))
}

// at is the object that an entry of a dictionary leads to; "" when none does.
func (p *tagged) at(dictionary, key string) string {
	m := regexp.MustCompile(`/` + key + ` (\d+) 0 R`).FindStringSubmatch(dictionary)
	if m == nil {
		return ""
	}
	n, _ := strconv.Atoi(m[1])
	return p.objs[n]
}

// check holds the file to the clauses that Render answers for. docs/pdf.md
// lists them.
func (p *tagged) check(d Document) []string {
	p.faults = nil
	p.checkCatalog(d)
	p.checkForbidden()
	p.checkFonts()
	p.checkOutline()
	p.checkColour()
	p.checkAttached()
	p.checkMetadata(d)
	drawn := p.checkContent()
	p.checkStructure(drawn)
	return p.faults
}

func (p *tagged) checkCatalog(d Document) {
	for clause, want := range map[string]string{
		"UA 7.1 marked":         "/MarkInfo <</Marked true>>",
		"UA 7.1 title shown":    "/ViewerPreferences <</DisplayDocTitle true>>",
		"UA 7.2 language":       "/Lang (" + d.Lang + ")",
		"A 6.2.3 output intent": "/S /GTS_PDFA1",
		"A 6.6.2 metadata":      "/Metadata ",
		"UA 7.1 structure":      "/StructTreeRoot ",
	} {
		if !strings.Contains(p.catalog, want) {
			p.fault(clause, "the catalog has no %s", want)
		}
	}
	if !regexp.MustCompile(`/ID \[<[0-9A-F]{32}> <[0-9A-F]{32}>\]`).MatchString(p.trailer) {
		p.fault("A 6.1.3 identifier", "the trailer has none")
	}
	for i, n := range p.pages {
		if !strings.Contains(p.objs[n], "/Tabs /S") || !strings.Contains(p.objs[n], fmt.Sprintf("/StructParents %d ", i)) {
			p.fault("UA 7.18 page", "page %d does not follow the structure", i+1)
		}
	}
}

func (p *tagged) checkColour() {
	head, profile, _ := strings.Cut(p.at(p.catalog, "DestOutputProfile"), "stream\n")
	switch {
	case len(profile) < 132 || profile[36:40] != "acsp" || profile[12:23] != "mntrRGB XYZ":
		p.fault("A 6.2.3 profile", "it is no profile of a display")
	case int(be.Uint32([]byte(profile))) != len(profile):
		p.fault("A 6.2.3 profile", "it says another length than %d", len(profile))
	case !strings.Contains(head, "/N 3"):
		p.fault("A 6.2.3 profile", "it is not said to have three colours")
	}
}

// packet is what the metadata packet says of the file.
type packet struct {
	Part        string `xml:"RDF>Description>part"`
	Conformance string `xml:"RDF>Description>conformance"`
	Title       string `xml:"RDF>Description>title>Alt>li"`
	Author      string `xml:"RDF>Description>creator>Seq>li"`
	Subject     string `xml:"RDF>Description>description>Alt>li"`
	Created     string `xml:"RDF>Description>CreateDate"`
	Modified    string `xml:"RDF>Description>ModifyDate"`
	Tool        string `xml:"RDF>Description>CreatorTool"`
	Producer    string `xml:"RDF>Description>Producer"`
}

func (p *tagged) checkMetadata(d Document) {
	head, stream, _ := strings.Cut(p.at(p.catalog, "Metadata"), "stream\n")
	stream = strings.TrimSuffix(stream, "\nendstream")
	var x packet
	if err := xml.Unmarshal([]byte(stream), &x); err != nil || strings.Contains(head, "/Filter") {
		p.fault("A 6.6.2 metadata", "the packet cannot be read as it stands: %v", err)
		return
	}
	part := "2"
	if strings.Contains(p.catalog, "/EmbeddedFiles") {
		part = "3" // PDF/A-2 allows no attachments of other kinds
	}
	if !strings.Contains(stream, "<pdfaid:part>"+part+"</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>") {
		p.fault("A 6.6.4 identification", "it is not PDF/A-%sa", part)
	}
	if !strings.Contains(stream, "<pdfuaid:part>1</pdfuaid:part>") || !strings.Contains(stream, "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>") {
		p.fault("UA 5 identification", "it is not PDF/UA-1, or that is not explained")
	}
	info := map[string]string{}
	for _, m := range regexp.MustCompile(`/(\w+) <FEFF([0-9A-F]*)>`).FindAllStringSubmatch(p.info, -1) {
		var raw []byte
		fmt.Sscanf(m[2], "%X", &raw)
		info[m[1]] = utf16be(raw)
	}
	date := regexp.MustCompile(`/(Creation|Mod)Date \(D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)([+-]\d\d)'(\d\d)'\)`)
	for _, m := range date.FindAllStringSubmatch(p.info, -1) {
		info[m[1]] = fmt.Sprintf("%s-%s-%sT%s:%s:%s%s:%s", m[2], m[3], m[4], m[5], m[6], m[7], m[8], m[9])
	}
	want := map[string]string{"Title": x.Title, "Author": x.Author, "Subject": x.Subject, "Creator": x.Tool, "Producer": x.Producer,
		"Creation": x.Created, "Mod": x.Modified}
	maps.DeleteFunc(want, func(_, v string) bool { return v == "" })
	if !maps.Equal(info, want) {
		p.fault("A 6.6.2.3 properties", "the properties say %v, the metadata %v", info, want)
	}
	if info["Title"] != d.Title {
		p.fault("UA 7.1 title", "%q", info["Title"])
	}
}

// spot is one marked stretch of a page.
type spot struct{ page, id int }

// checkContent holds what is drawn to be text of the structure or an artifact,
// and returns the marks with their tags.
func (p *tagged) checkContent() map[spot]string {
	marks := map[spot]string{}
	for i, n := range p.pages {
		open, next := "", 0
		_, content, _ := strings.Cut(p.at(p.objs[n], "Contents"), "stream\n")
		for _, line := range splitOperators(content) {
			switch fields := strings.Fields(line); fields[len(fields)-1] {
			case "BDC":
				if open != "" {
					p.fault("UA 7.1 content", "page %d: %s within %s", i+1, line, open)
				}
				open = line
				if id, ok := strings.CutPrefix(line, fields[0]+" <</MCID "); ok {
					id, _ := strconv.Atoi(strings.TrimSuffix(id, ">> BDC"))
					if id != next {
						p.fault("A 6.7.3 marks", "page %d: mark %d comes where %d should", i+1, id, next)
					}
					next++
					marks[spot{n, id}] = fields[0][1:]
				} else if fields[0] != "/Artifact" {
					p.fault("UA 7.1 content", "page %d: %s is neither", i+1, line)
				}
			case "EMC":
				if open == "" {
					p.fault("UA 7.1 content", "page %d: an end without a beginning", i+1)
				}
				open = ""
			case "Tj", "TJ", "S", "f", "Do", "B":
				if open == "" {
					p.fault("UA 7.1 content", "page %d: %.40q is neither text nor artifact", i+1, line)
				}
			}
		}
		if open != "" {
			p.fault("UA 7.1 content", "page %d ends within %s", i+1, open)
		}
	}
	return marks
}

// splitOperators cuts a page into its operators; strings are left out.
func splitOperators(content string) (all []string) {
	content = regexp.MustCompile(`(?s)\((?:\\.|[^\\)])*\)`).ReplaceAllString(content, "()")
	from := 0
	for _, at := range regexp.MustCompile(`\b(?:BDC|EMC|Tj|TJ|S|f|Do|B)\b`).FindAllStringIndex(content, -1) {
		all = append(all, strings.TrimSpace(content[from:at[1]]))
		from = at[1]
	}
	for i, s := range all { // what stands before a mark is settings
		if strings.HasSuffix(s, "BDC") {
			all[i] = s[strings.LastIndex(s, "\n")+1:]
		}
	}
	return all
}

// node is an element of the structure as the file has it.
type node struct {
	number int
	tag    string
	body   string
	kids   []*node
	spots  []spot
}

var kidForm = regexp.MustCompile(`<</Type /MCR /Pg (\d+) 0 R /MCID (\d+)>>|(\d+) 0 R|(\d+)`)

func (p *tagged) node(number, parent int) *node {
	e := &node{number: number, body: p.objs[number]}
	m := regexp.MustCompile(`^<</Type /StructElem /S /(\w+) /P (\d+) 0 R`).FindStringSubmatch(e.body)
	if m == nil {
		p.fault("UA 7.1 structure", "object %d is no element", number)
		return e
	}
	e.tag = m[1]
	if m[2] != strconv.Itoa(parent) {
		p.fault("UA 7.1 structure", "%s %d does not lead back to %d", e.tag, number, parent)
	}
	page := 0
	if m := regexp.MustCompile(`/Pg (\d+) 0 R /K`).FindStringSubmatch(e.body); m != nil {
		page, _ = strconv.Atoi(m[1])
	}
	_, kids, _ := strings.Cut(e.body, "/K [")
	for _, m := range kidForm.FindAllStringSubmatch(kids, -1) {
		n, _ := strconv.Atoi(m[3] + m[4] + m[1])
		switch {
		case m[1] != "":
			id, _ := strconv.Atoi(m[2])
			e.spots = append(e.spots, spot{n, id})
		case m[3] != "":
			e.kids = append(e.kids, p.node(n, number))
		default:
			e.spots = append(e.spots, spot{page, n})
		}
	}
	return e
}

// nesting is what each element may hold; the others hold text alone.
var nesting = map[string][]string{
	"Document": {"Figure", "P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "Table", "Div"},
	"L":        {"LI"}, "LI": {"Lbl", "LBody"}, "LBody": {"P", "L"}, "Div": {"P"},
	"Table": {"Caption", "THead", "TBody"}, "THead": {"TR"}, "TBody": {"TR"}, "TR": {"TH", "TD"},
}

func (p *tagged) checkStructure(drawn map[spot]string) {
	root := p.at(p.catalog, "StructTreeRoot")
	m := regexp.MustCompile(`^<</Type /StructTreeRoot /K (\d+) 0 R `).FindStringSubmatch(root)
	if m == nil {
		p.fault("UA 7.1 structure", "it has no root")
		return
	}
	first, _ := strconv.Atoi(m[1])
	at := regexp.MustCompile(`/StructTreeRoot (\d+) 0 R`).FindStringSubmatch(p.catalog)[1]
	rootNumber, _ := strconv.Atoi(at)
	document := p.node(first, rootNumber)
	back := p.parents(root)
	level, seen := 0, map[spot]bool{}
	document.walk(func(e *node) {
		p.checkElement(e)
		if len(e.tag) == 2 && e.tag[0] == 'H' {
			if is := int(e.tag[1] - '0'); is > level+1 {
				p.fault("UA 7.4.2 headings", "%s follows level %d", e.tag, level)
			} else {
				level = is
			}
		}
		for _, s := range e.spots {
			if seen[s] || drawn[s] != e.tag || back[s] != e.number {
				p.fault("UA 7.1 marks", "%s %d: mark %v is twice (%t), drawn as %q, leads back to %d", e.tag, e.number, s, seen[s], drawn[s], back[s])
			}
			seen[s] = true
		}
	})
	if len(seen) != len(drawn) || len(back) != len(drawn) {
		p.fault("UA 7.1 marks", "%d are drawn, %d stand in the structure, %d lead back", len(drawn), len(seen), len(back))
	}
}

func (e *node) walk(visit func(*node)) {
	visit(e)
	for _, k := range e.kids {
		k.walk(visit)
	}
}

func (e *node) tags() (all []string) {
	for _, k := range e.kids {
		all = append(all, k.tag)
	}
	return all
}

func (p *tagged) checkElement(e *node) {
	within, tags := nesting[e.tag], e.tags()
	for _, tag := range tags {
		if !slices.Contains(within, tag) {
			p.fault("UA 7.1 nesting", "%s within %s", tag, e.tag)
		}
	}
	if within != nil && len(e.spots) > 0 {
		p.fault("UA 7.1 nesting", "text directly within %s", e.tag)
	}
	switch e.tag {
	case "Figure":
		if !regexp.MustCompile(`/Alt <FEFF[0-9A-F]{4,}>`).MatchString(e.body) {
			p.fault("UA 7.3 figures", "%d has no words in its place", e.number)
		}
		if !regexp.MustCompile(`/BBox \[[0-9.]+ [0-9.]+ [0-9.]+ [0-9.]+\]`).MatchString(e.body) {
			p.fault("UA 7.3 figures", "%d does not say where it is", e.number)
		}
	case "L":
		if !strings.Contains(e.body, "/A <</O /List /ListNumbering /D") {
			p.fault("UA 7.6 lists", "%d does not say how it is numbered", e.number)
		}
	case "LI":
		if !slices.Equal(tags, []string{"Lbl", "LBody"}) {
			p.fault("UA 7.6 lists", "an entry of %v", tags)
		}
	case "TH":
		if !strings.Contains(e.body, "/A <</O /Table /Scope /") {
			p.fault("UA 7.5 tables", "a head %d without scope", e.number)
		}
	case "Table":
		cells := map[int]bool{}
		e.walk(func(x *node) {
			if x.tag == "TR" {
				cells[len(x.kids)] = true
			}
		})
		if len(cells) != 1 || !slices.Contains(tags, "THead") || !slices.Contains(tags, "TBody") {
			p.fault("UA 7.5 tables", "rows of %v cells, parts %v", cells, tags)
		}
	}
}

// parents reads the way back from the marks of pages to elements.
func (p *tagged) parents(root string) map[spot]int {
	back := map[spot]int{}
	for _, m := range regexp.MustCompile(`(\d+) \[([^]]*)\]`).FindAllStringSubmatch(p.at(root, "ParentTree"), -1) {
		page, _ := strconv.Atoi(m[1])
		if page >= len(p.pages) {
			p.fault("A 6.7.3 marks", "marks of page %d", page+1)
			continue
		}
		for id, r := range refs.FindAllStringSubmatch(m[2], -1) {
			back[spot{p.pages[page], id}], _ = strconv.Atoi(r[1])
		}
	}
	return back
}

// everyKind is a paper with every kind of block: minutes with some items, and a
// table of some rows.
func everyKind(items, entries int) Document {
	d := minutes(items)
	rows := make([][]Text, entries)
	for i := range rows {
		rows[i] = Texts(fmt.Sprintf("%d.", i+1), strings.Repeat("Sagatavot priekšlikumus. ", i%7+1), "")
	}
	d.Blocks = append(d.Blocks,
		Heading{Level: 1, Text: "Pielikums"},
		Heading{Level: 2, Label: "1.", Text: "Izpildes gaita"},
		Table{Caption: "Lēmumi", Columns: []Column{{Head: "Nr.", Width: 1}, {Head: "Lēmums", Width: 4}, {Head: "Termiņš", Width: 2}}, Rows: rows, RowHeaders: true},
		Note{Text: Plain("Piezīme.")},
		List{Ordered: true, Items: []Item{{Label: "1.", Text: Plain("Viens"), Items: []Item{{Label: "1.1.", Text: Plain("Pirmais")}}}}},
	)
	return d
}

func TestFileIsForArchivesAndScreenReaders(t *testing.T) {
	for name, d := range map[string]Document{"every kind of block": everyKind(fivePages, 60), "minutes": minutes(fivePages), "a line": paper(Paragraph{Text: Plain("Viens.")}),
		"headings that skip": paper(Heading{Level: 3, Text: "Dziļi"}, Heading{Level: 5, Text: "Dziļāk"}, Heading{Level: 1, Text: "Augšā"}, Note{Text: Plain("beigas")})} {
		t.Run(name, func(t *testing.T) {
			for _, fault := range openTagged(t, rendered(t, d)).check(d) {
				t.Error(fault)
			}
		})
	}
}

// variant is a file with one thing broken, and the clause that the check has to
// name.
type variant struct {
	name, clause string
	harm         func(t *testing.T, p *tagged)
}

// inCatalog breaks what the catalog says; anywhere the first object that says it.
func inCatalog(old, with string) func(*testing.T, *tagged) {
	return func(t *testing.T, p *tagged) { p.catalog = once(t, p.catalog, old, with) }
}

func anywhere(old, with string) func(*testing.T, *tagged) {
	return func(t *testing.T, p *tagged) {
		for _, n := range slices.Sorted(maps.Keys(p.objs)) {
			if strings.Contains(p.objs[n], old) {
				p.objs[n] = once(t, p.objs[n], old, with)
				return
			}
		}
		t.Fatalf("no object has %q", old)
	}
}

var structureVariants = []variant{
	{"no language", "UA 7.2", inCatalog("/Lang (lv)", "")},
	{"not marked", "UA 7.1 marked", inCatalog("/Marked true", "/Marked false")},
	{"file name shown", "UA 7.1 title shown", inCatalog("/DisplayDocTitle true", "")},
	{"no output intent", "A 6.2.3", inCatalog("/GTS_PDFA1", "/GTS_PDFX")},
	{"no identifier", "A 6.1.3", func(t *testing.T, p *tagged) { p.trailer = once(t, p.trailer, "/ID [", "/ID2 [") }},
	{"reading order of drawing", "UA 7.18", anywhere("/Tabs /S", "/Tabs /R")},
	{"a profile cut off", "A 6.2.3 profile", anywhere("acsp", "acs")},
	{"another conformance", "A 6.6.4", anywhere("<pdfaid:conformance>A<", "<pdfaid:conformance>B<")},
	{"no word of PDF/UA", "UA 5", anywhere("<pdfuaid:part>1</pdfuaid:part>", "")},
	{"a packet that is packed", "A 6.6.2", anywhere("/Type /Metadata ", "/Type /Metadata /Filter /FlateDecode ")},
	{"two titles", "A 6.6.2.3", anywhere(`<rdf:li xml:lang="x-default">Memoranda`, `<rdf:li xml:lang="x-default">Cita`)},
	{"another author", "A 6.6.2.3", func(t *testing.T, p *tagged) { p.info = once(t, p.info, "/Author <FEFF004E", "/Author <FEFF004F") }},
	{"text that belongs to nothing", "UA 7.1 content", anywhere("/H1 <</MCID", "/NonStruct <</MC")},
	{"a mark that is never closed", "UA 7.1 content", anywhere("EMC\n/P <</MCID 1>> BDC", "/P <</MCID 1>> BDC")},
	{"a mark under another tag", "UA 7.1 marks", anywhere("/H1 <</MCID 1", "/P <</MCID 1")},
	{"marks out of order", "A 6.7.3", anywhere("<</MCID 1>>", "<</MCID 901>>")},
	{"an element of another parent", "UA 7.1 structure", anywhere("/S /H1 /P ", "/S /H1 /P 1")},
	{"a heading skipped", "UA 7.4.2", anywhere("/S /H2 /P", "/S /H4 /P")},
	{"an entry without a label", "UA 7.6", anywhere("/S /Lbl /P", "/S /LBody /P")},
	{"a list that is not numbered", "UA 7.6", anywhere("/ListNumbering /Decimal", "/ListNumbering /None")},
	{"a head without scope", "UA 7.5", anywhere("/Scope /Row", "")},
	{"a row without its last cell", "UA 7.5", func(t *testing.T, p *tagged) { p.dropCell(t) }},
	{"a paragraph within a table", "UA 7.1 nesting", anywhere("/S /TBody /P", "/S /P /P")},
	{"a way back that leads astray", "UA 7.1 marks", anywhere("<</Nums [0 [", "<</Nums [0 [1 0 R ")},
	{"a way back of one page too few", "UA 7.1 marks", anywhere("<</Nums [0 [", "<</Nums [9 [")},
}

// Each variant breaks one thing; the check has to find just that clause.
func TestBrokenVariantsAreFound(t *testing.T) {
	d := everyKind(1, 3)
	whole := renderedWith(t, d, carried)
	for _, v := range slices.Concat(structureVariants, forbiddenVariants, fontVariants, attachedVariants) {
		t.Run(v.name, func(t *testing.T) {
			p := openTagged(t, whole)
			v.harm(t, p)
			faults := p.check(d)
			if !slices.ContainsFunc(faults, func(s string) bool { return strings.HasPrefix(s, v.clause) }) {
				t.Errorf("found %q, want %s", faults, v.clause)
			}
		})
	}
}

// dropCell takes the last cell out of a row.
func (p *tagged) dropCell(t *testing.T) {
	for n, body := range p.objs {
		if m := regexp.MustCompile(`^(<</Type /StructElem /S /TR .*) \d+ 0 R\]>>$`).FindStringSubmatch(body); m != nil {
			p.objs[n] = m[1] + "]>>"
			return
		}
	}
	t.Fatal("no row")
}

func once(t *testing.T, s, old, with string) string {
	t.Helper()
	if !strings.Contains(s, old) {
		t.Fatalf("nothing has %q", old)
	}
	return strings.Replace(s, old, with, 1)
}
