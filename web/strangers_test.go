package web

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"padome/council"
	"padome/office"
)

// crowded is a house with limits and one address.
func crowded(t *testing.T, change func(*Limits), handle func(*Call) error) *house {
	t.Helper()
	h := buildHouse(t, func(c *Config) { change(&c.Limits) })
	routes := append(h.server.ownRoutes(), Route{"GET", "/one", Public, noBody, handle}, Route{"POST", "/one", Public, smallDoc, handle})
	if err := h.server.mount(routes); err != nil {
		t.Fatal(err)
	}
	return h
}

// Of one address strangers get so many answers; whoever is logged in there gets
// all, the style sheets of pages too, and other addresses have turns of their own.
func TestStrangersWhoAskTooMuchAreTurnedAway(t *testing.T) {
	h := crowded(t, func(l *Limits) { l.Requests = 1 }, func(c *Call) error { return c.JSON(http.StatusOK, 1, 0) })
	officer := h.as(string(council.Secretariat))
	answered := 0
	for range 3 * burst {
		if h.ask("GET", "/one", "").Code == http.StatusOK {
			answered++
		}
	}
	if answered < burst || answered > 2*burst {
		t.Errorf("%d of %d requests of strangers in a moment are answered, want some %d", answered, 3*burst, burst)
	}
	for _, path := range []string{"/one", "/api/v1/openapi.yaml", "/api/v1/me"} {
		if w := h.ask("GET", path, "", "Authorization", officer); w.Code != http.StatusOK {
			t.Errorf("%s of who is logged in = %d, want 200", path, w.Code)
		}
	}
	if w := h.ask("GET", healthPath, ""); w.Code != http.StatusOK {
		t.Errorf("%s = %d, want 200: whoever watches the process is not turned away", healthPath, w.Code)
	}
	before := strings.Count(h.log.String(), "msg=request")
	for lang, want := range map[string]string{"lv": "No šīs adreses pienāk pārāk daudz pieprasījumu. Mēģiniet vēlreiz pēc 1 sekundes.", "en": "Too many requests come from this address. Try again in 1 second."} {
		for _, path := range []string{"/one", "/api/v1/openapi.yaml", "/nowhere"} {
			w := h.ask("GET", path+"?lang="+lang, "")
			if d := h.refused(w, http.StatusTooManyRequests, "problem.strangers.rate"); d.Detail != want {
				t.Errorf("detail = %q, want %q", d.Detail, want)
			}
			if w.Header().Get("Retry-After") != "1" || w.Header().Get("Connection") != "close" {
				t.Errorf("headers = %v, want when to come again, and the end of the connection", w.Header())
			}
		}
		w := h.ask("GET", "/one?lang="+lang, "", "Accept", "text/html")
		if !strings.Contains(w.Body.String(), "<p>"+want+"</p>") || !strings.Contains(w.Body.String(), `lang="`+lang+`"`) || w.Code != http.StatusTooManyRequests {
			t.Errorf("a person gets %d %s", w.Code, w.Body)
		}
	}
	if after := strings.Count(h.log.String(), "msg=request"); after != before {
		t.Errorf("%d lines of the log for requests that were turned away, want none", after-before)
	}
	if n := strings.Count(h.log.String(), "strangers are turned away"); n != 1 {
		t.Errorf("the log says %d times that strangers are turned away, want once", n)
	}
}

// waiting is a handler in which strangers stay until they are let go.
type waiting struct{ in, free chan bool }

func newWaiting() waiting { return waiting{make(chan bool, 10), make(chan bool)} }

func (w waiting) handle(c *Call) error {
	if c.stranger() {
		w.in <- true
		<-w.free
	}
	return c.JSON(http.StatusOK, 1, 0)
}

// asked sends a request and gives its answer when it comes.
func (h *house) asked(path string) chan *httptest.ResponseRecorder {
	answer := make(chan *httptest.ResponseRecorder, 1)
	go func() { answer <- h.ask("GET", path, "") }()
	return answer
}

func TestNobodyWhoIsLoggedInWaitsBehindStrangers(t *testing.T) {
	at := newWaiting()
	h := crowded(t, func(l *Limits) { l.Work, l.Waiting = 1, 1 }, at.handle)
	officer := h.as(string(council.Secretariat))
	first := h.asked("/one")
	<-at.in
	second := h.asked("/one")
	for h.server.strangers.waiting.Load() == 0 {
		runtime.Gosched()
	}
	for lang, want := range map[string]string{"lv": "Šobrīd ir ļoti daudz apmeklētāju, un nekas nav mainīts. Mēģiniet vēlreiz pēc 5 sekundēm.", "en": "There are very many visitors just now, and nothing was changed. Try again in 5 seconds."} {
		w := h.ask("GET", "/one?lang="+lang, "")
		if d := h.refused(w, http.StatusServiceUnavailable, "problem.strangers.busy"); d.Detail != want || w.Header().Get("Retry-After") != "5" {
			t.Errorf("a third stranger is told %q, Retry-After %q", d.Detail, w.Header().Get("Retry-After"))
		}
	}
	if w := h.ask("GET", "/one", "", "Authorization", officer); w.Code != http.StatusOK {
		t.Errorf("who is logged in gets %d while strangers wait, want 200", w.Code)
	}
	close(at.free)
	for _, answer := range []chan *httptest.ResponseRecorder{first, second} {
		if w := <-answer; w.Code != http.StatusOK {
			t.Errorf("a stranger who waited gets %d, want 200", w.Code)
		}
	}
}

// Whoever sends a body slowly takes no turn until it has come.
func TestWhoSendsSlowlyTakesNobodysTurn(t *testing.T) {
	h := crowded(t, func(l *Limits) { l.Work, l.Waiting = 1, 0 }, func(c *Call) error {
		if c.gin.Request.Method == http.MethodPost {
			if _, err := c.body(); err != nil {
				return err
			}
		}
		return c.JSON(http.StatusOK, 1, 0)
	})
	body, sender := io.Pipe()
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/one", body)
	w, done := httptest.NewRecorder(), make(chan bool)
	go func() { h.server.Handler().ServeHTTP(w, r); close(done) }()
	io.WriteString(sender, "a") // it is being read
	if w := h.ask("GET", "/one", ""); w.Code != http.StatusOK {
		t.Errorf("while a body comes another stranger gets %d, want 200", w.Code)
	}
	sender.Close()
	if <-done; w.Code != http.StatusOK {
		t.Errorf("the body came in the end, and gets %d", w.Code)
	}
}

// slowReader takes the answer's head and nothing more until it is let go.
type slowReader struct {
	*httptest.ResponseRecorder
	in, free chan bool
}

func (s slowReader) Write(p []byte) (int, error) {
	s.in <- true
	<-s.free
	return s.ResponseRecorder.Write(p)
}

// Whoever reads slowly takes no turn either, and what waits in memory to be read
// is bounded, for an address and for all.
func TestWhatStrangersDoNotReadIsBounded(t *testing.T) {
	const large = 100 << 10
	h := crowded(t, func(l *Limits) { l.Work, l.Waiting, l.Held, l.HeldEach = 1, 0, 3*large, 2*large }, func(c *Call) error {
		c.SetHeader("Content-Disposition", "attachment")
		c.write(http.StatusOK, "text/plain", make([]byte, large))
		return nil
	})
	officer := h.as(string(council.Secretariat))
	read := slowReader{httptest.NewRecorder(), make(chan bool), make(chan bool)}
	var done []chan bool
	ask := func(from string) {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/one", nil)
		r.RemoteAddr = from + ":1"
		end := make(chan bool)
		go func() {
			h.server.Handler().ServeHTTP(slowReader{httptest.NewRecorder(), read.in, read.free}, r)
			close(end)
		}()
		<-read.in
		done = append(done, end)
	}
	from := func(address string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/one", nil)
		r.RemoteAddr = address + ":1"
		w := httptest.NewRecorder()
		h.server.Handler().ServeHTTP(w, r)
		return w
	}
	ask("192.0.2.1")
	ask("192.0.2.1")
	w := from("192.0.2.1")
	h.refused(w, http.StatusServiceUnavailable, "problem.strangers.busy")
	if w.Header().Get("Content-Disposition") != "" {
		t.Error("the refusal is sent as the file")
	}
	if w := from("192.0.2.2"); w.Code != http.StatusOK || w.Body.Len() != large {
		t.Errorf("another address gets %d, want 200", w.Code)
	}
	ask("192.0.2.2")
	h.refused(from("192.0.2.3"), http.StatusServiceUnavailable, "problem.strangers.busy")
	if w := h.ask("GET", "/one", "", "Authorization", officer); w.Code != http.StatusOK || w.Body.Len() != large {
		t.Errorf("who is logged in gets %d, want 200", w.Code)
	}
	close(read.free)
	for _, end := range done {
		<-end
	}
	if w := from("192.0.2.1"); w.Code != http.StatusOK {
		t.Errorf("after all has been read a stranger gets %d, want 200", w.Code)
	}
}

// Strangers who listen leave room for those who are logged in.
func TestStrangersTakeHalfOfTheStreams(t *testing.T) {
	b := newHub(func(context.Context, uint64) ([]office.Touched, uint64, error) { return nil, 0, nil })
	listen := func(n int, stranger bool) (in int) {
		for range n {
			if l, ok := b.listen([]string{"session"}, stranger); ok {
				in++
				t.Cleanup(func() { b.leave(l) })
			}
		}
		return in
	}
	if in := listen(mostStreams, true); in != mostStreams/2 {
		t.Errorf("%d streams of strangers, want %d", in, mostStreams/2)
	}
	if in := listen(mostStreams, false); in != mostStreams/2 {
		t.Errorf("%d streams of those who are logged in beside them, want %d", in, mostStreams/2)
	}
}

// An office of thirty behind one address opens all its pages at once; a flood from
// there does not stop those who are logged in.
func TestAnOfficeBehindOneAddressIsNotTurnedAway(t *testing.T) {
	h := crowded(t, func(l *Limits) { *l = DefaultLimits }, func(c *Call) error { return c.JSON(http.StatusOK, 1, 0) })
	for range 30 { // each comes in with nothing in the browser yet
		for _, path := range []string{"/login", "/api/v1/openapi.yaml", "/nowhere"} {
			if w := h.ask("GET", path, ""); w.Code == http.StatusTooManyRequests {
				t.Fatalf("%s of an office that opens its pages = %d", path, w.Code)
			}
		}
	}
	officer := h.as(string(council.Secretariat))
	for range 3 * burst * DefaultLimits.Requests {
		if w := h.ask("GET", "/one", "", "Authorization", officer); w.Code != http.StatusOK {
			t.Fatalf("who is logged in gets %d, want 200 however often", w.Code)
		}
	}
}
