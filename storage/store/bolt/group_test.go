package bolt

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"padome/storage/store"
)

// hold keeps the writer busy, so that others queue, until release is called.
func hold(t testing.TB, s *Store, tenant store.Tenant) (release func()) {
	t.Helper()
	begun, free, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		_, _, err := s.Update(t.Context(), tenant, "", func(store.Writer) ([]byte, error) {
			close(begun)
			<-free
			return nil, nil
		})
		done <- err
	}()
	<-begun
	return func() {
		t.Helper()
		close(free)
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// counting opens a store that counts its commits.
func counting(t *testing.T) (*Store, *atomic.Int64) {
	commits := new(atomic.Int64)
	return openNew(t, Config{commit: func(tx *bbolt.Tx) error { commits.Add(1); return tx.Commit() }}), commits
}

// together queues functions behind a held writer and returns their errors.
func together(t *testing.T, s *Store, fns ...func(w store.Writer) error) []error {
	t.Helper()
	release := hold(t, s, 99)
	errs := make([]error, len(fns))
	var wg sync.WaitGroup
	for i, fn := range fns {
		wg.Go(func() {
			_, _, errs[i] = s.Update(t.Context(), store.Tenant(1+i%5), "", func(w store.Writer) ([]byte, error) { return nil, fn(w) })
		})
		for start := time.Now(); len(s.queue) <= i && time.Since(start) < longest; {
			time.Sleep(100 * time.Microsecond)
		}
	}
	release()
	wg.Wait()
	return errs
}

func TestQueuedChangesShareACommit(t *testing.T) {
	s, commits := counting(t)
	var fns []func(store.Writer) error
	for i := range 100 {
		fns = append(fns, func(w store.Writer) error { return w.Put("b", fmt.Append(nil, i), nil) })
	}
	if err := errors.Join(together(t, s, fns...)...); err != nil {
		t.Error(err)
	}
	if got := commits.Load(); got != 2 { // of the change that held the writer, and of all the others
		t.Errorf("%d commits, want 2", got)
	}
}

func TestChangesOfManyBytesDoNotShareACommit(t *testing.T) {
	s, commits := counting(t)
	big := func(w store.Writer) error {
		for i := range 6 {
			if err := w.Put("b", fmt.Append(nil, i), make([]byte, store.MaxValue)); err != nil {
				return err
			}
		}
		return nil
	}
	if err := errors.Join(together(t, s, big, big, big, big)...); err != nil {
		t.Error(err)
	}
	if got := commits.Load(); got != 3 {
		t.Errorf("%d commits, want 3: the first, and two changes each", got)
	}
}

func TestNothingToCommitCommitsNothing(t *testing.T) {
	s, commits := counting(t)
	put(t, s, 1, "id", "b", "k", "v")
	_, repeated, err := s.Update(t.Context(), 1, "id", nil)
	if !repeated || err != nil {
		t.Errorf("repeat: %v, %v", repeated, err)
	}
	_, _, err = s.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) {
		return nil, errors.Join(w.Put("b", []byte("k"), nil), syscall.EINVAL)
	})
	wantError(t, "update", err, syscall.EINVAL)
	if got := commits.Load(); got != 1 {
		t.Errorf("%d commits, want 1", got)
	}
}

// TestFailureSparesItsNeighbours: a change that fails is taken back alone; only
// one that panics makes the others run again.
func TestFailureSparesItsNeighbours(t *testing.T) {
	for name, test := range map[string]struct {
		end  func() error
		runs int64
	}{
		"error": {func() error { return syscall.EINVAL }, 1},
		"panic": {func() error { panic("boom") }, 2},
	} {
		t.Run(name, func(t *testing.T) {
			s, commits := counting(t)
			var runs [3]atomic.Int64
			good := func(i int) func(store.Writer) error {
				return func(w store.Writer) error {
					runs[i].Add(1)
					return w.Put("b", []byte("k"), fmt.Append(nil, i))
				}
			}
			errs := together(t, s, good(0), func(w store.Writer) error {
				runs[1].Add(1)
				if err := w.Put("b", []byte("bad"), nil); err != nil {
					return err
				}
				return test.end()
			}, good(2))
			if errs[0] != nil || errs[1] == nil || errs[2] != nil {
				t.Errorf("got %v, want an error of the second alone", errs)
			}
			got := []int64{runs[0].Load(), runs[1].Load(), runs[2].Load()}
			if want := []int64{test.runs, 1, 1}; fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("runs: got %v, want %v", got, want)
			}
			if got := commits.Load(); got != 2 {
				t.Errorf("%d commits, want 2", got)
			}
			if v, err := get(s, 2, "b", "bad"); v != "" || err != nil {
				t.Errorf("got %q, %v, want nothing of it", v, err)
			}
		})
	}
}

func TestPanicTellsWhere(t *testing.T) {
	s, _ := counting(t)
	_, _, err := s.Update(t.Context(), 1, "", func(store.Writer) ([]byte, error) { panic("what went wrong") })
	for _, says := range []string{"what went wrong", "TestPanicTellsWhere"} {
		if err == nil || !bytes.Contains([]byte(err.Error()), []byte(says)) {
			t.Errorf("%v does not say %q", err, says)
		}
	}
}

// TestViewWaitsUntilACommitIsDurable holds a commit after bbolt shows it and
// before it counts as done, as its last sync does.
func TestViewWaitsUntilACommitIsDurable(t *testing.T) {
	for name, failure := range map[string]error{"that succeeds": nil, "that fails": syscall.EIO} {
		t.Run("in one "+name, func(t *testing.T) {
			var armed atomic.Bool
			shown, settle := make(chan struct{}), make(chan struct{})
			s := openNew(t, Config{commit: func(tx *bbolt.Tx) error {
				err := tx.Commit()
				if armed.Load() {
					close(shown)
					<-settle
					return errors.Join(err, failure)
				}
				return err
			}})
			put(t, s, 1, "", "b", "k", "old")
			armed.Store(true)
			var wg sync.WaitGroup
			wg.Go(func() {
				s.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) { return nil, w.Put("b", []byte("k"), []byte("new")) })
			})
			<-shown
			viewed := make(chan struct{})
			var got string
			var err error
			wg.Go(func() { got, err = get(s, 1, "b", "k"); close(viewed) })
			select {
			case <-viewed:
				t.Errorf("got %q, %v while the commit was under way", got, err)
			case <-time.After(50 * time.Millisecond):
			}
			close(settle)
			wg.Wait()
			if failure == nil && (got != "new" || err != nil) {
				t.Errorf("got %q, %v, want new", got, err)
			}
			if failure != nil {
				wantError(t, "view", err, store.ErrStopped)
			}
		})
	}
}

func TestForgetGoesByTheClockOfTheStore(t *testing.T) {
	now := time.Date(2024, 1, 31, 12, 0, 0, 0, time.UTC)
	s := openNew(t, Config{Now: func() time.Time { return now }})
	put(t, s, 1, "noon", "b", "k", "v")
	now = now.Add(time.Hour)
	put(t, s, 1, "one", "b", "k", "v")
	n, err := s.Forget(t.Context(), 1, now)
	if n != 1 || err != nil {
		t.Errorf("forgot %d, %v, want the first", n, err)
	}
	for id, want := range map[store.CommandID]bool{"noon": false, "one": true} {
		_, repeated, err := s.Update(t.Context(), 1, id, func(store.Writer) ([]byte, error) { return nil, nil })
		if repeated != want || err != nil {
			t.Errorf("%s: repeated %v, %v, want %v", id, repeated, err, want)
		}
	}
}
