package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func (h *hall) scraped() string {
	h.Helper()
	w := httptest.NewRecorder()
	h.server.Metrics().ServeHTTP(w, httptest.NewRequestWithContext(h.Context(), http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		h.Fatalf("metrics answer %d", w.Code)
	}
	return w.Body.String()
}

func TestMetricsCountByRouteAndNameNothingThatIsSecret(t *testing.T) {
	h := newHall(t)
	h.ask("officer", "GET", "/sessions", nil)
	h.ask("officer", "GET", "/sessions", nil)
	h.ask("", "GET", "/setup/a-link-of-one-time", nil)
	h.ask("", "BREW", "/sessions", nil)
	got := h.scraped()
	for _, want := range []string{
		"padome_requests_total{method=\"GET\",route=\"/sessions\",status=\"200\"} 2\n",
		`padome_requests_total{method="other",route="`,
		"padome_request_seconds_count{method=\"GET\"} 3\n",
		"padome_ready 1\n", "padome_streams_open 0\n", "process_resident_memory_bytes ", "go_goroutines ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	for _, secret := range []string{"a-link-of-one-time", "BREW", h.token("officer")} {
		if strings.Contains(got, secret) {
			t.Errorf("measurements hold %s", secret)
		}
	}
}

func TestMetricsSayWhenStorageIsAwayAndHowManyListen(t *testing.T) {
	h := newHall(t)
	h.server.Ready = func(context.Context) error { return errors.New("away") }
	l, ok := h.server.hub.listen([]string{"session"}, false)
	if !ok {
		t.Fatal("nobody may listen")
	}
	defer h.server.hub.leave(l)
	if got := h.scraped(); !strings.Contains(got, "padome_ready 0\n") || !strings.Contains(got, "padome_streams_open 1\n") {
		t.Error(got)
	}
}
