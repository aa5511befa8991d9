package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/storage/store"
)

// model plays random updates of a tenant of their own, some of which fail or
// panic at their end, and compares every read with a sorted map.
func model(r *run) {
	var tenant store.Tenant
	rapid.Check(r.T, func(rt *rapid.T) {
		tenant++
		kept := map[string]string{}
		for range rapid.IntRange(1, 4).Draw(rt, "updates") {
			m := modelled{rt, maps.Clone(kept)}
			steps := rapid.SliceOfN(rapid.Custom(drawStep), 0, 12).Draw(rt, "steps")
			end := rapid.SampledFrom([]string{"commit", "commit", "error", "panic"}).Draw(rt, "end")
			_, _, err := r.Update(r.Context(), tenant, "", func(w store.Writer) ([]byte, error) {
				m.values = maps.Clone(kept)
				for _, s := range steps {
					if err := m.do(w, s); err != nil {
						return nil, err
					}
				}
				switch end {
				case "error":
					return nil, errBoom
				case "panic":
					panic("boom")
				}
				return nil, nil
			})
			if (err == nil) != (end == "commit") || errors.Is(err, errModel) {
				rt.Fatalf("an update that ends in %s: %v", end, err)
			}
			if err == nil {
				kept = m.values
			}
		}
		m := modelled{rt, kept}
		err := r.View(r.Context(), tenant, func(rd store.Reader) error {
			return m.compare(rd, step{rg: store.Range{}, limit: store.MaxScan})
		})
		if err != nil {
			rt.Fatal(err)
		}
	})
}

var errModel = errors.New("not as in the model")

type modelled struct {
	rt     *rapid.T
	values map[string]string
}

type step struct {
	kind       string
	key, value []byte
	rg         store.Range
	limit      int
}

func drawStep(rt *rapid.T) step {
	key := rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]byte{0, 'a', 0xff}), 1, 3), bytes.Clone)
	s := step{
		kind:  rapid.SampledFrom([]string{"put", "put", "delete", "scan"}).Draw(rt, "kind"),
		key:   key.Draw(rt, "key"),
		value: rapid.SliceOfN(rapid.Byte(), 0, 3).Draw(rt, "value"),
		limit: rapid.IntRange(1, 6).Draw(rt, "limit"),
	}
	switch rapid.IntRange(0, 3).Draw(rt, "range") {
	case 0:
		s.rg = store.Prefix(s.key)
	case 1:
		s.rg = store.Range{From: s.key, To: key.Draw(rt, "to")}
	case 2:
		s.rg = store.Range{}.After(s.key)
	}
	return s
}

func (m *modelled) do(w store.Writer, s step) error {
	switch s.kind {
	case "put":
		m.values[string(s.key)] = string(s.value)
		return w.Put("m", s.key, s.value)
	case "delete":
		delete(m.values, string(s.key))
		return w.Delete("m", s.key)
	}
	return m.compare(w, s)
}

// compare compares one range and each key that was ever used.
func (m *modelled) compare(rd store.Reader, s step) error {
	var want []string
	for _, k := range slices.Sorted(maps.Keys(m.values)) {
		if k >= string(s.rg.From) && (s.rg.To == nil || k < string(s.rg.To)) && len(want) < s.limit {
			want = append(want, fmt.Sprintf("%q=%q", k, m.values[k]))
		}
		value, err := rd.Get("m", []byte(k))
		if value == nil || string(value) != m.values[k] || err != nil {
			return fmt.Errorf("%w: key %q: got %q, %v, want %q", errModel, k, value, err, m.values[k])
		}
	}
	var got []string
	err := rd.Scan("m", s.rg, s.limit, func(k, v []byte) bool {
		got = append(got, fmt.Sprintf("%q=%q", k, v))
		return true
	})
	if diff := cmp.Diff(got, want); diff != "" || err != nil {
		return fmt.Errorf("%w: %v: range %q (-got +want)\n%s", errModel, err, s.rg, diff)
	}
	return nil
}
