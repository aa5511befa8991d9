package web

import (
	"net/http"

	"padome/council"
	"padome/templates"
)

// sessionForm is the page that plans or changes a session, with who may preside.
func (s *Server) sessionForm(c *Call, f templates.Form, x council.Session) (templates.SessionForm, error) {
	p := templates.SessionForm{Crumbs: templates.Crumbs{{Text: c.say("nav.sessions"), Href: "/sessions"}}, Form: f, New: x.ID == ""}
	if !p.New {
		p.Crumbs, p.Voids = c.sessionCrumbs(x), x.State == council.Convened
	}
	on := council.Date(f.Value("date"))
	if !on.Valid() {
		on = c.Today()
	}
	r, err := s.Office.Roster(c.Ctx)
	if err != nil {
		return p, err
	}
	for _, role := range []council.Role{council.Chair, council.Deputy} {
		for _, m := range append(r.Holders(role, on), r.Substitutes(role, on)...) {
			if who, ok := r.Person(m.Person); ok {
				p.Leads = append(p.Leads, templates.Choice{Value: who.ID, Text: who.Name(), Hint: c.roleOf(string(role), who)})
			}
		}
	}
	return p, nil
}

// newSessionPage proposes the next regular session by the calendar, presided over
// by the one whose turn it is (P13, P24).
func (s *Server) newSessionPage(c *Call) error {
	set, err := s.Office.Settings(c.Ctx)
	if err != nil {
		return err
	}
	on, err := c.date("date", false)
	if err != nil {
		return err
	}
	in := sessionRequest{Kind: council.Regular, Mode: council.Hybrid, Date: on, Starts: set.Starts, Ends: set.Starts.Add(set.Minutes), Place: set.Place}
	if on != "" {
		turn, err := s.Office.PresidingTurn(c.Ctx, on)
		if err != nil {
			return err
		}
		in.Presiding = turn.Person
	}
	p, err := s.sessionForm(c, c.NewForm(templates.SessionFormFields, 0, in), council.Session{})
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

func (s *Server) planSessionByForm(c *Call) error {
	return s.sessionByForm(c, council.Session{}, func(in council.Session, _ uint64) (council.Session, error) {
		return s.Office.PlanSession(c.Ctx, c.by(), in)
	})
}

func (s *Server) changeSessionPage(c *Call) error {
	x, err := s.Office.Session(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	p, err := s.sessionForm(c, c.NewForm(templates.SessionFormFields, x.Revision, sessionRequest{Kind: x.Kind, Mode: x.Mode, Date: x.Date,
		Starts: x.Starts, Ends: x.Ends, Place: x.Place, Link: x.Link, Presiding: x.Presiding}), x)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

func (s *Server) changeSessionByForm(c *Call) error {
	x, err := s.Office.Session(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	return s.sessionByForm(c, x, func(in council.Session, revision uint64) (council.Session, error) {
		return s.Office.ChangeSession(c.Ctx, c.by(), x.ID, revision, in)
	})
}

// sessionByForm plans or changes a session as the form says.
func (s *Server) sessionByForm(c *Call, x council.Session, do func(council.Session, uint64) (council.Session, error)) error {
	var in sessionRequest
	form, err := c.Form(templates.SessionFormFields, &in)
	if err != nil {
		return err
	}
	var saved council.Session
	if len(form.Faults) == 0 {
		saved, err = do(in.session(), form.Revision)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		p, pageErr := s.sessionForm(c, form, x)
		if pageErr != nil {
			return pageErr
		}
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	return c.Done(sessionAt(saved.ID), "done.session", "date", string(saved.Date))
}

func (s *Server) cancelSessionPage(c *Call) error {
	x, err := s.Office.Session(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, templates.SessionCancel{Crumbs: c.sessionCrumbs(x), Session: x, Form: c.NewForm(templates.SessionCancelFields, x.Revision, nil)})
}

func (s *Server) cancelSessionByForm(c *Call) error {
	x, err := s.Office.Session(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	var in reasonRequest
	form, err := c.Form(templates.SessionCancelFields, &in)
	if err != nil {
		return err
	}
	_, err = s.Office.CancelSession(c.Ctx, c.by(), x.ID, form.Revision, in.Reason)
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(templates.SessionCancel{Crumbs: c.sessionCrumbs(x), Session: x, Form: form})
	} else if err != nil {
		return err
	}
	return c.Done(sessionAt(x.ID), "done.session.cancelled", "date", string(x.Date))
}
