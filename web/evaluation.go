package web

import (
	"bytes"
	"io"
	"net/http"
	"strconv"

	"padome/evaluation"
	paper "padome/internal/document"
)

// evaluationRoutes are those of how far the plan is carried out.
func (s *Server) evaluationRoutes() []Route {
	return []Route{
		{"GET", "/api/v1/plan/coverage", Public, noBody, s.coverage},
		{"GET", "/api/v1/plan/evaluations", Public, noBody, s.evaluations},
		{"GET", "/api/v1/plan/evaluations/:year", Public, noBody, s.evaluation},
		{"GET", "/api/v1/plan/evaluations/:year/paper.pdf", Public, noBody, s.evaluationPDF},
		{"GET", "/api/v1/plan/evaluations/:year/paper.html", Public, noBody, s.evaluationHTML},
		{"PUT", "/api/v1/plan/evaluations/:year", preparers, longDoc, s.saveConclusions},
		{"POST", "/api/v1/plan/evaluations/:year/adopt", preparers, smallDoc, s.adoptEvaluation},
	}
}

// coverage is that of ?date=, today when none is given.
func (s *Server) coverage(c *Call) error {
	on, err := c.date("date", false)
	if err != nil {
		return err
	}
	if on == "" {
		on = c.Today()
	}
	x, err := s.Office.Coverage(c.Ctx, c.Actor, on)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, x, 0)
}

func (s *Server) evaluations(c *Call) error {
	all, err := s.Office.Evaluations(c.Ctx, c.Actor)
	if err != nil {
		return err
	}
	return listPart(c, all, func(e evaluation.Evaluation) string { return strconv.Itoa(e.Year) }, c.evaluation)
}

// evaluationView is an evaluation; who edited it last is for those who work with
// drafts.
type evaluationView struct {
	evaluation.Evaluation
	StateText string `json:"stateText"`
}

func (c *Call) evaluation(e evaluation.Evaluation) evaluationView {
	e.Conclusions = listed(e.Conclusions)
	if draft := (evaluation.Evaluation{}); !draft.MayRead(c.Actor) {
		e.EditedBy = ""
	}
	return evaluationView{e, c.say("evaluation.stage." + string(e.State))}
}

func (c *Call) showEvaluation(e evaluation.Evaluation, err error) error {
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, c.evaluation(e), e.Revision)
}

func (s *Server) evaluation(c *Call) error {
	year, err := c.count("year")
	if err != nil {
		return err
	}
	return c.showEvaluation(s.Office.Evaluation(c.Ctx, c.Actor, year))
}

func (s *Server) evaluationPDF(c *Call) error {
	year, err := c.count("year")
	if err != nil {
		return err
	}
	file, err := s.Office.EvaluationPDF(c.Ctx, c.Actor, c.Lang, year)
	if err != nil {
		return err
	}
	return c.pdf(c.say("api.file.evaluation", "year", strconv.Itoa(year)), io.NopCloser(bytes.NewReader(file)))
}

// evaluationHTML sends the paper as a page of its own: it may have the style of
// such papers, and nothing else.
func (s *Server) evaluationHTML(c *Call) error {
	year, err := c.count("year")
	if err != nil {
		return err
	}
	page, err := s.Office.EvaluationHTML(c.Ctx, c.Actor, c.Lang, year)
	if err != nil {
		return err
	}
	c.SetHeader("Content-Security-Policy", "default-src 'none'; style-src "+paper.StyleSource()+"; frame-ancestors 'none'")
	c.write(http.StatusOK, "text/html; charset=utf-8", []byte(page))
	return nil
}

type conclusionsRequest struct {
	Conclusions []evaluation.Conclusion `json:"conclusions"`
	Overall     string                  `json:"overall"`
}

func (s *Server) saveConclusions(c *Call) error {
	year, err := c.count("year")
	if err != nil {
		return err
	}
	var in conclusionsRequest
	revision, err := c.beginningOrChanging(&in)
	if err != nil {
		return err
	}
	return c.showEvaluation(s.Office.SaveConclusions(c.Ctx, c.by(), year, revision, in.Conclusions, in.Overall))
}

type adoptRequest struct {
	Session string `json:"session"`
}

func (s *Server) adoptEvaluation(c *Call) error {
	year, err := c.count("year")
	if err != nil {
		return err
	}
	var in adoptRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showEvaluation(s.Office.AdoptEvaluation(c.Ctx, c.by(), year, revision, in.Session))
}
