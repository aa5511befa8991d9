package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"padome/storage/store"
	"padome/storage/store/postgres"
	"padome/storage/store/postgres/pgtest"
)

// load writes from many sides while a server is being killed, and knows what was
// acknowledged.
type load struct {
	s            *postgres.Store
	stop         atomic.Bool
	wg           sync.WaitGroup
	mu           sync.Mutex
	acknowledged map[store.Tenant][]string
	runs         atomic.Int64
	unknown      []error
}

const loadTenants, loadWriters = 3, 12

func startLoad(s *postgres.Store) *load {
	l := &load{s: s, acknowledged: map[store.Tenant][]string{}}
	for g := range loadWriters {
		l.wg.Go(func() {
			for i := 0; !l.stop.Load(); i++ {
				l.write(store.Tenant(1+g%loadTenants), fmt.Sprintf("%d/%d", g, i))
			}
		})
	}
	return l
}

// write counts once more under a key of its own, as a command.
func (l *load) write(t store.Tenant, key string) {
	_, _, err := l.s.Update(context.Background(), t, store.CommandID(key), func(w store.Writer) ([]byte, error) {
		l.runs.Add(1)
		n, err := w.Get("count", []byte("n"))
		if err != nil {
			return nil, err
		}
		var count int
		fmt.Sscan(string(n), &count)
		return nil, errors.Join(w.Put("count", []byte("n"), fmt.Append(nil, count+1)), w.Put("own", []byte(key), nil))
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil {
		l.unknown = append(l.unknown, fmt.Errorf("%s: %w", key, err))
		return
	}
	l.acknowledged[t] = append(l.acknowledged[t], key)
}

func (l *load) count() (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, keys := range l.acknowledged {
		n += len(keys)
	}
	return n
}

// await lets so many more be acknowledged.
func (l *load) await(t testing.TB, more int) {
	t.Helper()
	for want, until := l.count()+more, time.Now().Add(20*time.Second); l.count() < want; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("stuck at %d acknowledged, want %d", l.count(), want)
		}
	}
}

// lost is how many acknowledged writes are not there, and how many there are
// that nobody was told of or that were done twice.
func (l *load) lost(t testing.TB, s *postgres.Store) (lost, over int) {
	t.Helper()
	for tenant := store.Tenant(1); tenant <= loadTenants; tenant++ {
		err := s.View(t.Context(), tenant, func(r store.Reader) error {
			var n int
			raw, err := r.Get("count", []byte("n"))
			if err != nil {
				return err
			}
			fmt.Sscan(string(raw), &n)
			over += n - len(l.acknowledged[tenant])
			for _, key := range l.acknowledged[tenant] {
				own, err := r.Get("own", []byte(key))
				if err != nil {
					return err
				}
				if own == nil {
					lost, over = lost+1, over+1
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return lost, over
}

// killBackend kills one of the server's processes that work for the engine,
// upon which the server ends all others and starts itself anew.
func killBackend(t testing.TB, dsn string) {
	t.Helper()
	var pid int
	conn, err := pgx.Connect(t.Context(), dsn)
	if err == nil {
		defer conn.Close(t.Context())
		err = conn.QueryRow(t.Context(), `SELECT pid FROM pg_stat_activity WHERE application_name = 'padome' AND state <> 'idle' LIMIT 1`).Scan(&pid)
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return
	}
	if err == nil {
		err = syscall.Kill(pid, syscall.SIGKILL)
	}
	if err != nil {
		t.Error(err)
	}
}

func TestNothingAcknowledgedIsLostWhenTheServerIsKilled(t *testing.T) {
	server := pgtest.Start(t)
	dsn := server.New(t)
	s := open(t, dsn)
	defer s.Close()
	l := startLoad(s)
	var waits time.Duration
	for range 3 {
		l.await(t, 100)
		killBackend(t, dsn)
		l.await(t, 100)
		if err := server.Kill(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond)
		if err := s.Ready(t.Context()); !errors.Is(err, store.ErrUnreachable) {
			t.Errorf("while the server is away: ready says %v", err)
		}
		if err := server.Begin(); err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		l.await(t, 1)
		waits += time.Since(begin)
		if err := s.Ready(t.Context()); err != nil {
			t.Errorf("when the server is back: ready says %v", err)
		}
	}
	l.await(t, 100)
	l.stop.Store(true)
	l.wg.Wait()
	for _, err := range l.unknown {
		t.Errorf("not resolved: %v", err)
	}
	lost, over := l.lost(t, s)
	if lost != 0 || over != 0 {
		t.Errorf("of %d acknowledged %d are lost, and there are %d too many", l.count(), lost, over)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
	t.Logf("%d acknowledged, functions ran %d times, %v on average until the first one after a start", l.count(), l.runs.Load(), waits/3)
}

// TestAServerThatDoesNotSyncLoses shows that the test above can find losses.
func TestAServerThatDoesNotSyncLoses(t *testing.T) {
	server := pgtest.Start(t, "synchronous_commit=off", "wal_writer_delay=10s")
	dsn := server.New(t)
	wantRefused(t, dsn, nil, "synchronous_commit")
	s, err := postgres.OpenTrusting(t.Context(), postgres.Config{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	l := startLoad(s)
	l.await(t, 50)
	l.stop.Store(true)
	l.wg.Wait()
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := server.Begin(); err != nil {
		t.Fatal(err)
	}
	if lost, _ := l.lost(t, s); lost == 0 {
		t.Errorf("of %d acknowledged none is lost", l.count())
	}
}
