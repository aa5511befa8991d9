package storage

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/storage/store"
	"padome/storage/store/move"
	"padome/storage/store/postgres/pgtest"
)

func openAt(t *testing.T, where string) *DB {
	t.Helper()
	db, err := OpenAt(t.Context(), where, Config{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestADatabaseIsOpenedWhereItIs(t *testing.T) {
	for name, where := range map[string]func(*testing.T) string{
		"in a folder": func(t *testing.T) string { return t.TempDir() },
		"on a server": func(t *testing.T) string { return pgtest.New(t) },
	} {
		t.Run(name, func(t *testing.T) {
			place := where(t)
			db := openAt(t, place)
			addSession(t, db.Council(1), session("s", "2024-01-31"))
			sum := putBlob(t, db, "saturs")
			if err := errors.Join(db.Ready(t.Context()), db.Close()); err != nil {
				t.Fatal(err)
			}
			wantKind(t, db.Ready(t.Context()), problem.Unavailable)
			again := openAt(t, place)
			see(t, again.Council(1), func(v *View) (struct{}, error) { _, err := v.Session("s"); return struct{}{}, err })
			if got, err := getBlob(t, again, sum); got != "saturs" || err != nil {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestADatabaseThatCannotBeUsedIsRefusedInWords(t *testing.T) {
	refused := func(t *testing.T, where, key string) {
		t.Helper()
		_, err := OpenAt(t.Context(), where, Config{}, nil)
		if e := wantKind(t, err, problem.Unavailable); e.Key != key {
			t.Errorf("got %s, want %s", e.Key, key)
		}
	}
	t.Run("not set up, then set up", func(t *testing.T) {
		dsn := pgtest.Empty(t)
		refused(t, dsn, "problem.storage.older")
		for range 2 {
			if err := Migrate(t.Context(), dsn); err != nil {
				t.Fatal(err)
			}
		}
		openAt(t, dsn)
	})
	t.Run("half moved", func(t *testing.T) {
		for _, where := range []string{t.TempDir(), pgtest.New(t)} {
			side, end, err := side(t.Context(), where)
			if err != nil {
				t.Fatal(err)
			}
			mark := store.Item{Bucket: move.MarkBucket, Key: []byte(move.MarkKey), Value: []byte("x")}
			if err := errors.Join(side.Records.Load(t.Context(), 0, []store.Item{mark}, 0), end()); err != nil {
				t.Fatal(err)
			}
			refused(t, where, "problem.storage.unfinished")
		}
	})
}

func TestAnInstallationMovesBetweenPlaces(t *testing.T) {
	folder, server, back := t.TempDir(), pgtest.New(t), filepath.Join(t.TempDir(), "new")
	db := openAt(t, folder)
	addSession(t, db.Council(1), session("s", "2024-01-31"))
	addAccount(t, db.Installation(), "a", "anna")
	sum := putBlob(t, db, "saturs")
	t.Run("but not while it is used", func(t *testing.T) {
		_, err := Move(t.Context(), folder, server, nil)
		if e := wantKind(t, err, problem.Unavailable); e.Key != "problem.storage.busy" {
			t.Errorf("got %s", e.Key)
		}
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	first, err := Move(t.Context(), folder, server, nil)
	if err != nil || first.Tenants != 2 || first.Blobs != 1 {
		t.Fatalf("got %+v, %v", first, err)
	}
	if second, err := Move(t.Context(), server, back, nil); err != nil || second != first {
		t.Fatalf("and back: got %+v, %v, want %+v", second, err, first)
	}
	_, err = Move(t.Context(), folder, server, nil)
	if e := wantKind(t, err, problem.Conflict); e.Key != "problem.storage.move.target" {
		t.Errorf("a second time: got %s", e.Key)
	}
	for _, where := range []string{server, back} {
		db := openAt(t, where)
		see(t, db.Council(1), func(v *View) (struct{}, error) { _, err := v.Session("s"); return struct{}{}, err })
		if _, err := db.Installation().AccountByName(t.Context(), "anna"); err != nil {
			t.Error(err)
		}
		if got, err := getBlob(t, db, sum); got != "saturs" || err != nil {
			t.Errorf("got %q, %v", got, err)
		}
		if err := db.Check(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

// TestBothEnginesHoldTheSame does the same on both, with the same clock and ids,
// and compares every byte.
func TestBothEnginesHoldTheSame(t *testing.T) {
	var reports []move.Report
	for _, where := range []string{t.TempDir(), pgtest.New(t)} {
		ids := 0
		db, err := OpenAt(t.Context(), where, Config{
			Now:   func() time.Time { return testTime },
			NewID: func() string { ids++; return "id" + strings.Repeat("x", ids) },
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		ch := change("session.planned")
		ch.Command = "command"
		for range 2 {
			if _, err := db.Council(3).UpdateSession(t.Context(), ch, "s", 0, func(s *council.Session) error {
				*s = session("s", "2024-01-31")
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		addAccount(t, db.Installation(), "a", "anna")
		putBlob(t, db, string(bytes.Repeat([]byte("saturs "), 400_000)[:1<<20]))
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		s, end, err := side(t.Context(), where)
		if err != nil {
			t.Fatal(err)
		}
		r, err := move.Digest(t.Context(), s)
		if err := errors.Join(err, end()); err != nil {
			t.Fatal(err)
		}
		reports = append(reports, r)
	}
	if reports[0] != reports[1] || reports[0].Items == 0 {
		t.Errorf("in a folder %+v, on a server %+v", reports[0], reports[1])
	}
}

func TestAnAddressIsShownWithoutItsSecrets(t *testing.T) {
	for where, want := range map[string]string{
		"/var/lib/padome":               "/var/lib/padome",
		"postgres://db1,db2:5433/p":     "postgres://db1,db2:5433/p",
		"postgresql://u:p@ss@db/p?x=y":  "postgresql://db/p",
		"postgres://u:p@[::1]:1/p?pw=z": "postgres://[::1]:1/p",
	} {
		if got := Shown(where); got != want {
			t.Errorf("%s is shown as %s, want %s", where, got, want)
		}
	}
}
