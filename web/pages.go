package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/office"
	"padome/storage"
	"padome/templates"
)

// startPage shows the council's name and its next session.
func (s *Server) startPage(c *Call) error {
	front, err := s.Front(c.Ctx, c.Today())
	if err != nil {
		return fmt.Errorf("the start page: %w", err)
	}
	page := templates.Start{Council: front.Settings.Name, Notice: c.notice()}
	if c.Lang == locale.EN {
		page.Council = front.Settings.NameEN
	}
	if n := front.Next; n != nil {
		page.Next = &templates.Next{Date: string(n.Session.Date), Time: string(n.Session.Starts), Place: n.Session.Place,
			Agenda: n.Agenda, Link: sessionPath(n.Session)}
	}
	for _, p := range front.Past {
		page.Past = append(page.Past, templates.Past{Date: string(p.Session.Date), Kind: string(p.Session.Kind),
			Agenda: p.Agenda, Minutes: p.Minutes, Number: strconv.Itoa(p.Number), Link: sessionPath(p.Session)})
	}
	return c.Page(http.StatusOK, page)
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

// notice says what a form sent the browser here for; anything else in the
// address says nothing.
func (c *Call) notice() string {
	if done := c.Query("done"); slices.Contains([]string{doneSetUp, donePassword}, done) {
		return locale.Text(c.Lang, "page.start."+done, nil)
	}
	return ""
}

// staticFile sends a file that never changes under its name.
func (s *Server) staticFile(c *Call) error {
	a, ok := s.pages.Static.Asset(c.Param("file"))
	if !ok {
		return s.noRoute(c)
	}
	c.SetHeader("Cache-Control", "public, max-age=31536000, immutable")
	c.write(http.StatusOK, a.Type, a.Body)
	return nil
}

type state struct {
	Status string `json:"status"`
}

// healthy says that the program runs, whatever else does not.
func (s *Server) healthy(c *Call) error { return c.JSON(http.StatusOK, state{"ok"}, 0) }

// ready says whether requests can be answered.
func (s *Server) ready(c *Call) error {
	if s.stopping.Load() {
		return problem.New(problem.Unavailable, "problem.unavailable")
	}
	if err := s.Ready(c.Ctx); err != nil {
		s.Log.Warn("not ready", "error", err)
		if p, ok := errors.AsType[*problem.Error](err); ok && p.Kind == problem.Unavailable {
			return p // which says what is waited for
		}
		return problem.New(problem.Unavailable, "problem.unavailable")
	}
	return c.JSON(http.StatusOK, state{"ok"}, 0)
}

func (s *Server) noRoute(*Call) error {
	return problem.New(problem.NotFound, "problem.request.path")
}

// noMethod finds the methods that the address takes in the Allow header, where
// the router has put them.
func (s *Server) noMethod(c *Call) error {
	allowed := strings.Split(c.gin.Writer.Header().Get("Allow"), ", ")
	slices.Sort(allowed)
	return problem.New(wrongMethod, "problem.request.method",
		"method", clip(c.gin.Request.Method), "allowed", strings.Join(allowed, ", "))
}
