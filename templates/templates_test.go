package templates

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"padome/internal/locale"
)

func samples() map[string]Page {
	return map[string]Page{
		"start with a session": Start{Council: "Padome & draugi", Next: &Next{Date: "2024-01-31", Time: "11:00", Place: "Brīvības bulvāris 36"}},
		"start with papers": Start{Council: "Padome", Next: &Next{Date: "2024-02-28", Time: "11:00", Place: "Rīga", Agenda: true, Link: "/s/2"},
			Past: []Past{{Date: "2024-01-31", Kind: "regular", Agenda: true, Minutes: true, Number: "1", Link: "/s/1"}, {Date: "2024-01-17", Kind: "extended", Agenda: true}}},
		"start without a session": Start{Council: "Padome", Notice: "Izdarīts."},
		"set-up":                  SetUp{},
		"set-up with faults": SetUp{Given: "<b>", Gender: "f", Faults: Faults{
			{"given", "Label", "fault 1"}, {"surname", "Label", "fault 2"}, {"gender", "Label", "fault 3"},
			{"name", "Label", "fault 4"}, {"password", "Label", "fault 5"}, {"again", "Label", "fault 6"},
		}},
		"new password": NewPassword{Name: "anna", Faults: Faults{{"password", "Label", "fault"}}},
		"problem":      Problem{Title: "Nav atrasts", Detail: "Nav.", Instance: "urn:uuid:1"},
	}
}

func render(t *testing.T, lang locale.Lang, p Page) (string, *goquery.Document) {
	t.Helper()
	set, err := New()
	if err != nil {
		t.Fatal(err)
	}
	html, err := set.Render(lang, p)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(html)))
	if err != nil {
		t.Fatal(err)
	}
	return string(html), doc
}

func TestEveryPageInEveryLanguage(t *testing.T) {
	for name, p := range samples() {
		for _, lang := range locale.Langs {
			t.Run(name+" in "+string(lang), func(t *testing.T) {
				html, doc := render(t, lang, p)
				if strings.Contains(html, "⟦") {
					t.Errorf("a text is missing: %s", html[strings.Index(html, "⟦"):])
				}
				if got := doc.Find("html").AttrOr("lang", ""); got != string(lang) {
					t.Errorf("lang = %q, want %q", got, lang)
				}
				for what, n := range map[string]int{
					"h1": 1, "main#content": 1, "a.skip[href='#content']": 1, "nav a[aria-current]": 1,
					"link[rel=stylesheet]": 1, "script, style, [style], [onclick]": 0,
				} {
					if got := doc.Find(what).Length(); got != n {
						t.Errorf("%d × %s, want %d", got, what, n)
					}
				}
				if title := doc.Find("title").Text(); len(title) <= len(" – Padome") {
					t.Errorf("title = %q, want a name of its own", title)
				}
			})
		}
	}
}

func TestEveryInputHasALabelAndItsFault(t *testing.T) {
	for name, p := range samples() {
		t.Run(name, func(t *testing.T) {
			_, doc := render(t, locale.LV, p)
			doc.Find("input:not([type=hidden])").Each(func(_ int, in *goquery.Selection) {
				id := in.AttrOr("id", "")
				if doc.Find("label[for='"+id+"']").Length() == 0 && in.Closest("label").Length() == 0 {
					t.Errorf("input %q has no label", in.AttrOr("name", ""))
				}
			})
			doc.Find("[aria-describedby]").Each(func(_ int, in *goquery.Selection) {
				for _, id := range strings.Fields(in.AttrOr("aria-describedby", "")) {
					if doc.Find("#"+id).Length() != 1 {
						t.Errorf("described by #%s, which is not there once", id)
					}
				}
			})
			doc.Find(".faults a").Each(func(_ int, a *goquery.Selection) {
				target := doc.Find("main " + a.AttrOr("href", ""))
				if target.Length() != 1 {
					t.Errorf("fault %q leads to %d fields, want one", a.Text(), target.Length())
				}
				fault := doc.Find(a.AttrOr("href", "") + "-fault")
				if got, want := "Label: "+fault.Text(), a.Text(); got != want {
					t.Errorf("fault at the field = %q, want %q", got, want)
				}
			})
		})
	}
}

func TestWhatPeopleEnterIsEscaped(t *testing.T) {
	html, doc := render(t, locale.LV, samples()["set-up with faults"])
	if strings.Contains(html, "<b>") {
		t.Error("an entered tag stands in the page as a tag")
	}
	if got := doc.Find("#given").AttrOr("value", ""); got != "<b>" {
		t.Errorf("value = %q, want what was entered", got)
	}
}

func TestStaticFileCarriesItsHash(t *testing.T) {
	s, err := newStatic()
	if err != nil {
		t.Fatal(err)
	}
	path, err := s.Path("padome.css")
	if err != nil {
		t.Fatal(err)
	}
	a, ok := s.Asset(strings.TrimPrefix(path, "/static/"))
	if !ok || a.Type != "text/css; charset=utf-8" || len(a.Body) == 0 {
		t.Errorf("asset %s = %q, %d bytes, %v", path, a.Type, len(a.Body), ok)
	}
	if _, ok := s.Asset("padome.css"); ok {
		t.Error("the file is there without its hash, want only with it")
	}
	if _, err := s.Path("missing.css"); err == nil {
		t.Error("a missing file has a path")
	}
}

func TestRenderFailsForAnUnknownLanguage(t *testing.T) {
	set, err := New()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := set.Render("de", Start{}); err == nil {
		t.Error("a page in an unknown language is rendered")
	}
}
