package web

import (
	"errors"
	"net"
	"os"
	"testing"
	"time"
)

// knocks connects n times and says how many of the connections stay open.
func knocks(t *testing.T, address string, n int) (stay []net.Conn) {
	t.Helper()
	for range n {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		if err := conn.SetReadDeadline(time.Now().Add(100 * time.Millisecond)); err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Read(make([]byte, 1)); errors.Is(err, os.ErrDeadlineExceeded) {
			stay = append(stay, conn)
		}
	}
	return stay
}

func TestConnectionsHaveLimits(t *testing.T) {
	for name, tt := range map[string]struct {
		all, each int
		proxies   []string
		stay      int
	}{
		"of one address":              {10, 3, nil, 3},
		"of another address's proxy":  {10, 3, []string{"192.0.2.1", "2001:db8::/32"}, 3},
		"of all, through a proxy":     {5, 3, []string{"127.0.0.0/8"}, 5},
		"of all, through one address": {5, 3, []string{"127.0.0.1"}, 5},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			w := limit(l, tt.proxies)
			w.all, w.each = tt.all, tt.each
			in := make(chan net.Conn, 20)
			go func() {
				for {
					conn, err := w.Accept()
					if err != nil {
						return
					}
					in <- conn
				}
			}()
			stay := knocks(t, l.Addr().String(), 7)
			if len(stay) != tt.stay {
				t.Fatalf("%d connections stay, want %d", len(stay), tt.stay)
			}
			conn := <-in
			conn.Close()
			conn.Close() // is one connection still
			if more := knocks(t, l.Addr().String(), 3); len(more) != 1 {
				t.Errorf("after one has left %d more come in, want 1", len(more))
			}
		})
	}
}
