package agenda

import (
	"strconv"
	"strings"
	"time"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
)

// annualReview is P10: the plan is reviewed and evaluated once per calendar
// year, by review_by. The plan's own approval counts for its first year.
var annualReview = Rule{
	ID: "P10", Hard: true,
	Params: []Param{{Name: "review_by", Kind: MonthDay, Default: "03-31"}, number("minutes", 30, 10, 120)},
	Add: func(b *building, s rules) {
		year := b.in.Session.Date.Year()
		if !b.reviewOpen(year) {
			return
		}
		id := reviewID(year)
		title := locale.Text(locale.LV, "title.review", problem.Pairs("year", strconv.Itoa(year)))
		e := b.standing(id, Review, title, s.number("minutes"), s.reason("due", "by", string(b.reviewBy(s))))
		if !b.lastBefore(b.reviewBy(s)) {
			e.in, e.must = nil, false
			e.out = []Reason{*s.reason("later", "by", string(b.reviewBy(s)))}
		}
	},
	Check: func(v *view, s rules) []Breach {
		year := v.in.Session.Date.Year()
		if !v.reviewOpen(year) || !v.lastBefore(v.reviewBy(s)) {
			return nil
		}
		if _, ok := v.on[reviewID(year)]; ok {
			return nil
		}
		return []Breach{s.breach("", "unmet", "by", string(v.reviewBy(s)), "year", strconv.Itoa(year))}
	},
}

const reviewPrefix = "review-"

func reviewID(year int) string { return reviewPrefix + strconv.Itoa(year) }

// reviewYear reads the year out of the id of an annual review.
func reviewYear(id string) (int, bool) {
	s, ok := strings.CutPrefix(id, reviewPrefix)
	if !ok {
		return 0, false
	}
	year, err := strconv.Atoi(s)
	return year, err == nil
}

// reviewOpen reports whether the year's review is still to be held.
func (b *building) reviewOpen(year int) bool {
	_, done := b.past.reviewed[year]
	return !done && year > b.in.Plan.Approved.Year()
}

func (b *building) reviewBy(s rules) council.Date {
	return council.Date(strconv.Itoa(b.in.Session.Date.Year()) + "-" + s.param("review_by"))
}

// lastBefore reports whether no regular session after this one falls on or
// before a day of the same year, or that day is already past.
func (b *building) lastBefore(by council.Date) bool {
	return b.regularUntil(by) == 0
}

// regularUntil counts the regular sessions after this one, up to a day, that
// the calendar gives.
func (b *building) regularUntil(by council.Date) int {
	n := 0
	for first := (b.in.Session.Date[:8] + "01").AddMonths(1); first <= by; first = first.AddMonths(1) {
		if b.in.Calendar.RegularDate(first.Year(), time.Month(month(first)), b.in.Settings.Weekday) <= by {
			n++
		}
	}
	return n
}

// month is the month of a valid date.
func month(d council.Date) int { n, _ := strconv.Atoi(string(d[5:7])); return n }
