package asice

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// The ways of canonicalization that are accepted, all without comments. Those
// "with comments" are not: what is signed would then have parts nobody sees.
const (
	inclusive10 = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
	inclusive11 = "http://www.w3.org/2006/12/xml-c14n11"
	exclusive10 = "http://www.w3.org/2001/10/xml-exc-c14n#"
)

// canonical writes an element and all below it in canonical form, as W3C
// Canonical XML 1.0, 1.1 or Exclusive XML Canonicalization 1.0 say for a
// subtree. kept are the prefixes that the exclusive form treats inclusively.
// xml:base above the element is refused: version 1.1 would have to join it.
func canonical(e *element, way string, kept []string) ([]byte, error) {
	w := writer{exclusive: way == exclusive10, kept: kept}
	switch way {
	case exclusive10, inclusive10:
	case inclusive11:
		if e.inherited("base") != nil {
			return nil, refuse("problem.xades.transform", "algorithm", "xml:base")
		}
	default:
		return nil, refuse("problem.xades.transform", "algorithm", shorten(way))
	}
	var from []attr
	if !w.exclusive {
		from = e.fromAbove(way)
	}
	w.element(e, nil, e.inScope(), from)
	return w.out.Bytes(), nil
}

type writer struct {
	out       bytes.Buffer
	exclusive bool
	kept      []string
}

// inherited is the nearest xml:… attribute above the element.
func (e *element) inherited(local string) *attr {
	for at := e.parent; at != nil; at = at.parent {
		for i := range at.attrs {
			if at.attrs[i].space == xmlSpace && at.attrs[i].local == local {
				return &at.attrs[i]
			}
		}
	}
	return nil
}

// fromAbove are the xml:… attributes which the outermost element takes over from
// those above it: all of them in version 1.0, xml:lang and xml:space in 1.1.
func (e *element) fromAbove(way string) (all []attr) {
	for at := e.parent; at != nil; at = at.parent {
		for _, a := range at.attrs {
			if a.space != xmlSpace || e.has(xmlSpace, a.local) || way == inclusive11 && a.local != "lang" && a.local != "space" {
				continue
			}
			if !slices.ContainsFunc(all, func(b attr) bool { return b.local == a.local }) {
				all = append(all, a)
			}
		}
	}
	return all
}

// inScope are the namespaces in force at the element.
func (e *element) inScope() (all []binding) {
	for at := e; at != nil; at = at.parent {
		for _, d := range at.declared {
			if d.prefix != "xml" && !slices.ContainsFunc(all, func(b binding) bool { return b.prefix == d.prefix }) {
				all = append(all, d)
			}
		}
	}
	return all
}

// element writes one element. written are the declarations in force in what has
// been written, scope those of the source that may have to be written here.
func (w *writer) element(e *element, written, scope []binding, from []attr) {
	if w.exclusive {
		scope = w.used(e)
	}
	var now []binding
	for _, b := range scope {
		if b.prefix != "xml" && uriOf(written, b.prefix) != b.uri {
			now = append(now, b)
		}
	}
	slices.SortFunc(now, func(a, b binding) int { return cmp.Compare(a.prefix, b.prefix) })
	name := qualified(e.prefix, e.local)
	w.out.WriteString("<" + name)
	for _, b := range now {
		w.attribute(declaration(b.prefix), b.uri)
	}
	for _, a := range slices.SortedFunc(slices.Values(slices.Concat(e.attrs, from)), compareAttrs) {
		w.attribute(qualified(a.prefix, a.local), a.value)
	}
	w.out.WriteByte('>')
	if len(now) > 0 {
		written = append(now, written...)
	}
	for _, n := range e.nodes {
		if n.element != nil {
			w.element(n.element, written, n.element.declared, nil)
		} else {
			_, _ = inText.WriteString(&w.out, string(n.text))
		}
	}
	w.out.WriteString("</" + name + ">")
}

// used are the namespaces which the exclusive form declares at an element: those
// of its own name and of its attributes, and the prefixes kept.
func (w *writer) used(e *element) (all []binding) {
	add := func(prefix string) {
		uri, ok := e.lookup(prefix)
		if ok && !slices.ContainsFunc(all, func(b binding) bool { return b.prefix == prefix }) {
			all = append(all, binding{prefix, uri})
		}
	}
	add(e.prefix)
	for _, a := range e.attrs {
		if a.prefix != "" {
			add(a.prefix)
		}
	}
	for _, p := range w.kept {
		if p == "#default" {
			p = ""
		}
		add(p)
	}
	return all
}

// uriOf is what a prefix means among declarations, the innermost of which come first.
func uriOf(declared []binding, prefix string) string {
	for _, b := range declared {
		if b.prefix == prefix {
			return b.uri
		}
	}
	return ""
}

func compareAttrs(a, b attr) int {
	return cmp.Or(cmp.Compare(a.space, b.space), cmp.Compare(a.local, b.local))
}

func qualified(prefix, local string) string {
	if prefix == "" {
		return local
	}
	return prefix + ":" + local
}

func declaration(prefix string) string {
	if prefix == "" {
		return "xmlns"
	}
	return "xmlns:" + prefix
}

var (
	inText  = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	inValue = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\t", "&#x9;", "\n", "&#xA;", "\r", "&#xD;")
)

func (w *writer) attribute(name, value string) {
	w.out.WriteString(" " + name + `="`)
	_, _ = inValue.WriteString(&w.out, value)
	w.out.WriteByte('"')
}
