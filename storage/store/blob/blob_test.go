package blob

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"padome/storage/store"
	"padome/storage/store/storetest"
)

func TestConformance(t *testing.T) {
	dirs := map[string]string{}
	storetest.RunBlobs(t, func(t *testing.T) store.BlobStore {
		if dirs[t.Name()] == "" {
			dirs[t.Name()] = filepath.Join(t.TempDir(), "blobs")
			t.Cleanup(func() { wantNoLeftovers(t, dirs[t.Name()]) })
		}
		return open(t, Config{Dir: dirs[t.Name()]})
	})
}

func open(t *testing.T, cfg Config) *Store {
	t.Helper()
	if cfg.Dir == "" {
		cfg.Dir = filepath.Join(t.TempDir(), "blobs")
	}
	s, err := Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func put(t *testing.T, s *Store, content string) (sum, path string) {
	t.Helper()
	sum, _, err := s.Put(t.Context(), strings.NewReader(content), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	path, err = s.path(sum)
	if err != nil {
		t.Fatal(err)
	}
	return sum, path
}

func wantNoLeftovers(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(dir, "incoming"))
	if len(entries) != 0 || err != nil {
		t.Errorf("left over: %v, %v", entries, err)
	}
}

func TestBlobsAreForTheirOwnerAlone(t *testing.T) {
	s := open(t, Config{})
	_, path := put(t, s, "content")
	for name, want := range map[string]fs.FileMode{
		path: 0o600, filepath.Dir(path): fs.ModeDir | 0o700, s.dir: fs.ModeDir | 0o700, s.incoming(): fs.ModeDir | 0o700,
	} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode() != want {
			t.Errorf("%s: got mode %v, want %v", name, info.Mode(), want)
		}
	}
	if rel, err := filepath.Rel(s.dir, path); rel != "ed/70/ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73" || err != nil {
		t.Errorf("lies at %s, %v", rel, err)
	}
}

func TestDamagedBlobIsFound(t *testing.T) {
	content := strings.Repeat("content ", 10_000)
	damages := map[string]func([]byte) []byte{
		"a flipped bit": func(b []byte) []byte { b[40_000] ^= 4; return b },
		"cut short":     func(b []byte) []byte { return b[:40_000] },
		"emptied":       func([]byte) []byte { return nil },
		"longer":        func(b []byte) []byte { return append(b, '!') },
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			s := open(t, Config{})
			sound, _ := put(t, s, "sound")
			sum, path := put(t, s, content)
			if err := os.WriteFile(path, damage([]byte(content)), 0o600); err != nil {
				t.Fatal(err)
			}
			err := s.Check(t.Context())
			if !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), sum) || strings.Contains(err.Error(), sound) {
				t.Errorf("check: got error %v, want one that names the damaged blob alone", err)
			}
			r, _, err := s.Open(t.Context(), sum, 0, -1)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if _, err := io.Copy(io.Discard, r); !errors.Is(err, store.ErrDamaged) {
				t.Errorf("read to the end: got error %v, want %v", err, store.ErrDamaged)
			}
			put(t, s, content) // whoever still has the content can mend it
			if err := s.Check(t.Context()); err != nil {
				t.Errorf("put again: %v", err)
			}
		})
	}
}

func TestOldLeftoversAreSweptAtOpening(t *testing.T) {
	s := open(t, Config{})
	sum, _ := put(t, s, "content")
	leave := func(name string, age time.Duration) string {
		path := filepath.Join(s.incoming(), name)
		when := time.Now().Add(-age)
		if err := errors.Join(os.WriteFile(path, []byte("half"), 0o600), os.Chtimes(path, when, when)); err != nil {
			t.Fatal(err)
		}
		return path
	}
	old, young := leave("upload-old", 25*time.Hour), leave("upload-young", 23*time.Hour)
	open(t, Config{Dir: s.dir})
	if _, err := os.Stat(old); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the old one: %v, want it gone", err)
	}
	if _, err := os.Stat(young); err != nil {
		t.Errorf("the young one: %v, want it kept: it may still grow", err)
	}
	later := func() time.Time { return time.Now().Add(2 * time.Hour) }
	s = open(t, Config{Dir: s.dir, Now: later})
	if _, err := os.Stat(young); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("two hours later: %v, want it gone", err)
	}
	if r, _, err := s.Open(t.Context(), sum, 0, -1); err != nil {
		t.Errorf("the blob: %v", err)
	} else {
		r.Close()
	}
}

func TestStraysAreNoBlobs(t *testing.T) {
	s := open(t, Config{})
	sum, path := put(t, s, "content")
	for _, stray := range []string{
		filepath.Join(s.dir, "README"),
		filepath.Join(filepath.Dir(path), "notes.txt"),
		filepath.Join(s.dir, sum), // at the wrong place
	} {
		if err := os.WriteFile(stray, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	if err := s.List(t.Context(), func(sum string, _ int64) bool { got = append(got, sum); return true }); err != nil || len(got) != 1 || got[0] != sum {
		t.Errorf("list: got %v, %v, want the blob alone", got, err)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestOpenRefusesAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(Config{Dir: path}); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("got error %v, want one that names the file", err)
	}
	if _, err := Open(Config{}); err == nil {
		t.Error("opened no directory at all")
	}
}

func TestFailedMoveLeavesNothing(t *testing.T) {
	s := open(t, Config{})
	sum := "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73"
	if err := os.WriteFile(filepath.Join(s.dir, sum[:2]), nil, 0o600); err != nil { // where a directory should be
		t.Fatal(err)
	}
	if _, _, err := s.Put(t.Context(), strings.NewReader("content"), 100); err == nil {
		t.Error("stored in a directory that is none")
	}
	wantNoLeftovers(t, s.dir)
}

// BenchmarkPut stores 25 MB, the largest attachment, durably.
func BenchmarkPut(b *testing.B) {
	s, err := Open(Config{Dir: filepath.Join(b.TempDir(), "blobs")})
	if err != nil {
		b.Fatal(err)
	}
	content := bytes.Repeat([]byte("0123456789abcdef"), 25<<16)
	b.SetBytes(int64(len(content)))
	for i := 0; b.Loop(); i++ {
		content[0] = byte(i)
		if _, _, err := s.Put(b.Context(), bytes.NewReader(content), 1<<30); err != nil {
			b.Fatal(err)
		}
	}
}
