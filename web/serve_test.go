package web

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// serve runs the server on a free port until the test ends.
func (h *house) serve() (address string, done chan error) {
	h.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.Fatal(err)
	}
	done = make(chan error, 1)
	go func() { done <- h.server.Serve(l) }()
	return l.Addr().String(), done
}

func TestServeUntilShutdown(t *testing.T) {
	started, release := make(chan struct{}), make(chan struct{})
	h := oneRoute(t, func(c *Call) error {
		close(started)
		<-release
		return c.JSON(200, "late", 0)
	})
	address, done := h.serve()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer := make(chan string, 1)
	go func() {
		r, err := client.Get("http://" + address + "/one")
		if err != nil {
			answer <- err.Error()
			return
		}
		defer r.Body.Close()
		body, _ := io.ReadAll(r.Body)
		answer <- string(body)
	}()
	<-started
	stopped := make(chan error, 1)
	go func() { stopped <- h.server.Shutdown(context.Background()) }()
	if err := <-done; err != nil {
		t.Errorf("Serve = %v, want none", err)
	}
	close(release)
	if got, want := <-answer, "\"late\"\n"; got != want {
		t.Errorf("answer under way = %q, want %q", got, want)
	}
	if err := <-stopped; err != nil {
		t.Errorf("Shutdown = %v, want none", err)
	}
	if _, err := client.Get("http://" + address + "/one"); err == nil {
		t.Error("after the stop there is still an answer")
	}
}

func TestShutdownCutsOffWhatDoesNotEnd(t *testing.T) {
	started := make(chan struct{})
	h := oneRoute(t, func(c *Call) error {
		close(started)
		<-c.Ctx.Done()
		return c.Ctx.Err()
	})
	address, done := h.serve()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	io.WriteString(conn, "GET /one HTTP/1.1\r\nHost: x\r\n\r\n")
	<-started
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := h.server.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Shutdown = %v, want %v", err, context.DeadlineExceeded)
	}
	<-done
}

func TestServeFailsWithItsListener(t *testing.T) {
	h := newHouse(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := h.server.Serve(l); err == nil {
		t.Error("Serve on a closed listener gives no error")
	}
}

func TestEveryTimeoutIsSet(t *testing.T) {
	s := newHouse(t).server.http
	for name, d := range map[string]time.Duration{
		"header": s.ReadHeaderTimeout, "read": s.ReadTimeout, "write": s.WriteTimeout, "idle": s.IdleTimeout,
	} {
		if d <= 0 || d > time.Minute {
			t.Errorf("%s timeout = %v, want one of at most a minute", name, d)
		}
	}
}

// The limits hold on a real connection, not only in the fields of the server.
func TestSlowAndOversizedRequests(t *testing.T) {
	h := newHouse(t)
	h.server.http.ReadHeaderTimeout = 500 * time.Millisecond
	h.server.http.ReadTimeout = time.Second
	address, done := h.serve()
	defer func() {
		h.server.Shutdown(context.Background())
		<-done
	}()
	for name, tt := range map[string]struct{ sent, want string }{
		"a header that never ends": {"GET / HTTP/1.1\r\nHost: x\r\nX-", "HTTP/1.1 400"},
		"a header too large":       {"GET / HTTP/1.1\r\nHost: x\r\nX-A: " + strings.Repeat("a", 64<<10) + "\r\n\r\n", "HTTP/1.1 431"},
		"a body that never comes":  {"POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{", "HTTP/1.1 400"},
		"two lengths":              {"POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{", "HTTP/1.1 400"},
	} {
		t.Run(name, func(t *testing.T) {
			conn, err := net.Dial("tcp", address)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			conn.SetDeadline(time.Now().Add(20 * time.Second))
			io.WriteString(conn, tt.sent)
			line, err := bufio.NewReader(conn).ReadString('\n')
			if !strings.HasPrefix(line, tt.want) {
				t.Errorf("answer = %q, %v, want %s", line, err, tt.want)
			}
		})
	}
}
