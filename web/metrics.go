package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// readyWithin is how long a scrape waits for storage to say whether it is ready.
const readyWithin = time.Second

// measuredMethods are told apart; what a client makes up is counted as one.
var measuredMethods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}

// meters count what a server does, for Prometheus.
type meters struct{ set *metrics.Set }

func newMeters(s *Server) meters {
	m := meters{metrics.NewSet()}
	m.set.NewGauge("padome_ready", func() float64 { return s.readiness() })
	m.set.NewGauge("padome_streams_open", func() float64 { return float64(s.hub.open()) })
	m.set.NewGauge("padome_connections_open", func() float64 { return float64(s.listener.Load().count()) })
	m.set.NewCounter(connectionsRefused)
	if s.Office != nil && s.Office.BacksUp() {
		m.set.NewGauge("padome_backup_newest_seconds", s.newestBackup)
	}
	return m
}

// newestBackup is when the newest backup was made, in seconds of Unix time; 0
// when there is none or its folder cannot be read.
func (s *Server) newestBackup() float64 {
	made, err := s.Office.NewestBackup()
	if err != nil || made.IsZero() {
		return 0
	}
	return float64(made.Unix())
}

const connectionsRefused = "padome_connections_refused_total"

// connectionRefused counts a connection that was closed for the limits.
func (m meters) connectionRefused() { m.set.GetOrCreateCounter(connectionsRefused).Inc() }

// turnedAway counts a request of a stranger for which there was no room.
func (m meters) turnedAway(why string) {
	m.set.GetOrCreateCounter(fmt.Sprintf("padome_turned_away_total{why=%q}", why)).Inc()
}

// request counts one answer, by its route and never by its path, which may hold
// a one-time token.
func (m meters) request(method, route string, status int, took time.Duration) {
	if !slices.Contains(measuredMethods, method) {
		method = "other"
	}
	if route == "" {
		route = "none"
	}
	m.set.GetOrCreateCounter(fmt.Sprintf("padome_requests_total{method=%q,route=%q,status=%q}", method, route, strconv.Itoa(status))).Inc()
	if route != streamRoute { // which lasts as long as somebody listens
		m.set.GetOrCreatePrometheusHistogram(fmt.Sprintf("padome_request_seconds{method=%q}", method)).Update(took.Seconds())
	}
}

func (s *Server) readiness() float64 {
	ctx, cancel := context.WithTimeout(context.Background(), readyWithin)
	defer cancel()
	if s.stopping.Load() || s.Ready(ctx) != nil {
		return 0
	}
	return 1
}

// Metrics answers with what the server has done since its start, in the text
// format of Prometheus. It is for a listener of its own: it asks nobody who they
// are.
func (s *Server) Metrics() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		s.meters.set.WritePrometheus(w)
		metrics.WriteProcessMetrics(w)
	})
	return mux
}
