package office

import (
	"context"

	"padome/council"
	"padome/minutes"
	"padome/plan"
	"padome/storage"
)

// TakeDecision adds the next clause to what a session decides on an item, at
// the plan revision in force that day. revision is that of the item's treatment.
func (o *Office) TakeDecision(ctx context.Context, by By, session, item string, revision uint64, c minutes.Clause) (minutes.Decision, error) {
	id := o.db.NewID()
	return storage.Do(ctx, o.council, by.change("history.decision.taken", ""), func(tx *storage.Tx) (minutes.Decision, error) {
		r, it, err := recording(tx, by.Actor, session, item)
		if err != nil {
			return minutes.Decision{}, err
		}
		if err := r.MayDecide(it); err != nil {
			return minutes.Decision{}, err
		}
		p, err := inForce(&tx.View, r.Session.Date)
		if err != nil {
			return minutes.Decision{}, err
		}
		var d minutes.Decision
		if _, err := tx.UpdateTreatment(session, it, revision, func(t *minutes.Treatment) (err error) {
			d, err = t.Take(r.Session, &p, id, c)
			return err
		}); err != nil {
			return minutes.Decision{}, err
		}
		return tx.AddDecision(d)
	})
}

func inForce(v *storage.View, on council.Date) (plan.Plan, error) {
	all, err := v.Plans()
	if err != nil {
		return plan.Plan{}, err
	}
	return planOn(all, on)
}

// RewordDecision puts a clause in other words while its session is open.
func (o *Office) RewordDecision(ctx context.Context, by By, id string, revision uint64, c minutes.Clause) (minutes.Decision, error) {
	return storage.Do(ctx, o.council, by.change("history.decision.reworded", ""), func(tx *storage.Tx) (minutes.Decision, error) {
		d, err := tx.Decision(id)
		if err != nil {
			return minutes.Decision{}, err
		}
		r, _, err := recording(tx, by.Actor, d.Session, d.Item)
		if err != nil {
			return minutes.Decision{}, hideFrom(tx, by.Actor, d, err)
		}
		m, err := tx.Minutes(d.Session)
		if err != nil && !isMissing(err) {
			return minutes.Decision{}, err
		}
		p, err := inForce(&tx.View, r.Session.Date)
		if err != nil {
			return minutes.Decision{}, err
		}
		return tx.UpdateDecision(id, revision, func(d *minutes.Decision) error { return d.Reword(r.Session, m.State, &p, c) })
	})
}

// TakeBackDecision gives up an item's last clause, taken by mistake.
func (o *Office) TakeBackDecision(ctx context.Context, by By, id string, revision uint64) (minutes.Treatment, error) {
	return storage.Do(ctx, o.council, by.change("history.decision.taken-back", ""), func(tx *storage.Tx) (minutes.Treatment, error) {
		d, err := tx.Decision(id)
		if err != nil {
			return minutes.Treatment{}, err
		}
		r, it, err := recording(tx, by.Actor, d.Session, d.Item)
		if err != nil {
			return minutes.Treatment{}, hideFrom(tx, by.Actor, d, err)
		}
		if err := r.MayTakeBack(d); err != nil {
			return minutes.Treatment{}, err
		}
		t, err := tx.UpdateTreatment(d.Session, it, storage.Newest, func(t *minutes.Treatment) error { return t.TakeBack(r.Session, &d) })
		if err != nil {
			return minutes.Treatment{}, err
		}
		return t, tx.RemoveDecision(id, revision)
	})
}

// Decision is one decision: for everybody once its minutes are signed, before
// that for those who may see the record.
func (o *Office) Decision(ctx context.Context, a council.Actor, id string) (minutes.Decision, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (minutes.Decision, error) {
		d, err := v.Decision(id)
		if err != nil {
			return minutes.Decision{}, err
		}
		return shown(v, a, d)
	})
}

// hideFrom makes a refusal say nothing of a decision that the actor may not see.
func hideFrom(tx *storage.Tx, a council.Actor, d minutes.Decision, err error) error {
	if unseen := seen(&tx.View, a, d); unseen != nil {
		return unseen
	}
	return err
}

func seen(v *storage.View, a council.Actor, d minutes.Decision) error {
	if minutes.MayReadRecord(a) {
		return nil
	}
	m, err := v.Minutes(d.Session)
	if isMissing(err) {
		var s council.Session
		if s, err = v.Session(d.Session); err == nil && s.Earlier { // its minutes were public before
			return nil
		}
	}
	if isMissing(err) || err == nil && !m.MayRead(a) {
		return hidden("decision", d.ID)
	}
	return err
}

// shown is a decision as the actor may see it: what a later session found of it
// shows with that session's minutes.
func shown(v *storage.View, a council.Actor, d minutes.Decision) (minutes.Decision, error) {
	if err := seen(v, a, d); err != nil || minutes.MayReadRecord(a) {
		return d, err
	}
	w, err := v.Withholding(d.Session)
	if err != nil {
		return d, err
	}
	if w.HidesDecision(d) {
		return d, hidden("decision", d.ID)
	}
	d = w.Decision(d)
	for _, f := range d.Findings {
		m, err := v.Minutes(f.Session)
		switch {
		case err != nil && !isMissing(err):
			return d, err
		case err != nil || !m.MayRead(a):
			d = d.WithoutFinding(f.Session)
			continue
		}
		later, err := v.Withholding(f.Session)
		switch {
		case err != nil:
			return d, err
		case later.HidesItem(f.Item):
			d = d.WithoutFinding(f.Session)
		}
	}
	return d, nil
}

// DecisionsOf are the decisions of a session that the actor may see.
func (o *Office) DecisionsOf(ctx context.Context, a council.Actor, session string) ([]minutes.Decision, error) {
	return o.visible(ctx, a, func(v *storage.View) ([]minutes.Decision, error) { return v.DecisionsOf(session) })
}

// DecisionsOn are the decisions linked to a task, as it read in its revision,
// that the actor may see.
func (o *Office) DecisionsOn(ctx context.Context, a council.Actor, task plan.Ref) ([]minutes.Decision, error) {
	return o.visible(ctx, a, func(v *storage.View) ([]minutes.Decision, error) { return v.DecisionsOn(task) })
}

// OpenDecisions are the decisions still to be carried out that the actor may
// see, nearest deadline first, and the cursor of the next page.
func (o *Office) OpenDecisions(ctx context.Context, a council.Actor, p storage.Page) ([]minutes.Decision, string, error) {
	var next string
	list, err := o.visible(ctx, a, func(v *storage.View) (list []minutes.Decision, err error) {
		list, next, err = v.OpenDecisions(p)
		return list, err
	})
	return list, next, err
}

func (o *Office) visible(ctx context.Context, a council.Actor, read func(*storage.View) ([]minutes.Decision, error)) ([]minutes.Decision, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) ([]minutes.Decision, error) {
		all, err := read(v)
		if err != nil {
			return nil, err
		}
		return whatIsSeen(v, a, all)
	})
}

// whatIsSeen are those of the decisions that the actor may see.
func whatIsSeen(v *storage.View, a council.Actor, all []minutes.Decision) ([]minutes.Decision, error) {
	list := []minutes.Decision{}
	for _, d := range all {
		switch d, err := shown(v, a, d); {
		case err == nil:
			list = append(list, d)
		case !isMissing(err):
			return nil, err
		}
	}
	return list, nil
}
