package web

import (
	"net/url"
	"strings"
	"testing"

	"padome/council"
	"padome/minutes"
	"padome/plan"
)

func init() {
	for route, want := range map[string]string{
		"GET /decisions":                               "200 200 200 200 200 200 200",
		"GET /decisions/:id":                           "404 404 404 404 404 404 404",
		"GET /decisions/:id/report":                    "401 403 404 404 404 404 403",
		"POST /decisions/:id/report":                   "401 403 404 404 404 404 403",
		"GET /decisions/:id/reports/:report/evidence":  "401 403 404 404 404 404 403",
		"POST /decisions/:id/reports/:report/evidence": "401 403 404 404 404 404 403",
		"GET /reminders":                               "401 403 403 200 403 403 403",
		"POST /reminders":                              "401 403 403 404 403 403 403",
	} {
		access[route] = want
	}
}

// owedDecision holds the session of February, whose minutes are not signed yet,
// and gives a decision of it for the Ministry of Finance, due in a week.
func (h *hall) owedDecision() (s council.Session, id string) {
	h.Helper()
	s = h.prepared("2024-02-28")
	p := h.proposed("Par ziedojumiem")
	h.opened(s)
	h.dealWith(s, "")
	var r recordView
	h.do(&r, "taker", "GET", of(s)+"/record", nil)
	for _, x := range r.Items {
		if x.Item.ID == p.ID {
			id = x.Decisions[0].ID
		}
	}
	clause := minutes.Clause{Wording: "Sagatavot aprēķinu.", Addressee: "Finanšu ministrija", Deadline: "2024-03-06", Tasks: []plan.Ref{{Revision: 1, Measure: 3, Task: 1}}}
	h.do(nil, "taker", "PUT", "/api/v1/decisions/"+id, clause, seen(`"1"`)...)
	tag := h.do(nil, "officer", "GET", of(s), nil)
	h.do(nil, "officer", "POST", of(s)+"/close", closeRequest{"12:45"}, seen(tag)...)
	return s, id
}

// The secretariat reminds, the addressee reports with a document, and everybody
// reads it once the minutes are signed: all with pages alone.
func TestDecisionsAreFollowedUpWithPagesAlone(t *testing.T) {
	h := newHall(t)
	h.says(h.page("", "/decisions"), "Lēmumu vēl nav")
	s, id := h.owedDecision()
	at := decisionAt(id)
	h.says(h.page("", "/decisions"), "Lēmumu vēl nav")
	if w := h.ask("", "GET", at, nil); w.Code != 404 {
		t.Errorf("the public sees a decision before its minutes are signed: %d", w.Code)
	}
	h.signed(s)
	h.at("2024-03-01", "10:00")
	h.says(h.page("officer", "/reminders"), "Termiņš 2024. gada 6. marts; līdz tam palikušas 5 dienas.", "ATGĀDINĀJUMS")
	h.says(h.page("officer", "/"), "Nosūtīt 1 atgādinājumu par lēmumu izpildi")
	d := h.press("officer", "/reminders", "Atzīmēt kā nosūtītu", 422, "to", strings.Repeat("ā", 301))
	h.says(d, "Kam nosūtīts: ")
	h.says(h.press("officer", "/reminders", "Atzīmēt kā nosūtītu", 303), "Šodien nav atgādinājumu")
	h.says(h.page("ngo-2", at), "Nosūtīts: Finanšu ministrija")

	if w := h.ask("ngo-2", "GET", at+"/report", nil); w.Code != 403 {
		t.Errorf("somebody else's report = %d", w.Code)
	}
	h.says(h.press("officer", at+"/report", "Iesniegt ziņojumu", 422), "Kas paveikts: ")
	h.attach("officer", at+"/report", "Iesniegt ziņojumu", "a.exe", "MZ", 422)
	d = h.press("officer", at+"/report", "Iesniegt ziņojumu", 303, "status", "done", "text", "Aprēķins iesniegts.")
	h.says(d, "ziņots: izpildīts. Gaida padomes apstiprinājumu.", "Aprēķins iesniegts.")
	h.attach("officer", at+"/reports/1/evidence", "Pievienot dokumentu", "a.exe", "MZ", 422)
	h.attach("officer", at+"/reports/1/evidence", "Pievienot dokumentu", "aprēķins.pdf", "%PDF-1.7", 303)
	d = h.page("", at)
	h.says(d, "Sagatavot aprēķinu.", "Finanšu ministrija", "3.1.", "aprēķins.pdf", "Padome par izpildi vēl nav spriedusi")
	href := d.Find("main a[href*='/evidence/']").AttrOr("href", "")
	if w := h.ask("", "GET", href, nil); w.Code != 200 || w.Body.String() != "%PDF-1.7" {
		t.Errorf("the evidence %q = %d", href, w.Code)
	}
	if text := d.Find("main").Text(); strings.Contains(text, "Kārkliņa") || strings.Contains(text, "Nosūtīts:") {
		t.Error("the public reads who reported, or which reminders were sent")
	}
}

// A report may bring its file with it.
func TestAReportComesWithItsFile(t *testing.T) {
	h := newHall(t)
	_, id := h.owedDecision()
	h.at("2024-03-01", "10:00")
	at := decisionAt(id)
	_, values := h.fields(h.page("officer", at+"/report"), "Iesniegt ziņojumu")
	values.Set("status", "partly")
	values.Set("text", "Puse gatava.")
	body, kind := formWithFile(h, values, "puse.pdf", "%PDF-1.7")
	for range 2 { // a double click
		if w := h.ask("officer", "POST", at+"/report", body, "Content-Type", kind); w.Code != 303 {
			t.Fatalf("= %d: %s", w.Code, w.Body)
		}
	}
	var d decisionView
	h.do(&d, "officer", "GET", "/api/v1/decisions/"+id, nil)
	if len(d.Progress) != 1 || len(d.Progress[0].Evidence) != 1 || d.Progress[0].Evidence[0].Name != "puse.pdf" {
		t.Errorf("progress %+v", d.Progress)
	}
}

// Decisions are found by state, addressee and measure, on pages and over the API.
func TestDecisionsAreChosen(t *testing.T) {
	h := newHall(t)
	s, id := h.owedDecision()
	h.signed(s)
	h.at("2024-03-08", "10:00")
	for query, want := range map[string]bool{
		"state=open": true, "state=overdue": true, "addressee=FINANŠU": true, "measure=3": true, "state=overdue&addressee=finanšu&measure=3": true, "state=all": true,
		"addressee=Kultūras": false, "measure=8": false,
	} {
		q, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		var all listing[decisionView]
		h.do(&all, "", "GET", "/api/v1/decisions?"+q.Encode(), nil)
		got := false
		for _, d := range all.Items {
			got = got || d.ID == id
		}
		if page := h.page("", "/decisions?"+q.Encode()).Find("main a[href='"+decisionAt(id)+"']").Length() == 1; got != want || page != want {
			t.Errorf("%s: the API has it %t, the page %t, want %t", query, got, page, want)
		}
	}
	for _, query := range []string{"state=lost", "measure=x", "after=x"} {
		if w := h.ask("", "GET", "/decisions?"+query, nil); w.Code != 422 {
			t.Errorf("%s = %d", query, w.Code)
		}
	}
	h.says(h.page("", "/decisions?state=overdue"), "kavēts")
}

func TestADecisionLeadsToItsHistoryForThoseWhoMaySeeIt(t *testing.T) {
	h := newHall(t)
	_, id := h.owedDecision()
	for who, want := range map[string]int{"ngo-2": 0, "officer": 1, "state-1": 1} {
		if got := h.page(who, decisionAt(id)).Find("main a[href^='/history/decision/']").Length(); got != want {
			t.Errorf("%q is led to the history %d times, want %d", who, got, want)
		}
	}
	if w := h.ask("officer", "GET", "/history/decision/"+id, nil, "Accept", "text/html"); w.Code != 200 {
		t.Errorf("the history = %d", w.Code)
	}
}
