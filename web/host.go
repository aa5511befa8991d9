package web

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"padome/internal/problem"
)

// Site is the address by which people reach the server: scheme, host and, where
// it is not the usual one, the port. It fails when the text is no such address:
// the server answers at the root of a host, never below a path.
func Site(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("web: address: %w", err)
	}
	if u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.Path != "" && u.Path != "/" || address != u.Scheme+"://"+u.Host+u.Path {
		return nil, fmt.Errorf("web: address: %q is not one of a whole host", address)
	}
	u.Path, u.Host = "", hostOf(u.Scheme, u.Host)
	return u, nil
}

// hostOf is a host as it is compared: in small letters, without the dot that may
// end a name and without the port that goes without saying.
func hostOf(scheme, host string) string {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"), ""
	}
	name = strings.TrimSuffix(strings.ToLower(name), ".")
	if port == "" || port == map[string]string{"http": "80", "https": "443"}[scheme] {
		if strings.Contains(name, ":") {
			return "[" + name + "]"
		}
		return name
	}
	return net.JoinHostPort(name, port)
}

// onThisMachine reports whether a Host is this machine itself: nobody else can be led
// there by it.
func onThisMachine(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	}
	a, err := netip.ParseAddr(name)
	return name == "localhost" || err == nil && a.IsLoopback()
}

// checkHost refuses a request that names another host than the one at which
// people reach the server, where that is known. So no name that somebody points
// at it is taken for it: neither in what a browser believes to be one website
// nor in a cache in front. Whoever watches the process asks by any name.
func (s *Server) checkHost(r *http.Request, route string) error {
	if s.site == nil || route == healthPath || route == readyPath || onThisMachine(r.Host) || hostOf(s.site.Scheme, r.Host) == s.site.Host {
		return nil
	}
	return problem.New(misdirected, "problem.request.host", "address", s.site.String())
}

// reachedAt is the address with which a link begins that somebody hands on: the
// one that the operator gave, else the one of the settings. Which host a request
// names its sender chooses, so that it counts on this machine alone; "" when
// nothing is known.
func (s *Server) reachedAt(ctx context.Context, r *http.Request) (string, error) {
	if s.site != nil {
		return s.site.String(), nil
	}
	set, err := s.Settings(ctx)
	if err != nil || set.Address != "" || !onThisMachine(r.Host) {
		return set.Address, err
	}
	return "http://" + r.Host, nil
}
