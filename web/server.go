// Package web is the HTTP edge: one list of routes, one gate that denies by
// default, one place where errors become answers.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"

	"padome/council"
	"padome/internal/auth"
	"padome/office"
	"padome/templates"
)

// Limits of time of every connection. The time to write suits what is rendered to a
// buffer first; nothing is streamed out of a transaction.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 20 * time.Second
	writeTimeout  = 60 * time.Second
	idleTimeout   = 60 * time.Second
	maxHeader     = 32 << 10
)

// Config is what a Server needs. Everything without a default must be given.
type Config struct {
	// Office does the council's work. Without it there are logins and the start
	// page alone, and Logins, Actor, Front and Settings must be given.
	Office *office.Office
	Logins Logins // default: the office's
	// Actor is who a person is on a day: their name and mandates in force.
	// Default: the office's.
	Actor func(ctx context.Context, person string, on council.Date) (council.Actor, error)
	// Front is what the start page tells. Default: what the office has.
	Front func(ctx context.Context, on council.Date) (Front, error)
	// Settings are the council's. Default: the office's.
	Settings func(context.Context) (council.Settings, error)
	// Ready fails while requests cannot be answered; nil means always ready.
	Ready func(context.Context) error

	Passwords *auth.Passwords
	Throttle  *auth.Throttle // default: auth.DefaultLimits
	SignUps   *auth.Throttle // of observers; default: signUpLimits
	// Challenges are those to passkeys before anybody is known; default:
	// challengeLimits.
	Challenges *auth.Throttle
	Lifetimes  auth.Lifetimes // default: auth.DefaultLifetimes
	Limits     Limits         // default: DefaultLimits

	// Address is where people reach the server, such as https://padome.example.
	// Links that are handed on begin with it, and requests to another host are
	// refused. Without it any host is answered, and none is put into a link.
	Address string

	// TrustedProxies are addresses or networks whose X-Forwarded-For is
	// believed. By default none is, and a client is who is connected.
	TrustedProxies []string
	// SecureCookies says that browsers reach the server by HTTPS although it
	// does not speak it itself.
	SecureCookies bool

	Log *slog.Logger
	Now func() time.Time // default: time.Now
}

// Front is what the start page tells of the council.
type Front struct {
	Settings council.Settings
	Next     *office.Papers // nil when none is planned
	Past     []office.Papers
}

// Server answers requests. It is made by New, runs by Serve and ends by Shutdown.
type Server struct {
	Config
	pages        *templates.Set
	pathsOf      map[string]Route // what answers GET, by its path
	site         *url.URL         // where people reach it; nil when nobody said
	engine       *gin.Engine
	http         *http.Server
	hub          *hub // of those who listen to changes; nil without an office
	origin       *http.CrossOriginProtection
	meters       meters
	strangers    *strangers
	listener     atomic.Pointer[limited]
	stopping     atomic.Bool
	lastSettings atomic.Pointer[council.Settings]
}

// New makes a server that answers the routes of the list. It fails when
// something it needs is missing, a page does not parse, a trusted proxy or the
// address is none, or a route declares no policy.
func New(c Config) (*Server, error) {
	s, err := newServer(c)
	if err != nil {
		return nil, err
	}
	if err := s.mount(s.routes()); err != nil {
		return nil, err
	}
	return s, nil
}

func newServer(c Config) (*Server, error) {
	if c.Office != nil {
		c.askOffice()
	}
	switch {
	case c.Logins == nil, c.Actor == nil, c.Front == nil, c.Settings == nil, c.Passwords == nil, c.Log == nil:
		return nil, errors.New("web: Logins, Actor, Front, Settings, Passwords and Log are needed")
	}
	if c.Ready == nil {
		c.Ready = func(context.Context) error { return nil }
	}
	if c.Throttle == nil {
		c.Throttle = auth.NewThrottle(auth.DefaultLimits)
	}
	if c.SignUps == nil {
		c.SignUps = auth.NewThrottle(signUpLimits)
	}
	if c.Challenges == nil {
		c.Challenges = auth.NewThrottle(challengeLimits)
	}
	if c.Lifetimes == (auth.Lifetimes{}) {
		c.Lifetimes = auth.DefaultLifetimes
	}
	if c.Limits == (Limits{}) {
		c.Limits = DefaultLimits
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	pages, err := templates.New()
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	s := &Server{Config: c, pages: pages, origin: http.NewCrossOriginProtection(), strangers: newStrangers(c.Limits)}
	if c.Address != "" {
		if s.site, err = Site(c.Address); err != nil {
			return nil, err
		}
	}
	if c.Office != nil {
		s.hub = newHub(c.Office.Changed)
	}
	s.meters = newMeters(s)
	if s.engine, err = s.newEngine(); err != nil {
		return nil, fmt.Errorf("web: trusted proxies: %w", err)
	}
	s.http = &http.Server{
		Handler:           s.engine,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ConnContext:       withConnection,
		ErrorLog:          slog.NewLogLogger(c.Log.Handler(), slog.LevelWarn),
	}
	return s, nil
}

// askOffice takes from the office what is not given otherwise.
func (c *Config) askOffice() {
	if c.Logins == nil {
		c.Logins = c.Office.Logins()
	}
	if c.Actor == nil {
		c.Actor = c.Office.Actor
	}
	if c.Settings == nil {
		c.Settings = c.Office.Settings
	}
	if c.Front == nil {
		c.Front = func(ctx context.Context, on council.Date) (Front, error) { return front(ctx, c.Office, on) }
	}
}

// newEngine is the router alone: nothing of gin's that guesses, prints or
// redirects.
func (s *Server) newEngine() (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	e := gin.New()
	e.HandleMethodNotAllowed = true
	e.RedirectTrailingSlash = false
	e.UseEscapedPath, e.UnescapePathValues = true, false // Param does it
	if err := e.SetTrustedProxies(s.TrustedProxies); err != nil {
		return nil, err
	}
	e.Use(s.around)
	e.NoRoute(s.answer(Route{Policy: Open, Handle: s.noRoute}))
	e.NoMethod(s.answer(Route{Policy: Open, Handle: s.noMethod}))
	return e, nil
}

// Handler answers requests without a listener.
func (s *Server) Handler() http.Handler { return s.engine }

// Serve answers what comes in at the listener until Shutdown, and then returns
// nil at once while Shutdown still waits for the last answers.
func (s *Server) Serve(l net.Listener) error {
	w := limit(l, s.Limits, s.TrustedProxies, s.meters.connectionRefused)
	s.listener.Store(w)
	if err := s.http.Serve(w); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("web: %w", err)
	}
	return nil
}

// Shutdown takes no new requests and waits for those under way; when ctx ends
// first it cuts them off and fails.
func (s *Server) Shutdown(ctx context.Context) error {
	s.stopping.Store(true)
	if s.hub != nil {
		s.hub.close()
	}
	if err := s.http.Shutdown(ctx); err != nil {
		s.http.Close()
		return fmt.Errorf("web: requests cut off at the stop: %w", err)
	}
	return nil
}
