package main

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"padome/storage"
	"padome/storage/store"
)

// pageSize and the rest are how bbolt lays out a page that leads to others.
const (
	pageSize    = 4096
	branchPage  = 1
	pageFlags   = 8  // where they stand in a page
	firstBranch = 16 // where the first element stands
	pageOfChild = 8  // where it names its page
)

// circled makes a file of records in which a page leads to itself.
func circled(t *testing.T, dir string) (file string) {
	t.Helper()
	file = filepath.Join(dir, records)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for id := 2; id < len(raw)/pageSize; id++ {
		page := raw[id*pageSize : (id+1)*pageSize]
		if binary.LittleEndian.Uint64(page) == uint64(id) && page[pageFlags] == branchPage {
			binary.LittleEndian.PutUint64(page[firstBranch+pageOfChild:], uint64(id))
		}
	}
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestAFileThatEndsItsCheckIsNamed makes pages lead to themselves, on which the
// check of the pages never ends. It is told in plain words which file that is,
// with the way out; the data that are sound are the control.
func TestAFileThatEndsItsCheckIsNamed(t *testing.T) {
	dir := t.TempDir()
	filled(t, dir)
	if code, said := runs(t, "check", "--dir", dir); code != fine {
		t.Fatalf("sound data: %d %s", code, said)
	}
	file := circled(t, dir)
	for lang, words := range map[string][2]string{"lv": {"ir tik bojāta, ka tās pārbaude pārtrūka", "rezerves kopijas"}, "en": {"is damaged so badly that its check broke off", "from a backup"}} {
		said := complaint(t, failed, "check", "--dir", dir, "--lang", lang)
		if !strings.Contains(said, file) || !strings.Contains(said, words[0]) || !strings.Contains(said, "hint: ") || !strings.Contains(said, words[1]) || strings.Contains(said, "goroutine") {
			t.Errorf("%s", said)
		}
	}
	m, _, _ := program()
	if err := m.apart(t.Context(), file); !errors.Is(err, store.ErrDamaged) { // what a backup by the service tells
		t.Errorf("of the file itself: %v", err)
	}
	if code, said := runs(t, "check", "file", filepath.Join(dir, "none.db")); code != failed || strings.Contains(said, "goroutine") {
		t.Errorf("a file that is not there: %d %s", code, said)
	}
}

// filled has so much in a folder that pages lead to pages.
func filled(t *testing.T, dir string) {
	t.Helper()
	db, err := storage.Open(storage.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		ch := storage.Change{By: (&Main{}).operator().Actor, What: "cmd.history.council"}
		if _, err := db.Installation().AddCouncil(t.Context(), ch, strings.Repeat("Padome ", 20)+string(rune('A'+i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
