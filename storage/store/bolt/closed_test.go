package bolt

import (
	"os"
	"path/filepath"
	"testing"

	"padome/storage/store"
)

// TestALongFileIsTrustedOnceItWasClosedInOrder opens files that count as long. A
// damaged one is found at once where the program was not stopped in order, or the
// file is another; else by the check alone.
func TestALongFileIsTrustedOnceItWasClosedInOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	cfg := Config{Path: path, walked: 1}
	s := openNew(t, cfg)
	put(t, s, 1, "", "things", "one", "1")
	killed, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(closedNote(path)); err == nil {
		t.Error("a file that is open is noted as closed")
	}
	put(t, s, 1, "", "things", "two", "2")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	closed, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	note, err := os.ReadFile(closedNote(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name          string
		content, note []byte
		trusted       bool
	}{
		{"closed in order", closed, note, true},
		{"not closed", closed, nil, false},
		{"an older file beside the note of a newer", killed, note, false},
	} {
		restore(t, path, lostList(test.content), test.note)
		cfg.ReadOnly = true
		s, err := Open(cfg)
		if !test.trusted {
			wantError(t, test.name, err, store.ErrDamaged)
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		wantError(t, "check of "+test.name, s.Check(t.Context()), store.ErrDamaged)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	restore(t, path, closed, note)
	cfg.ReadOnly = false
	if s, err = Open(cfg); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := os.Stat(closedNote(path)); err == nil {
		t.Error("once it is open again the note stays")
	}
}

func restore(t *testing.T, path string, content, note []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if note == nil {
		if err := os.Remove(closedNote(path)); err != nil {
			t.Fatal(err)
		}
	} else if err := os.WriteFile(closedNote(path), note, 0o600); err != nil {
		t.Fatal(err)
	}
}

// lostList is a file that has lost what its list of free pages says.
func lostList(content []byte) []byte {
	damaged := append([]byte{}, content...)
	for id := 2; id < len(damaged)/sizeOfPage; id++ {
		if p := parsePage(pageOf(damaged, id)); p.kind == listPage {
			clear(p.raw[pageHead:])
		}
	}
	return damaged
}
