// Package storetest is the conformance suite of package store: what every
// engine must do, whatever it is made of.
package storetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"padome/storage/store"
)

// Run runs the suite on an engine. open opens the engine of a test, empty the
// first time; called again in the same test, after Close, it opens the same
// data. Each test ends with a Check.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	for _, group := range [][]conformance{reading, caps, isolation, crowd, repeats, life} {
		for _, c := range group {
			t.Run(c.name, func(t *testing.T) {
				r := &run{T: t, Store: open(t), open: open}
				c.test(r)
				if err := r.Check(r.Context()); err != nil {
					t.Errorf("check at the end: %v", err)
				}
				if err := r.Close(); err != nil {
					t.Errorf("close at the end: %v", err)
				}
			})
		}
	}
}

type conformance struct {
	name string
	test func(*run)
}

// run is one test on one opened store.
type run struct {
	*testing.T
	store.Store
	open func(t *testing.T) store.Store
}

var errBoom = errors.New("boom")

// moment is long enough for what can happen to have happened: used where a test
// would pass without it too, only prove less.
const moment = 50 * time.Millisecond

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

// reopen closes the store and opens the same data.
func (r *run) reopen() {
	r.Helper()
	if err := r.Close(); err != nil {
		r.Fatalf("close: %v", err)
	}
	r.Store = r.open(r.T)
}

// update is an Update that must succeed.
func (r *run) update(t store.Tenant, fn func(store.Writer) error) {
	r.Helper()
	_, _, err := r.Update(r.Context(), t, "", func(w store.Writer) ([]byte, error) { return nil, fn(w) })
	if err != nil {
		r.Fatalf("update of tenant %d: %v", t, err)
	}
}

// view is a View that must succeed.
func (r *run) view(t store.Tenant, fn func(store.Reader) error) {
	r.Helper()
	if err := r.View(r.Context(), t, fn); err != nil {
		r.Fatalf("view of tenant %d: %v", t, err)
	}
}

func (r *run) put(t store.Tenant, bucket, key, value string) {
	r.Helper()
	r.update(t, func(w store.Writer) error { return w.Put(bucket, []byte(key), []byte(value)) })
}

// wantValue expects a value, "(none)" when absent.
func (r *run) wantValue(t store.Tenant, bucket, key, want string) {
	r.Helper()
	r.view(t, func(rd store.Reader) error {
		value, err := rd.Get(bucket, []byte(key))
		if got := text(value); got != want && err == nil {
			r.Errorf("tenant %d, %s/%q: got %s, want %s", t, bucket, key, got, want)
		}
		return err
	})
}

func (r *run) wantSeq(t store.Tenant, want uint64) {
	r.Helper()
	got, err := r.Seq(r.Context(), t)
	if err != nil || got != want {
		r.Errorf("seq of tenant %d: got %d, %v, want %d", t, got, err, want)
	}
}

func (r *run) wantError(what string, got, want error) {
	r.Helper()
	if !errors.Is(got, want) {
		r.Errorf("%s: got error %v, want %v", what, got, want)
	}
}

func text(value []byte) string {
	if value == nil {
		return "(none)"
	}
	return string(value)
}

// scan is the entries of a range as key=value.
func scan(rd store.Reader, bucket string, rg store.Range, limit int) ([]string, error) {
	var entries []string
	err := rd.Scan(bucket, rg, limit, func(k, v []byte) bool {
		entries = append(entries, fmt.Sprintf("%s=%s", k, v))
		return true
	})
	return entries, err
}

// count reads a number kept as decimal digits, 0 when absent.
func count(rd store.Reader, bucket, key string) (n int, err error) {
	value, err := rd.Get(bucket, []byte(key))
	if err == nil && value != nil {
		_, err = fmt.Sscan(string(value), &n)
	}
	return n, err
}

// add adds to a number kept as decimal digits.
func add(w store.Writer, bucket, key string, d int) error {
	n, err := count(w, bucket, key)
	if err != nil {
		return err
	}
	return w.Put(bucket, []byte(key), fmt.Append(nil, n+d))
}

// hold keeps a tenant's writer busy until release is called, so that Updates
// queue behind it; outcome is that of the holding Update.
func (r *run) hold(t store.Tenant) (release func(), outcome <-chan error) {
	r.Helper()
	begun, free, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	var once, twice sync.Once
	go func() {
		_, _, err := r.Update(r.Context(), t, "", func(store.Writer) ([]byte, error) {
			once.Do(func() { close(begun) })
			<-free
			return nil, nil
		})
		done <- err
	}()
	r.await("the holding update to begin", begun)
	return func() { twice.Do(func() { close(free) }) }, done
}

// together runs functions at once, so that their Updates queue behind one of
// the same tenant in their order, and waits for all.
func (r *run) together(t store.Tenant, fns ...func()) {
	r.Helper()
	release, outcome := r.hold(t)
	var wg sync.WaitGroup
	for _, fn := range fns {
		wg.Go(fn)
		time.Sleep(moment / 10)
	}
	time.Sleep(moment)
	release()
	r.wait("updates that queued together", &wg)
	if err := <-outcome; err != nil {
		r.Errorf("the holding update: %v", err)
	}
}

func (r *run) wait(what string, wg *sync.WaitGroup) {
	r.Helper()
	done := make(chan struct{})
	go func() { wg.Wait(); close(done) }()
	r.await(what, done)
}

func (r *run) await(what string, done <-chan struct{}) {
	r.Helper()
	select {
	case <-done:
	case <-time.After(patience):
		r.Fatalf("waited in vain for %s", what)
	}
}
