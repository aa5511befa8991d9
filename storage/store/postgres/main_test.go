package postgres_test

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"

	"padome/storage/store"
	"padome/storage/store/postgres"
	"padome/storage/store/postgres/pgtest"
	"padome/storage/store/storetest"
)

func TestMain(m *testing.M) {
	code := pgtest.Run(m)
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func TestConformance(t *testing.T) {
	pgtest.Shared(t)
	dsns := map[string]string{}
	storetest.Run(t, func(t *testing.T) store.Store {
		if dsns[t.Name()] == "" {
			dsns[t.Name()] = pgtest.New(t)
		}
		return open(t, dsns[t.Name()])
	})
}

// open opens a database that the test closes.
func open(t testing.TB, dsn string) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), postgres.Config{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestBlobs(t *testing.T) {
	pgtest.Shared(t)
	dsns := map[string]string{}
	storetest.RunBlobs(t, func(t *testing.T) store.BlobStore {
		if dsns[t.Name()] == "" {
			dsns[t.Name()] = pgtest.New(t)
		}
		s := open(t, dsns[t.Name()])
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		return s.Blobs()
	})
}
