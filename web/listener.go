package web

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"padome/internal/auth"
)

// limited lets connections in up to the limits. What comes too often is closed at
// once, without an answer: whoever floods gets none to read. When there are too
// many, whoever holds most gives way to who comes: the oldest of its connections
// by which nobody has logged in is closed. So nobody keeps the others out, and
// whoever is logged in stays. A proxy, through which everybody comes, has only
// the limit of all.
type limited struct {
	net.Listener
	limits  Limits
	trusted []netip.Prefix
	pace    *pace
	refused func() // is told of each that is closed for the limits

	mu   sync.Mutex
	open int
	of   map[netip.Addr][]*counted // what each address holds, the oldest first
}

// limit puts the limits around a listener. The proxies are addresses or networks
// that New has taken.
func limit(l net.Listener, limits Limits, proxies []string, refused func()) *limited {
	w := &limited{Listener: l, limits: limits, pace: newPace(limits.Requests), refused: refused, of: map[netip.Addr][]*counted{}}
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
		c := &counted{Conn: conn, of: w, from: addressOf(conn)}
		c.proxy = w.believes(c.from)
		c.from = auth.Network(c.from)
		if !c.proxy && !w.pace.take(time.Now(), c.from) || !w.enter(c) {
			w.refused()
			cut(conn)
			continue
		}
		return c, nil
	}
}

// cut closes a connection so that nothing is kept of it.
func cut(conn net.Conn) {
	if tcp, ok := conn.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	conn.Close()
}

func addressOf(conn net.Conn) netip.Addr {
	a, err := netip.ParseAddrPort(conn.RemoteAddr().String())
	if err != nil { // no address of the network, such as a test's
		return netip.Addr{}
	}
	return a.Addr().Unmap()
}

func (w *limited) believes(from netip.Addr) bool {
	return slices.ContainsFunc(w.trusted, func(n netip.Prefix) bool { return n.Contains(from) })
}

// enter counts a connection, closing another for it where there are too many; it
// fails when none can be closed.
func (w *limited) enter(c *counted) bool {
	w.mu.Lock()
	var other *counted
	switch {
	case !c.proxy && len(w.of[c.from]) >= w.limits.PerAddress:
		other = w.gives(c.from)
	case w.open >= w.limits.Connections:
		other = w.gives(w.greatest())
	default:
		w.add(c)
		w.mu.Unlock()
		return true
	}
	if other == nil {
		w.mu.Unlock()
		return false
	}
	w.remove(other)
	w.add(c)
	w.mu.Unlock()
	w.refused()
	cut(other.Conn)
	return true
}

// gives is the oldest connection of an address that may be closed; nil for none.
func (w *limited) gives(from netip.Addr) *counted {
	i := slices.IndexFunc(w.of[from], func(c *counted) bool { return !c.proxy && !c.known.Load() })
	if i < 0 {
		return nil
	}
	return w.of[from][i]
}

// greatest is the address that holds most connections of strangers.
func (w *limited) greatest() (from netip.Addr) {
	most := 0
	for a, all := range w.of {
		if len(all) > most && w.gives(a) != nil {
			from, most = a, len(all)
		}
	}
	return from
}

func (w *limited) add(c *counted) {
	w.open++
	w.of[c.from] = append(w.of[c.from], c)
}

// remove counts a connection no more, if it still was.
func (w *limited) remove(c *counted) {
	all := w.of[c.from]
	i := slices.Index(all, c)
	if i < 0 {
		return
	}
	w.open--
	if w.of[c.from] = slices.Delete(all, i, i+1); len(all) == 1 {
		delete(w.of, c.from)
	}
}

// count is how many connections there are; w may be nil.
func (w *limited) count() int {
	if w == nil {
		return 0
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.open
}

// counted is a connection that is counted until it is closed.
type counted struct {
	net.Conn
	of    *limited
	from  netip.Addr
	proxy bool        // it is of a proxy that is believed
	known atomic.Bool // somebody who is logged in has come by it
}

func (c *counted) Close() error {
	c.of.mu.Lock()
	c.of.remove(c)
	c.of.mu.Unlock()
	return c.Conn.Close()
}

type connectionKey struct{}

// withConnection lets a request know the connection that it came by.
func withConnection(ctx context.Context, conn net.Conn) context.Context {
	if c, ok := conn.(*counted); ok {
		return context.WithValue(ctx, connectionKey{}, c)
	}
	return ctx
}

// cameIn notes that somebody who is logged in uses the connection.
func (c *Call) cameIn() {
	if conn, ok := c.Ctx.Value(connectionKey{}).(*counted); ok {
		conn.known.Store(true)
	}
}
