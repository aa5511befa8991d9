package agenda

import (
	"iter"
	"maps"
	"slices"
	"time"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
)

// anyOther is P2: the last item, Dažādi, names the next session's date and time
// and its provisional items.
var anyOther = Rule{
	ID: "P2", Hard: true,
	Add: func(b *building, s rules) {
		b.standing(AnyOtherID, AnyOther, locale.Text(locale.LV, "title.any-other", nil),
			b.minutesOf("other", 15), s.reason("last"))
	},
	Check: func(v *view, s rules) []Breach {
		n := len(v.items)
		if n == 0 || v.items[n-1].Kind != AnyOther {
			return []Breach{s.breach("", "unmet")}
		}
		next := nextSession(v.in).Reason.Facts
		for _, d := range v.items[n-1].Details {
			if maps.Equal(d.Reason.Facts, next) {
				return nil
			}
		}
		return []Breach{s.breach(v.items[n-1].ID, "missing", "date", next["date"], "time", next["time"])}
	},
}

// nameNext lets the last item, Dažādi, name the next session and its provisional
// items: the first of those left out that this one has no room for.
func (d *Draft) nameNext(in *Input, out []LeftOut) {
	if last := len(d.Items) - 1; last >= 0 && d.Items[last].Kind == AnyOther {
		d.Items[last].Details = append([]Detail{nextSession(in)}, provisional(out)...)
	}
}

// nextSession is the planned next session, or the date the calendar gives it.
func nextSession(in *Input) Detail {
	next := in.Next
	key := "detail.next"
	if next.Date == "" {
		next.Date, next.Starts = in.nextRegular(), in.Settings.Starts
		key = "detail.next-proposed"
	}
	if !next.Starts.Valid() {
		next.Starts = in.Session.Starts
	}
	return Detail{Ref: next.ID, Reason: Reason{Rule: "P2", Key: key,
		Facts: problem.Pairs("date", string(next.Date), "time", string(next.Starts))}}
}

// nextRegular is the first regular session after this one that the calendar
// gives.
func (in *Input) nextRegular() council.Date {
	for d := range in.regularDates() {
		return d
	}
	return ""
}

// regularDates are the days of the regular sessions after this one, without
// end. A regular session stands for its month's; after any other the month's
// own may still come.
func (in *Input) regularDates() iter.Seq[council.Date] {
	first := in.Session.Date[:8] + "01"
	if in.Session.Kind == council.Regular {
		first = first.AddMonths(1)
	}
	return func(yield func(council.Date) bool) {
		for ; ; first = first.AddMonths(1) {
			d := in.Calendar.RegularDate(first.Year(), time.Month(month(first)), in.Settings.Weekday)
			if d > in.Session.Date && !yield(d) {
				return
			}
		}
	}
}

// mostProvisional is how many provisional items of the next session are named.
const mostProvisional = 3

// provisional are the first candidates that this session had no room for.
func provisional(out []LeftOut) []Detail {
	var ds []Detail
	for i := range out {
		if len(ds) < mostProvisional && forRoom(out[i].Reasons) {
			ds = append(ds, Detail{Ref: out[i].ID, Reason: Reason{Rule: "P2", Key: "detail.provisional",
				Facts: problem.Pairs("title", out[i].Title)}})
		}
	}
	return ds
}

// forRoom reports whether reasons say that the session had no room or time left.
func forRoom(reasons []Reason) bool {
	return slices.ContainsFunc(reasons, func(r Reason) bool { return r.Rule == "P20" || r.Rule == "P21" || r.Rule == "P15" })
}

// withoutRoom are the entries that provisional would choose, in their order.
func (b *building) withoutRoom() []LeftOut {
	n := 0
	return b.leftOut(func(e *entry) bool {
		if n == mostProvisional || e.noRoom == nil && len(e.bars) == 0 || !forRoom(b.whyNot(e)) {
			return false
		}
		n++
		return true
	})
}
