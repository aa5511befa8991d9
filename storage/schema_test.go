package storage

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"padome/internal/problem"
	"padome/storage/store"
)

func setSchema(t *testing.T, db *DB, tenant store.Tenant, s schema) {
	t.Helper()
	_, _, err := db.engine.Update(t.Context(), tenant, "", func(w store.Writer) ([]byte, error) { return nil, writeSchema(w, s) })
	if err != nil {
		t.Fatal(err)
	}
}

func schemaOf(t *testing.T, db *DB, tenant store.Tenant) (s schema) {
	t.Helper()
	if err := db.engine.View(t.Context(), tenant, func(r store.Reader) (err error) {
		s, err = readSchema(r)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheFirstChangeStoresTheSchemaVersion(t *testing.T) {
	db := open(t)
	addSession(t, db.Council(7), session("s", "2024-01-31"))
	wantSame(t, schemaOf(t, db, 7), schema{Version: SchemaVersion})
	if SchemaVersion != len(migrations)+1 {
		t.Errorf("schema %d with %d migrations", SchemaVersion, len(migrations))
	}
}

func TestANewerSchemaIsRefused(t *testing.T) {
	again := reopenable(t, nil)
	engine, blobs := again()
	db, err := Open(Config{Engine: engine, Blobs: blobs})
	if err != nil {
		t.Fatal(err)
	}
	addSession(t, db.Council(1), session("s", "2024-01-31"))
	setSchema(t, db, 2, schema{Version: SchemaVersion + 1})
	t.Run("by a change", func(t *testing.T) {
		wantKind(t, try(t, db.Council(2), "test", func(*Tx) error { return nil }), problem.Unavailable)
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	engine, blobs = again()
	_, err = Open(Config{Engine: engine, Blobs: blobs})
	if e := wantKind(t, err, problem.Unavailable); e.Key != "problem.storage.newer" || !errors.Is(err, store.ErrNewerSchema) {
		t.Errorf("got %v, want it to say that a newer program wrote the data", err)
	}
}

func TestASecondProcessIsTold(t *testing.T) {
	dir := t.TempDir()
	db := openWith(t, Config{Dir: dir})
	_, err := Open(Config{Dir: dir})
	if e := wantKind(t, err, problem.Unavailable); e.Key != "problem.storage.busy" || !errors.Is(err, store.ErrBusy) {
		t.Errorf("got %v, want it to say that the data are in use", err)
	}
	addSession(t, db.Council(1), session("s", "2024-01-31"))
}

func TestOpenNeedsAFolder(t *testing.T) {
	if _, err := Open(Config{}); err == nil {
		t.Error("opened nothing")
	}
}

// upper rewrites 25 records, ten at a time, and is stopped at its third
// transaction as often as fails says.
func upper(fails *int) migration {
	return func(w store.Writer, cursor []byte) ([]byte, error) {
		var keys [][]byte
		err := w.Scan("old", store.Range{}.After(cursor), 10, func(k, _ []byte) bool {
			keys = append(keys, append([]byte{}, k...))
			return true
		})
		if err != nil {
			return nil, err
		}
		for _, k := range keys {
			n, err := w.Get("old", k)
			if err == nil {
				err = w.Put("old", k, append(n, 'x'))
			}
			if err != nil {
				return nil, err
			}
		}
		if len(keys) < 10 {
			if *fails > 0 {
				*fails--
				return nil, errors.New("stopped")
			}
			return nil, nil
		}
		return keys[9], nil
	}
}

func TestAMigrationGoesOnWhereItWasStopped(t *testing.T) {
	db := open(t)
	_, _, err := db.engine.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) {
		for i := range 25 {
			if err := w.Put("old", fmt.Appendf(nil, "%02d", i), nil); err != nil {
				return nil, err
			}
		}
		return nil, writeSchema(w, schema{Version: 1})
	})
	if err != nil {
		t.Fatal(err)
	}
	fails, ran := 2, 0
	steps := []migration{upper(&fails), func(store.Writer, []byte) ([]byte, error) {
		ran++
		return nil, nil
	}}
	for range 2 {
		if err := migrate(t.Context(), db.engine, 1, steps); err == nil {
			t.Fatal("a step that failed was passed over")
		}
	}
	if s := schemaOf(t, db, 1); s.Version != 1 || string(s.Cursor) != "19" {
		t.Fatalf("got version %d at %q, want version 1 at 19", s.Version, s.Cursor)
	}
	for range 2 { // the second finds nothing to do
		if err := migrate(t.Context(), db.engine, 1, steps); err != nil {
			t.Fatal(err)
		}
	}
	wantSame(t, schemaOf(t, db, 1), schema{Version: 3})
	if ran != 1 {
		t.Errorf("the second step ran %d times, want once", ran)
	}
	if err := db.engine.View(context.Background(), 1, func(r store.Reader) error {
		return r.Scan("old", store.Range{}, 1000, func(k, v []byte) bool {
			if string(v) != "x" {
				t.Errorf("%s was migrated to %q, want once", k, v)
			}
			return true
		})
	}); err != nil {
		t.Fatal(err)
	}
	setSchema(t, db, 1, schema{Version: SchemaVersion})
}

func TestOpeningAgainChangesNothing(t *testing.T) {
	dir := t.TempDir()
	var seqs []uint64
	for range 2 {
		db, err := Open(Config{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		c := db.Council(1)
		if len(seqs) == 0 {
			addSession(t, c, session("s1", "2024-02-28"))
		}
		n, err := c.Seq(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		seqs = append(seqs, n)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if seqs[0] != 1 || seqs[1] != seqs[0] {
		t.Errorf("Seq is %d, and %d after opening again", seqs[0], seqs[1])
	}
}
