package web

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"padome/internal/problem"
)

// staticFile sends a file that never changes under its name.
func (s *Server) staticFile(c *Call) error {
	a, ok := s.pages.Static.Asset(c.Param("file"))
	if !ok {
		return s.noRoute(c)
	}
	c.SetHeader("Cache-Control", "public, max-age=31536000, immutable")
	c.SetHeader("Vary", "Accept-Encoding")
	if strings.Contains(c.gin.GetHeader("Accept-Encoding"), "gzip") {
		c.SetHeader("Content-Encoding", "gzip")
		a.Body = a.Gzip
	}
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
