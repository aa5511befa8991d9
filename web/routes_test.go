package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"padome/council"
)

// whoMay is the access of every route, written down a second time: "public" is
// everybody, "account" everybody logged in, else the roles. A new route needs a
// line here.
var whoMay = map[string]string{
	"GET /theme/:file":            "public",
	"GET /":                       "public",
	"GET /accessibility":          "public",
	"GET /login":                  "public",
	"GET /login/code":             "public",
	"POST /login/code":            "public",
	"GET /account":                "account",
	"GET /account/password":       "account",
	"POST /account/password":      "account",
	"POST /account/logins/end":    "account",
	"POST /account/keys":          "account",
	"GET /account/second":         "account",
	"POST /account/second":        "account",
	"POST /account/second/remove": "account",
	"POST /login":                 "public",
	"POST /logout":                "public",
	"GET /static/:file":           "public",
	"GET /setup/:token":           "public",
	"POST /setup/:token":          "public",
	"GET /healthz":                "public",
	"GET /readyz":                 "public",
	"POST /api/v1/login":          "public",
	"POST /api/v1/logout":         "account",
	"GET /api/v1/me":              "account",
	"GET /api/v1/openapi.yaml":    "public",
	"POST /api/v1/password":       "account",
}

// TestEveryRouteForEveryRole walks the routes that the router itself answers.
func TestEveryRouteForEveryRole(t *testing.T) {
	h := newHouse(t)
	seen := map[string]bool{}
	for _, in := range h.server.engine.Routes() {
		name := strings.Replace(in.Method+" "+in.Path, "HEAD ", "GET ", 1)
		rule, ok := whoMay[name]
		if !ok {
			t.Errorf("route %s: nobody wrote down who may use it", name)
			continue
		}
		seen[name] = true
		for _, who := range append([]string{"", "nobody"}, roleIDs()...) {
			checkAccess(h, in.Method, in.Path, who, admitted(rule, who))
		}
	}
	for name := range whoMay {
		if !seen[name] {
			t.Errorf("route %s is written down, but the router does not answer it", name)
		}
	}
}

func admitted(rule, who string) bool {
	switch rule {
	case "public":
		return true
	case "account":
		return who != ""
	}
	return slices.Contains(strings.Split(rule, " "), who)
}

func checkAccess(h *house, method, path, who string, want bool) {
	h.Helper()
	path = strings.NewReplacer(":file", "x", ":token", "x").Replace(path)
	var headers []string
	if who != "" {
		headers = []string{"Authorization", h.as(who)}
	}
	w := h.ask(method, path, "", headers...)
	if got := w.Code != http.StatusUnauthorized && w.Code != http.StatusForbidden; got != want {
		h.Errorf("%s %s as %q = %d, admitted %v, want %v", method, path, who, w.Code, got, want)
	}
	if !want && who == "" && w.Code != http.StatusUnauthorized {
		h.Errorf("%s %s as the public = %d, want 401", method, path, w.Code)
	}
}

func TestHoldingARole(t *testing.T) {
	h := buildHouse(t)
	ran := 0
	leads := Route{"POST", "/leads", Holding(council.Chair, council.Deputy), noBody, func(c *Call) error {
		ran++
		return c.NoContent()
	}}
	if err := h.server.mount([]Route{leads}); err != nil {
		t.Fatal(err)
	}
	for _, who := range append([]string{"", "nobody"}, roleIDs()...) {
		checkAccess(h, "POST", "/leads", who, who == "chair" || who == "deputy")
	}
	if ran != 2 {
		t.Errorf("the handler ran %d times, want twice", ran)
	}
	d := h.refused(h.ask("POST", "/leads?lang=en", "", "Authorization", h.as("member")), http.StatusForbidden, "problem.access.role")
	if want := "chair, deputy chair"; !strings.Contains(d.Detail, want) {
		t.Errorf("detail = %q, want it to name %q", d.Detail, want)
	}
	header := h.as("chair")
	h.now = h.now.AddDate(1, 0, 0)
	h.refused(h.ask("POST", "/leads", "", "Authorization", header), http.StatusUnauthorized, "problem.unauthenticated")
	h.refused(h.ask("POST", "/leads", "", "Authorization", h.as("chair")), http.StatusForbidden, "problem.access.role")
}

func TestRouteWithoutPolicyDoesNotStart(t *testing.T) {
	done := func(c *Call) error { return c.NoContent() }
	tests := []struct {
		outcome string
		route   Route
		want    string
	}{
		{"no policy", Route{Method: "GET", Path: "/x", Handle: done}, "declares no policy"},
		{"no handler", Route{Method: "GET", Path: "/x", Policy: Public}, "has no handler"},
		{"complete", Route{Method: "GET", Path: "/x", Policy: Public, Handle: done}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.outcome, func(t *testing.T) {
			err := buildHouse(t).server.mount([]Route{tt.route})
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("mount = %v, want %q", err, tt.want)
			}
		})
	}
}

func TestRouteBehindTheListIsFound(t *testing.T) {
	h := newHouse(t)
	if err := undeclared(h.server.engine, h.server.routes()); err != nil {
		t.Fatalf("the list and the router differ: %v", err)
	}
	h.server.engine.DELETE("/api/v1/everything")
	h.server.engine.POST("/api/v1/me")
	err := undeclared(h.server.engine, h.server.routes())
	for _, want := range []string{"DELETE /api/v1/everything", "POST /api/v1/me"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("undeclared = %v, want it to name %s", err, want)
		}
	}
}
