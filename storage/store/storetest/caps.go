package storetest

import (
	"bytes"
	"fmt"
	"strings"

	"padome/storage/store"
)

var caps = []conformance{
	{"what is at a cap is stored", atCaps},
	{"what is over a cap is refused and changes nothing", overCaps},
	{"reads over a cap are refused", readCaps},
	{"an engine's error wins over what the function returns", stickyErrors},
}

func bytesOf(n int) []byte { return bytes.Repeat([]byte{'x'}, n) }

func atCaps(r *run) {
	key, bucket := bytesOf(store.MaxKey), strings.Repeat("b", store.MaxBucket)
	value, id := bytesOf(store.MaxValue), store.CommandID(bytesOf(store.MaxCommand))
	result, _, err := r.Update(r.Context(), store.MaxTenant, id, func(w store.Writer) ([]byte, error) {
		return value, w.Put(bucket, key, value)
	})
	if err != nil || !bytes.Equal(result, value) {
		r.Fatalf("at every cap: %d bytes of result, %v", len(result), err)
	}
	r.wantValue(store.MaxTenant, bucket, string(key), string(value))
	r.update(1, func(w store.Writer) error {
		for i := range store.MaxWrites {
			if err := w.Put("w", fmt.Appendf(nil, "%05d", i), nil); err != nil {
				return err
			}
		}
		return nil
	})
	r.wantValue(1, "w", fmt.Sprintf("%05d", store.MaxWrites-1), "")
	r.update(2, func(w store.Writer) error { return putBytes(w, store.MaxUpdate) })
}

// putBytes puts so many bytes of keys and values.
func putBytes(w store.Writer, n int) error {
	for i := 0; n > 0; i++ {
		size := min(n, store.MaxValue)
		if err := w.Put("many bytes", fmt.Appendf(nil, "%08d", i), bytesOf(size-8)); err != nil {
			return err
		}
		n -= size
	}
	return nil
}

func overCaps(r *run) {
	ok := []byte("key")
	tests := []struct {
		name string
		fn   func(w store.Writer) error
		want error
	}{
		{"value", func(w store.Writer) error { return w.Put("b", ok, bytesOf(store.MaxValue+1)) }, store.ErrTooLarge},
		{"key", func(w store.Writer) error { return w.Put("b", bytesOf(store.MaxKey+1), nil) }, store.ErrTooLarge},
		{"key to delete", func(w store.Writer) error { return w.Delete("b", bytesOf(store.MaxKey+1)) }, store.ErrTooLarge},
		{"bucket", func(w store.Writer) error { return w.Put(string(bytesOf(store.MaxBucket+1)), ok, nil) }, store.ErrTooLarge},
		{"empty key", func(w store.Writer) error { return w.Put("b", nil, nil) }, store.ErrKey},
		{"empty key to delete", func(w store.Writer) error { return w.Delete("b", nil) }, store.ErrKey},
		{"empty bucket", func(w store.Writer) error { return w.Put("", ok, nil) }, store.ErrKey},
		{"bytes", func(w store.Writer) error { return putBytes(w, store.MaxUpdate-len(ok)+1) }, store.ErrTooLarge},
		{"writes", func(w store.Writer) error {
			for range store.MaxWrites - 1 {
				if err := w.Put("b", ok, nil); err != nil {
					return err
				}
			}
			return w.Delete("b", []byte("other"))
		}, store.ErrTooLarge},
	}
	for _, test := range tests {
		_, _, err := r.Update(r.Context(), 1, "id", func(w store.Writer) ([]byte, error) {
			if err := w.Put("before", ok, nil); err != nil { // counts too
				return nil, err
			}
			return nil, test.fn(w)
		})
		r.wantError(test.name, err, test.want)
	}
	big := func(store.Writer) ([]byte, error) { return bytesOf(store.MaxValue + 1), nil }
	_, _, err := r.Update(r.Context(), 1, "id", big)
	r.wantError("result", err, store.ErrTooLarge)
	none := func(store.Writer) ([]byte, error) { r.Error("the function ran"); return nil, nil }
	_, _, err = r.Update(r.Context(), 1, store.CommandID(bytesOf(store.MaxCommand+1)), none)
	r.wantError("command", err, store.ErrTooLarge)
	_, _, err = r.Update(r.Context(), store.MaxTenant+1, "", none)
	r.wantError("tenant", err, store.ErrTooLarge)

	r.wantSeq(1, 0)
	r.wantValue(1, "before", "key", "(none)")
	r.wantValue(1, "b", "key", "(none)")
	r.put(1, "b", "key", "still works")
	r.wantValue(1, "b", "key", "still works")
}

func readCaps(r *run) {
	r.put(1, "b", "k", "v")
	key := []byte("k")
	tests := []struct {
		name string
		fn   func(rd store.Reader) error
		want error
	}{
		{"scan without a limit", func(rd store.Reader) error { _, err := scan(rd, "b", store.Range{}, 0); return err }, store.ErrLimit},
		{"scan with a negative limit", func(rd store.Reader) error { _, err := scan(rd, "b", store.Range{}, -1); return err }, store.ErrLimit},
		{"scan over the limit", func(rd store.Reader) error { _, err := scan(rd, "b", store.Range{}, store.MaxScan+1); return err }, store.ErrLimit},
		{"too many keys", func(rd store.Reader) error { _, err := rd.GetMany("b", make([][]byte, store.MaxScan+1)); return err }, store.ErrLimit},
		{"empty key", func(rd store.Reader) error { _, err := rd.Get("b", nil); return err }, store.ErrKey},
		{"one empty key of several", func(rd store.Reader) error { _, err := rd.GetMany("b", [][]byte{key, {}}); return err }, store.ErrKey},
		{"long key", func(rd store.Reader) error { _, err := rd.Get("b", bytesOf(store.MaxKey+1)); return err }, store.ErrTooLarge},
		{"empty bucket", func(rd store.Reader) error { _, err := rd.Get("", key); return err }, store.ErrKey},
		{"scan of an empty bucket name", func(rd store.Reader) error { _, err := scan(rd, "", store.Range{}, 1); return err }, store.ErrKey},
		{"long bucket", func(rd store.Reader) error { _, err := rd.Get(string(bytesOf(store.MaxBucket+1)), key); return err }, store.ErrTooLarge},
	}
	for _, test := range tests {
		r.wantError(test.name, r.View(r.Context(), 1, test.fn), test.want)
	}
	keys := make([][]byte, store.MaxScan)
	for i := range keys {
		keys[i] = key
	}
	r.view(1, func(rd store.Reader) error {
		got, err := rd.GetMany("b", keys)
		if len(got) != len(keys) {
			r.Errorf("keys at the cap: got %d values, want %d", len(got), len(keys))
		}
		return err
	})
}

func stickyErrors(r *run) {
	_, _, err := r.Update(r.Context(), 1, "id", func(w store.Writer) ([]byte, error) {
		w.Put("b", []byte("lost"), bytesOf(store.MaxValue+1)) // the caller does not look
		return nil, w.Put("b", []byte("beside"), nil)
	})
	r.wantError("an error nobody looked at", err, store.ErrTooLarge)
	r.wantValue(1, "b", "beside", "(none)")

	_, _, err = r.Update(r.Context(), 1, "id", func(w store.Writer) ([]byte, error) {
		w.Put("b", nil, nil)
		return nil, errBoom
	})
	r.wantError("an error hidden by another", err, store.ErrKey)

	_, _, err = r.Update(r.Context(), 1, "id", func(w store.Writer) ([]byte, error) {
		return nil, fmt.Errorf("%w: %w", errBoom, w.Put("b", nil, nil))
	})
	r.wantError("an error that was wrapped", err, store.ErrKey)
	r.wantError("the wrapping", err, errBoom)

	err = r.View(r.Context(), 1, func(rd store.Reader) error { rd.Get("", nil); return nil })
	r.wantError("a view's error nobody looked at", err, store.ErrKey)
	r.wantSeq(1, 0)
}
