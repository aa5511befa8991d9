package web

import (
	"maps"
	"strings"
	"testing"

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
