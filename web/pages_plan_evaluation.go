package web

import (
	"net/http"
	"slices"
	"strconv"

	"padome/council"
	"padome/evaluation"
	"padome/internal/problem"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).evaluationPages}) }

// evaluationPages are those of the yearly evaluation of the plan.
func (s *Server) evaluationPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", evaluationsAt, Public, noBody, s.kept(s.evaluationsPage)},
		{"GET", "/plan/evaluations/:year", Public, noBody, s.kept(s.evaluationPage)},
		{"GET", "/plan/evaluations/:year/conclusions", preparers, noBody, s.conclusionsPage},
		{"POST", "/plan/evaluations/:year/conclusions", preparers, longDoc, s.concludeByForm},
		{"GET", "/plan/evaluations/:year/adopt", preparers, noBody, s.adoptionPage},
		{"POST", "/plan/evaluations/:year/adopt", preparers, smallDoc, s.adoptEvaluationByForm},
	}
}

const evaluationsAt = "/plan/evaluations"

func evaluationAt(year int) string { return evaluationsAt + "/" + strconv.Itoa(year) }

// evaluationOf is that of a year; one that nobody has begun has no revision, and one
// that the reader may not see no state either.
func (s *Server) evaluationOf(c *Call, year int) (evaluation.Evaluation, error) {
	e, err := s.Office.Evaluation(c.Ctx, c.Actor, year)
	if problem.KindOf(err) == problem.NotFound {
		return evaluation.Evaluation{Year: year}, nil
	}
	return e, err
}

// planYear is the year of the path; one that the plan does not have is not there.
func (s *Server) planYear(c *Call) (int, error) {
	year, err := c.count("year")
	if err != nil {
		return 0, err
	}
	all, err := s.Office.Plans(c.Ctx)
	if err != nil {
		return 0, err
	}
	if len(all) == 0 {
		return 0, problem.New(problem.NotFound, "problem.not-found")
	}
	if from, until := all[0].From, all[len(all)-1].Until; year < from || year > until {
		return 0, problem.New(problem.NotFound, "problem.evaluation.year", "value", strconv.Itoa(year), "from", strconv.Itoa(from), "until", strconv.Itoa(until))
	}
	return year, nil
}

func (c *Call) evaluationTag(e evaluation.Evaluation) templates.Tag {
	switch {
	case e.State == evaluation.Adopted:
		return templates.Tag{Text: c.say("evaluation.stage.adopted"), Colour: "green"}
	case e.Revision > 0:
		return templates.Tag{Text: c.say("evaluation.stage.draft"), Colour: "yellow"}
	}
	return templates.Tag{Text: c.say("page.plan-evaluation.not-begun"), Colour: "grey"}
}

// evaluationsPage lists the years of the plan that have begun.
func (s *Server) evaluationsPage(c *Call) error {
	all, err := s.Office.Plans(c.Ctx)
	if err != nil {
		return err
	}
	page := templates.PlanEvaluations{Crumbs: c.planCrumbs()}
	if len(all) > 0 {
		for year := min(all[len(all)-1].Until, c.Today().Year()); year >= all[0].From; year-- {
			e, err := s.evaluationOf(c, year)
			if err != nil {
				return err
			}
			page.Years = append(page.Years, templates.Task{Title: c.say("page.plan-coverage.year", "year", strconv.Itoa(year)), Href: evaluationAt(year), State: c.evaluationTag(e)})
		}
	}
	return c.Page(http.StatusOK, page)
}

func (c *Call) evaluationCrumbs(year int) templates.Crumbs {
	return append(c.planCrumbs(), templates.Link{Text: c.say("page.plan-evaluations.title"), Href: evaluationsAt},
		templates.Link{Text: c.say("page.plan-coverage.year", "year", strconv.Itoa(year)), Href: evaluationAt(year)})
}

// evaluationPage shows the paper of a year, or that there is none yet.
func (s *Server) evaluationPage(c *Call) error {
	year, err := s.planYear(c)
	if err != nil {
		return err
	}
	e, err := s.evaluationOf(c, year)
	if err != nil {
		return err
	}
	at := "/api/v1" + evaluationAt(year) + "/paper"
	page := templates.PlanEvaluation{Crumbs: c.evaluationCrumbs(year)[:2], Title: c.say("evaluation.name", "year", strconv.Itoa(year)), State: c.evaluationTag(e),
		PDF: at + ".pdf?lang=" + string(c.Lang), Alone: at + ".html?lang=" + string(c.Lang)}
	if evaluation.MayEdit(c.Actor) && e.State != evaluation.Adopted {
		page.Do = append(page.Do, templates.Task{Title: c.say("page.plan-evaluation.write"), Href: evaluationAt(year) + "/conclusions"})
		if e.Revision > 0 {
			page.Do = append(page.Do, templates.Task{Title: c.say("page.plan-evaluation.adopt"), Href: evaluationAt(year) + "/adopt"})
		}
	}
	if e.State == evaluation.Adopted {
		page.Adopted = c.say("evaluation.adopted", "date", string(e.Adopted))
	}
	if e.State != "" { // which the reader may see
		d, err := s.Office.EvaluationDocument(c.Ctx, c.Actor, c.Lang, year)
		if err != nil {
			return err
		}
		page.Paper = templates.Paper(d)
	}
	return c.Page(http.StatusOK, page)
}

// conclusionsFor is the page of conclusions. What was entered stands on it;
// without anything entered, what is kept.
func (s *Server) conclusionsFor(c *Call, e evaluation.Evaluation, f templates.Form) (templates.PlanConclusions, error) {
	p := templates.PlanConclusions{Crumbs: c.evaluationCrumbs(e.Year), Form: f, Back: evaluationAt(e.Year), Overall: f.Value("overall"),
		Title: c.say("page.plan-conclusions.title", "year", strconv.Itoa(e.Year))}
	if e.Revision > 0 {
		p.Saved = c.say("page.plan-conclusions.saved", "who", e.EditedBy, "date", string(council.DateOf(e.EditedAt)))
	}
	x, err := s.Office.Coverage(c.Ctx, c.Actor, min(c.Today(), council.Day(e.Year, 12, 31)))
	for _, m := range x.Measures {
		facts := c.countWords(countStates(m.Tasks)) + "; " + c.say("page.plan-conclusions.decisions", "n", strconv.Itoa(len(m.Decisions)))
		p.Measures = append(p.Measures, templates.PlanConclusion{Number: m.Number, Text: m.Text, Facts: facts, Value: f.Value("m" + strconv.Itoa(m.Number))})
	}
	return p, err
}

func (s *Server) conclusionsPage(c *Call) error {
	year, err := s.planYear(c)
	if err != nil {
		return err
	}
	e, err := s.evaluationOf(c, year)
	if err != nil {
		return err
	}
	p, err := s.conclusionsFor(c, e, c.conclusionForm(e))
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

// conclusionForm is the form of an evaluation as it is kept.
func (c *Call) conclusionForm(e evaluation.Evaluation) templates.Form {
	f := c.NewForm(nil, e.Revision, nil)
	f.Values["overall"] = []string{e.Overall}
	for _, x := range e.Conclusions {
		f.Values["m"+strconv.Itoa(x.Measure)] = []string{x.Text}
	}
	return f
}

// concludeByForm saves the conclusions; while they are typed it answers with the
// same page.
func (s *Server) concludeByForm(c *Call) error {
	year, err := s.planYear(c)
	if err != nil {
		return err
	}
	form, err := c.Form(nil, nil)
	if err != nil {
		return err
	}
	p, err := s.conclusionsFor(c, evaluation.Evaluation{Year: year}, form)
	if err != nil {
		return err
	}
	var all []evaluation.Conclusion
	for _, m := range p.Measures {
		all = append(all, evaluation.Conclusion{Measure: m.Number, Text: m.Value})
	}
	e, err := s.Office.SaveConclusions(c.Ctx, c.by(), year, form.Revision, all, form.Value("overall"))
	if wrong, err := c.Wrong(&form, err); wrong {
		p.Form = form
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	if c.gin.GetHeader("Padome-Autosave") == "" {
		return c.Done(evaluationAt(year), "done.plan.concluded", "year", strconv.Itoa(year))
	}
	if p, err = s.conclusionsFor(c, e, c.conclusionForm(e)); err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

// adoptionFor is the page on which an adoption is recorded: sessions from the year
// on.
func (s *Server) adoptionFor(c *Call, year int, f templates.Form) (templates.PlanAdoption, error) {
	p := templates.PlanAdoption{Crumbs: c.evaluationCrumbs(year), Form: f, Back: evaluationAt(year), Title: c.say("page.plan-adoption.title", "year", strconv.Itoa(year))}
	var err error
	p.Sessions, err = s.heldSessions(c)
	return p, err
}

func (s *Server) adoptionPage(c *Call) error {
	year, err := s.planYear(c)
	if err != nil {
		return err
	}
	e, err := s.Office.Evaluation(c.Ctx, c.Actor, year)
	if err != nil {
		return err
	}
	p, err := s.adoptionFor(c, year, c.NewForm(templates.PlanAdoptionFields, e.Revision, nil))
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

func (s *Server) adoptEvaluationByForm(c *Call) error {
	year, err := s.planYear(c)
	if err != nil {
		return err
	}
	var in adoptRequest
	form, err := c.Form(templates.PlanAdoptionFields, &in)
	if err != nil {
		return err
	}
	if in.Session == "" {
		var l problem.List
		l.Add("session", "problem.text.missing")
		c.fault(&form, l.Err())
	} else {
		_, err = s.Office.AdoptEvaluation(c.Ctx, c.by(), year, form.Revision, in.Session)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		form.Fields = slices.Clone(form.Fields[:1])
		for i := range form.Faults {
			if form.Faults[i].Field != "session" {
				form.Faults[i].Field = "" // written on another page
			}
		}
		p, pageErr := s.adoptionFor(c, year, form)
		if pageErr != nil {
			return pageErr
		}
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	return c.Done(evaluationAt(year), "done.plan.adopted", "year", strconv.Itoa(year))
}
