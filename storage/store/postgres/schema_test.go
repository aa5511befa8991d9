package postgres_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"padome/storage/store"
	"padome/storage/store/postgres"
	"padome/storage/store/postgres/pgtest"
)

// execute runs statements beside the engine.
func execute(t testing.TB, dsn string, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for _, sql := range statements {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
}

// wantRefused expects Open to refuse a database, and to say so in words.
func wantRefused(t testing.TB, dsn string, want error, words ...string) {
	t.Helper()
	s, err := postgres.Open(t.Context(), postgres.Config{DSN: dsn, Patience: 100 * time.Millisecond})
	if err == nil {
		s.Close()
		t.Fatal("opened what has to be refused")
	}
	if want != nil && !errors.Is(err, want) {
		t.Errorf("got error %v, want %v", err, want)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("got error %v, want it to name %q", err, w)
		}
	}
}

func TestWhatIsNotSetUpForThisProgramIsRefused(t *testing.T) {
	t.Run("nothing was set up", func(t *testing.T) {
		wantRefused(t, pgtest.Empty(t), store.ErrOlderSchema, "padome migrate")
	})
	t.Run("an older schema", func(t *testing.T) {
		dsn := pgtest.New(t)
		execute(t, dsn, "UPDATE meta SET schema = 0")
		wantRefused(t, dsn, store.ErrOlderSchema, "padome migrate")
	})
	t.Run("a newer schema", func(t *testing.T) {
		dsn := pgtest.New(t)
		execute(t, dsn, "UPDATE meta SET schema = 99")
		wantRefused(t, dsn, store.ErrNewerSchema, "99")
		if _, err := postgres.Migrate(t.Context(), dsn); !errors.Is(err, store.ErrNewerSchema) {
			t.Errorf("migrate: got error %v, want %v", err, store.ErrNewerSchema)
		}
	})
	t.Run("a server that may lose what it acknowledged", func(t *testing.T) {
		wantRefused(t, pgtest.New(t)+"&synchronous_commit=off", nil, "synchronous_commit")
	})
	t.Run("a member that takes no writes", func(t *testing.T) {
		wantRefused(t, pgtest.New(t)+"&default_transaction_read_only=on", store.ErrUnreachable)
	})
	t.Run("no such database", func(t *testing.T) {
		wantRefused(t, strings.Replace(pgtest.New(t), "/postgres?", "/absent?", 1), nil, "absent")
	})
	t.Run("no address", func(t *testing.T) {
		wantRefused(t, "postgres://%zz", nil)
	})
}

func TestThePasswordIsNotTold(t *testing.T) {
	_, err := postgres.Open(t.Context(), postgres.Config{DSN: "postgres://padome:s3cret@127.0.0.1:1/x", Patience: time.Millisecond})
	if err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("got %v, want an error without the password", err)
	}
}

func TestMigrateMayRunAtOnceAndAgain(t *testing.T) {
	dsn := pgtest.Empty(t)
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			if version, err := postgres.Migrate(t.Context(), dsn); version != 1 || err != nil {
				t.Errorf("got version %d, %v", version, err)
			}
		})
	}
	wg.Wait()
	s := open(t, dsn)
	if _, err := postgres.Migrate(t.Context(), dsn); err != nil {
		t.Errorf("beside a program that uses it: %v", err)
	}
	if err := errors.Join(s.Ready(t.Context()), s.Close()); err != nil {
		t.Error(err)
	}
	if err := s.Ready(t.Context()); !errors.Is(err, store.ErrClosed) {
		t.Errorf("closed: got %v", err)
	}
}

// TestOneOfSeveralHostsIsUsed names one that is not there, one that takes no
// writes and one that does.
func TestOneOfSeveralHostsIsUsed(t *testing.T) {
	server := pgtest.Shared(t)
	dsn := strings.Replace(pgtest.New(t), fmt.Sprintf("127.0.0.1:%d", server.Port()),
		fmt.Sprintf("127.0.0.1:1,127.0.0.1:%d", server.Port()), 1)
	s := open(t, dsn+"&target_session_attrs=any")
	if err := errors.Join(s.Ready(t.Context()), s.Close()); err != nil {
		t.Error(err)
	}
}

// TestWhoWorksNeedNotOwnTheTables sets up with one role and works with another.
func TestWhoWorksNeedNotOwnTheTables(t *testing.T) {
	dsn := pgtest.Empty(t)
	schema := dsn[strings.LastIndex(dsn, "=")+1:]
	execute(t, dsn, "CREATE ROLE owner LOGIN", "CREATE ROLE worker LOGIN",
		"GRANT ALL ON SCHEMA "+schema+" TO owner", "GRANT USAGE ON SCHEMA "+schema+" TO worker",
		"ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO worker")
	as := func(role string) string { return strings.Replace(dsn, "padome@", role+"@", 1) }
	if _, err := postgres.Migrate(t.Context(), as("worker")); err == nil {
		t.Error("the worker made tables")
	}
	if _, err := postgres.Migrate(t.Context(), as("owner")); err != nil {
		t.Fatal(err)
	}
	s := open(t, as("worker"))
	_, _, err := s.Update(t.Context(), 1, "id", func(w store.Writer) ([]byte, error) { return nil, w.Put("b", []byte("k"), nil) })
	_, _, errBlob := s.Blobs().Put(t.Context(), strings.NewReader("content"), 99)
	if err := errors.Join(err, errBlob, s.Check(t.Context()), s.Close()); err != nil {
		t.Error(err)
	}
}
