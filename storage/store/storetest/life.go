package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"padome/storage/store"
)

var life = []conformance{
	{"what comes out is the caller's own", ownCopies},
	{"what goes in is copied", copiesIn},
	{"a reader has ended with its function", ended},
	{"a context that ended before stops everything", cancelledBefore},
	{"a context that ends in the queue takes the change back", cancelledInQueue},
	{"a context that ends later does not hide the outcome", cancelledLate},
	{"closing waits for what has queued", closeWaits},
	{"a closed store refuses everything", closed},
	{"everything is there after opening again", reopened},
	{"a backup is written to its end or fails", backup},
}

func scribble(slices ...[]byte) {
	for _, s := range slices {
		for i := range s {
			s[i] = '!'
		}
		_ = append(s, "overflow"...)
	}
}

func ownCopies(r *run) {
	r.put(1, "b", "k1", "v1")
	r.put(1, "b", "k2", "v2")
	read := func(rd store.Reader) error {
		for range 2 {
			value, err := rd.Get("b", []byte("k1"))
			many, errMany := rd.GetMany("b", [][]byte{[]byte("k1"), []byte("k2")})
			var keys, values [][]byte
			errScan := rd.Scan("b", store.Range{}, 9, func(k, v []byte) bool {
				keys, values = append(keys, k), append(values, v)
				return true
			})
			got := fmt.Sprintf("%s %s %s %s", value, many, keys, values)
			if want := "v1 [v1 v2] [k1 k2] [v1 v2]"; got != want {
				r.Errorf("got %s, want %s", got, want)
			}
			scribble(value, many[0], keys[0], keys[1], values[0], values[1])
			if err := errors.Join(err, errMany, errScan); err != nil {
				return err
			}
		}
		return nil
	}
	r.view(1, read)
	r.update(1, func(w store.Writer) error { return read(w) })
	r.view(1, read)
}

func copiesIn(r *run) {
	given := []byte("result")
	_, _, err := r.Update(r.Context(), 1, "id", func(w store.Writer) ([]byte, error) {
		key, value := []byte("key"), []byte("value")
		err := w.Put("b", key, value)
		scribble(key, value)
		key = []byte("gone")
		err = errors.Join(err, w.Put("b", key, nil), w.Delete("b", key))
		scribble(key)
		return given, err
	})
	if err != nil {
		r.Fatal(err)
	}
	scribble(given)
	r.view(1, func(rd store.Reader) error {
		got, err := scan(rd, "b", store.Range{}, 9)
		if fmt.Sprint(got) != "[key=value]" {
			r.Errorf("got %q, want key=value alone", got)
		}
		return err
	})
	result, repeated, err := r.Update(r.Context(), 1, "id", nil)
	if string(result) != "result" || !repeated || err != nil {
		r.Errorf("got %q, %v, %v, want the result as it was returned", result, repeated, err)
	}
}

func ended(r *run) {
	r.put(1, "b", "k", "v")
	var rd store.Reader
	var w store.Writer
	r.view(1, func(x store.Reader) error { rd = x; return nil })
	r.update(1, func(x store.Writer) error { w = x; return nil })
	for name, x := range map[string]store.Reader{"reader": rd, "writer": w} {
		_, err := x.Get("b", []byte("k"))
		r.wantError(name+": get", err, store.ErrEnded)
		_, err = x.GetMany("b", [][]byte{[]byte("k")})
		r.wantError(name+": get many", err, store.ErrEnded)
		err = x.Scan("b", store.Range{}, 1, func(_, _ []byte) bool { r.Error("scan goes on"); return false })
		r.wantError(name+": scan", err, store.ErrEnded)
	}
	r.wantError("put", w.Put("b", []byte("k"), []byte("late")), store.ErrEnded)
	r.wantError("delete", w.Delete("b", []byte("k")), store.ErrEnded)
	r.wantValue(1, "b", "k", "v")
}

func cancelledBefore(r *run) {
	r.put(1, "b", "k", "v")
	ctx, cancel := context.WithCancel(r.Context())
	cancel()
	never := func() { r.Error("the function ran") }
	_, _, err := r.Update(ctx, 1, "", func(store.Writer) ([]byte, error) { never(); return nil, nil })
	r.wantError("update", err, context.Canceled)
	r.wantError("view", r.View(ctx, 1, func(store.Reader) error { never(); return nil }), context.Canceled)
	_, err = r.Seq(ctx, 1)
	r.wantError("seq", err, context.Canceled)
	_, err = r.Tenants(ctx)
	r.wantError("tenants", err, context.Canceled)
	_, err = r.Forget(ctx, 1, time.Now())
	r.wantError("forget", err, context.Canceled)
	r.wantError("backup", r.Backup(ctx, new(bytes.Buffer)), context.Canceled)
	r.wantError("check", r.Check(ctx), context.Canceled)
	r.wantSeq(1, 1)
}

func cancelledInQueue(r *run) {
	release, outcome := r.hold(1)
	ctx, cancel := context.WithCancel(r.Context())
	time.AfterFunc(moment, cancel)
	var ran atomic.Bool
	_, _, err := r.Update(ctx, 1, "id", func(store.Writer) ([]byte, error) { ran.Store(true); return nil, nil })
	r.wantError("update", err, context.Canceled) // while the writer is still held
	release()
	if err := <-outcome; err != nil {
		r.Error(err)
	}
	r.put(1, "b", "k", "v")
	if ran.Load() {
		r.Error("the function ran after its caller had been told that it would not")
	}
	r.wantSeq(1, 2)
}

func cancelledLate(r *run) {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	result, _, err := r.Update(ctx, 1, "id", func(w store.Writer) ([]byte, error) {
		cancel()
		time.Sleep(moment / 5)
		return []byte("result"), w.Put("b", []byte("k"), []byte("v"))
	})
	if string(result) != "result" || err != nil {
		r.Errorf("got %q, %v, want the outcome", result, err)
	}
	r.wantValue(1, "b", "k", "v")
	r.wantSeq(1, 1)
}

func closeWaits(r *run) {
	release, outcome := r.hold(1)
	var wg sync.WaitGroup
	for i := range 5 {
		wg.Go(func() {
			_, _, err := r.Update(r.Context(), 1, "", func(w store.Writer) ([]byte, error) {
				return nil, w.Put("b", fmt.Append(nil, i), nil)
			})
			if err != nil {
				r.Errorf("an update that had queued: %v", err)
			}
		})
	}
	time.Sleep(moment)
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		if err := r.Close(); err != nil {
			r.Error(err)
		}
	}()
	time.Sleep(moment)
	select {
	case <-closed:
		r.Error("closed while an update ran")
	default:
	}
	release()
	r.wait("the updates", &wg)
	if err := <-outcome; err != nil {
		r.Errorf("the update that ran: %v", err)
	}
	r.await("close", closed)
	r.Store = r.open(r.T)
	r.wantSeq(1, 6)
}

func closed(r *run) {
	r.put(1, "b", "k", "v")
	for range 2 { // closing twice is no error
		if err := r.Close(); err != nil {
			r.Error(err)
		}
	}
	never := func() { r.Error("the function ran") }
	_, _, err := r.Update(r.Context(), 1, "", func(store.Writer) ([]byte, error) { never(); return nil, nil })
	r.wantError("update", err, store.ErrClosed)
	err = r.View(r.Context(), 1, func(store.Reader) error { never(); return nil })
	r.wantError("view", err, store.ErrClosed)
	_, err = r.Seq(r.Context(), 1)
	r.wantError("seq", err, store.ErrClosed)
	_, err = r.Tenants(r.Context())
	r.wantError("tenants", err, store.ErrClosed)
	_, err = r.Forget(r.Context(), 1, time.Now())
	r.wantError("forget", err, store.ErrClosed)
	r.wantError("backup", r.Backup(r.Context(), new(bytes.Buffer)), store.ErrClosed)
	r.wantError("check", r.Check(r.Context()), store.ErrClosed)
	r.Store = r.open(r.T)
}

func reopened(r *run) {
	r.update(1, func(w store.Writer) error {
		for i := range 3000 {
			if err := w.Put("many", fmt.Appendf(nil, "%06d", i), bytesOf(i%700)); err != nil {
				return err
			}
		}
		return nil
	})
	for t := range store.Tenant(20) {
		r.put(t, "few", fmt.Sprint("k", t), fmt.Sprint("v", t))
	}
	r.reopen()
	for t := range store.Tenant(20) {
		r.wantValue(t, "few", fmt.Sprint("k", t), fmt.Sprint("v", t))
	}
	r.view(1, func(rd store.Reader) error {
		for i := range 3000 {
			got, err := rd.Get("many", fmt.Appendf(nil, "%06d", i))
			if len(got) != i%700 || got == nil || err != nil {
				return fmt.Errorf("entry %d: %d bytes, %w", i, len(got), err)
			}
		}
		return nil
	})
	r.wantSeq(1, 2)
}

type brokenWriter struct{ left int }

func (b *brokenWriter) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errBoom
	}
	return len(p), nil
}

func backup(r *run) {
	r.put(1, "b", "k", string(bytesOf(100_000)))
	var whole bytes.Buffer
	if err := r.Backup(r.Context(), &whole); err != nil || whole.Len() < 1000 {
		r.Errorf("got %d bytes, %v", whole.Len(), err)
	}
	r.wantError("a receiver that breaks off", r.Backup(r.Context(), &brokenWriter{whole.Len() / 2}), errBoom)
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	err := r.Backup(ctx, writerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil }))
	r.wantError("a context that ends meanwhile", err, context.Canceled)
	r.put(1, "b", "k", "nothing is held on to")
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
