package web

import (
	"net/http"
	"strconv"

	"padome/templates"
)

func init() { addArea(area{routes: (*Server).retentionPages}) }

// retentionAt is where personal data of observers is looked over and erased.
const retentionAt = "/observers"

func (s *Server) retentionPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", retentionAt, preparers, noBody, s.retentionPage},
		{"POST", retentionAt, preparers, smallDoc, s.eraseByForm},
		{"GET", "/api/v1/observers", preparers, noBody, s.keptObservers},
		{"DELETE", "/api/v1/observers", preparers, noBody, s.eraseObservers},
	}
}

func (s *Server) retentionPage(c *Call) error {
	x, err := s.Office.Settings(c.Ctx)
	if err != nil {
		return err
	}
	kept, err := s.Office.KeptObservers(c.Ctx, c.Actor)
	if err != nil {
		return err
	}
	p := templates.Retention{Crumbs: templates.Crumbs{{Text: c.say("nav.sessions"), Href: "/sessions"}},
		Form: c.NewForm(nil, 0, nil), Days: x.ObserverPeriod()}
	for _, k := range kept {
		p.Kept = append(p.Kept, templates.KeptObservers{Date: k.Date, Href: sessionAt(k.Session, "observers"), Count: k.Count, Until: k.Until, Expired: k.Expired})
		if k.Expired {
			p.Expired += k.Count
		}
	}
	return c.Page(http.StatusOK, p)
}

func (s *Server) eraseByForm(c *Call) error {
	if _, err := c.Form(nil, nil); err != nil {
		return err
	}
	n, err := s.Office.EraseObservers(c.Ctx, c.by())
	if err != nil {
		return err
	}
	return c.Done(retentionAt, "done.observers.erased", "n", strconv.Itoa(n))
}

func (s *Server) keptObservers(c *Call) error {
	kept, err := s.Office.KeptObservers(c.Ctx, c.Actor)
	if err != nil {
		return err
	}
	return list(c, kept, "", same)
}

func (s *Server) eraseObservers(c *Call) error {
	if _, err := s.Office.EraseObservers(c.Ctx, c.by()); err != nil {
		return err
	}
	return c.NoContent()
}
