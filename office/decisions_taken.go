package office

import (
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

// mostLooked is how many sessions, or open decisions, one page looks through for
// those that a filter chooses.
const mostLooked = 1000

// DecisionsTaken are the decisions that the actor may see and a filter chooses:
// all by their session, the newest first; those still to be carried out by their
// deadline, the nearest first. A page has about as many as it asks for, since the
// decisions of one session stay together; the cursor of the next comes with it.
func (o *Office) DecisionsTaken(ctx context.Context, a council.Actor, f DecisionFilter, p storage.Page) (all []Followed, next string, err error) {
	if err := f.Validate(); err != nil {
		return nil, "", err
	}
	today := o.Today()
	all, err = storage.Read(ctx, o.council, func(v *storage.View) ([]Followed, error) {
		found := []Followed{}
		next = p.After
		for range mostLooked {
			some, after, err := someDecisions(v, f.State, next)
			if err != nil {
				return nil, err
			}
			for _, d := range some {
				x, err := followed(v, a, d, today)
				switch {
				case err == nil && f.matches(&x):
					found = append(found, x)
				case err != nil && !isMissing(err):
					return nil, err
				}
			}
			if next = after; next == "" || len(found) >= p.Limit {
				break
			}
		}
		return found, nil
	})
	return all, next, err
}

// someDecisions are those of the next session back, or the next of the open ones.
func someDecisions(v *storage.View, state DecisionState, after string) ([]minutes.Decision, string, error) {
	page := storage.Page{After: after, Limit: 1}
	if state != AllDecisions {
		return v.OpenDecisions(page)
	}
	s, next, err := v.Sessions(storage.Span{NewestFirst: true}, page)
	if err != nil || len(s) == 0 {
		return nil, "", err
	}
	ds, err := v.DecisionsOf(s[0].ID)
	return ds, next, err
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
