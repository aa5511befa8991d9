package web

import (
	"bytes"
	"mime/multipart"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"padome/council"
	"padome/internal/signature/asice/asicetest"
	"padome/internal/signature/signtest"
	"padome/minutes"
	"padome/office"
)

func init() {
	for route, want := range map[string]string{
		"POST /api/v1/sessions/:id/minutes/signed":                         "401 415 415 415 415 415 415",
		"GET /api/v1/sessions/:id/minutes/signed":                          "401 404 404 404 404 404 404",
		"POST /api/v1/sessions/:id/minutes/corrections/:correction/signed": "401 415 415 415 415 415 415",
		"GET /api/v1/sessions/:id/minutes/corrections/:correction/signed":  "401 404 404 404 404 404 404",
		"GET /sessions/:id/minutes/corrections/:correction/signed":         "401 404 404 404 404 404 404",
		"POST /sessions/:id/minutes/corrections/:correction/signed":        "401 404 404 404 404 404 404",
		"GET /api/v1/people/:id/certificate":                               "401 403 403 404 403 403 404",
		"PUT /api/v1/people/:id/certificate":                               "401 403 403 404 403 403 404",
		"GET /api/v1/trust":                                                "401 403 403 403 403 403 200",
		"PUT /api/v1/trust":                                                "401 403 403 403 403 403 404",
		"GET /sessions/:id/minutes/signed":                                 "401 404 409 409 409 409 404",
		"POST /sessions/:id/minutes/signed":                                "401 404 409 409 409 409 404",
		"GET /people/:id/certificate":                                      "401 403 403 404 403 403 404",
		"POST /people/:id/certificate":                                     "401 403 403 404 403 403 404",
		"GET /settings/trust":                                              "401 403 403 403 403 403 200",
		"POST /settings/trust":                                             "401 403 403 403 403 403 422",
	} {
		access[route] = want
	}
}

// sendSigned sends a form with a file as somebody fills it in.
func (h *hall) sendSigned(who, page, button, name string, file []byte) *httptest.ResponseRecorder {
	h.Helper()
	_, values := h.fields(h.page(who, page), button)
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for field := range values {
		if field != "file" {
			m.WriteField(field, values.Get(field))
		}
	}
	part, err := m.CreateFormFile("file", name)
	if err != nil {
		h.Fatal(err)
	}
	part.Write(file)
	m.Close()
	return h.ask(who, "POST", page, b.String(), "Content-Type", m.FormDataContentType())
}

// signsOutside has the council choose electronic signatures.
func (h *hall) signsOutside() {
	h.Helper()
	op := office.By{Actor: council.Actor{Operator: true, Name: "operators"}}
	set, err := h.office.Settings(h.Context())
	if err == nil {
		set.Signing = council.SignedElectronically
		_, err = h.office.SaveSettings(h.Context(), op, set.Revision, set)
	}
	if err != nil {
		h.Fatal(err)
	}
}

// toSign is a session whose final minutes wait for electronic signatures, with
// the file to sign.
func (h *hall) toSign(w *signtest.World) (page string, frozen []byte) {
	h.Helper()
	h.signsOutside()
	if got := h.sendSigned("admin", "/settings/trust", "Aizstāt uzticamos sertifikātus", "all.pem", w.PEM()); got.Code != 303 {
		h.Fatalf("certificates = %d: %s", got.Code, got.Body)
	}
	id := h.held()
	h.press("taker", minutesAt(id), "Sagatavot protokola projektu", 303)
	h.press("taker", minutesAt(id, "finalise"), "Pabeigt protokolu", 303)
	return minutesAt(id), h.ask("taker", "GET", "/api/v1"+minutesAt(id)+".pdf", nil).Body.Bytes()
}

func TestMinutesSignedOutsideComeBackOnPages(t *testing.T) {
	h := newHall(t)
	w := signtest.New("Tests")
	page, frozen := h.toSign(w)
	chair, taker := w.Person("ZANE KĀRKLIŅA", "PNOLV-010170-10001"), w.Person("ZANE ŽAGARE", "PNOLV-020280-20002")
	at := signtest.Signing{At: time.Unix(h.clock.Load(), 0).Add(-time.Minute)}
	first := w.SignPDF(frozen, chair, at, "S1")
	const send = "Augšupielādēt un pārbaudīt"
	if got := h.sendSigned("state-1", page+"/signed", send, "p.pdf", first); got.Code != 422 || !strings.Contains(got.Body.String(), "Parakstījis cits cilvēks: ZANE KĀRKLIŅA") {
		t.Fatalf("before her certificate is known = %d: %s", got.Code, got.Body)
	}
	h.press("officer", "/people/state-1/certificate", "Saglabāt", 422, "serial", "010170-10001")
	h.press("officer", "/people/state-1/certificate", "Saglabāt", 303, "serial", "PNOLV-010170-10001")
	h.press("officer", "/people/taker/certificate", "Saglabāt", 303, "serial", "PNOLV-020280-20002")
	if got := h.sendSigned("state-1", page+"/signed", send, "p.pdf", first); got.Code != 303 {
		t.Fatalf("the chair's file = %d: %s", got.Code, got.Body)
	}
	d := h.page("taker", page)
	text := d.Find("main").Text()
	for _, want := range []string{"ZANE KĀRKLIŅA", "paraksts ar laika zīmogu (B-T)", "Nav pierādīts, ka sertifikāts nebija atsaukts", "Parakstīts tieši šis dokuments"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if got := h.page("taker", page+"/signed").Find("main ol a").AttrOr("href", ""); got != "/api/v1"+page+"/signed" {
		t.Errorf("the second signer is sent to %q", got)
	}
	for who, want := range map[string]office.TodoKind{"taker": office.SignedMinutes, "officer": office.AwaitMinutes, "ngo-2": office.FileDissent} {
		if got := h.todo(who); !slices.Contains(got, want) {
			t.Errorf("%s has to do %q, want %s", who, got, want)
		}
	}
	if got := h.page("officer", "/").Find(".tasks").Text(); !strings.Contains(got, "protokola parakstus: Z.\u00a0Kārkliņa") {
		t.Errorf("who is waited for: %s", got)
	}
	check := func(file []byte, want ...string) {
		t.Helper()
		got := strings.Join(strings.Fields(h.read(h.checkFile(file)).Find("main").Text()), " ")
		for _, s := range want {
			if !strings.Contains(got, s) {
				t.Errorf("whoever verifies the file is not told %q: %s", s, got)
			}
		}
	}
	check(frozen, "ko padome izdevusi parakstīšanai", "parakstījuši 1 no 2")
	check(first, "tieši tā parakstītā datne")
	second := w.SignPDF(first, taker, at, "S2")
	if got := h.ask("taker", "POST", "/api/v1"+page+"/signed?name=p.pdf", string(second), "Content-Type", "application/pdf"); got.Code != 200 || !strings.Contains(got.Body.String(), `"state":"`+string(minutes.Signed)) {
		t.Fatalf("the second file = %d: %s", got.Code, got.Body)
	}
	check(first, "īsta, bet ne pēdējā", "protokols Nr. 1")
	check(second, "tieši tā parakstītā datne", "paraksts ar laika zīmogu (B-T)", "Kārkliņa")
	check(w.SignPDF(second, chair, at, "S3"), "parakstīta atsevišķi", "Paraksti datnē", "ZANE KĀRKLIŅA – paraksts")
	check(bytes.Replace(second, []byte("/SubFilter /ETSI"), []byte("/SubFilter /ETSX"), 1), "paraksti nav derīgi")
	check(asicetest.Container(w, asicetest.File{Name: "p.pdf", Bytes: frozen}, at.At, chair), "parakstīta atsevišķi")
	check(asicetest.Container(w, asicetest.File{Name: "p.pdf", Bytes: frozen}, at.At, w.Person("KĀDS CITS", "PNOLV-030370-30003")), "KĀDS CITS – paraksts nav derīgs", "Parakstījis cits cilvēks")
	check(asicetest.Container(w, asicetest.File{Name: "p.pdf", Bytes: first}, at.At, chair), "protokols Nr. 1")
	if got := h.ask("", "POST", "/api/v1/verify?name=p.pdf", string(second), "Content-Type", "application/pdf"); got.Code != 200 || !strings.Contains(got.Body.String(), `"file":"signed"`) {
		t.Errorf("over the API = %d: %s", got.Code, got.Body)
	}
	got := h.ask("ngo-5", "GET", "/api/v1"+page+"/signed", nil)
	if !bytes.Equal(got.Body.Bytes(), second) || !strings.Contains(got.Header().Get("Content-Disposition"), "parakstits.pdf") {
		t.Errorf("a member gets %d bytes of %d, %s", got.Body.Len(), len(second), got.Header().Get("Content-Disposition"))
	}
	for _, path := range []string{page, "/api/v1" + page, "/api/v1/people/taker"} {
		for _, who := range []string{"", "ngo-5"} {
			if body := h.ask(who, "GET", path, nil).Body.String(); strings.Contains(body, "20002") {
				t.Errorf("%s shows %q a personal code", path, who)
			}
		}
	}
	if d := h.page("", page); d.Find("a[href$='/minutes/signed']").Length() != 0 || d.Find("#signatures").Length() != 1 {
		t.Error("the public is led to the file, or not told of the signatures")
	}
}

func TestTrustedCertificatesAreReplacedByTheAdministrator(t *testing.T) {
	h := newHall(t)
	const page, replace = "/settings/trust", "Aizstāt uzticamos sertifikātus"
	if got := h.page("admin", page).Find("main").Text(); !strings.Contains(got, "eParaksts Root CA") || !strings.Contains(got, "valsts uzticamības saraksta") {
		t.Errorf("at first: %s", got)
	}
	if w := h.sendSigned("admin", page, replace, "x.pem", []byte("x")); w.Code != 422 || !strings.Contains(w.Body.String(), "nav nolasāmu sertifikātu") {
		t.Errorf("no certificates = %d", w.Code)
	}
	if w := h.sendSigned("admin", page, replace, "x.pem", signtest.New("Tests").PEM()); w.Code != 303 {
		t.Errorf("certificates = %d: %s", w.Code, w.Body)
	}
	if got := h.page("admin", page).Find("main").Text(); !strings.Contains(got, "Tests Root CA") || strings.Contains(got, "eParaksts") {
		t.Errorf("replaced: %s", got)
	}
	h.press("admin", page, "Atgriezties pie programmai līdzi dotajiem", 303)
	if got := h.page("admin", page).Find("main").Text(); !strings.Contains(got, "eParaksts Root CA") {
		t.Errorf("back: %s", got)
	}
}
