package web

import (
	"bytes"
	"cmp"
	"net/http"
	"strconv"
	"strings"

	"padome/internal/problem"
	"padome/office"
	"padome/plan"
	"padome/plan/exchange"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).planImportPages}) }

// planImportPages bring a plan in from a file, after its preview.
func (s *Server) planImportPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", planImportAt, preparers, noBody, s.planImportPage},
		{"POST", planImportAt, preparers, planDoc, s.previewPlanByForm},
		{"POST", planImportAt + "/apply", preparers, planDoc, s.applyPlanByForm},
	}
}

const planImportAt = "/plan/import"

func (s *Server) planImportPage(c *Call) error {
	return c.Page(http.StatusOK, templates.PlanImport{Crumbs: c.planCrumbs(), Form: c.NewForm(templates.PlanImportFields, 0, nil)})
}

// previewPlanByForm reads the file that was sent and shows what it would change.
func (s *Server) previewPlanByForm(c *Call) error {
	form, err := c.Form(templates.PlanImportFields, nil)
	if err != nil {
		return err
	}
	var f exchange.File
	_, r, err := c.sentFile("file") // which kind it is, its bytes say
	if err == nil {
		defer r.Close()
		f, err = exchange.Read(r)
	}
	var page templates.PlanPreview
	if err == nil {
		page, err = s.planPreview(c, f, nil)
	}
	err = inField(err, "file")
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(templates.PlanImport{Crumbs: c.planCrumbs(), Form: form})
	} else if err != nil {
		return err
	}
	return c.Page(http.StatusOK, page)
}

// inField makes a refusal of a file without a field of its own one of a field.
func inField(err error, field string) error {
	e, ok := asProblem(err)
	if !ok || len(e.Fields) > 0 || e.Kind != problem.Invalid && e.Kind != problem.TooLarge {
		return err
	}
	var l problem.List
	l.Add(field, e.Key, flat(e.Args)...)
	return l.Err()
}

// planPreview shows what a plan from a file would change, with what its tasks
// continue as it was said.
func (s *Server) planPreview(c *Call, f exchange.File, said plan.Mapping) (templates.PlanPreview, error) {
	p, err := s.Office.PreviewPlan(c.Ctx, c.Actor, office.PlanFile{Plan: f.Plan, Follows: said})
	if err != nil {
		return templates.PlanPreview{}, err
	}
	var carried bytes.Buffer
	if err := exchange.Write(&carried, f.Plan, exchange.JSON); err != nil {
		return templates.PlanPreview{}, err
	}
	page := templates.PlanPreview{Crumbs: append(c.planCrumbs(), templates.Link{Text: c.say("page.plan-import.title"), Href: planImportAt}),
		Form: c.NewForm(nil, 0, nil), First: p.Base == 0, Same: p.Base > 0 && p.Empty(), Title: p.Plan.Title, Proposed: p.Plan.Proposed, Changes: c.planChanges(&p.Comparison),
		Approved: c.say("page.plan-preview.approved", "date", string(p.Plan.Approved)), Plan: carried.String(), Digest: p.Digest}
	page.Read, page.Outline = c.planRead(&p.Plan)
	if page.Proposed {
		page.Approved = c.say("page.plan-preview.proposed", "date", string(p.Plan.Approved))
	}
	for _, u := range f.Unplaced {
		page.Unplaced = append(page.Unplaced, c.say("label.plan.unplaced", "line", strconv.Itoa(u.Line), "text", u.Text))
	}
	if p.Base > 0 {
		base, err := s.Office.Plan(c.Ctx, p.Base)
		if err != nil {
			return page, err
		}
		page.Matches = c.planMatches(&p, &base)
	}
	return page, nil
}

// planRead is what was read of a plan: how much, and all of its measures.
func (c *Call) planRead(p *plan.Plan) (sum string, all []templates.PlanOutline) {
	results := 0
	for i := range p.Measures {
		m := &p.Measures[i]
		x := templates.PlanOutline{Text: m.Text, Results: m.Results}
		for _, t := range m.Tasks {
			if !t.Retired {
				x.Tasks = append(x.Tasks, plan.Ref{Measure: m.Number, Task: t.Number}.Label()+" "+t.Text)
			}
		}
		results += len(m.Results)
		all = append(all, x)
	}
	return c.say("page.plan-preview.read", "goals", strconv.Itoa(len(p.Goals)), "measures", strconv.Itoa(len(p.Measures)),
		"tasks", strconv.Itoa(len(p.Refs())), "results", strconv.Itoa(results)), all
}

// planMatches are the tasks whose predecessors a person is to confirm.
func (c *Call) planMatches(p *plan.Preview, base *plan.Plan) (all []templates.PlanMatch) {
	for i := range p.Matches {
		m := &p.Matches[i]
		if m.How != plan.Similar && m.How != plan.Given {
			continue
		}
		t, _ := p.Plan.Task(m.Task.Measure, m.Task.Task)
		v := templates.PlanMatch{Name: matchField(m.Task), Label: m.Task.Label(), Text: t.Text, Sure: c.say("page.plan-preview.given"),
			Follows: strings.ReplaceAll(labels(m.Follows), " + ", ", ")}
		if m.How == plan.Similar {
			v.Sure = m.Say(c.Lang)
		}
		for _, r := range m.Follows {
			old, _ := base.Task(r.Measure, r.Task)
			v.Before = append(v.Before, r.Label()+" "+old.Text)
		}
		all = append(all, v)
	}
	return all
}

func matchField(r plan.Ref) string {
	return "follows-" + strconv.Itoa(r.Measure) + "-" + strconv.Itoa(r.Task)
}

// saidOfTasks is what the form says tasks continue: numbers with commas between
// them; nothing for a new task.
func saidOfTasks(f templates.Form) (plan.Mapping, error) {
	var parts []string
	for name := range f.Values {
		number, ok := strings.CutPrefix(name, "follows-")
		if !ok {
			continue
		}
		follows := strings.Join(strings.FieldsFunc(f.Value(name), func(r rune) bool { return r == ',' || r == ' ' || r == '+' }), "+")
		parts = append(parts, strings.Replace(number, "-", ".", 1)+"="+cmp.Or(follows, "new"))
	}
	return plan.ParseMapping(strings.Join(parts, ","))
}

// applyPlanByForm brings in what the preview showed, starts a review from it, or
// shows the preview anew under what the form says of tasks.
func (s *Server) applyPlanByForm(c *Call) error {
	form, err := c.Form(nil, nil)
	if err != nil {
		return err
	}
	f, err := exchange.Read(strings.NewReader(form.Value("plan")))
	if err != nil {
		return err
	}
	said, err := saidOfTasks(form)
	if err == nil && form.Value("step") == "preview" {
		return s.previewAgain(c, f, said, form)
	}
	in := office.PlanFile{Plan: f.Plan, Follows: said}
	switch {
	case err != nil:
	case form.Value("step") == "review":
		var r plan.Review
		if r, err = s.Office.StartReviewFrom(c.Ctx, c.by(), in, form.Value("digest")); err == nil {
			return c.Done(reviewAt(r.ID), "done.plan.review.started")
		}
	default:
		var p plan.Plan
		if p, err = s.Office.ApplyPlan(c.Ctx, c.by(), in, form.Value("digest")); err == nil {
			return c.Done("/plan", "done.plan.imported", "n", strconv.Itoa(p.Revision))
		}
	}
	if wrong, other := c.Wrong(&form, err); !wrong {
		return other
	}
	return s.previewAgain(c, f, nil, form)
}

// previewAgain shows the preview anew with the faults of the form, if any.
func (s *Server) previewAgain(c *Call, f exchange.File, said plan.Mapping, form templates.Form) error {
	page, err := s.planPreview(c, f, said)
	if wrong, err := c.Wrong(&form, err); wrong && page.Plan == "" {
		if page, err = s.planPreview(c, f, nil); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	page.Faults, page.Unplaced = form.Faults, form.Values["unplaced"]
	if len(page.Faults) > 0 {
		return c.FormPage(page)
	}
	return c.Page(http.StatusOK, page)
}
