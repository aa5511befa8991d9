package agenda

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/plan"
)

// PrinciplesComparison is what two sets of principles make of the same past sessions.
type PrinciplesComparison struct {
	A        ComparedSet         `json:"a"`
	B        ComparedSet         `json:"b"`
	Changes  []RuleChange        `json:"changes"` // what b has otherwise than a
	Sessions []SessionComparison `json:"sessions"`
	Sum      ComparisonSum       `json:"sum"`
	Earlier  bool                `json:"earlier"` // there are earlier sessions that were not looked at
	Skipped  []string            `json:"skipped"` // sessions without an approved agenda
}

// ComparedSet names one of the two sets.
type ComparedSet struct {
	Version  int          `json:"version"` // the number it would get while it is only proposed
	Title    string       `json:"title"`
	TitleEN  string       `json:"titleEn"`
	From     council.Date `json:"from"`
	Proposed bool         `json:"proposed"` // not agreed yet
}

// TitleIn is the set's title in a language.
func (s ComparedSet) TitleIn(lang locale.Lang) string {
	if lang == locale.EN {
		return s.TitleEN
	}
	return s.Title
}

// Divergence is in what an item differs between the two agendas of a session.
type Divergence string

const (
	OnlyUnderA   Divergence = "only-a"
	OnlyUnderB   Divergence = "only-b"
	OtherPlace   Divergence = "place"
	OtherMinutes Divergence = "minutes"
	OtherKind    Divergence = "kind"
	OtherReasons Divergence = "reasons"
)

// SessionComparison is what differs between the agendas that two sets of
// principles give one session.
type SessionComparison struct {
	Session   string           `json:"session"`
	Date      council.Date     `json:"date"`
	Alike     int              `json:"alike"`     // items that are the same under both
	Items     []ItemComparison `json:"items"`     // that differ, in a's order, then those only b has
	LeftOut   []ItemComparison `json:"leftOut"`   // left out under both, for other reasons
	BreachesA []Breach         `json:"breachesA"` // rules not kept under a only
	BreachesB []Breach         `json:"breachesB"`
	MinutesA  int              `json:"minutesA"` // planned in all
	MinutesB  int              `json:"minutesB"`
}

// Differs reports whether anything is otherwise but reasons to leave out.
func (s *SessionComparison) Differs() bool {
	return len(s.Items) > 0 || len(s.BreachesA) > 0 || len(s.BreachesB) > 0
}

// ItemComparison is one candidate that differs, with how it stands under each.
type ItemComparison struct {
	ID        string       `json:"id"`
	Source    Source       `json:"source"`
	Title     string       `json:"title"`
	TitleEN   string       `json:"titleEn,omitempty"`
	Tasks     []plan.Ref   `json:"tasks,omitempty"`
	Differs   []Divergence `json:"differs"`
	Sentences []Reason     `json:"sentences"` // one for each divergence
	A         ItemUnder    `json:"a"`
	B         ItemUnder    `json:"b"`
}

// ItemUnder is how a candidate stands under one set: on the agenda under its
// number, or left out under 0.
type ItemUnder struct {
	Number  int      `json:"number"`
	Minutes int      `json:"minutes,omitempty"`
	Kind    Kind     `json:"kind,omitempty"`
	Reasons []Reason `json:"reasons"`
}

// ReasonsNotIn are the reasons that the other has not, whichever version of the
// principles they name.
func (p ItemUnder) ReasonsNotIn(o ItemUnder) []Reason {
	return slices.DeleteFunc(slices.Clone(p.Reasons), func(r Reason) bool { return slices.ContainsFunc(o.Reasons, r.sameGround) })
}

// TitleIn is the item's title in a language.
func (c *ItemComparison) TitleIn(lang locale.Lang) string {
	m := Matter{ID: c.ID, Source: c.Source, Title: c.Title, TitleEN: c.TitleEN}
	return m.TitleIn(lang)
}

// ComparisonSum counts the differences over all sessions.
type ComparisonSum struct {
	Sessions  int                `json:"sessions"`
	Differing int                `json:"differing"` // sessions with a difference
	Items     map[Divergence]int `json:"items"`
	BreachesA int                `json:"breachesA"`
	BreachesB int                `json:"breachesB"`
}

// Add adds a session's comparison.
func (c *PrinciplesComparison) Add(s SessionComparison) {
	c.Sessions = append(c.Sessions, s)
	c.Sum.Sessions++
	if s.Differs() {
		c.Sum.Differing++
	}
	for _, it := range s.Items {
		for _, d := range it.Differs {
			c.Sum.Items[d]++
		}
	}
	c.Sum.BreachesA += len(s.BreachesA)
	c.Sum.BreachesB += len(s.BreachesB)
}

// NewComparison is the comparison of two sets before any session.
func NewComparison(a, b Principles) PrinciplesComparison {
	sum := ComparisonSum{Items: map[Divergence]int{}}
	for _, d := range []Divergence{OnlyUnderA, OnlyUnderB, OtherPlace, OtherMinutes, OtherKind, OtherReasons} {
		sum.Items[d] = 0
	}
	return PrinciplesComparison{A: compared(a), B: compared(b), Changes: append([]RuleChange{}, DiffPrinciples(a, b)...),
		Sessions: []SessionComparison{}, Sum: sum, Skipped: []string{}}
}

func compared(p Principles) ComparedSet {
	return ComparedSet{Version: p.Version, Title: p.Title, TitleEN: p.TitleEN, From: p.From, Proposed: len(p.Agreed) == 0}
}

// CompareDrafts is what differs between two drafts for one session. An item has
// another place when it stands otherwise among the items that both have: as few
// are named as can be, so that one more item at the top moves nothing.
func CompareDrafts(a, b Draft) SessionComparison {
	s := SessionComparison{Session: a.Session, Date: a.Date, Items: []ItemComparison{}, LeftOut: []ItemComparison{},
		BreachesA: breachesOnly(a.Unmet, b.Unmet), BreachesB: breachesOnly(b.Unmet, a.Unmet), MinutesA: a.Minutes, MinutesB: b.Minutes}
	x := comparing{a: a.Principles, b: b.Principles, inA: placements(&a), inB: placements(&b), moved: moved(&a, &b)}
	for i := range a.Items {
		if c := x.compare(&a.Items[i].Matter); len(c.Differs) > 0 {
			s.Items = append(s.Items, c)
		} else {
			s.Alike++
		}
	}
	for i := range b.Items {
		if x.inA[b.Items[i].ID].Number == 0 {
			s.Items = append(s.Items, x.compare(&b.Items[i].Matter))
		}
	}
	for i := range a.LeftOut {
		m := &a.LeftOut[i].Matter
		if p, known := x.inB[m.ID]; known && p.Number == 0 {
			if c := x.compare(m); len(c.Differs) > 0 {
				s.LeftOut = append(s.LeftOut, c)
			}
		}
	}
	return s
}

// comparing is two drafts of one session under comparison.
type comparing struct {
	a, b     int // versions
	inA, inB map[string]ItemUnder
	moved    map[string]bool
}

func placements(d *Draft) map[string]ItemUnder {
	all := make(map[string]ItemUnder, len(d.Items)+len(d.LeftOut))
	for i := range d.Items {
		it := &d.Items[i]
		all[it.ID] = ItemUnder{Number: it.Number, Minutes: it.Minutes, Kind: it.Kind, Reasons: it.Reasons}
	}
	for i := range d.LeftOut {
		all[d.LeftOut[i].ID] = ItemUnder{Reasons: d.LeftOut[i].Reasons}
	}
	return all
}

func (x *comparing) compare(m *Matter) ItemComparison {
	c := ItemComparison{ID: m.ID, Source: m.Source, Title: m.Title, TitleEN: m.TitleEN, Tasks: m.Tasks, A: x.inA[m.ID], B: x.inB[m.ID]}
	for _, p := range []*ItemUnder{&c.A, &c.B} {
		if p.Reasons == nil { // a standing item that only one of them has
			p.Reasons = []Reason{}
		}
	}
	a, b := c.A, c.B
	switch {
	case b.Number == 0 && a.Number > 0:
		c.differs(OnlyUnderA, "compare.only", "version", strconv.Itoa(x.a), "number", strconv.Itoa(a.Number), "minutes", strconv.Itoa(a.Minutes))
		return c
	case a.Number == 0 && b.Number > 0:
		c.differs(OnlyUnderB, "compare.only", "version", strconv.Itoa(x.b), "number", strconv.Itoa(b.Number), "minutes", strconv.Itoa(b.Minutes))
		return c
	}
	if x.moved[m.ID] {
		x.both(&c, OtherPlace, strconv.Itoa(a.Number), strconv.Itoa(b.Number))
	}
	if a.Minutes != b.Minutes {
		x.both(&c, OtherMinutes, strconv.Itoa(a.Minutes), strconv.Itoa(b.Minutes))
	}
	if a.Kind != b.Kind {
		x.both(&c, OtherKind, string(a.Kind), string(b.Kind))
	}
	if !slices.EqualFunc(a.Reasons, b.Reasons, Reason.sameGround) {
		c.differs(OtherReasons, "compare.reasons")
	}
	return c
}

func (x *comparing) both(c *ItemComparison, d Divergence, a, b string) {
	c.differs(d, "compare."+string(d), "a", a, "b", b, "versionA", strconv.Itoa(x.a), "versionB", strconv.Itoa(x.b))
}

func (c *ItemComparison) differs(d Divergence, key string, facts ...string) {
	c.Differs = append(c.Differs, d)
	c.Sentences = append(c.Sentences, Reason{Key: key, Facts: problem.Pairs(facts...)})
}

// sameGround reports whether both reasons say the same, whichever version of the
// principles they name.
func (r Reason) sameGround(o Reason) bool {
	if r.Rule != o.Rule || r.Key != o.Key {
		return false
	}
	x, y := maps.Clone(r.Facts), maps.Clone(o.Facts)
	delete(x, "version")
	delete(y, "version")
	return maps.Equal(x, y)
}

func breachesOnly(of, not []Breach) []Breach {
	only := []Breach{}
	for _, b := range of {
		if !slices.ContainsFunc(not, func(o Breach) bool {
			return b.Item == o.Item && b.Hard == o.Hard && b.Reason.sameGround(o.Reason)
		}) {
			only = append(only, b)
		}
	}
	return only
}

// moved are the items that do not keep their order among those on both agendas:
// all but the longest row that does.
func moved(a, b *Draft) map[string]bool {
	place := map[string]int{}
	for i := range b.Items {
		place[b.Items[i].ID] = b.Items[i].Number
	}
	var ids []string
	for i := range a.Items {
		if place[a.Items[i].ID] > 0 {
			ids = append(ids, a.Items[i].ID)
		}
	}
	best, before := make([]int, len(ids)), make([]int, len(ids)) // length of the row that ends here; what stands before in it
	last := -1
	for i := range ids {
		best[i], before[i] = 1, -1
		for j := range i {
			if place[ids[j]] < place[ids[i]] && best[j]+1 > best[i] {
				best[i], before[i] = best[j]+1, j
			}
		}
		if last < 0 || cmp.Less(best[last], best[i]) {
			last = i
		}
	}
	out := map[string]bool{}
	for _, id := range ids {
		out[id] = true
	}
	for ; last >= 0; last = before[last] {
		delete(out, ids[last])
	}
	return out
}
