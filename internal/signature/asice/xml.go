package asice

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Bounds of one XML file.
const (
	mostDepth = 32
	mostParts = 20_000 // tags, attributes, texts, comments together
	mostAttrs = 24     // of one element
)

const xmlSpace = "http://www.w3.org/XML/1998/namespace"

// An element is a node of an XML file as canonicalization sees it: names with
// their prefixes, declarations apart from attributes, character data joined,
// comments gone.
type element struct {
	prefix, local string
	space         string // the namespace's name, "" for none
	declared      []binding
	attrs         []attr
	parent        *element
	nodes         []node
}

type binding struct{ prefix, uri string }

type attr struct{ prefix, local, space, value string }

// A node is an element, or text where element is nil.
type node struct {
	*element
	text []byte
}

var xmlName = regexp.MustCompile(`^[\pL_][\pL\pM\pN_.\-·]*$`)

// readXML reads a file of META-INF. It refuses what a signature does not need
// and readers treat differently: a document type (and so entities), processing
// instructions, other encodings than UTF-8, undeclared prefixes, an attribute
// twice, line breaks or tabs inside a tag's values, and an Id given twice.
// file is its name, for the messages.
func readXML(file string, b []byte) (*element, error) {
	r := xmlReader{file: file, src: bytes.TrimPrefix(b, []byte("\ufeff")), ids: map[string]bool{}}
	if !utf8.Valid(r.src) {
		return nil, r.malformed()
	}
	r.dec = xml.NewDecoder(bytes.NewReader(r.src))
	for {
		from := r.dec.InputOffset()
		t, err := r.dec.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, r.malformed()
		}
		if r.parts++; r.parts > mostParts {
			return nil, refuse("problem.container.complex", "name", r.file)
		}
		if err := r.take(t, from); err != nil {
			return nil, err
		}
	}
	if r.root == nil || r.at != nil {
		return nil, r.malformed()
	}
	return r.root, nil
}

type xmlReader struct {
	file         string
	src          []byte
	dec          *xml.Decoder
	root, at     *element
	depth, parts int
	ids          map[string]bool
}

func (r *xmlReader) malformed() error { return refuse("problem.container.xml", "name", r.file) }

func (r *xmlReader) take(t xml.Token, from int64) error {
	switch t := t.(type) {
	case xml.StartElement:
		return r.open(t, r.src[from:r.dec.InputOffset()])
	case xml.EndElement:
		if r.at == nil || r.at.prefix != t.Name.Space || r.at.local != t.Name.Local {
			return r.malformed()
		}
		r.at, r.depth = r.at.parent, r.depth-1
	case xml.CharData:
		if r.at != nil {
			r.at.addText(t)
		} else if strings.Trim(string(t), " \t\r\n") != "" {
			return r.malformed()
		}
	case xml.ProcInst:
		if t.Target != "xml" || from != 0 {
			return refuse("problem.container.instruction", "name", r.file)
		}
	case xml.Directive:
		return refuse("problem.container.doctype", "name", r.file)
	}
	return nil
}

func (e *element) addText(s []byte) {
	if n := len(e.nodes); n > 0 && e.nodes[n-1].element == nil {
		e.nodes[n-1].text = append(e.nodes[n-1].text, s...)
		return
	}
	e.nodes = append(e.nodes, node{text: bytes.Clone(s)})
}

func (r *xmlReader) open(t xml.StartElement, tag []byte) error {
	r.depth, r.parts = r.depth+1, r.parts+len(t.Attr)
	if r.depth > mostDepth || len(t.Attr) > mostAttrs {
		return refuse("problem.container.complex", "name", r.file)
	}
	if r.at == nil && r.root != nil || bytes.ContainsAny(tag, "\n\r\t") && breaksInValue(tag) {
		return r.malformed()
	}
	e := &element{prefix: t.Name.Space, local: t.Name.Local, parent: r.at}
	if !e.fill(t.Attr) {
		return r.malformed()
	}
	for _, a := range e.attrs {
		if !isID(a) {
			continue
		}
		if a.value == "" || r.ids[a.value] {
			return refuse("problem.container.id", "name", r.file, "id", shorten(a.value))
		}
		r.ids[a.value] = true
	}
	if r.at == nil {
		r.root = e
	} else {
		r.at.nodes = append(r.at.nodes, node{element: e})
	}
	r.at = e
	return nil
}

// breaksInValue reports whether a tag has a line break or tab inside quotes: a
// conforming reader makes them blanks, which encoding/xml does not.
func breaksInValue(tag []byte) bool {
	var quote byte
	for _, c := range tag {
		switch {
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == c:
			quote = 0
		case quote != 0 && (c == '\n' || c == '\r' || c == '\t'):
			return true
		}
	}
	return false
}

// isID reports whether an attribute can be what a reference like "#x" means to
// some reader.
func isID(a attr) bool {
	return strings.EqualFold(a.local, "id") && (a.space == "" || a.space == xmlSpace)
}

// fill resolves names; false when a name or prefix is none, or comes twice.
func (e *element) fill(attrs []xml.Attr) bool {
	for _, a := range attrs {
		name, ok := "", true
		switch {
		case a.Name.Space == "" && a.Name.Local == "xmlns":
		case a.Name.Space == "xmlns":
			name, ok = a.Name.Local, xmlName.MatchString(a.Name.Local) && a.Value != "" && a.Name.Local != "xmlns"
		default:
			continue
		}
		if !ok || (name == "xml") != (a.Value == xmlSpace) || a.Value == "http://www.w3.org/2000/xmlns/" || e.declares(name) {
			return false
		}
		e.declared = append(e.declared, binding{name, a.Value})
	}
	var ok bool
	if e.space, ok = e.lookup(e.prefix); !ok || !xmlName.MatchString(e.local) || e.prefix == "xmlns" {
		return false
	}
	for _, a := range attrs {
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
			continue
		}
		b := attr{prefix: a.Name.Space, local: a.Name.Local, value: a.Value}
		if b.prefix != "" {
			if b.space, ok = e.lookup(b.prefix); !ok {
				return false
			}
		}
		if !xmlName.MatchString(b.local) || e.has(b.space, b.local) {
			return false
		}
		e.attrs = append(e.attrs, b)
	}
	return true
}

func (e *element) declares(prefix string) bool {
	for _, d := range e.declared {
		if d.prefix == prefix {
			return true
		}
	}
	return false
}

// lookup says which namespace a prefix means here; the empty one may mean none.
func (e *element) lookup(prefix string) (string, bool) {
	if prefix == "xml" {
		return xmlSpace, true
	}
	for at := e; at != nil; at = at.parent {
		for _, d := range at.declared {
			if d.prefix == prefix {
				return d.uri, true
			}
		}
	}
	return "", prefix == ""
}

func (e *element) has(space, local string) bool {
	for _, a := range e.attrs {
		if a.space == space && a.local == local {
			return true
		}
	}
	return false
}

// attr is the value of an attribute without namespace, "" when it is not there.
func (e *element) attr(local string) string { return e.named("", local) }

// named is the value of an attribute of a namespace, "" when it is not there.
func (e *element) named(space, local string) string {
	for _, a := range e.attrs {
		if a.space == space && a.local == local {
			return a.value
		}
	}
	return ""
}

func (e *element) is(space, local string) bool { return e.space == space && e.local == local }

// children are the elements directly below.
func (e *element) children() (all []*element) {
	for _, n := range e.nodes {
		if n.element != nil {
			all = append(all, n.element)
		}
	}
	return all
}

// all are the elements of a name directly below.
func (e *element) all(space, local string) (found []*element) {
	for _, c := range e.children() {
		if c.is(space, local) {
			found = append(found, c)
		}
	}
	return found
}

// one follows a path of names down, each of which must be there exactly once;
// nil when not. It may be asked of a nil element.
func (e *element) one(space string, path ...string) *element {
	for _, local := range path {
		if e == nil {
			return nil
		}
		found := e.all(space, local)
		if len(found) != 1 {
			return nil
		}
		e = found[0]
	}
	return e
}

// text is the character data of an element that has no elements below; nil and
// mixed content are "".
func (e *element) text() string {
	if e == nil || len(e.nodes) != 1 || e.nodes[0].element != nil {
		return ""
	}
	return strings.Trim(string(e.nodes[0].text), " \t\r\n")
}

// bytes decodes Base64; nil when it is none or empty.
func (e *element) bytes() []byte {
	b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(e.text()), ""))
	if err != nil || len(b) == 0 {
		return nil
	}
	return b
}
