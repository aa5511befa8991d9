package web

import (
	"net/http"
	"net/url"
	"strings"

	"padome/internal/problem"
	"padome/templates"
)

// logInPage is where people log in.
const logInPage = "/login"

func init() { addArea(area{routes: (*Server).logInPages}) }

func (s *Server) logInPages() []Route {
	return []Route{
		{"GET", logInPage, Public, noBody, s.logInForm},
		{"POST", logInPage, Public, smallDoc, s.logInByForm},
		{"POST", "/logout", Public, noBody, s.logOutByForm},
	}
}

func (s *Server) logInForm(c *Call) error {
	next := here(c.Query("next"))
	if c.account.ID != "" {
		return c.Redirect(next)
	}
	return c.Page(http.StatusOK, templates.LogIn{Form: c.NewForm(templates.LogInFields, 0, nil), Next: next, Why: next != "/", Passkey: c.takesPasskeys()})
}

// logInByForm logs in and sends the browser to the page that was asked for. What
// is wrong with name or password is one answer, so that nobody learns which
// names there are.
func (s *Server) logInByForm(c *Call) error {
	var in loginRequest
	form, err := c.Form(templates.LogInFields, &in)
	if err != nil {
		return err
	}
	next := here(form.Value("next"))
	account, err := s.whoLogsIn(c, in)
	if e, ok := asProblem(err); ok && (e.Kind == problem.Unknown || e.Kind == problem.TooMany) {
		form.Faults = append(form.Faults, templates.Fault{Field: "name", Text: c.say(e.Key, flat(e.Args)...)})
		return c.Page(statuses[e.Kind], templates.LogIn{Form: form, Next: next, Passkey: c.takesPasskeys()})
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(templates.LogIn{Form: form, Next: next, Passkey: c.takesPasskeys()})
	} else if err != nil {
		return err
	}
	if account.HasSecond() {
		return s.halfLogin(c, account, next)
	}
	if _, _, err := s.newLogin(c, account); err != nil {
		return err
	}
	return c.Redirect(next)
}

// logOutByForm ends the login, if there still is one.
func (s *Server) logOutByForm(c *Call) error {
	if err := s.endOldLogin(c); err != nil {
		return err
	}
	c.setCookie("", -1)
	c.forgetPages()
	return c.Done("/", "done.logout")
}

// here is a path of this server as somebody gave it; anything that could lead
// elsewhere is the start page.
func here(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(path, "/") ||
		strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") || below(u.Path, logInPage) {
		return "/"
	}
	return path
}
