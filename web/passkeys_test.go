package web

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"padome/council"
	"padome/internal/auth"
	"padome/internal/auth/passkey"
	"padome/internal/auth/passkey/passkeytest"
)

func init() {
	maps.Copy(access, map[string]string{
		"GET /api/v1/passkeys":               "401 200 200 200 200 200 200",
		"POST /api/v1/passkeys":              "401 409 409 409 409 409 409",
		"POST /api/v1/passkeys/begin":        "401 409 409 409 409 409 409",
		"POST /api/v1/passkeys/proof":        "401 409 409 409 409 409 409",
		"POST /api/v1/passkeys/:key/rename":  "401 404 404 404 404 404 404",
		"POST /api/v1/passkeys/:key/remove":  "401 404 404 404 404 404 404",
		"POST /api/v1/login/passkey":         "401 401 401 401 401 401 401",
		"POST /api/v1/login/passkey/begin":   "409 409 409 409 409 409 409",
		"GET /account/passkeys/new":          "401 200 200 200 200 200 200",
		"POST /account/passkeys/new":         "401 409 409 409 409 409 409",
		"POST /account/passkeys":             "401 409 409 409 409 409 409",
		"GET /account/passkeys/:key":         "401 404 404 404 404 404 404",
		"POST /account/passkeys/:key":        "401 404 404 404 404 404 404",
		"POST /account/passkeys/:key/remove": "401 404 404 404 404 404 404",
		"POST /login/passkey":                "401 401 401 401 401 401 401",
	})
	maps.Copy(withoutRevision, map[string]string{
		"POST /api/v1/passkeys":             "answers a challenge, which works once",
		"POST /api/v1/passkeys/begin":       "makes a challenge",
		"POST /api/v1/passkeys/proof":       "makes a challenge",
		"POST /api/v1/passkeys/:key/rename": "the name given last counts",
		"POST /api/v1/passkeys/:key/remove": "who asks proves who they are",
		"POST /api/v1/login/passkey":        "makes a login",
		"POST /api/v1/login/passkey/begin":  "makes a challenge",
	})
	maps.Copy(described, map[string]op{
		"GET /api/v1/passkeys":              {summary: "The passkeys of one's own account", out: listing[passkeyView]{}},
		"POST /api/v1/passkeys/begin":       {summary: "Ask for a new passkey, with the password and the code of the second factor where there is one, or with a passkey: what the browser is to be asked for (PublicKeyCredentialCreationOptions in JSON)", in: beginPasskeyRequest{}, out: passkey.Creation{}},
		"POST /api/v1/passkeys":             {summary: "Keep the passkey that the browser has made; every other login ends, and recovery codes are told where the account had none", in: addPasskeyRequest{}, out: addPasskeyAnswer{}, status: 201},
		"POST /api/v1/passkeys/proof":       {summary: "Ask for a passkey in place of password and code, for the digest of what was shown, or for account, retention or export (PublicKeyCredentialRequestOptions in JSON)", in: passkeyProofRequest{}, out: passkey.Request{}},
		"POST /api/v1/passkeys/:key/rename": {summary: "Give a passkey another name", in: renamePasskeyRequest{}, out: passkeyView{}},
		"POST /api/v1/passkeys/:key/remove": {summary: "Remove a passkey; every other login ends", in: ownerRequest{}, out: loginAnswer{}},
		"POST /api/v1/login/passkey/begin":  {summary: "Ask for a passkey to log in by; a cookie binds its answer to this browser", out: passkey.Request{}},
		"POST /api/v1/login/passkey":        {summary: "Log in by what a passkey has answered", in: passkeyLogInRequest{}, out: loginAnswer{}},
	})
}

// keysAt is where the tests of passkeys reach the server.
var keysAt, _ = passkey.SiteOf("http://localhost:8080")

// asks is ask at an address that has passkeys.
func (h *hall) asks(who, method, path string, body any, headers ...string) *httptest.ResponseRecorder {
	h.Helper()
	r := h.request(who, method, path, body, headers...)
	r.Host = "localhost:8080"
	w := httptest.NewRecorder()
	h.server.Handler().ServeHTTP(w, r)
	return w
}

// answered reads an answer that must have the status.
func answered[T any](t testing.TB, w *httptest.ResponseRecorder, status int) (v T) {
	t.Helper()
	if err := json.Unmarshal(w.Body.Bytes(), &v); w.Code != status || err != nil {
		t.Fatalf("%d (%v): %s", w.Code, err, w.Body)
	}
	return v
}

// addKey gives somebody a passkey, by the API.
func (h *hall) addKey(who, name string) (*passkeytest.Device, addPasskeyAnswer) {
	h.Helper()
	device := passkeytest.New(keysAt)
	asked := answered[passkey.Creation](h, h.asks(who, "POST", passkeysAt+"/begin", beginPasskeyRequest{name, ownerRequest{Current: password}}), 200)
	added := answered[addPasskeyAnswer](h, h.asks(who, "POST", passkeysAt, addPasskeyRequest{name, device.Make(asked)}), 201)
	h.tokens[who] = added.Login.Token
	return device, added
}

// proves is what a device answers for a digest.
func (h *hall) proves(who, digest string, device *passkeytest.Device) string {
	h.Helper()
	return device.Use(answered[passkey.Request](h, h.asks(who, "POST", passkeysAt+"/proof", passkeyProofRequest{digest}), 200))
}

// logsIn answers as a browser without a login does.
func (h *hall) logsIn(device *passkeytest.Device, cookie func(asked *http.Cookie) string) *httptest.ResponseRecorder {
	h.Helper()
	w := h.asks("", "POST", passkeyLogIn+"/begin", nil)
	answer := device.Use(answered[passkey.Request](h, w, 200))
	return h.asks("", "POST", passkeyLogIn, passkeyLogInRequest{answer}, "Cookie", cookie(w.Result().Cookies()[0]))
}

func own(asked *http.Cookie) string { return asked.Name + "=" + asked.Value }

func TestAPasskeyFromItsBeginningToAnApproval(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	digest := h.submitted(s)
	before := h.token("state-1")
	device, added := h.addKey("state-1", "Tālrunis")
	if len(added.Recovery) != 10 || len(added.Passkeys) != 1 || added.Passkeys[0].Site != "localhost" {
		t.Errorf("added %+v", added)
	}
	h.tokens["state-1"] = before
	h.refused(h.ask("state-1", "GET", "/api/v1/me", nil), 401, "problem.unauthenticated")
	login := answered[loginAnswer](t, h.logsIn(device, own), 200)
	if h.tokens["state-1"] = login.Token; login.Person != "state-1" {
		t.Errorf("logged in as %q", login.Person)
	}
	// From now on the password alone lets nobody in, and proves nothing.
	h.refused(h.ask("", "POST", "/api/v1/login", loginRequest{Name: "state-1", Password: password}), 401, "problem.login.code.missing")
	answered[loginAnswer](t, h.ask("", "POST", "/api/v1/login", loginRequest{Name: "state-1", Password: password, Code: added.Recovery[0]}), 200)
	approve := of(s) + "/agenda/approve"
	h.refused(h.ask("state-1", "POST", approve, proofRequest{Digest: digest, Current: password}), 422, "code problem.proof.code")
	other := h.proves("state-1", strings.Repeat("0", 64), device)
	h.refused(h.asks("state-1", "POST", approve, proofRequest{Digest: digest, Passkey: other}), 422, "passkey problem.passkey.challenge")
	answer := h.proves("state-1", digest, device)
	answered[agendaView](t, h.asks("state-1", "POST", approve, proofRequest{Digest: digest, Passkey: answer}), 200)
	h.refused(h.asks("state-1", "POST", passkeysAt+"/begin", beginPasskeyRequest{"B", ownerRequest{Passkey: answer}}), 422, "passkey problem.passkey.challenge")
}

func TestALoginByPasskeyIsOfTheBrowserThatAsked(t *testing.T) {
	h := newHall(t)
	device, _ := h.addKey("ngo-1", "A")
	for name, cookie := range map[string]func(*http.Cookie) string{
		"no browser":      func(*http.Cookie) string { return "" },
		"another browser": func(k *http.Cookie) string { return k.Name + "=another" },
	} {
		if w := h.logsIn(device, cookie); w.Code != 401 || !strings.Contains(w.Body.String(), "problem.passkey.challenge") {
			t.Errorf("%s = %d: %s", name, w.Code, w.Body)
		}
	}
	elsewhere := *device
	elsewhere.Origin = "http://localhost:9999"
	if w := h.logsIn(&elsewhere, own); w.Code != 401 || !strings.Contains(w.Body.String(), "problem.passkey.origin") {
		t.Errorf("another port = %d: %s", w.Code, w.Body)
	}
	h.refused(h.ask("", "POST", passkeyLogIn+"/begin", nil), 409, "problem.passkey.address") // at a host that anybody may name
	answered[loginAnswer](t, h.logsIn(device, own), 200)
}

func TestOneMachineCannotFillTheStoreWithChallenges(t *testing.T) {
	h := newHall(t)
	codes := map[int]int{}
	for range challengeLimits.Pair + 20 {
		codes[h.asks("", "POST", passkeyLogIn+"/begin", nil).Code]++
	}
	if codes[200] != challengeLimits.Pair || codes[429] != 20 {
		t.Errorf("answers %v", codes)
	}
}

// byForm sends a form at an address that has passkeys, as somebody in a browser.
func (h *hall) byForm(who, path string, form url.Values) *httptest.ResponseRecorder {
	h.Helper()
	return h.asks(who, "POST", path, form.Encode(), "Content-Type", plainForm, "Accept", "text/html")
}

func TestPasskeysOnPages(t *testing.T) {
	h := newHall(t)
	if got := page(t, h.asks("ngo-1", "GET", "/account", nil)); got.Find(`a[href="/account/passkeys/new"]`).Length() != 1 {
		t.Error("the account page leads to no new passkey")
	}
	if w := h.byForm("ngo-1", "/account/passkeys/new", url.Values{"name": {"A"}}); w.Code != 422 || page(t, w).Find("#current-fault").Length() != 1 {
		t.Errorf("a new key of nobody known = %d", w.Code)
	}
	made := page(t, h.byForm("ngo-1", "/account/passkeys/new", url.Values{"name": {"A"}, "current": {password}}))
	var asked passkey.Creation
	if err := json.Unmarshal([]byte(made.Find("[data-make]").AttrOr("data-make", "")), &asked); err != nil {
		t.Fatal(err)
	}
	device := passkeytest.New(keysAt)
	device.Unverified = true
	if w := h.byForm("ngo-1", "/account/passkeys", url.Values{"name": {"A"}, "passkey": {device.Make(asked)}}); w.Code != 422 || !strings.Contains(page(t, w).Find(".faults").Text(), "PIN") {
		t.Errorf("a device that verifies nobody = %d: %s", w.Code, page(t, w).Find(".faults").Text())
	}
	device, _ = h.addKey("ngo-1", "A")
	one := "/account/passkeys/" + device.ID()
	if w := h.byForm("ngo-1", one, url.Values{"name": {"Darba dators"}}); w.Code != 303 {
		t.Errorf("renamed = %d", w.Code)
	}
	if got := page(t, h.asks("ngo-1", "GET", "/account", nil)); got.Find(`a[href="`+one+`"]`).Text() != "Darba dators" {
		t.Error("the account page does not list the key by its name")
	}
	if w := h.asks("ngo-2", "GET", one, nil, "Accept", "text/html"); w.Code != 404 {
		t.Errorf("another person's key = %d", w.Code)
	}
	if w := h.byForm("ngo-1", one+"/remove", url.Values{"current": {password}}); w.Code != 422 || page(t, w).Find("#code-fault").Length() != 1 {
		t.Errorf("removed by the password alone = %d", w.Code)
	}
	if w := h.byForm("ngo-1", one+"/remove", url.Values{"passkey": {h.proves("ngo-1", "account", device)}}); w.Code != 303 {
		t.Errorf("removed by itself = %d: %s", w.Code, page(t, w).Find(".faults").Text())
	}
	begun := h.asks("", "POST", passkeyLogIn+"/begin", nil)
	answer := device.Use(answered[passkey.Request](t, begun, 200))
	w := h.asks("", "POST", "/login/passkey", url.Values{"passkey": {answer}}.Encode(), "Content-Type", plainForm, "Accept", "text/html", "Cookie", own(begun.Result().Cookies()[0]))
	if w.Code != 401 || !strings.Contains(page(t, w).Find(".faults").Text(), "Šādas piekļuves atslēgas") {
		t.Errorf("logged in by a removed key = %d: %s", w.Code, page(t, w).Find(".faults").Text())
	}
}

func TestAPasskeyIsTheSecondFactorThatTheCouncilRequires(t *testing.T) {
	h := newHall(t)
	x, err := h.office.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	x.SecondRequired = true
	if _, err := h.office.SaveSettings(t.Context(), operator, x.Revision, x); err != nil {
		t.Fatal(err)
	}
	person := council.Person{Given: "Ilze", Surname: "Bērza", Gender: council.Feminine}
	h.refused(h.ask("officer", "POST", "/api/v1/people", personRequest{Given: person.Given, Surname: person.Surname, Gender: person.Gender}), 403, "problem.access.second")
	h.addKey("officer", "A")
	if w := h.ask("officer", "POST", "/api/v1/people", personRequest{Given: person.Given, Surname: person.Surname, Gender: person.Gender}); w.Code != 201 {
		t.Errorf("with a passkey = %d: %s", w.Code, w.Body)
	}
	var a auth.Account
	if a, err = h.office.Logins().Account(t.Context(), "officer"); err != nil || !a.HasSecond() {
		t.Error(err)
	}
}
