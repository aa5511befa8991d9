package agenda

import (
	"sort"
	"time"

	"padome/council"
)

// regularDays are the days that the calendar gives regular sessions from a month
// on, in order and as far as they were asked for. A forecast asks for the same
// ones at each of its sessions.
type regularDays struct {
	calendar *council.Calendar
	weekday  time.Weekday
	month    council.Date // the first of the next month to look at
	days     []council.Date
}

func newRegularDays(in *Input, from council.Date) *regularDays {
	return &regularDays{calendar: &in.Calendar, weekday: in.Settings.Weekday, month: from[:8] + "01"}
}

// upTo counts the days up to one, that included.
func (r *regularDays) upTo(day council.Date) int {
	for r.month <= day {
		r.days = append(r.days, r.calendar.RegularDate(r.month.Year(), time.Month(month(r.month)), r.weekday))
		r.month = r.month.AddMonths(1)
	}
	return sort.Search(len(r.days), func(i int) bool { return r.days[i] > day })
}

// regularUntil counts the regular sessions after this one, up to a day, that
// the calendar gives. A regular session stands for its month's.
func (b *building) regularUntil(by council.Date) int {
	after := b.in.Session.Date
	if b.in.Session.Kind == council.Regular {
		after = after[:8] + "31"
	}
	if by <= after {
		return 0
	}
	if b.days == nil {
		b.days = newRegularDays(b.in, b.in.Session.Date)
	}
	return b.days.upTo(by) - b.days.upTo(after)
}
