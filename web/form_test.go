package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/storage/store"
	"padome/templates"
)

// entry is a form with a field of every kind.
type entry struct {
	Name  string       `json:"name"`
	Day   council.Date `json:"day"`
	Times int          `json:"times"`
	Sure  bool         `json:"sure"`
	Roles []string     `json:"roles"`
	Part  struct {
		Text string `json:"text"`
	} `json:"part"`
}

var entryFields = []templates.Named{{Name: "name", Label: "page.setup.name"}, {Name: "day", Label: "page.day"},
	{Name: "times", Label: "page.month"}, {Name: "part.text", Label: "page.year"}}

// formHouse is a server with a form at /one, which fails as it is told.
func formHouse(t *testing.T, got *entry, fail func() error) (*house, *[]store.CommandID) {
	t.Helper()
	var commands []store.CommandID
	h := oneRoute(t, func(c *Call) error {
		*got = entry{}
		form, err := c.Form(entryFields, got)
		if err != nil {
			return err
		}
		commands = append(commands, c.Command)
		if wrong, err := c.Wrong(&form, fail()); wrong {
			return c.FormPage(templates.SetUp{Form: setUpForm(form)})
		} else if err != nil {
			return err
		}
		return c.Done("/x", "done.setup")
	})
	return h, &commands
}

// setUpForm puts the faults of a form into one that a page shows.
func setUpForm(f templates.Form) templates.Form {
	return templates.Form{Fields: templates.SetUpFields, Values: f.Values, Faults: f.Faults, Command: f.Command}
}

func TestAFormIsReadByItsFields(t *testing.T) {
	var got entry
	h, _ := formHouse(t, &got, func() error { return nil })
	w := h.post("/one", url.Values{"name": {"a\r\nb"}, "day-day": {"5"}, "day-month": {"3"}, "day-year": {"2024"},
		"times": {" 7 "}, "sure": {"on"}, "roles": {"chair", "deputy"}, "part.text": {"ž"}, "unknown": {"1"}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/x" {
		t.Fatalf("answer = %d to %q: %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	want := entry{Name: "a\nb", Day: "2024-03-05", Times: 7, Sure: true, Roles: []string{"chair", "deputy"}}
	want.Part.Text = "ž"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFaultsOfAFormComeInTheOrderOfThePage(t *testing.T) {
	var got entry
	h, _ := formHouse(t, &got, func() error {
		var l problem.List
		l.Add("part.text", "problem.text.missing")
		l.Add("elsewhere", "problem.text.missing")
		l.Add("name", "problem.login.name")
		return l.Err()
	})
	w := h.post("/one", url.Values{"times": {"x"}, "command": {"c-1"}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("answer = %d: %s", w.Code, w.Body)
	}
	doc := page(t, w)
	faults := doc.Find(".faults li")
	var first []string
	for i := range faults.Length() {
		first = append(first, faults.Eq(i).Find("a").AttrOr("href", ""))
	}
	if diff := cmp.Diff([]string{"#times", "#name", "#part.text", ""}, first); diff != "" {
		t.Error(diff)
	}
	if got := doc.Find("input[name=command]").AttrOr("value", ""); got != "c-1" {
		t.Errorf("command = %q, want it kept", got)
	}
}

func TestTheSameFormTwiceIsOneCommand(t *testing.T) {
	var got entry
	h, commands := formHouse(t, &got, func() error { return nil })
	for _, f := range []url.Values{{"command": {"1"}, "name": {"a"}}, {"command": {"1"}, "name": {"a"}}, {"command": {"1"}, "name": {"b"}}, {"command": {"2"}, "name": {"a"}}, {"name": {"a"}}, {"name": {"a"}}} {
		h.post("/one", f)
	}
	distinct := map[store.CommandID]bool{}
	for _, c := range *commands {
		distinct[c] = true
	}
	if (*commands)[0] != (*commands)[1] || len(distinct) != 5 {
		t.Errorf("commands = %q, want the first two alike and all else different", *commands)
	}
}

func TestAConflictKeepsWhatWasEntered(t *testing.T) {
	var got entry
	h, _ := formHouse(t, &got, func() error { return problem.New(problem.Conflict, "problem.conflict") })
	w := h.post("/one", url.Values{"name": {"<i>mans teksts"}, "revision": {"3"}})
	doc := page(t, w)
	if w.Code != http.StatusConflict || doc.Find(".rows dd").First().Text() != "<i>mans teksts" || doc.Find("main a").AttrOr("href", "") != "/one" {
		t.Errorf("answer = %d, want 409 with the text and the way back: %s", w.Code, w.Body)
	}
	if w := h.post("/one", url.Values{"revision": {"x"}}); w.Code != http.StatusBadRequest {
		t.Errorf("a revision that is none = %d, want 400", w.Code)
	}
}

func TestThePublicIsTakenToTheLoginAndBack(t *testing.T) {
	h := buildHouse(t)
	h.mustMount(append(h.server.routes(), Route{"GET", "/secret", LoggedIn, noBody, func(c *Call) error { return c.Done("/", "") }}))
	w := h.ask("GET", "/secret?a=1&lang=en", "", "Accept", "text/html")
	if got, want := w.Header().Get("Location"), "/login?next=%2Fsecret%3Fa%3D1"; w.Code != 303 || got != want {
		t.Fatalf("answer = %d to %q, want 303 to %q", w.Code, got, want)
	}
	doc := page(t, h.ask("GET", w.Header().Get("Location"), ""))
	form := url.Values{"name": {"chair"}, "password": {password}, "next": {doc.Find("input[name=next]").AttrOr("value", "")}}
	w = h.post("/login", form)
	if got := w.Header().Get("Location"); w.Code != 303 || got != "/secret?a=1" {
		t.Fatalf("answer = %d to %q", w.Code, got)
	}
	cookie := cookieOf(w, "padome")
	if w := h.ask("GET", "/secret", "", "Cookie", cookie); w.Code != 303 || w.Header().Get("Location") != "/" {
		t.Errorf("logged in = %d: %s", w.Code, w.Body)
	}
	w = h.ask("POST", "/logout", "", "Cookie", cookie)
	if got := page(t, h.follow(w)).Find(".notice").Text(); w.Code != 303 || got == "" {
		t.Errorf("log out = %d, notice %q", w.Code, got)
	}
	if w := h.ask("GET", "/secret", "", "Cookie", cookie, "Accept", "text/html"); w.Header().Get("Location") == "/" {
		t.Error("after logging out the page still opens")
	}
}

func cookieOf(w *httptest.ResponseRecorder, name string) string {
	for _, k := range w.Result().Cookies() {
		if k.Name == name && k.MaxAge >= 0 {
			return k.Name + "=" + k.Value
		}
	}
	return ""
}

func (h *house) mustMount(routes []Route) {
	h.Helper()
	if err := h.server.mount(routes); err != nil {
		h.Fatal(err)
	}
}

func TestLoginFormDoesNotTellWhichNamesThereAre(t *testing.T) {
	h := newHouse(t)
	var texts []string
	for _, name := range []string{"chair", "no-such-name"} {
		w := h.post("/login", url.Values{"name": {name}, "password": {"wrong"}})
		if w.Code != http.StatusUnauthorized {
			t.Errorf("%s = %d, want 401", name, w.Code)
		}
		doc := page(t, w)
		if got := doc.Find("#name").AttrOr("value", ""); got != name {
			t.Errorf("name = %q, want it kept", got)
		}
		texts = append(texts, doc.Find(".faults").Text())
	}
	if texts[0] != texts[1] || texts[0] == "" {
		t.Errorf("the answers differ: %q", texts)
	}
	if w := h.post("/login", url.Values{}); w.Code != http.StatusUnprocessableEntity || page(t, w).Find(".faults li").Length() != 2 {
		t.Errorf("an empty form = %d: %s", w.Code, w.Body)
	}
}

func TestNextIsAlwaysHere(t *testing.T) {
	for path, want := range map[string]string{
		"": "/", "/": "/", "/sessions?year=2024": "/sessions?year=2024", "//evil.example": "/", "/\\evil.example": "/", "https://evil.example/": "/",
		"javascript:alert(1)": "/", "/\t/evil.example": "/", "sessions": "/", "/login": "/", "/login?next=/login": "/", "/logins": "/logins",
	} {
		if got := here(path); got != want {
			t.Errorf("%q leads to %q, want %q", path, got, want)
		}
	}
}

func TestTheLanguageStays(t *testing.T) {
	h := newHouse(t)
	w := h.ask("GET", "/accessibility?lang=en", "")
	cookie := cookieOf(w, languageCookie)
	if cookie == "" {
		t.Fatal("no cookie")
	}
	doc := page(t, h.ask("GET", "/accessibility?a=1&b=2", "", "Cookie", cookie))
	if got := doc.Find("html").AttrOr("lang", ""); got != "en" {
		t.Errorf("lang = %q, want en", got)
	}
	if got, want := doc.Find("nav.languages a").First().AttrOr("href", ""), "/accessibility?a=1&b=2&lang=lv"; got != want {
		t.Errorf("the switch leads to %q, want %q", got, want)
	}
	if cookieOf(h.ask("GET", "/api/v1/openapi.yaml?lang=en", ""), languageCookie) != "" {
		t.Error("the API sets a cookie for the language")
	}
}

// A form speaks of the boxes and choices that it has, not of dates and codes.
func TestAFormSaysWhatIsWrongInItsOwnTerms(t *testing.T) {
	f := templates.Form{Values: url.Values{"from-day": {"31"}, "from-month": {"2"}, "from-year": {"2024"}, "until-day": {""}}}
	for _, x := range []struct {
		name, key, value string
		lv, en           string
	}{
		{"from", "problem.date", "2024-02-31", "„31.2.2024” nav datums. Ierakstiet dienu, mēnesi un gadu, piemēram, 31 1 2024.", "“31.2.2024” is not a date. Enter day, month and year, for example 31 1 2024."},
		{"until", "problem.date", "", "Ierakstiet dienu, mēnesi un gadu.", "Enter day, month and year."},
		{"other", "problem.date", "rīt", "„rīt” nav datums. Ierakstiet dienu, mēnesi un gadu, piemēram, 31 1 2024.", "“rīt” is not a date. Enter day, month and year, for example 31 1 2024."},
		{"role", "problem.choice", "", "Izvēlieties vienu no iespējām.", "Choose one of these."},
	} {
		fault := problem.Field{Name: x.name, Key: x.key, Args: problem.Pairs("value", x.value, "choices", "chair, deputy")}
		lv, en := (&Call{Lang: locale.LV}).faultText(&f, fault), (&Call{Lang: locale.EN}).faultText(&f, fault)
		if lv != x.lv || en != x.en {
			t.Errorf("%s %q is said as %q, %q", x.key, x.value, lv, en)
		}
	}
}
