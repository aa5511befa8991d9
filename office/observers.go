package office

import (
	"context"
	"slices"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/storage"
)

// SignUp signs an observer up for a convened session whose agenda is public;
// anybody may, until the deadline that the principles set (P17). The id in the
// answer is what they withdraw by. What is kept with the command and in the
// history names nobody.
func (o *Office) SignUp(ctx context.Context, by By, session string, x council.Observer) (council.Observer, error) {
	x = council.Observer{ID: o.db.NewID(), Session: session, Name: x.Name, Organisation: x.Organisation, Topic: x.Topic, At: o.db.Now().UTC()}
	if err := x.Validate(); err != nil {
		return council.Observer{}, err
	}
	kept, err := storage.Do(ctx, o.council, by.change("history.observer.signed-up", ""), func(tx *storage.Tx) (council.Observer, error) {
		s, err := tx.Session(session)
		if err != nil {
			return council.Observer{}, err
		}
		end, err := signUpEnd(&tx.View, s)
		if err != nil {
			return council.Observer{}, err
		}
		all, err := tx.Observers(session)
		if err != nil {
			return council.Observer{}, err
		}
		if err := s.SignUp(x.At, end, len(all)); err != nil {
			return council.Observer{}, err
		}
		return council.Observer{ID: x.ID, At: x.At, Revision: 1}, tx.AddObserver(x)
	})
	x.ID, x.At, x.Revision = kept.ID, kept.At, kept.Revision
	return x, err
}

// signUpEnd is when signing up for a session ends; the zero time where the
// principles set no deadline.
func signUpEnd(v *storage.View, s council.Session) (time.Time, error) {
	ds, err := deadlinesOf(v, s)
	if i := slices.IndexFunc(ds, func(d agenda.Deadline) bool { return d.Of == agenda.ObserversDeadline }); i >= 0 {
		return ds[i].End, err
	}
	return time.Time{}, err
}

// Observers are who signed up for a session, for the secretariat and the leads.
func (o *Office) Observers(ctx context.Context, a council.Actor, session string) ([]council.Observer, error) {
	if err := council.MaySeeObservers(a); err != nil {
		return nil, err
	}
	return storage.Read(ctx, o.council, func(v *storage.View) ([]council.Observer, error) {
		if _, err := v.Session(session); err != nil {
			return nil, err
		}
		return v.Observers(session)
	})
}

// WithdrawObserver removes one who signed up, at any time. Whoever knows the id
// may: only the one who signed up, the secretariat and the leads do.
func (o *Office) WithdrawObserver(ctx context.Context, by By, session, id string) error {
	_, err := storage.Do(ctx, o.council, by.change("history.observer.withdrawn", ""), func(tx *storage.Tx) (bool, error) {
		return true, tx.RemoveObserver(session, id)
	})
	return err
}

// RemoveObservers removes all who signed up for a session, once they are needed
// no more, and says how many there were.
func (o *Office) RemoveObservers(ctx context.Context, by By, session string) (int, error) {
	if err := council.MayRemoveObservers(by.Actor); err != nil {
		return 0, err
	}
	return storage.Do(ctx, o.council, by.change("history.observer.removed", ""), func(tx *storage.Tx) (int, error) {
		s, err := tx.Session(session)
		if err != nil {
			return 0, err
		}
		n, err := removeObservers(tx, session)
		if err == nil && n == 0 {
			err = problem.New(problem.State, "problem.observer.none", "date", string(s.Date))
		}
		return n, err
	})
}

// DeadlinesOf are every deadline of a session: those of the principles in force on
// its day, and when its minutes are to be drafted.
func (o *Office) DeadlinesOf(ctx context.Context, session string) ([]agenda.Deadline, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) ([]agenda.Deadline, error) {
		s, err := v.Session(session)
		if err != nil {
			return nil, err
		}
		return deadlinesOf(v, s)
	})
}

func deadlinesOf(v *storage.View, s council.Session) ([]agenda.Deadline, error) {
	c, err := v.Calendar()
	if err != nil {
		return nil, err
	}
	all, err := v.AllPrinciples()
	if err != nil {
		return nil, err
	}
	ds := []agenda.Deadline{}
	if p, ok := agenda.InForce(all, s.Date); ok {
		ds = agenda.Deadlines(&p, c, s)
	}
	return append(ds, agenda.NewDeadline(agenda.DraftDeadline, "", c.WorkingDaysAfter(s.Date, minutes.DraftWithin), "")), nil
}
