package web

import (
	"maps"
	"strings"
	"testing"

	"padome/evaluation"
	"padome/minutes"
)

func init() {
	maps.Copy(access, map[string]string{
		"GET /api/v1/plans/:revision/duties":                         "200 200 200 200 200 200 200",
		"GET /api/v1/sessions/:id/findings":                          "401 403 200 200 200 200 404",
		"GET /api/v1/decisions/:id/evidence/:sha256":                 "404 404 404 404 404 404 404",
		"GET /api/v1/reminders":                                      "401 403 403 200 403 403 403",
		"GET /api/v1/fulfilments":                                    "200 200 200 200 200 200 200",
		"POST /api/v1/decisions/:id/progress/:report/evidence":       "401 403 415 415 415 415 403",
		"POST /api/v1/decisions/:id/reminders":                       "401 403 403 422 403 403 403",
		"POST /api/v1/fulfilments":                                   "401 403 403 422 403 403 403",
		"PUT /api/v1/sessions/:id/items/:item/findings/:decision":    "401 403 403 404 404 403 403",
		"DELETE /api/v1/sessions/:id/items/:item/findings/:decision": "401 403 403 404 404 403 403",
	})
	maps.Copy(described, map[string]op{
		"POST /api/v1/decisions/:id/progress/:report/evidence":       {summary: "Add a file to a report, counted from 1: the file is the body, its kind the Content-Type, its name ?name= or the Content-Disposition", out: decisionView{}, query: "name", status: 201},
		"GET /api/v1/decisions/:id/evidence/:sha256":                 {summary: "A file that a report rests on, to be saved", other: "application/octet-stream"},
		"GET /api/v1/sessions/:id/findings":                          {summary: "Earlier decisions on which the session found how they are carried out", out: listing[decisionView]{}, query: paged},
		"PUT /api/v1/sessions/:id/items/:item/findings/:decision":    {summary: "Record what the council finds of an earlier decision while it treats an item; the revision is that of the decision", in: minutes.Judgement{}, out: decisionView{}},
		"DELETE /api/v1/sessions/:id/items/:item/findings/:decision": {summary: "Give up a finding recorded by mistake while the session is open", out: decisionView{}},
		"GET /api/v1/reminders":                                      {summary: "Reminders of decisions that are due on a day, today when none is given, with their texts", out: listing[reminderView]{}, query: "date" + paged},
		"POST /api/v1/decisions/:id/reminders":                       {summary: "Note that the reminder due on a day was sent", in: remindedRequest{}, out: decisionView{}},
		"GET /api/v1/fulfilments":                                    {summary: "What the council found of the plan's tasks", out: listing[fulfilmentView]{}, query: paged},
		"POST /api/v1/fulfilments":                                   {summary: "Record what the council found of a task at a session", in: fulfilmentRequest{}, out: fulfilmentView{}, status: 201},
		"GET /api/v1/plans/:revision/duties":                         {summary: "Who answers for each task of a revision, and until when, with what was decided before", out: listing[dutyView]{}, query: paged},
	})
	maps.Copy(access, map[string]string{
		"GET /api/v1/plan/coverage":                     "200 200 200 200 200 200 200",
		"GET /api/v1/plan/evaluations":                  "200 200 200 200 200 200 200",
		"GET /api/v1/plan/evaluations/:year":            "404 404 200 200 200 200 404",
		"GET /api/v1/plan/evaluations/:year/paper.pdf":  "404 404 200 200 200 200 404",
		"GET /api/v1/plan/evaluations/:year/paper.html": "404 404 200 200 200 200 404",
		"PUT /api/v1/plan/evaluations/:year":            "401 403 403 404 403 403 403",
		"POST /api/v1/plan/evaluations/:year/adopt":     "401 403 403 422 403 403 403",
	})
	maps.Copy(described, map[string]op{
		"GET /api/v1/plan/coverage":                     {summary: "Which session held which task of the plan, what is due and what is evidence of expected results, on a day", out: evaluation.Coverage{}, query: "date"},
		"GET /api/v1/plan/evaluations":                  {summary: "Yearly evaluations, the newest first", out: listing[evaluationView]{}, query: paged},
		"GET /api/v1/plan/evaluations/:year":            {summary: "What people concluded of a year; for everybody once it is adopted", out: evaluationView{}},
		"GET /api/v1/plan/evaluations/:year/paper.pdf":  {summary: "The yearly evaluation as a paper", other: "application/pdf"},
		"GET /api/v1/plan/evaluations/:year/paper.html": {summary: "The yearly evaluation as a page of its own", other: "text/html"},
		"PUT /api/v1/plan/evaluations/:year":            {summary: "Replace the conclusions on a year", in: conclusionsRequest{}, out: evaluationView{}},
		"POST /api/v1/plan/evaluations/:year/adopt":     {summary: "Record that a session adopted the evaluation; nothing of it changes after", in: adoptRequest{}, out: evaluationView{}},
	})
	beginning["PUT /api/v1/plan/evaluations/:year"] = true
	withoutRevision["POST /api/v1/fulfilments"] = "creates"
	ownForm["POST /api/v1/decisions/:id/progress/:report/evidence"] = true
}

func TestADecisionIsFollowedUpOverTheAPI(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.opened(s)
	var d decisionView
	clause := minutes.Clause{Wording: "Finanšu ministrijai sagatavot.", Addressee: "Finanšu ministrija", Deadline: "2024-03-20"}
	item := "opening"
	h.do(&d, "taker", "POST", of(s)+"/items/"+item+"/decisions", clause, seen(unbegun)...)
	at := "/api/v1/decisions/" + d.ID

	h.at("2024-03-13", "10:00")
	var due listing[reminderView]
	h.do(&due, "officer", "GET", "/api/v1/reminders?lang=en", nil)
	if len(due.Items) != 1 || due.Items[0].Due != "2024-03-13" || !strings.Contains(due.Items[0].Text["en"], "7 days are left") || !strings.Contains(due.Items[0].Text["lv"], "palikušas 7 dienas") {
		t.Errorf("reminders = %+v", due.Items)
	}
	tag := h.do(&d, "officer", "POST", at+"/reminders", remindedRequest{Date: "2024-03-13"}, seen(`"1"`)...)
	h.do(&due, "officer", "GET", "/api/v1/reminders", nil)
	if len(due.Items) != 0 || len(d.Reminders) != 1 || d.Reminders[0].To != "Finanšu ministrija" {
		t.Errorf("after sending: %+v, %+v", due.Items, d.Reminders)
	}
	tag = h.do(&d, "officer", "POST", at+"/progress", minutes.Report{Text: "Sagatavots.", Status: "done"}, seen(tag)...)
	w := h.ask("officer", "POST", at+"/progress/1/evidence?name=pielikums.txt", "Sagatavots.", append(seen(tag), "Content-Type", "text/plain")...)
	if w.Code != 201 {
		t.Fatalf("evidence = %d: %s", w.Code, w.Body)
	}
	h.refused(h.ask("officer", "POST", at+"/progress/9/evidence?name=a.txt", "A.", append(seen(w.Header().Get("ETag")), "Content-Type", "text/plain")...), 404, "problem.minutes.report")
	h.do(&d, "ngo-2", "GET", at, nil)
	file := at + "/evidence/" + d.Progress[0].Evidence[0].SHA256
	if w := h.ask("ngo-2", "GET", file, nil); w.Code != 200 || w.Body.String() != "Sagatavots." {
		t.Errorf("evidence to a member = %d %q", w.Code, w.Body)
	}
	h.refused(h.ask("", "GET", file, nil), 404, "problem.missing.decision")
	finding := of(s) + "/items/" + item + "/findings/" + d.ID
	h.refused(h.ask("taker", "PUT", finding, minutes.Judgement{Status: "done"}, seen(w.Header().Get("ETag"))...), 409, "problem.minutes.finding.own")
}

func TestTheYearlyEvaluationOverTheAPI(t *testing.T) {
	h := newHall(t)
	h.opened(h.prepared("2024-02-28"))
	at := "/api/v1/plan/evaluations/2024"
	var e evaluationView
	tag := h.do(&e, "officer", "PUT", at+"?lang=en", conclusionsRequest{Overall: "Gads <b>labs</b>.", Conclusions: []evaluation.Conclusion{{Measure: 1, Text: "Dati ir."}}}, seen(unbegun)...)
	if e.StateText != "draft" || e.EditedBy == "" || len(e.Conclusions) != 1 {
		t.Errorf("evaluation = %+v", e)
	}
	w := h.ask("ngo-2", "GET", at+"/paper.html", nil)
	if w.Code != 200 || !strings.Contains(w.Body.String(), "Gads &lt;b&gt;labs&lt;/b&gt;.") || !strings.Contains(w.Header().Get("Content-Security-Policy"), "style-src 'sha256-") {
		t.Errorf("page = %d, %v", w.Code, w.Header())
	}
	if w := h.ask("ngo-2", "GET", at+"/paper.pdf", nil); w.Code != 200 || !strings.HasPrefix(w.Body.String(), "%PDF-") {
		t.Errorf("paper = %d", w.Code)
	}
	h.refused(h.ask("officer", "POST", at+"/adopt", adoptRequest{Session: "none"}, seen(tag)...), 422, "session problem.missing.session")
	h.refused(h.ask("ngo-2", "GET", "/api/v1/plan/evaluations/1999", nil), 404, "problem.evaluation.year")
	var c evaluation.Coverage
	h.do(&c, "", "GET", "/api/v1/plan/coverage?date=2024-03-01", nil)
	if len(c.Measures) != 8 || len(c.Sessions) != 1 {
		t.Errorf("coverage of %d measures by %d sessions", len(c.Measures), len(c.Sessions))
	}
}
