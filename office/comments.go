package office

import (
	"bytes"
	"context"
	"io"
	"slices"

	"padome/council"
	"padome/internal/pdf"
	"padome/internal/problem"
	"padome/minutes"
	"padome/storage"
)

// CirculateMinutes sends the draft to those who attended, for comments within the
// working days of the council's settings.
func (o *Office) CirculateMinutes(ctx context.Context, by By, session string, revision uint64) (minutes.Minutes, error) {
	at := o.db.Now()
	return o.onMinutes(ctx, by, "history.minutes.circulated", session, revision,
		func(tx *storage.Tx, r *minutes.Record, m *minutes.Minutes) error {
			calendar, err := tx.Calendar()
			if err != nil {
				return err
			}
			until := calendar.WorkingDaysAfter(council.DateOf(at), r.Settings.CommentPeriod())
			return m.Circulate(by.Actor, r.Session, until, at)
		})
}

// commenting is a session's minutes with their record, for somebody who may read
// them.
func commenting(v *storage.View, a council.Actor, session string) (minutes.Record, minutes.Minutes, error) {
	r, err := record(v, session)
	if err != nil {
		return r, minutes.Minutes{}, err
	}
	m, err := v.Minutes(session)
	if err == nil && !m.MayRead(a) && !r.Attended(a.Person) && !minutes.MayRecord(a, r.Session) {
		err = hidden("minutes", session)
	}
	return r, m, err
}

// CommentMinutes comments on circulated draft minutes.
func (o *Office) CommentMinutes(ctx context.Context, by By, session string, s minutes.Saying) (minutes.Comment, error) {
	id, at := o.db.NewID(), o.db.Now()
	return storage.Do(ctx, o.council, by.change("history.minutes.commented", ""), func(tx *storage.Tx) (minutes.Comment, error) {
		r, m, err := commenting(&tx.View, by.Actor, session)
		if err != nil {
			return minutes.Comment{}, err
		}
		c, err := minutes.NewComment(by.Actor, &r, &m, id, s, at)
		if err != nil {
			return minutes.Comment{}, err
		}
		return tx.AddComment(c)
	})
}

// AnswerComment accepts or rejects a comment, with an answer.
func (o *Office) AnswerComment(ctx context.Context, by By, session, id string, revision uint64, accepted bool, answer string) (minutes.Comment, error) {
	at := o.db.Now()
	what := "history.minutes.comment.rejected"
	if accepted {
		what = "history.minutes.comment.accepted"
	}
	return storage.Do(ctx, o.council, by.change(what, ""), func(tx *storage.Tx) (minutes.Comment, error) {
		s, err := tx.Session(session)
		if err != nil {
			return minutes.Comment{}, err
		}
		if !minutes.MayRecord(by.Actor, s) {
			return minutes.Comment{}, forbidden(false, by.Actor, "problem.office.record")
		}
		m, err := tx.Minutes(session)
		if err != nil {
			return minutes.Comment{}, err
		}
		return tx.UpdateComment(session, id, revision, func(c *minutes.Comment) error {
			return c.Reply(by.Actor, &m, accepted, answer, at)
		})
	})
}

// Comments are those on a session's draft minutes that the actor may see: all for
// those who prepare the minutes and the leads, one's own for everybody else.
func (o *Office) Comments(ctx context.Context, a council.Actor, session string) ([]minutes.Comment, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) ([]minutes.Comment, error) {
		r, _, err := commenting(v, a, session)
		if err != nil {
			return nil, err
		}
		return visible(a, &r), nil
	})
}

func visible(a council.Actor, r *minutes.Record) []minutes.Comment {
	return slices.DeleteFunc(slices.Clone(r.Comments), func(c minutes.Comment) bool {
		return !minutes.MayReadComments(a, r.Session, &c)
	})
}

// MinutesChanges are the items whose text differs from the circulated draft, for
// those who commented on it and those who see all comments.
func (o *Office) MinutesChanges(ctx context.Context, a council.Actor, session string) ([]minutes.PartChange, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) ([]minutes.PartChange, error) {
		r, m, err := commenting(v, a, session)
		if err != nil {
			return nil, err
		}
		if !minutes.MaySeeChanges(a, r.Session, r.Comments) {
			return nil, forbidden(false, a, "problem.minutes.changes")
		}
		return m.Changes(), nil
	})
}

// FileDissent files a member's dissenting opinion: its file is made and kept
// first, then the opinion is recorded and attached to the minutes, while they are
// a draft.
func (o *Office) FileDissent(ctx context.Context, by By, session, item, text string) (minutes.Dissent, error) {
	id, at := o.db.NewID(), o.db.Now()
	r, err := storage.Read(ctx, o.council, func(v *storage.View) (minutes.Record, error) { return record(v, session) })
	if err != nil {
		return minutes.Dissent{}, err
	}
	d, err := minutes.NewDissent(by.Actor, &r, id, item, text, at)
	if err != nil {
		return minutes.Dissent{}, err
	}
	file, pages, err := o.drawPages(ctx, d.Document(&r), pdf.Extra{}, "", "")
	if err != nil {
		return minutes.Dissent{}, err
	}
	sum, size, err := o.db.PutBlob(ctx, bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return minutes.Dissent{}, err
	}
	return storage.Do(ctx, o.council, by.change("history.minutes.dissent", ""), func(tx *storage.Tx) (minutes.Dissent, error) {
		r, err := record(&tx.View, session)
		if err != nil {
			return minutes.Dissent{}, err
		}
		d, err := minutes.NewDissent(by.Actor, &r, id, item, text, at)
		if err != nil {
			return minutes.Dissent{}, err
		}
		d.SHA256, d.Size, d.Pages = sum, size, pages
		return attach(tx, d)
	})
}

// attach records an opinion and adds it to the annexes of draft minutes.
func attach(tx *storage.Tx, d minutes.Dissent) (minutes.Dissent, error) {
	m, err := tx.Minutes(d.Session)
	if err == nil && m.State == minutes.Draft {
		_, err = tx.UpdateMinutes(d.Session, storage.Newest, func(m *minutes.Minutes) error { return m.Attach(d.Annex()) })
	}
	if err != nil && !isMissing(err) {
		return d, err
	}
	return tx.AddDissent(d)
}

// Dissents are the opinions filed on a session: for those who may see the record,
// for everybody once the minutes are signed.
func (o *Office) Dissents(ctx context.Context, a council.Actor, session string) ([]minutes.Dissent, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) ([]minutes.Dissent, error) { return dissentsFor(v, a, session) })
}

func dissentsFor(v *storage.View, a council.Actor, session string) ([]minutes.Dissent, error) {
	s, err := v.Session(session)
	if err != nil {
		return nil, err
	}
	m, err := v.Minutes(session)
	if err != nil && !isMissing(err) {
		return nil, err
	}
	if !minutes.MayReadRecord(a) && !minutes.MayRecord(a, s) && !m.MayRead(a) {
		return nil, hidden("minutes", session)
	}
	all, err := v.Dissents(session)
	if err != nil || m.MayReadWhole(a, s) {
		return all, err
	}
	w, err := v.Withholding(session)
	return slices.DeleteFunc(all, w.HidesDissent), err
}

// DissentPDF opens the file of an opinion. The caller closes it.
func (o *Office) DissentPDF(ctx context.Context, a council.Actor, session, id string) (io.ReadCloser, minutes.Dissent, error) {
	all, err := o.Dissents(ctx, a, session)
	if err != nil {
		return nil, minutes.Dissent{}, err
	}
	for _, d := range all {
		if d.ID == id {
			r, _, err := o.db.OpenBlob(ctx, d.SHA256, 0, -1)
			return r, d, err
		}
	}
	return nil, minutes.Dissent{}, problem.New(problem.NotFound, "problem.missing.minutes-dissent", "id", id)
}
