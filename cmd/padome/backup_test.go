package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestABackupIsRestoredIntoANewFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	file, to := filepath.Join(t.TempDir(), "backup.zip"), filepath.Join(t.TempDir(), "restored")
	served(t, dir)
	if code, said := runs(t, "backup", file, "--dir", dir, "--lang", "en"); code != fine || !strings.Contains(said, "checked") {
		t.Fatalf("%d %s", code, said)
	}
	if code, said := runs(t, "backup", file, "--dir", dir); code != failed || !strings.Contains(said, "jau ir") {
		t.Errorf("over a backup that is there: %d %s", code, said)
	}
	if code, said := runs(t, "user", "add", "ilze", "--dir", dir, "--given", "Ilze", "--surname", "Kalniņa", "--gender", "f", "--role", "secretariat", "--side", "state", "--url", "https://padome.example"); code != fine {
		t.Fatal(said)
	}
	served(t, dir)
	code, said := runs(t, "restore", file, "--to", to, "--dir", dir, "--lang", "en")
	for _, want := range []string{"would be lost", "Mandate", "accept-restore"} {
		if code != fine || !strings.Contains(said, want) {
			t.Errorf("%q is not said: %d %s", want, code, said)
		}
	}
	if code, said := runs(t, "check", "--dir", to); code != fine {
		t.Error(said)
	}
	p := start(t, "serve", "--dir", dir)
	if code, said := runs(t, "restore", file, "--to", filepath.Join(t.TempDir(), "beside"), "--dir", dir, "--lang", "en"); code != fine || !strings.Contains(said, "not compared") {
		t.Errorf("while the program runs: %d %s", code, said)
	}
	p.stop()
	if code, said := runs(t, "restore", file, "--to", to); code != failed {
		t.Errorf("over data that are there: %d %s", code, said)
	}
	// With the key of the data in use, the restored ones are known as older.
	key := filepath.Join(dir+"-ledger", "signing.key")
	if code, said := runs(t, "serve", "--dir", to, "--ledger-key", key, "--listen", "127.0.0.1:0"); code != refused || !strings.Contains(said, "accept-restore") {
		t.Errorf("the restored data start: %d %s", code, said)
	}
	if code, said := runs(t, "restore", filepath.Join(t.TempDir(), "none.zip"), "--to", filepath.Join(t.TempDir(), "x")); code != failed {
		t.Errorf("a backup that is not there: %d %s", code, said)
	}
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, said := runs(t, "restore", file, "--to", filepath.Join(t.TempDir(), "y")); code != failed {
		t.Errorf("no backup at all: %d %s", code, said)
	}
}
