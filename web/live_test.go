package web

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"padome/council"
	"padome/office"
)

// listening opens a stream and returns its lines; they end with the stream.
func (h *hall) listening(server *httptest.Server, who, topics string, headers ...string) <-chan string {
	h.Helper()
	r, err := http.NewRequestWithContext(h.Context(), "GET", server.URL+"/live?topics="+topics, nil)
	if err != nil {
		h.Fatal(err)
	}
	if who != "" {
		r.Header.Set("Authorization", "Bearer "+h.token(who))
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := server.Client().Do(r)
	if err != nil {
		h.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK {
		h.Fatalf("stream = %d", answer.StatusCode)
	}
	lines := make(chan string, 100)
	go func() {
		defer answer.Body.Close()
		defer close(lines)
		for s := bufio.NewScanner(answer.Body); s.Scan(); {
			if s.Text() != "" {
				lines <- s.Text()
			}
		}
	}()
	return lines
}

func (h *hall) served() *httptest.Server {
	server := httptest.NewServer(h.server.Handler())
	h.Cleanup(server.Close)
	h.Cleanup(h.server.hub.close)
	return server
}

func (h *hall) newPerson(id string) {
	h.Helper()
	_, err := h.office.SavePerson(h.Context(), operator, 0, council.Person{ID: id, Given: "Zane", Surname: "Ozola", Gender: council.Feminine})
	if err != nil {
		h.Fatal(err)
	}
}

func TestStreamsTellOfTheirTopicsAlone(t *testing.T) {
	h := newHall(t)
	server := h.served()
	one, other := h.listening(server, "officer", "person/new,agenda"), h.listening(server, "officer", "person")
	for _, lines := range []<-chan string{one, other} {
		if got, want := <-lines, "retry: 2000"; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	h.newPerson("else")
	for line := range other { // the hub looks from some moment on: until it has seen a change
		if line == "event: change" {
			break
		}
	}
	h.newPerson("new")
	var got []string
	for line := range one {
		if got = append(got, line); strings.HasPrefix(line, "data:") {
			break
		}
	}
	if len(got) != 3 || got[1] != "event: change" || !strings.HasPrefix(got[2], `data: {"topic":"person/new","seq":`) {
		t.Errorf("%q, want one event of person/new", got)
	}
}

func TestWhatWasMissedCountsAsChanged(t *testing.T) {
	h := newHall(t)
	lines := h.listening(h.served(), "officer", "person,proposal", "Last-Event-ID", "1")
	for line := range lines {
		if strings.HasPrefix(line, "data:") {
			if !strings.Contains(line, `"topic":"person"`) {
				t.Errorf("%s, want people", line)
			}
			return
		}
	}
	t.Error("the stream ended without an event")
}

// What changes between the page and its stream is told too.
func TestAPageIsToldWhatChangedBeforeItsStreamWasOpen(t *testing.T) {
	h := newHall(t)
	since := h.page("officer", "/people").Find("body").AttrOr("data-since", "")
	h.newPerson("meanwhile")
	for line := range h.listening(h.served(), "officer", "person&since="+since) {
		if strings.HasPrefix(line, "data:") {
			return
		}
	}
	t.Error("the stream ended without an event")
}

func TestThePublicListensToSessionsAlone(t *testing.T) {
	h := newHall(t)
	h.refused(h.ask("", "GET", "/live?topics=session,agenda", nil), 404, "problem.not-found")
	h.refused(h.ask("nobody", "GET", "/live?topics=proposal", nil), 404, "problem.not-found")
	h.refused(h.ask("", "GET", "/live?topics="+strings.Repeat("session,", 30), nil), 422, "problem.live.topics")
}

func TestStreamsEndWhenTheServerStops(t *testing.T) {
	h := newHall(t)
	server := h.served()
	var all []<-chan string
	for range 200 {
		all = append(all, h.listening(server, "", "session"))
	}
	h.newPerson("while-200-listen")
	h.server.hub.close()
	for _, lines := range all {
		for range lines {
		}
	}
	if _, ok := h.server.hub.listen([]string{"session"}, false); ok {
		t.Error("a stream begins after the stop")
	}
}

// A reader that takes nothing costs one number per topic.
func TestASlowListenerGathersNothing(t *testing.T) {
	b := newHub(func(context.Context, uint64) ([]office.Touched, uint64, error) { return nil, 0, nil })
	l, ok := b.listen([]string{"agenda", "person"}, false)
	if !ok {
		t.Fatal("no stream")
	}
	var all sync.WaitGroup
	for i := range 1000 {
		all.Go(func() { b.tell([]office.Touched{{Kind: "agenda", ID: "1"}, {Kind: "minutes", ID: "2"}}, uint64(i)) })
	}
	all.Wait()
	if got := strings.Count(l.take(), "event:"); got != 1 {
		t.Errorf("%d events, want one", got)
	}
	if got := l.take(); got != "" {
		t.Errorf("%q is told twice", got)
	}
	b.leave(l)
	if b.stop != nil {
		t.Error("the hub still asks though nobody listens")
	}
}

// audience are 200 streams that hear of people, and have heard of one.
func (h *hall) audience(server *httptest.Server) []<-chan string {
	h.Helper()
	all := make([]<-chan string, 200)
	for i := range all {
		all[i] = h.listening(server, "officer", "person")
	}
	h.newPerson("first")
	return all
}

// told waits until a stream tells of the change with a number, or a later one.
func told(lines <-chan string, seq uint64) error {
	for line := range lines {
		var c change
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			if err := json.Unmarshal([]byte(data), &c); err != nil {
				return err
			}
			if c.Seq >= seq {
				return nil
			}
		}
	}
	return errors.New("the stream ended before")
}

// While 200 listen, several write at once: every write is done, and everybody
// hears of the last.
func TestWritesGoOnWhile200Listen(t *testing.T) {
	h := newHall(t)
	all := h.audience(h.served())
	const writers, each = 4, 25
	var writing sync.WaitGroup
	for w := range writers {
		writing.Go(func() {
			for i := range each {
				p := council.Person{ID: fmt.Sprintf("person-%d-%d", w, i), Given: "Zane", Surname: "Ozola", Gender: council.Feminine}
				if _, err := h.office.SavePerson(t.Context(), operator, 0, p); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writing.Wait()
	people, err := h.office.People(t.Context(), operator.Actor)
	if err != nil {
		t.Fatal(err)
	}
	written := 0
	for _, p := range people {
		if strings.HasPrefix(p.ID, "person-") {
			written++
		}
	}
	if written != writers*each {
		t.Errorf("%d people were written, want %d", written, writers*each)
	}
	last := h.seq()
	for i, lines := range all {
		if err := told(lines, last); err != nil {
			t.Errorf("stream %d: %v", i+1, err)
		}
	}
}

// BenchmarkWriteWhile200Listen writes in turn where nobody listens and where 200
// do, and reports how much longer the latter takes. The bound to hold is 1.2.
func BenchmarkWriteWhile200Listen(b *testing.B) {
	quiet, heard := newHall(b), newHall(b)
	for _, lines := range heard.audience(heard.served()) {
		go func() {
			for range lines {
			}
		}()
	}
	n, without, with := 0, time.Duration(0), time.Duration(0)
	for b.Loop() {
		n++
		id := fmt.Sprintf("p%d", n)
		start := time.Now()
		quiet.newPerson(id)
		middle := time.Now()
		heard.newPerson(id)
		without, with = without+middle.Sub(start), with+time.Since(middle)
	}
	b.ReportMetric(float64(without.Microseconds())/float64(n), "µs/quiet")
	b.ReportMetric(float64(with.Microseconds())/float64(n), "µs/heard")
	b.ReportMetric(float64(with)/float64(without), "ratio")
}
