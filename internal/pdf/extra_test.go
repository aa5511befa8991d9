package pdf

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	. "padome/internal/document"
)

var carried = Extra{
	Record: &Record{Name: "protokols.json", Media: "application/json", About: "Protokola ieraksts",
		Data: []byte(`{"number":1,"title":"Par kārtību: ģimenēm (un) biedrībām \\ ` + strings.Repeat("ā", 5000) + `"}`)},
	Mark: "Kontrolkods 7F3A-91C2-D4E5-B6A7",
	Code: &Code{Link: "https://padome.example.lv/verify/7f3a91c2d4e5b6a7", Alt: "QR kods, kas ved uz šā dokumenta pārbaudes lapu https://padome.example.lv/verify/7f3a91c2d4e5b6a7"},
}

func renderedWith(t testing.TB, d Document, x Extra) []byte {
	t.Helper()
	raw, _, err := RenderWith(t.Context(), d, x)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// checkAttached holds what is attached to what PDF/A-3 asks for: every embedded
// file is of the document, says in what relation, of what type, how long it is.
func (p *tagged) checkAttached() {
	if !strings.Contains(p.catalog, "/EmbeddedFiles") {
		if strings.Contains(p.catalog, "/AF ") {
			p.fault("A-3 6.8 attachments", "a file is referred to that nothing names")
		}
		return
	}
	m := regexp.MustCompile(`/AF \[(\d+) 0 R\]`).FindStringSubmatch(p.catalog)
	named := regexp.MustCompile(`/Names <</EmbeddedFiles <</Names \[<[0-9A-F]+> (\d+) 0 R\]>>>>`).FindStringSubmatch(p.catalog)
	if m == nil || named == nil || m[1] != named[1] {
		p.fault("A-3 6.8 attachments", "the document does not own what is attached")
		return
	}
	spec := p.at("/Spec "+m[1]+" 0 R", "Spec")
	for _, want := range []string{"/Type /Filespec ", "/F (", "/UF <FEFF", "/AFRelationship /Data", "/Desc <FEFF"} {
		if !strings.Contains(spec, want) {
			p.fault("A-3 6.8 attachments", "the file has no %s", want)
		}
	}
	head, data, _ := strings.Cut(p.at(spec, "F"), "stream\n")
	data = strings.TrimSuffix(data, "\nendstream")
	for _, want := range []string{"/Type /EmbeddedFile", "/Subtype /application#2Fjson", "/ModDate (D:", fmt.Sprintf("/Size %d ", len(data))} {
		if !strings.Contains(head, want) {
			p.fault("A-3 6.8 attachments", "the embedded file has no %s", want)
		}
	}
}

// attachedTo is the one file attached to a document, with its name.
func attachedTo(t testing.TB, raw []byte) (name string, data []byte) {
	t.Helper()
	p := openTagged(t, raw)
	spec := p.at("/Spec "+find(t, p.catalog, `/AF \[(\d+) 0 R\]`)+" 0 R", "Spec")
	_, content, _ := strings.Cut(p.at(spec, "F"), "stream\n")
	return find(t, spec, `/F \(([^)]*)\)`), []byte(strings.TrimSuffix(content, "\nendstream"))
}

func TestTheRecordIsAttachedByteForByte(t *testing.T) {
	d := everyKind(fivePages, 60)
	raw := renderedWith(t, d, carried)
	if name, data := attachedTo(t, raw); name != carried.Record.Name || !bytes.Equal(data, carried.Record.Data) {
		t.Errorf("%s has %d bytes, want %d the same", name, len(data), len(carried.Record.Data))
	}
	for _, fault := range openTagged(t, raw).check(d) {
		t.Error(fault)
	}
	if !bytes.Equal(raw, renderedWith(t, d, carried)) {
		t.Error("the same document and record give other bytes")
	}
	if raw := rendered(t, d); bytes.Contains(raw, []byte("EmbeddedFile")) || !bytes.Contains(raw, []byte("<pdfaid:part>2<")) {
		t.Error("a file with nothing attached is not PDF/A-2a")
	}
}

func TestOthersFindTheRecordAndTheFileWhole(t *testing.T) {
	raw := renderedWith(t, everyKind(fivePages, 60), carried)
	dir := t.TempDir()
	file := filepath.Join(dir, "carrying.pdf")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if said := asked(t, nil, "qpdf", "--check", file); !strings.Contains(said, "No syntax or stream encoding errors found") {
		t.Errorf("qpdf says %s", said)
	}
	if said := asked(t, nil, "qpdf", "--list-attachments", file); !strings.HasPrefix(said, "protokols.json ->") {
		t.Errorf("qpdf lists %s", said)
	}
	asked(t, nil, "pdfdetach", "-save", "1", "-o", filepath.Join(dir, "out.json"), file)
	if out, err := os.ReadFile(filepath.Join(dir, "out.json")); err != nil || !bytes.Equal(out, carried.Record.Data) {
		t.Errorf("pdfdetach gives %d bytes, %v", len(out), err)
	}
	raw = renderedWith(t, paper(Paragraph{Text: Plain("Viens.")}), carried) // poppler takes long over the structure of more
	said := strings.Join(strings.Fields(asked(t, raw, "pdfinfo", "-struct-text", "-")), " ")
	if !strings.HasSuffix(strings.TrimSpace(said), `Figure (block)`) && !strings.Contains(said, "Figure") {
		t.Errorf("poppler meets no figure at the end: %.300s", said[max(0, len(said)-300):])
	}
}

var attachedVariants = []variant{
	{"a file in no relation", "A-3 6.8", anywhere("/AFRelationship /Data", "")},
	{"a file of no type", "A-3 6.8", anywhere("/Subtype /application#2Fjson", "")},
	{"a file of another length", "A-3 6.8", anywhere("/Params <</Size 1", "/Params <</Size 2")},
	{"a file without a date", "A-3 6.8", undated},
	{"a file without a name", "A-3 6.8", anywhere("/UF <FEFF", "/UG <FEFF")},
	{"a file nobody owns", "A-3 6.8", inCatalog("/AF [", "/AG [")},
	{"a part that allows none", "A 6.6.4", anywhere("<pdfaid:part>3", "<pdfaid:part>2")},
	{"a figure without words", "UA 7.3", anywhere("/Alt <FEFF", "/Art <FEFF")},
	{"a figure that is nowhere", "UA 7.3", anywhere("/BBox [", "/Box [")},
	{"a figure that nothing draws", "UA 7.1", anywhere("/Figure <</MCID", "/NonStruct <</MC")},
}

// undated takes the date off the embedded file.
func undated(t *testing.T, p *tagged) {
	for n, body := range p.objs {
		if strings.Contains(body, "/EmbeddedFile") && strings.Contains(body, "/ModDate (D:2024") {
			p.objs[n] = once(t, body, "/ModDate (D:2024", "/MadeDate (D:2024")
		}
	}
}

func TestTheFootSaysWhichContentItIs(t *testing.T) {
	raw := renderedWith(t, minutes(fivePages), carried)
	f := read(t, raw)
	for i, p := range f.pages {
		foot := strings.Join(p.lines(), "\n")
		if !strings.Contains(foot, carried.Mark) {
			t.Errorf("page %d has no mark", i+1)
		}
		if last := i == len(f.pages)-1; strings.Contains(foot, carried.Code.Link) != last {
			t.Errorf("page %d of %d has the address: %v", i+1, len(f.pages), !last)
		}
	}
	long := carried
	long.Code = &Code{Link: "https://padome.example.lv/" + strings.Repeat("x", 5000), Alt: "QR"}
	if _, _, err := RenderWith(t.Context(), minutes(1), long); err == nil {
		t.Error("a link that no code can hold was drawn")
	}
}
