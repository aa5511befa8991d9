package council

import (
	"strconv"
	"time"

	"padome/internal/problem"
	"padome/internal/text"
)

// Calendar says which days are working days. Public holidays follow from the
// law's rules; what the government orders year by year is data that the
// secretariat keeps. The zero Calendar knows the rules alone.
type Calendar struct {
	Moved    []MovedDay `json:"moved"`
	Extra    []ExtraDay `json:"extra"`
	Revision uint64     `json:"revision"`
}

// MovedDay is a working day that is free and worked on a Saturday instead.
type MovedDay struct {
	Free   Date `json:"free"`
	Worked Date `json:"worked"`
}

// ExtraDay is a public holiday that no rule gives, such as the closing day of
// the Song and Dance Festival.
type ExtraDay struct {
	Date   Date   `json:"date"`
	Name   string `json:"name"`
	NameEN string `json:"nameEn"`
	// Substituted holds for the closing day of the festival: on a weekend it
	// gives the next working day off.
	Substituted bool `json:"substituted,omitempty"`
}

// DefaultCalendar is the calendar with the moved working days that are ordered
// so far, 2024 to 2026.
func DefaultCalendar() Calendar {
	return Calendar{Moved: []MovedDay{
		{Free: "2024-12-23", Worked: "2024-12-14"},
		{Free: "2024-12-30", Worked: "2024-12-28"},
		{Free: "2025-05-02", Worked: "2025-05-10"},
		{Free: "2025-11-17", Worked: "2025-11-08"},
		{Free: "2026-01-02", Worked: "2026-01-17"},
		{Free: "2026-06-22", Worked: "2026-06-27"},
	}}
}

// IsWorkingDay reports whether the council's institutions work on a day.
func (c Calendar) IsWorkingDay(d Date) bool {
	_, off := c.DayOff(d)
	return !off
}

// DayOff is why a day is no working day, as a message key; false for a working
// day.
func (c Calendar) DayOff(d Date) (key string, off bool) {
	t := d.time()
	if key, off = c.beforeSubstitutes(t, d); off {
		return key, true
	}
	if c.substitute(t) {
		return "day-off.substitute", true
	}
	return "", false
}

// beforeSubstitutes is DayOff without the days given for holidays on weekends.
func (c Calendar) beforeSubstitutes(t time.Time, d Date) (key string, off bool) {
	if key := holiday(t); key != "" {
		return key, true
	}
	for _, e := range c.Extra {
		if e.Date == d {
			return "day-off.extra", true
		}
	}
	for _, m := range c.Moved {
		switch d {
		case m.Worked:
			return "", false
		case m.Free:
			return "day-off.moved", true
		}
	}
	if weekend(t) {
		return "day-off.weekend", true
	}
	return "", false
}

// reach is how many days after a holiday its substitute is looked for; no run
// of days off after one is as long.
const reach = 10

// substitute reports whether a day that would be worked is given off for a
// holiday on a weekend. Two such holidays give two days.
func (c Calendar) substitute(day time.Time) bool {
	if !c.owedBefore(day) {
		return false
	}
	owed := 0
	for t := day.AddDate(0, 0, -reach); t.Before(day); t = t.AddDate(0, 0, 1) {
		if weekend(t) && c.substituted(t) {
			owed++
		} else if _, off := c.beforeSubstitutes(t, dateOf(t)); !off && owed > 0 {
			owed--
		}
	}
	return owed > 0
}

// owedBefore is a quick look whether any substituted holiday fell on a weekend
// shortly before a day; on most days none did.
func (c Calendar) owedBefore(day time.Time) bool {
	near := func(h time.Time) bool {
		days := int(day.Sub(h).Hours() / 24)
		return days > 0 && days <= reach && weekend(h)
	}
	if near(time.Date(day.Year(), time.May, 4, 0, 0, 0, 0, time.UTC)) ||
		near(time.Date(day.Year(), time.November, 18, 0, 0, 0, 0, time.UTC)) {
		return true
	}
	for _, e := range c.Extra {
		if e.Substituted && near(e.Date.time()) {
			return true
		}
	}
	return false
}

// substituted reports whether the holiday on a day gives another day off when
// it falls on a weekend.
func (c Calendar) substituted(t time.Time) bool {
	if _, m, d := t.Date(); m == time.May && d == 4 || m == time.November && d == 18 {
		return true
	}
	for _, e := range c.Extra {
		if e.Substituted && e.Date == dateOf(t) {
			return true
		}
	}
	return false
}

// Validate tidies the names of the extra days and says what is wrong with the
// calendar.
func (c *Calendar) Validate() error {
	var l problem.List
	seen := map[Date]bool{}
	once := func(field string, d Date) {
		if seen[d] {
			l.Add(field, "problem.calendar.twice", "date", string(d))
		}
		seen[d] = true
	}
	for i := range c.Extra {
		at := "extra[" + strconv.Itoa(i) + "]."
		e := &c.Extra[i]
		text.Line(&l, at+"name", &e.Name, 1, 200)
		text.Line(&l, at+"nameEn", &e.NameEN, 1, 200)
		if !e.Date.Valid() {
			l.Add(at+"date", "problem.date", "value", string(e.Date))
		} else if once(at+"date", e.Date); holiday(e.Date.time()) != "" {
			l.Add(at+"date", "problem.calendar.holiday", "date", string(e.Date))
		}
	}
	for i, m := range c.Moved {
		at := "moved[" + strconv.Itoa(i) + "]."
		if c.movable(&l, at+"free", m.Free, false) {
			once(at+"free", m.Free)
		}
		if c.movable(&l, at+"worked", m.Worked, true) {
			once(at+"worked", m.Worked)
		}
	}
	return l.Err()
}

// movable notes a moved day that cannot be one: a free day must be a weekday, a
// worked one a Saturday, and neither a public holiday.
func (c *Calendar) movable(l *problem.List, field string, d Date, worked bool) bool {
	switch {
	case !d.Valid():
		l.Add(field, "problem.date", "value", string(d))
	case holiday(d.time()) != "":
		l.Add(field, "problem.calendar.holiday", "date", string(d))
	case worked && d.Weekday() != time.Saturday:
		l.Add(field, "problem.calendar.saturday", "date", string(d))
	case !worked && weekend(d.time()):
		l.Add(field, "problem.calendar.weekday", "date", string(d))
	default:
		return true
	}
	return false
}
