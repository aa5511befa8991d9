package text

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestDiffTellsWhatCameAndWent(t *testing.T) {
	got := Diff("Lūgt ministriju sagatavot priekšlikumus līdz maijam.", "Lūgt Finanšu ministriju sagatavot atzinumu līdz maijam.")
	want := []Run{{Same, "Lūgt "}, {Came, "Finanšu "}, {Same, "ministriju sagatavot "}, {Went, "priekšlikumus "}, {Came, "atzinumu "}, {Same, "līdz maijam."}}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

// The runs give both texts back, whatever they are, and texts that are the same
// have nothing that came or went.
func TestDiffLosesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		of := rapid.StringOfN(rapid.RuneFrom([]rune("aā \n.")), 0, 60, -1)
		was, is := of.Draw(rt, "was"), of.Draw(rt, "is")
		var before, after string
		for _, r := range Diff(was, is) {
			if r.Kind != Came {
				before += r.Text
			}
			if r.Kind != Went {
				after += r.Text
			}
		}
		if before != was || after != is {
			rt.Fatalf("%q and %q came back as %q and %q", was, is, before, after)
		}
		for _, r := range Diff(was, was) {
			if r.Kind != Same {
				rt.Fatalf("%q differs from itself by %v", was, r)
			}
		}
	})
}
