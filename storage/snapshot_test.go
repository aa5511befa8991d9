package storage

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"padome/council"
	"padome/storage/store"
	"padome/storage/store/move"
	"padome/storage/store/postgres/pgtest"
)

// TestAStalledReaderHoldsUpNobody reads as a page and a download do, and then
// does nothing more with what it got while others write.
func TestAStalledReaderHoldsUpNobody(t *testing.T) {
	w, db := watch(t)
	c := db.Council(1)
	manySessions(t, c, 0, 50)
	sum, _, err := db.PutBlob(t.Context(), bytes.NewReader(make([]byte, 5<<20)), 10<<20)
	if err != nil {
		t.Fatal(err)
	}
	page := see(t, c, func(v *View) ([]council.Session, error) {
		list, _, err := v.Sessions(Span{}, Page{Limit: 50})
		return list, err
	})
	file, _, err := db.OpenBlob(t.Context(), sum, 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := io.ReadFull(file, make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	if n := w.open.Load(); n != 0 {
		t.Fatalf("%d transactions are open while a page and a file are sent", n)
	}

	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for i := range 200 {
		_, err := c.UpdateSession(ctx, change("session.changed"), page[i%50].ID, Newest, func(s *council.Session) error {
			s.Place = "Liepāja"
			return nil
		})
		if err != nil {
			t.Fatalf("change %d beside a stalled reader: %v", i, err)
		}
	}
	if page[0].Place != "Rīga" {
		t.Errorf("what was read changed to %q", page[0].Place)
	}
}

// TestAnOpenSnapshotIsSeen shows that the test above could fail.
func TestAnOpenSnapshotIsSeen(t *testing.T) {
	w, db := watch(t)
	see(t, db.Council(1), func(*View) (struct{}, error) {
		if n := w.open.Load(); n != 1 {
			t.Errorf("got %d open transactions inside one, want 1", n)
		}
		return struct{}{}, nil
	})
}

func TestASnapshotIsOfOneMoment(t *testing.T) {
	c := open(t).Council(1)
	addSession(t, c, session("s", "2024-01-31"))
	see(t, c, func(v *View) (struct{}, error) {
		before, err := v.Session("s")
		if err != nil {
			return struct{}{}, err
		}
		done := make(chan error)
		go func() {
			_, err := c.UpdateSession(context.Background(), change("session.changed"), "s", 1, func(s *council.Session) error {
				s.Place = "Valmiera"
				return nil
			})
			done <- err
		}()
		if err := <-done; err != nil {
			t.Errorf("a change beside a snapshot: %v", err)
		}
		after, err := v.Session("s")
		wantSame(t, after, before)
		return struct{}{}, err
	})
}

// restored opens what a backup holds: on one machine it is the file itself, of a
// server a dump that fills any engine.
func restored(t *testing.T, backup []byte) *DB {
	t.Helper()
	if pgtest.Chosen() {
		engine, blobs := engines(t, nil)
		if err := move.Restore(t.Context(), bytes.NewReader(backup), engine.(store.Carrier)); err != nil {
			t.Fatal(err)
		}
		return openWith(t, Config{Engine: engine, Blobs: blobs})
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, recordsFile), backup, 0o600); err != nil {
		t.Fatal(err)
	}
	return openWith(t, Config{Dir: dir})
}

func TestABackupOpensAsTheDatabaseItWas(t *testing.T) {
	db := open(t)
	addSession(t, db.Council(1), session("s", "2024-01-31"))
	var backup bytes.Buffer
	if err := db.Backup(t.Context(), &backup); err != nil {
		t.Fatal(err)
	}
	copied := restored(t, backup.Bytes())
	got := see(t, copied.Council(1), func(v *View) (council.Session, error) { return v.Session("s") })
	wantSame(t, got, see(t, db.Council(1), func(v *View) (council.Session, error) { return v.Session("s") }))
}
