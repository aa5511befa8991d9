package web

import (
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	paper "padome/internal/document"
	"padome/internal/locale"
)

func init() {
	for route, want := range map[string]string{
		"GET /sessions/:id/minutes":              "404 404 200 200 200 200 404",
		"POST /sessions/:id/minutes/draft":       "401 404 403 404 404 403 404",
		"POST /sessions/:id/minutes/items/:item": "401 403 403 404 404 403 403",
		"GET /sessions/:id/minutes/annexes":      "401 404 404 404 404 404 404",
		"POST /sessions/:id/minutes/annexes":     "401 404 404 404 404 404 404",
		"GET /sessions/:id/minutes/finalise":     "401 404 404 404 404 404 404",
		"POST /sessions/:id/minutes/finalise":    "401 404 404 404 404 404 404",
		"GET /sessions/:id/minutes/sign":         "401 404 409 409 409 409 404",
		"POST /sessions/:id/minutes/sign":        "401 404 409 409 409 409 404",
	} {
		access[route] = want
	}
}

// held is a session that has been closed, with one item postponed.
func (h *hall) held() string {
	h.Helper()
	s := h.prepared("2024-02-28")
	item := h.proposed("Par nodokļu atvieglojumiem")
	h.over(s, item.ID)
	return s.ID
}

// shown are the words of a preview.
func shown(d *goquery.Document) string {
	return strings.Join(strings.Fields(d.Find(".folio").Text()), " ")
}

func TestMinutesAreDraftedEditedFinalisedAndSignedOnPages(t *testing.T) {
	h := newHall(t)
	id := h.held()
	at := minutesAt(id)
	if d := h.page("ngo-2", at); d.Find("main button").Length() != 0 {
		t.Error("a member can draft the minutes")
	}
	d := h.press("taker", at, "Sagatavot protokola projektu", 303)
	if d.Find(".items > li").Length() < 4 || !strings.Contains(d.Find("#standing").Text(), "jāpārbauda") {
		t.Fatalf("drafted: %s", d.Find("main").Text())
	}
	h.editsOneByOne(at)

	h.press("taker", at+"/annexes", "Saglabāt pielikumus", 422, "annexes-0-title", "Pārskats", "annexes-0-pages", "daudz")
	d = h.press("taker", at+"/annexes", "Saglabāt pielikumus", 303, "annexes-0-title", "Pārskats par 2023. gadu", "annexes-0-pages", "12")
	if got := shown(d); !strings.Contains(got, "Pārskats par 2023. gadu uz 12 lp.") {
		t.Errorf("the preview lacks the annex: %s", got)
	}
	d = h.page("taker", at+"/finalise")
	if got := d.Find(".rows").Text(); !strings.Contains(got, "Nr. 1 (2024. gads)") {
		t.Errorf("the check page says %q", got)
	}
	d = h.press("taker", at+"/finalise", "Pabeigt protokolu", 303)
	if got := d.Find("h1").Text(); !strings.Contains(got, "protokols Nr. 1") || !strings.Contains(got, "gaida parakstus") {
		t.Fatalf("final: %s", got)
	}
	if w := h.ask("", "GET", at, nil); w.Code != 404 {
		t.Errorf("the public gets unsigned minutes: %d", w.Code)
	}
	h.signs("state-1", at)
	if w := h.ask("officer", "POST", at+"/sign", "digest=0", "Content-Type", plainForm); w.Code != 403 {
		t.Errorf("who is no signer gets %d, want 403", w.Code)
	}
	h.signs("taker", at)
	d = h.page("", at)
	if got := d.Find("main").Text(); !strings.Contains(got, "parakstīts") || d.Find("a[href*='minutes.pdf']").Length() != 1 || d.Find("main form").Length() != 0 {
		t.Errorf("the public sees %s", got)
	}
}

// editsOneByOne edits the first part, saves as if typed, meets a conflict, and
// takes the drafted text back.
func (h *hall) editsOneByOne(at string) {
	h.Helper()
	d := h.page("taker", at)
	path, values := h.fields(d, "Saglabāt "+d.Find(".items li h3").First().Clone().Text()[3:])
	text := "Ziņo: Z. Kārkliņa\nNolemj:\n1.1. Pieņemt zināšanai."
	values.Set("text", text)
	w := h.ask("taker", "POST", path, values.Encode(), "Content-Type", plainForm, "Padome-Autosave", "1")
	saved := h.read(w)
	if w.Code != 200 || saved.Find("form").Length() != 1 || saved.Find("textarea").Text() != text {
		h.Fatalf("saved as typed = %d: %s", w.Code, w.Body)
	}
	values.Set("text", "Ziņo: cits")
	values.Set("command", "other")
	if w := h.ask("officer", "POST", path, values.Encode(), "Content-Type", plainForm, "Accept", "text/html"); w.Code != 409 {
		h.Errorf("an edit of another text = %d: %s", w.Code, w.Body)
	} else if both := h.read(w); both.Find("#part-1 .faults .inset").Text() != text || both.Find("#part-1 textarea").Text() != "Ziņo: cits" {
		h.Errorf("a conflict shows %s", both.Find("#part-1").Text())
	}
	d = h.page("taker", at)
	if got := shown(d); !strings.Contains(got, "PROJEKTS") || !strings.Contains(got, "1.1. Pieņemt zināšanai.") {
		h.Errorf("the preview says %s", got)
	}
	second := d.Find(".items > li").Eq(1)
	title := strings.TrimSpace(second.Find("h3").Text())[3:]
	edited := h.press("taker", at, "Saglabāt "+title, 303, "text", "Ziņo: Z. Kārkliņa")
	if got := edited.Find(".items > li").Eq(1).Text(); !strings.Contains(got, "Tekstu laboja") {
		h.Errorf("edited: %s", got)
	}
	back := h.press("taker", at, "Atjaunot sagatavoto tekstu "+title, 303)
	if got := back.Find(".items > li").Eq(1); strings.Contains(got.Text(), "Tekstu laboja") || got.Find("textarea").Text() != second.Find("textarea").Text() {
		h.Errorf("taken back: %s", got.Text())
	}
}

// signs has one signer go through both pages: without the password there is no
// signature, and the receipt names the digest.
func (h *hall) signs(who, at string) {
	h.Helper()
	page := at + "/sign"
	check := h.press(who, page, "Turpināt", 200)
	_, values := h.fields(check, "Parakstīt protokolu")
	for _, wrong := range []string{"", "cita parole 123"} {
		values.Set("current", wrong)
		values.Set("command", "with "+wrong)
		if w := h.ask(who, "POST", page, values.Encode(), "Content-Type", plainForm); w.Code != 422 {
			h.Errorf("signed with the password %q: %d", wrong, w.Code)
		}
	}
	values.Set("current", password)
	stale := url.Values{}
	for k, v := range values {
		stale[k] = v
	}
	stale.Set("digest", strings.Repeat("0", 64))
	if w := h.ask(who, "POST", page, stale.Encode(), "Content-Type", plainForm); w.Code != 409 {
		h.Errorf("signed another digest: %d", w.Code)
	}
	w := h.ask(who, "POST", page, values.Encode(), "Content-Type", plainForm)
	if w.Code != 303 {
		h.Fatalf("%s signs = %d: %s", who, w.Code, w.Body)
	}
	d := h.page(who, w.Header().Get("Location"))
	if got := d.Find(".panel.done .code").Text(); got != values.Get("digest") || len(got) != 64 {
		h.Errorf("the receipt of %s names %q, want %q", who, got, values.Get("digest"))
	}
	if d.Find("main form").Length() != 0 {
		h.Errorf("%s can sign twice", who)
	}
}

// The preview says word for word what the PDF is drawn from.
func TestThePreviewOfMinutesIsTheDocument(t *testing.T) {
	h := newHall(t)
	id := h.held()
	h.press("taker", minutesAt(id), "Sagatavot protokola projektu", 303)
	for _, lang := range locale.Langs {
		a, err := h.office.Actor(h.Context(), "taker", h.office.Today())
		if err != nil {
			t.Fatal(err)
		}
		d, err := h.office.MinutesDocument(h.Context(), a, lang, id)
		if err != nil {
			t.Fatal(err)
		}
		whole := h.readText(paper.HTML(d))
		if got := shown(h.page("taker", minutesAt(id)+"?lang="+string(lang))); got != whole || len(got) < 500 {
			t.Errorf("%s: the preview says\n%s\nthe document\n%s", lang, got, whole)
		}
	}
}

func (h *hall) readText(page string) string {
	h.Helper()
	d, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		h.Fatal(err)
	}
	return strings.Join(strings.Fields(d.Find("main").Text()), " ")
}
