package office

import (
	"context"
	"slices"

	"padome/agenda"
	"padome/council"
	"padome/internal/form"
	"padome/internal/problem"
	"padome/internal/text"
	"padome/minutes"
	"padome/storage"
)

// record is all that a session's minutes are drafted from, as one snapshot has
// it. It fails while no version of the agenda is approved.
func record(v *storage.View, session string) (minutes.Record, error) {
	s, err := v.Session(session)
	if err != nil {
		return minutes.Record{}, err
	}
	r := minutes.Record{Session: s}
	if r.Agenda, r.Digest, err = approved(v, session); err != nil {
		return minutes.Record{}, err
	}
	added, err := v.Additions(session)
	if err != nil {
		return minutes.Record{}, err
	}
	r.WithAdded(added)
	if r.Settings, err = v.Settings(); err != nil {
		return minutes.Record{}, err
	}
	if r.Roster, err = roster(v); err != nil {
		return minutes.Record{}, err
	}
	if r.Attendance, err = v.Attendance(session); err != nil {
		return minutes.Record{}, err
	}
	if r.Treatments, err = v.Treatments(session); err != nil {
		return minutes.Record{}, err
	}
	if r.Decisions, err = v.DecisionsOf(session); err != nil {
		return minutes.Record{}, err
	}
	if r.Found, err = v.DecisionsFound(session); err != nil {
		return r, err
	}
	if r.Comments, err = v.Comments(session); err != nil {
		return r, err
	}
	if r.Dissents, err = v.Dissents(session); err != nil {
		return r, err
	}
	if err := setForm(v, &r); err != nil {
		return r, err
	}
	r.Next, _, err = v.NextSession(s)
	return r, err
}

// setForm lets the minutes be written in the form in force, final ones in that
// which they became final under.
func setForm(v *storage.View, r *minutes.Record) error {
	f, err := v.Form(form.Minutes)
	if err != nil {
		return err
	}
	m, err := v.Minutes(r.Session.ID)
	if err == nil && m.Digest != "" {
		f, err = v.FormVersion(form.Minutes, m.Form)
	}
	if err != nil && !isMissing(err) {
		return err
	}
	r.SetForm(f)
	return nil
}

// approved is the content of the agenda that both leads approved.
func approved(v *storage.View, session string) (agenda.Content, string, error) {
	a, err := v.Agenda(session)
	if err != nil {
		return agenda.Content{}, "", err
	}
	x, ok := a.ApprovedVersion()
	if !ok {
		return agenda.Content{}, "", problem.New(problem.State, "problem.office.not-approved")
	}
	f, err := v.FrozenAgenda(session, x.Number)
	if err != nil {
		return agenda.Content{}, "", err
	}
	c, err := agenda.ReadContent(f.Bytes, x.Digest)
	return c, x.Digest, err
}

// voters are who may vote at a session, and by which rules.
func voters(r *minutes.Record) minutes.Voters {
	return minutes.Voters{Attendance: &r.Attendance, Members: r.Roster.Seats(r.Session.Date), Settings: r.Settings}
}

// OpenSession begins a convened session whose current agenda both leads
// approved. The presiding person must be entitled to preside that day; when the
// principles have chair and deputy take turns (P13) and it is not this one's, why
// is asked and kept.
func (o *Office) OpenSession(ctx context.Context, by By, id string, revision uint64, presiding, minuteTaker string, at council.Clock, outOfTurn string) (council.Session, error) {
	return storage.Do(ctx, o.council, by.change("history.session.opened", outOfTurn), func(tx *storage.Tx) (council.Session, error) {
		s, err := tx.Session(id)
		if err != nil {
			return council.Session{}, err
		}
		if err := council.MayHold(by.Actor, s); err != nil {
			return council.Session{}, err
		}
		if err := mayOpen(&tx.View, s, presiding, minuteTaker, &outOfTurn); err != nil {
			return council.Session{}, err
		}
		return tx.UpdateSession(id, revision, func(s *council.Session) error {
			s.OutOfTurn = outOfTurn
			return s.Open(presiding, minuteTaker, at)
		})
	})
}

func mayOpen(v *storage.View, s council.Session, presiding, minuteTaker string, outOfTurn *string) error {
	a, err := v.Agenda(s.ID)
	if isMissing(err) || err == nil && a.Status != agenda.Approved {
		return problem.New(problem.State, "problem.office.not-approved")
	}
	if err != nil {
		return err
	}
	r, err := roster(v)
	if err != nil {
		return err
	}
	var l problem.List
	if presiding != "" && !r.MayPreside(presiding, s.Date) {
		l.Add("presiding", "problem.office.presiding", "value", presiding, "date", string(s.Date))
	}
	if _, ok := r.Person(minuteTaker); minuteTaker != "" && !ok {
		l.Add("minuteTaker", "problem.office.person", "value", minuteTaker)
	}
	if err := checkTurn(v, &l, r, s, presiding, outOfTurn); err != nil {
		return err
	}
	return l.Err()
}

// checkTurn asks why the same office, or person, presides twice running, where
// the principles in force have them take turns (P13).
func checkTurn(v *storage.View, l *problem.List, r *council.Roster, s council.Session, presiding string, why *string) error {
	all, err := v.AllPrinciples()
	if err != nil {
		return err
	}
	past, err := heldBefore(v, s.Date)
	if err != nil {
		return err
	}
	p, ok := agenda.InForce(all, s.Date)
	last, twice := r.PresidesTwice(past, s.Date, presiding)
	twice = twice && ok && slices.ContainsFunc(p.Rules, func(x agenda.Setting) bool { return x.Rule == "P13" })
	text.Block(l, "outOfTurn", why, 0, 1000)
	if twice && len([]rune(*why)) < 3 {
		l.Add("outOfTurn", "problem.office.out-of-turn", "date", string(last.Date))
	}
	return nil
}

// Record is what has been recorded of a session so far, for those who may see it
// and for its minute-taker, whatever else they are.
func (o *Office) Record(ctx context.Context, a council.Actor, session string) (minutes.Record, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (minutes.Record, error) {
		s, err := v.Session(session)
		if !minutes.MayReadRecord(a) && (err != nil || !minutes.MayRecord(a, s)) {
			return minutes.Record{}, hidden("record", session)
		}
		if err != nil {
			return minutes.Record{}, err
		}
		return record(v, session)
	})
}

// SaveAttendance replaces the list of who took part.
func (o *Office) SaveAttendance(ctx context.Context, by By, session string, revision uint64, entries []minutes.Entry) (minutes.Attendance, error) {
	return storage.Do(ctx, o.council, by.change("history.attendance", ""), func(tx *storage.Tx) (minutes.Attendance, error) {
		r, err := record(&tx.View, session)
		if err != nil {
			return minutes.Attendance{}, err
		}
		if !minutes.MayRecord(by.Actor, r.Session) {
			return minutes.Attendance{}, forbidden(false, by.Actor, "problem.office.record")
		}
		m, err := tx.Minutes(session)
		if err != nil && !isMissing(err) {
			return minutes.Attendance{}, err
		}
		return tx.UpdateAttendance(session, revision, func(a *minutes.Attendance) error {
			if err := a.MayChange(r.Session, m.State); err != nil {
				return err
			}
			a.Entries = entries
			return a.Validate(len(r.Agenda.Items), r.Roster, r.Session.Date)
		})
	})
}

// onTreatment changes how a session deals with one item of its agenda.
func (o *Office) onTreatment(ctx context.Context, by By, what, session, item string, revision uint64,
	fn func(*storage.Tx, *minutes.Record, *minutes.Treatment) error) (minutes.Treatment, error) {
	return storage.Do(ctx, o.council, by.change(what, ""), func(tx *storage.Tx) (minutes.Treatment, error) {
		r, it, err := recording(tx, by.Actor, session, item)
		if err != nil {
			return minutes.Treatment{}, err
		}
		return tx.UpdateTreatment(session, it, revision, func(t *minutes.Treatment) error { return fn(tx, &r, t) })
	})
}

func recording(tx *storage.Tx, a council.Actor, session, item string) (minutes.Record, agenda.Item, error) {
	r, err := mayRecord(tx, a, session)
	if err != nil {
		return r, agenda.Item{}, err
	}
	for _, it := range r.Agenda.Items {
		if it.ID == item {
			return r, it, nil
		}
	}
	return r, agenda.Item{}, hidden("treatment", session+"/"+item)
}

// RecordCourse records who reported and who spoke on an item.
func (o *Office) RecordCourse(ctx context.Context, by By, session, item string, revision uint64, course []minutes.Speech) (minutes.Treatment, error) {
	return o.onTreatment(ctx, by, "history.treatment.course", session, item, revision,
		func(_ *storage.Tx, r *minutes.Record, t *minutes.Treatment) error {
			return t.SetCourse(r.Session, course)
		})
}

// RecordTimes records when the session took up an item and when it ended it.
func (o *Office) RecordTimes(ctx context.Context, by By, session, item string, revision uint64, started, ended council.Clock) (minutes.Treatment, error) {
	return o.onTreatment(ctx, by, "history.treatment.times", session, item, revision,
		func(_ *storage.Tx, r *minutes.Record, t *minutes.Treatment) error {
			return t.SetTimes(r.Session, started, ended)
		})
}

// RecordVote records the vote on an item; nil takes the record of it away.
func (o *Office) RecordVote(ctx context.Context, by By, session, item string, revision uint64, vote *minutes.Vote) (minutes.Treatment, error) {
	return o.onTreatment(ctx, by, "history.treatment.vote", session, item, revision,
		func(_ *storage.Tx, r *minutes.Record, t *minutes.Treatment) error {
			return t.SetVote(r.Session, voters(r), vote)
		})
}

// RecordOutcome records how an item ended.
func (o *Office) RecordOutcome(ctx context.Context, by By, session, item string, revision uint64, out minutes.Outcome, why string) (minutes.Treatment, error) {
	return o.onTreatment(ctx, by, "history.treatment.outcome", session, item, revision,
		func(_ *storage.Tx, r *minutes.Record, t *minutes.Treatment) error {
			return t.SetOutcome(r.Session, voters(r), out, why)
		})
}

// CloseSession ends a session of which every item has an outcome. What it
// postponed is carried over, what it dealt with is closed, and the minutes that
// its first item approved are approved.
func (o *Office) CloseSession(ctx context.Context, by By, id string, revision uint64, at council.Clock) (council.Session, error) {
	when := o.db.Now()
	return storage.Do(ctx, o.council, by.change("history.session.closed", ""), func(tx *storage.Tx) (council.Session, error) {
		now, err := tx.Session(id)
		if err != nil {
			return council.Session{}, err
		}
		if err := council.MayHold(by.Actor, now); err != nil {
			return council.Session{}, err
		}
		if err := now.Close(at); err != nil { // a session without a record is not open
			return council.Session{}, err
		}
		r, err := record(&tx.View, id)
		if err != nil {
			return council.Session{}, err
		}
		if err := minutes.MayClose(r); err != nil {
			return council.Session{}, err
		}
		s, err := tx.UpdateSession(id, revision, func(s *council.Session) error { return s.Close(at) })
		if err != nil {
			return council.Session{}, err
		}
		return s, follow(tx, by.Actor, when, r)
	})
}
