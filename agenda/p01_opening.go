package agenda

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
)

// opening is P1: the first item approves the earlier minutes and this agenda.
var opening = Rule{
	ID: "P1", Hard: true,
	Params: []Param{{Name: "opening", Kind: Choice, Default: "combined", Choices: []string{"combined"}}},
	Add: func(b *building, s rules) {
		b.standing(OpeningID, Opening, locale.Text(locale.LV, "title.opening", nil), b.minutesOf("opening", 5),
			openingReason(b, s), toApprove(b.in)...)
	},
	Check: func(v *view, s rules) []Breach {
		if len(v.items) == 0 || v.items[0].Kind != Opening {
			return []Breach{s.breach("", "unmet")}
		}
		var missing []string
		for _, m := range v.in.unapproved() {
			if !slices.ContainsFunc(v.items[0].Details, func(d Detail) bool { return d.Ref == m.Session }) {
				missing = append(missing, strconv.Itoa(m.Number)+"/"+strconv.Itoa(m.Date.Year()))
			}
		}
		if missing != nil {
			return []Breach{s.breach(v.items[0].ID, "missing", "numbers", strings.Join(missing, "\n"))}
		}
		return nil
	},
}

// Ids of the standing items.
const (
	OpeningID   = "opening"
	ExecutionID = "execution"
	AnyOtherID  = "any-other"
)

func openingReason(b *building, s rules) *Reason {
	if n := len(b.in.unapproved()); n > 0 {
		return s.reason("minutes", "n", strconv.Itoa(n))
	}
	return s.reason("agenda")
}

// unapproved are the signed minutes of earlier sessions that wait for approval,
// oldest first.
func (in *Input) unapproved() []UnapprovedMinutes {
	all := slices.DeleteFunc(slices.Clone(in.Unapproved), func(m UnapprovedMinutes) bool { return !in.earlier(m.Session, m.Date) })
	slices.SortFunc(all, func(x, y UnapprovedMinutes) int {
		return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(x.Number, y.Number), cmp.Compare(x.Session, y.Session))
	})
	return all
}

// toApprove lists them below the opening's title.
func toApprove(in *Input) []Detail {
	var ds []Detail
	for _, m := range in.unapproved() {
		ds = append(ds, Detail{Ref: m.Session, Reason: Reason{Rule: "P1", Key: "detail.minutes",
			Facts: problem.Pairs("date", string(m.Date), "number", strconv.Itoa(m.Number))}})
	}
	return ds
}

// minutesOf is the time P20 gives a standing item, or a value without P20.
func (b *building) minutesOf(param string, without int) int {
	if t, ok := b.rule("P20"); ok {
		return t.number(param)
	}
	return without
}

// TitleIn is the title in a language: standing items have one in each, all
// others are titled by people, in the council's language.
func (m *Matter) TitleIn(lang locale.Lang) string {
	if m.Source != Standing {
		return m.Title
	}
	if m.TitleEN != "" {
		return byLang(lang, m.Title, m.TitleEN)
	}
	if year, ok := reviewYear(m.ID); ok {
		return locale.Text(lang, "title.review", problem.Pairs("year", strconv.Itoa(year)))
	}
	return locale.Text(lang, "title."+m.ID, nil)
}

// MayPrepare reports whether the actor may build, edit and submit agendas.
func MayPrepare(a council.Actor) bool { return a.Holds(council.Secretariat) || a.Operator }
