package web

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"padome/plan"
)

func init() {
	for route, want := range map[string]string{
		"GET /plan":                             "200 200 200 200 200 200 200",
		"GET /plan/tasks/:measure/:task":        "200 200 200 200 200 200 200",
		"GET /plan/coverage":                    "200 200 200 200 200 200 200",
		"GET /plan/forecast":                    "401 403 403 200 200 200 403",
		"GET /plan/revisions":                   "200 200 200 200 200 200 200",
		"GET /plan/revisions/:revision":         "200 200 200 200 200 200 200",
		"GET /plan/revisions/:revision/changes": "404 404 404 404 404 404 404",
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
