package web

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// TestEveryChangeTakesAnIdempotencyKey sends a key that is none to every route
// that changes something, as somebody whom it admits: each looks at it before it
// does anything. The control is a route that asks nobody who they are, and so
// does not look.
func TestEveryChangeTakesAnIdempotencyKey(t *testing.T) {
	h := newHall(t)
	looked := 0
	h.unchanged("none of these", func() {
		for _, r := range h.server.routes() {
			if r.Method == "GET" {
				continue
			}
			name := r.Method + " " + r.Path
			who := ""
			for i, code := range strings.Fields(access[name]) {
				if code != "401" && code != "403" {
					who = readers[i]
					break
				}
			}
			if !looksAtKeys(h, h.server, r, who) {
				t.Errorf("%s as %q does not look at its key", name, who)
			}
			looked++
			delete(h.tokens, who) // it may have been ended
		}
	})
	t.Logf("%d routes that change something look at the key", looked)
	open := Route{"POST", "/one", Open, noBody, func(c *Call) error { return c.NoContent() }}
	x := buildHouse(t)
	if err := x.server.mount([]Route{open}); err != nil {
		t.Fatal(err)
	}
	if looked < 100 || looksAtKeys(h, x.server, open, "") {
		t.Errorf("%d routes look, and one that does not is not found", looked)
	}
}

func looksAtKeys(h *hall, s *Server, r Route, who string) bool {
	h.Helper()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, h.request(who, r.Method, strings.ReplaceAll(r.Path, "/:", "/none-"), "", "Idempotency-Key", "ā key"))
	return w.Code == 400 && strings.Contains(w.Body.String(), "problem.request.command")
}
