package office

import (
	"context"

	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
	"padome/storage"
)

// FindTask records what the council found of a task of the plan at a session
// that is open or closed: fulfilled, partly or not. The task is of the revision
// in force at the session; a clause that says so is one of that session.
func (o *Office) FindTask(ctx context.Context, by By, f plan.Fulfilment) (plan.Fulfilment, error) {
	if !plan.MayFind(by.Actor) {
		return plan.Fulfilment{}, forbidden(false, by.Actor, "problem.office.find-task")
	}
	f.ID, f.By, f.Name = o.db.NewID(), by.Actor.Person, by.Actor.Name
	return storage.Do(ctx, o.council, by.change("history.fulfilment", f.Note), func(tx *storage.Tx) (plan.Fulfilment, error) {
		if err := placeFinding(&tx.View, &f); err != nil {
			return plan.Fulfilment{}, err
		}
		return tx.AddFulfilment(f)
	})
}

// placeFinding puts a finding to the day of its session and the plan in force.
func placeFinding(v *storage.View, f *plan.Fulfilment) error {
	var l problem.List
	s, err := v.Session(f.Session)
	switch {
	case isMissing(err):
		l.Add("session", "problem.missing.session", "id", f.Session)
		return l.Err()
	case err != nil:
		return err
	case s.State != council.Open && s.State != council.Closed:
		return problem.New(problem.State, "problem.minutes.session-not-open", "date", string(s.Date))
	}
	p, err := inForce(v, s.Date)
	if err != nil {
		return err
	}
	f.On, f.Task.Revision = s.Date, p.Revision
	if t, ok := p.Task(f.Task.Measure, f.Task.Task); !ok || t.Retired {
		l.Add("task", "problem.office.task", "value", f.Task.Label())
	}
	if f.Decision != "" {
		d, err := v.Decision(f.Decision)
		if err != nil && !isMissing(err) {
			return err
		}
		if err != nil || d.Session != s.ID {
			l.Add("decision", "problem.office.find-task.decision", "value", f.Decision, "date", string(s.Date))
		}
	}
	return l.Err()
}

// Fulfilments are the findings on tasks of the plan that the actor may see, by
// task: everybody those of sessions whose minutes are signed.
func (o *Office) Fulfilments(ctx context.Context, a council.Actor) ([]plan.Fulfilment, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) ([]plan.Fulfilment, error) {
		return fulfilments(v, &readable{v: v, actor: a})
	})
}

// readable says of sessions, each looked up once, whether the actor may read
// their minutes.
type readable struct {
	v     *storage.View
	actor council.Actor
	known map[string]bool
}

func (r *readable) session(id string) (bool, error) {
	if minutes.MayReadRecord(r.actor) {
		return true, nil
	}
	if may, ok := r.known[id]; ok {
		return may, nil
	}
	m, err := r.v.Minutes(id)
	if err != nil && !isMissing(err) {
		return false, err
	}
	if r.known == nil {
		r.known = map[string]bool{}
	}
	r.known[id] = err == nil && m.MayRead(r.actor)
	return r.known[id], nil
}

// Duties are who answers for each task of a revision of the plan, the newest for
// 0, and until when, with what was decided before.
func (o *Office) Duties(ctx context.Context, revision int) ([]plan.Duty, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) ([]plan.Duty, error) {
		all, err := v.Plans()
		if err != nil {
			return nil, err
		}
		if len(all) == 0 {
			return nil, problem.New(problem.State, "problem.office.no-plan")
		}
		assigned, err := v.Assignments()
		if err != nil {
			return nil, err
		}
		for i := range all {
			if p := &all[i]; p.Revision == revision || revision == 0 && i == len(all)-1 {
				return plan.Duties(p, plan.NewLineage(all...), assigned), nil
			}
		}
		_, err = v.Plan(revision)
		return nil, err
	})
}
