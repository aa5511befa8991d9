package storetest

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"padome/storage/store"
)

var isolation = []conformance{
	{"an error takes everything back", rollbackOnError},
	{"a panic takes everything back and is an error", rollbackOnPanic},
	{"a function that ends its goroutine is an error", rollbackOnGoexit},
	{"a view hands on the error of its function", viewErrors},
	{"no update is lost", lostUpdates},
	{"no write skew", writeSkew},
	{"no phantom is inserted", phantomInserts},
	{"no phantom is deleted", phantomDeletes},
	{"a view is one snapshot", snapshots},
	{"a view does not wait for an update", viewBesideUpdate},
}

// spoil changes, adds and deletes, of what a test put there before.
func spoil(w store.Writer) error {
	if err := w.Put("b", []byte("kept"), []byte("changed")); err != nil {
		return err
	}
	if err := w.Put("b", []byte("kept"), []byte("changed again")); err != nil {
		return err
	}
	if err := w.Put("b", []byte("added"), []byte("x")); err != nil {
		return err
	}
	if err := w.Put("new bucket", []byte("added"), []byte("x")); err != nil {
		return err
	}
	return w.Delete("b", []byte("deleted"))
}

func (r *run) wantUnspoilt(t store.Tenant) {
	r.Helper()
	r.wantValue(t, "b", "kept", "1")
	r.wantValue(t, "b", "deleted", "2")
	r.wantValue(t, "b", "added", "(none)")
	r.wantValue(t, "new bucket", "added", "(none)")
	r.wantSeq(t, 2)
}

func (r *run) unspoilt(t store.Tenant) {
	r.Helper()
	r.put(t, "b", "kept", "1")
	r.put(t, "b", "deleted", "2")
}

func rollbackOnError(r *run) {
	r.unspoilt(1)
	result, repeated, err := r.Update(r.Context(), 1, "id", func(w store.Writer) ([]byte, error) {
		return []byte("result"), errors.Join(spoil(w), errBoom)
	})
	r.wantError("update", err, errBoom)
	if result != nil || repeated {
		r.Errorf("beside the error: got %q, %v, want nothing", result, repeated)
	}
	r.wantUnspoilt(1)
}

func rollbackOnPanic(r *run) {
	r.unspoilt(1)
	_, _, err := r.Update(r.Context(), 1, "id", func(w store.Writer) ([]byte, error) {
		if err := spoil(w); err != nil {
			return nil, err
		}
		panic(errBoom)
	})
	if err == nil {
		r.Error("a panic is no error")
	}
	r.wantUnspoilt(1)
}

func rollbackOnGoexit(r *run) {
	r.unspoilt(1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _, err := r.Update(r.Context(), 1, "id", func(w store.Writer) ([]byte, error) {
			if err := spoil(w); err != nil {
				return nil, err
			}
			runtime.Goexit()
			return nil, nil
		})
		if err == nil {
			r.Error("a goroutine that ended is no error")
		}
	}()
	r.await("the update", done)
	r.wantUnspoilt(1)
}

func viewErrors(r *run) {
	r.wantError("view", r.View(r.Context(), 1, func(store.Reader) error { return errBoom }), errBoom)
	func() {
		defer func() {
			if p := recover(); p != any(errBoom) {
				r.Errorf("a view's panic: got %v, want it to reach the caller", p)
			}
		}()
		_ = r.View(r.Context(), 1, func(store.Reader) error { panic(errBoom) })
	}()
	r.put(1, "b", "k", "nothing is held on to")
}

func lostUpdates(r *run) {
	const writers, each = 8, 25
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			for range each {
				_, _, err := r.Update(r.Context(), 1, "", func(w store.Writer) ([]byte, error) { return nil, add(w, "c", "n", 1) })
				if err != nil {
					r.Error(err)
				}
			}
		})
	}
	r.wait("the writers", &wg)
	r.wantValue(1, "c", "n", fmt.Sprint(writers*each))
}

// atOnce runs the same update for two parties at once and waits for both.
func (r *run) atOnce(fn func(party string, w store.Writer) error) {
	r.Helper()
	var wg sync.WaitGroup
	for _, party := range []string{"x1", "x2"} {
		wg.Go(func() {
			_, _, err := r.Update(r.Context(), 1, "", func(w store.Writer) ([]byte, error) { return nil, fn(party, w) })
			if err != nil {
				r.Error(err)
			}
		})
	}
	r.wait("both updates", &wg)
}

const rounds = 40

// writeSkew: of two that are there, each may leave while the other stays.
func writeSkew(r *run) {
	for range rounds {
		r.put(1, "d", "x1", "1")
		r.put(1, "d", "x2", "1")
		r.atOnce(func(party string, w store.Writer) error {
			a, err := count(w, "d", "x1")
			if err != nil {
				return err
			}
			b, err := count(w, "d", "x2")
			if err != nil || a+b < 2 {
				return err
			}
			return w.Put("d", []byte(party), []byte("0"))
		})
		r.view(1, func(rd store.Reader) error {
			a, errA := count(rd, "d", "x1")
			b, errB := count(rd, "d", "x2")
			if a+b != 1 {
				r.Fatalf("%d of two are left, want 1", a+b)
			}
			return errors.Join(errA, errB)
		})
	}
}

// phantomInserts: an entry may be added only where there is none.
func phantomInserts(r *run) {
	for round := range rounds {
		bucket := fmt.Sprint("round", round)
		r.atOnce(func(party string, w store.Writer) error {
			there, err := scan(w, bucket, store.Prefix([]byte("x")), 10)
			if err != nil || len(there) > 0 {
				return err
			}
			return w.Put(bucket, []byte(party), nil)
		})
		r.wantOne(bucket)
	}
}

// phantomDeletes: an entry may be deleted only while another stays.
func phantomDeletes(r *run) {
	for round := range rounds {
		bucket := fmt.Sprint("round", round)
		r.put(1, bucket, "x1", "")
		r.put(1, bucket, "x2", "")
		r.atOnce(func(party string, w store.Writer) error {
			there, err := scan(w, bucket, store.Prefix([]byte("x")), 10)
			if err != nil || len(there) < 2 {
				return err
			}
			return w.Delete(bucket, []byte(party))
		})
		r.wantOne(bucket)
	}
}

func (r *run) wantOne(bucket string) {
	r.Helper()
	r.view(1, func(rd store.Reader) error {
		there, err := scan(rd, bucket, store.Range{}, 10)
		if len(there) != 1 {
			r.Fatalf("%s: got %d entries, want 1", bucket, len(there))
		}
		return err
	})
}

// snapshots moves amounts between accounts while views add them up.
func snapshots(r *run) {
	const accounts, amount, moves = 10, 100, 200
	account := func(i int) string { return fmt.Sprint("account", i%accounts) }
	r.update(1, func(w store.Writer) error {
		for i := range accounts {
			if err := add(w, "acc", account(i), amount); err != nil {
				return err
			}
		}
		return nil
	})
	var moved atomic.Int64
	var wg sync.WaitGroup
	for g := range 3 {
		wg.Go(func() {
			for i := 0; moved.Add(1) <= moves; i++ {
				_, _, err := r.Update(r.Context(), 1, "", func(w store.Writer) ([]byte, error) {
					if err := add(w, "acc", account(g+i), -1); err != nil {
						return nil, err
					}
					return nil, add(w, "acc", account(g*3+i*7+1), 1)
				})
				if err != nil {
					r.Error(err)
				}
			}
		})
	}
	views := 0
	for ; moved.Load() < moves; views++ {
		r.view(1, func(rd store.Reader) error {
			sum := 0
			for i := range accounts {
				n, err := count(rd, "acc", account(i))
				if err != nil {
					return err
				}
				sum += n
			}
			if sum != accounts*amount {
				r.Errorf("a view saw %d in all, want %d", sum, accounts*amount)
			}
			return nil
		})
	}
	r.wait("the writers", &wg)
	if views < 10 {
		r.Errorf("only %d views ran beside %d updates", views, moves)
	}
}

func viewBesideUpdate(r *run) {
	r.put(1, "b", "k", "old")
	begun, free := make(chan struct{}), make(chan struct{})
	var once sync.Once
	var wg sync.WaitGroup
	wg.Go(func() {
		_, _, err := r.Update(r.Context(), 1, "", func(w store.Writer) ([]byte, error) {
			err := w.Put("b", []byte("k"), []byte("new"))
			once.Do(func() { close(begun) })
			<-free
			return nil, err
		})
		if err != nil {
			r.Error(err)
		}
	})
	r.await("the update to begin", begun)
	r.wantValue(1, "b", "k", "old")
	r.wantSeq(1, 1)
	close(free)
	r.wait("the update", &wg)
	r.wantValue(1, "b", "k", "new")
}
