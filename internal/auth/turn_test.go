package auth

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
)

// TestAttemptsOfOnePersonComeOneAfterAnother makes fifty attempts at once with
// the right password, and fifty with a wrong one.
func TestAttemptsOfOnePersonComeOneAfterAnother(t *testing.T) {
	for name, tt := range map[string]struct {
		right bool
		want  int64
	}{"right": {true, 50}, "wrong": {false, int64(DefaultLimits.Pair)}} {
		t.Run(name, func(t *testing.T) {
			th := NewThrottle(DefaultLimits)
			var through, at atomic.Int64
			var wg sync.WaitGroup
			for range 50 {
				wg.Go(func() {
					done, err := th.Turn(t.Context(), "anna", office)
					if err != nil {
						t.Error(err)
						return
					}
					defer done()
					if n := at.Add(1); n != 1 {
						t.Errorf("%d attempts are under way at once", n)
					}
					defer at.Add(-1)
					if th.Attempt(start, "anna", office) > 0 {
						return
					}
					through.Add(1)
					if tt.right {
						th.Succeeded(start, "anna", office)
					}
				})
			}
			wg.Wait()
			if got := through.Load(); got != tt.want {
				t.Errorf("%d of fifty attempts go through, want %d", got, tt.want)
			}
			if len(th.turns) != 0 {
				t.Errorf("%d queues are still remembered", len(th.turns))
			}
		})
	}
}

// TestNobodyWaitsForAnothersAttempt holds a turn, and asks for those of the same
// name from elsewhere and of another name.
func TestNobodyWaitsForAnothersAttempt(t *testing.T) {
	th := NewThrottle(DefaultLimits)
	done, err := th.Turn(t.Context(), "anna", office)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []pair{pairOf("anna", home), pairOf("ilze", office)} {
		other, err := th.Turn(t.Context(), p.name, p.addr)
		if err != nil {
			t.Fatal(err)
		}
		other()
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := th.Turn(gone, "Anna", office); !errors.Is(err, context.Canceled) {
		t.Errorf("whoever has gone gets %v", err)
	}
	done()
	if len(th.turns) != 0 {
		t.Errorf("%d queues are still remembered", len(th.turns))
	}
}
