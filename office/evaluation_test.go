package office

import (
	"bytes"
	"strings"
	"testing"

	"padome/council"
	"padome/evaluation"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/plan"
)

func TestCoverageShowsWhatTheReaderMaySee(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	february, _, _ := d.taken()
	task := func(c evaluation.Coverage, measure, number int) evaluation.TaskCover {
		return c.Measures[measure-1].Tasks[number-1]
	}
	c := get2(d.Coverage(ctx, council.Actor{}, "2024-03-01"))(t)
	x := task(c, 8, 2)
	if len(c.Measures) != 8 || len(c.Sessions) != 2 || x.LastHeld != february.Date || x.NextDue != "2025-02-28" || x.Cells[0].State != evaluation.Decided {
		t.Errorf("after the minutes are signed: %d sessions, %+v", len(c.Sessions), x)
	}
	if n := len(c.Measures[7].Decisions); n != 1 {
		t.Errorf("%d decisions are evidence of measure 8, want 1", n)
	}
	if early := task(get2(d.Coverage(ctx, council.Actor{}, "2024-02-27"))(t), 8, 2); early.State != evaluation.Never || early.Cells[0].State != evaluation.Planned {
		t.Errorf("the day before: %+v", early)
	}
	_, err := d.Coverage(ctx, council.Actor{}, "2024-02-30")
	wantKey(t, err, problem.Invalid, "problem.date")
}

func TestTheOutcomeOfASessionIsHiddenUntilItsMinutesAreSigned(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-02-28")
	d.propose("Par nodokļiem", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	d.at("2024-02-14", "11:00")
	d.closed(s.ID, d.opened(s.ID), "")
	for actor, want := range map[string]evaluation.Mark{"ngo-2": evaluation.Decided, "": evaluation.Planned} {
		a := council.Actor{}
		if actor != "" {
			a = d.by(actor).Actor
		}
		c := get2(d.Coverage(ctx, a, "2024-03-01"))(t)
		if got := c.Measures[7].Tasks[1].Cells[0].State; got != want || actor == "" && len(c.Measures[7].Decisions) != 0 {
			t.Errorf("%q sees %s, want %s", actor, got, want)
		}
	}
}

func TestTheYearlyEvaluationIsAdoptedOnce(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	february, _, _ := d.taken()
	officer, public := d.by("officer"), council.Actor{}
	var conclusions []evaluation.Conclusion
	for m := range 8 {
		conclusions = append(conclusions, evaluation.Conclusion{Measure: m + 1, Text: "Pasākums turpināms."})
	}
	_, err := d.SaveConclusions(ctx, d.by("ngo-2"), 2024, 0, conclusions, "Labi.")
	wantKey(t, err, problem.Forbidden, "problem.evaluation.edit")
	_, err = d.SaveConclusions(ctx, officer, 2030, 0, conclusions, "Labi.")
	wantKey(t, err, problem.NotFound, "problem.evaluation.year")
	e := get2(d.SaveConclusions(ctx, officer, 2024, 0, conclusions[:1], "Sākts."))(t)
	_, err = d.SaveConclusions(ctx, officer, 2024, 0, conclusions, "Labi.")
	wantKey(t, err, problem.Conflict, "problem.exists.evaluation")
	e = get2(d.SaveConclusions(ctx, officer, 2024, e.Revision, conclusions, "Labi."))(t)
	_, err = d.Evaluation(ctx, public, 2024)
	wantKey(t, err, problem.NotFound, "problem.missing.evaluation")
	_, err = d.AdoptEvaluation(ctx, officer, 2024, e.Revision, "none")
	wantKey(t, err, problem.Invalid, "problem.missing.session")
	e = get2(d.AdoptEvaluation(ctx, officer, 2024, e.Revision, february.ID))(t)
	_, err = d.SaveConclusions(ctx, officer, 2024, e.Revision, conclusions, "Citādi.")
	wantKey(t, err, problem.State, "problem.evaluation.adopted")

	before := get2(d.EvaluationPDF(ctx, public, locale.LV, 2024))(t)
	must(t)(d.Assign(ctx, officer, plan.Assignment{Task: plan.Ref{Measure: 8, Task: 2}, Responsible: "Valsts kanceleja", DecidedBy: "Darba grupa", DecidedOn: "2024-03-01"}))
	if after := get2(d.EvaluationPDF(ctx, public, locale.LV, 2024))(t); !bytes.Equal(before, after) {
		t.Error("the adopted paper changed with the data")
	}
	paper := get2(d.EvaluationDocument(ctx, public, locale.LV, 2024))(t)
	if s := document.PlainText(paper); paper.Draft || strings.Count(s, "Pasākums turpināms.") != 8 || !strings.Contains(s, "1 sēde\n") {
		t.Errorf("the paper says\n%s", s)
	}
	page := get2(d.EvaluationHTML(ctx, public, locale.EN, 2024))(t)
	if !strings.Contains(page, "Adopted at the session of 28 February 2024.") {
		t.Error("the page does not say who adopted it")
	}
	if all := get2(d.Evaluations(ctx, public))(t); len(all) != 1 {
		t.Errorf("the public sees %d evaluations", len(all))
	}
}
