package auth

import (
	"net/netip"
	"strings"
	"sync"
	"time"
)

// Limits are the settings of a Throttle.
type Limits struct {
	Pair       int           // attempts at one name from one address before it slows down
	Address    int           // attempts from one address at any names
	Name       int           // attempts at one name from anywhere, after which strangers get one free attempt each
	First      time.Duration // the first wait, doubled with every further attempt
	StrangerAt time.Duration // the first wait of a stranger to a name that is under attack
	Longest    time.Duration // no wait is longer
	Forget     time.Duration // attempts are forgotten after this time without one
	Entries    int           // names, addresses and pairs remembered at most
}

// DefaultLimits let a person mistype a password five times, and a guesser try
// some 300 times a day from one address.
var DefaultLimits = Limits{
	Pair: 5, Address: 50, Name: 100,
	First: 2 * time.Second, StrangerAt: 30 * time.Second, Longest: 5 * time.Minute,
	Forget: time.Hour, Entries: 10_000,
}

// Throttle slows down those who guess passwords. It counts the attempts at a
// name from an address, from the address at all names, and at the name from all
// addresses. Nobody can be locked out from elsewhere: every wait has an end, an
// address not used before always has one attempt free, and one from which the
// person has logged in before waits only for attempts at that name made from
// there. Names that do not exist are counted as those that do. It is kept in
// memory only; a restart forgets it. All methods may be called at once from
// anywhere.
type Throttle struct {
	limits Limits
	mu     sync.Mutex
	pairs  map[pair]*tries
	addrs  map[netip.Addr]*tries
	names  map[string]*tries
	turns  map[pair]*turns
}

type pair struct {
	name string
	addr netip.Addr
}

// tries is what is remembered of one name, address or pair.
type tries struct {
	count int
	last  time.Time
	known bool // of a pair: the person has logged in from there
}

// NewThrottle makes a Throttle that remembers nothing yet.
func NewThrottle(l Limits) *Throttle {
	return &Throttle{
		limits: l,
		pairs:  map[pair]*tries{}, addrs: map[netip.Addr]*tries{}, names: map[string]*tries{},
		turns: map[pair]*turns{},
	}
}

// Attempt asks whether the next attempt at a name from an address may be made.
// When the answer is no wait, the attempt is counted, and Succeeded takes it
// back; so many attempts at once are not better off than one after another. A
// refused attempt is not counted.
func (t *Throttle) Attempt(now time.Time, name string, from netip.Addr) (wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := pairOf(name, from)
	pt, at, nt := t.recall(now, p)
	free, first := t.limits.Pair, t.limits.First
	if nt.count >= t.limits.Name && !pt.known {
		free, first = 1, t.limits.StrangerAt
	}
	wait = t.wait(now, pt, free, first)
	if !pt.known {
		wait = max(wait, t.wait(now, at, t.limits.Address, t.limits.First))
	}
	if wait > 0 {
		return wait
	}
	for _, x := range []*tries{pt, at, nt} {
		x.count++
		x.last = now
	}
	t.pairs[p], t.addrs[p.addr], t.names[p.name] = pt, at, nt
	return 0
}

// Succeeded notes that the password was right: the pair starts afresh and is
// known from now on. The address keeps what else it tried.
func (t *Throttle) Succeeded(now time.Time, name string, from netip.Addr) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := pairOf(name, from)
	pt, at, nt := t.recall(now, p)
	*pt = tries{last: now, known: true}
	at.takeBack()
	nt.takeBack()
	t.pairs[p] = pt
}

// Undo takes an attempt back that came to no answer through no fault of the
// person's.
func (t *Throttle) Undo(now time.Time, name string, from netip.Addr) {
	t.mu.Lock()
	defer t.mu.Unlock()
	pt, at, nt := t.recall(now, pairOf(name, from))
	pt.takeBack()
	at.takeBack()
	nt.takeBack()
}

func (x *tries) takeBack() { x.count = max(0, x.count-1) }

// pairOf cuts what is longer than any name, so that memory stays bounded.
func pairOf(name string, from netip.Addr) pair {
	name = Fold(name)
	return pair{strings.Clone(name[:min(len(name), MaxName)]), Network(from)}
}

// wait is how long until the next attempt: none for the free ones, then doubled
// each time up to the longest.
func (t *Throttle) wait(now time.Time, x *tries, free int, first time.Duration) time.Duration {
	if x.count < free {
		return 0
	}
	w := t.limits.Longest
	if over := x.count - free; over < 20 {
		w = min(w, first<<over)
	}
	return max(0, x.last.Add(w).Sub(now))
}

// recall finds what is remembered of a pair, its address and its name, making
// room when there is none left.
func (t *Throttle) recall(now time.Time, p pair) (pt, at, nt *tries) {
	room(t, t.pairs, now)
	room(t, t.addrs, now)
	room(t, t.names, now)
	return find(t, t.pairs, p, now), find(t, t.addrs, p.addr, now), find(t, t.names, p.name, now)
}

func find[K comparable](t *Throttle, m map[K]*tries, k K, now time.Time) *tries {
	x := m[k]
	if x == nil {
		return &tries{}
	}
	if now.Before(x.last) { // the clock was put back; no wait becomes longer by it
		x.last = now
	}
	if now.Sub(x.last) >= t.limits.Forget {
		x.count = 0
	}
	return x
}

// room drops what is forgotten once a map is full, and if nothing is, whatever
// the map offers first: memory is bounded before all else. Known pairs go last.
func room[K comparable](t *Throttle, m map[K]*tries, now time.Time) {
	if len(m) < t.limits.Entries {
		return
	}
	for k, x := range m {
		if !x.known && now.Sub(x.last) >= t.limits.Forget {
			delete(m, k)
		}
	}
	for k, x := range m {
		if len(m) < t.limits.Entries*9/10 {
			return
		}
		if !x.known {
			delete(m, k)
		}
	}
	if len(m) >= t.limits.Entries {
		clear(m)
	}
}

// Network is what counts as one address: all of an IPv6 /64 is in one hand.
func Network(a netip.Addr) netip.Addr {
	a = a.Unmap().WithZone("")
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.Addr()
		}
	}
	return a
}
