package web

import (
	"bytes"
	"mime/multipart"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"padome/plan/exchange"
)

func init() {
	for route, want := range map[string]string{
		"GET /plan/import":                "401 403 403 200 403 403 403",
		"POST /plan/import":               "401 403 403 422 403 403 403",
		"POST /plan/import/apply":         "401 403 403 422 403 403 403",
		"GET /plan/reviews":               "401 403 200 200 200 200 200",
		"POST /plan/reviews":              "401 403 403 422 403 403 403",
		"GET /plan/reviews/:id":           "401 404 404 404 404 404 404",
		"GET /plan/reviews/:id/edit":      "401 404 404 404 404 404 404",
		"POST /plan/reviews/:id/edit":     "401 404 404 404 404 404 404",
		"GET /plan/reviews/:id/put":       "401 403 404 404 404 404 403",
		"POST /plan/reviews/:id/put":      "401 403 404 404 404 404 403",
		"GET /plan/reviews/:id/decide":    "401 403 403 404 403 403 403",
		"POST /plan/reviews/:id/decide":   "401 403 403 404 403 403 403",
		"GET /plan/reviews/:id/withdraw":  "401 404 404 404 404 404 404",
		"POST /plan/reviews/:id/withdraw": "401 404 404 404 404 404 404",
	} {
		access[route] = want
	}
}

// sendFile sends a form with a file and reads the page that answers.
func (h *hall) sendFile(who, path, name string, raw []byte, code int) *goquery.Document {
	h.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, err := m.CreateFormFile("file", name)
	if err != nil {
		h.Fatal(err)
	}
	if _, err := part.Write(raw); err != nil {
		h.Fatal(err)
	}
	if err := m.Close(); err != nil {
		h.Fatal(err)
	}
	w := h.ask(who, "POST", path, b.String(), "Content-Type", m.FormDataContentType())
	if w.Code != code {
		h.Fatalf("%s = %d, want %d: %s", path, w.Code, code, w.Body)
	}
	return h.read(w)
}

// pressOf sends the form of a button of a page that was read.
func (h *hall) pressOf(who string, d *goquery.Document, button string, code int, entered ...string) *goquery.Document {
	h.Helper()
	action, values := h.fields(d, button)
	for i := 0; i < len(entered); i += 2 {
		values.Set(entered[i], entered[i+1])
	}
	w := h.ask(who, "POST", action, values.Encode(), "Content-Type", plainForm)
	if w.Code != code {
		h.Fatalf("%s = %d, want %d: %s", button, w.Code, code, w.Body)
	}
	if code == 303 {
		return h.page(who, w.Header().Get("Location"))
	}
	return h.read(w)
}

func TestAPlansFileIsShownBeforeItComesIn(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	h.sendFile("officer", "/plan/import", "plans.docx", []byte("nekas"), 422)
	for name, format := range map[string]exchange.Format{"plans.json": exchange.JSON, "plans.csv": exchange.CSV, "plans.xlsx": exchange.XLSX} {
		if h.sendFile("officer", "/plan/import", name, planBytes(t, format), 200).Find("main ins").Length() == 0 {
			t.Errorf("%s: the preview shows no change", name)
		}
	}
	d := h.sendFile("officer", "/plan/import", "plans.docx", planBytes(t, exchange.DOCX), 200)
	if got := d.Find("main ins").First().Text(); got != "Papildināts." {
		t.Fatalf("the preview inserts %q", got)
	}
	field, _ := d.Find("input[name=follows-1-1]").Attr("value")
	if field != "1.1." {
		t.Errorf("1.1. is thought to continue %q", field)
	}
	again := h.pressOf("officer", d, "Pārrēķināt izmaiņas", 200, "follows-1-1", "")
	if got := again.Find("main tbody .tag").Text(); !strings.Contains(got, "pievienots") || !strings.Contains(got, "svītrots") {
		t.Errorf("said to be new, it is %s", got)
	}
	h.pressOf("officer", d, "Pārrēķināt izmaiņas", 422, "follows-1-1", "x")
	h.pressOf("officer", d, "Importēt apstiprināto redakciju", 409, "follows-1-1", "")
	d = h.pressOf("officer", d, "Importēt apstiprināto redakciju", 303)
	if got := d.Find(".lead").Text(); !strings.HasPrefix(got, "2. redakcija") {
		t.Errorf("in force: %s", got)
	}
	if got := h.page("", "/plan/revisions/2/changes").Find("ins").First().Text(); got != "Papildināts." {
		t.Errorf("the changes insert %q", got)
	}
	if got := h.page("", "/plan/tasks/1/1").Find("section h3").Length(); got != 2 {
		t.Errorf("the task has %d wordings, want 2", got)
	}
}

// The file of a proposal begins a review, and is offered for nothing else.
func TestAProposalFromAFileBeginsAReviewOnly(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	f, err := exchange.Read(bytes.NewReader(planBytes(t, exchange.JSON)))
	if err != nil {
		t.Fatal(err)
	}
	f.Plan.Proposed = true
	var raw bytes.Buffer
	if err := exchange.Write(&raw, f.Plan, exchange.DOCX); err != nil {
		t.Fatal(err)
	}
	d := h.sendFile("officer", "/plan/import", "projekts.docx", raw.Bytes(), 200)
	if got := d.Find("main").Text(); !strings.Contains(got, "Projekts, par kuru padome vēl nav lēmusi") || d.Find("button[value=apply]").Length() != 0 {
		t.Errorf("the preview says %q", got)
	}
	d = h.pressOf("officer", d, "Sākt pārskatīšanu ar šo priekšlikumu", 303)
	if got := d.Find("ins").First().Text(); got != "Papildināts." {
		t.Errorf("the review inserts %q", got)
	}
}

func TestAReviewIsEditedPutAndTakenBackOnPages(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	d := h.press("officer", "/plan/reviews", "Sākt pārskatīšanu", 303)
	link, _ := d.Find("a[href*='/edit?op=title']").Attr("href")
	at, _, _ := strings.Cut(link, "/edit")
	for op, entered := range map[string][]string{
		"reword&measure=3&task=2": {"text", "izstrādāt jaunus priekšlikumus;"}, "retire&measure=5&task=2": nil,
		"split&measure=6&task=1": {"several", "viens;\notrs;"}, "merge": {"tasks", "8.1., 8.2.", "text", "apvienots uzdevums;"}, "move&measure=4&task=1": {"toTask", "2"},
		"add&measure=1": {"text", "vēl viens;"}, "results&measure=2": {"several", "Jauns rezultāts"}, "measure&measure=7": {"text", "Cits pasākums"},
		"goals": {"several", "Viens mērķis"}, "title": {"text", "Jauns nosaukums"}, "preamble": {"text", "Ievads"}, "new-measure": {"text", "Devītais", "several", "darīt;"},
	} {
		h.press("officer", at+"/edit?op="+op, "Saglabāt priekšlikumā", 303, entered...)
	}
	h.press("officer", at+"/edit?op=merge", "Saglabāt priekšlikumā", 422, "tasks", "x")
	h.press("officer", at+"/edit?op=reword&measure=3&task=2", "Saglabāt priekšlikumā", 422, "text", "")
	d = h.page("officer", at)
	for _, kind := range []string{"pārformulēts", "svītrots", "sadalīts", "apvienots", "pārnumurēts", "pievienots"} {
		if !strings.Contains(d.Find("#changes + table .tag").Text(), kind) {
			t.Errorf("no change is %s: %s", kind, d.Find("#changes + table .tag").Text())
		}
	}
	h.press("officer", at+"/put", "Iesniegt sēdei", 422)
	d = h.press("officer", at+"/put", "Iesniegt sēdei", 303, "session", s.ID)
	if d.Find("#proposed").Length() != 0 || !strings.Contains(d.Find(".rows").Text(), "2024. gada 28. februāra sēde") {
		t.Errorf("put: %s", d.Find("main").Text())
	}
	h.press("officer", at+"/decide", "Ierakstīt lēmumu", 422)
	d = h.press("officer", at+"/edit?op=title", "Saglabāt priekšlikumā", 303, "text", "Sēdē mainīts nosaukums")
	if got := d.Find("#amendments ~ table").First().Text(); !strings.Contains(got, "Sēdē mainīts nosaukums") {
		t.Errorf("the page of the decision shows the changes %q", got)
	}
	if d = h.press("officer", at+"/decide", "Atcelt pēdējo labojumu", 303); d.Find("#amendments ~ table").Length() != 0 {
		t.Error("a change that was taken back is still shown")
	}
	h.press("officer", at+"/withdraw", "Atsaukt priekšlikumu", 422)
	d = h.press("officer", at+"/withdraw", "Atsaukt priekšlikumu", 303, "reason", "Gaidām ministriju.")
	if !strings.Contains(d.Find(".rows").Text(), "Gaidām ministriju.") || h.page("officer", "/plan/reviews").Find("main form").Length() != 1 {
		t.Error("a review that was taken back keeps the next from starting")
	}
}

// A session approves a review with a change of its own: both go in by the page, and
// the plan with the change is in force.
func TestASessionsApprovalOfAReviewIsRecordedOnThePage(t *testing.T) {
	for _, rejected := range []bool{false, true} {
		h := newHall(t)
		s := h.prepared("2024-02-28")
		link, _ := h.press("officer", "/plan/reviews", "Sākt pārskatīšanu", 303).Find("a[href*='/edit?op=title']").Attr("href")
		at, _, _ := strings.Cut(link, "/edit")
		h.press("officer", at+"/edit?op=reword&measure=3&task=2", "Saglabāt priekšlikumā", 303, "text", "izstrādāt jaunus priekšlikumus;")
		h.press("officer", at+"/put", "Iesniegt sēdei", 303, "session", s.ID)
		h.over(s, "")
		h.press("officer", at+"/edit?op=add&measure=1", "Saglabāt priekšlikumā", 303, "text", "sēdē pievienots uzdevums;")
		clause, ok := h.page("officer", at+"/decide").Find("input[name=decision]").Attr("value")
		if !ok {
			t.Fatal("no clause of the session is offered")
		}
		if rejected {
			h.press("officer", at+"/decide", "Ierakstīt lēmumu", 422, "decision", clause, "outcome", "rejected")
			h.press("officer", at+"/decide", "Atcelt pēdējo labojumu", 303)
			h.press("officer", at+"/decide", "Ierakstīt lēmumu", 303, "decision", clause, "outcome", "rejected", "note", "Nepiekrīt.")
			if got := h.page("", "/plan").Find(".lead").Text(); !strings.HasPrefix(got, "1. redakcija") {
				t.Errorf("rejected, in force is %q", got)
			}
			continue
		}
		h.press("officer", at+"/decide", "Ierakstīt lēmumu", 303, "decision", clause, "outcome", "approved", "note", "Ar labojumu.")
		if got := h.page("", "/plan/tasks/3/2").Find("main .lead").Text(); got != "izstrādāt jaunus priekšlikumus;" {
			t.Errorf("3.2. reads %q", got)
		}
		if got := h.page("", "/plan/tasks/1/2").Find("main .lead").Text(); got != "sēdē pievienots uzdevums;" {
			t.Errorf("1.2. reads %q", got)
		}
		if got := h.page("", "/plan").Find(".lead").Text(); !strings.HasPrefix(got, "2. redakcija") {
			t.Errorf("approved, in force is %q", got)
		}
	}
}
