package office

import (
	"cmp"
	"context"
	"slices"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/storage"
)

// Tracked is a proposal with where it is and, once a session has dealt with it,
// what that decided on it.
type Tracked struct {
	agenda.Proposal
	Whereabouts agenda.Whereabouts
	Decisions   []minutes.Decision
}

// TrackedProposal is Proposal with where it is.
func (o *Office) TrackedProposal(ctx context.Context, a council.Actor, id string) (Tracked, error) {
	if !agenda.MayPropose(a) {
		return Tracked{}, hidden("proposal", id)
	}
	today := o.Today()
	return storage.Read(ctx, o.council, func(v *storage.View) (Tracked, error) {
		p, err := v.Proposal(id)
		if err != nil {
			return Tracked{}, err
		}
		w, err := waits(v, today)
		if err != nil {
			return Tracked{}, err
		}
		t := track(p, &w)
		if p.Session == "" {
			return t, nil
		}
		all, err := v.DecisionsOf(p.Session)
		if err != nil {
			return t, err
		}
		t.Decisions, err = whatIsSeen(v, a, all)
		t.Decisions = slices.DeleteFunc(t.Decisions, func(d minutes.Decision) bool { return d.Item != id })
		return t, err
	})
}

// TrackedProposals is Proposals with where each is: a few reads more, however
// many they are.
func (o *Office) TrackedProposals(ctx context.Context, a council.Actor, p storage.Page) ([]Tracked, string, error) {
	if !agenda.MayPropose(a) {
		return nil, "", forbidden(false, a, "problem.agenda.propose")
	}
	today, next := o.Today(), ""
	all, err := storage.Read(ctx, o.council, func(v *storage.View) ([]Tracked, error) {
		list, after, err := v.Proposals(p)
		if err != nil {
			return nil, err
		}
		next = after
		w, err := waits(v, today)
		all := make([]Tracked, len(list))
		for i := range list {
			all[i] = track(list[i], &w)
		}
		return all, err
	})
	return all, next, err
}

// OwnProposals are those that wait which the actor handed in, the newest first,
// each with where it is.
func (o *Office) OwnProposals(ctx context.Context, a council.Actor) ([]Tracked, error) {
	if !agenda.MayPropose(a) {
		return nil, forbidden(false, a, "problem.agenda.propose")
	}
	today := o.Today()
	return storage.Read(ctx, o.council, func(v *storage.View) ([]Tracked, error) {
		open, err := v.OpenProposals()
		if err != nil {
			return nil, err
		}
		w, err := waits(v, today)
		own := []Tracked{}
		for _, p := range open {
			if a.Person != "" && p.By == a.Person {
				own = append(own, track(p, &w))
			}
		}
		slices.SortFunc(own, func(a, b Tracked) int { return cmp.Or(b.Submitted.Compare(a.Submitted), cmp.Compare(b.ID, a.ID)) })
		return own, err
	})
}

func track(p agenda.Proposal, w *agenda.Waits) Tracked {
	return Tracked{Proposal: p, Whereabouts: p.Whereabouts(w.Coming, w.Postponed(p.ID))}
}

// Backlog is all that waits for the council, the oldest first, of which a filter
// chooses.
func (o *Office) Backlog(ctx context.Context, a council.Actor, f agenda.Filter) ([]agenda.Pending, error) {
	if !agenda.MayPropose(a) {
		return nil, forbidden(false, a, "problem.agenda.propose")
	}
	if err := f.Validate(); err != nil {
		return nil, err
	}
	today := o.Today()
	w, err := storage.Read(ctx, o.council, func(v *storage.View) (w agenda.Waits, err error) {
		if w, err = waits(v, today); err != nil {
			return w, err
		}
		w.Proposals, err = v.OpenProposals()
		return w, err
	})
	all := w.Backlog()
	return slices.DeleteFunc(all, func(x agenda.Pending) bool { return !f.Matches(&x) }), err
}

// Deadlines are the coming sessions with the days by which proposals come in and
// the agenda goes out, the nearest first. Everybody may know them.
func (o *Office) Deadlines(ctx context.Context) ([]agenda.Coming, error) {
	today := o.Today()
	return storage.Read(ctx, o.council, func(v *storage.View) ([]agenda.Coming, error) {
		next, err := comingSessions(v, today)
		if err != nil {
			return nil, err
		}
		return deadlines(v, next, today)
	})
}

// waits are what tells where matters are, but for the proposals themselves: the
// number of its reads does not hang on how many those are.
func waits(v *storage.View, today council.Date) (w agenda.Waits, err error) {
	w.Today = today
	if w.Carried, err = v.Carried(); err != nil {
		return w, err
	}
	next, err := comingSessions(v, today)
	if err != nil {
		return w, err
	}
	for _, s := range slices.Backward(next) {
		l, err := lineup(v, s)
		if err != nil {
			return w, err
		}
		w.Coming = l.Then(w.Coming)
	}
	from := council.Session{Date: today.AddDays(1)}
	if len(next) > 0 {
		from = next[0]
	}
	if last, ok, err := v.PreviousSession(from); err != nil {
		return w, err
	} else if ok {
		if w.Last, err = lineup(v, last); err != nil {
			return w, err
		}
	}
	w.Sessions, err = deadlines(v, next, today)
	return w, err
}

// lineup is a session's newest agenda; nil while there is none.
func lineup(v *storage.View, s council.Session) (*agenda.Lineup, error) {
	a, err := v.Agenda(s.ID)
	switch {
	case isMissing(err):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return agenda.NewLineup(s, &a), nil
}

// farthest is how many sessions ahead people are told of.
const farthest = 12

// comingSessions are those not held yet, the nearest first. One that is open
// still counts on the days after, until somebody closes it.
func comingSessions(v *storage.View, today council.Date) ([]council.Session, error) {
	list, _, err := v.Sessions(storage.Span{From: today.AddDays(-31)}, storage.Page{Limit: storage.MaxPage})
	list = slices.DeleteFunc(list, func(s council.Session) bool {
		return s.State == council.Closed || s.State == council.Cancelled || s.Date < today && s.State != council.Open
	})
	return list[:min(len(list), farthest)], err
}

func deadlines(v *storage.View, next []council.Session, today council.Date) ([]agenda.Coming, error) {
	calendar, err := v.Calendar()
	if err != nil {
		return nil, err
	}
	principles, err := v.AllPrinciples()
	if err != nil {
		return nil, err
	}
	all := make([]agenda.Coming, len(next))
	for i, s := range next {
		p, _ := agenda.InForce(principles, s.Date) // none set no days
		all[i] = agenda.NewComing(s, &p, calendar, today)
	}
	return all, nil
}
