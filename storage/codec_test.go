package storage

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/agenda"
	"padome/council"
	"padome/internal/auth"
	"padome/plan"
	"padome/storage/store"
)

type timed struct {
	At    time.Time `json:"at"`
	Maybe time.Time `json:"maybe,omitzero"`
}

func TestTimesComeBackToTheNanosecondInUTC(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sec := rapid.Int64Range(-62135596800, 253402300799).Draw(t, "second") // years 1 to 9999
		nano := rapid.Int64Range(0, 999_999_999).Draw(t, "nanosecond")
		want := time.Unix(sec, nano).UTC()
		zoned := want.In(rapid.SampledFrom([]*time.Location{time.UTC, council.Riga, time.FixedZone("x", -5*3600)}).Draw(t, "zone"))
		raw, err := encode(timed{At: zoned})
		if err != nil {
			t.Fatal(err)
		}
		got, err := decode[timed](raw)
		if err != nil {
			t.Fatal(err)
		}
		if got.At != want || !got.Maybe.IsZero() {
			t.Fatalf("got %v and %v, want %v and none", got.At, got.Maybe, want)
		}
	})
}

func TestTheZeroTimeStaysZero(t *testing.T) {
	raw, err := encode(timed{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := decode[timed](raw)
	if err != nil || got != (timed{}) {
		t.Errorf("got %v, %v; want the zero time", got, err)
	}
}

func TestDomainTypesComeBack(t *testing.T) {
	real, err := plan.Real()
	if err != nil {
		t.Fatal(err)
	}
	same(t, real)
	same(t, agenda.Proposal{
		Candidate: agenda.Candidate{
			Matter:    agenda.Matter{ID: "p", Title: "Par budžetu", Tasks: []plan.Ref{{Revision: 1, Measure: 2, Task: 3}}},
			Submitted: testTime, Urgent: []agenda.Urgency{{Role: council.Chair, At: testTime}},
		},
		State: agenda.Waiting,
	})
	same(t, agenda.Principles{Version: 2, PlanKinds: map[int]agenda.Kind{1: agenda.Data, 8: agenda.Review},
		Rules: []agenda.Setting{{Rule: "P1", Hard: true, Params: map[string]string{"a": "1", "b": "2"}}}})
	same(t, auth.Login{TokenHash: "x", Idle: time.Hour, Created: testTime})
	same(t, "not UTF-8: \xff")
	same(t, council.Calendar{Moved: []council.MovedDay{}})
}

func same[T any](t *testing.T, want T) {
	t.Helper()
	raw, err := encode(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := decode[T](raw)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%T (-want +got):\n%s", want, diff)
	}
	again, err := encode(got)
	if err != nil || string(again) != string(raw) {
		t.Errorf("%T encodes to other bytes the second time (%v)", want, err)
	}
}

func FuzzDecodeRefusesWhatIsNotARecord(f *testing.F) {
	raw, err := encode(decision("d", "s", 1))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add([]byte{0xa1, 0x62})
	f.Fuzz(func(t *testing.T, raw []byte) {
		if _, err := decode[agenda.Agenda](raw); err != nil && !errors.Is(err, store.ErrDamaged) {
			t.Errorf("got %v, want a damaged record", err)
		}
	})
}
