package agenda

import (
	"strconv"
	"strings"

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
		title := locale.Text(locale.LV, "title.review", problem.Pairs("year", strconv.Itoa(year)))
		why := s.reason(b.reviewKey(s), "by", string(b.reviewBy(s)))
		e := b.standing(ReviewID(year), Review, title, s.number("minutes"), why)
		e.must = s.Setting.Hard
		if !b.reviewDue(s) {
			e.grounds, e.bars = nil, []Reason{*why}
		}
	},
	Check: func(v *view, s rules) []Breach {
		year := v.in.Session.Date.Year()
		if !v.reviewOpen(year) || !v.reviewDue(s) {
			return nil
		}
		if _, ok := v.on[ReviewID(year)]; ok {
			return nil
		}
		key := "unmet"
		if v.reviewKey(s) == "overdue" {
			key = "unmet-overdue"
		}
		return []Breach{s.breach("", key, "by", string(v.reviewBy(s)), "year", strconv.Itoa(year))}
	},
}

const reviewPrefix = "review-"

// ReviewID is the id of the annual review of the plan in a year.
func ReviewID(year int) string { return reviewPrefix + strconv.Itoa(year) }

// reviewYear reads the year out of the id of an annual review.
func reviewYear(id string) (int, bool) {
	if len(id) != len(reviewPrefix)+len("2024") || !strings.HasPrefix(id, reviewPrefix) {
		return 0, false
	}
	year, err := strconv.Atoi(id[len(reviewPrefix):])
	return year, err == nil
}

// IsReview reports whether an item is the annual review of the plan.
func IsReview(item string) bool {
	_, ok := reviewYear(item)
	return ok
}

// reviewOpen reports whether the year's review is still to be held.
func (b *building) reviewOpen(year int) bool {
	_, done := b.past.reviewed[year]
	return !done && year > b.tasks.begun.Year()
}

// reviewDue reports whether the review may not wait for another regular
// session.
func (b *building) reviewDue(s rules) bool {
	key := b.reviewKey(s)
	return key == "due" || key == "overdue"
}

// reviewKey is what there is to say of this session and a review that is still
// to be held.
func (b *building) reviewKey(s rules) string {
	switch by := b.reviewBy(s); {
	case b.in.Session.Kind != council.Regular:
		return "regular-only"
	case by < b.in.Session.Date:
		return "overdue"
	case b.regularUntil(by) == 0:
		return "due"
	}
	return "later"
}

func (b *building) reviewBy(s rules) council.Date {
	return council.Date(strconv.Itoa(b.in.Session.Date.Year()) + "-" + s.param("review_by"))
}

// month is the month of a valid date.
func month(d council.Date) int { n, _ := strconv.Atoi(string(d[5:7])); return n }
