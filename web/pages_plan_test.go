package web

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"padome/plan"
)

func init() {
	for route, want := range map[string]string{
		"GET /plan":                                "200 200 200 200 200 200 200",
		"GET /plan/tasks/:measure/:task":           "200 200 200 200 200 200 200",
		"GET /plan/coverage":                       "200 200 200 200 200 200 200",
		"GET /plan/forecast":                       "401 403 403 200 200 200 403",
		"GET /plan/tasks/:measure/:task/assign":    "401 403 403 200 403 403 403",
		"POST /plan/tasks/:measure/:task/assign":   "401 403 403 422 403 403 403",
		"GET /plan/tasks/:measure/:task/finding":   "401 403 403 200 403 403 403",
		"POST /plan/tasks/:measure/:task/finding":  "401 403 403 422 403 403 403",
		"GET /plan/evaluations":                    "200 200 200 200 200 200 200",
		"GET /plan/evaluations/:year":              "200 200 200 200 200 200 200",
		"GET /plan/evaluations/:year/conclusions":  "401 403 403 200 403 403 403",
		"POST /plan/evaluations/:year/conclusions": "401 403 403 404 403 403 403",
		"GET /plan/evaluations/:year/adopt":        "401 403 403 200 403 403 403",
		"POST /plan/evaluations/:year/adopt":       "401 403 403 422 403 403 403",
		"GET /plan/revisions":                      "200 200 200 200 200 200 200",
		"GET /plan/revisions/:revision":            "200 200 200 200 200 200 200",
		"GET /plan/revisions/:revision/changes":    "404 404 404 404 404 404 404",
	} {
		access[route] = want
	}
}

func TestThePlanPageShowsHowEveryTaskStands(t *testing.T) {
	h := newHall(t)
	if got := h.page("", "/plan").Find(".empty").Text(); !strings.Contains(got, "Darba plāna vēl nav") {
		t.Errorf("without a plan: %q", got)
	}
	h.opened(h.prepared("2024-02-28"))
	d := h.page("", "/plan")
	p, err := plan.Real()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := d.Find("section td:first-child a").Length(), len(p.Refs()); got != want {
		t.Errorf("%d tasks, want %d", got, want)
	}
	if d.Find("svg.stacked[role=img] title").Length() != len(p.Measures) || d.Find("svg.grid[role=img] use").Length() == 0 {
		t.Error("the pictures are not there")
	}
	marks := d.Find("svg.grid[role=img] use").Length()
	table := d.Find("details tbody td").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Text() != "–" })
	if strings.Count(table.Text(), "ir darba kārtībā") != marks {
		t.Errorf("the picture has %d marks, the table beside it says %s", marks, table.Text())
	}
	link, _ := d.Find("section td:first-child a").First().Attr("href")
	task := h.page("", link)
	if got := task.Find("main").Text(); !strings.Contains(got, "Uzdevums 1.1.") || !strings.Contains(got, "termiņš nav noteikts") {
		t.Errorf("%s: %s", link, got)
	}
}

func TestCoverageIsATableWithLettersAndWords(t *testing.T) {
	h := newHall(t)
	h.opened(h.prepared("2024-02-28"))
	d := h.page("", "/plan/coverage?lang=lv")
	cells := d.Find("table.matrix tbody td .unseen")
	if cells.Length() == 0 || cells.First().Text() != "ir darba kārtībā" || cells.First().Prev().Text() != "K" {
		t.Errorf("cells %q", cells.Text())
	}
	if d.Find("table.matrix thead a").Length() != 1 || h.page("", "/plan/coverage?year=2026").Find("table.matrix").Length() != 0 {
		t.Error("the year does not choose the sessions")
	}
	h.refused(h.ask("", "GET", "/plan/coverage?year=2031", nil), 404, "")
}

func TestTheForecastIsAPageForThoseWhoPrepareAndApprove(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	h.at("2024-06-03", "09:00") // when the whole catalogue is in force
	d := h.page("officer", "/plan/forecast?sessions=3")
	if got := d.Find("section.ahead h3").Length(); got != 3 {
		t.Errorf("%d sessions, want 3", got)
	}
	if d.Find("section.ahead .reasons li").Length() == 0 || d.Find("#tasks + table tbody tr").Length() != 24 {
		t.Errorf("items without reasons, or %d tasks: %s", d.Find("h2#tasks + table tbody tr").Length(), d.Find("section.ahead").Text())
	}
	for _, bad := range []string{"x", "-1", "999"} {
		if w := h.ask("ngo-1", "GET", "/plan/forecast?sessions="+bad, nil); w.Code != 422 || h.read(w).Find(".faults a[href='#sessions']").Length() != 1 {
			t.Errorf("sessions=%s is %d", bad, w.Code)
		}
	}
}

func TestTheSecretariatRecordsWhatWasDecidedOfATask(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.opened(s)
	h.at("2024-02-28", "12:30")
	at := "/plan/tasks/8/2"
	h.press("officer", at+"/assign", "Saglabāt", 422)
	d := h.press("officer", at+"/assign", "Saglabāt", 303, "responsible", "Kultūras ministrija", "deadline-day", "31", "deadline-month", "1", "deadline-year", "2025",
		"decidedBy", "Satura darba grupa", "decidedOn-day", "5", "decidedOn-month", "2", "decidedOn-year", "2024")
	if got := d.Find("main").Text(); !strings.Contains(got, "Kultūras ministrija") || !strings.Contains(got, "2025. gada 31. janvāris") || !strings.Contains(got, "Satura darba grupa") {
		t.Errorf("assigned: %s", got)
	}
	h.press("officer", at+"/finding", "Ierakstīt", 422, "session", s.ID)
	d = h.press("officer", at+"/finding", "Ierakstīt", 303, "session", s.ID, "status", "fulfilled", "note", "Vadlīnijas ir izdotas.")
	if got := d.Find("h1").Text() + d.Find("#findings + ol").Text(); !strings.Contains(got, "izpildīts") || !strings.Contains(got, "Vadlīnijas ir izdotas.") {
		t.Errorf("found: %s", got)
	}
	if got := h.page("", at).Find("main").Text(); strings.Contains(got, "Vadlīnijas ir izdotas.") {
		t.Error("the public sees a finding before the minutes are signed")
	}
}

func TestTheYearlyEvaluationIsWrittenAsItIsTypedAndAdopted(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.opened(s)
	h.at("2024-02-28", "12:30")
	at := "/plan/evaluations/2024"
	if got := h.page("", at).Find(".empty").Text(); !strings.Contains(got, "vēl nav pieņemts") {
		t.Errorf("nothing yet: %s", got)
	}
	_, values := h.fields(h.page("officer", at+"/conclusions"), "Saglabāt un skatīt novērtējumu")
	values.Set("m1", "Dati sniegti.")
	w := h.ask("officer", "POST", at+"/conclusions", values.Encode(), "Content-Type", plainForm, "Padome-Autosave", "1")
	if d := h.read(w); w.Code != 200 || d.Find("#conclusions input[name=revision]").AttrOr("value", "") == "" || d.Find("#m1").Text() != "Dati sniegti." {
		t.Fatalf("saved as typed = %d: %s", w.Code, w.Body)
	}
	d := h.press("officer", at+"/adopt", "Ierakstīt pieņemšanu", 422, "session", s.ID)
	if got := d.Find(".faults").Text(); !strings.Contains(got, "2. pasākumam trūkst secinājumu") {
		t.Errorf("adopted half written: %s", got)
	}
	entered := []string{"overall", "Kopumā labi."}
	for i := range 8 {
		entered = append(entered, "m"+minutesText(i+1), "Pabeigts.")
	}
	if d = h.press("officer", at+"/conclusions", "Saglabāt un skatīt novērtējumu", 303, entered...); !strings.Contains(d.Find(".folio").Text(), "Kopumā labi.") {
		t.Errorf("the paper says %s", d.Find(".folio").Text())
	}
	if h.page("", at).Find(".folio").Length() != 0 {
		t.Error("the public reads a draft")
	}
	h.press("officer", at+"/adopt", "Ierakstīt pieņemšanu", 422)
	d = h.press("officer", at+"/adopt", "Ierakstīt pieņemšanu", 303, "session", s.ID)
	if d.Find("a[href$='/conclusions']").Length() != 0 || !strings.Contains(h.page("", at).Find(".folio").Text(), "Kopumā labi.") {
		t.Error("the adopted evaluation can be edited, or is not public")
	}
}
