package storage

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/plan"
	"padome/storage/store"
)

// standing is the plan, and the principles in force, as a search finds them.
// There is one of each and a revision never changes, so that they need no index:
// their words are found once, and kept while those are the newest.
type standing struct {
	plan, principles int // revision and version
	sources          []standingSource
}

type standingSource struct {
	date    council.Date
	entries []PublishedEntry
	terms   map[string][]int
}

func newStanding(date council.Date, entries []PublishedEntry) standingSource {
	return standingSource{date, entries, termsOf(entries, math.MaxInt)}
}

// standing is what a search finds beside the sessions on a day.
func (v *View) standing(today council.Date) (*standing, error) {
	work, err := v.NewestPlan()
	if err != nil && problem.KindOf(err) != problem.NotFound {
		return nil, err
	}
	all, err := principles.every(v.r, principles.bucket, store.Range{})
	if err != nil {
		return nil, err
	}
	var rules agenda.Principles
	if i := slices.IndexFunc(all, func(p agenda.Principles) bool { return p.From <= today }); i >= 0 {
		rules = all[i]
	}
	if last, ok := v.c.db.standing.Load(v.c.tenant); ok {
		if s := last.(*standing); s.plan == work.Revision && s.principles == rules.Version {
			return s, nil
		}
	}
	s := &standing{work.Revision, rules.Version, []standingSource{
		newStanding(work.Approved, planEntries(&work)), newStanding(rules.From, ruleEntries(&rules))}}
	v.c.db.standing.Store(v.c.tenant, s)
	return s, nil
}

// planEntries are the measures of the plan with their expected results, and
// their tasks.
func planEntries(p *plan.Plan) (all []PublishedEntry) {
	for _, m := range p.Measures {
		number := strconv.Itoa(m.Number)
		all = append(all, PublishedEntry{Kind: PublishedMeasure, Ref: number, Number: number + ".", Title: m.Text,
			Text: strings.Join(m.Results, "\n")})
		for _, t := range m.Tasks {
			if !t.Retired {
				ref := number + "." + strconv.Itoa(t.Number)
				all = append(all, PublishedEntry{Kind: PublishedTask, Ref: ref, Number: ref + ".", Title: t.Text})
			}
		}
	}
	return all
}

// ruleEntries are the rules that the principles have.
func ruleEntries(p *agenda.Principles) (all []PublishedEntry) {
	for _, r := range agenda.Catalogue() {
		if _, ok := p.Rule(r.ID); ok {
			all = append(all, PublishedEntry{Kind: PublishedRule, Ref: r.ID, Number: r.ID, Title: r.Wording(locale.LV),
				TitleEN: r.Wording(locale.EN), Text: r.Ground(locale.LV), TextEN: r.Ground(locale.EN)})
		}
	}
	return all
}
