package agenda

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"padome/internal/locale"
	"padome/internal/problem"
)

// PrinciplesChange is what sort of difference there is between two versions.
type PrinciplesChange string

const (
	ChangedTitle   PrinciplesChange = "title"
	ChangedFrom    PrinciplesChange = "from"
	ChangedNote    PrinciplesChange = "note"
	RuleAdded      PrinciplesChange = "rule-added"
	RuleRemoved    PrinciplesChange = "rule-removed"
	RuleHardened   PrinciplesChange = "rule-hard" // soft before
	RuleSoftened   PrinciplesChange = "rule-soft" // hard before
	ParamChanged   PrinciplesChange = "param"
	KindChanged    PrinciplesChange = "plan-kind" // what a measure's tasks come on as
	WatchedAdded   PrinciplesChange = "watched-added"
	WatchedRemoved PrinciplesChange = "watched-removed"
	WatchedTask    PrinciplesChange = "watched-task"
	WatchedMonths  PrinciplesChange = "watched-months"
)

// RuleChange is one difference between two versions of the principles. From and
// To are what the earlier and the later one has, where there is a value.
type RuleChange struct {
	Change   PrinciplesChange `json:"change"`
	Rule     string           `json:"rule,omitempty"`
	Param    string           `json:"param,omitempty"`
	Measure  int              `json:"measure,omitempty"`
	Document string           `json:"document,omitempty"` // that is watched
	From     string           `json:"from,omitempty"`
	To       string           `json:"to,omitempty"`
	Sentence Reason           `json:"sentence"`
}

// Text is the difference as a sentence.
func (c RuleChange) Text(lang locale.Lang) string { return c.Sentence.Text(lang) }

// DiffPrinciples is what b has otherwise than a: title, date and note first, then
// the rules in the order of the catalogue, what the measures come on as, and the
// documents that are watched. A parameter that is not named has the catalogue's
// value, so that naming it changes nothing. Who agreed, and the number, are no
// difference.
func DiffPrinciples(a, b Principles) []RuleChange {
	var all []RuleChange
	if a.Title != b.Title || a.TitleEN != b.TitleEN {
		c := RuleChange{Change: ChangedTitle, From: a.Title, To: b.Title}
		c.Sentence = each("principles.change.title", map[locale.Lang]locale.Args{
			locale.LV: {"from": a.Title, "to": b.Title}, locale.EN: {"from": a.TitleEN, "to": b.TitleEN}})
		all = append(all, c)
	}
	if a.From != b.From {
		all = append(all, RuleChange{Change: ChangedFrom, From: string(a.From), To: string(b.From)}.said("principles.change.from"))
	}
	if a.Note != b.Note || a.NoteEN != b.NoteEN {
		all = append(all, RuleChange{Change: ChangedNote, From: a.Note, To: b.Note}.said("principles.change.note"))
	}
	for _, r := range ruleList {
		all = append(all, diffRule(r, &a, &b)...)
	}
	return slices.Concat(all, diffKinds(&a, &b), diffWatched(&a, &b))
}

// said gives the difference its sentence.
func (c RuleChange) said(key string, more ...string) RuleChange {
	facts := problem.Pairs(append([]string{"from", c.From, "to", c.To}, more...)...)
	c.Sentence = Reason{Rule: c.Rule, Key: key, Facts: facts}
	return c
}

// each is a sentence whose facts differ by language.
func each(key string, facts map[locale.Lang]locale.Args) Reason {
	r := Reason{Key: key, Facts: facts[locale.LV], said: map[locale.Lang]string{}}
	for lang, args := range facts {
		r.said[lang] = locale.Text(lang, key, args)
	}
	return r
}

func diffRule(r Rule, a, b *Principles) []RuleChange {
	was, had := a.Rule(r.ID)
	is, has := b.Rule(r.ID)
	c := RuleChange{Rule: r.ID}
	switch {
	case !had && !has:
		return nil
	case !has:
		c.Change = RuleRemoved
		return []RuleChange{c.said("principles.change.rule-removed", "rule", r.ID)}
	case !had:
		c.Change = RuleAdded
		return append([]RuleChange{c.said(hardness("principles.change.rule-added.", is.Hard), "rule", r.ID)},
			diffParams(r, Setting{}, is, "principles.change.param-set")...)
	}
	all := diffParams(r, was, is, "principles.change.param")
	if was.Hard != is.Hard {
		c.Change = RuleSoftened
		if is.Hard {
			c.Change = RuleHardened
		}
		all = append([]RuleChange{c.said(hardness("principles.change.rule.", is.Hard), "rule", r.ID)}, all...)
	}
	return all
}

func hardness(key string, hard bool) string {
	if hard {
		return key + "hard"
	}
	return key + "soft"
}

func diffParams(r Rule, was, is Setting, key string) []RuleChange {
	var all []RuleChange
	before, after := inUse(r, was), inUse(r, is)
	for _, p := range r.Params {
		from, to := before.param(p.Name), after.param(p.Name)
		if from != to {
			c := RuleChange{Change: ParamChanged, Rule: r.ID, Param: p.Name, From: from, To: to}
			all = append(all, c.said(key, "rule", r.ID, "param", p.Name))
		}
	}
	return all
}

func diffKinds(a, b *Principles) []RuleChange {
	var all []RuleChange
	measures := slices.Sorted(maps.Keys(a.PlanKinds))
	for m := range b.PlanKinds {
		measures = append(measures, m)
	}
	slices.Sort(measures)
	for _, m := range slices.Compact(measures) {
		from, to := a.kindOf(m), b.kindOf(m)
		if from != to {
			c := RuleChange{Change: KindChanged, Measure: m, From: string(from), To: string(to)}
			all = append(all, c.said("principles.change.plan-kind", "measure", strconv.Itoa(m)))
		}
	}
	return all
}

// kindOf is what a measure's tasks come on as.
func (p *Principles) kindOf(measure int) Kind { return cmp.Or(p.PlanKinds[measure], Discussion) }

func diffWatched(a, b *Principles) []RuleChange {
	var all []RuleChange
	for _, w := range a.Watched {
		if !slices.ContainsFunc(b.Watched, w.same) {
			all = append(all, w.change(WatchedRemoved, "", ""))
		}
	}
	for _, w := range b.Watched {
		i := slices.IndexFunc(a.Watched, w.same)
		if i < 0 {
			all = append(all, w.change(WatchedAdded, "", w.task()))
			continue
		}
		was := a.Watched[i]
		if was.task() != w.task() {
			all = append(all, w.change(WatchedTask, was.task(), w.task()))
		}
		if was.Months != w.Months {
			all = append(all, w.change(WatchedMonths, strconv.Itoa(was.Months), strconv.Itoa(w.Months)))
		}
	}
	return all
}

// same reports whether both speak of one document: its title says which.
func (w Watched) same(o Watched) bool { return w.Title == o.Title }

func (w Watched) task() string { return strconv.Itoa(w.Measure) + "." + strconv.Itoa(w.Task) + "." }

func (w Watched) change(change PrinciplesChange, from, to string) RuleChange {
	c := RuleChange{Change: change, Document: w.Title, From: from, To: to}
	key := "principles.change." + string(change)
	switch {
	case change == WatchedMonths && from == "0": // no months of its own: as the rule has it
		key += "-own"
	case change == WatchedMonths && to == "0":
		key += "-rule"
	}
	c.Sentence = each(key, map[locale.Lang]locale.Args{
		locale.LV: {"title": w.Title, "from": from, "to": to},
		locale.EN: {"title": cmp.Or(w.TitleEN, w.Title), "from": from, "to": to}})
	return c
}
