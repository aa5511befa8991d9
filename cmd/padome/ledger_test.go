package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"padome/storage/store/postgres/pgtest"
)

// runs runs a command to its end and returns its exit code and what it said.
func runs(t *testing.T, args ...string) (int, string) {
	t.Helper()
	m, out, errs := program()
	code := m.Run(t.Context(), args)
	return code, out.String() + errs.String()
}

// served starts and stops the program on a data folder.
func served(t *testing.T, dir string) string {
	t.Helper()
	r := start(t, "serve", "--dir", dir, "--lang", "en")
	if code := r.stop(); code != fine {
		t.Fatalf("ended with %d: %s", code, r.out)
	}
	return r.out.String()
}

func copyFile(t *testing.T, to, from string) {
	t.Helper()
	raw, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// aged is a data folder that was put back to an older copy, and the key beside
// it, which knows better.
func aged(t *testing.T) (dir, key string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "data")
	key = filepath.Join(dir+"-ledger", "signing.key")
	if said := served(t, dir); !strings.Contains(said, key) {
		t.Errorf("where the key lies is not said: %s", said)
	}
	old := filepath.Join(t.TempDir(), "old.db")
	copyFile(t, old, filepath.Join(dir, records))
	if code, said := runs(t, "user", "add", "ilze", "--dir", dir, "--given", "Ilze", "--surname", "Kalniņa", "--gender", "f", "--role", "secretariat", "--side", "state", "--url", "https://padome.example"); code != fine {
		t.Fatal(said)
	}
	if err := os.Remove(filepath.Join(dir, records)); err != nil { // what a command did is noted too
		t.Fatal(err)
	}
	copyFile(t, filepath.Join(dir, records), old)
	return dir, key
}

// TestAnOlderDatabaseIsRefused is number 24 of the list of abuses.
func TestAnOlderDatabaseIsRefused(t *testing.T) {
	dir, key := aged(t)
	for lang, want := range map[string][]string{
		"lv": {"Dati ir vecāki", "padome ledger accept-restore"},
		"en": {"older than the last known checkpoint", "padome ledger accept-restore"},
	} {
		for command, ends := range map[string]int{"serve": refused, "check": failed} {
			code, said := runs(t, command, "--dir", dir, "--lang", lang)
			for _, w := range want {
				if code != ends || !strings.Contains(said, w) {
					t.Errorf("%s in %s ended with %d: %s", command, lang, code, said)
				}
			}
		}
	}
	if code, said := runs(t, "ledger", "accept-restore", "--dir", dir, "--lang", "en"); code == fine || !strings.Contains(said, "reason") {
		t.Errorf("accepted without a reason: %d %s", code, said)
	}
	if code, said := runs(t, "ledger", "accept-restore", "--dir", dir, "--reason", "Disks sabojājās."); code != fine {
		t.Fatal(said)
	}
	served(t, dir)
	if code, said := runs(t, "check", "--dir", dir); code != fine {
		t.Error(said)
	}
	if code, said := runs(t, "ledger", "accept-restore", "--dir", dir, "--reason", "Vēlreiz."); code != failed {
		t.Errorf("accepted once more: %s", said)
	}
	if _, err := os.Stat(key); err != nil {
		t.Error(err)
	}
}

// TestWithoutTheCheckpointAnOlderDatabaseStarts shows that it is the checkpoint
// by which it is known.
func TestWithoutTheCheckpointAnOlderDatabaseStarts(t *testing.T) {
	dir, key := aged(t)
	if err := os.Remove(key + ".checkpoints"); err != nil {
		t.Fatal(err)
	}
	served(t, dir)
}

func TestTheKeyNeverLiesWithTheData(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	link := filepath.Join(t.TempDir(), "link")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(dir, "key"), filepath.Join(dir, "sub", "key"), filepath.Join(link, "key"), dir} {
		if code, said := runs(t, "serve", "--dir", dir, "--ledger-key", path, "--listen", "127.0.0.1:0", "--lang", "en"); code != misuse || !strings.Contains(said, "inside the data folder") {
			t.Errorf("%s: ended with %d: %s", path, code, said)
		}
	}
}

func TestALostKeyIsNotReplacedUnasked(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	key := filepath.Join(dir+"-ledger", "signing.key")
	served(t, dir)
	if code, said := runs(t, "ledger", "rotate", "--dir", dir, "--lang", "en"); code != fine || !strings.Contains(said, "padome.ledger/") {
		t.Fatal(said)
	}
	served(t, dir)
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	code, said := runs(t, "serve", "--dir", dir, "--lang", "en", "--listen", "127.0.0.1:0")
	if code != refused || !strings.Contains(said, "no key file") || !strings.Contains(said, "rotate --lost") {
		t.Errorf("ended with %d: %s", code, said)
	}
	if _, err := os.Stat(key); err == nil {
		t.Error("another key was made")
	}
	if code, said := runs(t, "ledger", "rotate", "--lost", "--reason", "Pazudusi.", "--dir", dir); code != fine {
		t.Fatal(said)
	}
	served(t, dir)
	if code, said := runs(t, "ledger", "show", "--dir", dir, "--lang", "en"); code != fine || strings.Count(said, "padome.ledger/") < 5 {
		t.Errorf("three keys and a checkpoint are not shown: %s", said)
	}
	if code, said := runs(t, "ledger", "rotate", "--lost", "--reason", "Pazudusi.", "--dir", dir); code != failed {
		t.Errorf("a key that is there was replaced as lost: %s", said)
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.Contains(path, "signing") {
			t.Errorf("%s lies in the data folder", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestAnOlderDatabaseIsRefusedOnAServerToo carries the data to a folder, goes on
// on the server, and brings what was carried away back onto another one.
func TestAnOlderDatabaseIsRefusedOnAServerToo(t *testing.T) {
	before, back, folder := pgtest.New(t), pgtest.New(t), filepath.Join(t.TempDir(), "copy")
	key := filepath.Join(t.TempDir(), "signing.key")
	on := func(dsn string, args ...string) []string {
		return append(args, "--store", dsn, "--ledger-key", key, "--lang", "en")
	}
	noted := func() {
		t.Helper()
		r := start(t, on(before, "serve")...)
		if code := r.stop(); code != fine {
			t.Fatalf("ended with %d: %s", code, r.out)
		}
	}
	noted()
	run(t, fine, "move", "--from", before, "--to", folder)
	run(t, fine, "user", "add", "ilze", "--store", before, "--given", "Ilze", "--surname", "Kalniņa", "--gender", "f", "--role", "secretariat", "--side", "state", "--url", "https://padome.example")
	noted()
	run(t, fine, "move", "--from", folder, "--to", back)
	for i, args := range [][]string{{"check"}, {"serve", "--listen", "127.0.0.1:0"}} {
		if said := run(t, []int{failed, refused}[i], on(back, args...)...); !strings.Contains(words(said), "older than the last known checkpoint") {
			t.Errorf("%s says %s", args[0], said)
		}
	}
	run(t, fine, on(before, "check")...)
	run(t, fine, on(back, "ledger", "accept-restore", "--reason", "The disk failed.")...)
	run(t, fine, on(back, "check")...)
}
