package council

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestHolidaysOf2024(t *testing.T) {
	want := map[Date]string{
		"2024-01-01": "holiday.new-year", "2024-03-29": "holiday.good-friday", "2024-03-31": "holiday.easter",
		"2024-04-01": "holiday.easter-monday", "2024-05-01": "holiday.labour", "2024-05-04": "holiday.independence",
		"2024-05-06": "day-off.substitute", "2024-06-23": "holiday.ligo", "2024-06-24": "holiday.jani",
		"2024-11-18": "holiday.proclamation", "2024-12-23": "day-off.moved", "2024-12-24": "holiday.christmas-eve",
		"2024-12-25": "holiday.christmas", "2024-12-26": "holiday.christmas", "2024-12-30": "day-off.moved",
		"2024-12-31": "holiday.new-year-eve",
	}
	c, got := DefaultCalendar(), map[Date]string{}
	for d := Date("2024-01-01"); d <= "2024-12-31"; d = d.AddDays(1) {
		if key, off := c.DayOff(d); off && key != "day-off.weekend" {
			got[d] = key
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("days off (-want +got):\n%s", diff)
	}
	for _, d := range []Date{"2024-12-14", "2024-12-28"} {
		if !c.IsWorkingDay(d) {
			t.Errorf("%s is not worked", d)
		}
	}
}

func TestEaster(t *testing.T) {
	t.Run("falls where the tables have it", func(t *testing.T) {
		for _, want := range []Date{"1991-03-31", "2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31",
			"2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2030-04-21", "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22"} {
			if got := dateOf(easter(want.Year())); got != want {
				t.Errorf("%d: %s, want %s", want.Year(), got, want)
			}
		}
	})
	t.Run("agrees with Gauss in every year", func(t *testing.T) {
		for year := 1990; year < 3000; year++ {
			if got, want := dateOf(easter(year)), gauss(year); got != want {
				t.Errorf("%d: %s, want %s", year, got, want)
			}
		}
	})
}

// gauss is Easter by the other well-known computation.
func gauss(year int) Date {
	a, b, c := year%19, year%4, year%7
	k := year / 100
	p := (13 + 8*k) / 25
	m := (15 - p + k - k/4) % 30
	n := (4 + k - k/4) % 7
	d := (19*a + m) % 30
	e := (2*b + 4*c + 6*d + n) % 7
	switch {
	case d == 29 && e == 6:
		return Day(year, time.April, 19)
	case d == 28 && e == 6 && a > 10:
		return Day(year, time.April, 18)
	}
	return Day(year, time.March, 22+d+e)
}

func TestSubstituteDays(t *testing.T) {
	festival := Calendar{Extra: []ExtraDay{{Date: "2023-07-09", Substituted: true}}}
	twice := Calendar{Extra: []ExtraDay{{Date: "2025-05-03", Substituted: true}}}
	mondayMoved := Calendar{Moved: []MovedDay{{Free: "2025-05-05", Worked: "2025-05-10"}}}
	for _, tt := range []struct {
		name string
		c    Calendar
		day  Date
		want bool // worked
	}{
		{"4 May on a Saturday gives the Monday", DefaultCalendar(), "2024-05-06", false},
		{"and not the Tuesday", DefaultCalendar(), "2024-05-07", true},
		{"4 May on a Sunday gives the Monday", DefaultCalendar(), "2025-05-05", false},
		{"18 November on a Saturday gives the Monday", DefaultCalendar(), "2023-11-20", false},
		{"18 November on a Sunday gives the Monday", DefaultCalendar(), "2029-11-19", false},
		{"18 November on a weekday gives nothing", DefaultCalendar(), "2024-11-19", true},
		{"1 May on a Sunday gives nothing", DefaultCalendar(), "2022-05-02", true},
		{"24 June on a Saturday gives nothing", DefaultCalendar(), "2023-06-26", true},
		{"Christmas on a weekend gives nothing", DefaultCalendar(), "2027-12-27", true},
		{"New Year on a weekend gives nothing", DefaultCalendar(), "2028-01-03", true},
		{"the festival's closing Sunday gives the Monday", festival, "2023-07-10", false},
		{"without the festival the Monday is worked", DefaultCalendar(), "2023-07-10", true},
		{"two holidays on one weekend give two days", twice, "2025-05-06", false},
		{"and not three", twice, "2025-05-07", true},
		{"a Monday that is free already passes it on", mondayMoved, "2025-05-06", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.c.IsWorkingDay(tt.day); got != tt.want {
				t.Errorf("%s worked: %v, want %v", tt.day, got, tt.want)
			}
		})
	}
}

func TestMovedDaysOfTheOrders(t *testing.T) {
	c := DefaultCalendar()
	if err := c.Validate(); err != nil {
		t.Fatal(err)
	}
	rules := Calendar{}
	for _, m := range c.Moved {
		if c.IsWorkingDay(m.Free) || !c.IsWorkingDay(m.Worked) {
			t.Errorf("%s is worked or %s is not", m.Free, m.Worked)
		}
		if !rules.IsWorkingDay(m.Free) || rules.IsWorkingDay(m.Worked) {
			t.Errorf("%s → %s moves nothing", m.Free, m.Worked)
		}
	}
}

func TestWorkingDaysBefore(t *testing.T) {
	for _, tt := range []struct {
		session Date
		n       int
		want    Date
	}{
		{"2024-12-18", 3, "2024-12-14"}, // a Saturday that is worked
		{"2025-05-07", 5, "2025-04-25"},
		{"2025-11-26", 10, "2025-11-10"},
		{"2026-01-28", 10, "2026-01-15"},
		{"2026-06-30", 3, "2026-06-26"},
		{"2024-01-31", 10, "2024-01-17"},
		{"2024-01-31", 1, "2024-01-30"},
		{"2024-02-03", 1, "2024-02-02"},
		{"2024-01-31", 0, "2024-01-31"},
	} {
		if got := DefaultCalendar().WorkingDaysBefore(tt.session, tt.n); got != tt.want {
			t.Errorf("%d working days before %s: %s, want %s", tt.n, tt.session, got, tt.want)
		}
	}
}

func TestWorkingDaysAfter(t *testing.T) {
	for _, tt := range []struct {
		from Date
		n    int
		want Date
	}{
		{"2024-01-31", 5, "2024-02-07"},
		{"2024-12-20", 1, "2024-12-27"},
		{"2024-12-27", 1, "2024-12-28"}, // a Saturday that is worked
		{"2024-12-28", 1, "2025-01-02"},
		{"2024-01-31", 0, "2024-01-31"},
	} {
		if got := DefaultCalendar().WorkingDaysAfter(tt.from, tt.n); got != tt.want {
			t.Errorf("%d working days after %s: %s, want %s", tt.n, tt.from, got, tt.want)
		}
	}
}

func TestRegularDate(t *testing.T) {
	var got []Date
	for year := 2024; year <= 2026; year++ {
		for month := time.January; month <= time.December; month++ {
			if d := DefaultCalendar().RegularDate(year, month, time.Wednesday); d != LastWednesday(year, month) {
				got = append(got, LastWednesday(year, month), d)
			}
		}
	}
	want := []Date{"2024-12-25", "2024-12-18", "2025-12-31", "2025-12-17", "2026-06-24", "2026-06-17"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("last Wednesdays that are not worked, and the day instead (-want +got):\n%s", diff)
	}
	if got, want := DefaultCalendar().RegularDate(2024, time.March, time.Friday), Date("2024-03-22"); got != want {
		t.Errorf("last Friday but Good Friday: %s, want %s", got, want)
	}
}

func TestDeadlineAt(t *testing.T) {
	for _, tt := range []struct {
		day  Date
		at   Clock
		want string
	}{
		{"2024-01-30", "17:00", "2024-01-30T15:00:00Z"},
		{"2024-07-30", "17:00", "2024-07-30T14:00:00Z"},
		{"2024-03-31", "", "2024-03-31T21:00:00Z"}, // 23 hours long
		{"2024-10-27", "", "2024-10-27T22:00:00Z"}, // 25 hours long
	} {
		if got := DeadlineAt(tt.day, tt.at).UTC().Format(time.RFC3339); got != tt.want {
			t.Errorf("%s %s: %s, want %s", tt.day, tt.at, got, tt.want)
		}
	}
}

func TestWorkingDaysHoldTogether(t *testing.T) {
	c := DefaultCalendar()
	rapid.Check(t, func(t *rapid.T) {
		d := Date("1990-01-01").AddDays(rapid.IntRange(60, 20000).Draw(t, "day"))
		n := rapid.IntRange(1, 40).Draw(t, "n")
		before, after := c.WorkingDaysBefore(d, n), c.WorkingDaysAfter(d, n)
		if !c.IsWorkingDay(before) || !c.IsWorkingDay(after) {
			t.Fatalf("%s or %s is not worked", before, after)
		}
		if got := worked(c, before, d); got != n {
			t.Fatalf("%d working days from %s until before %s, want %d", got, before, d, n)
		}
		if got := worked(c, d.AddDays(1), after.AddDays(1)); got != n {
			t.Fatalf("%d working days after %s until %s, want %d", got, d, after, n)
		}
		if c.IsWorkingDay(d) && (c.WorkingDaysAfter(before, n) != d || c.WorkingDaysBefore(after, n) != d) {
			t.Fatalf("there and back from %s is another day", d)
		}
		if next := c.WorkingDaysBefore(d.AddDays(1), n); next < before {
			t.Fatalf("a day later the deadline is earlier: %s, %s", next, before)
		}
	})
}

// worked counts the working days from a day until before another.
func worked(c Calendar, from, until Date) int {
	n := 0
	for d := from; d < until; d = d.AddDays(1) {
		if c.IsWorkingDay(d) {
			n++
		}
	}
	return n
}

func TestMovingDaysKeepsTheirNumber(t *testing.T) {
	for year := 2024; year <= 2026; year++ {
		from, until := Day(year, 1, 1), Day(year+1, 1, 1)
		if got, want := worked(DefaultCalendar(), from, until), worked(Calendar{}, from, until); got != want {
			t.Errorf("%d: %d working days, without the moves %d", year, got, want)
		}
	}
}

func TestCalendarValidateRefuses(t *testing.T) {
	for _, tt := range []struct {
		name string
		c    Calendar
		want []string
	}{
		{"a day that is none", Calendar{Moved: []MovedDay{{"2027-02-30", ""}}},
			[]string{"moved[0].free problem.date", "moved[0].worked problem.date"}},
		{"a free day on a weekend, a worked one that is no Saturday", Calendar{Moved: []MovedDay{{"2027-01-09", "2027-01-10"}}},
			[]string{"moved[0].free problem.calendar.weekday", "moved[0].worked problem.calendar.saturday"}},
		{"moving a holiday, working on one", Calendar{Moved: []MovedDay{{"2027-11-18", "2027-05-01"}}},
			[]string{"moved[0].free problem.calendar.holiday", "moved[0].worked problem.calendar.holiday"}},
		{"a day moved twice", Calendar{Moved: []MovedDay{{"2027-05-03", "2027-05-08"}, {"2027-05-03", "2027-05-08"}}},
			[]string{"moved[1].free problem.calendar.twice", "moved[1].worked problem.calendar.twice"}},
		{"an extra day without a name, or that is a holiday", Calendar{Extra: []ExtraDay{{Date: "2028-05-04", NameEN: "Festival"}}},
			[]string{"extra[0].name problem.text.missing", "extra[0].date problem.calendar.holiday"}},
		{"an extra day that is moved", Calendar{Extra: []ExtraDay{{Date: "2028-07-10", Name: "Svētki", NameEN: "Festival"}},
			Moved: []MovedDay{{"2028-07-10", "2028-07-15"}}}, []string{"moved[0].free problem.calendar.twice"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, faults(t, tt.c.Validate())); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEditedCalendarCounts(t *testing.T) {
	c := DefaultCalendar()
	c.Moved = append(slices.Clone(c.Moved), MovedDay{Free: "2027-05-03", Worked: "2027-05-08"})
	if err := c.Validate(); err != nil {
		t.Fatal(err)
	}
	if got, want := c.WorkingDaysAfter("2027-05-07", 1), Date("2027-05-08"); got != want {
		t.Errorf("next working day %s, want %s", got, want)
	}
	if got, want := c.WorkingDaysBefore("2027-05-05", 2), Date("2027-04-29"); got != want {
		t.Errorf("two working days before %s, want %s", got, want)
	}
}

func BenchmarkWorkingDaysBefore(b *testing.B) {
	c := DefaultCalendar()
	for b.Loop() {
		c.WorkingDaysBefore("2025-11-26", 10)
	}
}

func BenchmarkIsWorkingDay(b *testing.B) {
	c := DefaultCalendar()
	for b.Loop() {
		c.IsWorkingDay("2025-02-26")
	}
}
