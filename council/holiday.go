package council

import "time"

// holiday is the message key of the public holiday on a day, or "". Pentecost
// and Mother's Day are always Sundays and change nothing.
func holiday(t time.Time) string {
	_, m, d := t.Date()
	switch int(m)*100 + d {
	case 101:
		return "holiday.new-year"
	case 501:
		return "holiday.labour"
	case 504:
		return "holiday.independence"
	case 623:
		return "holiday.ligo"
	case 624:
		return "holiday.jani"
	case 1118:
		return "holiday.proclamation"
	case 1224:
		return "holiday.christmas-eve"
	case 1225, 1226:
		return "holiday.christmas"
	case 1231:
		return "holiday.new-year-eve"
	}
	if m != time.March && m != time.April {
		return ""
	}
	switch t.YearDay() - easter(t.Year()).YearDay() {
	case -2:
		return "holiday.good-friday"
	case 0:
		return "holiday.easter"
	case 1:
		return "holiday.easter-monday"
	}
	return ""
}

// easter is Easter Sunday of a year in the Gregorian calendar: the Sunday after
// the first full moon, as the church computes it, on or after 21 March.
func easter(year int) time.Time {
	golden := year % 19 // place in the cycle of the moon
	century := year / 100
	// Age of the moon, corrected for the leap days dropped and for the drift of
	// the lunar cycle.
	epact := (century - century/4 - (8*century+13)/25 + 19*golden + 15) % 30
	full := epact - epact/28*(1-29/(epact+1)*((21-golden)/11))
	weekday := (year + year/4 + full + 2 - century + century/4) % 7
	return time.Date(year, time.March, 28+full-weekday, 0, 0, 0, 0, time.UTC)
}

func weekend(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }

func dateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }
