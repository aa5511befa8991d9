package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/storage/store"
)

func TestSecurityHeadersOnEveryAnswer(t *testing.T) {
	h := newHouse(t)
	path, err := h.server.pages.Static.Path("padome.css")
	if err != nil {
		t.Fatal(err)
	}
	asked := [][]string{
		{"GET", "/", ""}, {"HEAD", "/", ""}, {"GET", path, ""}, {"GET", "/static/none", ""}, {"GET", "/setup/x", ""},
		{"GET", "/healthz", ""}, {"GET", "/nowhere", ""}, {"PUT", "/", ""}, {"GET", "/api/v1/me", ""},
		{"POST", "/api/v1/login", "{"}, {"POST", "/api/v1/login", strings.Repeat(" ", 9000)}, {"GET", "/../../etc/passwd", ""},
		{"POST", "/api/v1/login", loginBody("chair", password)},
	}
	for _, a := range asked {
		w := h.ask(a[0], a[1], a[2])
		for name, want := range securityHeaders {
			if a[1] == path && name == "Cache-Control" {
				want = "public, max-age=31536000, immutable"
			}
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s %s (%d): %s = %q, want %q", a[0], a[1], w.Code, name, got, want)
			}
		}
		if w.Header().Get("X-Request-Id") == "" {
			t.Errorf("%s %s has no number", a[0], a[1])
		}
	}
	if got := h.ask("GET", "/", "").Header().Get("Strict-Transport-Security"); got != "" {
		t.Errorf("without HTTPS the browser is told %q, want nothing", got)
	}
}

func TestUnknownAddressesAreProblems(t *testing.T) {
	h := newHouse(t)
	h.refused(h.ask("GET", "/api/v1/nothing", ""), http.StatusNotFound, "problem.request.path")
	h.refused(h.ask("GET", "/api/v1/me/", ""), http.StatusNotFound, "problem.request.path")
	h.refused(h.ask("POST", "/nowhere", strings.Repeat("x", 100_000)), http.StatusNotFound, "problem.request.path")
	w := h.ask("DELETE", "/?lang=en", "")
	d := h.refused(w, http.StatusMethodNotAllowed, "problem.request.method")
	if got := w.Header().Get("Allow"); !strings.Contains(got, "GET") {
		t.Errorf("Allow = %q, want GET in it", got)
	}
	if !strings.Contains(d.Detail, "DELETE") || !strings.Contains(d.Detail, "GET, HEAD") {
		t.Errorf("detail = %q, want both methods named", d.Detail)
	}
}

func TestABrowserGetsTheProblemAsAPage(t *testing.T) {
	h := newHouse(t)
	w := h.ask("GET", "/nowhere", "", "Accept", "text/html,*/*;q=0.8")
	if w.Code != http.StatusNotFound || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		t.Errorf("answer = %d %s, want a page", w.Code, w.Header().Get("Content-Type"))
	}
	if got := page(t, w).Find("main a[href='/login?next=%2Fnowhere']").Length(); got != 1 {
		t.Errorf("who may have to log in finds %d ways to do so and come back", got)
	}
	h.refused(h.ask("GET", "/api/v1/nothing", "", "Accept", "text/html"), http.StatusNotFound, "problem.request.path")
}

// errorsToStatuses is every error a handler may return and what comes of it.
func TestErrorsBecomeStatuses(t *testing.T) {
	secret := errors.New("open /var/lib/padome/canary.db: permission denied")
	tests := []struct {
		err    error
		status int
		key    string
	}{
		{problem.New(problem.Invalid, "problem.invalid"), 422, "problem.invalid"},
		{problem.New(problem.NotFound, "problem.not-found"), 404, "problem.not-found"},
		{problem.New(problem.Conflict, "problem.conflict"), 409, "problem.conflict"},
		{problem.New(problem.Forbidden, "problem.forbidden"), 403, "problem.forbidden"},
		{problem.New(problem.Unknown, "problem.unauthenticated"), 401, "problem.unauthenticated"},
		{problem.New(problem.State, "problem.state"), 409, "problem.state"},
		{problem.New(problem.TooLarge, "problem.too-large"), 413, "problem.too-large"},
		{problem.New(problem.TooMany, "problem.too-many"), 429, "problem.too-many"},
		{problem.New(problem.Unavailable, "problem.unavailable"), 503, "problem.unavailable"},
		{problem.New(problem.OutcomeUnknown, "problem.outcome-unknown"), 503, "problem.outcome-unknown"},
		{fmt.Errorf("wrapped: %w", problem.New(problem.Conflict, "problem.conflict")), 409, "problem.conflict"},
		{problem.New("no such kind", "problem.invalid"), 500, "problem.server.internal"},
		{fmt.Errorf("commit: %w", store.ErrOutcomeUnknown), 503, "problem.outcome-unknown"},
		{store.ErrBusy, 503, "problem.unavailable"},
		{store.ErrClosed, 503, "problem.unavailable"},
		{store.ErrTooLarge, 413, "problem.too-large"},
		{store.ErrDamaged, 500, "problem.server.internal"},
		{context.DeadlineExceeded, 503, "problem.unavailable"},
		{context.Canceled, 503, "problem.unavailable"},
		{secret, 500, "problem.server.internal"},
	}
	for _, tt := range tests {
		t.Run(tt.err.Error(), func(t *testing.T) {
			h := oneRoute(t, func(*Call) error { return tt.err })
			w := h.ask("GET", "/one", "")
			h.refused(w, tt.status, tt.key)
			for name, status := range map[string]int{"WWW-Authenticate": 401, "Retry-After": 429} {
				if got, want := w.Header().Get(name) != "", status == tt.status || status == 429 && tt.key == "problem.unavailable"; got != want {
					t.Errorf("%s is set: %v, want %v", name, got, want)
				}
			}
			if strings.Contains(w.Body.String(), "canary") {
				t.Errorf("the answer tells what is inside: %s", w.Body)
			}
			if inLog := strings.Contains(h.log.String(), "canary"); inLog != (tt.err == secret) {
				t.Errorf("the log tells what is inside: %v, log: %s", inLog, h.log)
			}
		})
	}
}

// oneRoute is a server with GET and POST /one.
func oneRoute(t *testing.T, handle func(*Call) error) *house {
	t.Helper()
	h := buildHouse(t)
	if err := h.server.mount([]Route{{"GET", "/one", Public, noBody, handle}, {"POST", "/one", Public, smallDoc, handle}}); err != nil {
		t.Fatal(err)
	}
	return h
}

func TestFaultsAreToldInTheCallersLanguage(t *testing.T) {
	h := oneRoute(t, func(*Call) error {
		var l problem.List
		l.Add("items[2].date", "problem.date", "value", "31.01.2024")
		l.Add("title", "problem.text.missing")
		return l.Err()
	})
	d := h.refused(h.ask("GET", "/one?lang=en", ""), 422, "problem.invalid")
	value := "31.01.2024"
	want := []fault{
		{"items[2].date", "problem.date", &value, "“31.01.2024” is not a valid date. Enter year, month and day, such as 2024-01-31."},
		{"title", "problem.text.missing", nil, "Enter the text."},
	}
	if diff := cmp.Diff(want, d.Errors); diff != "" {
		t.Error(diff)
	}
	if got, want := d.Title, "The input is not valid"; got != want {
		t.Errorf("title = %q, want %q", got, want)
	}
}

func TestLanguage(t *testing.T) {
	for _, tt := range []struct{ query, header, want string }{
		{"", "", "lv"},
		{"", "en-GB,en;q=0.9", "en"},
		{"", "de,ru;q=0.8", "lv"},
		{"", "de;q=1,en;q=0.5,lv;q=0.4", "en"},
		{"", "lv,en", "lv"},
		{"?lang=en", "lv", "en"},
		{"?lang=lv", "en", "lv"},
		{"?lang=xx", "en", "en"},
		{"", strings.Repeat("en,", 5000), "en"},
		{"", "\x00;;q=", "lv"},
	} {
		h := newHouse(t)
		w := h.ask("GET", "/api/nowhere"+tt.query, "", "Accept-Language", tt.header)
		if got := w.Header().Get("Content-Language"); got != tt.want {
			t.Errorf("?%s with %.40q = %q, want %q", tt.query, tt.header, got, tt.want)
		}
		want := locale.LV
		if tt.query == "?lang=en" {
			want = locale.EN
		}
		if got := h.ask("GET", "/nowhere"+tt.query, "", "Accept-Language", tt.header).Header().Get("Content-Language"); got != string(want) {
			t.Errorf("page ?%s with %.40q = %q, want %q", tt.query, tt.header, got, want)
		}
	}
}

func TestPanicIsAProblem(t *testing.T) {
	h := oneRoute(t, func(*Call) error { panic("canary") })
	w := h.ask("GET", "/one", "")
	h.refused(w, 500, "problem.server.internal")
	if strings.Contains(w.Body.String(), "canary") || !strings.Contains(h.log.String(), "canary") {
		t.Errorf("answer %s, log %s: want the reason in the log alone", w.Body, h.log)
	}
	if !strings.Contains(h.log.String(), "status=500") {
		t.Errorf("the access log does not tell of it: %s", h.log)
	}
}

func TestErrorAfterTheAnswerChangesNothing(t *testing.T) {
	h := oneRoute(t, func(c *Call) error {
		c.JSON(200, "done", 0)
		return errors.New("too late")
	})
	w := h.ask("GET", "/one", "")
	if w.Code != 200 || w.Body.String() != "\"done\"\n" || !strings.Contains(h.log.String(), "too late") {
		t.Errorf("answer = %d %q, log %s", w.Code, w.Body, h.log)
	}
}

func TestAnswerThatCannotBeWrittenIsNoHalfAnswer(t *testing.T) {
	h := oneRoute(t, func(c *Call) error { return c.JSON(200, map[string]any{"a": 1, "b": func() {}}, 3) })
	w := h.ask("GET", "/one", "")
	h.refused(w, 500, "problem.server.internal")
	if got := w.Header().Get("ETag"); got != "" {
		t.Errorf("ETag of an error = %q, want none", got)
	}
}

func TestForgedForwardingHeaderIsNotBelieved(t *testing.T) {
	address := func(c *Call) error { return c.JSON(200, c.address().String(), 0) }
	forged := []string{"X-Forwarded-For", "203.0.113.9", "X-Real-IP", "203.0.113.9", "Forwarded", "for=203.0.113.9"}
	h := oneRoute(t, address)
	if got, want := h.ask("GET", "/one", "", forged...).Body.String(), "\"192.0.2.1\"\n"; got != want {
		t.Errorf("address = %s, want %s", got, want)
	}
	h = buildHouse(t, func(c *Config) { c.TrustedProxies = []string{"192.0.2.0/24"} })
	if err := h.server.mount([]Route{{"GET", "/one", Public, noBody, address}}); err != nil {
		t.Fatal(err)
	}
	if got, want := h.ask("GET", "/one", "", forged...).Body.String(), "\"203.0.113.9\"\n"; got != want {
		t.Errorf("behind a trusted proxy the address = %s, want %s", got, want)
	}
	c := h.server.Config
	c.TrustedProxies = []string{"the proxy"}
	if _, err := New(c); err == nil {
		t.Error("a proxy that is no address starts")
	}
}

func TestOtherWebsitesChangeNothing(t *testing.T) {
	h := oneRoute(t, func(c *Call) error { return c.NoContent() })
	_, cookie := h.cookieOf("chair")
	for name, headers := range map[string][]string{
		"by fetch metadata": {"Sec-Fetch-Site", "cross-site"},
		"by origin":         {"Origin", "https://evil.example"},
		"by a null origin":  {"Origin", "null"},
		"a sister site":     {"Sec-Fetch-Site", "same-site"},
	} {
		t.Run(name, func(t *testing.T) {
			h.refused(h.ask("POST", "/one", "", append(headers, "Cookie", cookie)...), 403, "problem.request.origin")
		})
	}
	for _, headers := range [][]string{{"Sec-Fetch-Site", "same-origin"}, {"Origin", "http://example.com"}, {}} {
		if w := h.ask("POST", "/one", "", append(headers, "Cookie", cookie)...); w.Code != 204 {
			t.Errorf("own site %v = %d, want 204", headers, w.Code)
		}
	}
}

// cookieOf is the Cookie header of a new login.
func (h *house) cookieOf(account string) (token, header string) {
	token = strings.TrimPrefix(h.as(account), "Bearer ")
	return token, "padome=" + token
}

func TestBodyLimit(t *testing.T) {
	h := oneRoute(t, func(c *Call) error {
		var v struct {
			A string `json:"a"`
		}
		if err := c.Decode(&v); err != nil {
			return err
		}
		return c.NoContent()
	})
	fits := `{"a":"` + strings.Repeat("x", smallDoc-8) + `"}`
	if w := h.ask("POST", "/one", fits); w.Code != 204 {
		t.Errorf("a body at the limit = %d, want 204", w.Code)
	}
	h.refused(h.ask("POST", "/one", fits+" "), 413, "problem.request.size")
	h.refused(h.ask("GET", "/one", "x"), 413, "problem.request.size")

	r := httptest.NewRequest("POST", "/one", &endless{})
	r.Header.Set("Content-Type", "application/json")
	r.ContentLength = -1
	w := httptest.NewRecorder()
	h.server.Handler().ServeHTTP(w, r)
	h.refused(w, 413, "problem.request.size")
}

type endless struct{ sent int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	if e.sent += len(p); e.sent > 1<<20 {
		return 0, errors.New("read on after the limit")
	}
	return len(p), nil
}

func TestContentTypeMustBeJSON(t *testing.T) {
	h := oneRoute(t, func(c *Call) error { return c.Decode(new(struct{})) })
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "json", ""} {
		h.refused(h.ask("POST", "/one", "{}", "Content-Type", kind), 415, "problem.request.media")
	}
	if w := h.ask("POST", "/one", "{}", "Content-Type", "application/json; charset=utf-8"); w.Code != 200 {
		t.Errorf("with a charset = %d: %s", w.Code, w.Body)
	}
}

func TestRevision(t *testing.T) {
	h := oneRoute(t, func(c *Call) error {
		n, err := c.Revision()
		if err != nil {
			return err
		}
		return c.JSON(200, n, n+1)
	})
	w := h.ask("POST", "/one", "", "If-Match", `"7"`)
	if w.Code != 200 || w.Body.String() != "7\n" || w.Header().Get("ETag") != `"8"` {
		t.Errorf("answer = %d %q, ETag %q", w.Code, w.Body, w.Header().Get("ETag"))
	}
	h.refused(h.ask("POST", "/one", ""), 428, "problem.request.revision.missing")
	for _, bad := range []string{"7", `"7`, `W/"7"`, `"7","8"`, "*", `"-1"`, `"+7"`, `"07"`, `"x"`, `""`, `"18446744073709551616"`, `"7" `} {
		h.refused(h.ask("POST", "/one", "", "If-Match", bad), 400, "problem.request.revision")
	}
}

func TestCommand(t *testing.T) {
	var got store.CommandID
	handle := func(c *Call) error { got = c.Command; return c.NoContent() }
	h := buildHouse(t)
	if err := h.server.mount([]Route{{"POST", "/one", Public, noBody, handle}, {"POST", "/two", Public, noBody, handle}}); err != nil {
		t.Fatal(err)
	}
	command := func(path, account, key string) store.CommandID {
		got = ""
		h.ask("POST", path, "", "Idempotency-Key", key, "Authorization", h.as(account))
		return got
	}
	first := command("/one", "chair", "k-1")
	if first == "" || len(first) > store.MaxCommand {
		t.Fatalf("command = %q, want one that storage takes", first)
	}
	if again := command("/one", "chair", "k-1"); again != first {
		t.Errorf("the same key again = %q, want %q", again, first)
	}
	if quoted := command("/one", "chair", `"k-1"`); quoted != first {
		t.Errorf("the key in quotes = %q, want %q", quoted, first)
	}
	for name, other := range map[string]store.CommandID{
		"another key": command("/one", "chair", "k-2"), "another actor": command("/one", "deputy", "k-1"),
		"another address": command("/two", "chair", "k-1"), "no key": command("/one", "chair", ""),
		"no key again": command("/one", "chair", ""),
	} {
		if other == first || other == "" {
			t.Errorf("%s = %q, want another command than %q", name, other, first)
		}
	}
	for _, bad := range []string{"a b", strings.Repeat("a", 101), "ā", `"`, "a/b"} {
		h.refused(h.ask("POST", "/one", "", "Idempotency-Key", bad), 400, "problem.request.command")
	}
}

func TestAccessLogHoldsNoSecrets(t *testing.T) {
	h := newHouse(t)
	token, cookie := h.logIn("chair", password)
	h.ask("GET", "/setup/canary-link?token=canary-query", "")
	h.ask("GET", "/setup/canary-link/", "")
	h.ask("GET", "/api/v1/me", "", "Authorization", "Bearer "+token, "Referer", "/setup/canary-referer")
	h.ask("GET", "/api/v1/me", "", "Cookie", cookie.Name+"="+cookie.Value)
	h.ask("POST", "/api/v1/login", `{"name":"canary-name","password":["canary-value"]}`)
	h.ask("POST", "/api/v1/login", `{"name":"canary-name","password":"canary-password"}`)
	h.ask("POST", "/api/v1/login", `{"name":"canary-name","password":"`+strings.Repeat("canary", 9000)+`"}`)
	log := h.log.String()
	for _, secret := range []string{"canary", token, password, "$argon2id"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q: %s", secret, log)
		}
	}
	for _, want := range []string{"route=/setup/:token", "method=POST", "status=401", "address=192.0.2.1", "account=chair"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %q: %s", want, log)
		}
	}
}

func TestBrokenStorage(t *testing.T) {
	h := newHouse(t)
	header := h.as("chair")
	h.memory.broken = store.ErrDamaged
	h.refused(h.ask("GET", "/api/v1/me", "", "Authorization", header), 500, "problem.server.internal")
	h.memory.broken = store.ErrClosed
	h.refused(h.ask("GET", "/api/v1/me", "", "Authorization", header), 503, "problem.unavailable")
	if w := h.ask("GET", "/healthz", "", "Authorization", header); w.Code != 200 {
		t.Errorf("healthz = %d, want 200 whatever storage does", w.Code)
	}
}

func TestLoginsAreTouchedOnceAMinute(t *testing.T) {
	h := newHouse(t)
	header := h.as("chair")
	for range 10 {
		h.now = h.now.Add(15 * time.Second)
		h.ask("GET", "/api/v1/me", "", "Authorization", header)
	}
	if got, want := h.memory.touched, 2; got != want {
		t.Errorf("ten requests in 150 s are noted %d times, want %d", got, want)
	}
}

func TestNewNeedsItsParts(t *testing.T) {
	whole := newHouse(t).server.Config
	if _, err := New(whole); err != nil {
		t.Fatalf("a whole configuration = %v, want none", err)
	}
	for name, take := range map[string]func(*Config){
		"Logins": func(c *Config) { c.Logins = nil }, "Actor": func(c *Config) { c.Actor = nil },
		"Front": func(c *Config) { c.Front = nil }, "Passwords": func(c *Config) { c.Passwords = nil },
		"Log": func(c *Config) { c.Log = nil },
	} {
		c := whole
		take(&c)
		if _, err := New(c); err == nil {
			t.Errorf("without %s it starts", name)
		}
	}
}

func TestRegisterThatCannotBeRead(t *testing.T) {
	h := newHouse(t, func(c *Config) {
		c.Actor = func(context.Context, string, council.Date) (council.Actor, error) {
			return council.Actor{}, errors.New("no register")
		}
	})
	h.refused(h.ask("GET", "/api/v1/me", "", "Authorization", h.as("chair")), 500, "problem.server.internal")
}
