package pdf

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"padome/internal/document"
)

// object is one numbered object of a PDF file.
type object struct {
	number int
	body   []byte
}

// finish makes the file that is handed out from the one fpdf wrote: our own
// faces in the place of the stand-ins, the structure of the document, what an
// archive asks for, compressed, with catalog, properties and identifier that
// depend on the document alone. It fails where fpdf's file is not as expected.
func finish(raw []byte, d document.Document, x Extra, c *canvas, pages int) ([]byte, error) {
	objects, err := readObjects(raw)
	if err != nil {
		return nil, err
	}
	for _, s := range []*string{&d.Title, &d.Author, &d.Subject} {
		*s = cutTo(*s, mostProperty)
	}
	f := finisher{writer: newWriter(len(objects), len(raw)/2), canvas: c}
	defer f.release()
	for _, o := range objects {
		if err := f.take(o); err != nil {
			return nil, fmt.Errorf("object %d: %w", o.number, err)
		}
	}
	if len(f.pages) != pages || f.root == 0 || f.info == 0 {
		return nil, fmt.Errorf("%d pages drawn, %d in the file with catalog %d and properties %d", pages, len(f.pages), f.root, f.info)
	}
	f.object(f.info, properties(d))
	f.object(f.root, f.catalog(d, x))
	return f.close(f.root, f.info), nil
}

// mostProperty is how many characters a property has at most: PDF/A holds strings
// to 32 767 bytes (ISO 19005-2, 6.1.13).
const mostProperty = 4000

// finisher rewrites fpdf's objects one by one and notes what it met.
type finisher struct {
	*writer
	canvas               *canvas
	root, info, outlines int
	pages                []int // their objects, in order
}

func (f *finisher) take(o object) error {
	opens := func(with string) bool { return bytes.HasPrefix(o.body, []byte(with)) }
	switch {
	case opens("<<\n/Type /Catalog"):
		f.root = o.number // ours is written at the end
		return nil
	case opens("<<\n/Producer"):
		f.info = o.number
		return nil
	case opens("<</Type /Font\n"):
		st, ok := standIn(o.body)
		if !ok {
			return errors.New("a font that was not asked for")
		}
		f.face(o.number, f.canvas.faces[st], f.canvas.used[st].sorted())
		return nil
	case opens("<</Type /Page\n"):
		page, ok := taggedPage(o.body, len(f.pages))
		if !ok {
			return errors.New("a page of another form")
		}
		f.pages = append(f.pages, o.number)
		f.object(o.number, page)
		return nil
	case opens("<</Type /Outlines"):
		f.outlines = o.number
	}
	if content, ok := plainStream(o.body); ok {
		f.stream(o.number, "", content)
	} else {
		f.object(o.number, o.body)
	}
	return nil
}

// place is where an object stands in a file.
type place struct{ number, at int }

// readObjects finds the objects of fpdf's file by its cross-reference table.
func readObjects(raw []byte) ([]object, error) {
	places, table, err := readTable(raw)
	if err != nil {
		return nil, fmt.Errorf("cross-reference table: %w", err)
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Compare(a.at, b.at) })
	places = append(places, place{at: table})
	objects := make([]object, len(places)-1)
	for i, p := range places[:len(objects)] {
		end := places[i+1].at
		if end > table {
			return nil, fmt.Errorf("object %d is outside the file", places[i+1].number)
		}
		body, opened := bytes.CutPrefix(raw[p.at:end], []byte(strconv.Itoa(p.number)+" 0 obj\n"))
		body, closed := bytes.CutSuffix(body, []byte("\nendobj\n"))
		if !opened || !closed {
			return nil, fmt.Errorf("object %d is not at its place", p.number)
		}
		objects[i] = object{p.number, body}
	}
	return objects, nil
}

// readTable reads where the objects of a file stand, and where its table does.
func readTable(raw []byte) (places []place, table int, err error) {
	at := bytes.LastIndex(raw, []byte("startxref\n"))
	if at < 0 {
		return nil, 0, errors.New("there is none")
	}
	if _, err := fmt.Sscanf(string(raw[at:]), "startxref\n%d", &table); err != nil || table > at {
		return nil, 0, errors.New("it is not where the file says")
	}
	entries, count := raw[table:at], 0
	if _, err := fmt.Sscanf(string(entries), "xref\n0 %d\n", &count); err != nil {
		return nil, 0, err
	}
	const size = 20 // of an entry
	start := bytes.Index(entries, []byte(" f \n")) + 4
	if len(entries) < start+(count-1)*size {
		return nil, 0, errors.New("it is cut off")
	}
	for n := 1; n < count; n++ {
		entry := entries[start+(n-1)*size:]
		offset, err := strconv.Atoi(string(entry[:10]))
		if err != nil {
			return nil, 0, err
		}
		places = append(places, place{n, offset})
	}
	return places, table, nil
}

// standIn is the style that a font object of fpdf's stands in for.
func standIn(body []byte) (style, bool) {
	for st, s := range standIns {
		if bytes.Contains(body, []byte("/BaseFont /"+s.name+"\n")) {
			return style(st), true
		}
	}
	return 0, false
}

// plainStream is the content of an uncompressed stream without other entries.
func plainStream(body []byte) ([]byte, bool) {
	rest, ok := bytes.CutPrefix(body, []byte("<</Length "))
	if !ok {
		return nil, false
	}
	_, rest, ok = bytes.Cut(rest, []byte(">>\nstream\n"))
	if !ok {
		return nil, false
	}
	return bytes.CutSuffix(rest, []byte("\nendstream"))
}

// taggedPage is a page whose text leads to the structure, and in which the
// reader moves on as the structure does. fpdf's transparency group is left out:
// nothing is transparent.
func taggedPage(body []byte, index int) ([]byte, bool) {
	const group, contents = "/Group <</Type /Group /S /Transparency /CS /DeviceRGB>>\n", "/Contents "
	if !bytes.Contains(body, []byte(contents)) {
		return nil, false
	}
	body = bytes.Replace(body, []byte(group), nil, 1)
	return bytes.Replace(body, []byte(contents), fmt.Appendf(nil, "/StructParents %d /Tabs /S %s", index, contents), 1), true
}

// catalog writes what belongs to the file as a whole and returns its catalog.
func (f *finisher) catalog(d document.Document, x Extra) []byte {
	structure := f.tree(f.canvas.root)
	part, attached := 2, ""
	if x.Record != nil {
		part, attached = 3, f.attach(x.Record, d)
	}
	metadata := f.next()
	f.plain(metadata, "/Type /Metadata /Subtype /XML ", xmp(d, part))
	profile := f.addStream("/N 3 ", sRGB())
	out := fmt.Appendf(nil, "<</Type /Catalog /Pages 1 0 R /Lang (%s) /ViewerPreferences <</DisplayDocTitle true>>"+
		" /MarkInfo <</Marked true>> /StructTreeRoot %d 0 R /Metadata %d 0 R"+
		" /OutputIntents [<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) /DestOutputProfile %d 0 R>>]",
		d.Lang, structure, metadata, profile)
	out = append(out, attached...)
	if f.outlines != 0 {
		out = fmt.Appendf(out, " /Outlines %d 0 R", f.outlines)
	}
	return append(out, ">>"...)
}

func properties(d document.Document) []byte {
	out := []byte("<<")
	for _, p := range []struct{ name, value string }{
		{"Title", d.Title}, {"Author", d.Author}, {"Subject", d.Subject}, {"Creator", producer}, {"Producer", producer},
	} {
		if p.value != "" {
			out = fmt.Appendf(out, "/%s <%X> ", p.name, utf16Text(p.value))
		}
	}
	return fmt.Appendf(out, "/CreationDate (%s) /ModDate (%[1]s)>>", pdfDate(d))
}

// pdfDate is when the document was made, as PDF writes it.
func pdfDate(d document.Document) string { return d.Created.Format("D:20060102150405-07'00'") }
