package web

import (
	"strings"
	"testing"

	"padome/council"
)

func init() {
	for route, want := range map[string]string{
		"GET /principles/drafts/new":                              "401 403 403 200 403 403 403",
		"POST /principles/drafts/new":                             "401 403 403 422 403 403 403",
		"GET /principles/drafts/:id":                              "401 404 404 404 404 404 404",
		"POST /principles/drafts/:id":                             "401 404 404 404 404 404 404",
		"GET /principles/drafts/:id/texts":                        "401 404 404 404 404 404 404",
		"POST /principles/drafts/:id/texts":                       "401 404 404 404 404 404 404",
		"GET /principles/drafts/:id/rules/:rule":                  "401 404 404 404 404 404 404",
		"POST /principles/drafts/:id/rules/:rule":                 "401 404 404 404 404 404 404",
		"GET /principles/drafts/:id/kinds":                        "401 404 404 404 404 404 404",
		"POST /principles/drafts/:id/kinds":                       "401 404 404 404 404 404 404",
		"GET /principles/drafts/:id/watched":                      "401 404 404 404 404 404 404",
		"POST /principles/drafts/:id/watched":                     "401 404 404 404 404 404 404",
		"GET /principles/drafts/:id/groups":                       "401 403 403 404 403 403 403",
		"POST /principles/drafts/:id/groups":                      "401 403 403 404 403 403 403",
		"GET /principles/drafts/:id/agreements/:group":            "401 403 403 404 403 403 403",
		"POST /principles/drafts/:id/agreements/:group":           "401 403 403 404 403 403 403",
		"POST /principles/drafts/:id/agreements/:group/take-back": "401 403 403 404 403 403 403",
		"GET /principles/drafts/:id/adopt":                        "401 403 403 404 403 403 403",
		"POST /principles/drafts/:id/adopt":                       "401 403 403 404 403 403 403",
		"GET /principles/drafts/:id/reject":                       "401 403 403 404 403 403 403",
		"POST /principles/drafts/:id/reject":                      "401 403 403 404 403 403 403",
		"GET /principles/drafts/:id/withdraw":                     "401 404 404 404 404 404 404",
		"POST /principles/drafts/:id/withdraw":                    "401 404 404 404 404 404 404",
	} {
		access[route] = want
	}
}

func TestPrinciplesAreProposedEditedAgreedAndAdoptedOnPages(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	g := council.WorkingGroup{ID: "saturs", Name: "satura grupa", NameEN: "content group", Measures: []int{1}, Members: []string{"ngo-2"}, From: "2024-01-01"}
	if _, err := h.office.SaveGroup(h.Context(), operator, 0, g); err != nil {
		t.Fatal(err)
	}
	propose := h.page("ngo-2", "/principles/2").Find("a[href*='/drafts/new']").AttrOr("href", "")
	h.press("ngo-2", propose, "Ierosināt", 422, "title", "", "group", "saturs")
	d := h.press("ngo-2", propose, "Ierosināt", 303, "group", "saturs", "from-day", "1", "from-month", "3", "from-year", "2024")
	rule := d.Find("#P8 a").AttrOr("href", "")
	draft, _, _ := strings.Cut(rule, "/rules/")
	d = h.press("ngo-2", rule, "Saglabāt", 422, "param-coverage_window", "99")
	if got := d.Find("#param-coverage_window-fault").Text(); !strings.Contains(got, "99") {
		t.Errorf("the fault at the field: %q", got)
	}
	d = h.press("ngo-2", rule, "Saglabāt", 303, "param-coverage_window", "4", "hard", "hard")
	if got := d.Find("#P8").Text(); !strings.Contains(got, "Pasākumu skata reizi (kārtējās sēdēs): 4") || !strings.Contains(got, "obligāts") {
		t.Errorf("P8 reads %q", got)
	}
	h.press("ngo-2", draft+"/rules/P19", "Saglabāt", 303, "param-measures", "2, 3")
	h.press("ngo-2", draft+"/kinds", "Saglabāt", 303, "kind-2", "decision")
	d = h.press("ngo-2", draft+"/watched", "Saglabāt", 422, "watched-4-title", "Jauns plāns", "watched-4-titleEn", "New plan", "watched-4-task", "x")
	if got := d.Find(".faults a").AttrOr("href", ""); got != "#watched-4-task" {
		t.Errorf("the fault leads to %q", got)
	}
	h.press("ngo-2", draft+"/watched", "Saglabāt", 303, "watched-4-title", "Jauns plāns", "watched-4-titleEn", "New plan", "watched-4-task", "6.1")
	d = h.press("ngo-3", draft, "Pievienot piezīmi", 303, "rule", "P8", "text", "Par biežu.")
	if got := d.Find("#remarks").Parent().Text(); !strings.Contains(got, "Par biežu.") || d.Find("#P8 a").Length() != 0 {
		t.Errorf("a member of no group reads %q", got)
	}
	agree := h.page("officer", draft).Find("ul.tasks a").AttrOr("href", "")
	h.press("officer", agree, "Reģistrēt piekrišanu", 422)
	h.press("officer", agree, "Reģistrēt piekrišanu", 303, "reference", "protokols Nr. 3")
	d = h.press("officer", draft+"/adopt", "Pieņemt", 303)
	if got := d.Find("main").Text(); !strings.Contains(got, "3. redakcija") || !strings.Contains(got, "satura grupa") || !strings.Contains(got, "Jauns plāns") || !strings.Contains(got, "Pasākumi: 2, 3") {
		t.Errorf("adopted: %q", got)
	}
	if w := h.ask("nobody", "GET", draft, nil); w.Code != 404 {
		t.Errorf("for somebody without a part in it = %d, want 404", w.Code)
	}
}
