package web

import (
	"context"
	"net/netip"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"padome/internal/auth"
	"padome/internal/problem"
)

// patience is how long a stranger's request waits for its turn.
const patience = 5 * time.Second

// Why strangers are turned away.
const (
	tooOften = "rate" // one address asks for too much
	tooBusy  = "busy" // too many strangers wait already
	tooMuch  = "held" // too many bytes are on their way
)

// strangers are the people who are not logged in, taken together: what they may
// take of the server at once. So many of them as there may be, those who are
// logged in find it free.
type strangers struct {
	pace    *pace
	held    *share
	turns   chan struct{}
	waiting atomic.Int64
	queue   int64
	away    atomic.Int64 // turned away since the log last said so
	said    atomic.Int64 // when it did
}

func newStrangers(l Limits) *strangers {
	return &strangers{
		pace: newPace(l.Requests), held: newShare(l.Held, l.HeldEach),
		turns: make(chan struct{}, l.Work), queue: int64(l.Waiting),
	}
}

// turn waits until a request may be worked on, for a while; it reports whether it
// may. Then leave ends its turn.
func (q *strangers) turn(ctx context.Context) bool {
	select {
	case q.turns <- struct{}{}:
		return true
	default:
	}
	defer q.waiting.Add(-1)
	if q.waiting.Add(1) > q.queue {
		return false
	}
	patient := time.NewTimer(patience)
	defer patient.Stop()
	select {
	case q.turns <- struct{}{}:
		return true
	case <-patient.C:
	case <-ctx.Done():
	}
	return false
}

func (q *strangers) leave() { <-q.turns }

// stranger reports whether nobody is known to be logged in.
func (c *Call) stranger() bool { return c.account.ID == "" }

// network is what counts as the one address that a call is from.
func (c *Call) network() netip.Addr { return auth.Network(c.address()) }

// atItsPace refuses a stranger whose address asks for too much. Where nobody has
// asked yet who this is, that is asked only then, so that it costs nothing else.
func (s *Server) atItsPace(c *Call) error {
	if route := c.gin.FullPath(); route == healthPath || route == readyPath {
		return nil
	}
	if !c.stranger() || s.strangers.pace.take(time.Now(), c.network()) {
		return nil
	}
	if c.policy.open && s.identify(c) == nil && !c.stranger() {
		return nil
	}
	return c.turnAway(tooOften)
}

// queue lets a stranger's request go on when it may be worked on. One that has a
// body waits for that only when the body has come: whoever sends slowly takes
// nobody's turn.
func (s *Server) queue(c *Call, most int64) error {
	announced := c.gin.Request.ContentLength
	switch {
	case !c.stranger():
		c.cameIn()
		return nil
	case announced == 0 || most == noBody:
		return c.waitTurn()
	case announced > 0:
		most = min(most, announced)
	}
	if !c.hold(most) {
		return c.turnAway(tooMuch)
	}
	return nil
}

// waitTurn waits for the call's turn to be worked on, once.
func (c *Call) waitTurn() error {
	q := c.server.strangers
	if !c.stranger() || c.leaves != nil {
		return nil
	}
	if !q.turn(c.Ctx) {
		return c.turnAway(tooBusy)
	}
	c.leaves = sync.OnceFunc(q.leave)
	return nil
}

// leave ends the call's turn, if it has one: from now on it works no more but
// sends, or waits.
func (c *Call) leave() {
	if c.leaves != nil {
		c.leaves()
	}
}

// finish ends the call's turn and gives back what it holds.
func (c *Call) finish() {
	c.leave()
	for _, end := range c.ends {
		end()
	}
}

// hold counts bytes of a stranger's request or answer until the call ends. It
// reports whether there may be so many.
func (c *Call) hold(n int64) bool {
	if !c.stranger() || n == 0 {
		return true
	}
	from, held := c.network(), c.server.strangers.held
	if !held.take(from, n) {
		return false
	}
	c.ends = append(c.ends, func() { held.give(from, n) })
	return true
}

// shortAnswer is what the buffers of a connection take, so that no memory waits for
// whoever reads slowly.
const shortAnswer = 4 << 10

// noRoom is the answer in place of one that may not wait in memory until it has
// been read, because too many do already.
func (c *Call) noRoom() (status int, mediaType string, body []byte) {
	for _, name := range []string{"Content-Encoding", "Content-Disposition", "Content-Language", "ETag"} {
		c.gin.Writer.Header().Del(name)
	}
	c.SetHeader("Cache-Control", "no-store")
	e := classify(c.turnAway(tooMuch))
	c.headersOf(e)
	doc := c.document(e, statuses[e.Kind])
	mediaType, body = c.brief(doc)
	return doc.Status, mediaType, body
}

// turnAway is the refusal of a stranger for whom there is no room just now.
func (c *Call) turnAway(why string) error {
	c.away = true
	c.hangUp()
	c.server.turnedAway(why)
	if why == tooOften {
		return problem.New(problem.TooMany, "problem.strangers.rate", "seconds", "1")
	}
	return problem.New(problem.Unavailable, "problem.strangers.busy", "seconds", strconv.Itoa(int(patience/time.Second)))
}

// hangUp ends the connection with the answer. What is still being sent is not
// waited for.
func (c *Call) hangUp() { c.SetHeader("Connection", "close") }

// turnedAway counts whom there was no room for, and says so in the log once a
// minute and not each time: a flood is not to fill the disk.
func (s *Server) turnedAway(why string) {
	s.meters.turnedAway(why)
	n, now := s.strangers.away.Add(1), time.Now().Unix()
	said := s.strangers.said.Load()
	if now-said >= 60 && s.strangers.said.CompareAndSwap(said, now) {
		s.strangers.away.Add(-n)
		s.Log.Warn("strangers are turned away", "since", n, "why", why)
	}
}
