package web

import (
	"net/http/httptest"
	"strings"
	"testing"

	"padome/council"
)

const otherHost = "kanarija.example"

// from sends a request to a host.
func (h *house) from(host, method, path string, headers ...string) *httptest.ResponseRecorder {
	h.Helper()
	r := httptest.NewRequestWithContext(h.Context(), method, path, nil)
	r.Host = host
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.server.Handler().ServeHTTP(w, r)
	return w
}

func TestOnlyTheHostThatPeopleKnowIsAnswered(t *testing.T) {
	h := newHouse(t, func(c *Config) { c.Address = "https://Padome.example/" })
	for _, host := range []string{"padome.example", "PADOME.example.", "padome.example:443", "127.0.0.1:8080", "[::1]:8080", "localhost"} {
		if w := h.from(host, "GET", "/"); w.Code != 200 {
			t.Errorf("%s = %d, want 200", host, w.Code)
		}
	}
	for _, host := range []string{otherHost, "padome.example:8443", "padome.example.kanarija.example", "kanarija.example:443", "127.0.0.1.kanarija.example", "192.0.2.1", ""} {
		for _, path := range []string{"/", "/login", "/api/v1/me", "/static/padome.css", "/nowhere"} {
			d := h.refused(h.from(host, "GET", path), 421, "problem.request.host")
			if !strings.Contains(d.Detail, "https://padome.example") {
				t.Errorf("%s%s does not say where to go: %s", host, path, d.Detail)
			}
		}
		h.refused(h.from(host, "POST", "/api/v1/logout", "Origin", "https://"+host), 421, "problem.request.host")
		if w := h.from(host, "GET", "/healthz"); w.Code != 200 {
			t.Errorf("%s/healthz = %d: whoever watches the process asks by any name", host, w.Code)
		}
	}
	if w := h.from(otherHost, "GET", "/", "Accept", "text/html"); w.Code != 421 || !strings.Contains(w.Body.String(), "<h1>Nepareiza adrese</h1>") {
		t.Errorf("a browser gets %d: %s", w.Code, w.Body)
	}
}

func TestAnAddressThatIsNoneIsRefused(t *testing.T) {
	for _, address := range []string{"padome.example", "//padome.example", "ftp://padome.example", "https://", "https://padome.example/below",
		"https://padome.example?a", "https://a@padome.example", "https://padome.example/#a", "https:// padome"} {
		if u, err := Site(address); err == nil {
			t.Errorf("%s is taken as %s", address, u)
		}
	}
}

// TestNoHostOfASenderGoesIntoALink makes links by requests that name another
// host, and asks every address with one.
func TestNoHostOfASenderGoesIntoALink(t *testing.T) {
	h := newHall(t)
	link := func(host string) string {
		t.Helper()
		r := h.request("admin", "GET", "/accounts/state-8", nil)
		r.Host = host
		shown := httptest.NewRecorder()
		h.server.Handler().ServeHTTP(shown, r)
		action, values := h.fields(h.read(shown), "Izveidot saiti")
		r = h.request("admin", "POST", action, values.Encode(), "Content-Type", "application/x-www-form-urlencoded", "X-Forwarded-Host", otherHost)
		r.Host = host
		w := httptest.NewRecorder()
		h.server.Handler().ServeHTTP(w, r)
		if w.Code != 200 || strings.Contains(w.Body.String(), otherHost) {
			t.Fatalf("a link by %s = %d: %s", host, w.Code, w.Body)
		}
		return h.read(w).Find(".panel .code").Text()
	}
	if s := link(otherHost); !strings.HasPrefix(s, "/setup/") {
		t.Errorf("while nobody said where the pages are, the link is %s", s)
	}
	if s := link("127.0.0.1:8080"); !strings.HasPrefix(s, "http://127.0.0.1:8080/setup/") {
		t.Errorf("on the machine itself the link is %s", s)
	}
	set, err := h.office.Settings(t.Context())
	if err == nil {
		set.Address = "https://padome.example"
		_, err = h.office.SaveSettings(t.Context(), operator, set.Revision, set)
	}
	if err != nil {
		t.Fatal(err)
	}
	if s := link(otherHost); !strings.HasPrefix(s, "https://padome.example/setup/") {
		t.Errorf("with the address of the settings the link is %s", s)
	}
	if h.server.site, err = Site("https://inside.example"); err != nil {
		t.Fatal(err)
	}
	if s := link("inside.example"); !strings.HasPrefix(s, "https://inside.example/setup/") {
		t.Errorf("with the address of the operator the link is %s", s)
	}
}

func TestNoAnswerRepeatsTheHost(t *testing.T) {
	h := newHall(t)
	s := h.prepared(council.Date("2024-02-28"))
	h.convened(s)
	fill := strings.NewReplacer(":id", s.ID, ":version", "approved", ":number", "1", ":year", "2024", ":revision", "1", ":measure", "1", ":task", "1")
	asked := 0
	for _, route := range h.server.routes() {
		path := fill.Replace(route.Path)
		if route.Method != "GET" || route.Path == streamRoute || strings.Contains(path, ":") {
			continue
		}
		r := h.request("officer", "GET", path, nil, "Accept", "text/html, application/json", "X-Forwarded-Host", otherHost)
		r.Host = otherHost
		w := httptest.NewRecorder()
		h.server.Handler().ServeHTTP(w, r)
		if asked++; strings.Contains(w.Body.String(), otherHost) {
			t.Errorf("%s repeats the host", path)
		}
		for name, values := range w.Header() {
			if strings.Contains(strings.Join(values, " "), otherHost) {
				t.Errorf("%s repeats the host in %s: %s", path, name, values)
			}
		}
	}
	if asked < 60 {
		t.Errorf("only %d addresses asked", asked)
	}
}
