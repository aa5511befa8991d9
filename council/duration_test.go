package council_test

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"padome/council"
)

func TestMinutesAreReadAsPeopleWriteThem(t *testing.T) {
	for s, want := range map[string]int{"15": 15, " 15 min ": 15, "15 min.": 15, "0:15": 15, "1:05": 65, "1.30": 90,
		"1h": 60, "1 h 30": 90, "1 H 30 min": 90, "1 st. 30 min": 90, "90": 90, "0": 0} {
		if got, ok := council.ParseMinutes(s); !ok || got != want {
			t.Errorf("%q is %d (%t), want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "min", "-5", "1:60", "1:5", "1h60", "ilgi", "15,5", "12345", "1h30s"} {
		if got, ok := council.ParseMinutes(s); ok {
			t.Errorf("%q is read as %d", s, got)
		}
	}
}

func TestEveryWayOfWritingMinutesIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 600).Draw(t, "minutes")
		h, m := strconv.Itoa(n/60), strconv.Itoa(n%60)
		for _, s := range []string{strconv.Itoa(n), strconv.Itoa(n) + " min", h + "h" + m, h + ":" + ("0" + m)[len(m)-1:]} {
			if got, ok := council.ParseMinutes(s); !ok || got != n {
				t.Fatalf("%q is %d (%t), want %d", s, got, ok, n)
			}
		}
	})
}
