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
	parsed map[locale.Lang]map[string]*template.Template
}

// New is all pages, parsed once for the whole program, which takes a quarter of a
// second; it fails when one is not well formed.
func New() (*Set, error) { return once() }

var once = sync.OnceValues(parseAll)

func parseAll() (*Set, error) {
	static, err := newStatic()
	if err != nil {
		return nil, fmt.Errorf("static files: %w", err)
	}
	s := &Set{Static: static, parsed: map[locale.Lang]map[string]*template.Template{}}
	for _, lang := range locale.Langs {
		if s.parsed[lang], err = parse(lang, static); err != nil {
			return nil, fmt.Errorf("pages in %s: %w", lang, err)
		}
	}
	return s, nil
}

// parse makes one set for each page: the frame, the parts, and the page's file.
func parse(lang locale.Lang, static *Static) (map[string]*template.Template, error) {
	base, err := template.New("base.html").Funcs(functions(lang, static)).Funcs(properties).
		ParseFS(pages, "pages/base.html", "pages/parts.html", "pages/fields.html")
	if err != nil {
		return nil, err
	}
	all := map[string]*template.Template{}
	for _, p := range registered {
		if all[p.file()] != nil {
			return nil, fmt.Errorf("%s is the file of two pages", p.file())
		}
		t, err := base.Clone()
		if err != nil {
			return nil, err
		}
		if all[p.file()], err = t.ParseFS(pages, "pages/"+p.file()); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Render makes a page in the frame's language, whole or not at all.
func (s *Set) Render(f Frame, p Page) ([]byte, error) {
	return s.execute(f.Lang, p, "base.html", f.around(p))
}

// Fragment makes one named part of a page, which a define of its file holds: what
// a script puts in place of the part that is there.
func (s *Set) Fragment(lang locale.Lang, p Page, name string) ([]byte, error) {
	return s.execute(lang, p, name, p)
}

func (s *Set) execute(lang locale.Lang, p Page, name string, data any) ([]byte, error) {
	t := s.parsed[lang][p.file()]
	if t == nil {
		return nil, fmt.Errorf("page %s in %q: %v is not registered", p.file(), lang, reflect.TypeOf(p))
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return nil, fmt.Errorf("page %s in %s: %w", p.file(), lang, err)
	}
	return b.Bytes(), nil
}
