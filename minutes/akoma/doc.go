// Package akoma writes minutes and agendas as Akoma Ntoso 3.0 (OASIS
// LegalDocML), so that parliaments' and archives' programs can read them: what
// the paper says, marked for what it is, and beside it who took part in what
// role, quorum and votes, decisions, signatures and annexes.
//
// The words are those of the document that all other formats are made from;
// the marks come from the record. Nobody appears by more than the name and role
// that the paper prints.
package akoma

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"padome/internal/document"
	"padome/internal/locale"
	"padome/internal/problem"
)

// Namespace is that of Akoma Ntoso 3.0; Record is that of what it has no element for.
const (
	Namespace = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
	Record    = "urn:padome:record:1"
	Media     = "application/akn+xml"
)

// paper is a document on its way to XML. Its parts are written apart, as what
// stands in the head depends on what the body refers to.
type paper struct {
	lang       locale.Lang
	kind       string // the element of the document: debateReport or doc
	name       string // what the council calls it
	date       string // of the session
	preface    markup
	body       markup
	conclusion markup
	attached   markup
	refs       []reference
	open       []section // sections not closed yet, outermost first
	lists      int       // of blocks with an eId of their own
	hooks      hooks
}

// hooks are what a kind of paper knows of its paragraphs and values.
type hooks struct {
	// paragraph writes a paragraph, or it and the next block, and says how many; 0: neither.
	paragraph func(p *paper, b document.Paragraph, next document.Block) int
	// value gives the elements around a value of a field.
	value func(p *paper, text string) (before, after string)
}

// A reference is something outside the text that it speaks of: a person, a
// role, an organization, a concept.
type reference struct{ element, id, address, shown string }

// refer makes sure that the head lists a reference, and returns how others point to it.
func (p *paper) refer(element, id, class, shown string) string {
	if !slices.ContainsFunc(p.refs, func(r reference) bool { return r.id == id }) {
		p.refs = append(p.refs, reference{element, id, "/akn/ontology/" + class + "/" + slug(shown), shown})
	}
	return "#" + id
}

func (p *paper) concept(id string) string {
	return p.refer("TLCConcept", id, "concept", p.say("akoma.concept."+id))
}

func (p *paper) say(key string) string { return locale.Text(p.lang, key, nil) }

// xml puts the parts together.
func (p *paper) xml(identity, rest string) []byte {
	var w markup
	w.raw(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	w.start("akomaNtoso", "xmlns", Namespace)
	w.start(p.kind, "name", p.name, "contains", "originalVersion")
	w.start("meta")
	w.raw(identity)
	w.raw(rest)
	w.end("meta")
	for _, part := range []struct {
		name string
		of   *markup
	}{{"preface", &p.preface}, {"mainBody", &p.body}, {"conclusions", &p.conclusion}, {"attachments", &p.attached}} {
		if part.of.Len() > 0 {
			w.start(part.name)
			w.raw(part.of.String())
			w.end(part.name)
		}
	}
	w.end(p.kind)
	w.end("akomaNtoso")
	return w.Bytes()
}

// references are all that was referred to, and the documents this one comes from.
func (p *paper) references(w *markup, originals ...reference) {
	w.start("references", "source", "#council")
	for _, r := range slices.Concat(originals, p.refs) {
		w.leaf(r.element, "eId", r.id, "href", r.address, "showAs", r.shown)
	}
	w.end("references")
}

// markup is XML being written. Values and texts are escaped; white space is
// put only where elements stand alone, never into text.
type markup struct{ bytes.Buffer }

func (w *markup) raw(s string) { w.WriteString(s) }

// start opens an element that has only elements inside, on lines of their own.
func (w *markup) start(name string, attrs ...string) { w.tag(name, ">\n", attrs) }
func (w *markup) end(name string)                    { w.raw("</" + name + ">\n") }
func (w *markup) leaf(name string, attrs ...string)  { w.tag(name, "/>\n", attrs) }

// inline opens an element within text; close is its end.
func (w *markup) inline(name string, attrs ...string) { w.tag(name, ">", attrs) }
func (w *markup) close(name string)                   { w.raw("</" + name + ">") }

// tag leaves out attributes without a value.
func (w *markup) tag(name, close string, attrs []string) {
	w.raw("<" + name)
	for i := 0; i < len(attrs); i += 2 {
		if attrs[i+1] == "" {
			continue
		}
		w.raw(" " + attrs[i] + `="`)
		_ = xml.EscapeText(w, []byte(attrs[i+1])) // a buffer takes all
		w.raw(`"`)
	}
	w.raw(close)
}

// say writes text; a line end in it is a line end of the paper.
func (w *markup) say(s string) {
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			w.raw("<eol/>")
		}
		_ = xml.EscapeText(w, []byte(line)) // a buffer takes all
	}
}

// line writes an element with text alone, on a line of its own.
func (w *markup) line(name, text string, attrs ...string) {
	w.inline(name, attrs...)
	w.say(text)
	w.end(name)
}

// text writes a run of words with its stress.
func (w *markup) text(t document.Text) {
	for _, s := range t {
		if s.Bold {
			w.inline("b")
		}
		if s.Italic {
			w.inline("i")
		}
		w.say(s.Text)
		if s.Italic {
			w.close("i")
		}
		if s.Bold {
			w.close("b")
		}
	}
}

// span writes an element within text.
func (w *markup) span(name string, t document.Text, attrs ...string) {
	w.inline(name, attrs...)
	w.text(t)
	w.close(name)
}

// slug is a name as a part of an address: small Latin letters, digits, hyphens.
func slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case !unicode.Is(unicode.Mn, r):
			gap = true
		}
	}
	if b.Len() == 0 {
		return "nn"
	}
	return b.String()
}

// either is the text of the paper's language.
func (p *paper) either(lv, en string) string {
	if p.lang == locale.EN {
		return en
	}
	return lv
}

// language is the code of ISO 639-2 that Akoma Ntoso asks for.
func (p *paper) language() string { return p.either("lav", "eng") }

func text(lang locale.Lang, key string, args ...string) string {
	return locale.Text(lang, key, problem.Pairs(args...))
}
