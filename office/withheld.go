package office

import (
	"context"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/minutes"
	"padome/storage"
)

// asRead is minutes as the actor may read them: the whole, with what must not be
// published of them, or without all of that.
func asRead(v *storage.View, a council.Actor, lang locale.Lang, s council.Session, m minutes.Minutes) (minutes.Minutes, minutes.Withholding, error) {
	w, err := v.Withholding(s.ID)
	if err != nil || len(w.Parts) == 0 || m.MayReadWhole(a, s) {
		return m, w, err
	}
	items, err := itemsHeld(v, s.ID)
	if err != nil {
		return minutes.Minutes{}, minutes.Withholding{}, err
	}
	return w.Reduced(lang, items, m), minutes.Withholding{Session: s.ID}, nil
}

// itemsHeld are the items of a session's approved agenda and those it added.
func itemsHeld(v *storage.View, session string) ([]agenda.Item, error) {
	r, err := record(v, session)
	return r.Agenda.Items, err
}

// Withholding is what must not be published of a session, for those who may read
// its minutes in full.
func (o *Office) Withholding(ctx context.Context, a council.Actor, session string) (minutes.Withholding, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (minutes.Withholding, error) {
		s, err := v.Session(session)
		if err != nil {
			return minutes.Withholding{}, err
		}
		m, err := v.Minutes(session)
		if err != nil && !isMissing(err) {
			return minutes.Withholding{}, err
		}
		if !m.MayReadWhole(a, s) {
			return minutes.Withholding{}, hidden("minutes", session)
		}
		return v.Withholding(session)
	})
}

// Withhold marks something of a session as not to be published. It holds at once,
// also for minutes that everybody could read until now.
func (o *Office) Withhold(ctx context.Context, by By, session string, revision uint64, x minutes.Withheld) (minutes.Withholding, error) {
	id, at := o.db.NewID(), o.db.Now()
	return o.onWithholding(ctx, by, "history.minutes.withheld", session, revision, func(r *minutes.Record, w *minutes.Withholding) error {
		return w.Add(by.Actor, r, id, x, at)
	})
}

// Lift takes such a mark away, so that what it held back is published with the
// minutes.
func (o *Office) Lift(ctx context.Context, by By, session string, revision uint64, id string) (minutes.Withholding, error) {
	return o.onWithholding(ctx, by, "history.minutes.lifted", session, revision, func(r *minutes.Record, w *minutes.Withholding) error {
		return w.Lift(by.Actor, r.Session, id)
	})
}

func (o *Office) onWithholding(ctx context.Context, by By, what, session string, revision uint64,
	fn func(*minutes.Record, *minutes.Withholding) error) (minutes.Withholding, error) {
	return storage.Do(ctx, o.council, by.change(what, ""), func(tx *storage.Tx) (minutes.Withholding, error) {
		r, err := record(&tx.View, session)
		if err != nil {
			return minutes.Withholding{}, err
		}
		if !minutes.MayRecord(by.Actor, r.Session) {
			return minutes.Withholding{}, forbidden(false, by.Actor, "problem.minutes.withheld.who")
		}
		return tx.UpdateWithholding(session, revision, func(w *minutes.Withholding) error { return fn(&r, w) })
	})
}

// PublicMinutesFile is the public version of the minutes in a format, as those see
// it who may not read the whole; for those who may, to look at before. Where
// nothing is withheld it is the minutes themselves.
func (o *Office) PublicMinutesFile(ctx context.Context, a council.Actor, lang locale.Lang, session string, f PaperFormat) ([]byte, error) {
	type version struct {
		r minutes.Record
		m minutes.Minutes
		w minutes.Withholding
	}
	x, err := storage.Read(ctx, o.council, func(v *storage.View) (x version, err error) {
		if x.m, err = v.Minutes(session); err != nil {
			return x, err
		}
		if !x.m.MayRead(a) {
			return x, hidden("minutes", session)
		}
		if x.w, err = v.Withholding(session); err == nil {
			x.r, err = record(v, session)
		}
		return x, err
	})
	if err != nil {
		return nil, err
	}
	if len(x.w.Parts) == 0 {
		return o.MinutesFile(ctx, a, lang, session, f)
	}
	return written(ctx, minutes.PublicDocument(lang, x.r, x.m, x.w), f)
}
