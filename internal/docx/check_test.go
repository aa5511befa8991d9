package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
)

// node is an element of a part, with the text that stands in it.
type node struct {
	name  string
	attr  map[string]string
	below []*node
	text  string
}

func parse(raw []byte) (*node, error) {
	root := &node{}
	open := []*node{root}
	for d := xml.NewDecoder(bytes.NewReader(raw)); ; {
		token, err := d.Token()
		if err == io.EOF {
			return root, nil
		}
		if err != nil {
			return nil, err
		}
		top := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			n := &node{name: t.Name.Local, attr: map[string]string{}}
			for _, a := range t.Attr {
				n.attr[a.Name.Local] = a.Value
			}
			top.below, open = append(top.below, n), append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.text += string(t)
		}
	}
}

// all are the elements of a name at any depth, in their order.
func (n *node) all(name string) (found []*node) {
	for _, b := range n.below {
		if b.name == name {
			found = append(found, b)
		}
		found = append(found, b.all(name)...)
	}
	return found
}

// value is what the first element of a name says in its w:val.
func (n *node) value(name string) string {
	for _, x := range n.all(name) {
		return x.attr["val"]
	}
	return ""
}

// words are the texts of the element, those of cells and paragraphs apart.
func (n *node) words() string {
	var b strings.Builder
	var walk func(*node)
	walk = func(n *node) {
		switch n.name {
		case "t":
			b.WriteString(n.text)
		case "tab", "br", "p":
			b.WriteByte(' ')
		}
		if n.name != "pPr" {
			for _, x := range n.below {
				walk(x)
			}
		}
	}
	walk(n)
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return r == ' ' }), " ")
}

// file is the parts of a document, read.
type file struct {
	raw   map[string][]byte
	parts map[string]*node
}

func read(raw []byte) (file, error) {
	f := file{map[string][]byte{}, map[string]*node{}}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return f, err
	}
	for _, x := range z.File {
		r, err := x.Open()
		if err != nil {
			return f, err
		}
		if f.raw[x.Name], err = io.ReadAll(r); err != nil {
			return f, err
		}
	}
	return f, f.parse()
}

func (f *file) parse() (err error) {
	for name, raw := range f.raw {
		if f.parts[name], err = parse(raw); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// order is that in which the standard wants the properties of a paragraph.
var order = []string{"pStyle", "keepNext", "keepLines", "widowControl", "numPr", "tabs", "spacing", "ind", "jc", "outlineLvl"}

// faults lists what a strict word processor would have to repair.
func (f *file) faults() (found []string) {
	fault := func(s string, args ...any) { found = append(found, fmt.Sprintf(s, args...)) }
	for name := range f.raw {
		if name != "[Content_Types].xml" && !strings.HasSuffix(name, ".rels") && !f.typed("/"+name) {
			fault("%s has no content type", name)
		}
	}
	rels := map[string]bool{}
	for _, r := range f.parts["word/_rels/document.xml.rels"].all("Relationship") {
		rels[r.attr["Id"]] = true
		if f.raw["word/"+r.attr["Target"]] == nil {
			fault("%s leads to %s, which is not there", r.attr["Id"], r.attr["Target"])
		}
	}
	body := f.parts["word/document.xml"]
	for _, ref := range append(body.all("headerReference"), body.all("footerReference")...) {
		if !rels[ref.attr["id"]] {
			fault("the section refers to %s", ref.attr["id"])
		}
	}
	styles, numbers := ids(f.parts["word/styles.xml"].all("style"), "styleId"), ids(f.parts["word/numbering.xml"].all("num"), "numId")
	for name, part := range f.parts {
		for _, ref := range append(part.all("pStyle"), part.all("tblStyle")...) {
			if !styles[ref.attr["val"]] {
				fault("%s: no style %s", name, ref.attr["val"])
			}
		}
		for _, p := range part.all("pPr") {
			at := -1
			for _, x := range p.below {
				if i := slices.Index(order, x.name); i <= at {
					fault("%s: %s stands where it may not", name, x.name)
				} else {
					at = i
				}
			}
		}
	}
	for _, n := range body.all("numId") {
		if !numbers[n.attr["val"]] {
			fault("no numbering %s", n.attr["val"])
		}
	}
	return append(found, tables(body)...)
}

func (f *file) typed(name string) bool {
	return slices.ContainsFunc(f.parts["[Content_Types].xml"].all("Override"), func(n *node) bool { return n.attr["PartName"] == name })
}

func ids(all []*node, attr string) map[string]bool {
	m := map[string]bool{}
	for _, n := range all {
		m[n.attr[attr]] = true
	}
	return m
}

// tables lists what is wrong with tables: a cell must end with a paragraph, rows
// have as many cells as the grid has columns, and a table that ends the text or
// touches another one is no table of its own.
func tables(root *node) (found []string) {
	body := root.all("body")[0]
	for i, b := range body.below {
		if b.name != "tbl" {
			continue
		}
		if next := body.below[i+1]; next.name != "p" {
			found = append(found, "a table is followed by "+next.name)
		}
		for _, r := range b.all("tr") {
			cells := r.all("tc")
			if len(cells) != len(b.all("gridCol")) {
				found = append(found, "a row of another length")
			}
			for _, c := range cells {
				if c.below[len(c.below)-1].name != "p" {
					found = append(found, "a cell without a paragraph")
				}
			}
		}
	}
	return found
}
