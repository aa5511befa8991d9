package bolt

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"padome/storage/store"
)

func TestOpenMakesTheFileForItsOwnerAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data", "deeper")
	path := filepath.Join(dir, "store.db")
	s := openNew(t, Config{Path: path})
	put(t, s, 1, "", "b", "k", "v")
	for name, want := range map[string]fs.FileMode{path: 0o600, dir: 0o700 | fs.ModeDir, filepath.Dir(dir): 0o700 | fs.ModeDir} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode() != want {
			t.Errorf("%s: got mode %v, want %v", name, info.Mode(), want)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("beside the file: %v, %v, want nothing", entries, err)
	}
}

func TestOpenAtOnceMakesOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if err := create(path); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	s := openNew(t, Config{Path: path})
	put(t, s, 1, "", "b", "k", "v")
}

func TestOpenRefuses(t *testing.T) {
	foreign := func(t *testing.T, path string) {
		db, err := bbolt.Open(path, 0o600, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	ours := func(t *testing.T, path string) {
		s := openNew(t, Config{Path: path})
		for i := range 200 {
			put(t, s, 1, "", "b", fmt.Sprint(i), strings.Repeat("x", 500))
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	cut := func(size int64) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			ours(t, path)
			if err := os.Truncate(path, size); err != nil {
				t.Fatal(err)
			}
		}
	}
	content := func(s string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	tests := []struct {
		name string
		make func(t *testing.T, path string)
		want error
		says string
	}{
		{"an empty file", content(""), store.ErrDamaged, "is empty"},
		{"a file of one byte", content("x"), store.ErrDamaged, ""},
		{"a text", content(strings.Repeat("no database\n", 5000)), store.ErrDamaged, ""},
		{"a bbolt file of another program", foreign, store.ErrDamaged, "no file of this program"},
		{"a file cut inside its header", cut(5000), store.ErrDamaged, ""},
		{"a file cut after its header", cut(8192), store.ErrDamaged, ""},
		{"a file cut short", cut(40 << 10), store.ErrDamaged, ""},
		{"a file of a newer program", func(t *testing.T, path string) {
			ours(t, path)
			raw(t, path, func(tx *bbolt.Tx) error { return putFormat(tx, format+1) })
		}, store.ErrNewerSchema, "its format is 2"},
		{"a damaged format", func(t *testing.T, path string) {
			ours(t, path)
			raw(t, path, func(tx *bbolt.Tx) error { return tx.Bucket(metaBucket).Put(formatKey, []byte("12345678")) })
		}, store.ErrDamaged, "the number of its format"},
		{"a directory", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, nil, "not a regular file"},
	}
	for _, test := range tests {
		for _, readOnly := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, reading only %v", test.name, readOnly), func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "store.db")
				test.make(t, path)
				before, _ := os.ReadFile(path)
				s, err := Open(Config{Path: path, ReadOnly: readOnly})
				if err == nil {
					s.Close()
					t.Fatal("opened")
				}
				if test.want != nil {
					wantError(t, "open", err, test.want)
				}
				if !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), test.says) {
					t.Errorf("%q does not name the file or say %q", err, test.says)
				}
				if after, _ := os.ReadFile(path); string(after) != string(before) {
					t.Error("the file was changed")
				}
			})
		}
	}
}

// raw changes a file behind the store's back.
func raw(t *testing.T, path string, fn func(*bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(fn); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOpenReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	if _, err := Open(Config{Path: path, ReadOnly: true}); err == nil {
		t.Error("opened a file that is not there")
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("made a file to read")
	}
	s := openNew(t, Config{Path: path})
	put(t, s, 1, "", "b", "k", "v")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	first := openNew(t, Config{Path: path, ReadOnly: true})
	second := openNew(t, Config{Path: path, ReadOnly: true}) // readers do not shut each other out
	for _, s := range []*Store{first, second} {
		if got, err := get(s, 1, "b", "k"); got != "v" || err != nil {
			t.Errorf("got %q, %v, want v", got, err)
		}
	}
	_, _, err := first.Update(t.Context(), 1, "", func(store.Writer) ([]byte, error) { t.Error("ran"); return nil, nil })
	wantError(t, "update", err, store.ErrReadOnly)
	_, err = first.Forget(t.Context(), 1, time.Now())
	wantError(t, "forget", err, store.ErrReadOnly)
	_, err = Open(Config{Path: path})
	wantError(t, "opening to write beside readers", err, store.ErrBusy)
}

func TestSecondProcessIsToldWhomToAsk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	pid, end := startHolder(t, path)
	for _, readOnly := range []bool{false, true} {
		start := time.Now()
		_, err := Open(Config{Path: path, ReadOnly: readOnly})
		if d := time.Since(start); d > 1500*time.Millisecond { // a second, and something for a busy machine
			t.Errorf("was told after %v, want within a second", d)
		}
		wantError(t, "open", err, store.ErrBusy)
		for _, says := range []string{path, fmt.Sprintf("process %d", pid), "stop that one"} {
			if err != nil && !strings.Contains(err.Error(), says) {
				t.Errorf("%q does not say %q", err, says)
			}
		}
	}
	end()
	s := openNew(t, Config{Path: path})
	put(t, s, 1, "", "b", "k", "v")
}
