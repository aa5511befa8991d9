package office

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
	"padome/storage"
)

// Followed is a decision with the day by which it is to be carried out: of one
// that is due at the next session that session's, once it is planned.
type Followed struct {
	minutes.Decision
	Due     council.Date
	Overdue bool
}

// DecisionState is which decisions a list has.
type DecisionState string

const (
	AllDecisions     DecisionState = ""
	OpenOnes         DecisionState = "open"
	OverdueDecisions DecisionState = "overdue"
)

// DecisionFilter chooses decisions; a field that is empty chooses all.
type DecisionFilter struct {
	State     DecisionState
	Addressee string // a part of its name, whatever the case
	Measure   int    // of the plan, as it read in the revision of each
}

// Validate says what is wrong with a filter.
func (f DecisionFilter) Validate() error {
	var l problem.List
	if f.State != AllDecisions && f.State != OpenOnes && f.State != OverdueDecisions {
		l.Add("state", "problem.choice", "value", string(f.State), "choices", "open, overdue")
	}
	if f.Measure < 0 || f.Measure > 99 {
		l.Add("measure", "problem.range", "value", strconv.Itoa(f.Measure), "least", "1", "most", "99")
	}
	return l.Err()
}

func (f *DecisionFilter) matches(x *Followed) bool {
	return (f.State != OpenOnes || x.Status.Open()) && (f.State != OverdueDecisions || x.Overdue) &&
		(f.Addressee == "" || strings.Contains(strings.ToLower(x.Addressee), strings.ToLower(f.Addressee))) &&
		(f.Measure == 0 || slices.ContainsFunc(x.Tasks, func(r plan.Ref) bool { return r.Measure == f.Measure }))
}

// mostLooked is how many sessions one page looks through for those that a filter
// chooses.
const mostLooked = 1000

// DecisionsTaken are the decisions that the actor may see and a filter chooses:
// all by their session, the newest first; those still to be carried out by their
// day, the nearest first. Of all, a page has about as many as it asks for, since
// the decisions of one session stay together. The cursor of the next comes with
// it.
func (o *Office) DecisionsTaken(ctx context.Context, a council.Actor, f DecisionFilter, p storage.Page) (all []Followed, next string, err error) {
	if err := f.Validate(); err != nil {
		return nil, "", err
	}
	today := o.Today()
	all, err = storage.Read(ctx, o.council, func(v *storage.View) (found []Followed, err error) {
		if f.State == AllDecisions {
			found, next, err = decisionsBack(v, a, f, p, today)
			return found, err
		}
		open, err := v.AllOpenDecisions()
		if err != nil {
			return nil, err
		}
		if found, err = chosen(v, a, f, open, today); err != nil {
			return nil, err
		}
		slices.SortStableFunc(found, func(x, y Followed) int { return cmp.Compare(orLast(x.Due), orLast(y.Due)) })
		found, next, err = pageOf(found, p)
		return found, err
	})
	return all, next, err
}

// pageOf is the part of a list that was read whole; the id of its last decision
// is the cursor.
func pageOf(all []Followed, p storage.Page) ([]Followed, string, error) {
	if p.After != "" {
		i := slices.IndexFunc(all, func(x Followed) bool { return x.ID == p.After })
		if i < 0 {
			var l problem.List
			l.Add("after", "problem.storage.cursor", "value", p.After)
			return nil, "", l.Err()
		}
		all = all[i+1:]
	}
	if len(all) <= p.Limit {
		return all, "", nil
	}
	return all[:p.Limit], all[p.Limit-1].ID, nil
}

// decisionsBack goes through the sessions, the newest first, until it has as many
// decisions as are asked for.
func decisionsBack(v *storage.View, a council.Actor, f DecisionFilter, p storage.Page, today council.Date) (all []Followed, next string, err error) {
	all, next = []Followed{}, p.After
	for range mostLooked {
		s, after, err := v.Sessions(storage.Span{NewestFirst: true}, storage.Page{After: next, Limit: 1})
		if err != nil || len(s) == 0 {
			return all, "", err
		}
		ds, err := v.DecisionsOf(s[0].ID)
		if err != nil {
			return nil, "", err
		}
		some, err := chosen(v, a, f, ds, today)
		if err != nil {
			return nil, "", err
		}
		all = append(all, some...)
		if next = after; next == "" || len(all) >= p.Limit {
			break
		}
	}
	return all, next, nil
}

// chosen are those of some decisions that the actor may see and a filter chooses.
func chosen(v *storage.View, a council.Actor, f DecisionFilter, ds []minutes.Decision, today council.Date) ([]Followed, error) {
	all := []Followed{}
	for _, d := range ds {
		x, err := followed(v, a, d, today)
		switch {
		case err == nil && f.matches(&x):
			all = append(all, x)
		case err != nil && !isMissing(err):
			return nil, err
		}
	}
	return all, nil
}

// followed is a decision as the actor may see it, with its day.
func followed(v *storage.View, a council.Actor, d minutes.Decision, today council.Date) (Followed, error) {
	d, err := shown(v, a, d)
	if err != nil {
		return Followed{}, err
	}
	next, err := sessionAfter(v, d)
	return Followed{d, d.Due(next), d.Overdue(today, next)}, err
}

// FollowedDecision is Decision with its day, and whether the actor may report how
// it is carried out.
func (o *Office) FollowedDecision(ctx context.Context, a council.Actor, id string) (x Followed, mayReport bool, err error) {
	today := o.Today()
	x, err = storage.Read(ctx, o.council, func(v *storage.View) (Followed, error) {
		d, err := v.Decision(id)
		if err != nil {
			return Followed{}, err
		}
		refused := mayReportOn(v, a, id)
		if k := problem.KindOf(refused); refused != nil && k != problem.Forbidden && k != problem.Unknown && k != problem.NotFound {
			return Followed{}, refused
		}
		mayReport = refused == nil && d.Status.Open()
		return followed(v, a, d, today)
	})
	return x, mayReport, err
}
