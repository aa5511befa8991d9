package agenda

import (
	"padome/council"
)

// regularDate is P24: a regular session is on the last Wednesday of its month at
// the council's time, or, where that is no working day, on the Wednesday before.
// Day of the week and time are the council's settings.
var regularDate = Rule{
	ID: "P24",
	Check: func(v *view, s rules) []Breach {
		x, set := v.in.Session, v.in.Settings
		if x.Kind != council.Regular {
			return nil
		}
		var bs []Breach
		if usual := v.in.Calendar.RegularDate(x.Date.Year(), x.Date.Month(), set.Weekday); x.Date != usual {
			bs = append(bs, s.breach("", "day", "date", string(x.Date), "usual", string(usual)))
		} else if x.Starts != set.Starts {
			bs = append(bs, s.breach("", "time", "starts", string(x.Starts), "usual", string(set.Starts)))
		}
		return bs
	},
}
