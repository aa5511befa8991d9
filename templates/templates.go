// Package templates holds the pages a person sees: HTML parsed once for each
// language, the static files they need, and the typed contents of each page.
package templates

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"

	"padome/internal/locale"
	"padome/internal/problem"
)

//go:embed pages/*.html
var pages embed.FS

// Page is the contents of one page; its file lies under pages.
type Page interface{ file() string }

// Set is all pages in all languages, ready to be rendered. It may be used from
// anywhere at once.
type Set struct {
	Static *Static
	parsed map[locale.Lang]map[string]*template.Template
}

// frame is what the layout around every page shows.
type frame struct {
	Lang  locale.Lang
	Langs []locale.Lang
	Page  Page
}

// New parses every page; it fails when one is not well formed.
func New() (*Set, error) {
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

func parse(lang locale.Lang, static *Static) (map[string]*template.Template, error) {
	base, err := template.New("base.html").Funcs(template.FuncMap{
		"t":      func(key string, args ...string) string { return locale.Text(lang, key, problem.Pairs(args...)) },
		"static": static.Path,
	}).ParseFS(pages, "pages/base.html")
	if err != nil {
		return nil, err
	}
	all := map[string]*template.Template{}
	for _, p := range []Page{Start{}, SetUp{}, NewPassword{}, Problem{}} {
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

// Render makes a page in a language, whole or not at all.
func (s *Set) Render(lang locale.Lang, p Page) ([]byte, error) {
	t := s.parsed[lang][p.file()]
	if t == nil {
		return nil, fmt.Errorf("page %s in %q: not parsed", p.file(), lang)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, frame{Lang: lang, Langs: locale.Langs, Page: p}); err != nil {
		return nil, fmt.Errorf("page %s in %s: %w", p.file(), lang, err)
	}
	return b.Bytes(), nil
}
