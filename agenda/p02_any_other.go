package agenda

import (
	"time"

	"padome/internal/locale"
	"padome/internal/problem"
)

// anyOther is P2: the last item, Dažādi, names the next session's date and time
// and its provisional items.
var anyOther = Rule{
	ID: "P2", Hard: true,
	Add: func(b *building, s rules) {
		b.standing(AnyOtherID, AnyOther, locale.Text(locale.LV, "title.any-other", nil),
			b.minutesOf("other", 15), s.reason("last"), nextSession(b.in))
	},
	Check: func(v *view, s rules) []Breach {
		if n := len(v.items); n == 0 || v.items[n-1].Kind != AnyOther {
			return []Breach{s.breach("", "unmet")}
		}
		return nil
	},
}

// nextSession is the planned next session, or the date the calendar gives it.
func nextSession(in *Input) Detail {
	next := in.Next
	key := "detail.next"
	if next.Date == "" {
		first := (in.Session.Date[:8] + "01").AddMonths(1)
		next.Date = in.Calendar.RegularDate(first.Year(), time.Month(month(first)), in.Settings.Weekday)
		next.Starts = in.Session.Starts
		key = "detail.next-proposed"
	}
	return Detail{Ref: next.ID, Reason: Reason{Rule: "P2", Key: key,
		Facts: problem.Pairs("date", string(next.Date), "time", string(next.Starts))}}
}

// provisional are the first candidates that this session had no room for.
func provisional(out []LeftOut) []Detail {
	var ds []Detail
	for i := range out {
		if len(ds) == 3 {
			break
		}
		for _, r := range out[i].Reasons {
			if r.Rule == "P20" || r.Rule == "P21" || r.Rule == "P15" {
				ds = append(ds, Detail{Ref: out[i].ID, Reason: Reason{Rule: "P2", Key: "detail.provisional",
					Facts: problem.Pairs("title", out[i].Title)}})
				break
			}
		}
	}
	return ds
}
