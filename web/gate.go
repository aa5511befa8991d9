package web

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"padome/internal/auth"
	"padome/internal/problem"
)

const callKey = "call"

// securityHeaders stand on every answer, errors included. A route that may be
// cached says so itself. The referrer stays within the server: without it
// browsers send no origin with a form, which the check of origins needs.
var securityHeaders = map[string]string{
	"Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",
	"Referrer-Policy":              "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=()",
	"Cache-Control":                "no-store",
}

// around stands around every request, known address or not: it numbers it, sets
// the headers, refuses what another website sends, turns a panic into a problem
// and writes the access log.
func (s *Server) around(g *gin.Context) {
	started := time.Now()
	c := s.newCall(g)
	g.Set(callKey, c)
	for name, value := range securityHeaders {
		g.Header(name, value)
	}
	if c.secure {
		g.Header("Strict-Transport-Security", "max-age=31536000")
	}
	g.Header("X-Request-Id", c.id)
	c.keepLanguage()
	defer c.access(started)
	defer c.caught()
	if err := s.checkSource(g); err != nil {
		c.refuse(err)
		g.Abort()
		return
	}
	g.Next()
}

// checkSource refuses what is sent to another host, and what another website
// sends.
func (s *Server) checkSource(g *gin.Context) error {
	if err := s.checkHost(g.Request, g.FullPath()); err != nil {
		return err
	}
	if s.origin.Check(g.Request) != nil {
		return problem.New(problem.Forbidden, "problem.request.origin")
	}
	return nil
}

// caught answers a panic as an error of the program. ErrAbortHandler is how a
// handler asks for the connection to be cut.
func (c *Call) caught() {
	p := recover()
	if p == nil {
		return
	}
	if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(p)
	}
	c.gin.Abort()
	c.refuse(fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
}

// access writes one line of the access log. The route stands for the path,
// because a path may hold a one-time token; queries and headers are left out.
func (c *Call) access(started time.Time) {
	g, took := c.gin, time.Since(started)
	c.server.meters.request(g.Request.Method, g.FullPath(), g.Writer.Status(), took)
	if c.away { // which the server counts, and says once in a while
		return
	}
	c.server.Log.Info("request", "id", c.id, "method", g.Request.Method, "route", g.FullPath(),
		"policy", c.policy.name, "status", g.Writer.Status(), "bytes", max(0, g.Writer.Size()), "took", took,
		"address", c.address().String(), "account", c.account.ID)
}

// answer is the gate in front of every handler, and the one place where its
// error becomes an answer.
func (s *Server) answer(r Route) gin.HandlerFunc {
	return func(g *gin.Context) {
		c := g.MustGet(callKey).(*Call)
		c.policy = r.Policy
		defer c.forget()
		defer c.finish()
		if err := s.admit(c, r); err != nil {
			c.refuse(err)
			return
		}
		c.noteChanges()
		if err := r.Handle(c); err != nil {
			c.refuse(err)
		}
	}
}

// admit asks in this order: who is it, is there room for a stranger, may they, is
// the body within its limit, which change is it.
func (s *Server) admit(c *Call, r Route) error {
	request := c.gin.Request
	request.Body = http.MaxBytesReader(c.gin.Writer, request.Body, r.Body)
	if r.Policy.open {
		return s.atItsPace(c)
	}
	if err := s.identify(c); err != nil {
		return err
	}
	if err := s.atItsPace(c); err != nil {
		return err
	}
	if err := s.queue(c, r.Body); err != nil {
		return err
	}
	if err := r.Policy.admits(c); err != nil {
		return err
	}
	if err := c.mayChange(r); err != nil {
		return err
	}
	if request.ContentLength > r.Body {
		if strings.HasPrefix(request.Header.Get("Content-Type"), "multipart/") {
			return c.fileTooLarge(r.Body)
		}
		return tooLarge(r.Body)
	}
	return c.takeCommand()
}

// noteChanges notes how far the council had come before a page is read, so that
// its stream tells what has changed since, and not only since it was opened.
func (c *Call) noteChanges() {
	if c.server.Office == nil || c.policy.open || forPrograms(c.gin.Request) || c.gin.Request.Method != http.MethodGet {
		return
	}
	c.since, _ = c.server.Office.Seq(c.Ctx) // what cannot be read now the page itself will say
}

func tooLarge(most int64) error {
	return problem.New(problem.TooLarge, "problem.request.size", "most", strconv.FormatInt(most, 10))
}

// identify finds out who asks: by the token in the Authorization header, which
// must then be good, or by the cookie, which may have ended.
func (s *Server) identify(c *Call) error {
	token, fromHeader := c.bearer()
	if !fromHeader {
		token = c.cookie()
	}
	if token == "" && !fromHeader {
		return nil
	}
	err := s.recognise(c, auth.TokenHash(token))
	if c.account.ID != "" {
		c.token = token
	}
	if problem.KindOf(err) != problem.NotFound {
		return err
	}
	if fromHeader {
		return problem.New(problem.Unknown, "problem.unauthenticated")
	}
	return nil
}

// recognise makes the call one of the login's account and person. It fails with
// NotFound when there is no such login, or none that still holds.
func (s *Server) recognise(c *Call, tokenHash string) error {
	login, account, err := s.Logins.Login(c.Ctx, tokenHash)
	if err != nil {
		return fmt.Errorf("looking up a login: %w", err)
	}
	if !login.Valid(c.Now, account) {
		return problem.New(problem.NotFound, "problem.unauthenticated")
	}
	if login.Half {
		c.half, c.halfAccount = login, account
		return nil
	}
	actor, err := s.Actor(c.Ctx, account.Person, c.Today())
	if err != nil {
		return fmt.Errorf("finding the mandates of a person: %w", err)
	}
	if login.Lost(heldBy(actor)) {
		s.endLost(c, tokenHash)
		return problem.New(problem.NotFound, "problem.unauthenticated")
	}
	if login.Seen(c.Now) {
		// While nothing can be written reading goes on; then the login ends sooner.
		if err := s.Logins.TouchLogin(c.Ctx, tokenHash, c.Now); problem.KindOf(err) == problem.Unavailable {
			s.Log.Warn("a login is not noted as seen", "id", c.id, "error", err)
		} else if err != nil {
			return fmt.Errorf("noting a login as seen: %w", err)
		}
	}
	c.login, c.account, c.Actor = login, account, actor
	return s.holdBack(c)
}

// endLost ends the login of somebody whose role has ended since it began, for
// good: should the role come back, the login does not. Until that is stored the
// next request ends it.
func (s *Server) endLost(c *Call, tokenHash string) {
	if err := s.Logins.EndLogin(c.Ctx, tokenHash); err != nil {
		s.Log.Warn("a login whose role has ended is still stored", "id", c.id, "error", err)
	}
}

// bearer is the token of the Authorization header, and whether there is such a
// header at all.
func (c *Call) bearer() (token string, given bool) {
	value := c.gin.GetHeader("Authorization")
	scheme, token, _ := strings.Cut(value, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return "", value != ""
	}
	return strings.TrimSpace(token), true
}

// cookieName binds the cookie to this host alone where browsers come by HTTPS.
func (c *Call) cookieName() string {
	if c.secure {
		return "__Host-padome"
	}
	return "padome"
}

func (c *Call) cookie() string {
	k, err := c.gin.Request.Cookie(c.cookieName())
	if err != nil {
		return ""
	}
	return k.Value
}

// setCookie gives the browser its login until it is closed; how long the login
// holds is decided here, not there.
func (c *Call) setCookie(token string, maxAge int) {
	c.token = token
	http.SetCookie(c.gin.Writer, &http.Cookie{
		Name: c.cookieName(), Value: token, Path: "/", MaxAge: maxAge,
		Secure: c.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// forgetCookie takes away a cookie whose login has ended.
func (c *Call) forgetCookie() {
	if c.account.ID == "" && c.cookie() != "" {
		c.setCookie("", -1)
	}
}
