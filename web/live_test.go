package web

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

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
	if _, ok := h.server.hub.listen([]string{"session"}); ok {
		t.Error("a stream begins after the stop")
	}
}

// A reader that takes nothing costs one number per topic.
func TestASlowListenerGathersNothing(t *testing.T) {
	b := newHub(func(context.Context, uint64) ([]office.Touched, uint64, error) { return nil, 0, nil })
	l, ok := b.listen([]string{"agenda", "person"})
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
