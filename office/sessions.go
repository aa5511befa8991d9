package office

import (
	"context"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/storage"
)

// PlanSession plans a session. Its day must not have passed.
func (o *Office) PlanSession(ctx context.Context, by By, s council.Session) (council.Session, error) {
	if err := council.MayPlanSessions(by.Actor); err != nil {
		return council.Session{}, err
	}
	id, today := o.db.NewID(), o.Today()
	return storage.Do(ctx, o.council, by.change("history.session.planned", ""), func(tx *storage.Tx) (council.Session, error) {
		if err := mayPreside(&tx.View, s); err != nil {
			return council.Session{}, err
		}
		return tx.UpdateSession(id, 0, func(x *council.Session) error {
			*x = council.Session{ID: id, Kind: s.Kind, Mode: s.Mode, Date: s.Date, Starts: s.Starts, Ends: s.Ends,
				Place: s.Place, Link: s.Link, Presiding: s.Presiding, State: council.Planned}
			return x.ValidateNew(today)
		})
	})
}

// mayPreside refuses to name somebody who may not preside on the session's day;
// nobody need be named before the session opens. A day that is none, the session
// itself refuses.
func mayPreside(v *storage.View, s council.Session) error {
	if s.Presiding == "" || !s.Date.Valid() {
		return nil
	}
	r, err := roster(v)
	if err != nil {
		return err
	}
	var l problem.List
	if !r.MayPreside(s.Presiding, s.Date) {
		l.Add("presiding", "problem.office.presiding", "value", s.Presiding, "date", string(s.Date))
	}
	return l.Err()
}

// ChangeSession replaces what was planned of a session. What an agenda's digest
// covers changes with it, so approvals of that agenda are void (P14).
func (o *Office) ChangeSession(ctx context.Context, by By, id string, revision uint64, s council.Session) (council.Session, error) {
	if err := council.MayPlanSessions(by.Actor); err != nil {
		return council.Session{}, err
	}
	today := o.Today()
	return storage.Do(ctx, o.council, by.change("history.session.changed", ""), func(tx *storage.Tx) (council.Session, error) {
		if err := mayPreside(&tx.View, s); err != nil {
			return council.Session{}, err
		}
		x, err := tx.UpdateSession(id, revision, func(x *council.Session) error {
			if err := x.Change(s); err != nil {
				return err
			}
			return x.ValidateNew(today)
		})
		if err != nil {
			return council.Session{}, err
		}
		return x, voidAgenda(tx, id)
	})
}

// voidAgenda puts a submitted or approved agenda back into drafting.
func voidAgenda(tx *storage.Tx, session string) error {
	a, err := tx.Agenda(session)
	if isMissing(err) {
		return nil
	}
	if err != nil || a.Status != agenda.Submitted && a.Status != agenda.Approved {
		return err
	}
	_, err = tx.UpdateAgenda(session, a.Revision, func(a *agenda.Agenda) error {
		a.Void()
		return nil
	})
	return err
}

// CancelSession gives a session up before it has opened.
func (o *Office) CancelSession(ctx context.Context, by By, id string, revision uint64, why string) (council.Session, error) {
	if err := council.MayPlanSessions(by.Actor); err != nil {
		return council.Session{}, err
	}
	if err := checkReason(&why, 1); err != nil {
		return council.Session{}, err
	}
	return o.council.UpdateSession(ctx, by.change("history.session.cancelled", why), id, revision, (*council.Session).Cancel)
}

// Session is one session; when, where and of what kind it is, is public.
func (o *Office) Session(ctx context.Context, id string) (council.Session, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (council.Session, error) { return v.Session(id) })
}

// Sessions are the sessions of a span of days and the cursor of the next page.
func (o *Office) Sessions(ctx context.Context, span storage.Span, p storage.Page) ([]council.Session, string, error) {
	var next string
	list, err := storage.Read(ctx, o.council, func(v *storage.View) (list []council.Session, err error) {
		list, next, err = v.Sessions(span, p)
		return list, err
	})
	return list, next, err
}

// Next is the next session from a day on that is not cancelled; nil when none
// is planned.
func (o *Office) Next(ctx context.Context, from council.Date) (*council.Session, error) {
	list, _, err := o.Sessions(ctx, storage.Span{From: from}, storage.Page{Limit: 20})
	for i := range list {
		if list[i].State != council.Cancelled && list[i].State != council.Closed {
			return &list[i], err
		}
	}
	return nil, err
}

// PresidingTurn says whose turn it is to preside on a day, and why (P13).
func (o *Office) PresidingTurn(ctx context.Context, on council.Date) (council.Turn, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (council.Turn, error) {
		r, err := roster(v)
		if err != nil {
			return council.Turn{}, err
		}
		past, err := heldBefore(v, on)
		return r.NextPresiding(past, on), err
	})
}

// heldBefore are the last sessions before a day, enough to find who presided.
func heldBefore(v *storage.View, on council.Date) ([]council.Session, error) {
	list, _, err := v.Sessions(storage.Span{Until: on.AddDays(-1), NewestFirst: true}, storage.Page{Limit: 24})
	return list, err
}
