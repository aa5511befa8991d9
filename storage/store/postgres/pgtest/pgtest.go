// Package pgtest runs a real PostgreSQL server for tests: one for each test
// program, on a port of its own, ended with it.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"padome/internal/tooltest"
	"padome/storage/store/postgres"
)

// Variable is the environment variable that chooses the engine of tests that
// run on any: "postgres", or nothing for the engine of one machine.
const Variable = "PADOME_TEST_STORE"

// Chosen reports whether the tests are to run on PostgreSQL.
func Chosen() bool { return os.Getenv(Variable) == "postgres" }

// one is the server of this test program.
var one struct {
	sync.Mutex
	server *Server
	err    error
}

var databases atomic.Int64

// Run is m.Run, and ends the server that the tests have used.
func Run(m *testing.M) int {
	code := m.Run()
	one.Lock()
	defer one.Unlock()
	if one.server != nil {
		if err := one.server.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return max(code, 1)
		}
	}
	return code
}

// New is the address of a database of the test's own on the server of this test
// program, with the tables set up. Without PostgreSQL the test is left out, but
// fails where CI=true.
func New(t testing.TB) (dsn string) {
	t.Helper()
	dsn = Empty(t)
	// The server is not killed, so that this may be quick.
	if _, err := postgres.Migrate(t.Context(), dsn+"&synchronous_commit=off"); err != nil {
		t.Fatal(err)
	}
	return dsn
}

// Empty is New without the tables.
func Empty(t testing.TB) (dsn string) {
	t.Helper()
	return Shared(t).Empty(t)
}

// Shared is the server of this test program.
func Shared(t testing.TB) *Server {
	t.Helper()
	one.Lock()
	defer one.Unlock()
	if one.server == nil && one.err == nil {
		one.server, one.err = start()
	}
	leaveOut(t, one.err)
	return one.server
}

// Start is a server of the test's own, which may be killed, with settings such
// as "wal_writer_delay=10s" beside the defaults.
func Start(t testing.TB, settings ...string) *Server {
	t.Helper()
	s, err := start(settings...)
	leaveOut(t, err)
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// errMissing: there is no PostgreSQL here.
var errMissing = errors.New("PostgreSQL is not installed: scripts/tools installs it")

func leaveOut(t testing.TB, err error) {
	t.Helper()
	if errors.Is(err, errMissing) {
		tooltest.LeaveOut(t, "%v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Empty is a schema of the test's own, by its address.
func (s *Server) Empty(t testing.TB) (dsn string) {
	t.Helper()
	name := fmt.Sprintf("test%d", databases.Add(1))
	conn, err := pgx.Connect(t.Context(), s.DSN())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	if _, err := conn.Exec(t.Context(), "CREATE SCHEMA "+name); err != nil {
		t.Fatal(err)
	}
	return s.DSN() + "&search_path=" + name
}

// New is Empty with the tables set up.
func (s *Server) New(t testing.TB) (dsn string) {
	t.Helper()
	dsn = s.Empty(t)
	if _, err := postgres.Migrate(t.Context(), dsn); err != nil {
		t.Fatal(err)
	}
	return dsn
}

// Open opens a database of the test's own, and closes it when the test ends
// should it still be open.
func Open(t testing.TB, now func() time.Time) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), postgres.Config{DSN: New(t), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// binaries is the folder of the newest installed server.
func binaries() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil || len(found) == 0 {
		return "", errors.Join(errMissing, err)
	}
	return filepath.Dir(slices.MaxFunc(found, func(a, b string) int {
		return strings.Compare(fmt.Sprintf("%100s", a), fmt.Sprintf("%100s", b))
	})), nil
}
