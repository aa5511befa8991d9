package auth

import (
	"fmt"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var (
	office = netip.MustParseAddr("192.0.2.10")
	home   = netip.MustParseAddr("198.51.100.7")
)

// fails makes n attempts that fail, each as soon as it is let through.
func fails(t *Throttle, now time.Time, name string, from netip.Addr, n int) time.Time {
	for n > 0 {
		if w := t.Attempt(now, name, from); w > 0 {
			now = now.Add(w)
			continue
		}
		n--
	}
	return now
}

func TestThrottleWaits(t *testing.T) {
	th := NewThrottle(DefaultLimits)
	now := start
	var got []time.Duration
	for range 15 {
		w := th.Attempt(now, "anna", office)
		got = append(got, w)
		if now = now.Add(w); w > 0 {
			th.Attempt(now, "anna", office)
		}
	}
	want := []time.Duration{0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}
	for i := range want {
		if got[i] != want[i]*time.Second {
			t.Errorf("wait %d = %v, want %v", i+1, got[i], want[i]*time.Second)
		}
	}
	if w := th.Attempt(now.Add(time.Hour), "ANNA ", office); w != 0 {
		t.Errorf("after an hour of rest the wait is %v, want none", w)
	}
}

func TestThrottleCountsBeforeTheAnswer(t *testing.T) {
	th := NewThrottle(DefaultLimits)
	var through atomic.Int64
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if th.Attempt(start, "anna", office) == 0 {
				through.Add(1)
			}
		})
	}
	wg.Wait()
	if got, want := through.Load(), int64(DefaultLimits.Pair); got != want {
		t.Errorf("%d of fifty attempts at once go through, want %d", got, want)
	}
}

func TestThrottleSuccess(t *testing.T) {
	th := NewThrottle(DefaultLimits)
	fails(th, start, "anna", office, 4)
	th.Attempt(start, "anna", office)
	th.Succeeded(start, "anna", office)
	for i := range DefaultLimits.Pair {
		if w := th.Attempt(start, "anna", office); w != 0 {
			t.Fatalf("attempt %d after a success waits %v, want none", i+1, w)
		}
	}
}

func TestThrottleUndo(t *testing.T) {
	th := NewThrottle(DefaultLimits)
	for i := range 100 {
		if w := th.Attempt(start, "anna", office); w != 0 {
			t.Fatalf("attempt %d waits %v, want none", i+1, w)
		}
		th.Undo(start, "anna", office)
	}
}

func TestThrottleOfAnAddress(t *testing.T) {
	th := NewThrottle(DefaultLimits)
	th.Attempt(start, "chair", office)
	th.Succeeded(start, "chair", office)
	for i := range DefaultLimits.Address {
		if w := th.Attempt(start, fmt.Sprint("name", i), office); w != 0 {
			t.Fatalf("name %d waits %v, want none", i, w)
		}
	}
	if w := th.Attempt(start, "one more", office); w == 0 {
		t.Error("the address tries one more name without waiting")
	}
	if w := th.Attempt(start, "chair", office); w != 0 {
		t.Errorf("who has logged in from there waits %v, want none", w)
	}
	if w := th.Attempt(start, "one more", home); w != 0 {
		t.Errorf("another address waits %v, want none", w)
	}
}

func TestThrottleTakesAnIPv6NetworkAsOne(t *testing.T) {
	th := NewThrottle(DefaultLimits)
	for i := range DefaultLimits.Pair {
		th.Attempt(start, "anna", netip.MustParseAddr(fmt.Sprintf("2001:db8::%x", i)))
	}
	if w := th.Attempt(start, "anna", netip.MustParseAddr("2001:db8::ffff")); w == 0 {
		t.Error("the next address of the same network does not wait")
	}
	if w := th.Attempt(start, "anna", netip.MustParseAddr("2001:db8:0:1::1")); w != 0 {
		t.Errorf("another network waits %v, want none", w)
	}
	th.Attempt(start, "anna", office)
	if got, want := Network(netip.MustParseAddr("::ffff:192.0.2.10")), office; got != want {
		t.Errorf("network = %v, want %v", got, want)
	}
}

// A thousand addresses guess the chair's password without a break: the chair
// gets in from where they were before, and at the first attempt from elsewhere.
func TestChairIsNotLockedOut(t *testing.T) {
	th := NewThrottle(DefaultLimits)
	th.Attempt(start, "chair", office)
	th.Succeeded(start, "chair", office)
	now, through := start, 0
	for minute := range 30 {
		now = start.Add(time.Duration(minute) * time.Minute)
		for i := range 1000 {
			from := netip.AddrFrom4([4]byte{203, 0, byte(i >> 8), byte(i)})
			if th.Attempt(now, "chair", from) == 0 {
				through++
			}
		}
	}
	if w := th.Attempt(now, "chair", office); w != 0 {
		t.Errorf("the chair waits %v at the office, want none", w)
	}
	if w := th.Attempt(now, "chair", home); w != 0 {
		t.Errorf("the chair waits %v at home, want none", w)
	}
	if most := 100*5 + 1000*10; through > most {
		t.Errorf("%d guesses of 30000 go through, want at most %d", through, most)
	}
}

// Whatever is tried, every wait has an end at the longest one, and after it the
// attempt goes through.
func TestEveryWaitEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th := NewThrottle(DefaultLimits)
		now := start
		names := rapid.SampledFrom([]string{"chair", "deputy", "anna"})
		addrs := rapid.SampledFrom([]netip.Addr{office, home})
		for range rapid.IntRange(1, 300).Draw(t, "steps") {
			name, addr := names.Draw(t, "name"), addrs.Draw(t, "address")
			if w := th.Attempt(now, name, addr); w > DefaultLimits.Longest {
				t.Fatalf("wait %v, want at most %v", w, DefaultLimits.Longest)
			} else if rapid.Bool().Draw(t, "patient") {
				now = now.Add(w)
			}
		}
		name, addr := names.Draw(t, "name"), addrs.Draw(t, "address")
		if w := th.Attempt(now, name, addr); w > 0 {
			if again := th.Attempt(now.Add(w), name, addr); again != 0 {
				t.Fatalf("after waiting %v another %v, want none", w, again)
			}
		}
	})
}

func TestThrottleForgetsRatherThanGrow(t *testing.T) {
	limits := DefaultLimits
	limits.Entries = 100
	th := NewThrottle(limits)
	th.Attempt(start, "chair", office)
	th.Succeeded(start, "chair", office)
	for i := range 1000 {
		from := netip.AddrFrom4([4]byte{203, 0, byte(i >> 8), byte(i)})
		th.Attempt(start, fmt.Sprint("name", i), from)
	}
	if len(th.pairs) > 100 || len(th.addrs) > 100 || len(th.names) > 100 {
		t.Errorf("%d pairs, %d addresses, %d names remembered, want at most 100", len(th.pairs), len(th.addrs), len(th.names))
	}
	if !th.pairs[pair{"chair", office}].known {
		t.Error("where the chair logged in from is forgotten before what failed")
	}
}

// A clock that was a year ahead while somebody guessed keeps nobody waiting for
// a year.
func TestAClockThatIsPutBackMakesNoWaitLonger(t *testing.T) {
	th := NewThrottle(DefaultLimits)
	from := netip.MustParseAddr("192.0.2.7")
	ahead := start.AddDate(1, 0, 0)
	for range DefaultLimits.Pair {
		th.Attempt(ahead, "anna", from)
	}
	if w := th.Attempt(ahead, "anna", from); w <= 0 {
		t.Fatal("nobody waits: this shows nothing")
	}
	if w := th.Attempt(start, "anna", from); w <= 0 || w > DefaultLimits.Longest {
		t.Errorf("with the right time the wait is %v, want one of at most %v", w, DefaultLimits.Longest)
	}
}
