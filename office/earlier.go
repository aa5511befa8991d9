package office

import (
	"context"
	"strconv"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
	"padome/storage"
)

// EarlierSession is a session that was held before the council used this program,
// with what is known of it.
type EarlierSession struct {
	Session council.Session
	Earlier minutes.Earlier
}

// EarlierSession is one of those; what it dealt with is public. It fails with
// NotFound for a session that was held here.
func (o *Office) EarlierSession(ctx context.Context, id string) (EarlierSession, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (x EarlierSession, err error) {
		if x.Session, err = v.Session(id); err == nil {
			x.Earlier, err = v.Earlier(id)
		}
		return x, err
	})
}

// RecordEarlier records a session that was held before the council used this
// program, and the items it dealt with, so that the principles count them and
// presiding, numbers of minutes and coverage go on from there. With an id it
// records it anew; revision is that of the session.
func (o *Office) RecordEarlier(ctx context.Context, by By, id string, revision uint64, s council.Session, e minutes.Earlier) (EarlierSession, error) {
	if !agenda.MayPrepare(by.Actor) {
		return EarlierSession{}, forbidden(false, by.Actor, "problem.agenda.prepare")
	}
	today, fresh := o.Today(), o.db.NewID()
	return storage.Do(ctx, o.council, by.change("history.session.earlier", ""), func(tx *storage.Tx) (x EarlierSession, err error) {
		of := id
		if of == "" {
			of = fresh
		}
		if err := mayPreside(&tx.View, s); err != nil {
			return x, err
		}
		if err := forgetHeld(tx, id); err != nil {
			return x, err
		}
		if x.Session, err = tx.UpdateSession(of, revision, func(now *council.Session) error { return now.RecordEarlier(s, today) }); err != nil {
			return x, err
		}
		x.Earlier, err = putEarlier(tx, x.Session, e)
		return x, err
	})
}

// forgetHeld takes away what was recorded of a session, whose day may change.
func forgetHeld(tx *storage.Tx, id string) error {
	if id == "" {
		return nil
	}
	was, err := tx.Session(id)
	if err != nil || !was.Earlier { // refused by RecordEarlier
		return err
	}
	return tx.SetHeld(was, nil)
}

func putEarlier(tx *storage.Tx, s council.Session, e minutes.Earlier) (minutes.Earlier, error) {
	p, err := inForce(&tx.View, s.Date)
	if err != nil {
		return e, err
	}
	e.Session, e.Held = s.ID, s.Date
	inRevision(e.Items, p.Revision)
	was, err := tx.Earlier(s.ID)
	if err != nil && !isMissing(err) {
		return e, err
	}
	saved, err := tx.UpdateEarlier(s.ID, was.Revision, func(x *minutes.Earlier) error {
		e.Revision = x.Revision
		*x = e
		return x.Validate(&p)
	})
	if err != nil {
		return saved, err
	}
	if err := numberFree(&tx.View, s, e.Number); err != nil {
		return saved, err
	}
	items, ts := saved.Agenda()
	return saved, tx.SetHeld(s, minutes.Held(s, items, ts))
}

// inRevision has the tasks be those of the plan in force on the session's day.
func inRevision(items []minutes.EarlierItem, revision int) {
	for i := range items {
		tasks := make([]plan.Ref, 0, len(items[i].Tasks))
		for _, r := range items[i].Tasks {
			r.Revision = revision
			tasks = append(tasks, r)
		}
		items[i].Tasks = tasks
	}
}

// numberFree refuses a number that the minutes of another session of the year
// have.
func numberFree(v *storage.View, s council.Session, number int) error {
	all, err := v.AllEarlier()
	if err != nil || number == 0 {
		return err
	}
	for _, e := range all {
		if e.Session != s.ID && e.Number == number && e.Held.Year() == s.Date.Year() {
			var l problem.List
			l.Add("number", "problem.earlier.number", "value", strconv.Itoa(number), "date", string(e.Held))
			return l.Err()
		}
	}
	return nil
}

// AddEarlierDecision records a decision that a session took before the council
// used this program and that is still to be carried out: it is followed up as any
// other. number is that in the minutes, such as 3.2.
func (o *Office) AddEarlierDecision(ctx context.Context, by By, session, number string, c minutes.Clause) (minutes.Decision, error) {
	if !agenda.MayPrepare(by.Actor) {
		return minutes.Decision{}, forbidden(false, by.Actor, "problem.agenda.prepare")
	}
	id := o.db.NewID()
	return storage.Do(ctx, o.council, by.change("history.decision.earlier", ""), func(tx *storage.Tx) (minutes.Decision, error) {
		s, err := tx.Session(session)
		if err == nil && !s.Earlier {
			err = problem.New(problem.State, "problem.session.held-here", "date", string(s.Date))
		}
		if err != nil {
			return minutes.Decision{}, err
		}
		p, err := inForce(&tx.View, s.Date)
		if err != nil {
			return minutes.Decision{}, err
		}
		for i := range c.Tasks {
			c.Tasks[i].Revision = p.Revision
		}
		d, err := minutes.EarlierDecision(s, &p, id, number, c)
		if err != nil {
			return d, err
		}
		all, err := tx.DecisionsOf(session)
		if err != nil {
			return d, err
		}
		for _, x := range all {
			if x.Number() == d.Number() {
				var l problem.List
				l.Add("number", "problem.earlier.decision", "number", d.Number())
				return d, l.Err()
			}
		}
		return tx.AddDecision(d)
	})
}
