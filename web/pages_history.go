package web

import (
	"net/http"
	"net/url"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/storage"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).historyPages}) }

// historyPages tell what happened to a record.
func (s *Server) historyPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{{"GET", "/history/:kind/:id", workers, noBody, s.historyPage}}
}

// historyOf is the path of a record's history; "" for who does not see it.
func (c *Call) historyOf(kind, id string) string {
	if !c.Actor.HoldsAny(council.Secretariat, council.Chair, council.Deputy, council.Administrator) {
		return ""
	}
	return "/history/" + kind + "/" + url.PathEscape(id)
}

func (s *Server) historyPage(c *Call) error {
	p, err := c.page()
	if err != nil {
		return err
	}
	kind := c.Param("kind")
	if !locale.Has("page.history.of." + kind) {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	all, next, err := s.Office.History(c.Ctx, c.Actor, kind, c.Param("id"), p)
	if err != nil {
		return err
	}
	at := c.historyOf(kind, c.Param("id"))
	v := templates.RecordHistory{Title: c.say("page.history.of." + kind), Events: c.entries(all)}
	if next != "" {
		v.Older = at + "?after=" + url.QueryEscape(next)
	}
	if p.After != "" {
		v.Newer = at
	}
	return c.Page(http.StatusOK, v)
}

func (c *Call) entries(all []storage.Entry) []templates.Event {
	events := make([]templates.Event, len(all))
	for i, e := range all {
		events[i] = templates.Event{At: e.At, What: c.say(e.What), Who: e.Name, Note: e.Note}
	}
	return events
}
