package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"padome/council"
	"padome/internal/problem"
	"padome/office"
	"padome/storage"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).publicPages}) }

// publicPages are those that everybody may read.
func (s *Server) publicPages() []Route {
	return []Route{
		{"GET", "/", Public, noBody, s.kept(s.startPage)},
		{"GET", "/accessibility", Public, noBody, s.kept(s.accessibilityPage)},
	}
}

// startPage shows the council's name, its next session and the papers of the
// last ones.
func (s *Server) startPage(c *Call) error {
	front, err := s.Front(c.Ctx, c.Today())
	if err != nil {
		return fmt.Errorf("the start page: %w", err)
	}
	page := templates.Start{Council: c.inLang(front.Settings.Name, front.Settings.NameEN)}
	if n := front.Next; n != nil {
		page.Next = &templates.Next{Date: string(n.Session.Date), Time: string(n.Session.Starts), Place: n.Session.Place,
			Agenda: n.Agenda, Link: sessionPath(n.Session), Page: s.pageOf(n.Session)}
	}
	for _, p := range front.Past {
		page.Past = append(page.Past, templates.Past{Date: string(p.Session.Date), Kind: string(p.Session.Kind),
			Agenda: p.Agenda, Minutes: p.Minutes, Number: strconv.Itoa(p.Number), Link: sessionPath(p.Session), Page: s.pageOf(p.Session)})
	}
	if s.Office != nil && len(c.Actor.Mandates) > 0 {
		return s.desk(c, page)
	}
	if s.Office != nil {
		if err := s.publicStart(c, &page); err != nil {
			return err
		}
	}
	return c.Page(http.StatusOK, page)
}

// pageOf is the page of a session; "" where there is none.
func (s *Server) pageOf(x council.Session) string {
	if !s.hasPage("/sessions/:id") {
		return ""
	}
	return sessionAt(x.ID)
}

// publicStart adds how far the plan is carried out, and the ways to what else
// everybody may read.
func (s *Server) publicStart(c *Call, page *templates.Start) error {
	bar, err := s.progressBar(c)
	if err != nil {
		return err
	}
	page.Plan = bar
	page.More = []templates.Link{
		{Text: c.say("page.start.sessions"), Href: "/sessions"},
		{Text: c.say("page.decisions.title"), Href: decisionsAt},
		{Text: c.say("page.start.principles"), Href: "/principles"},
		{Text: c.say("page.start.people"), Href: "/people"},
	}
	return nil
}

// progressBar is how the tasks of the plan stand, as one picture; nil while there
// is no plan.
func (s *Server) progressBar(c *Call) (*templates.Bar, error) {
	if _, err := s.Office.Plan(c.Ctx, 0); problem.KindOf(err) == problem.NotFound {
		return nil, nil
	}
	x, err := s.Office.Coverage(c.Ctx, c.Actor, c.Today())
	if err != nil {
		return nil, err
	}
	var sum []templates.Count
	for i := range x.Measures {
		sum = addCounts(sum, countStates(x.Measures[i].Tasks))
	}
	words := c.say("page.plan.sum", "measures", strconv.Itoa(len(x.Measures)), "words", c.countWords(sum))
	return new(templates.NewBar(c.say("page.start.plan"), words, sum...)), nil
}

func sessionPath(s council.Session) string { return "/api/v1/sessions/" + url.PathEscape(s.ID) }

// mostPast is how many of the last sessions the start page looks at.
const mostPast = 12

// front is what the start page tells of an office's council on a day.
func front(ctx context.Context, o *office.Office, on council.Date) (f Front, err error) {
	if f.Settings, err = o.Settings(ctx); err != nil {
		return Front{}, err
	}
	coming, _, err := o.Papers(ctx, storage.Span{From: on}, storage.Page{Limit: mostPast})
	if err != nil {
		return Front{}, err
	}
	for i := range coming {
		if state := coming[i].Session.State; state != council.Cancelled && state != council.Closed {
			f.Next = &coming[i]
			break
		}
	}
	past, _, err := o.Papers(ctx, storage.Span{Until: on, NewestFirst: true}, storage.Page{Limit: mostPast})
	f.Past = slices.DeleteFunc(past, func(p office.Papers) bool {
		return p.Session.State != council.Closed || !p.Agenda && !p.Minutes
	})
	return f, err
}

func (s *Server) accessibilityPage(c *Call) error {
	return c.Page(http.StatusOK, templates.Accessibility{Council: c.council().Name, Contact: c.council().Contact})
}
