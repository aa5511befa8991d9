package agenda

import (
	"cmp"
	"slices"

	"padome/council"
)

// delegates is P23: each delegate of the council to another body reports at
// least once in so many months. The report comes on by a standing item at the
// last regular session that can still keep that; before, it can be brought on by
// hand.
var delegates = Rule{
	ID:     "P23",
	Params: []Param{number("months", 12, 1, 36), number("minutes", 10, 5, 60)},
	Add: func(b *building, s rules) {
		for i := range b.in.Delegations {
			b.report(s, &b.in.Delegations[i])
		}
	},
	Check: func(v *view, s rules) []Breach {
		var bs []Breach
		for i := range v.in.Delegations {
			d := &v.in.Delegations[i]
			id := delegationPrefix + d.ID
			if key := v.reportKey(s, d); (key == "due" || key == "late") && v.on[id] == nil {
				bs = append(bs, Breach{Reason: *v.reporting(s, "unmet", d), Hard: s.Setting.Hard, Item: id})
			}
		}
		slices.SortFunc(bs, func(x, y Breach) int { return cmp.Compare(x.Item, y.Item) })
		return bs
	},
}

// delegationPrefix begins the ids of delegates' reports.
const delegationPrefix = "delegation-"

// report brings a delegate's report on, or leaves it to a later session.
func (b *building) report(s rules, d *Delegation) {
	key := b.reportKey(s, d)
	why := b.reporting(s, key, d)
	e := b.standing(delegationPrefix+d.ID, Information, "", s.number("minutes"), why)
	e.titled("title.delegation", "body", d.named())
	e.Presenters, e.must = []string{d.Delegate}, s.Setting.Hard
	if key != "due" && key != "late" {
		e.grounds, e.bars = nil, []Reason{*why}
	}
}

// named is the body's name in both languages, one to a line.
func (d *Delegation) named() string {
	if d.BodyEN == "" {
		return d.Body
	}
	return d.Body + "\n" + d.BodyEN
}

// reported is the day from which a delegate's next report is waited for.
func (b *building) reported(d *Delegation) council.Date {
	return max(d.Since, b.past.standing[delegationPrefix+d.ID])
}

// reportKey is what there is to say of this session and a delegate's report.
func (b *building) reportKey(s rules, d *Delegation) string {
	switch until := b.reported(d).AddMonths(s.number("months")); {
	case b.in.Session.Kind != council.Regular:
		return "regular-only"
	case until < b.in.Session.Date:
		return "late"
	case b.regularUntil(until) == 0:
		return "due"
	}
	return "later"
}

func (b *building) reporting(s rules, key string, d *Delegation) *Reason {
	since := b.reported(d)
	return s.reason(key, "delegate", d.Delegate, "body", d.named(), "since", string(since), "months", s.param("months"),
		"until", string(since.AddMonths(s.number("months"))))
}
