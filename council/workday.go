package council

import "time"

// WorkingDaysBefore is the last day on which something is still done not later
// than n working days before d: d itself is skipped and n working days are
// walked back. It is d for an n below 1.
func (c Calendar) WorkingDaysBefore(d Date, n int) Date { return c.walk(d, n, -1) }

// WorkingDaysAfter is the n-th working day after d, d itself not counted. It is
// d for an n below 1.
func (c Calendar) WorkingDaysAfter(d Date, n int) Date { return c.walk(d, n, 1) }

func (c Calendar) walk(d Date, n, step int) Date {
	for n > 0 {
		d = d.AddDays(step)
		if c.IsWorkingDay(d) {
			n--
		}
	}
	return d
}

// LastWeekday is the last day of a month that is a given day of the week.
func LastWeekday(year int, month time.Month, day time.Weekday) Date {
	last := Day(year, month+1, 0)
	return last.AddDays(-(int(last.Weekday()-day) + 7) % 7)
}

// LastWednesday is the council's own regular day (P24), worked or not.
func LastWednesday(year int, month time.Month) Date {
	return LastWeekday(year, month, time.Wednesday)
}

// RegularDate is the day of a month's regular session (P24): the last given day
// of the week, or that day of the week before, where it is not a working day.
func (c Calendar) RegularDate(year int, month time.Month, day time.Weekday) Date {
	d := LastWeekday(year, month, day)
	for !c.IsWorkingDay(d) {
		d = d.AddDays(-7)
	}
	return d
}

// DeadlineAt is the instant a deadline runs out, in Europe/Riga: at the time of
// day, or at the end of the day where no time is set. What happens before it is
// in time.
func DeadlineAt(d Date, c Clock) time.Time {
	if c == "" {
		return d.AddDays(1).At("00:00")
	}
	return d.At(c)
}
