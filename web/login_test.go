package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"padome/internal/auth"
)

func TestLogInAndOut(t *testing.T) {
	h := newHouse(t)
	token, cookie := h.logIn(" CHAIR", password)
	if got, want := cookie.Value, token; got != want {
		t.Errorf("cookie = %q, want the token", got)
	}
	if !cookie.HttpOnly || cookie.Secure || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Name != "padome" || cookie.MaxAge != 0 {
		t.Errorf("cookie = %+v", cookie)
	}
	byHeader := []string{"Authorization", "Bearer " + token}
	byCookie := []string{"Cookie", "padome=" + token}
	for _, headers := range [][]string{byHeader, byCookie} {
		w := h.ask("GET", "/api/v1/me", "", headers...)
		var me meAnswer
		if err := json.Unmarshal(w.Body.Bytes(), &me); err != nil || w.Code != 200 {
			t.Fatalf("me = %d, %v: %s", w.Code, err, w.Body)
		}
		if me.Name != "chair" || me.FullName != "CHAIR" || len(me.Mandates) != 1 || !me.Expires.Equal(h.now.Add(12*time.Hour)) {
			t.Errorf("me = %+v", me)
		}
	}
	w := h.ask("POST", "/api/v1/logout", "", byCookie...)
	if w.Code != 204 || len(w.Result().Cookies()) != 1 || w.Result().Cookies()[0].MaxAge >= 0 {
		t.Errorf("logout = %d, cookies %v, want the cookie taken away", w.Code, w.Result().Cookies())
	}
	for _, headers := range [][]string{byHeader, byCookie} {
		w := h.ask("GET", "/api/v1/me", "", headers...)
		h.refused(w, 401, "problem.unauthenticated")
		if got, want := w.Header().Get("WWW-Authenticate"), `Bearer realm="padome"`; got != want {
			t.Errorf("WWW-Authenticate = %q, want %q", got, want)
		}
	}
	h.refused(h.ask("POST", "/api/v1/logout", "", byHeader...), 401, "problem.unauthenticated")
}

func TestSecureCookie(t *testing.T) {
	h := newHouse(t, func(c *Config) { c.SecureCookies = true })
	token, cookie := h.logIn("chair", password)
	if !cookie.Secure || cookie.Name != "__Host-padome" || cookie.Domain != "" {
		t.Errorf("cookie = %+v, want one for this host by HTTPS alone", cookie)
	}
	h.refused(h.ask("GET", "/api/v1/me", "", "Cookie", "padome="+token), 401, "problem.unauthenticated")
	if w := h.ask("GET", "/api/v1/me", "", "Cookie", "__Host-padome="+token); w.Code != 200 || w.Header().Get("Strict-Transport-Security") == "" {
		t.Errorf("me = %d, headers %v", w.Code, w.Header())
	}
}

func TestOnlyTheHashOfATokenIsKept(t *testing.T) {
	h := newHouse(t)
	token, _ := h.logIn("chair", password)
	raw, err := json.Marshal(h.memory.logins)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(raw), token) || !strings.Contains(string(raw), auth.TokenHash(token)) {
		t.Errorf("stored = %s, want the hash alone", raw)
	}
}

// Nothing in the answer tells a name that exists from one that does not.
func TestNamesCannotBeFoundOut(t *testing.T) {
	h := newHouse(t)
	disabled := h.memory.accounts["member"]
	disabled.Disabled = true
	h.memory.accounts["member"] = disabled
	var answers []document
	for name, pw := range map[string]string{"chair": "wrong password", "no-such-name": "wrong password", "member": password} {
		w := h.ask("POST", "/api/v1/login", loginBody(name, pw))
		d := h.refused(w, 401, "problem.login.wrong")
		d.Instance = ""
		answers = append(answers, d)
		if len(w.Result().Cookies()) != 0 {
			t.Errorf("%s: refused with a cookie", name)
		}
	}
	for _, a := range answers[1:] {
		if diff := cmp.Diff(answers[0], a); diff != "" {
			t.Error(diff)
		}
	}
}

// With the real cost of a password an unknown name is as much work as a known
// one. The work is a function that fills memory, so that memory measures it, on
// a busy machine too.
func TestNamesCannotBeFoundOutByTheWork(t *testing.T) {
	passwords, err := auth.NewPasswords(auth.DefaultCost)
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t, func(c *Config) { c.Passwords = passwords })
	work := func(name string) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		h.refused(h.ask("POST", "/api/v1/login", loginBody(name, "wrong password")), 401, "problem.login.wrong")
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	known, unknown := work("chair"), work("no-such-name")
	if least := uint64(auth.DefaultCost.MemoryKiB) << 10; known < least || unknown < least || unknown > known+least/2 || known > unknown+least/2 {
		t.Errorf("a known name fills %d bytes, an unknown one %d, want at least %d and alike", known, unknown, least)
	}
}

func TestLoginNeedsNameAndPassword(t *testing.T) {
	h := newHouse(t)
	d := h.refused(h.ask("POST", "/api/v1/login", `{"name":" "}`), 422, "problem.invalid")
	if len(d.Errors) != 2 || d.Errors[0].Field != "name" || d.Errors[1].Field != "password" {
		t.Errorf("errors = %+v, want name and password", d.Errors)
	}
	d = h.refused(h.ask("POST", "/api/v1/login", `{"name":"chair","password":"x","admin":true}`), 422, "problem.invalid")
	if len(d.Errors) != 1 || d.Errors[0].Field != "admin" {
		t.Errorf("errors = %+v, want admin", d.Errors)
	}
}

func TestBruteForceIsSlowedDown(t *testing.T) {
	h := newHouse(t)
	through := 0
	for i := range 100 {
		forged := fmt.Sprintf("203.0.113.%d", i)
		w := h.ask("POST", "/api/v1/login", loginBody("chair", "wrong password"), "X-Forwarded-For", forged)
		if w.Code == 401 {
			through++
			continue
		}
		h.refused(w, 429, "problem.login.wait")
		if got, want := w.Header().Get("Retry-After"), "2"; got != want {
			t.Errorf("Retry-After = %q, want %q", got, want)
		}
	}
	if got, want := through, auth.DefaultLimits.Pair; got != want {
		t.Errorf("%d guesses go through, want %d", got, want)
	}
	h.refused(h.ask("POST", "/api/v1/login", loginBody("chair", password)), 429, "problem.login.wait")
	h.now = h.now.Add(2 * time.Second)
	h.logIn("chair", password)
}

// Who gets no answer because too much is going on has not guessed.
func TestNoAnswerIsNoGuess(t *testing.T) {
	h := newHouse(t)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for range 10 {
		r := httptest.NewRequestWithContext(gone, "POST", "/api/v1/login", strings.NewReader(loginBody("chair", "wrong password")))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.server.Handler().ServeHTTP(w, r)
		h.refused(w, 503, "problem.unavailable")
	}
	h.logIn("chair", password)
}

func TestGuessesAtOnceAreCounted(t *testing.T) {
	h := newHouse(t)
	var mu sync.Mutex
	codes := map[int]int{}
	var wg sync.WaitGroup
	for range 30 {
		wg.Go(func() {
			w := h.ask("POST", "/api/v1/login", loginBody("chair", "wrong password"))
			mu.Lock()
			defer mu.Unlock()
			codes[w.Code]++
		})
	}
	wg.Wait()
	if diff := cmp.Diff(map[int]int{401: 5, 429: 25}, codes); diff != "" {
		t.Error(diff)
	}
}

// A token planted before logging in, or held from an earlier login, is worth
// nothing afterwards.
func TestLoggingInChangesTheToken(t *testing.T) {
	h := newHouse(t)
	planted := "planted-by-somebody-else"
	token, _ := h.logIn("chair", password, "Cookie", "padome="+planted)
	if token == planted {
		t.Fatal("the planted token is used")
	}
	h.refused(h.ask("GET", "/api/v1/me", "", "Cookie", "padome="+planted), 401, "problem.unauthenticated")
	again, _ := h.logIn("chair", password, "Cookie", "padome="+token)
	h.refused(h.ask("GET", "/api/v1/me", "", "Cookie", "padome="+token), 401, "problem.unauthenticated")
	if w := h.ask("GET", "/api/v1/me", "", "Cookie", "padome="+again); w.Code != 200 {
		t.Errorf("the new token = %d, want 200", w.Code)
	}
}

func TestLoginsEnd(t *testing.T) {
	change := func(h *house, f func(*auth.Account)) {
		a := h.memory.accounts["chair"]
		f(&a)
		h.memory.accounts["chair"] = a
	}
	for name, end := range map[string]func(*house){
		"after an hour without use": func(h *house) { h.now = h.now.Add(time.Hour) },
		"when disabled":             func(h *house) { change(h, (*auth.Account).Disable) },
		"when the password is set":  func(h *house) { change(h, func(a *auth.Account) { a.SetPassword("x", h.now) }) },
		"when the account is gone":  func(h *house) { delete(h.memory.accounts, "chair") },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			token, _ := h.logIn("chair", password)
			end(h)
			w := h.ask("GET", "/api/v1/me", "", "Cookie", "padome="+token)
			h.refused(w, 401, "problem.unauthenticated")
			if k := w.Result().Cookies(); len(k) != 1 || k[0].MaxAge >= 0 {
				t.Errorf("cookies = %v, want the old one taken away", k)
			}
			if w := h.ask("GET", "/", "", "Cookie", "padome="+token); w.Code != 200 {
				t.Errorf("a public page with an ended cookie = %d, want 200", w.Code)
			}
			h.refused(h.ask("GET", "/", "", "Authorization", "Bearer "+token), 401, "problem.unauthenticated")
			h.refused(h.ask("GET", "/", "", "Authorization", "Basic x"), 401, "problem.unauthenticated")
		})
	}
}

// TestALoginEndsWithTheRole ends mandates at midnight in Rīga, an hour into the
// logins of those who had one.
func TestALoginEndsWithTheRole(t *testing.T) {
	h := newHouse(t)
	h.now = time.Date(2024, 12, 31, 21, 30, 0, 0, time.UTC)
	chair, _ := h.logIn("chair", password)
	nobody, _ := h.logIn("nobody", password)
	before := h.now
	h.now = h.now.Add(40 * time.Minute)
	h.refused(h.ask("GET", "/api/v1/me", "", "Authorization", "Bearer "+chair), 401, "problem.unauthenticated")
	if w := h.ask("GET", "/api/v1/me", "", "Authorization", "Bearer "+nobody); w.Code != 200 {
		t.Errorf("who had no role gets %d, want 200", w.Code)
	}
	h.now = before
	h.refused(h.ask("GET", "/api/v1/me", "", "Authorization", "Bearer "+chair), 401, "problem.unauthenticated")
	if again, _ := h.logIn("chair", password); again == chair {
		t.Error("the login that has ended is back")
	}
}

func TestChangePassword(t *testing.T) {
	h := newHouse(t)
	const next = "melns kaķis guļ krēslā"
	token, _ := h.logIn("chair", password)
	other := h.as("chair")
	body := func(current, new string) string {
		raw, _ := json.Marshal(passwordRequest{current, new})
		return string(raw)
	}
	bearer := []string{"Authorization", "Bearer " + token}

	d := h.refused(h.ask("POST", "/api/v1/password", body("", "short"), bearer...), 422, "problem.invalid")
	if len(d.Errors) != 2 || d.Errors[0].Field != "current" || d.Errors[1].Field != "new" {
		t.Errorf("errors = %+v, want both fields", d.Errors)
	}
	d = h.refused(h.ask("POST", "/api/v1/password", body("wrong password", next), bearer...), 422, "problem.invalid")
	if len(d.Errors) != 1 || d.Errors[0].Key != "problem.password.wrong" {
		t.Errorf("errors = %+v, want the wrong password", d.Errors)
	}

	w := h.ask("POST", "/api/v1/password", body(password, next), append(bearer, "Idempotency-Key", "once")...)
	var answer loginAnswer
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != 200 {
		t.Fatalf("password = %d: %s", w.Code, w.Body)
	}
	for name, old := range map[string]string{"this login": "Bearer " + token, "the other login": other} {
		if w := h.ask("GET", "/api/v1/me", "", "Authorization", old); w.Code != 401 {
			t.Errorf("%s = %d, want it ended", name, w.Code)
		}
	}
	if w := h.ask("GET", "/api/v1/me", "", "Authorization", "Bearer "+answer.Token); w.Code != 200 {
		t.Errorf("the new login = %d, want 200", w.Code)
	}
	h.refused(h.ask("POST", "/api/v1/login", loginBody("chair", password)), 401, "problem.login.wrong")
	h.logIn("chair", next)
	if len(h.memory.commands) != 1 {
		t.Errorf("commands = %v, want one", h.memory.commands)
	}
}

func TestCurrentPasswordCannotBeGuessed(t *testing.T) {
	h := newHouse(t)
	header := h.as("chair")
	for range auth.DefaultLimits.Pair {
		h.ask("POST", "/api/v1/password", `{"current":"wrong","new":"melns kaķis guļ krēslā"}`, "Authorization", header)
	}
	w := h.ask("POST", "/api/v1/password", `{"current":"wrong","new":"melns kaķis guļ krēslā"}`, "Authorization", header)
	h.refused(w, 429, "problem.login.wait")
}
