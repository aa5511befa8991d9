package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"padome/internal/locale"
	"padome/internal/problem"
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
		page.Next = &templates.Next{Date: string(n.Date), Time: string(n.Starts), Place: n.Place}
	}
	return c.Page(http.StatusOK, page)
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
