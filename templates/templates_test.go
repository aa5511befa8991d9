package templates

import (
	"html/template"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"padome/internal/locale"
)

// samples are pages as they may come, by a name of their own. Each area adds its
// own in a test file beside its pages.
var samples = map[string]Page{
	"start with a session": Start{Council: "Padome & draugi", Next: &Next{Date: "2024-01-31", Time: "11:00", Place: "Brīvības bulvāris 36"}},
	"start with papers": Start{Council: "Padome", Next: &Next{Date: "2024-02-28", Time: "11:00", Place: "Rīga", Agenda: true, Link: "/s/2"},
		Past: []Past{{Date: "2024-01-31", Kind: "regular", Agenda: true, Minutes: true, Number: "1", Link: "/s/1"}, {Date: "2024-01-17", Kind: "extended", Agenda: true}}},
	"start without a session": Start{Council: "Padome"},
	"start with a plan": Start{Council: "Padome", Next: &Next{Date: "2024-02-28", Time: "11:00", Place: "Rīga", Link: "/s/2", Page: "/sessions/2"},
		Plan: new(NewBar("Plāns", "izpildīti 2, nav skatīti 3", Count{"fulfilled", 2}, Count{"never", 3})), More: []Link{{Text: "Lēmumi", Href: "/decisions"}}},
	"accessibility":         Accessibility{Council: "Padome"},
	"login":                 LogIn{Form: Form{Fields: LogInFields}},
	"login for a page":      LogIn{Form: faulty(LogInFields), Next: "/x?a=b&c", Why: true},
	"set-up":                SetUp{Form{Fields: SetUpFields}},
	"set-up with faults":    SetUp{faulty(SetUpFields)},
	"new password":          NewPassword{Form: faulty(NewPasswordFields), Name: "anna"},
	"problem of a conflict": Problem{Title: "Mainīts", Detail: "Cits.", Back: Action{Text: "Atvērt", Href: "/x"}, Theirs: []Conflict{{"Nosaukums", "mans", "<b>cita"}, {"Teksts", "", "x"}}},
	"problem": Problem{Title: "Nav atrasts", Detail: "Nav.", Instance: "urn:uuid:1", Back: Action{Text: "Atpakaļ", Href: "/"},
		Entered: []Row{{Name: "Nosaukums", Value: "<b>"}}},
}

// faulty is a form with something entered and something wrong in every field.
func faulty(fields []Named) Form {
	f := Form{Fields: fields, Values: map[string][]string{}, Command: "1", Revision: 7}
	for _, n := range fields {
		f.Values[n.Name] = []string{"<b>" + n.Name}
		f.Faults = append(f.Faults, Fault{n.Name, "Label", "fault of " + n.Name})
	}
	return f
}

// frames are what stands around pages: of the public, and of somebody who may
// go to places.
func frames(lang locale.Lang) []Frame {
	all := []Frame{
		{Lang: lang, Council: Council{Name: "Memoranda padome", Short: "Padome"}, LogIn: "/login"},
		{Lang: lang, Council: Council{Name: "Memoranda padome", Short: "Padome", Theme: "/theme.css", Arms: "/arms"}, Reader: "Anna <i>",
			Nav: []Link{{"Sēdes", "/sessions", true}, {"Plāns", "/plan", false}}, Keys: true, Notice: "Izdarīts."},
	}
	for i := range all {
		for _, l := range locale.Langs {
			all[i].Languages = append(all[i].Languages, Language{l, "/x?lang=" + string(l), l == lang})
		}
	}
	return all
}

var parsedOnce = sync.OnceValues(New)

func render(t *testing.T, f Frame, p Page) (string, *goquery.Document) {
	t.Helper()
	set, err := parsedOnce()
	if err != nil {
		t.Fatal(err)
	}
	html, err := set.Render(f, p)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(html)))
	if err != nil {
		t.Fatal(err)
	}
	return string(html), doc
}

func TestEveryPageHasASample(t *testing.T) {
	for _, p := range registered {
		if !slices.ContainsFunc(slices.Collect(maps.Values(samples)), func(s Page) bool { return s.file() == p.file() }) {
			t.Errorf("%T: no test renders it; add a sample", p)
		}
	}
}

func TestEveryPageInEveryLanguage(t *testing.T) {
	for name, p := range samples {
		for _, lang := range locale.Langs {
			t.Run(name+" in "+string(lang), func(t *testing.T) {
				for _, f := range frames(lang) {
					checkPage(t, f, p)
				}
			})
		}
	}
}

func checkPage(t *testing.T, f Frame, p Page) {
	t.Helper()
	html, doc := render(t, f, p)
	if strings.Contains(html, "⟦") {
		t.Errorf("a text is missing: %s", html[strings.Index(html, "⟦"):])
	}
	if got := doc.Find("html").AttrOr("lang", ""); got != string(f.Lang) {
		t.Errorf("lang = %q, want %q", got, f.Lang)
	}
	for what, n := range map[string]int{
		"h1": 1, "main#content": 1, "a.skip[href='#content']": 1, "nav.languages a[aria-current]": 1, "nav.main a[aria-current]": min(1, len(f.Nav)),
		"script[src]": 1, "script:not([src]), style, [style], [onclick], [onsubmit]": 0, ".notice": min(1, len(f.Notice)),
	} {
		if got := doc.Find(what).Length(); got != n {
			t.Errorf("%d × %s, want %d", got, what, n)
		}
	}
	if title := doc.Find("head > title").Text(); !strings.HasSuffix(title, " – Padome") || len(title) <= len(" – Padome") {
		t.Errorf("title = %q, want a name of its own", title)
	}
	ids := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, x *goquery.Selection) {
		id := x.AttrOr("id", "")
		if ids[id] {
			t.Errorf("two elements have the id %q", id)
		}
		ids[id] = true
	})
}

func TestEveryInputHasALabelAndItsFault(t *testing.T) {
	for name, p := range samples {
		t.Run(name, func(t *testing.T) {
			_, doc := render(t, frames(locale.LV)[0], p)
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
				if got, want := "Label: "+strings.TrimPrefix(fault.Text(), "Kļūda: "), a.Text(); got != want {
					t.Errorf("fault at the field = %q, want %q", got, want)
				}
			})
		})
	}
}

func TestWhatPeopleEnterIsEscaped(t *testing.T) {
	html, doc := render(t, frames(locale.LV)[0], samples["set-up with faults"])
	if strings.Contains(html, "<b>") {
		t.Error("an entered tag stands in the page as a tag")
	}
	if got := doc.Find("#given").AttrOr("value", ""); got != "<b>given" {
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
	if _, err := set.Render(Frame{Lang: "de"}, Start{}); err == nil {
		t.Error("a page in an unknown language is rendered")
	}
}

// The pages of both languages, each rendered once, are held in memory once.
func TestAllPagesAreHeldInLittleMemory(t *testing.T) {
	const most = 16 << 20
	before := heldInMemory()
	set, err := parseAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range registered {
		for _, lang := range locale.Langs {
			for _, part := range []string{titlePart, mainPart} {
				set.execute(lang, p, p.file()+part, p) // an empty page may fail; it is made ready all the same
			}
		}
	}
	if held := heldInMemory() - before; held < 1<<20 || held > most {
		t.Errorf("%d bytes held, want at most %d", held, most)
	}
	runtime.KeepAlive(set)
}

func heldInMemory() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// Two files cannot define the same part: one would silently stand in the other's
// page.
func TestAPartIsDefinedOnce(t *testing.T) {
	all := template.Must(template.New("base.html").Parse(`{{define "rows"}}1{{end}}`))
	own := template.Must(template.New("x.html").Parse(`{{define "main"}}2{{end}}{{define "rows"}}3{{end}}`))
	if err := join(all, own, "x.html"); err == nil || !strings.Contains(err.Error(), `"rows"`) {
		t.Errorf("join = %v, want one that names the part", err)
	}
	if err := join(all, template.Must(template.New("y.html").Parse(`{{define "main"}}2{{end}}`)), "y.html"); err != nil || all.Lookup("y.htmlmain") == nil {
		t.Errorf("a page of parts of its own: %v, want it in the set", err)
	}
}
