package storetest

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/go-cmp/cmp"

	"padome/storage/store"
)

var repeats = []conformance{
	{"a repeated command gives its first result and does nothing", repeatCommand},
	{"a command repeated at once is done once", repeatAtOnce},
	{"results come back byte by byte", resultBytes},
	{"the empty command is never remembered", emptyCommand},
	{"a failed command is not remembered", failedCommand},
	{"commands belong to their tenant", commandsApart},
	{"forgotten commands are done anew", forget},
	{"the counter counts committed updates", sequence},
	{"each update of a group has a number of its own", sequenceInGroup},
	{"tenants are listed in order", tenants},
}

// do runs a command that counts its effects and returns their number.
func (r *run) do(t store.Tenant, id store.CommandID) (result string, repeated bool) {
	r.Helper()
	b, repeated, err := r.Update(r.Context(), t, id, func(w store.Writer) ([]byte, error) {
		if err := add(w, "effects", "n", 1); err != nil {
			return nil, err
		}
		n, err := count(w, "effects", "n")
		return fmt.Append(nil, n), err
	})
	if err != nil {
		r.Errorf("command %q: %v", id, err)
	}
	return string(b), repeated
}

func (r *run) wantDo(t store.Tenant, id store.CommandID, want string, wantRepeated bool) {
	r.Helper()
	if got, repeated := r.do(t, id); got != want || repeated != wantRepeated {
		r.Errorf("command %q: got %q, repeated %v, want %q, %v", id, got, repeated, want, wantRepeated)
	}
}

func repeatCommand(r *run) {
	r.wantDo(1, "a", "1", false)
	r.wantDo(1, "b", "2", false)
	_, repeated, err := r.Update(r.Context(), 1, "a", func(store.Writer) ([]byte, error) {
		r.Error("the function of a repeat ran")
		return nil, nil
	})
	if !repeated || err != nil {
		r.Errorf("repeat: got repeated %v, %v", repeated, err)
	}
	r.wantDo(1, "a", "1", true)
	r.wantValue(1, "effects", "n", "2")
	r.wantSeq(1, 2)
	r.reopen()
	r.wantDo(1, "a", "1", true)
	r.wantSeq(1, 2)
}

func repeatAtOnce(r *run) {
	const callers = 8
	var first, repeated atomic.Int64
	var fns []func()
	for range callers {
		fns = append(fns, func() {
			result, again := r.do(1, "same")
			if result != "1" {
				r.Errorf("got %q, want the first result", result)
			}
			if again {
				repeated.Add(1)
			} else {
				first.Add(1)
			}
		})
	}
	r.together(1, fns...)
	if first.Load() != 1 || repeated.Load() != callers-1 {
		r.Errorf("%d first and %d repeated, want 1 and %d", first.Load(), repeated.Load(), callers-1)
	}
	r.wantValue(1, "effects", "n", "1")
	r.wantSeq(1, 2)
}

func resultBytes(r *run) {
	results := [][]byte{nil, {}, {0}, {0, 0xff, 0}, []byte("ā"), bytesOf(store.MaxValue)}
	for i, want := range results {
		if len(want) == 0 {
			want = nil
		}
		id := store.CommandID(fmt.Sprint("id\x00", i))
		fn := func(store.Writer) ([]byte, error) { return bytes.Clone(results[i]), nil }
		for _, wantRepeated := range []bool{false, true, true} {
			got, repeated, err := r.Update(r.Context(), 1, id, fn)
			if !bytes.Equal(got, want) || (got == nil) != (want == nil) || repeated != wantRepeated || err != nil {
				r.Errorf("result %d: got %d bytes (nil: %v), repeated %v, %v, want %d bytes, %v",
					i, len(got), got == nil, repeated, err, len(want), wantRepeated)
			}
			for j := range got {
				got[j] = '!' // the caller's own copy
			}
		}
	}
}

func emptyCommand(r *run) {
	r.wantDo(1, "", "1", false)
	r.wantDo(1, "", "2", false)
}

func failedCommand(r *run) {
	for _, end := range []func() error{
		func() error { return errBoom },
		func() error { panic("boom") },
	} {
		_, repeated, err := r.Update(r.Context(), 1, "a", func(w store.Writer) ([]byte, error) {
			if err := w.Put("effects", []byte("n"), []byte("99")); err != nil {
				return nil, err
			}
			return []byte("result"), end()
		})
		if err == nil || repeated {
			r.Errorf("got repeated %v, %v, want an error", repeated, err)
		}
	}
	r.wantDo(1, "a", "1", false)
	r.wantDo(1, "a", "1", true)
}

func commandsApart(r *run) {
	r.wantDo(1, "a", "1", false)
	r.wantDo(2, "a", "1", false)
	r.wantDo(0, "a", "1", false)
	r.wantDo(2, "a", "1", true)
}

func forget(r *run) {
	const commands = store.MaxScan + 200
	var wg sync.WaitGroup
	for g := range 64 {
		wg.Go(func() {
			for i := g; i < commands; i += 64 {
				r.do(1, store.CommandID(fmt.Sprint("id", i)))
			}
		})
	}
	r.wait("the commands", &wg)
	r.do(2, "id0")
	forget := func(before time.Time, want int) {
		r.Helper()
		got, err := r.Forget(r.Context(), 1, before)
		if got != want || err != nil {
			r.Errorf("forgot %d, %v, want %d", got, err, want)
		}
	}
	forget(time.Now().Add(-time.Hour), 0)
	if _, repeated := r.do(1, "id0"); !repeated {
		r.Error("a command done after the time was forgotten")
	}
	forget(time.Now().Add(time.Hour), commands)
	forget(time.Now().Add(time.Hour), 0)
	r.wantSeq(1, commands)
	r.wantDo(1, "id0", fmt.Sprint(commands+1), false)
	if _, repeated := r.do(2, "id0"); !repeated {
		r.Error("a command of another tenant was forgotten")
	}
}

func sequence(r *run) {
	r.wantSeq(1, 0)
	for want := uint64(1); want <= 3; want++ {
		r.update(1, func(w store.Writer) error {
			if got := w.Seq(); got != want {
				r.Errorf("inside: got %d, want %d", got, want)
			}
			return nil // an update that writes nothing counts too
		})
		r.wantSeq(1, want)
	}
	_, _, err := r.Update(r.Context(), 1, "x", func(store.Writer) ([]byte, error) { return nil, errBoom })
	r.wantError("failing update", err, errBoom)
	r.wantSeq(1, 3)
	r.do(1, "a")
	r.do(1, "a")
	r.wantSeq(1, 4)
	r.wantSeq(2, 0)
	r.reopen()
	r.wantSeq(1, 4)
}

func sequenceInGroup(r *run) {
	const updates = 10
	var fns []func()
	for i := range updates {
		fns = append(fns, func() {
			_, _, err := r.Update(r.Context(), 1, "", func(w store.Writer) ([]byte, error) {
				if i == 3 {
					return nil, errBoom
				}
				return nil, add(w, "seq", fmt.Sprint(w.Seq()), 1)
			})
			if (err != nil) != (i == 3) {
				r.Error(err)
			}
		})
	}
	r.together(1, fns...)
	r.wantSeq(1, updates) // the holding one, and one of the others failed
	for n := 2; n <= updates; n++ {
		r.wantValue(1, "seq", fmt.Sprint(n), "1")
	}
}

func tenants(r *run) {
	for _, t := range []store.Tenant{300, 2, store.MaxTenant, 0, 256} {
		r.put(t, "b", "k", "v")
	}
	r.wantValue(5, "b", "k", "(none)") // reading makes no tenant
	_, _, err := r.Update(r.Context(), 6, "", func(w store.Writer) ([]byte, error) {
		return nil, fmt.Errorf("%w %v", errBoom, w.Put("b", []byte("k"), nil))
	})
	r.wantError("failing update", err, errBoom)
	check := func() {
		got, err := r.Tenants(context.Background())
		if diff := cmp.Diff(got, []store.Tenant{0, 2, 256, 300, store.MaxTenant}); diff != "" || err != nil {
			r.Errorf("tenants: %v (-got +want)\n%s", err, diff)
		}
	}
	check()
	r.reopen()
	check()
}
