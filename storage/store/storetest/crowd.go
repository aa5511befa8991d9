package storetest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"padome/storage/store"
)

var crowd = []conformance{
	{"functions run again as if once", runAgain},
	{"tenants do not see each other", tenantsApart},
	{"64 writers on one tenant", func(r *run) { manyWriters(r, 1) }},
	{"64 writers on 200 tenants", func(r *run) { manyWriters(r, 200) }},
}

// runAgain queues good changes between ones that write and then fail or panic:
// an engine that takes a whole group back has to run the good ones again.
func runAgain(r *run) {
	var runs atomic.Int64
	good := func(name string) func() {
		return func() {
			result, repeated, err := r.Update(r.Context(), 1, store.CommandID(name), func(w store.Writer) ([]byte, error) {
				runs.Add(1)
				if err := add(w, "b", "n", 1); err != nil {
					return nil, err
				}
				n, err := count(w, "b", "n")
				return fmt.Append(nil, n), errors.Join(err, w.Put("b", []byte(name), nil))
			})
			if err != nil || repeated {
				r.Errorf("%s: repeated %v, %v", name, repeated, err)
			}
			r.wantValue(1, "results", string(result), "(none)")
			r.put(1, "results", string(result), name)
		}
	}
	bad := func(end func()) func() {
		return func() {
			_, _, err := r.Update(r.Context(), 1, "bad", func(w store.Writer) ([]byte, error) {
				if err := add(w, "b", "n", 100); err != nil {
					return nil, err
				}
				end()
				return nil, errBoom
			})
			if err == nil {
				r.Error("a change that fails: no error")
			}
		}
	}
	fails, panics := bad(func() {}), bad(func() { panic("boom") })
	r.together(1, good("first"), fails, good("second"), panics, good("third"), fails, panics, good("fourth"))

	r.wantValue(1, "b", "n", "4")
	for i, name := range []string{"first", "second", "third", "fourth"} {
		r.wantValue(1, "b", name, "")
		r.view(1, func(rd store.Reader) error {
			if got, err := rd.Get("results", fmt.Append(nil, i+1)); got == nil {
				r.Errorf("nobody got the result %d (%v): a result of a run that was taken back", i+1, err)
			}
			return nil
		})
	}
	r.wantSeq(1, 1+4+4) // the holding update, the good ones, their notes
	r.Logf("4 changes ran %d times", runs.Load())
}

func tenantsApart(r *run) {
	r.put(1, "b", "k", "one")
	r.put(2, "b", "k", "two")
	r.put(0, "b", "k", "installation")
	r.update(2, func(w store.Writer) error { return w.Delete("b", []byte("k")) })
	r.wantValue(0, "b", "k", "installation")
	r.wantValue(1, "b", "k", "one")
	r.wantValue(2, "b", "k", "(none)")
	r.view(3, func(rd store.Reader) error {
		got, err := scan(rd, "b", store.Range{}, 10)
		if len(got) > 0 {
			r.Errorf("another tenant reads %q", got)
		}
		return err
	})
	r.wantSeq(1, 1)
	r.wantSeq(2, 2)
	r.wantSeq(3, 0)
}

// manyWriters lets 64 writers count in a tenant each turn, and compares what
// they counted with what was acknowledged.
func manyWriters(r *run, tenants int) {
	const writers, each = 64, 20
	var wg sync.WaitGroup
	acknowledged := make([]atomic.Int64, tenants)
	for g := range writers {
		wg.Go(func() {
			for i := range each {
				t := (g*each + i) % tenants
				_, _, err := r.Update(r.Context(), store.Tenant(1+t), "", func(w store.Writer) ([]byte, error) {
					own := fmt.Sprintf("%d/%d", g, i)
					return nil, errors.Join(add(w, "sum", "n", 1), w.Put("own", []byte(own), []byte(own)))
				})
				if err != nil {
					r.Error(err)
					return
				}
				acknowledged[t].Add(1)
			}
		})
	}
	r.wait("64 writers", &wg)
	owned := 0
	for t := range tenants {
		want := acknowledged[t].Load()
		r.wantValue(store.Tenant(1+t), "sum", "n", fmt.Sprint(want))
		r.wantSeq(store.Tenant(1+t), uint64(want))
		for rest := (store.Range{}); ; {
			seen := 0
			r.view(store.Tenant(1+t), func(rd store.Reader) error {
				seen = 0
				return rd.Scan("own", rest, store.MaxScan, func(k, _ []byte) bool {
					seen, rest = seen+1, store.Range{}.After(k)
					return true
				})
			})
			if owned += seen; seen < store.MaxScan {
				break
			}
		}
	}
	if owned != writers*each {
		r.Errorf("%d entries of their own are there, want %d", owned, writers*each)
	}
}
