package web

import (
	"encoding/base32"
	"maps"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"padome/internal/auth"
)

func init() {
	maps.Copy(access, map[string]string{
		"GET /account":                "401 200 200 200 200 200 200",
		"GET /account/password":       "401 200 200 200 200 200 200",
		"POST /account/password":      "401 422 422 422 422 422 422",
		"POST /account/logins/end":    "401 303 303 303 303 303 303",
		"POST /account/keys":          "401 303 303 303 303 303 303",
		"GET /account/second":         "401 200 200 200 200 200 200",
		"POST /account/second":        "401 400 400 400 400 400 400",
		"POST /account/second/remove": "401 422 422 422 422 422 422",
		"GET /login/code":             "303 303 303 303 303 303 303",
		"POST /login/code":            "303 303 303 303 303 303 303",
	})
}

// authCode is what a device with the secret shows now.
func authCode(t *testing.T, secret string, now time.Time) string {
	t.Helper()
	raw, err := base32.StdEncoding.DecodeString(secret)
	if err != nil {
		t.Fatal(err)
	}
	return auth.CodeAt(raw, now)
}

func TestSecondFactorFromThePictureToTheLogin(t *testing.T) {
	h := newHouse(t)
	_, cookie := h.logIn("chair", password)
	own := cookie.Name + "=" + cookie.Value
	secret := page(t, h.ask("GET", "/account/second", "", "Cookie", own)).Find("input[name=secret]").AttrOr("value", "")
	form := func(values url.Values, path, cookie string) (int, *goquery.Document) {
		t.Helper()
		w := h.ask("POST", path, values.Encode(), "Content-Type", plainForm, "Accept", "text/html", "Cookie", cookie)
		return w.Code, page(t, w)
	}
	if code, doc := form(url.Values{"secret": {secret}, "code": {"000000"}}, "/account/second", own); code != 422 || doc.Find("input[name=secret]").AttrOr("value", "") != secret {
		t.Fatalf("a wrong code = %d, want 422 with the same secret", code)
	}
	code, done := form(url.Values{"secret": {secret}, "code": {authCode(t, secret, h.now)}}, "/account/second", own)
	recovery := done.Find(".codes .code").First().Text()
	if code != 200 || recovery == "" {
		t.Fatalf("the right code = %d: %s", code, done.Text())
	}
	h.refused(h.ask("GET", "/api/v1/me", "", "Cookie", own), 401, "problem.unauthenticated")

	// From now on the password alone lets nobody in, by no way.
	h.refused(h.ask("POST", "/api/v1/login", loginBody("chair", password)), 401, "problem.login.code.missing")
	h.refused(h.ask("POST", "/api/v1/login", `{"name":"chair","password":"`+password+`","code":"123"}`), 401, "problem.login.code")
	first := h.post("/login", url.Values{"name": {"chair"}, "password": {password}, "next": {"/account"}})
	if got, want := first.Header().Get("Location"), "/login/code?next=%2Faccount"; got != want {
		t.Fatalf("after the password to %q, want %q", got, want)
	}
	half := cookieOf(first, "padome")
	h.refused(h.ask("GET", "/api/v1/me", "", "Cookie", half), 401, "problem.unauthenticated")
	h.refused(h.ask("GET", "/account", "", "Cookie", half), 401, "problem.unauthenticated")
	if code, doc := form(url.Values{"code": {authCode(t, secret, h.now)}}, "/login/code", half); code != 401 || doc.Find("#code-fault").Length() != 1 {
		t.Errorf("a code used before = %d, want 401 at the field", code)
	}
	h.now = h.now.Add(31 * time.Second)
	w := h.ask("POST", "/login/code", url.Values{"code": {authCode(t, secret, h.now)}, "next": {"/account"}}.Encode(), "Content-Type", plainForm, "Cookie", half)
	if w.Code != 303 || w.Header().Get("Location") != "/account" {
		t.Fatalf("the right code = %d to %q", w.Code, w.Header().Get("Location"))
	}
	whole := cookieOf(w, "padome")
	if doc := page(t, h.ask("GET", "/account", "", "Cookie", whole)); !strings.Contains(doc.Find("#second").Parent().Text(), "Ieslēgts") {
		t.Error("the account does not say that there is a second factor")
	}
	h.refused(h.ask("GET", "/api/v1/me", "", "Cookie", half), 401, "problem.unauthenticated")
	if w := h.ask("POST", "/api/v1/login", `{"name":"chair","password":"`+password+`","code":"`+recovery+`"}`); w.Code != 200 {
		t.Errorf("a recovery code = %d: %s", w.Code, w.Body)
	}
}

func TestCodesCannotBeGuessedFast(t *testing.T) {
	h := newHouse(t)
	secret := auth.NewSecret()
	second, _, ok := auth.NewSecondFactor(h.now.Add(-time.Hour), secret, authCode(t, secret, h.now.Add(-time.Hour)))
	if !ok {
		t.Fatal("no second factor")
	}
	a := h.memory.accounts["chair"]
	a.SetSecond(&second)
	h.memory.accounts["chair"] = a
	half := cookieOf(h.post("/login", url.Values{"name": {"chair"}, "password": {password}}), "padome")
	codes := map[int]int{}
	for range 20 {
		w := h.ask("POST", "/login/code", url.Values{"code": {"000000"}}.Encode(), "Content-Type", plainForm, "Accept", "text/html", "Cookie", half)
		codes[w.Code]++
	}
	if codes[401] != auth.DefaultLimits.Pair || codes[429] != 20-auth.DefaultLimits.Pair {
		t.Errorf("answers %v, want %d guesses and then none", codes, auth.DefaultLimits.Pair)
	}
}

func TestEndingLoginsAndChangingThePassword(t *testing.T) {
	h := newHouse(t)
	_, mine := h.logIn("chair", password, "User-Agent", "Mozilla/5.0 Firefox/140.0")
	other := h.as("chair")
	own := mine.Name + "=" + mine.Value
	doc := page(t, h.ask("GET", "/account", "", "Cookie", own))
	if got := doc.Find("tbody tr").Length(); got != 2 || !strings.Contains(doc.Find("tbody").Text(), "Firefox") {
		t.Errorf("%d logins: %s", got, doc.Find("tbody").Text())
	}
	h.ask("POST", "/account/logins/end", "login="+doc.Find("input[name=login]").AttrOr("value", ""), "Content-Type", plainForm, "Cookie", own)
	h.refused(h.ask("GET", "/api/v1/me", "", "Authorization", other), 401, "problem.unauthenticated")
	other = h.as("chair")
	w := h.ask("POST", "/account/logins/end", "", "Content-Type", plainForm, "Cookie", own)
	h.refused(h.ask("GET", "/api/v1/me", "", "Authorization", other), 401, "problem.unauthenticated")
	if w.Code != 303 {
		t.Errorf("ending all = %d", w.Code)
	}
	next := "melns kaķis guļ krēslā"
	w = h.ask("POST", "/account/password", url.Values{"current": {"wrong"}, "password": {next}, "again": {next}}.Encode(), "Content-Type", plainForm, "Accept", "text/html", "Cookie", own)
	if got := page(t, w).Find("#current-fault").Length(); w.Code != 422 || got != 1 {
		t.Errorf("a wrong password = %d with %d faults", w.Code, got)
	}
	w = h.ask("POST", "/account/password", url.Values{"current": {password}, "password": {next}, "again": {next}}.Encode(), "Content-Type", plainForm, "Cookie", own)
	if w.Code != 303 || h.ask("GET", "/api/v1/me", "", "Cookie", cookieOf(w, "padome")).Code != 200 {
		t.Errorf("the new password = %d, want to be logged in still", w.Code)
	}
	h.refused(h.ask("GET", "/api/v1/me", "", "Cookie", own), 401, "problem.unauthenticated")
	h.logIn("chair", next)
}
