package web

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/office"
)

// Limits of the streams by which pages learn that something has changed.
const (
	lookEvery   = 300 * time.Millisecond // how often the hub asks the council, while anybody listens
	beatEvery   = 15 * time.Second       // how often a stream says that it is there
	sendWithin  = 10 * time.Second       // what a browser may take for one piece
	mostStreams = 1000
	mostTopics  = 20
	streamRoute = "/live"
	retryAfter  = 2 * time.Second // how soon a browser comes back
)

// shownLive are the kinds of records that change while everybody watches a
// session; the public may listen to these alone.
var shownLive = []string{"session", "attendance", "treatment", "decision"}

func init() {
	addArea(area{routes: func(s *Server) []Route {
		if s.Office == nil {
			return nil
		}
		return []Route{{"GET", streamRoute, Public, noBody, s.live}}
	}})
}

// hub tells listeners which of their topics have changed. It asks the council
// for its number of changes a few times a second while anybody listens, and
// keeps no transaction open. A topic is a kind of record, "agenda", or one
// record and those below it, "treatment/42".
type hub struct {
	changed func(ctx context.Context, after uint64) ([]office.Touched, uint64, error)

	mu        sync.Mutex
	listeners map[*listener]bool
	stop      context.CancelFunc // of the loop, while there is one
	closed    chan struct{}      // when the server stops
}

// listener is one stream. What it has not sent yet is kept as one number per
// topic, so that a slow reader costs no memory.
type listener struct {
	topics   []string
	stranger bool
	wake     chan struct{}

	mu      sync.Mutex
	pending map[string]uint64
}

func newHub(changed func(context.Context, uint64) ([]office.Touched, uint64, error)) *hub {
	return &hub{changed: changed, listeners: map[*listener]bool{}, closed: make(chan struct{})}
}

// listen adds a listener, unless there are too many or the server stops. Strangers
// leave half of the streams to those who are logged in.
func (h *hub) listen(topics []string, stranger bool) (*listener, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.over() || len(h.listeners) >= mostStreams || stranger && h.strangers() >= mostStreams/2 {
		return nil, false
	}
	l := &listener{topics: topics, stranger: stranger, wake: make(chan struct{}, 1), pending: map[string]uint64{}}
	h.listeners[l] = true
	if h.stop == nil {
		var ctx context.Context
		ctx, h.stop = context.WithCancel(context.Background())
		go h.watch(ctx)
	}
	return l, true
}

// leave ends a listener; after the last one nobody asks the council any more.
func (h *hub) leave(l *listener) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.listeners, l)
	if len(h.listeners) == 0 && h.stop != nil {
		h.stop()
		h.stop = nil
	}
}

// close ends every stream, and lets none begin.
func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.over() {
		close(h.closed)
	}
}

// strangers is how many of the streams are theirs.
func (h *hub) strangers() (n int) {
	for l := range h.listeners {
		if l.stranger {
			n++
		}
	}
	return n
}

// open is how many streams there are; h may be nil.
func (h *hub) open() int {
	if h == nil {
		return 0
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.listeners)
}

func (h *hub) over() bool {
	select {
	case <-h.closed:
		return true
	default:
		return false
	}
}

// watch tells the listeners of every change from now on. While the council
// cannot be asked it waits: the next answer has all that happened meanwhile.
func (h *hub) watch(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	_, last, err := h.changed(ctx, ^uint64(0))
	known := err == nil
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		after := last
		if !known {
			after = ^uint64(0)
		}
		touched, seq, err := h.changed(ctx, after)
		if err != nil {
			continue
		}
		last, known = seq, true
		if len(touched) > 0 {
			h.tell(touched, seq)
		}
	}
}

func (h *hub) tell(touched []office.Touched, seq uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.listeners {
		l.tell(touched, seq)
	}
}

func (l *listener) tell(touched []office.Touched, seq uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, topic := range l.topics {
		if slices.ContainsFunc(touched, func(t office.Touched) bool { return concerns(topic, t) }) {
			l.pending[topic] = seq
		}
	}
	if len(l.pending) > 0 {
		select {
		case l.wake <- struct{}{}:
		default: // it is awake already
		}
	}
}

// concerns reports whether a change of a record is one of a topic.
func concerns(topic string, t office.Touched) bool {
	kind, id, one := strings.Cut(topic, "/")
	return kind == t.Kind && (!one || below(t.ID, id))
}

// change is what an event says.
type change struct {
	Topic string `json:"topic"`
	Seq   uint64 `json:"seq"`
}

// take is what is to be sent, as events.
func (l *listener) take() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var b strings.Builder
	for _, topic := range l.topics {
		if seq, ok := l.pending[topic]; ok {
			data, _ := json.Marshal(change{topic, seq}) // a text and a number: cannot fail
			fmt.Fprintf(&b, "id: %d\nevent: change\ndata: %s\n\n", seq, data)
		}
	}
	clear(l.pending)
	return b.String()
}

// live is a stream of server-sent events that says which of the topics in the
// address have changed, and nothing of what: the page asks for that itself, with
// its own rights.
func (s *Server) live(c *Call) error {
	topics, err := c.topics()
	if err != nil {
		return err
	}
	c.leave()
	l, ok := s.hub.listen(topics, c.stranger())
	if !ok {
		return problem.New(problem.Unavailable, "problem.unavailable")
	}
	defer s.hub.leave(l)
	c.SetHeader("Content-Type", "text/event-stream; charset=utf-8")
	c.SetHeader("X-Accel-Buffering", "no") // proxies are to pass it on at once
	c.gin.Status(http.StatusOK)
	if c.gin.Request.Method == http.MethodHead {
		return nil
	}
	// Nothing more is read; the time to read the request must not end the stream.
	if err := http.NewResponseController(c.gin.Writer).SetReadDeadline(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	return s.sendEvents(c, l)
}

// sendEvents sends until the browser goes, the login ends or the server stops.
// What may have been missed since the page was read (?since=), or while there was
// no connection, counts as changed.
func (s *Server) sendEvents(c *Call, l *listener) error {
	if seq, err := strconv.ParseUint(cmp.Or(c.gin.GetHeader("Last-Event-ID"), c.Query("since")), 10, 64); err == nil {
		l.tell(touchedSince(s.hub.changed(c.Ctx, seq)))
	}
	piece := fmt.Sprintf("retry: %d\n\n", retryAfter.Milliseconds())
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	for {
		if !c.sendPiece(piece) {
			return nil
		}
		select {
		case <-c.Ctx.Done():
			return nil
		case <-s.hub.closed:
			return nil
		case <-l.wake:
			piece = l.take()
		case <-beat.C:
			if !s.stillLoggedIn(c) {
				return nil
			}
			piece = ":\n\n"
		}
	}
}

func touchedSince(touched []office.Touched, seq uint64, err error) ([]office.Touched, uint64) {
	if err != nil {
		return nil, 0
	}
	return touched, seq
}

// sendPiece writes and flushes one piece; it reports whether anybody takes it.
func (c *Call) sendPiece(piece string) bool {
	control := http.NewResponseController(c.gin.Writer)
	if err := control.SetWriteDeadline(time.Now().Add(sendWithin)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return false
	}
	if _, err := io.WriteString(c.gin.Writer, piece); err != nil {
		return false
	}
	return control.Flush() == nil
}

// stillLoggedIn reports whether the login with which a stream began still holds;
// the public has none that could end.
func (s *Server) stillLoggedIn(c *Call) bool {
	if c.login.TokenHash == "" {
		return true
	}
	now := s.Now()
	login, account, err := s.Logins.Login(c.Ctx, c.login.TokenHash)
	if err != nil || !login.Valid(now, account) {
		return false
	}
	actor, err := s.Actor(c.Ctx, account.Person, council.DateOf(now))
	return err == nil && !login.Lost(heldBy(actor))
}

// topics are those of the address, parted by commas. What the public does not
// see it cannot listen to.
func (c *Call) topics() ([]string, error) {
	asked := strings.Split(c.Query("topics"), ",")
	var l problem.List
	if len(asked) > mostTopics || asked[0] == "" {
		l.Add("topics", "problem.live.topics", "most", strconv.Itoa(mostTopics))
		return nil, l.Err()
	}
	for _, topic := range asked {
		kind, _, _ := strings.Cut(topic, "/")
		if len(c.Actor.Mandates) == 0 && !slices.Contains(shownLive, kind) {
			return nil, problem.New(problem.NotFound, "problem.not-found")
		}
	}
	return asked, nil
}
