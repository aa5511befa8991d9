package office

import (
	"context"
	"strconv"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/storage"
)

// PrinciplesRef names a set of principles: a version by its number, a proposed
// one by its id, or a set that is not stored at all.
type PrinciplesRef struct {
	Version int
	Draft   string
	Set     *agenda.Principles
}

// ParsePrinciplesRef reads a version's number, or the id of a proposed set.
func ParsePrinciplesRef(s string) PrinciplesRef {
	if n, err := strconv.Atoi(s); err == nil && n > 0 && strconv.Itoa(n) == s {
		return PrinciplesRef{Version: n}
	}
	return PrinciplesRef{Draft: s}
}

// resolve is the set that is named. One that is not agreed gets the number it
// would have as the next version.
func (r PrinciplesRef) resolve(v *storage.View, next int) (agenda.Principles, error) {
	switch {
	case r.Version > 0:
		return v.Principles(r.Version)
	case r.Set == nil:
		d, err := v.PrinciplesDraft(r.Draft)
		if err != nil {
			return agenda.Principles{}, err
		}
		r.Set = &d.Content
	}
	p := *r.Set
	p.Version, p.Agreed = next, nil
	return p, p.ValidateProposed()
}

// both are the two sets that are named, for those who may discuss principles. A
// second one that is not agreed is numbered after the first.
func (o *Office) both(v *storage.View, a council.Actor, x, y PrinciplesRef) (p, q agenda.Principles, err error) {
	may, err := o.mayDiscuss(v, a)
	if err != nil {
		return p, q, err
	}
	if err := forbidden(may, a, "problem.principles.compare"); err != nil {
		return p, q, err
	}
	newest, err := v.NewestPrinciples()
	if err != nil {
		return p, q, err
	}
	next := newest.Version + 1
	if p, err = x.resolve(v, next); err != nil {
		return p, q, err
	}
	q, err = y.resolve(v, max(next, p.Version+1))
	return p, q, err
}

// PrinciplesChanges is what the second set of principles has otherwise than the
// first, rule by rule.
func (o *Office) PrinciplesChanges(ctx context.Context, a council.Actor, x, y PrinciplesRef) (agenda.PrinciplesComparison, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (agenda.PrinciplesComparison, error) {
		p, q, err := o.both(v, a, x, y)
		if err != nil {
			return agenda.PrinciplesComparison{}, err
		}
		return agenda.NewComparison(p, q), nil
	})
}

// MaxCompared is the most sessions that one comparison rebuilds: the newest of
// the span.
const MaxCompared = 60

// ComparePrinciples rebuilds the past sessions of a span under two sets of
// principles and says what would have been otherwise, item by item. It changes
// nothing.
func (o *Office) ComparePrinciples(ctx context.Context, a council.Actor, x, y PrinciplesRef, span storage.Span) (agenda.PrinciplesComparison, error) {
	if err := checkSpan(span); err != nil {
		return agenda.PrinciplesComparison{}, err
	}
	var p, q agenda.Principles
	past, err := storage.Read(ctx, o.council, func(v *storage.View) (past storage.PastBuilds, err error) {
		if p, q, err = o.both(v, a, x, y); err != nil {
			return past, err
		}
		return v.PastBuildData(span, MaxCompared)
	})
	if err != nil {
		return agenda.PrinciplesComparison{}, err
	}
	c := agenda.NewComparison(p, q)
	c.Earlier, c.Skipped = past.Earlier, append(c.Skipped, past.Skipped...)
	for _, d := range past.Sessions {
		if err := ctx.Err(); err != nil {
			return agenda.PrinciplesComparison{}, err
		}
		under, err := rebuilt(d, p)
		if err != nil {
			return agenda.PrinciplesComparison{}, err
		}
		other, err := rebuilt(d, q)
		if err != nil {
			return agenda.PrinciplesComparison{}, err
		}
		c.Add(agenda.CompareDrafts(under, other))
	}
	return c, nil
}

// rebuilt is the draft that a past session would have had under some principles.
func rebuilt(d storage.PastBuild, p agenda.Principles) (agenda.Draft, error) {
	in, err := inputUnder(d.BuildData, p)
	if err != nil {
		return agenda.Draft{}, err
	}
	in.Today = council.DateOf(d.Known)
	return agenda.Build(in)
}

func checkSpan(s storage.Span) error {
	var l problem.List
	for _, x := range []struct {
		name string
		day  council.Date
	}{{"from", s.From}, {"until", s.Until}} {
		if x.day != "" && !x.day.Valid() {
			l.Add(x.name, "problem.date", "value", string(x.day))
		}
	}
	if s.From != "" && s.Until != "" && s.From > s.Until {
		l.Add("until", "problem.office.span", "value", string(s.Until), "from", string(s.From))
	}
	return l.Err()
}
