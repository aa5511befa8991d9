// Package ooxml packs the parts of an office document (ECMA-376) into its file.
package ooxml

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"strings"
	"time"
)

const (
	// Head opens every part.
	Head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	// WordNS declares the names of a text document, under w.
	WordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

	word      = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// Part is a part of a text document: its name below word/, without ".xml", and
// what it says.
type Part struct {
	Name string
	Body string
}

// Properties are what a file says of itself. Created may be zero.
type Properties struct {
	Title, Author, Subject, Lang string // Lang as lv-LV
	Created                      time.Time
}

// WriteWord writes a text document: the first part is the text itself, the others
// are what it refers to, by the ids rId1, rId2, … in their order. The same parts
// give the same bytes. It fails when w does.
func WriteWord(w io.Writer, p Properties, parts ...Part) error {
	z := zip.NewWriter(w)
	files := []struct{ name, body string }{
		{"[Content_Types].xml", contentTypes(parts)},
		{"_rels/.rels", packageRelations},
		{"word/_rels/document.xml.rels", partRelations(parts[1:])},
		{"docProps/core.xml", p.core()},
	}
	for _, x := range parts {
		files = append(files, struct{ name, body string }{"word/" + x.Name + ".xml", x.Body})
	}
	for _, f := range files {
		part, err := z.Create(f.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(part, f.body); err != nil {
			return err
		}
	}
	return z.Close()
}

// Escape is s as a part may have it, in texts and in attributes.
func Escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes all
	return b.String()
}

const packageRelations = Head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="` + relations + `officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

// kind is what a part is, by its name: header1 and header2 are both headers.
func (p Part) kind() string { return strings.TrimRight(p.Name, "0123456789") }

func contentTypes(parts []Part) string {
	var b strings.Builder
	b.WriteString(Head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`)
	for i, p := range parts {
		kind := p.kind()
		if i == 0 {
			kind = "document.main"
		}
		b.WriteString(`<Override PartName="/word/` + p.Name + `.xml" ContentType="` + word + kind + `+xml"/>`)
	}
	b.WriteString(`</Types>`)
	return b.String()
}

// Relation is the id by which the text refers to the part at a place among the
// others, from 0.
func Relation(at int) string { return "rId" + string(rune('1'+at)) }

func partRelations(parts []Part) string {
	var b strings.Builder
	b.WriteString(Head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, p := range parts {
		b.WriteString(`<Relationship Id="` + Relation(i) + `" Type="` + relations + p.kind() + `" Target="` + p.Name + `.xml"/>`)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

func (p Properties) core() string {
	var b strings.Builder
	b.WriteString(Head + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	for _, x := range []struct{ name, value string }{
		{"dc:title", p.Title}, {"dc:creator", p.Author}, {"dc:subject", p.Subject}, {"dc:language", p.Lang},
	} {
		if x.value != "" {
			b.WriteString("<" + x.name + ">" + Escape(x.value) + "</" + x.name + ">")
		}
	}
	if !p.Created.IsZero() {
		at := p.Created.UTC().Format(time.RFC3339)
		for _, name := range []string{"created", "modified"} {
			b.WriteString(`<dcterms:` + name + ` xsi:type="dcterms:W3CDTF">` + at + `</dcterms:` + name + `>`)
		}
	}
	b.WriteString(`</cp:coreProperties>`)
	return b.String()
}
