package web

import (
	"net/http"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).observerPages}) }

// observerPages are the sign-up of observers (P17), open to everybody, and the
// list of those who did.
func (s *Server) observerPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/sessions/:id/observe", Public, noBody, s.observePage},
		{"POST", "/sessions/:id/observe", Public, smallDoc, s.observeByForm},
		{"GET", "/sessions/:id/observers", drafters, noBody, s.observersPage},
	}
}

func (s *Server) observePage(c *Call) error {
	x, until, err := s.signUpOpen(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, templates.Observe{Crumbs: c.sessionCrumbs(x), Session: x, Until: until, Form: c.NewForm(templates.ObserveFields, 0, nil)})
}

// signUpOpen is the session and the end of its sign-up in words; it fails when
// nobody can sign up.
func (s *Server) signUpOpen(c *Call) (council.Session, string, error) {
	x, err := s.Office.Session(c.Ctx, c.Param("id"))
	if err != nil {
		return x, "", err
	}
	p := templates.SessionPage{Session: x}
	if err := s.fillDeadlines(c, &p); err != nil {
		return x, "", err
	}
	if p.Observe == "" {
		return x, "", problem.New(problem.State, "problem.observe.closed", "date", string(x.Date))
	}
	return x, p.Until, nil
}

func (s *Server) observeByForm(c *Call) error {
	x, err := s.Office.Session(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	var in observerRequest
	form, err := c.Form(templates.ObserveFields, &in)
	if err != nil {
		return err
	}
	_, err = s.signUpOne(c, in)
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(templates.Observe{Crumbs: c.sessionCrumbs(x), Session: x, Form: form})
	} else if err != nil {
		return err
	}
	return c.Done(sessionAt(x.ID), "done.observe")
}

func (s *Server) observersPage(c *Call) error {
	if !agenda.MayReadDraft(c.Actor) {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	x, err := s.Office.Session(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	all, err := s.Office.Observers(c.Ctx, c.Actor, x.ID)
	if err != nil {
		return err
	}
	p := templates.Observers{Crumbs: c.sessionCrumbs(x), Session: x, All: all}
	if council.MayRemoveObservers(c.Actor) == nil {
		p.Keeping = retentionAt
	}
	return c.Page(http.StatusOK, p)
}
