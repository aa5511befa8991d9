package web

import (
	"slices"
	"strings"
	"testing"

	"padome/minutes"
	"padome/office"
)

func init() {
	const corrections = " /api/v1/sessions/:id/minutes/corrections"
	for route, op := range map[string]op{
		"POST /api/v1/sessions/:id/minutes/reopen":         {summary: "Ask for final minutes that nobody has signed to become a draft again", in: reopenRequest{}, out: minutesView{}},
		"POST /api/v1/sessions/:id/minutes/reopen/confirm": {summary: "Confirm that, as another person than who asked", out: minutesView{}},
		"POST /api/v1/sessions/:id/minutes/reopen/drop":    {summary: "Take the request back, or decline it", out: minutesView{}},
		"GET" + corrections:                                {summary: "Corrections of the minutes", out: listing[correctionView]{}},
		"POST" + corrections:                               {summary: "Draft a correction of signed minutes, which a later session decides on", in: minutes.Wanted{}, out: correctionView{}, status: 201},
		"GET" + corrections + "/:correction":               {summary: "One correction", out: correctionView{}},
		"PUT" + corrections + "/:correction":               {summary: "Change the draft of a correction", in: minutes.Wanted{}, out: correctionView{}},
		"GET" + corrections + "/:correction/pdf":           {summary: "The file of a correction: frozen, byte for byte, or a draft", other: "application/pdf"},
		"POST" + corrections + "/:correction/withdraw":     {summary: "Give up the draft of a correction, with the reason", in: reasonRequest{}, out: correctionView{}},
		"POST" + corrections + "/:correction/finalise":     {summary: "Fix a correction that its session has decided: number, digest, PDF", out: correctionView{}},
		"POST" + corrections + "/:correction/sign":         {summary: "Sign off the correction of this digest", in: proofRequest{}, out: correctionView{}},
	} {
		described[route] = op
	}
	for route, want := range map[string]string{
		"POST /api/v1/sessions/:id/minutes/reopen":                           "401 403 403 404 404 403 403",
		"POST /api/v1/sessions/:id/minutes/reopen/confirm":                   "401 404 404 404 404 404 404",
		"POST /api/v1/sessions/:id/minutes/reopen/drop":                      "401 404 404 404 404 404 404",
		"GET /api/v1/sessions/:id/minutes/corrections":                       "200 200 200 200 200 200 200",
		"POST /api/v1/sessions/:id/minutes/corrections":                      "401 403 403 404 404 403 403",
		"GET /api/v1/sessions/:id/minutes/corrections/:correction":           "404 404 404 404 404 404 404",
		"PUT /api/v1/sessions/:id/minutes/corrections/:correction":           "401 403 403 404 404 403 403",
		"GET /api/v1/sessions/:id/minutes/corrections/:correction/pdf":       "404 404 404 404 404 404 404",
		"POST /api/v1/sessions/:id/minutes/corrections/:correction/withdraw": "401 403 403 404 404 403 403",
		"POST /sessions/:id/minutes/corrections/:correction/withdraw":        "401 404 404 404 404 404 404",
		"POST /api/v1/sessions/:id/minutes/corrections/:correction/finalise": "401 404 404 404 404 404 404",
		"POST /api/v1/sessions/:id/minutes/corrections/:correction/sign":     "401 404 404 404 404 404 404",
		"GET /sessions/:id/minutes/reopen":                                   "401 404 403 409 409 403 404",
		"POST /sessions/:id/minutes/reopen":                                  "401 404 403 404 404 403 404",
		"POST /sessions/:id/minutes/reopen/confirm":                          "401 404 404 404 404 404 404",
		"POST /sessions/:id/minutes/reopen/drop":                             "401 404 404 404 404 404 404",
		"GET /sessions/:id/minutes/correct":                                  "401 404 403 409 409 403 404",
		"POST /sessions/:id/minutes/correct":                                 "401 404 403 409 409 403 404",
		"GET /sessions/:id/minutes/corrections/:correction":                  "404 404 404 404 404 404 404",
		"GET /sessions/:id/minutes/corrections/:correction/change":           "401 404 404 404 404 404 404",
		"POST /sessions/:id/minutes/corrections/:correction/change":          "401 404 404 404 404 404 404",
		"POST /sessions/:id/minutes/corrections/:correction/finalise":        "401 404 404 404 404 404 404",
		"GET /sessions/:id/minutes/corrections/:correction/sign":             "401 404 404 404 404 404 404",
		"POST /sessions/:id/minutes/corrections/:correction/sign":            "401 404 404 404 404 404 404",
	} {
		access[route] = want
	}
}

// TestFinalMinutesAreReopenedAndSignedOnesCorrectedOnPages goes the way of a
// request that a second person confirms, then of a correction.
func TestFinalMinutesAreReopenedAndSignedOnesCorrectedOnPages(t *testing.T) {
	h := newHall(t)
	id := h.held()
	at := minutesAt(id)
	h.press("taker", at, "Sagatavot protokola projektu", 303)
	h.press("taker", at+"/finalise", "Pabeigt protokolu", 303)
	h.press("taker", at+"/reopen", "Lūgt atvērt", 422)
	d := h.press("taker", at+"/reopen", "Lūgt atvērt", 303, "reason", "Nav pielikuma.")
	if got := d.Find("#standing").Text(); !strings.Contains(got, "Nav pielikuma.") || strings.Contains(got, "Atvērt protokolu") {
		t.Errorf("who asked sees %s", got)
	}
	for who, want := range map[string]bool{"state-1": true, "ngo-1": true, "taker": false, "ngo-2": false} {
		if got := slices.Contains(h.todo(who), office.ReopenMinutes); got != want {
			t.Errorf("%s is to answer the request: %t, want %t", who, got, want)
		}
	}
	d = h.press("state-1", at, "Atvērt protokolu", 303)
	if got := d.Find("main").Text(); !strings.Contains(got, "projekts") || !strings.Contains(got, "Iemesls: Nav pielikuma.") {
		t.Errorf("reopened: %s", got)
	}
	h.press("taker", at+"/finalise", "Pabeigt protokolu", 303)
	h.press("officer", at+"/reopen", "Lūgt atvērt", 303, "reason", "Kļūda.")
	if d := h.page("state-1", at+"/sign"); d.Find("main form").Length() != 0 || d.Find("main .panel a[href$='/minutes#standing']").Length() != 1 {
		t.Errorf("while a request waits the chair is shown %s", d.Find("main").Text())
	}
	if d := h.read(h.ask("taker", "GET", at+"/reopen", nil, "Accept", "text/html")); d.Find("main a[href='"+at+"']").Length() != 1 {
		t.Errorf("a second request does not lead back to the minutes: %s", d.Find("main").Text())
	}
	h.press("officer", at, "Atsaukt lūgumu", 303)
	h.signs("state-1", at)
	h.signs("taker", at)

	var next sessionView
	h.do(&next, "officer", "POST", "/api/v1/sessions", aSession("2024-03-27"))
	later := next.ID
	d = h.press("officer", at+"/correct", "Saglabāt labojuma projektu", 422, "decided", later)
	if got := d.Find(".faults, [role=alert]").First().Text(); !strings.Contains(got, "Jābūt") || !strings.Contains(got, "Izvēlieties, kuru vietu protokolā labo.") {
		t.Errorf("without a place and a text: %s", got)
	}
	d = h.press("officer", at+"/correct", "Saglabāt labojuma projektu", 303, "about", "1:opening", "was", "zināšanai", "text", "zināšanai ziņojumu", "ground", "Kļūda.", "decided", later)
	if got := shown(d); !strings.Contains(got, "PROTOKOLA LABOJUMS") || !strings.Contains(got, "1.1. punkts") || !strings.Contains(d.Find(".panel").Text(), "Pabeigt to varēs") {
		t.Errorf("the draft says %s; %s", got, d.Find(".panel").Text())
	}
	page, _ := d.Find("main a[href$='/change']").Attr("href")
	d = h.press("officer", page, "Saglabāt labojuma projektu", 303, "text", "zināšanai pārskatu")
	if got := shown(d); !strings.Contains(got, "zināšanai pārskatu") {
		t.Errorf("changed to %s", got)
	}
	one := strings.TrimSuffix(page, "/change")
	for who, want := range map[string]bool{"officer": true, "state-1": true, "ngo-1": true, "ngo-2": false} {
		if got := slices.Contains(h.todo(who), office.DecideCorrection); got != want {
			t.Errorf("%s is told of the correction to decide on: %t, want %t", who, got, want)
		}
	}
	if got := h.page("officer", "/").Find(".tasks a[href='" + one + "']").Length(); got != 1 {
		t.Errorf("the desk leads %d times to the correction", got)
	}
	if w := h.ask("", "GET", one, nil); w.Code != 404 {
		t.Errorf("the public gets a draft correction: %d", w.Code)
	}
	if w := h.ask("officer", "POST", one+"/finalise", "revision=2&command=c", "Content-Type", plainForm); w.Code != 409 {
		t.Errorf("final before its session: %d", w.Code)
	}
	var all listing[correctionView]
	h.do(&all, "officer", "GET", "/api/v1"+at+"/corrections", nil)
	if len(all.Items) != 1 || all.Items[0].State != minutes.Draft || all.Items[0].Of != "opening" || all.Items[0].Text != "zināšanai pārskatu" {
		t.Errorf("the API lists %+v", all.Items)
	}
	if w := h.ask("officer", "GET", "/api/v1"+one+"/pdf", nil); w.Code != 200 || !strings.HasPrefix(w.Body.String(), "%PDF-") {
		t.Errorf("the draft's file = %d", w.Code)
	}
	h.withdrawn(one)
}

// withdrawn withdraws a draft correction: nobody is asked for it any more, and
// nothing else can be done with it.
func (h *hall) withdrawn(one string) {
	h.Helper()
	if w := h.ask("ngo-2", "POST", one+"/withdraw", "revision=2&command=w&reason=Nevajag", "Content-Type", plainForm); w.Code != 403 && w.Code != 404 {
		h.Errorf("a member withdraws it: %d", w.Code)
	}
	d := h.press("officer", one, "Atsaukt labojuma projektu", 422)
	if got := d.Find("#reason-fault").Length(); got != 1 {
		h.Error("no reason is asked for")
	}
	d = h.press("officer", one, "Atsaukt labojuma projektu", 303, "reason", "Padome nepiekrita.")
	if got := d.Find("main").Text(); !strings.Contains(got, "Padome nepiekrita.") || !strings.Contains(got, "atsaukts") || d.Find("main a[href$='/change']").Length() > 0 {
		h.Errorf("withdrawn, the page reads %s", got)
	}
	for _, who := range []string{"officer", "state-1", "ngo-1"} {
		for _, kind := range []office.TodoKind{office.DecideCorrection, office.FinishCorrection} {
			if slices.Contains(h.todo(who), kind) {
				h.Errorf("%s still has to do %s", who, kind)
			}
		}
	}
	var x correctionView
	h.do(&x, "officer", "GET", "/api/v1"+one, nil)
	if x.State != minutes.GivenUp || x.Withdrawn != "Padome nepiekrita." {
		h.Errorf("the API has %+v", x)
	}
	for path, body := range map[string]any{one + "/finalise": nil, one + "/withdraw": reasonRequest{Reason: "Vēlreiz."}} {
		h.refused(h.ask("officer", "POST", "/api/v1"+path, body, "If-Match", `"3"`), 409, "problem.minutes.correction.given-up")
	}
	if w := h.ask("", "GET", one, nil); w.Code != 404 {
		h.Errorf("the public gets a withdrawn draft: %d", w.Code)
	}
}
