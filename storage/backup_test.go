package storage

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/storage/store"
	"padome/storage/store/postgres/pgtest"
)

// peopled is a database with records, a ledger and a blob.
func peopled(t *testing.T) *DB {
	t.Helper()
	db := unchecked(t)
	c := db.Council(1)
	addSession(t, c, session("s", "2024-01-31"))
	f := freeze(t, 1)
	in(t, c, "test", func(tx *Tx) error {
		_, err := tx.AddDecision(decision("d", "s", 1))
		_, err2 := tx.UpdateMinutes("s", 0, func(m *minutes.Minutes) error {
			m.State, m.PDF = minutes.Final, putBlob(t, db, "%PDF-1.7")
			return nil
		})
		return errors.Join(err, err2, tx.keepFrozen("s", &f))
	})
	return db
}

func saved(t *testing.T, db *DB) (path string, m Manifest) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "backup.zip")
	m, err := db.SaveBackup(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return path, m
}

func TestABackupRestoresEverything(t *testing.T) {
	db := peopled(t)
	path, m := saved(t, db)
	dir := t.TempDir()
	got, err := RestoreBackup(t.Context(), path, dir)
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, got, m)
	again := openWith(t, Config{Dir: dir}) // checked at the end
	wantSame(t, see(t, again.Council(1), func(v *View) (minutes.Decision, error) { return v.Decision("d") }),
		see(t, db.Council(1), func(v *View) (minutes.Decision, error) { return v.Decision("d") }))
	if a, b := head(t, db.Council(1), -1), head(t, again.Council(1), -1); !a.Same(b) {
		t.Error("the ledger is another one")
	}
	if _, err := RestoreBackup(t.Context(), path, dir); !errors.Is(err, os.ErrExist) {
		t.Errorf("over data that are there: %v", err)
	}
	if _, err := db.SaveBackup(t.Context(), path); !errors.Is(err, os.ErrExist) {
		t.Errorf("over a backup that is there: %v", err)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".backup*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// rezipped is a backup in which the content of files is another.
func rezipped(t *testing.T, path string, change func(name string, content []byte) (string, []byte)) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		name, raw := change(f.Name, raw)
		to, err := w.Create(name)
		if err == nil {
			_, err = to.Write(raw)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "other.zip")
	if err := os.WriteFile(to, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return to
}

func TestADamagedBackupIsNotRestored(t *testing.T) {
	path, _ := saved(t, peopled(t))
	flip := func(prefix string) func(string, []byte) (string, []byte) {
		return func(name string, raw []byte) (string, []byte) {
			if strings.HasPrefix(name, prefix) {
				raw[len(raw)/2] ^= 1
			}
			return name, raw
		}
	}
	records := "padome" // of a folder; a server's are dumped
	if os.Getenv(pgtest.Variable) == "postgres" {
		records = "records"
	}
	for name, change := range map[string]func(string, []byte) (string, []byte){
		"a bit of the records": flip(records),
		"a bit of a file":      flip("blobs/"),
		"a name that leads out": func(name string, raw []byte) (string, []byte) {
			if strings.HasPrefix(name, "blobs/") {
				name = "../" + name
			}
			return name, raw
		},
		"a file more in the list": func(name string, raw []byte) (string, []byte) {
			if name == backupList {
				raw = bytes.Replace(raw, []byte(`"files": [`), []byte(`"files": [{"name": "../x", "size": 1, "sha256": ""},`), 1)
			}
			return name, raw
		},
		"a newer schema": func(name string, raw []byte) (string, []byte) {
			return name, bytes.Replace(raw, fmt.Appendf(nil, `"schema": %d`, SchemaVersion), []byte(`"schema": 99`), 1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			touched := false
			other := rezipped(t, path, func(n string, raw []byte) (string, []byte) {
				n2, raw2 := change(n, bytes.Clone(raw))
				touched = touched || n2 != n || !bytes.Equal(raw, raw2)
				return n2, raw2
			})
			if !touched {
				t.Fatal("nothing in the backup was changed")
			}
			dir := t.TempDir()
			_, err := RestoreBackup(t.Context(), other, dir)
			wantKind(t, err, problem.Unavailable)
			if _, err := os.Stat(filepath.Join(dir, recordsFile)); err == nil {
				t.Error("records were put in place all the same")
			}
		})
	}
	dir := t.TempDir()
	if _, err := RestoreBackup(t.Context(), rezipped(t, path, func(n string, raw []byte) (string, []byte) { return n, raw }), dir); err != nil {
		t.Errorf("packed anew without a change: %v", err)
	}
}

// TestABackupIsMadeWhileOthersWrite writes all the while and restores what came
// of it.
func TestABackupIsMadeWhileOthersWrite(t *testing.T) {
	db := peopled(t)
	c := db.Council(1)
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	written := 0
	wg.Go(func() {
		for ctx.Err() == nil {
			written++
			in(t, c, "test", func(tx *Tx) error {
				_, err := tx.UpdateDecision("d", Newest, func(d *minutes.Decision) error { d.Wording += "."; return nil })
				return err
			})
		}
	})
	path, _ := saved(t, db)
	cancel()
	wg.Wait()
	dir := t.TempDir()
	m, err := RestoreBackup(t.Context(), path, dir)
	if err != nil {
		t.Fatal(err)
	}
	now, err := c.Seq(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	losses, err := db.Losses(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	want := now - m.Councils[0].Changes
	if want == 0 && len(losses) == 0 {
		return
	}
	if len(losses) != 1 || losses[0].Changes != want || len(losses[0].Newest) == 0 {
		t.Errorf("%d changes came after the backup, it says %+v", want, losses)
	}
}

func TestADamagedDatabaseIsNotBackedUp(t *testing.T) {
	db := peopled(t)
	forged := decision("d", "s", 1)
	forged.Wording, forged.Revision = "Cita.", 1
	if _, _, err := db.engine.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) { return nil, rewrite(decisions, &forged)(w) }); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "backup.zip")
	if _, err := db.SaveBackup(t.Context(), path); err == nil || !strings.Contains(err.Error(), "decision/d") {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("there is a backup all the same")
	}
}

// TestAFullDiskStopsChangesAndNotReading sets how much is free.
func TestAFullDiskStopsChangesAndNotReading(t *testing.T) {
	engine, blobs := engines(t, nil)
	free := uint64(LeastFree)
	db := openWith(t, Config{Engine: engine, Blobs: blobs, Free: func() (uint64, error) { return free, nil }})
	c := db.Council(1)
	addSession(t, c, session("s", "2024-01-31"))
	free--
	e := wantKind(t, try(t, c, "test", func(*Tx) error { return nil }), problem.Unavailable)
	if e.Key != "problem.storage.low" || e.Args["free"] != "63" {
		t.Errorf("got %v", e)
	}
	_, _, err := db.PutBlob(t.Context(), strings.NewReader("x"), 10)
	wantKind(t, err, problem.Unavailable)
	wantSame(t, see(t, c, func(v *View) (council.Session, error) { return v.Session("s") }).Place, "Rīga")
	free++
	in(t, c, "test", func(*Tx) error { return nil })
}

func TestBeforeAMigrationTheRecordsAreCopied(t *testing.T) {
	dir := t.TempDir()
	db, err := Open(Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	in(t, db.Council(1), "test", func(tx *Tx) error {
		_, err := tx.AddDecision(decision("d", "s", 1))
		return err
	})
	withoutLedger(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	openWith(t, Config{Dir: dir})
	copies, err := filepath.Glob(filepath.Join(dir, "padome-before-schema-*.db"))
	if err != nil || len(copies) != 1 {
		t.Fatalf("got %v, %v", copies, err)
	}
	old := t.TempDir()
	if err := os.Rename(copies[0], filepath.Join(old, recordsFile)); err != nil {
		t.Fatal(err)
	}
	again := openWith(t, Config{Dir: old}) // migrates anew, and is checked at the end
	if _, err := Read(t.Context(), again.Council(1), func(v *View) (minutes.Decision, error) { return v.Decision("d") }); err != nil {
		t.Error(err)
	}
}
