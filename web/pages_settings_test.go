package web

import (
	"bytes"
	"image"
	picture "image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"padome/council"
)

func init() {
	for route, want := range map[string]string{
		"GET /settings":                    "401 403 403 200 403 403 200",
		"POST /settings":                   "401 403 403 404 403 403 404",
		"GET /settings/calendar":           "401 403 403 200 403 403 200",
		"POST /settings/calendar":          "401 403 403 404 403 403 404",
		"GET /settings/arms":               "401 403 403 200 403 403 200",
		"POST /settings/arms":              "401 403 403 422 403 403 422",
		"POST /settings/arms/remove":       "401 403 403 404 403 403 404",
		"GET /arms":                        "404 404 404 404 404 404 404",
		"GET /accounts":                    "401 403 403 200 403 403 200",
		"GET /accounts/new":                "401 403 403 200 403 403 200",
		"POST /accounts/new":               "401 403 403 422 403 403 422",
		"GET /accounts/:id":                "401 403 403 404 403 403 404",
		"POST /accounts/:id/reset":         "401 403 403 404 403 403 404",
		"POST /accounts/:id/end-logins":    "401 403 403 404 403 403 404",
		"POST /accounts/:id/forget-second": "401 403 403 404 403 403 404",
		"POST /accounts/:id/disable":       "401 403 403 404 403 403 404",
		"POST /accounts/:id/enable":        "401 403 403 404 403 403 404",
	} {
		access[route] = want
	}
}

func TestSettingsAreArrangedOnPages(t *testing.T) {
	h := newHall(t)
	d := h.press("officer", "/settings", "Saglabāt", 422, "accent", "#ffd23f", "seatsPerSide", "0")
	if got := d.Find(".faults").Text(); !strings.Contains(got, "Pamatkrāsa") || !strings.Contains(got, "Vietu skaits") {
		t.Errorf("a colour that cannot be read: %q", got)
	}
	d = h.press("officer", "/settings", "Saglabāt", 303, "accent", "#7a1f2b", "short", "Nākotnes padome", "weekday", "2", "reminders-before", "3",
		"contact", "sekretariats@padome.example.lv")
	if got := d.Find("header .home").Text(); got != "Nākotnes padome" {
		t.Errorf("the head of the page names %q", got)
	}
	for _, page := range []string{"/accessibility main", "/accessibility .foot"} {
		path, part, _ := strings.Cut(page, " ")
		if got := h.page("", path).Find(part).Text(); !strings.Contains(got, "Sekretariāts: sekretariats@padome.example.lv") {
			t.Errorf("%s does not say how the secretariat is reached: %s", page, got)
		}
	}
	sheet := d.Find("link[rel=stylesheet]").Last().AttrOr("href", "")
	w := h.ask("", "GET", sheet, nil)
	if got := w.Body.String(); !strings.Contains(got, "#7a1f2b") || w.Header().Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("the style sheet %s: %s", sheet, got)
	}
	d = h.press("officer", "/settings/calendar", "Saglabāt", 422, "moved-7-free", "2027-05-08", "moved-7-worked", "2027-05-15")
	if got := d.Find(".faults a").AttrOr("href", ""); got != "#moved-7-free" {
		t.Errorf("the fault leads to %q", got)
	}
	d = h.press("officer", "/settings/calendar", "Saglabāt", 303, "moved-7-free", "2027-05-03", "moved-7-worked", "2027-05-08", "extra-1-date", "2028-07-09", "extra-1-name", "Svētki", "extra-1-nameEn", "Festival")
	if d.Find("#moved-7-free").AttrOr("value", "") != "2027-05-03" || d.Find("#extra-1-name").AttrOr("value", "") != "Svētki" {
		t.Error("the days are not kept")
	}
}

// sendArms sends a picture as a browser does.
func (h *hall) sendArms(data []byte) *httptest.ResponseRecorder {
	h.Helper()
	_, values := h.fields(h.page("officer", "/settings/arms"), "Augšupielādēt")
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name := range values {
		if name != "arms" {
			m.WriteField(name, values.Get(name))
		}
	}
	part, err := m.CreateFormFile("arms", "arms.png")
	if err != nil {
		h.Fatal(err)
	}
	part.Write(data)
	m.Close()
	return h.ask("officer", "POST", "/settings/arms", b.String(), "Content-Type", m.FormDataContentType())
}

func TestSettingsTakeArmsThatAreAPicture(t *testing.T) {
	h := newHall(t)
	var drawn bytes.Buffer
	if err := picture.Encode(&drawn, image.NewGray(image.Rect(0, 0, 20, 20))); err != nil {
		t.Fatal(err)
	}
	if w := h.sendArms([]byte("<svg/>")); w.Code != 422 || !strings.Contains(w.Body.String(), "PNG vai JPEG attēls") {
		t.Errorf("a drawing that can hold a script = %d", w.Code)
	}
	if w := h.sendArms(drawn.Bytes()); w.Code != 303 {
		t.Fatalf("a picture = %d: %s", w.Code, w.Body)
	}
	at := h.page("", "/").Find("img.arms").AttrOr("src", "")
	w := h.ask("", "GET", at, nil)
	if w.Header().Get("Content-Type") != "image/png" || !bytes.Equal(w.Body.Bytes(), drawn.Bytes()) || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("%s = %d %v", at, w.Code, w.Header())
	}
	if got := h.ask("", "GET", "/api/v1/settings", nil).Body.String(); strings.Contains(got, `"arms"`) {
		t.Errorf("the settings carry the picture: %s", got)
	}
	h.press("officer", "/settings", "Saglabāt", 303, "short", "Padome")
	d := h.press("officer", "/settings/arms", "Noņemt ģerboni", 303)
	if d.Find("img.arms").Length() != 0 {
		t.Error("the arms are still there")
	}
}

func TestRegistersAnAccountByAOneTimeLink(t *testing.T) {
	h := newHall(t)
	h.press("admin", "/accounts/new", "Izveidot kontu", 422, "name", "x", "person", "ngo-2")
	action, values := h.fields(h.page("admin", "/accounts/new"), "Izveidot kontu")
	values.Set("name", "jauns")
	values.Set("person", "ngo-2")
	w := h.ask("admin", "POST", "/accounts/new"+action, values.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	link := h.read(w).Find(".code").Text()
	_, path, _ := strings.Cut(link, "/setup/")
	if d := h.page("", "/setup/"+path); d.Find("input[type=password]").Length() != 2 {
		t.Errorf("the link %q leads to no choice of a password", link)
	}
	h.page("ngo-3", "/sessions")
	d := h.press("admin", "/accounts/ngo-3", "Pārtraukt visās ierīcēs", 303)
	if got := d.Find("main").Text(); strings.Contains(got, "ierīcē") {
		t.Errorf("logins after they were ended: %q", got)
	}
	d = h.press("admin", "/accounts/ngo-3", "Slēgt kontu", 303)
	if got := d.Find("h1").Text(); !strings.Contains(got, "slēgts") {
		t.Errorf("disabled: %q", got)
	}
	h.press("admin", "/accounts/ngo-3", "Atvērt kontu", 303)
	if d := h.page("admin", "/accounts/admin"); d.Find("main form").Length() != 0 {
		t.Error("one can reset one's own account")
	}
}

func TestRegistersHoldBackPowersWithoutASecondFactor(t *testing.T) {
	h := newHall(t)
	h.press("admin", "/settings", "Saglabāt", 422, "secondRequired", "on")
	set := council.DefaultSettings()
	set.SecondRequired = true
	if _, err := h.office.SaveSettings(h.Context(), operator, 0, set); err != nil {
		t.Fatal(err)
	}
	w := h.ask("officer", "GET", "/settings", nil)
	if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "otro pieteikšanās soli") {
		t.Errorf("without a second factor = %s", strconv.Itoa(w.Code))
	}
	h.refused(h.ask("officer", "POST", "/api/v1/people", personRequest{}), 403, "problem.access.second")
	asked := 0
	for _, r := range h.server.routes() {
		if r.Method == "GET" || r.Policy.name == Public.name || strings.HasPrefix(r.Path, "/account/") || below(r.Path, passkeysAt) || slices.Contains([]string{"/api/v1/logout", "/api/v1/password"}, r.Path) {
			continue
		}
		asked++
		if w := h.ask("state-1", r.Method, strings.ReplaceAll(r.Path, ":", ""), "{}"); w.Code != http.StatusForbidden {
			t.Errorf("%s %s by who has no second factor = %d", r.Method, r.Path, w.Code)
		}
	}
	if asked < 100 {
		t.Errorf("only %d ways to change something", asked)
	}
	for who, path := range map[string]string{"officer": "mandates", "state-1": "sessions/none/agenda/approve", "ngo-1": "sessions/none/agenda/approve", "admin": "mandates"} {
		h.refused(h.ask(who, "POST", "/api/v1/"+path, "{}"), 403, "problem.access.second")
		h.giveSecond(who)
		if w := h.ask(who, "POST", "/api/v1/"+path, "{}"); w.Code == 403 {
			t.Errorf("%s with a second factor is still held back: %s", who, w.Body)
		}
	}
	h.page("officer", "/account")
	h.page("officer", "/sessions")
	h.page("ngo-2", "/people/ngo-2")
}
