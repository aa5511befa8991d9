package web

import (
	"net/http"

	"padome/council"
	"padome/office"
	"padome/plan"
	"padome/plan/exchange"
)

// reviewRoutes are those of the plan's review. Members of working groups prepare
// one too, which only the office can tell: others do not find it.
func (s *Server) reviewRoutes() []Route {
	return []Route{
		{"GET", "/api/v1/plan/tasks/:measure/:task", Public, noBody, s.task},
		{"GET", "/api/v1/plan-reviews", LoggedIn, noBody, s.reviews},
		{"POST", "/api/v1/plan-reviews", LoggedIn, smallDoc, s.startReview},
		{"POST", "/api/v1/plan-reviews/import", LoggedIn, planDoc, s.importReview},
		{"GET", "/api/v1/plan-reviews/:id", LoggedIn, noBody, s.review},
		{"GET", "/api/v1/plan-reviews/:id/export", LoggedIn, noBody, s.exportReview},
		{"POST", "/api/v1/plan-reviews/:id/edits", LoggedIn, longDoc, s.editReview},
		{"POST", "/api/v1/plan-reviews/:id/put", proposers, smallDoc, s.putReview},
		{"POST", "/api/v1/plan-reviews/:id/amendments", preparers, longDoc, s.amendReview},
		{"POST", "/api/v1/plan-reviews/:id/amendments/drop", preparers, smallDoc, s.dropAmendment},
		{"POST", "/api/v1/plan-reviews/:id/withdraw", LoggedIn, formDoc, s.withdrawReview},
		{"POST", "/api/v1/plan-reviews/:id/decide", preparers, longDoc, s.decideReview},
	}
}

// wordingView is how a task read in one revision.
type wordingView struct {
	Task      plan.Ref       `json:"task"`
	Text      string         `json:"text"`
	Approved  council.Date   `json:"approved"`
	Retired   bool           `json:"retired,omitempty"`
	Decisions []decisionView `json:"decisions"`
}

// taskAnswer is a task of the newest revision with its history, the newest wording
// first.
type taskAnswer struct {
	Task        plan.Ref         `json:"task"`
	Text        string           `json:"text"`
	Retired     bool             `json:"retired,omitempty"`
	Measure     string           `json:"measure"`
	Since       council.Date     `json:"since"`
	Wordings    []wordingView    `json:"wordings"`
	InForce     *assignmentView  `json:"inForce,omitempty"`
	Assignments []assignmentView `json:"assignments"`
	Findings    []fulfilmentView `json:"findings"` // of the council, the newest first
}

func (s *Server) task(c *Call) error {
	measure, err := c.count("measure")
	if err != nil {
		return err
	}
	task, err := c.count("task")
	if err != nil {
		return err
	}
	p, err := s.Office.Task(c.Ctx, c.Actor, measure, task)
	if err != nil {
		return err
	}
	a := taskAnswer{Task: p.Task, Text: p.Text, Retired: p.Retired, Measure: p.Measure, Since: p.Since, Assignments: []assignmentView{}, Findings: []fulfilmentView{}}
	for _, w := range p.Wordings {
		v := wordingView{w.Task, w.Text, w.Approved, w.Retired, []decisionView{}}
		for _, d := range w.Decisions {
			v.Decisions = append(v.Decisions, c.decision(d))
		}
		a.Wordings = append(a.Wordings, v)
	}
	for _, x := range p.Assignments {
		a.Assignments = append(a.Assignments, c.assignment(x))
	}
	for _, f := range p.Findings {
		a.Findings = append(a.Findings, c.fulfilment(f))
	}
	if p.InForce != nil {
		v := c.assignment(*p.InForce)
		a.InForce = &v
	}
	return c.JSON(http.StatusOK, a, 0)
}

// reviewLine is a review as a list shows it.
type reviewLine struct {
	ID        string           `json:"id"`
	Base      int              `json:"base"`
	State     plan.ReviewState `json:"state"`
	StateText string           `json:"stateText"`
	Session   string           `json:"session,omitempty"`
	Proposal  string           `json:"proposal,omitempty"`
	Verdict   *plan.Verdict    `json:"verdict,omitempty"`
	Why       string           `json:"why,omitempty"`
	Revision  uint64           `json:"revision"`
}

func (c *Call) reviewLine(r plan.Review) reviewLine {
	return reviewLine{r.ID, r.Base, r.State, c.say("label.plan.review.state." + string(r.State)), r.Session, r.Proposal, r.Verdict, r.Why, r.Revision}
}

func (s *Server) reviews(c *Call) error {
	all, err := s.Office.Reviews(c.Ctx, c.Actor)
	if err != nil {
		return err
	}
	return listPart(c, all, func(r plan.Review) string { return r.ID }, c.reviewLine)
}

// reviewAnswer is a review with its tracked changes; summary tells them one a line.
type reviewAnswer struct {
	reviewLine
	Proposed plan.Plan       `json:"proposed"`
	Changes  plan.Comparison `json:"changes"`
	Summary  []string        `json:"summary"`
	Amended  []plan.Edit     `json:"amendments,omitempty"` // by the session itself, not in the proposed plan yet
}

// showReview answers with what became of a review.
func (s *Server) showReview(c *Call, created bool) func(plan.Review, error) error {
	return func(r plan.Review, err error) error {
		if err != nil {
			return err
		}
		base, err := s.Office.Plan(c.Ctx, r.Base)
		if err != nil {
			return err
		}
		changes := plan.Compare(base, r.Proposed)
		return stored(c, reviewAnswer{c.reviewLine(r), r.Proposed, changes, listed(changes.Lines(c.Lang)), r.Amendments}, r.Revision, created)
	}
}

func (s *Server) review(c *Call) error {
	r, _, err := s.Office.Review(c.Ctx, c.Actor, c.Param("id"))
	return s.showReview(c, false)(r, err)
}

func (s *Server) exportReview(c *Call) error {
	format, err := c.planFormat()
	if err != nil {
		return err
	}
	r, _, err := s.Office.Review(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return c.planAs(r.Proposed, format)
}

// planFormat is the format that the address asks for, DOCX when it asks for none.
func (c *Call) planFormat() (exchange.Format, error) {
	if asked := c.Query("format"); asked != "" {
		return exchange.ParseFormat(asked)
	}
	return exchange.DOCX, nil
}

// startRequest names the revision in force, as the caller saw it.
type startRequest struct {
	Base int `json:"base"`
}

func (s *Server) startReview(c *Call) error {
	var in startRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	return s.showReview(c, true)(s.Office.StartReview(c.Ctx, c.by(), in.Base))
}

func (s *Server) importReview(c *Call) error {
	_, in, err := c.planFile()
	if err != nil {
		return err
	}
	return s.showReview(c, true)(s.Office.StartReviewFrom(c.Ctx, c.by(), in, c.Query("digest")))
}

func (s *Server) editReview(c *Call) error {
	var in plan.Edit
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return s.showReview(c, false)(s.Office.EditReview(c.Ctx, c.by(), c.Param("id"), revision, in))
}

func (s *Server) amendReview(c *Call) error {
	var in plan.Edit
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return s.showReview(c, false)(s.Office.AmendReview(c.Ctx, c.by(), c.Param("id"), revision, in))
}

func (s *Server) dropAmendment(c *Call) error {
	revision, err := c.changing(&struct{}{})
	if err != nil {
		return err
	}
	return s.showReview(c, false)(s.Office.DropAmendment(c.Ctx, c.by(), c.Param("id"), revision))
}

// putRequest names the session that is to decide.
type putRequest struct {
	Session string `json:"session"`
}

func (s *Server) putReview(c *Call) error {
	var in putRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return s.showReview(c, false)(s.Office.PutReview(c.Ctx, c.by(), c.Param("id"), revision, in.Session))
}

func (s *Server) withdrawReview(c *Call) error {
	var in reasonRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return s.showReview(c, false)(s.Office.WithdrawReview(c.Ctx, c.by(), c.Param("id"), revision, in.Reason))
}

func (s *Server) decideReview(c *Call) error {
	var in office.Outcome
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return s.showReview(c, false)(s.Office.DecideReview(c.Ctx, c.by(), c.Param("id"), revision, in))
}
