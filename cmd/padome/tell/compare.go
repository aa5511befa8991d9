package tell

import (
	"strconv"

	"padome/agenda"
	"padome/internal/locale"
)

// Titled is the title in a language.
func Titled(lang locale.Lang, lv, en string) string {
	if lang == locale.EN {
		return en
	}
	return lv
}

// ComparedSets tells which two sets of principles are compared.
func (t *Teller) ComparedSets(c *agenda.PrinciplesComparison) {
	for _, s := range []agenda.ComparedSet{c.A, c.B} {
		key := "cmd.principles.title"
		if s.Proposed {
			key = "cmd.compare.proposed"
		}
		t.Line(0, key, "version", strconv.Itoa(s.Version), "title", s.TitleIn(t.lang), "from", string(s.From))
	}
}

// Changes tells what the second set has otherwise than the first.
func (t *Teller) Changes(all []agenda.RuleChange) {
	if len(all) == 0 {
		t.Line(0, "cmd.compare.same")
	}
	for _, c := range all {
		t.Wrapped(1, "– ", c.Text(t.lang))
	}
}

// Comparison tells what would have been otherwise, session by session, and in
// sum. Candidates left out under both for other reasons are counted, or told
// when all are asked for.
func (t *Teller) Comparison(c *agenda.PrinciplesComparison, all bool) {
	t.ComparedSets(c)
	if c.Earlier {
		t.Line(0, "cmd.compare.earlier", "n", strconv.Itoa(len(c.Sessions)))
	}
	for i := range c.Sessions {
		t.session(c, &c.Sessions[i], all)
	}
	if len(c.Skipped) > 0 {
		t.Line(0, "cmd.compare.skipped", "n", strconv.Itoa(len(c.Skipped)))
	}
	t.Print("")
	t.ComparisonSum(c)
}

// ComparisonSum tells the differences in sum.
func (t *Teller) ComparisonSum(c *agenda.PrinciplesComparison) {
	n := func(d agenda.Divergence) string { return strconv.Itoa(c.Sum.Items[d]) }
	t.Line(0, "cmd.compare.sum", "n", strconv.Itoa(c.Sum.Sessions), "differing", strconv.Itoa(c.Sum.Differing),
		"a", strconv.Itoa(c.A.Version), "b", strconv.Itoa(c.B.Version), "onlyA", n(agenda.OnlyUnderA), "onlyB", n(agenda.OnlyUnderB),
		"place", n(agenda.OtherPlace), "minutes", n(agenda.OtherMinutes), "kind", n(agenda.OtherKind), "reasons", n(agenda.OtherReasons),
		"breachesA", strconv.Itoa(c.Sum.BreachesA), "breachesB", strconv.Itoa(c.Sum.BreachesB))
}

func (t *Teller) session(c *agenda.PrinciplesComparison, s *agenda.SessionComparison, all bool) {
	t.Title("cmd.compare.session", "date", string(s.Date), "n", strconv.Itoa(s.Alike),
		"a", strconv.Itoa(s.MinutesA), "b", strconv.Itoa(s.MinutesB))
	if !s.Differs() {
		t.Line(1, "cmd.compare.alike")
	}
	for i := range s.Items {
		t.item(c, &s.Items[i])
	}
	if all {
		for i := range s.LeftOut {
			t.item(c, &s.LeftOut[i])
		}
	} else if n := len(s.LeftOut); n > 0 {
		t.Line(1, "cmd.compare.left-out", "n", strconv.Itoa(n))
	}
	t.breaches("cmd.compare.breaches", c.A, s.BreachesA)
	t.breaches("cmd.compare.breaches", c.B, s.BreachesB)
}

func (t *Teller) item(c *agenda.PrinciplesComparison, it *agenda.ItemComparison) {
	m := agenda.Matter{ID: it.ID, Source: it.Source, Title: it.Title, Tasks: it.Tasks}
	t.Wrapped(1, "– ", title(t.lang, &m))
	for _, s := range it.Sentences {
		t.Wrapped(2, "", s.Text(t.lang))
	}
	if len(it.Differs) == 1 && (it.Differs[0] == agenda.OtherPlace || it.Differs[0] == agenda.OtherMinutes) {
		return // which says all
	}
	t.grounds(c.A, it.A, it.B)
	t.grounds(c.B, it.B, it.A)
}

// grounds tells the reasons that an item has under one set and not under the
// other.
func (t *Teller) grounds(s agenda.ComparedSet, under, not agenda.ItemUnder) {
	for _, r := range under.ReasonsNotIn(not) {
		t.Wrapped(3, strconv.Itoa(s.Version)+": ", r.Text(t.lang))
	}
}

func (t *Teller) breaches(key string, s agenda.ComparedSet, all []agenda.Breach) {
	if len(all) == 0 {
		return
	}
	t.Line(1, key, "version", strconv.Itoa(s.Version))
	for _, b := range all {
		t.breach(2, b)
	}
}

// GoneAgainst tells how often each soft rule was gone against, with the reasons.
func (t *Teller) GoneAgainst(g *agenda.GoneAgainst) {
	if g.Versions == 0 {
		t.Line(0, "cmd.overrides.none")
		return
	}
	t.Line(0, "cmd.overrides.sum", "n", strconv.Itoa(g.Versions), "approved", strconv.Itoa(g.Approved))
	for i := range g.Rules {
		t.overrides("cmd.overrides.rule", &g.Rules[i])
	}
	if g.ByHand.Submitted > 0 {
		t.overrides("cmd.overrides.by-hand", &g.ByHand)
	}
}

func (t *Teller) overrides(key string, r *agenda.RuleOverrides) {
	t.Line(0, key, "rule", r.Rule, "n", strconv.Itoa(r.Submitted), "approved", strconv.Itoa(r.Approved))
	for _, e := range r.Entries {
		state := "cmd.overrides.not-approved"
		if e.Approved {
			state = "cmd.overrides.approved"
		}
		t.Bullet(1, "cmd.overrides.entry", "date", string(e.Date), "version", strconv.Itoa(e.Version), "name", e.Name,
			"reason", e.Reason, "state", t.Say(state))
	}
}
