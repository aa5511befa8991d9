package web

import (
	"net"
	"net/netip"
	"strings"
	"sync"
)

// Limits of the connections there are at once. What one address holds cannot
// keep the others out; a proxy, through which everybody comes, has only the
// limit of all.
const (
	mostConnections = 8000
	mostOfOne       = 500
)

// limited lets connections in up to the limits and closes what comes beyond
// them at once, without an answer: whoever floods gets none to read.
type limited struct {
	net.Listener
	all, each int
	trusted   []netip.Prefix

	mu   sync.Mutex
	open int
	of   map[netip.Addr]int
}

// limit puts the limits around a listener. The proxies are addresses or networks
// that New has taken.
func limit(l net.Listener, proxies []string) *limited {
	w := &limited{Listener: l, all: mostConnections, each: mostOfOne, of: map[netip.Addr]int{}}
	for _, p := range proxies {
		if !strings.Contains(p, "/") {
			if a, err := netip.ParseAddr(p); err == nil {
				w.trusted = append(w.trusted, netip.PrefixFrom(a, a.BitLen()))
			}
		} else if n, err := netip.ParsePrefix(p); err == nil {
			w.trusted = append(w.trusted, n)
		}
	}
	return w
}

// Accept is the next connection within the limits.
func (w *limited) Accept() (net.Conn, error) {
	for {
		conn, err := w.Listener.Accept()
		if err != nil {
			return nil, err
		}
		from := addressOf(conn)
		if w.enter(from) {
			return &counted{Conn: conn, leave: sync.OnceFunc(func() { w.left(from) })}, nil
		}
		conn.Close()
	}
}

func addressOf(conn net.Conn) netip.Addr {
	a, err := netip.ParseAddrPort(conn.RemoteAddr().String())
	if err != nil { // no address of the network, such as a test's
		return netip.Addr{}
	}
	return a.Addr().Unmap()
}

func (w *limited) enter(from netip.Addr) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.open >= w.all || w.of[from] >= w.each && !w.believes(from) {
		return false
	}
	w.open++
	w.of[from]++
	return true
}

func (w *limited) believes(from netip.Addr) bool {
	for _, n := range w.trusted {
		if n.Contains(from) {
			return true
		}
	}
	return false
}

func (w *limited) left(from netip.Addr) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.open--
	if w.of[from]--; w.of[from] == 0 {
		delete(w.of, from)
	}
}

// counted is a connection that is counted until it is closed.
type counted struct {
	net.Conn
	leave func()
}

func (c *counted) Close() error {
	defer c.leave()
	return c.Conn.Close()
}
