package web

import (
	"net/http"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/office"
	"padome/plan"
	"padome/storage"
	"padome/templates"
)

func dayOf(t time.Time) council.Date { return council.DateOf(t) }

// reviewStep is the page of a step of a review: put, decide or withdraw.
func (s *Server) reviewStep(c *Call, r plan.Review, step string, f templates.Form) (templates.PlanReviewStep, error) {
	p := templates.PlanReviewStep{Form: f, Step: step, Back: reviewAt(r.ID), Title: c.say("page.plan-review.do." + step), Careful: c.say("page.plan-review.careful." + step),
		Crumbs: append(c.planCrumbs(), templates.Link{Text: c.say("page.plan-reviews.title"), Href: reviewsAt}, templates.Link{Text: c.reviewTitle(r), Href: reviewAt(r.ID)})}
	switch step {
	case "put":
		all, _, err := s.Office.Sessions(c.Ctx, storage.Span{From: c.Today()}, storage.Page{Limit: mostComing})
		if err != nil {
			return p, err
		}
		for _, x := range all {
			if x.State != council.Closed && x.State != council.Cancelled {
				p.Sessions = append(p.Sessions, templates.Choice{Value: x.ID, Text: c.say("page.session.of", "date", string(x.Date))})
			}
		}
	case "decide":
		if err := c.amendments(r, &p); err != nil {
			return p, err
		}
		held, err := s.heldSessions(c)
		if err != nil {
			return p, err
		}
		for _, x := range held {
			if err := s.clausesOn(c, r, x.Value, &p); err != nil {
				return p, err
			}
		}
	}
	return p, nil
}

// amendments shows the changes that the session made itself, and where more of them
// are entered.
func (c *Call) amendments(r plan.Review, p *templates.PlanReviewStep) error {
	amended, err := r.Amended()
	if err != nil {
		return err
	}
	changes, err := r.AmendmentsTold()
	if err != nil {
		return err
	}
	p.Amendments, p.Amended, p.At = c.planChanges(&changes), len(r.Amendments) > 0, reviewAt(r.ID)
	if r.State == plan.Put {
		p.Proposed = amended
	}
	return nil
}

// clausesOn adds the clauses of a session on a review's own item, or on the annual
// review.
func (s *Server) clausesOn(c *Call, r plan.Review, session string, p *templates.PlanReviewStep) error {
	ds, err := s.Office.DecisionsOf(c.Ctx, c.Actor, session)
	if err != nil {
		return err
	}
	for _, d := range newestDecisions(ds) {
		if office.DecidesOn(&r, &d) {
			p.Decisions = append(p.Decisions, templates.Choice{Value: d.ID, Text: c.say("page.plan-coverage.decision", "number", d.Number(), "date", string(d.Taken)) + " " + firstWords(d.Wording)})
		}
	}
	return nil
}

// stepPage shows a step's form.
func (s *Server) stepPage(c *Call, step string) error {
	r, _, err := s.Office.Review(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	p, err := s.reviewStep(c, r, step, c.NewForm(templates.PlanReviewFields, r.Revision, nil))
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

// stepForm is what the form of a step holds.
type stepForm struct {
	Session  string `json:"session"`
	Decision string `json:"decision"`
	Outcome  string `json:"outcome"`
	Note     string `json:"note"`
	Reason   string `json:"reason"`
}

// dropLast is the outcome that takes back the last change of the session's.
const dropLast = "drop"

// stepByForm takes a step as the form says.
func (s *Server) stepByForm(c *Call, step string, do func(id string, revision uint64, in stepForm) error) error {
	r, _, err := s.Office.Review(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	var in stepForm
	form, err := c.Form(templates.PlanReviewFields, &in)
	if err != nil {
		return err
	}
	err = do(r.ID, form.Revision, in)
	if wrong, err := c.Wrong(&form, err); wrong {
		p, pageErr := s.reviewStep(c, r, step, form)
		if pageErr != nil {
			return pageErr
		}
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	if in.Outcome == dropLast {
		return c.Done(reviewAt(r.ID, step), "done.plan.review.unamended")
	}
	return c.Done(reviewAt(r.ID), "done.plan.review."+step)
}

// chosen refuses a choice that was not made.
func chosen(field, value string) error {
	var l problem.List
	if value == "" {
		l.Add(field, "problem.text.missing")
	}
	return l.Err()
}

func (s *Server) putPage(c *Call) error            { return s.stepPage(c, "put") }
func (s *Server) decidePage(c *Call) error         { return s.stepPage(c, "decide") }
func (s *Server) withdrawReviewPage(c *Call) error { return s.stepPage(c, "withdraw") }

func (s *Server) putByForm(c *Call) error {
	return s.stepByForm(c, "put", func(id string, revision uint64, in stepForm) error {
		if err := chosen("session", in.Session); err != nil {
			return err
		}
		_, err := s.Office.PutReview(c.Ctx, c.by(), id, revision, in.Session)
		return err
	})
}

func (s *Server) decideByForm(c *Call) error {
	return s.stepByForm(c, "decide", func(id string, revision uint64, in stepForm) error {
		if in.Outcome == dropLast {
			_, err := s.Office.DropAmendment(c.Ctx, c.by(), id, revision)
			return err
		}
		if err := chosen("decision", in.Decision); err != nil {
			return err
		}
		if err := chosen("outcome", in.Outcome); err != nil {
			return err
		}
		_, err := s.Office.DecideReview(c.Ctx, c.by(), id, revision, office.Outcome{Decision: in.Decision, Rejected: in.Outcome == "rejected", Note: in.Note})
		return err
	})
}

func (s *Server) withdrawReviewByForm(c *Call) error {
	return s.stepByForm(c, "withdraw", func(id string, revision uint64, in stepForm) error {
		_, err := s.Office.WithdrawReview(c.Ctx, c.by(), id, revision, in.Reason)
		return err
	})
}
