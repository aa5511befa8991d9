package storage

import (
	"bytes"
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"padome/council"
	"padome/storage/store"
)

func TestKeysSortAsTheirParts(t *testing.T) {
	part := rapid.StringOfN(rapid.SampledFrom([]rune{0, 1, 'a', 'b', 'ž', 0xff}), 0, 4, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := part.Draw(t, "a"), part.Draw(t, "b")
		c, d := part.Draw(t, "c"), part.Draw(t, "d")
		m, n := rapid.Uint64().Draw(t, "m"), rapid.Uint64().Draw(t, "n")
		x, y := key{}.str(a).num(m).str(b), key{}.str(c).num(n).str(d)
		want := cmp.Or(cmp.Compare(a, c), cmp.Compare(m, n), cmp.Compare(b, d))
		if got := bytes.Compare(x, y); got != want {
			t.Fatalf("%q %d %q against %q %d %q: got %d, want %d", a, m, b, c, n, d, got, want)
		}
		if got := bytes.Compare(x.down(), y.down()); got != -want {
			t.Fatalf("the other way: got %d, want %d", got, -want)
		}
		if a != c && bytes.HasPrefix(y, key{}.str(a)) {
			t.Fatalf("%q passes for the first part of a key of %q", a, c)
		}
	})
}

func TestKeysOfOneBeginningShareNoMemory(t *testing.T) {
	begin := make(key, 0, 100).str("a")
	one, two := begin.str("1"), begin.str("2")
	if bytes.Equal(one, two) || bytes.Equal(begin.num(1), begin.num(2)) {
		t.Error("a later key overwrote an earlier one")
	}
}

func TestDaysCoverBothEnds(t *testing.T) {
	all := []council.Date{"2023-12-31", "2024-01-01", "2024-01-31", "2024-02-01"}
	for _, tt := range []struct {
		name        string
		from, until council.Date
		want        []council.Date
	}{
		{"no bounds", "", "", all},
		{"from a day", "2024-01-01", "", all[1:]},
		{"until a day", "", "2024-01-31", all[:3]},
		{"both", "2024-01-01", "2024-01-31", all[1:3]},
		{"one day", "2024-01-31", "2024-01-31", all[2:3]},
		{"none between", "2024-01-02", "2024-01-30", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var up, down []council.Date
			for _, d := range all {
				k := key{}.str(string(d)).str("id")
				if within(k, days(tt.from, tt.until)) {
					up = append(up, d)
				}
				if within(k.down(), daysDown(tt.from, tt.until)) {
					down = append(down, d)
				}
			}
			if !slices.Equal(up, tt.want) || !slices.Equal(down, tt.want) {
				t.Errorf("got %v up and %v down, want %v", up, down, tt.want)
			}
		})
	}
}

func within(k key, r store.Range) bool {
	return bytes.Compare(k, r.From) >= 0 && (r.To == nil || bytes.Compare(k, r.To) < 0)
}
