package council

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDateValid(t *testing.T) {
	for d, want := range map[Date]bool{
		"2024-01-31": true, "2024-02-29": true, "1990-01-01": true, "2999-12-31": true,
		"": false, "2023-02-29": false, "2024-1-31": false, "31.01.2024.": false, "1989-12-31": false, "3000-01-01": false,
		"2024-01-31 ": false, "2024-01-31T00:00": false, "２０２４-01-31": false,
	} {
		if got := d.Valid(); got != want {
			t.Errorf("%q valid: %v, want %v", d, got, want)
		}
	}
}

func TestClockValid(t *testing.T) {
	for c, want := range map[Clock]bool{"11:00": true, "00:00": true, "23:59": true, "": false, "24:00": false, "9:00": false, "11.00": false, "11:60": false, "11:00:00": false, "9:00 ": false} {
		if got := c.Valid(); got != want {
			t.Errorf("%q valid: %v, want %v", c, got, want)
		}
	}
}

func TestClockAddStaysWithinTheDay(t *testing.T) {
	for _, tt := range []struct {
		c    Clock
		n    int
		want Clock
	}{{"11:00", 105, "12:45"}, {"11:00", -60, "10:00"}, {"23:00", 90, "23:59"}, {"00:10", -20, "00:00"}} {
		if got := tt.c.Add(tt.n); got != tt.want {
			t.Errorf("%s + %d: %s, want %s", tt.c, tt.n, got, tt.want)
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, tt := range []struct {
		d    Date
		n    int
		want Date
	}{
		{"2024-01-31", 1, "2024-02-29"}, {"2025-01-31", 1, "2025-02-28"}, {"2024-01-31", 12, "2025-01-31"},
		{"2024-01-31", -2, "2023-11-30"}, {"2024-12-15", 1, "2025-01-15"}, {"2024-02-29", 12, "2025-02-28"},
	} {
		if got := tt.d.AddMonths(tt.n); got != tt.want {
			t.Errorf("%s + %d months: %s, want %s", tt.d, tt.n, got, tt.want)
		}
	}
}

func TestDateOfIsTheDayInRiga(t *testing.T) {
	for at, want := range map[string]Date{"2024-01-30T21:59:59Z": "2024-01-30", "2024-01-30T22:00:00Z": "2024-01-31", "2024-07-30T21:00:00Z": "2024-07-31"} {
		instant, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := DateOf(instant); got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
}

func TestDaysAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date("2000-01-01").AddDays(rapid.IntRange(0, 100000).Draw(t, "day"))
		n := rapid.IntRange(-3000, 3000).Draw(t, "n")
		e := d.AddDays(n)
		if got := d.DaysUntil(e); got != n {
			t.Fatalf("%s until %s: %d days, want %d", d, e, got, n)
		}
		if (d < e) != (n > 0) {
			t.Fatalf("%s and %s compare the wrong way", d, e)
		}
		if !d.Valid() || DateOf(d.At("00:00")) != d {
			t.Fatalf("%s begins on another day", d)
		}
	})
}
