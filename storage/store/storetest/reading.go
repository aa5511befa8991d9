package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/google/go-cmp/cmp"

	"padome/storage/store"
)

var reading = []conformance{
	{"own writes are read back", ownWrites},
	{"keys come in the order of their bytes", byteOrder},
	{"a range has its first key and not its end", ranges},
	{"pages join without gap or repeat", pages},
	{"a scan ends when told to", scanEnds},
	{"a scan survives changes by its own function", scanWhileChanging},
	{"an empty value is not an absent one", emptyValues},
	{"several keys are read in their order", getMany},
	{"deleting what is absent changes nothing", deleteAbsent},
	{"reads agree with a model", model},
}

func ownWrites(r *run) {
	r.put(1, "a", "p/old", "1")
	check := func(rd store.Reader) error {
		old, err := rd.Get("a", []byte("p/old"))
		if old != nil || err != nil {
			r.Errorf("deleted value: got %q, %v, want none", old, err)
		}
		many, err := rd.GetMany("a", [][]byte{[]byte("p/3"), []byte("p/5"), []byte("p/old")})
		if diff := cmp.Diff(many, [][]byte{[]byte("v3"), nil, nil}); diff != "" || err != nil {
			r.Errorf("get many: %v (-got +want)\n%s", err, diff)
		}
		got, err := scan(rd, "a", store.Prefix([]byte("p/")), 10)
		want := []string{"p/0=v0", "p/1=again", "p/2=v2", "p/3=v3", "p/4=v4"}
		if diff := cmp.Diff(got, want); diff != "" || err != nil {
			r.Errorf("scan: %v (-got +want)\n%s", err, diff)
		}
		return err
	}
	r.update(1, func(w store.Writer) error {
		for i := range 6 {
			if err := w.Put("a", fmt.Appendf(nil, "p/%d", i), fmt.Appendf(nil, "v%d", i)); err != nil {
				return err
			}
		}
		for _, gone := range []string{"p/5", "p/old"} {
			if err := w.Delete("a", []byte(gone)); err != nil {
				return err
			}
		}
		if err := w.Put("a", []byte("p/1"), []byte("again")); err != nil {
			return err
		}
		return check(w)
	})
	r.view(1, check)
}

func byteOrder(r *run) {
	want := [][]byte{{0}, {0, 0}, {0, 1}, {1}, []byte("a"), []byte("a\x00"), []byte("b"), {0x7f}, {0x80}, {0xc4, 0x81}, {0xff}, {0xff, 0xff, 1}}
	r.update(1, func(w store.Writer) error {
		for i := range want {
			if err := w.Put("bin", want[(i*7)%len(want)], []byte("x")); err != nil {
				return err
			}
		}
		return nil
	})
	r.view(1, func(rd store.Reader) error {
		var got [][]byte
		err := rd.Scan("bin", store.Range{}, 100, func(k, _ []byte) bool { got = append(got, k); return true })
		if diff := cmp.Diff(got, want); diff != "" {
			r.Errorf("order of keys (-got +want)\n%s", diff)
		}
		return err
	})
}

func ranges(r *run) {
	keys := []string{"a", "a\x00", "ab", "b", "b\xff", "b\xff\xff", "c", "\xff", "\xff\xff"}
	r.update(1, func(w store.Writer) error {
		for _, k := range keys {
			if err := w.Put("r", []byte(k), nil); err != nil {
				return err
			}
		}
		return nil
	})
	between := func(from, to string) store.Range { return store.Range{From: []byte(from), To: []byte(to)} }
	tests := []struct {
		name string
		rg   store.Range
		want []string
	}{
		{"all", store.Range{}, keys},
		{"from a key that is there", between("ab", "c"), []string{"ab", "b", "b\xff", "b\xff\xff"}},
		{"from a key that is not there", between("aa", "b"), []string{"ab"}},
		{"no end", store.Range{From: []byte("c")}, []string{"c", "\xff", "\xff\xff"}},
		{"an end and no beginning", store.Range{To: []byte("ab")}, []string{"a", "a\x00"}},
		{"empty", between("b", "b"), nil},
		{"back to front", between("c", "a"), nil},
		{"an empty end", store.Range{To: []byte{}}, nil},
		{"prefix", store.Prefix([]byte("a")), []string{"a", "a\x00", "ab"}},
		{"prefix that ends in the last byte", store.Prefix([]byte("b\xff")), []string{"b\xff", "b\xff\xff"}},
		{"prefix of last bytes alone", store.Prefix([]byte("\xff")), []string{"\xff", "\xff\xff"}},
		{"empty prefix", store.Prefix(nil), keys},
		{"after a key", store.Range{}.After([]byte("b\xff\xff")), []string{"c", "\xff", "\xff\xff"}},
		{"after the longest key", store.Range{}.After(bytes.Repeat([]byte{0xff}, store.MaxKey)), nil},
		{"bucket without entries", store.Range{From: []byte("zz"), To: []byte("zzz")}, nil},
	}
	r.view(1, func(rd store.Reader) error {
		for _, test := range tests {
			var got []string
			err := rd.Scan("r", test.rg, 100, func(k, _ []byte) bool { got = append(got, string(k)); return true })
			if diff := cmp.Diff(got, test.want); diff != "" || err != nil {
				r.Errorf("%s: %v (-got +want)\n%s", test.name, err, diff)
			}
		}
		return nil
	})
}

func pages(r *run) {
	const entries = 2500
	r.update(1, func(w store.Writer) error {
		for i := range entries {
			if err := w.Put("p", fmt.Appendf(nil, "k%05d", i), nil); err != nil {
				return err
			}
		}
		return nil
	})
	for _, limit := range []int{7, 999, store.MaxScan} {
		var got []string
		for rest := store.Prefix([]byte("k")); ; {
			var last []byte
			seen := 0
			r.view(1, func(rd store.Reader) error {
				return rd.Scan("p", rest, limit, func(k, _ []byte) bool {
					got, last, seen = append(got, string(k)), k, seen+1
					return true
				})
			})
			if seen > limit {
				r.Fatalf("limit %d: a page of %d", limit, seen)
			}
			if seen < limit {
				break
			}
			rest = rest.After(last)
		}
		if len(got) != entries || !slices.IsSorted(got) || len(slices.Compact(got)) != entries {
			r.Errorf("limit %d: %d keys in all, want %d in order, each once", limit, len(got), entries)
		}
	}
}

func scanEnds(r *run) {
	for _, k := range []string{"1", "2", "3"} {
		r.put(1, "s", k, k)
	}
	r.view(1, func(rd store.Reader) error {
		var got []string
		err := rd.Scan("s", store.Range{}, 10, func(k, _ []byte) bool {
			got = append(got, string(k))
			return string(k) != "2"
		})
		if diff := cmp.Diff(got, []string{"1", "2"}); diff != "" {
			r.Errorf("keys until false (-got +want)\n%s", diff)
		}
		return err
	})
}

// scanWhileChanging moves entries to another bucket from inside the scan, those
// of an earlier update and those of the same.
func scanWhileChanging(r *run) {
	const entries = 500
	fill := func(w store.Writer) error {
		for i := range entries {
			if err := w.Put("old", fmt.Appendf(nil, "k%04d", i), []byte("v")); err != nil {
				return err
			}
		}
		return nil
	}
	move := func(w store.Writer) (err error) {
		scan := w.Scan("old", store.Prefix([]byte("k")), store.MaxScan, func(k, v []byte) bool {
			if err = w.Delete("old", k); err == nil {
				err = w.Put("new", k, v)
			}
			return err == nil
		})
		return errors.Join(scan, err)
	}
	r.update(1, fill)
	r.update(1, move)
	r.update(2, func(w store.Writer) error {
		if err := fill(w); err != nil {
			return err
		}
		return move(w)
	})
	for _, t := range []store.Tenant{1, 2} {
		r.view(t, func(rd store.Reader) error {
			left, err := scan(rd, "old", store.Range{}, store.MaxScan)
			moved, errMoved := scan(rd, "new", store.Range{}, store.MaxScan)
			if len(left) != 0 || len(moved) != entries {
				r.Errorf("tenant %d: %d entries left and %d moved, want all %d moved", t, len(left), len(moved), entries)
			}
			return errors.Join(err, errMoved)
		})
	}
}

func emptyValues(r *run) {
	check := func(rd store.Reader) error {
		for _, key := range []string{"nil", "empty"} {
			if got, err := rd.Get("e", []byte(key)); got == nil || len(got) != 0 || err != nil {
				r.Errorf("%s: got %v, %v, want an empty value", key, got, err)
			}
		}
		if got, err := rd.Get("e", []byte("absent")); got != nil || err != nil {
			r.Errorf("absent: got %v, %v, want nil", got, err)
		}
		if got, err := rd.Get("no such bucket", []byte("nil")); got != nil || err != nil {
			r.Errorf("absent bucket: got %v, %v, want nil", got, err)
		}
		if got, err := scan(rd, "no such bucket", store.Range{}, 1); got != nil || err != nil {
			r.Errorf("scan of an absent bucket: got %v, %v, want nothing", got, err)
		}
		return rd.Scan("e", store.Range{}, 9, func(k, v []byte) bool {
			if v == nil || len(v) != 0 {
				r.Errorf("scan, %s: got %v, want an empty value", k, v)
			}
			return true
		})
	}
	r.update(1, func(w store.Writer) error {
		if err := w.Put("e", []byte("nil"), nil); err != nil {
			return err
		}
		if err := w.Put("e", []byte("empty"), []byte{}); err != nil {
			return err
		}
		return check(w)
	})
	r.view(1, check)
	r.view(7, func(rd store.Reader) error { // a tenant that has never been written to
		got, err := rd.Get("e", []byte("nil"))
		if got != nil {
			r.Errorf("tenant without anything: got %v, want nil", got)
		}
		return err
	})
}

func getMany(r *run) {
	r.put(1, "m", "a", "1")
	r.put(1, "m", "b", "2")
	r.view(1, func(rd store.Reader) error {
		got, err := rd.GetMany("m", [][]byte{[]byte("b"), []byte("x"), []byte("a"), []byte("b")})
		if diff := cmp.Diff(got, [][]byte{[]byte("2"), nil, []byte("1"), []byte("2")}); diff != "" || err != nil {
			r.Errorf("%v (-got +want)\n%s", err, diff)
		}
		if none, err := rd.GetMany("m", nil); len(none) != 0 || err != nil {
			r.Errorf("no keys: got %v, %v, want nothing", none, err)
		}
		return nil
	})
}

func deleteAbsent(r *run) {
	r.put(1, "d", "there", "1")
	r.update(1, func(w store.Writer) error {
		if err := w.Delete("d", []byte("absent")); err != nil {
			return err
		}
		return w.Delete("no such bucket", []byte("absent"))
	})
	r.wantValue(1, "d", "there", "1")
}
