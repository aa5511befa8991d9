package web

import (
	"slices"
	"strings"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/evaluation"
	"padome/minutes"
	"padome/office"
	"padome/plan"
)

func init() {
	for route, want := range map[string]string{
		"POST /api/v1/earlier-sessions":               "401 403 403 422 403 403 403",
		"GET /api/v1/earlier-sessions/:id":            "404 404 404 404 404 404 404",
		"PUT /api/v1/earlier-sessions/:id":            "401 403 403 409 403 403 403",
		"POST /api/v1/earlier-sessions/:id/decisions": "401 403 403 409 403 403 403",
		"GET /sessions/earlier":                       "401 403 403 200 403 403 403",
		"POST /sessions/earlier":                      "401 403 403 422 403 403 403",
		"GET /sessions/:id/earlier":                   "401 403 403 404 403 403 403",
		"POST /sessions/:id/earlier":                  "401 403 403 404 403 403 403",
		"GET /sessions/:id/earlier/decision":          "401 403 403 404 403 403 403",
		"POST /sessions/:id/earlier/decision":         "401 403 403 404 403 403 403",
	} {
		access[route] = want
	}
	withoutRevision["POST /api/v1/earlier-sessions"] = "creates"
	withoutRevision["POST /api/v1/earlier-sessions/:id/decisions"] = "creates"
	described["POST /api/v1/earlier-sessions"] = op{summary: "Record a session that was held before the council used this program, with the items it dealt with", in: earlierRequest{}, out: earlierView{}, status: 201}
	described["GET /api/v1/earlier-sessions/:id"] = op{summary: "One of those", out: earlierView{}}
	described["PUT /api/v1/earlier-sessions/:id"] = op{summary: "Record it anew", in: earlierRequest{}, out: earlierView{}}
	described["POST /api/v1/earlier-sessions/:id/decisions"] = op{summary: "Record a decision of it that is still to be carried out, by its number in the minutes", in: earlierDecisionRequest{}, out: decisionView{}, status: 201}
}

// anEarlierSession is one of January 2024 that noted data and reviewed a document.
func anEarlierSession(day council.Date) earlierRequest {
	return earlierRequest{Kind: council.Regular, Mode: council.InPerson, Date: day, Starts: "11:00", Ends: "13:00", Place: "Rīgā", Presiding: "state-1", Number: 7, Source: "Lieta 1-4/7",
		Items: []minutes.EarlierItem{
			{Title: "Par pētījumu datiem", Kind: agenda.Data, Tasks: []plan.Ref{{Measure: 1, Task: 1}}, Initiator: council.State, Outcome: minutes.Noted},
			{Title: "Par līdzdalību", Kind: agenda.Decision, Tasks: []plan.Ref{{Measure: 7, Task: 1}}, Initiator: council.NGO, Outcome: minutes.Decided, OutsideRiga: true},
		}}
}

// What was discussed before the program was used counts for the principles, for
// coverage, for whose turn it is and for the numbers of minutes.
func TestWhatEarlierSessionsDealtWithCounts(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	var before, after evaluation.Coverage
	h.do(&before, "", "GET", "/api/v1/plan/coverage?date=2024-02-01", nil)
	var x earlierView
	h.do(&x, "officer", "POST", "/api/v1/earlier-sessions", anEarlierSession("2024-01-08"))
	h.do(&after, "", "GET", "/api/v1/plan/coverage?date=2024-02-01", nil)
	if a, b := before.Measures[0].Tasks[0], after.Measures[0].Tasks[0]; a.State != evaluation.Never || b.State == evaluation.Never || b.LastHeld != "2024-01-08" {
		t.Errorf("task 1.1. was %s and is %s, last held %q", a.State, b.State, b.LastHeld)
	}
	var turn struct{ Person string }
	h.do(&turn, "officer", "GET", "/api/v1/presiding?date=2024-02-28", nil)
	if turn.Person == "state-1" {
		t.Error("who presided last presides again")
	}
	d := h.page("", sessionAt(x.ID))
	if got := strings.Join(strings.Fields(d.Find("main").Text()), " "); !strings.Contains(got, "datu prezentācija · uzdevums 1.1. · valsts pārvaldes puse · pieņemts zināšanai") ||
		!strings.Contains(got, "Protokola numurs7") || strings.Contains(got, "nav apstiprināta") {
		t.Errorf("the public reads %q", got)
	}
	if got := h.todo("officer"); slices.Contains(got, office.DraftMinutes) {
		t.Errorf("the secretariat has to do %q", got)
	}
	again := anEarlierSession("2024-01-09")
	again.Items = again.Items[:1]
	h.do(&x, "officer", "PUT", "/api/v1/earlier-sessions/"+x.ID, again, "If-Match", `"1"`)
	h.do(&after, "", "GET", "/api/v1/plan/coverage?date=2024-02-01", nil)
	if a, b := after.Measures[0].Tasks[0], after.Measures[6].Tasks[0]; a.LastHeld != "2024-01-09" || b.State != evaluation.Never {
		t.Errorf("recorded anew, 1.1. was last held %q and 7.1. is %s", a.LastHeld, b.State)
	}
}

func TestAnEarlierSessionThatCannotBeIsRefused(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.do(nil, "officer", "POST", "/api/v1/earlier-sessions", anEarlierSession("2024-01-08"))
	for name, x := range map[string]struct {
		change func(*earlierRequest)
		want   string
	}{
		"to come":              {func(r *earlierRequest) { r.Date = "2024-01-10" }, "date problem.session.not-past"},
		"that did nothing":     {func(r *earlierRequest) { r.Items = nil }, "items problem.earlier.items"},
		"with a nameless item": {func(r *earlierRequest) { r.Items[1].Title = " " }, "items[1].title problem.text.missing"},
		"of no kind":           {func(r *earlierRequest) { r.Items[0].Kind = "opening" }, "items[0].kind problem.choice"},
		"that postponed":       {func(r *earlierRequest) { r.Items[0].Outcome = minutes.Postponed }, "items[0].outcome problem.choice"},
		"by nobody's side":     {func(r *earlierRequest) { r.Items[0].Initiator = "x" }, "items[0].initiator problem.choice"},
		"on a task of none":    {func(r *earlierRequest) { r.Items[0].Tasks[0].Task = 9 }, "items[0].tasks problem.minutes.task"},
		"of the same number":   {func(r *earlierRequest) {}, "number problem.earlier.number"},
		"of number 1000":       {func(r *earlierRequest) { r.Number = 1000 }, "number problem.range"},
		"led by a member":      {func(r *earlierRequest) { r.Presiding = "ngo-2" }, "presiding problem.office.presiding"},
	} {
		t.Run(name, func(t *testing.T) {
			r := anEarlierSession("2024-01-05")
			x.change(&r)
			h.refused(h.ask("officer", "POST", "/api/v1/earlier-sessions", r), 422, x.want)
		})
	}
	h.refused(h.ask("officer", "PUT", "/api/v1/earlier-sessions/"+s.ID, anEarlierSession("2024-01-05"), "If-Match", `"1"`), 409, "problem.session.held-here")
	h.refused(h.ask("officer", "POST", "/api/v1/earlier-sessions/"+s.ID+"/decisions", earlierDecisionRequest{Number: "1.1", Clause: minutes.Clause{Wording: "Darīt.", UntilNext: true}}), 409, "problem.session.held-here")
}

// On pages: a form with a line for each item, and another for what is still to be
// carried out, which is followed up like any other decision.
func TestEarlierSessionsAndTheirOpenDecisionsAreRecordedOnPages(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	at := h.page("officer", "/sessions").Find("a[href='/sessions/earlier']").AttrOr("href", "")
	entered := []string{"date-day", "8", "date-month", "1", "date-year", "2024", "number", "3",
		"items-2-title", "Par datiem", "items-2-tasks", "1.1, 9.9", "items-2-kind", "data", "items-2-outcome", "noted"}
	d := h.press("officer", at, "Saglabāt", 422, entered...)
	if got := d.Find(".faults a").AttrOr("href", ""); got != "#items-2-tasks" {
		t.Errorf("the fault leads to %q", got)
	}
	d = h.press("officer", at, "Saglabāt", 422, append(entered, "items-2-tasks", "viens")...)
	if got := d.Find(".faults a").AttrOr("href", ""); got != "#items-2-tasks" {
		t.Errorf("the fault of what is no number leads to %q", got)
	}
	d = h.press("officer", at, "Saglabāt", 303, append(entered, "items-2-tasks", "1.1.")...)
	change := d.Find("main a[href$='/earlier']").AttrOr("href", "")
	if got := h.page("officer", change).Find("#items-1-tasks").AttrOr("value", ""); got != "1.1." {
		t.Errorf("the first line has the tasks %q", got)
	}
	d = h.press("officer", change, "Saglabāt", 303, "items-2-title", "Plāna pārskatīšana", "items-2-kind", "review", "items-2-outcome", "decided")
	if got := d.Find("ol.items h3").Text(); got != "Par datiemPlāna pārskatīšana" {
		t.Errorf("it dealt with %q", got)
	}
	decide := d.Find("main a[href$='/earlier/decision']").AttrOr("href", "")
	h.press("officer", decide, "Saglabāt", 422, "number", "3", "wording", "Darīt.", "untilNext", "on")
	h.press("officer", decide, "Saglabāt", 422, "number", "3.2", "wording", "Zināt.")
	d = h.press("officer", decide, "Saglabāt", 303, "number", "3.2.", "wording", "Kultūras ministrijai iesniegt ziņojumu.", "addressee", "Kultūras ministrija",
		"deadline-day", "1", "deadline-month", "2", "deadline-year", "2024", "tasks", "1.1")
	h.press("officer", decide, "Saglabāt", 422, "number", "3.2", "wording", "Vēlreiz.", "untilNext", "on")
	if got := h.page("", "/decisions").Find("main").Text(); !strings.Contains(got, "Kultūras ministrijai iesniegt ziņojumu.") {
		t.Errorf("the public reads of decisions %q", got)
	}
	if got := d.Find("main").Text(); !strings.Contains(got, "3.2.") {
		t.Errorf("the session shows %q", got)
	}
	built := h.press("officer", h.page("officer", "/").Find(".tasks a").AttrOr("href", ""), "Sastādīt darba kārtību", 303)
	if got := built.Find("main").Text(); !strings.Contains(got, "Iepriekšējo lēmumu izpilde") {
		t.Errorf("the agenda built after it has no item on execution: %q", got)
	}
}
