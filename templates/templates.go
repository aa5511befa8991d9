// Package templates holds the pages a person sees: HTML parsed once for each
// language, the static files they need, and the typed contents of each page.
package templates

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"reflect"
	"sync"

	"padome/internal/locale"
)

//go:embed pages/*.html
var pages embed.FS

// Page is the contents of one page; its file lies under pages. Every type of
// page is told to register, in the file of its area.
type Page interface{ file() string }

var registered []Page

// register makes pages known, so that New parses them. Each area does so in an
// init of its own: no two areas edit one list.
func register(all ...Page) { registered = append(registered, all...) }

// Set is all pages in all languages, ready to be rendered. It may be used from
// anywhere at once.
type Set struct {
	Static *Static
	parsed map[locale.Lang]*template.Template
}

// New is all pages, parsed once for the whole program; it fails when one is not
// well formed.
func New() (*Set, error) { return once() }

var once = sync.OnceValues(parseAll)

func parseAll() (*Set, error) {
	static, err := newStatic()
	if err != nil {
		return nil, fmt.Errorf("static files: %w", err)
	}
	s := &Set{Static: static, parsed: map[locale.Lang]*template.Template{}}
	for _, lang := range locale.Langs {
		if s.parsed[lang], err = parse(lang, static); err != nil {
			return nil, fmt.Errorf("pages in %s: %w", lang, err)
		}
	}
	return s, nil
}

// parse makes one set of a language: the frame, the parts and all pages. A copy of
// frame and parts for each page would be some 70 MB.
func parse(lang locale.Lang, static *Static) (*template.Template, error) {
	all, err := template.New(frameFile).Funcs(functions(lang, static)).Funcs(properties).
		ParseFS(pages, "pages/"+frameFile, "pages/parts.html", "pages/fields.html", "pages/brief.html")
	if err != nil {
		return nil, err
	}
	for _, p := range registered {
		if all.Lookup(p.file()+mainPart) != nil {
			return nil, fmt.Errorf("%s is the file of two pages", p.file())
		}
		own, err := template.New(p.file()).Funcs(functions(lang, static)).Funcs(properties).ParseFS(pages, "pages/"+p.file())
		if err != nil {
			return nil, err
		}
		if err := join(all, own, p.file()); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Every page defines these two; in the set they go by its file's name as well.
const (
	frameFile = "base.html"
	titlePart = "title"
	mainPart  = "main"
)

// join adds to the set what a page's file defines.
func join(all, own *template.Template, file string) error {
	for _, t := range own.Templates() {
		name := t.Name()
		switch {
		case name == file: // what stands outside the definitions: nothing
			continue
		case name == titlePart, name == mainPart:
			name = file + name
		case all.Lookup(name) != nil:
			return fmt.Errorf("%s defines %q, which another file does too", file, name)
		}
		if _, err := all.AddParseTree(name, t.Tree); err != nil {
			return err
		}
	}
	return nil
}

// Render makes a page in the frame's language, whole or not at all.
func (s *Set) Render(f Frame, p Page) ([]byte, error) {
	title, err := s.execute(f.Lang, p, p.file()+titlePart, p)
	if err != nil {
		return nil, err
	}
	main, err := s.execute(f.Lang, p, p.file()+mainPart, p)
	if err != nil {
		return nil, err
	}
	return s.execute(f.Lang, p, frameFile, f.around(p, template.HTML(title), template.HTML(main)))
}

// Brief makes a page of two sentences without the frame, for when much is asked of
// the server.
func (s *Set) Brief(lang locale.Lang, title, detail string) ([]byte, error) {
	return s.render(lang, "brief.html", struct{ Lang, Title, Detail string }{string(lang), title, detail})
}

// Fragment makes one named part of a page, which a define of its file holds: what
// a script puts in place of the part that is there.
func (s *Set) Fragment(lang locale.Lang, p Page, name string) ([]byte, error) {
	return s.execute(lang, p, name, p)
}

func (s *Set) execute(lang locale.Lang, p Page, name string, data any) ([]byte, error) {
	t := s.parsed[lang]
	if t == nil || t.Lookup(p.file()+mainPart) == nil {
		return nil, fmt.Errorf("page %s in %q: %v is not registered", p.file(), lang, reflect.TypeOf(p))
	}
	return s.render(lang, name, data)
}

func (s *Set) render(lang locale.Lang, name string, data any) ([]byte, error) {
	t := s.parsed[lang]
	if t == nil {
		return nil, fmt.Errorf("no pages in %q", lang)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return nil, fmt.Errorf("page %s in %s: %w", name, lang, err)
	}
	return b.Bytes(), nil
}
