package web

import (
	"bytes"
	"maps"
	"strings"
	"testing"

	"padome/office"
	"padome/plan"
	"padome/plan/exchange"
)

func init() {
	maps.Copy(access, map[string]string{
		"POST /api/v1/plans/preview":         "401 403 403 422 403 403 403",
		"GET /api/v1/plans/:revision/export": "200 200 200 200 200 200 200",
	})
	maps.Copy(described, map[string]op{
		"POST /api/v1/plans/preview": {summary: "What importing a plan's file would change, with the digest that importing it asks for",
			in: plan.Plan{}, out: previewAnswer{}, query: " follows"},
		"GET /api/v1/plans/:revision/export": {summary: "One revision as a file", other: "application/octet-stream", query: " format"},
	})
	maps.Copy(access, map[string]string{
		"GET /api/v1/plan/tasks/:measure/:task":  "200 200 200 200 200 200 200",
		"GET /api/v1/plan-reviews":               "401 403 200 200 200 200 200",
		"POST /api/v1/plan-reviews":              "401 403 403 422 403 403 403",
		"POST /api/v1/plan-reviews/import":       "401 422 422 422 422 422 422",
		"GET /api/v1/plan-reviews/:id":           "401 404 404 404 404 404 404",
		"GET /api/v1/plan-reviews/:id/export":    "401 404 404 404 404 404 404",
		"POST /api/v1/plan-reviews/:id/edits":    "401 403 403 404 403 403 403",
		"POST /api/v1/plan-reviews/:id/put":      "401 403 404 404 404 404 403",
		"POST /api/v1/plan-reviews/:id/withdraw": "401 422 422 422 422 422 422",
		"POST /api/v1/plan-reviews/:id/decide":   "401 403 403 404 403 403 403",

		"POST /api/v1/plan-reviews/:id/amendments":      "401 403 403 404 403 403 403",
		"POST /api/v1/plan-reviews/:id/amendments/drop": "401 403 403 404 403 403 403",
	})
	maps.Copy(described, map[string]op{
		"GET /api/v1/plan/tasks/:measure/:task":         {summary: "A task of the newest revision: how it read in each revision, what was decided under each wording, who is responsible", out: taskAnswer{}},
		"GET /api/v1/plan-reviews":                      {summary: "Reviews of the plan, the newest first", out: listing[reviewLine]{}, query: paged},
		"POST /api/v1/plan-reviews":                     {summary: "Start a review of the revision in force", in: startRequest{}, out: reviewAnswer{}, status: 201},
		"POST /api/v1/plan-reviews/import":              {summary: "Start a review from a plan's file, with the digest of its preview", in: plan.Plan{}, out: reviewAnswer{}, status: 201, query: " digest follows"},
		"GET /api/v1/plan-reviews/:id":                  {summary: "A review with its tracked changes", out: reviewAnswer{}},
		"GET /api/v1/plan-reviews/:id/export":           {summary: "The proposed plan as a file", other: "application/octet-stream", query: " format"},
		"POST /api/v1/plan-reviews/:id/edits":           {summary: "Change the proposed plan: reword, add, merge, split, move, retire or restore a task, or set a measure, results, goals, preamble or title", in: plan.Edit{}, out: reviewAnswer{}},
		"POST /api/v1/plan-reviews/:id/put":             {summary: "Put the review to a session: a proposal with its documents waits for the agenda", in: putRequest{}, out: reviewAnswer{}},
		"POST /api/v1/plan-reviews/:id/amendments":      {summary: "Enter a change that the session made itself; it is in the plan when the approval is recorded", in: plan.Edit{}, out: reviewAnswer{}},
		"POST /api/v1/plan-reviews/:id/amendments/drop": {summary: "Take back the change of the session's that was entered last", out: reviewAnswer{}},
		"POST /api/v1/plan-reviews/:id/withdraw":        {summary: "Take the review back before a session decided", in: reasonRequest{}, out: reviewAnswer{}},
		"POST /api/v1/plan-reviews/:id/decide":          {summary: "Record what the closed session decided; approved, it is the revision in force from that day", in: office.Outcome{}, out: reviewAnswer{}},
	})
	maps.Copy(withoutRevision, map[string]string{
		"POST /api/v1/plan-reviews":        "creates",
		"POST /api/v1/plan-reviews/import": "creates",
		"POST /api/v1/plans/preview":       "changes nothing",
	})
	maps.Copy(ownForm, map[string]bool{"POST /api/v1/plan-reviews/import": true, "POST /api/v1/plans/preview": true})
}

// planBytes is the real plan in a format, its first task in other words.
func planBytes(t *testing.T, format exchange.Format) []byte {
	t.Helper()
	p, err := plan.Real()
	if err != nil {
		t.Fatal(err)
	}
	p.SuggestGoals()
	p.Measures[0].Tasks[0].Text += " Papildināts."
	var b bytes.Buffer
	if err := exchange.Write(&b, p, format); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAPlansFileIsPreviewedBeforeItIsImported(t *testing.T) {
	for _, format := range []exchange.Format{exchange.DOCX, exchange.XLSX, exchange.CSV, exchange.JSON} {
		h := newHall(t)
		h.prepared("2024-02-28")
		file, media := string(planBytes(t, format)), []string{"Content-Type", format.Media()}
		h.refused(h.ask("officer", "POST", "/api/v1/plans", file, media...), 409, "problem.plan.preview.none")
		var p previewAnswer
		h.do(&p, "officer", "POST", "/api/v1/plans/preview", file, media...)
		if p.Format != format || len(p.Tasks) != 1 || p.Tasks[0].Kind != plan.Reworded || len(p.Matches) != 24 {
			t.Errorf("preview of %s: %v", format, p.Tasks)
		}
		h.refused(h.ask("officer", "POST", "/api/v1/plans?digest=x", file, media...), 409, "problem.plan.preview.other")
		h.refused(h.ask("officer", "POST", "/api/v1/plans?follows=1.1%3Dnew&digest="+p.Digest, file, media...), 409, "problem.plan.preview.other")
		h.do(nil, "officer", "POST", "/api/v1/plans?digest="+p.Digest, file, media...)
		w := h.ask("", "GET", "/api/v1/plans/2/export?format="+string(format), nil)
		got, err := exchange.Read(w.Body)
		if err != nil || got.Plan.Revision != 2 || !strings.HasSuffix(got.Plan.Measures[0].Tasks[0].Text, "Papildināts.") {
			t.Errorf("export as %s: revision %d, %v", format, got.Plan.Revision, err)
		}
		if w.Header().Get("Content-Disposition") != "attachment; filename=darba-plans-2024-2026-2."+string(format) {
			t.Errorf("name %q", w.Header().Get("Content-Disposition"))
		}
		h.refused(h.ask("", "GET", "/api/v1/plans/2/export?format=pdf", nil), 422, "format problem.choice")
	}
}

func TestAReviewThroughTheAPI(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	var r reviewAnswer
	tag := h.do(&r, "officer", "POST", "/api/v1/plan-reviews?lang=en", startRequest{1})
	path := "/api/v1/plan-reviews/" + r.ID
	tag = h.do(&r, "officer", "POST", path+"/edits?lang=en", plan.Edit{Op: plan.Retire, Measure: 5, Task: 2}, seen(tag)...)
	if len(r.Summary) != 1 || !strings.HasPrefix(r.Summary[0], "5.2. retired: ") || r.StateText != "the proposal is being prepared" {
		t.Errorf("%s: %q", r.StateText, r.Summary)
	}
	h.refuseAll([]bad{
		{"an edit of nothing", "officer", "POST", path + "/edits", plan.Edit{Op: "drop"}, tag, 422, "op problem.choice"},
		{"an edit of no task", "officer", "POST", path + "/edits", plan.Edit{Op: plan.Reword, Measure: 1, Task: 9, Text: "x"}, tag, 422, "task problem.plan.edit.task"},
		{"an old revision", "officer", "POST", path + "/edits", plan.Edit{Op: plan.Retire, Measure: 1, Task: 1}, `"1"`, 409, "problem.storage.revision"},
		{"no such session", "officer", "POST", path + "/put", putRequest{"none"}, tag, 404, "problem.missing.session"},
		{"a review of another revision", "officer", "POST", "/api/v1/plan-reviews", startRequest{7}, "", 422, "base problem.plan.review.newest"},
		{"a second review", "officer", "POST", "/api/v1/plan-reviews", startRequest{1}, "", 409, "problem.plan.review.open"},
		{"a decision that is none", "officer", "POST", path + "/decide", office.Outcome{Decision: "none"}, tag, 404, "problem.missing.decision"},
	})
	tag = h.do(&r, "officer", "POST", path+"/put", putRequest{s.ID}, seen(tag)...)
	var p proposalView
	h.do(&p, "officer", "GET", "/api/v1/proposals/"+r.Proposal, nil)
	if len(p.Documents) != 2 || p.Title != "Par Memoranda padomes darba plāna 2024.–2026. gadam 2. redakciju" {
		t.Errorf("proposal %q with %v", p.Title, p.Documents)
	}
	h.do(&r, "officer", "POST", path+"/withdraw", reasonRequest{"Gaida."}, seen(tag)...)
	var all listing[reviewLine]
	h.do(&all, "ngo-2", "GET", "/api/v1/plan-reviews", nil)
	if len(all.Items) != 1 || all.Items[0].State != plan.Abandoned {
		t.Errorf("reviews %v", all.Items)
	}
	var task taskAnswer
	h.do(&task, "", "GET", "/api/v1/plan/tasks/5/2", nil)
	if len(task.Wordings) != 1 || task.Since != "2024-01-31" {
		t.Errorf("task %+v", task)
	}
}
