package web

import (
	"net/netip"
	"runtime"
	"sync"
	"time"
)

// Limits are what connections, and people who are not logged in, may take of a
// server. Whoever is logged in never waits behind strangers.
type Limits struct {
	Connections int   // at once
	PerAddress  int   // connections of one address at once
	Requests    int   // of strangers from one address, and new connections of it, a second; burst times as many may come at once
	Work        int   // requests of strangers that are worked on at once
	Waiting     int   // and that wait for it
	Held        int64 // bytes of strangers' requests and answers that are on their way at once
	HeldEach    int64 // of one address
}

// DefaultLimits leave room for an office of a hundred behind one address and hold
// the whole program below 256 MiB.
var DefaultLimits = Limits{
	Connections: 6000, PerAddress: 500, Requests: 50,
	Work: max(2, runtime.GOMAXPROCS(0)), Waiting: 64, Held: 32 << 20, HeldEach: 8 << 20,
}

// burst is for how many seconds turns are saved up.
const burst = 10

// mostPaced is how many addresses a pace remembers.
const mostPaced = 20_000

// pace gives every address so many turns a second. It goes by the monotonic clock,
// which nobody puts back. It may be used from anywhere at once.
type pace struct {
	each int

	mu    sync.Mutex
	saved map[netip.Addr]savings
}

// savings are the turns an address had left at a moment.
type savings struct {
	turns float64
	at    time.Time
}

func newPace(each int) *pace { return &pace{each: each, saved: map[netip.Addr]savings{}} }

// take takes one of an address's turns; it reports whether there was one.
func (p *pace) take(now time.Time, from netip.Addr) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	left := p.left(now, from)
	if left < 1 {
		return false
	}
	if len(p.saved) >= mostPaced {
		p.forget(now)
	}
	p.saved[from] = savings{left - 1, now}
	return true
}

func (p *pace) left(now time.Time, from netip.Addr) float64 {
	most := float64(p.each * burst)
	s, ok := p.saved[from]
	if !ok {
		return most
	}
	return min(most, s.turns+now.Sub(s.at).Seconds()*float64(p.each))
}

// forget drops the addresses that have all their turns again, and if there are
// none, all: memory is bounded before all else.
func (p *pace) forget(now time.Time) {
	for from := range p.saved {
		if p.left(now, from) >= float64(p.each*burst) {
			delete(p.saved, from)
		}
	}
	if len(p.saved) >= mostPaced {
		clear(p.saved)
	}
}

// share parts an amount among addresses.
type share struct {
	all, each int64

	mu   sync.Mutex
	held int64
	of   map[netip.Addr]int64
}

func newShare(all, each int64) *share {
	return &share{all: all, each: each, of: map[netip.Addr]int64{}}
}

// take holds n for an address until it is given back; it reports whether there
// was so much left. What is more than an address may have it may have alone.
func (s *share) take(from netip.Addr, n int64) bool {
	n = min(n, s.each)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held+n > s.all || s.of[from]+n > s.each {
		return false
	}
	s.held += n
	s.of[from] += n
	return true
}

// give gives back what take has held.
func (s *share) give(from netip.Addr, n int64) {
	n = min(n, s.each)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held -= n
	if s.of[from] -= n; s.of[from] == 0 {
		delete(s.of, from)
	}
}
