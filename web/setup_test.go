package web

import (
	"context"
	"encoding/base64"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"padome/council"
	"padome/internal/auth"
	"padome/internal/problem"
	"padome/office"
	"padome/templates"
)

// setUpLink stores a link and returns its path.
func (h *house) setUpLink() string {
	token, o := auth.NewSetUp(h.now, 24*time.Hour)
	h.memory.links[o.Hash] = o
	return "/setup/" + token
}

func (h *house) post(path string, form url.Values) *httptest.ResponseRecorder {
	h.Helper()
	return h.ask("POST", path, form.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html")
}

// follow asks for the page to which an answer sends the browser, with the cookies
// that it set.
func (h *house) follow(w *httptest.ResponseRecorder) *httptest.ResponseRecorder {
	h.Helper()
	var cookies []string
	for _, k := range w.Result().Cookies() {
		if k.MaxAge >= 0 {
			cookies = append(cookies, k.Name+"="+k.Value)
		}
	}
	return h.ask("GET", w.Header().Get("Location"), "", "Cookie", strings.Join(cookies, "; "), "Accept", "text/html")
}

func page(t *testing.T, w *httptest.ResponseRecorder) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func filled() url.Values {
	return url.Values{
		"given": {"Anna"}, "surname": {"Liepa"}, "gender": {"f"}, "name": {"Anna.Liepa"},
		"password": {"melns kaķis guļ krēslā"}, "again": {"melns kaķis guļ krēslā"},
	}
}

func TestSetUpTheFirstAdministrator(t *testing.T) {
	h := newHouse(t)
	path := h.setUpLink()
	w := h.ask("GET", path, "")
	doc := page(t, w)
	for _, field := range templates.SetUpFields {
		if doc.Find("form[method=post] [name="+field.Name+"]").Length() == 0 {
			t.Errorf("the form has no field %q", field.Name)
		}
	}
	w = h.post(path, filled())
	if w.Code != 303 || w.Header().Get("Location") != "/login" {
		t.Fatalf("answer = %d to %q: %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	if got := page(t, h.follow(w)).Find(".notice").Text(); got == "" {
		t.Error("the next page does not say that it is done")
	}
	if len(h.memory.persons) != 1 {
		t.Fatalf("persons = %v, want one", h.memory.persons)
	}
	for id, p := range h.memory.persons {
		want := council.Person{ID: id, Given: "Anna", Surname: "Liepa", Gender: council.Feminine}
		if diff := cmp.Diff(want, p); diff != "" {
			t.Error(diff)
		}
	}
	h.logIn("anna.liepa", "melns kaķis guļ krēslā")

	for _, again := range []*httptest.ResponseRecorder{h.ask("GET", path, ""), h.ask("POST", path, filled().Encode(), "Content-Type", "application/x-www-form-urlencoded")} {
		h.refused(again, 404, "problem.link")
	}
}

func TestSetUpWithFaults(t *testing.T) {
	h := newHouse(t)
	path := h.setUpLink()
	form := url.Values{"given": {"<script>"}, "surname": {""}, "gender": {"x"}, "name": {"ā"}, "password": {"short"}, "again": {"other"}}
	w := h.post(path, form)
	if w.Code != 422 {
		t.Fatalf("answer = %d, want 422: %s", w.Code, w.Body)
	}
	if strings.Contains(w.Body.String(), "<script>") || strings.Contains(w.Body.String(), "value=\"short\"") {
		t.Errorf("the page shows a script or a password: %s", w.Body)
	}
	doc := page(t, w)
	var got []string
	doc.Find(".faults a").Each(func(_ int, a *goquery.Selection) { got = append(got, a.AttrOr("href", "")) })
	if diff := cmp.Diff([]string{"#surname", "#gender", "#name", "#password", "#again"}, got); diff != "" {
		t.Error(diff)
	}
	if got, want := doc.Find(".faults a").First().Text(), "Uzvārds: "; !strings.HasPrefix(got, want) {
		t.Errorf("first fault = %q, want it to begin with %q", got, want)
	}
	if got, want := doc.Find("#given").AttrOr("value", ""), "<script>"; got != want {
		t.Errorf("given = %q, want %q kept", got, want)
	}
	if len(h.memory.persons) != 0 {
		t.Errorf("persons = %v, want none", h.memory.persons)
	}
	form = filled()
	form.Set("name", "chair")
	if got := page(t, h.post(path, form)).Find("#name-fault").Length(); got != 1 {
		t.Errorf("a name that is taken has %d faults, want one at the field", got)
	}
	if w := h.post(path, filled()); w.Code != 303 {
		t.Errorf("after the faults the link = %d, want it still to work", w.Code)
	}
}

func TestSetUpForm(t *testing.T) {
	h := newHouse(t)
	path := h.setUpLink()
	h.refused(h.ask("POST", path, "{}"), 415, "problem.request.media")
	h.refused(h.ask("POST", path, "name=%zz", "Content-Type", "application/x-www-form-urlencoded"), 400, "problem.request.form")
	if w := h.post(path, url.Values{"name": {"\xff\xfe"}}); w.Code != 422 {
		t.Errorf("bytes that are no text = %d, want 422", w.Code)
	}
}

func TestLinksThatDoNotWork(t *testing.T) {
	h := newHouse(t)
	expired := h.setUpLink()
	token, strange := auth.NewSetUp(h.now, 100*time.Hour)
	strange.Purpose = "something new"
	h.memory.links[strange.Hash] = strange
	h.now = h.now.Add(24 * time.Hour)
	for name, path := range map[string]string{"expired": expired, "unknown": "/setup/x", "of no known purpose": "/setup/" + token} {
		t.Run(name, func(t *testing.T) {
			h.refused(h.ask("GET", path, ""), 404, "problem.link")
			w := h.post(path, filled())
			if w.Code != 404 || page(t, w).Find("h1").Text() == "" {
				t.Errorf("answer = %d, want a page that says so", w.Code)
			}
		})
	}
	if len(h.memory.persons) != 0 {
		t.Errorf("persons = %v, want none", h.memory.persons)
	}
}

func TestNewPasswordByLink(t *testing.T) {
	h := newHouse(t)
	old := h.as("chair")
	token, o := auth.NewReset(h.now, h.memory.accounts["chair"], time.Hour)
	h.memory.links[o.Hash] = o
	path := "/setup/" + token
	if got := page(t, h.ask("GET", path, "")).Find("#given").Length(); got != 0 {
		t.Error("the form for a password asks for a name")
	}
	w := h.post(path, url.Values{"password": {"chair-chair-91"}, "again": {"x"}})
	if got := page(t, w).Find(".faults li").Length(); w.Code != 422 || got != 2 {
		t.Errorf("answer = %d with %d faults, want 422 with two", w.Code, got)
	}
	form := url.Values{"password": {"melns kaķis guļ krēslā"}, "again": {"melns kaķis guļ krēslā"}}
	if w := h.post(path+"?lang=en", form); w.Code != 303 || w.Header().Get("Location") != "/login" {
		t.Fatalf("answer = %d to %q", w.Code, w.Header().Get("Location"))
	}
	h.refused(h.ask("GET", "/api/v1/me", "", "Authorization", old), 401, "problem.unauthenticated")
	h.logIn("chair", "melns kaķis guļ krēslā")
	h.refused(h.ask("GET", path, ""), 404, "problem.link")
}

func TestLinkOvertakenByAnotherChange(t *testing.T) {
	h := newHouse(t)
	account := h.memory.accounts["chair"]
	token, o := auth.NewReset(h.now, account, time.Hour)
	h.memory.links[o.Hash] = o
	h.server.Logins = outdated{h.memory, account}
	account.Revision++ // by a change that leaves the epoch alone
	h.memory.accounts["chair"] = account
	w := h.ask("POST", "/setup/"+token, url.Values{"password": {"melns kaķis guļ krēslā"}, "again": {"melns kaķis guļ krēslā"}}.Encode(),
		"Content-Type", "application/x-www-form-urlencoded")
	h.refused(w, 409, "problem.conflict")
	if !h.memory.links[o.Hash].Used.IsZero() {
		t.Error("the link is used up by a change that failed")
	}
}

// outdated reads an account just before somebody else changes it.
type outdated struct {
	*memory
	account auth.Account
}

func (o outdated) Link(ctx context.Context, hash string) (auth.OneTime, auth.Account, error) {
	link, _, err := o.memory.Link(ctx, hash)
	return link, o.account, err
}

func TestStartPage(t *testing.T) {
	h := newHouse(t)
	doc := page(t, h.ask("GET", "/", ""))
	if got, want := doc.Find("h1").Text(), council.DefaultSettings().Name; got != want {
		t.Errorf("h1 = %q, want %q", got, want)
	}
	h.front.Next = &office.Papers{Session: council.Session{Date: "2024-02-28", Starts: "11:00", Place: "Brīvības bulvāris 36"}}
	doc = page(t, h.ask("GET", "/?lang=en", "", "Cookie", "padome-done="+base64.RawURLEncoding.EncodeToString([]byte(`{"key":"problem.invalid"}`))))
	if got, want := doc.Find("h1").Text(), council.DefaultSettings().NameEN; got != want {
		t.Errorf("h1 = %q, want %q", got, want)
	}
	main := doc.Find("main").Text()
	if !strings.Contains(main, "28 February 2024") || !strings.Contains(main, "Brīvības bulvāris 36") {
		t.Errorf("main = %q, want the next session", main)
	}
	if doc.Find(".notice").Length() != 0 {
		t.Error("an unknown notice is shown")
	}
}

func TestReadiness(t *testing.T) {
	h := newHouse(t)
	if w := h.ask("GET", "/readyz", ""); w.Code != 200 || w.Body.String() != "{\"status\":\"ok\"}\n" {
		t.Errorf("ready = %d %s", w.Code, w.Body)
	}
	h.server.Ready = func(context.Context) error { return problem.New(problem.State, "problem.state") }
	h.refused(h.ask("GET", "/readyz", ""), 503, "problem.unavailable")
	h.server.Ready = func(context.Context) error { return nil }
	h.server.stopping.Store(true)
	h.refused(h.ask("GET", "/readyz", ""), 503, "problem.unavailable")
	if w := h.ask("GET", "/healthz", ""); w.Code != 200 {
		t.Errorf("healthy = %d, want 200", w.Code)
	}
}
