package signature_test

import (
	"slices"
	"testing"
	"time"

	. "padome/internal/signature"
	"padome/internal/signature/signtest"
)

var (
	world = signtest.New("Tests")
	other = signtest.New("Cita valsts")
	noon  = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	later = noon.AddDate(0, 1, 0)
	anna  = world.Person("ANNA KALNIŅA", "PNOLV-010190-12345")
	juris = world.Person("JURIS OZOLS", "PNOLV-020280-23456")
	paper = []byte("the minutes")
	ours  = Check{Anchors: world.Anchors(), Now: later, Expected: []Expected{{ID: "anna", Serial: "PNOLV-01019012345", Name: "Anna Kalniņa"}}}
)

// assessed opens a signature over the paper and says what holds of it.
func assessed(t *testing.T, c Check, raw []byte) Signer {
	t.Helper()
	e, err := OpenCMS(raw, paper[:4], paper[4:])
	if err != nil {
		t.Fatalf("the signature is refused: %v", err)
	}
	return c.Assess(e)
}

func keys(rs []Reason) (all []string) {
	for _, r := range rs {
		all = append(all, r.Key)
	}
	return all
}

// faulty fails unless a signature has just this fault.
func faulty(t *testing.T, s Signer, key string) {
	t.Helper()
	if got := keys(s.Faults); !slices.Equal(got, []string{key}) {
		t.Errorf("faults %v, want %s", s.Faults, key)
	}
	if s.Level != Unsettled {
		t.Errorf("a faulty signature has level %q", s.Level)
	}
}

// refused fails unless a signature is refused for just this reason.
func refused(t *testing.T, raw []byte, key string) {
	t.Helper()
	if _, err := OpenCMS(raw, paper); err == nil || ReasonOf(err).Key != key {
		t.Errorf("got %v, want %s", err, key)
	}
}
