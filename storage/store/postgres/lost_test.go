package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"padome/storage/store"
	"padome/storage/store/postgres"
	"padome/storage/store/postgres/pgtest"
)

// wire stands between the engine and the server, and cuts connections.
type wire struct {
	t        testing.TB
	listener net.Listener
	server   string
	next     atomic.Int32 // what becomes of the next request
	down     atomic.Bool  // nobody gets through
	open     sync.Map
}

const (
	pass     = iota
	lose     // the request is lost, and the connection cut
	loseBack // the request arrives, and its answer is lost
)

// newWire is a wire to the shared server, and the address of a new database
// through it, with one connection at a time.
func newWire(t testing.TB) (w *wire, dsn string) {
	t.Helper()
	server := fmt.Sprintf("127.0.0.1:%d", pgtest.Shared(t).Port())
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w = &wire{t: t, listener: l, server: server}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() { w.carry(c) })
		}
	})
	t.Cleanup(func() {
		l.Close()
		w.cut()
		wg.Wait()
	})
	dsn = strings.Replace(pgtest.New(t), server, l.Addr().String(), 1)
	return w, dsn + "&pool_max_conns=1"
}

// cut cuts all connections.
func (w *wire) cut() {
	w.open.Range(func(c, _ any) bool {
		c.(net.Conn).Close()
		return true
	})
}

func (w *wire) carry(client net.Conn) {
	defer client.Close()
	if w.down.Load() {
		return
	}
	server, err := net.Dial("tcp", w.server)
	if err != nil {
		return
	}
	defer server.Close()
	w.open.Store(client, true)
	defer w.open.Delete(client)
	var mute atomic.Bool
	go func() {
		defer client.Close()
		buf := make([]byte, 64<<10)
		for {
			n, err := server.Read(buf)
			if err != nil {
				return
			}
			if !mute.Load() {
				if _, err := client.Write(buf[:n]); err != nil {
					return
				}
			}
		}
	}()
	buf := make([]byte, 64<<10)
	for {
		n, err := client.Read(buf)
		if err != nil {
			return
		}
		switch w.next.Swap(pass) {
		case lose:
			return
		case loseBack:
			mute.Store(true)
			_, _ = server.Write(buf[:n])
			time.Sleep(200 * time.Millisecond) // the server is done by then
			return
		}
		if _, err := server.Write(buf[:n]); err != nil {
			return
		}
	}
}

// count counts in a tenant, and lets something become of its commit.
func (w *wire) count(s *postgres.Store, id store.CommandID, fate int32) (result string, runs int, err error) {
	raw, _, err := s.Update(w.t.Context(), 1, id, func(wr store.Writer) ([]byte, error) {
		if runs++; runs == 1 {
			defer w.next.Store(fate)
		}
		n, err := wr.Get("b", []byte("n"))
		if err != nil {
			return nil, err
		}
		n = append(n, '|')
		return n, wr.Put("b", []byte("n"), n)
	})
	return string(raw), runs, err
}

func wantCount(t testing.TB, s *postgres.Store, want int) {
	t.Helper()
	var n []byte
	err := s.View(t.Context(), 1, func(r store.Reader) (err error) {
		n, err = r.Get("b", []byte("n"))
		return err
	})
	seq, errSeq := s.Seq(t.Context(), 1)
	if len(n) != want || seq != uint64(want) || err != nil || errSeq != nil {
		t.Errorf("counted %d in %d updates, %v, %v, want %d", len(n), seq, err, errSeq, want)
	}
}

func TestALostConnection(t *testing.T) {
	tests := []struct {
		name  string
		id    store.CommandID
		fate  int32
		want  error
		runs  int
		count int // beside the first
	}{
		{"nothing is lost", "", pass, nil, 1, 1},
		{"the commit is lost", "", lose, nil, 2, 1},
		{"the commit of a command is lost", "id", lose, nil, 2, 1},
		{"the answer to a command is lost", "id", loseBack, nil, 1, 1},
		{"the answer is lost, and no command tells", "", loseBack, store.ErrOutcomeUnknown, 1, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w, dsn := newWire(t)
			s := open(t, dsn)
			defer s.Close()
			if _, _, err := w.count(s, "first", pass); err != nil { // prepares the statements
				t.Fatal(err)
			}
			result, runs, err := w.count(s, test.id, test.fate)
			if !errors.Is(err, test.want) || runs != test.runs {
				t.Errorf("ran %d times, %v, want %d times, %v", runs, err, test.runs, test.want)
			}
			if test.want == nil && result != "||" {
				t.Errorf("got result %q, want the second", result)
			}
			wantCount(t, s, 1+test.count)
			if again, runs, err := w.count(s, test.id, pass); test.id != "" && (again != "||" || runs != 0 || err != nil) {
				t.Errorf("repeated: got %q, ran %d times, %v", again, runs, err)
			}
		})
	}
}

// TestRepeatingBlindlyDoesTwice is what the test above would find of an engine
// that took every lost connection for a transaction that was undone.
func TestRepeatingBlindlyDoesTwice(t *testing.T) {
	w, dsn := newWire(t)
	s, err := postgres.OpenBlindly(t.Context(), postgres.Config{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, _, err := w.count(s, "first", pass); err != nil {
		t.Fatal(err)
	}
	if _, runs, err := w.count(s, "", loseBack); runs != 2 || err != nil {
		t.Errorf("ran %d times, %v", runs, err)
	}
	wantCount(t, s, 3)
}

// TestACommandTellsForItsGroup: what has no command of its own is known too when
// it shared a commit with a command.
func TestACommandTellsForItsGroup(t *testing.T) {
	w, dsn := newWire(t)
	s := open(t, dsn)
	defer s.Close()
	if _, _, err := w.count(s, "first", pass); err != nil {
		t.Fatal(err)
	}
	begun, free := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		_, _, err := s.Update(t.Context(), 1, "", func(store.Writer) ([]byte, error) {
			close(begun)
			<-free
			return nil, nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-begun
	for _, id := range []store.CommandID{"", "id", ""} {
		wg.Go(func() {
			_, _, err := s.Update(t.Context(), 1, id, func(wr store.Writer) ([]byte, error) {
				w.next.Store(loseBack) // the last one of the group lets it happen
				return nil, wr.Put("b", fmt.Append(nil, "k", wr.Seq()), nil)
			})
			if err != nil {
				t.Errorf("command %q: %v", id, err)
			}
		})
	}
	time.Sleep(100 * time.Millisecond)
	close(free)
	wg.Wait()
	if seq, err := s.Seq(t.Context(), 1); seq != 5 || err != nil {
		t.Errorf("got %d updates, %v, want 5", seq, err)
	}
}

func TestAServerThatDoesNotAnswer(t *testing.T) {
	w, dsn := newWire(t)
	s, err := postgres.Open(t.Context(), postgres.Config{DSN: dsn, Patience: 300 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("ready: %v", err)
	}
	w.down.Store(true)
	w.cut()
	ran := false
	_, _, err = s.Update(t.Context(), 1, "", func(store.Writer) ([]byte, error) { ran = true; return nil, nil })
	if !errors.Is(err, store.ErrUnreachable) || ran {
		t.Errorf("update: got %v, ran %v, want %v", err, ran, store.ErrUnreachable)
	}
	err = s.View(t.Context(), 1, func(store.Reader) error { ran = true; return nil })
	if !errors.Is(err, store.ErrUnreachable) || ran {
		t.Errorf("view: got %v, ran %v, want %v", err, ran, store.ErrUnreachable)
	}
	if err := s.Ready(t.Context()); !errors.Is(err, store.ErrUnreachable) || !strings.Contains(err.Error(), w.listener.Addr().String()) {
		t.Errorf("ready: got %v, want it to name the server it waits for", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, _, err := s.Update(ctx, 1, "", func(store.Writer) ([]byte, error) { return nil, nil }); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a caller in a hurry: got %v, want %v", err, context.DeadlineExceeded)
	}
	w.down.Store(false)
	if _, _, err := w.count(s, "id", pass); err != nil {
		t.Errorf("when it answers again: %v", err)
	}
	wantCount(t, s, 1)
}

// TestALostConnectionInsideAFunction: its error may be hidden by the function,
// and it runs again all the same.
func TestALostConnectionInsideAFunction(t *testing.T) {
	w, dsn := newWire(t)
	s := open(t, dsn)
	defer s.Close()
	runs := 0
	_, _, err := s.Update(t.Context(), 1, "", func(wr store.Writer) ([]byte, error) {
		if runs++; runs == 1 {
			w.cut()
		}
		if _, err := wr.Get("b", []byte("k")); err != nil {
			return nil, io.ErrNoProgress // which says nothing of the cause
		}
		return nil, wr.Put("b", []byte("n"), []byte("|"))
	})
	if runs != 2 || err != nil {
		t.Errorf("ran %d times, %v, want twice", runs, err)
	}
	wantCount(t, s, 1)
}
