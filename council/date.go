package council

import (
	"time"
)

// Date is a calendar day in Europe/Riga, written 2024-01-31. The empty Date
// means "not set". Dates compare with < as strings. Code that takes a Date from
// outside checks Valid first.
type Date string

// DateOf is the day of an instant in Europe/Riga.
func DateOf(t time.Time) Date { return Date(t.In(Riga).Format(time.DateOnly)) }

// Day makes a Date; days outside the month roll over as in time.Date.
func Day(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
}

// Valid reports whether d is a real day written 2024-01-31, in the years 1990 to 2999.
func (d Date) Valid() bool {
	t, err := time.Parse(time.DateOnly, string(d))
	return err == nil && t.Year() >= 1990 && t.Year() < 3000
}

// time is midnight UTC of a valid date; the zero time for any other.
func (d Date) time() time.Time {
	t, _ := time.Parse(time.DateOnly, string(d))
	return t
}

// Year is the calendar year, 0 for a date not set.
func (d Date) Year() int {
	if d == "" {
		return 0
	}
	return d.time().Year()
}

// Month is the calendar month of a valid date.
func (d Date) Month() time.Month { return d.time().Month() }

// Weekday is the day of the week of a valid date.
func (d Date) Weekday() time.Weekday { return d.time().Weekday() }

// AddDays is the day n days later, or earlier for a negative n.
func (d Date) AddDays(n int) Date { return Date(d.time().AddDate(0, 0, n).Format(time.DateOnly)) }

// AddMonths is the same day n months on, or that month's last day where the
// month is shorter (31 January + 1 month = 28 or 29 February).
func (d Date) AddMonths(n int) Date {
	t := d.time()
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Day(first.Year(), first.Month(), min(t.Day(), last))
}

// DaysUntil counts the days from d to e, negative when e is earlier.
func (d Date) DaysUntil(e Date) int { return int(e.time().Sub(d.time()).Hours() / 24) }

// Clock is a time of day in Europe/Riga, written 11:00. The empty Clock means
// "not set".
type Clock string

// Valid reports whether c is a time of day written 11:00.
func (c Clock) Valid() bool {
	_, err := time.Parse("15:04", string(c))
	return err == nil && len(c) == 5
}

// Minutes counts from midnight; 0 for a time not set.
func (c Clock) Minutes() int {
	t, _ := time.Parse("15:04", string(c))
	return t.Hour()*60 + t.Minute()
}

// Add is the time of day n minutes later, within the same day.
func (c Clock) Add(n int) Clock {
	m := min(max(c.Minutes()+n, 0), 24*60-1)
	return Clock(time.Date(2000, 1, 1, m/60, m%60, 0, 0, time.UTC).Format("15:04"))
}

// At is the instant of a time of day on a date, in Europe/Riga.
func (d Date) At(c Clock) time.Time {
	t := d.time()
	m := c.Minutes()
	return time.Date(t.Year(), t.Month(), t.Day(), m/60, m%60, 0, 0, Riga)
}
