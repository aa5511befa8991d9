package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
)

// Sizes of request bodies. A character may take six bytes in JSON.
const (
	noBody   = 0
	smallDoc = 8 << 10
	formDoc  = 128 << 10
	longDoc  = 512 << 10 // the longest texts there are
	planDoc  = 6 << 20
)

// Where whoever watches the process asks.
const (
	healthPath = "/healthz"
	readyPath  = "/readyz"
)

// Route is one address of the server. A route without a policy does not start.
type Route struct {
	Method string // GET answers HEAD too
	Path   string
	Policy Policy
	Body   int64 // most bytes that a request may carry; 0 for none
	Handle func(*Call) error
}

// routes is every address there is. Those of the council's work need an office.
func (s *Server) routes() []Route {
	all := s.ownRoutes()
	if s.Office == nil {
		return all
	}
	return slices.Concat(all,
		s.councilRoutes(), s.settingsRoutes(), s.accountRoutes(), s.planRoutes(), s.reviewRoutes(), s.principlesRoutes(), s.governanceRoutes(),
		s.sessionRoutes(), s.proposalRoutes(), s.documentRoutes(), s.agendaRoutes(), s.recordRoutes(),
		s.decisionRoutes(), s.followupRoutes(), s.evaluationRoutes(), s.observerRoutes(), s.minutesRoutes(), s.commentRoutes(), s.closingRoutes(), s.formRoutes(), s.historyRoutes())
}

// Pages are the paths of what answers GET outside the API, in the order of the
// list: what people open in a browser.
func (s *Server) Pages() (paths []string) {
	for _, r := range s.routes() {
		if r.Method == http.MethodGet && !strings.HasPrefix(r.Path, "/api/") {
			paths = append(paths, r.Path)
		}
	}
	return paths
}

// ownRoutes are the pages and those of the server itself and of its logins.
func (s *Server) ownRoutes() []Route {
	return slices.Concat(s.pageRoutes(), []Route{
		{"GET", "/static/:file", Open, noBody, s.staticFile},
		{"GET", "/setup/:token", Public, noBody, s.linkForm},
		{"POST", "/setup/:token", Public, smallDoc, s.useLink},

		{"GET", healthPath, Open, noBody, s.healthy},
		{"GET", readyPath, Open, noBody, s.ready},

		{"POST", "/api/v1/login", Public, smallDoc, s.logIn},
		{"POST", "/api/v1/logout", LoggedIn, noBody, s.logOut},
		{"GET", "/api/v1/me", LoggedIn, noBody, s.me},
		{"GET", "/api/v1/openapi.yaml", Open, noBody, s.describe},
		{"POST", "/api/v1/password", LoggedIn, smallDoc, s.changePassword},
	})
}

// mount puts the routes into the router and fails when one is incomplete or the
// router then answers anything that is not in the list.
func (s *Server) mount(routes []Route) error {
	s.pathsOf = map[string]Route{}
	for _, r := range routes {
		if r.Policy.admits == nil {
			return fmt.Errorf("web: route %s %s declares no policy", r.Method, r.Path)
		}
		if r.Handle == nil {
			return fmt.Errorf("web: route %s %s has no handler", r.Method, r.Path)
		}
		for _, m := range methods(r) {
			s.engine.Handle(m, r.Path, s.answer(r))
		}
		if r.Method == http.MethodGet {
			s.pathsOf[r.Path] = r
		}
	}
	return undeclared(s.engine, routes)
}

// methods are those a route answers.
func methods(r Route) []string {
	if r.Method == http.MethodGet {
		return []string{http.MethodGet, http.MethodHead}
	}
	return []string{r.Method}
}

// undeclared fails, naming them, when the router answers routes that are not in
// the list: such a route would not have passed the gate.
func undeclared(e *gin.Engine, routes []Route) error {
	var all []error
	for _, in := range e.Routes() {
		if !slices.ContainsFunc(routes, func(r Route) bool {
			return r.Path == in.Path && slices.Contains(methods(r), in.Method)
		}) {
			all = append(all, fmt.Errorf("web: route %s %s is not in the list", in.Method, in.Path))
		}
	}
	return errors.Join(all...)
}
