package bolt

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"padome/storage/store"
)

// breakable opens a store whose file can be exchanged under it for one on which
// commits fail.
func breakable(t *testing.T, cfg Config) (s *Store, exchange func(name string, flag int)) {
	t.Helper()
	var file *os.File
	cfg.openFile = func(name string, flag int, mode os.FileMode) (f *os.File, err error) {
		file, err = os.OpenFile(name, flag, mode)
		return file, err
	}
	s = openNew(t, cfg)
	return s, func(name string, flag int) {
		t.Helper()
		f, err := os.OpenFile(name, flag, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := syscall.Dup3(int(f.Fd()), int(file.Fd()), syscall.O_CLOEXEC); err != nil {
			t.Fatal(err)
		}
	}
}

// wantStopped expects that the store does nothing any more.
func wantStopped(t *testing.T, s *Store) {
	t.Helper()
	ctx := t.Context()
	_, _, err := s.Update(ctx, 1, "", func(store.Writer) ([]byte, error) { t.Error("a function ran"); return nil, nil })
	wantError(t, "update", err, store.ErrStopped)
	if errors.Is(err, store.ErrOutcomeUnknown) {
		t.Errorf("update: %v: its outcome is known: it was not done", err)
	}
	wantError(t, "view", s.View(ctx, 1, func(store.Reader) error { t.Error("a function ran"); return nil }), store.ErrStopped)
	_, err = s.Seq(ctx, 1)
	wantError(t, "seq", err, store.ErrStopped)
	_, err = s.Tenants(ctx)
	wantError(t, "tenants", err, store.ErrStopped)
	_, err = s.Forget(ctx, 1, time.Now())
	wantError(t, "forget", err, store.ErrStopped)
	wantError(t, "backup", s.Backup(ctx, new(bytes.Buffer)), store.ErrStopped)
	wantError(t, "check", s.Check(ctx), store.ErrStopped)
}

func TestFailedCommitStopsTheStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	tests := []struct {
		name, file string
		flag       int
		cause      error
	}{
		{"a file that became read-only", path, os.O_RDONLY, syscall.EBADF},
		{"a full disk", "/dev/full", os.O_RDWR, syscall.ENOSPC},
		{"a sync that fails", "/dev/null", os.O_RDWR, syscall.EINVAL},
	}
	for i, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, exchange := breakable(t, Config{Path: path})
			put(t, s, 1, "", "b", "k", "makes the file grow, so that the next need not")
			put(t, s, 1, "", "b", "k", "acknowledged")
			exchange(test.file, test.flag)
			ran := 0
			_, _, err := s.Update(t.Context(), 1, "id", func(w store.Writer) ([]byte, error) {
				ran++
				return nil, w.Put("b", []byte("k"), []byte("lost"))
			})
			wantError(t, "the update", err, store.ErrOutcomeUnknown)
			wantError(t, "the update", err, test.cause)
			if ran != 1 {
				t.Errorf("the function ran %d times, want 1", ran)
			}
			wantStopped(t, s)
			s.Close()
			_, _, err = s.Update(t.Context(), 1, "", nil)
			wantError(t, "after closing", err, store.ErrClosed)

			s = openNew(t, Config{Path: path})
			if got, err := get(s, 1, "b", "k"); got != "acknowledged" || err != nil {
				t.Errorf("opened anew: got %q, %v, want what was acknowledged", got, err)
			}
			if seq, err := s.Seq(t.Context(), 1); seq != uint64(2*i+2) || err != nil {
				t.Errorf("opened anew: seq %d, %v, want %d", seq, err, 2*i+2)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestOutcomeIsFoundByTheCommand fails a commit after all of it was written, as
// a last sync may: it holds after all, and the command tells.
func TestOutcomeIsFoundByTheCommand(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	var failing atomic.Bool
	commit := func(tx *bbolt.Tx) error {
		if err := tx.Commit(); !failing.Load() {
			return err
		}
		return syscall.EIO
	}
	s := openNew(t, Config{Path: path, commit: commit})
	put(t, s, 1, "", "b", "k", "old")
	failing.Store(true)
	_, _, err := s.Update(t.Context(), 1, "id", func(w store.Writer) ([]byte, error) {
		return []byte("result"), w.Put("b", []byte("k"), []byte("new"))
	})
	wantError(t, "the update", err, store.ErrOutcomeUnknown)
	wantStopped(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openNew(t, Config{Path: path})
	result, repeated, err := s.Update(t.Context(), 1, "id", func(store.Writer) ([]byte, error) { t.Error("it ran again"); return nil, nil })
	if string(result) != "result" || !repeated || err != nil {
		t.Errorf("got %q, %v, %v, want the first result", result, repeated, err)
	}
}

func TestCommitThatPanicsStopsTheStore(t *testing.T) {
	s := openNew(t, Config{commit: func(tx *bbolt.Tx) error { panic("page 7 already freed") }})
	_, _, err := s.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) { return nil, w.Put("b", []byte("k"), nil) })
	wantError(t, "the update", err, store.ErrOutcomeUnknown)
	wantStopped(t, s)
	if err := s.Close(); err != nil { // the transaction does not hold it up
		t.Error(err)
	}
}

// TestFailedCommitAnswersEverybody: the whole group is told that its outcome is
// unknown, who queued behind it that nothing was done.
func TestFailedCommitAnswersEverybody(t *testing.T) {
	var commits atomic.Int64
	failing := make(chan struct{})
	s := openNew(t, Config{commit: func(tx *bbolt.Tx) error {
		if commits.Add(1) == 1 {
			return tx.Commit()
		}
		close(failing)
		time.Sleep(50 * time.Millisecond) // others queue meanwhile
		return errors.Join(tx.Rollback(), syscall.EIO)
	}})
	release := hold(t, s, 1)
	var wg sync.WaitGroup
	update := func(want error, fails bool) {
		_, _, err := s.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) {
			if fails {
				return nil, errors.New("refused for what its neighbours wrote")
			}
			return nil, w.Put("b", []byte("k"), nil)
		})
		wantError(t, "update", err, want)
	}
	for i := range 6 {
		wg.Go(func() { update(store.ErrOutcomeUnknown, i == 3) })
	}
	time.Sleep(50 * time.Millisecond)
	release()
	<-failing
	for range 6 {
		wg.Go(func() { update(store.ErrStopped, false) })
	}
	wg.Wait()
	if commits.Load() != 2 {
		t.Errorf("%d commits, want 2", commits.Load())
	}
}
