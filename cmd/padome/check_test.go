package main

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"padome/internal/locale"
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

// TestADamagedFileIsNamedWithTheWayOut makes pages lead to themselves, on which
// whoever follows them never ends. Whatever opens the data tells in plain words
// which file that is, and names the newest backup; the data that are sound are the
// control.
func TestADamagedFileIsNamedWithTheWayOut(t *testing.T) {
	dir := t.TempDir()
	filled(t, dir)
	if code, said := runs(t, "check", "--dir", dir); code != fine {
		t.Fatalf("sound data: %d %s", code, said)
	}
	backups := t.TempDir()
	for _, name := range []string{"padome-2026-02-03T040506Z.zip", "padome-2026-03-01T040506Z.zip", "padome-other.zip"} {
		if err := os.WriteFile(filepath.Join(backups, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := circled(t, dir)
	for lang, words := range map[string][2]string{"lv": {"bojāt", "rezerves kopijas"}, "en": {"damaged", "from a backup"}} {
		for _, args := range [][]string{{"check", "--dir", dir}, {"serve", "--dir", dir}, {"plan", "show", "--dir", dir}} {
			args = append(args, "--lang", lang)
			want := failed
			if args[0] == "serve" {
				want = refused
			}
			said := complaint(t, want, args...)
			if !strings.Contains(said, file) || !strings.Contains(said, words[0]) || !strings.Contains(said, "hint: ") || !strings.Contains(said, words[1]) || strings.Contains(said, "goroutine") {
				t.Errorf("%v: %s", args, said)
			}
			m, _, errs := program()
			m.Env = func(name string) string { return map[string]string{"PADOME_BACKUPS": backups}[name] }
			if code := m.Run(t.Context(), args); code != want || !strings.Contains(errs.String(), "padome restore "+filepath.Join(backups, "padome-2026-03-01T040506Z.zip")) {
				t.Errorf("%v: %d without the newest backup: %s", args, code, errs)
			}
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

// TestACheckThatEndsOrDoesNotEndIsTold has another program stand for one that a
// file ends, or keeps for ever.
func TestACheckThatEndsOrDoesNotEndIsTold(t *testing.T) {
	checker := filepath.Join(t.TempDir(), "checker")
	for _, test := range []struct {
		does   string
		within time.Duration
		lv, en string
	}{
		{"echo 'fatal error: stack overflow' >&2; exit 2", time.Minute, "ir tik bojāta, ka tās pārbaude pārtrūka (fatal error: stack overflow)", "so badly that its check broke off (fatal error: stack overflow)"},
		{"exec sleep 100", 200 * time.Millisecond, "pārbaude netika pabeigta 1 minūtē un ir apturēta", "had not ended after 1 minute and was stopped"},
	} {
		if err := os.WriteFile(checker, []byte("#!/bin/sh\n"+test.does+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		for lang, want := range map[locale.Lang]string{"lv": test.lv, "en": test.en} {
			m, _, errs := program()
			m.Checker, m.lang = checker, lang
			err := m.apartWithin(t.Context(), test.within, "padome.db")
			if code := m.complain(command{}, err); code != failed || !errors.Is(err, store.ErrDamaged) || !strings.Contains(errs.String(), want) || !strings.Contains(errs.String(), "hint: ") {
				t.Errorf("%s: %v %s", test.does, err, errs)
			}
		}
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
