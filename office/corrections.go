package office

import (
	"bytes"
	"context"
	"io"

	"padome/council"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/storage"
)

// onCorrection changes a correction of a session's minutes, or begins one for
// revision 0: for those who may record that session.
func (o *Office) onCorrection(ctx context.Context, by By, what, session, id string, revision uint64,
	fn func(*storage.Tx, *minutes.Record, *minutes.Correction) error) (minutes.Correction, error) {
	return storage.Do(ctx, o.council, by.change(what, ""), func(tx *storage.Tx) (minutes.Correction, error) {
		r, err := record(&tx.View, session)
		if err != nil {
			return minutes.Correction{}, err
		}
		if !minutes.MayRecord(by.Actor, r.Session) {
			return minutes.Correction{}, forbidden(false, by.Actor, "problem.office.record")
		}
		return tx.UpdateCorrection(session, id, revision, func(c *minutes.Correction) error { return fn(tx, &r, c) })
	})
}

// DraftCorrection begins a correction of the signed minutes of a session, which a
// later session is to decide on.
func (o *Office) DraftCorrection(ctx context.Context, by By, session string, w minutes.Wanted) (minutes.Correction, error) {
	id, at := o.db.NewID(), o.db.Now()
	return o.onCorrection(ctx, by, "history.minutes.correction.drafted", session, id, 0,
		func(tx *storage.Tx, r *minutes.Record, c *minutes.Correction) error {
			m, err := tx.Minutes(session)
			if err != nil {
				return err
			}
			decides, err := deciding(&tx.View, w)
			if err != nil {
				return err
			}
			*c, err = minutes.NewCorrection(by.Actor, r, &m, decides, id, w, at)
			return err
		})
}

// deciding is the session that is to decide on a correction.
func deciding(v *storage.View, w minutes.Wanted) (council.Session, error) {
	s, err := v.Session(w.Decided)
	if isMissing(err) {
		var l problem.List
		l.Add("decided", "problem.missing.session", "id", w.Decided)
		return s, l.Err()
	}
	return s, err
}

// ChangeCorrection replaces what a draft of a correction says.
func (o *Office) ChangeCorrection(ctx context.Context, by By, session, id string, revision uint64, w minutes.Wanted) (minutes.Correction, error) {
	return o.onCorrection(ctx, by, "history.minutes.correction.changed", session, id, revision,
		func(tx *storage.Tx, r *minutes.Record, c *minutes.Correction) error {
			decides, err := deciding(&tx.View, w)
			if err != nil {
				return err
			}
			return c.Change(r, decides, w)
		})
}

// WithdrawCorrection gives up a draft of a correction, with the reason.
func (o *Office) WithdrawCorrection(ctx context.Context, by By, session, id string, revision uint64, reason string) (minutes.Correction, error) {
	at := o.db.Now()
	return o.onCorrection(ctx, by, "history.minutes.correction.withdrawn", session, id, revision,
		func(_ *storage.Tx, _ *minutes.Record, c *minutes.Correction) error {
			return c.Withdraw(by.Actor, reason, at)
		})
}

// FinaliseCorrection fixes a correction once its session has decided on it: number,
// content and signers in one transaction, then, outside it, its file. Called again
// after an interruption between the two, it goes on with the file.
func (o *Office) FinaliseCorrection(ctx context.Context, by By, session, id string, revision uint64) (minutes.Correction, error) {
	at := o.db.Now()
	c, err := o.Correction(ctx, by.Actor, session, id)
	if err != nil {
		return c, err
	}
	if c.State != minutes.Final || c.PDF != "" {
		c, err = o.onCorrection(ctx, by, "history.minutes.correction.final", session, id, revision,
			func(tx *storage.Tx, _ *minutes.Record, c *minutes.Correction) error {
				m, err := tx.Minutes(session)
				if err != nil {
					return err
				}
				decided, err := before(&tx.View, c.Decided)
				if err != nil {
					return err
				}
				all, err := tx.Corrections(session)
				if err != nil {
					return err
				}
				return c.Seal(&decided, &m, minutes.NextCorrection(all), at)
			})
	}
	if err != nil {
		return minutes.Correction{}, err
	}
	return o.freezeCorrection(ctx, by, c)
}

// freezeCorrection draws a final correction and keeps the file.
func (o *Office) freezeCorrection(ctx context.Context, by By, c minutes.Correction) (minutes.Correction, error) {
	content, err := c.Frozen()
	if err != nil {
		return c, err
	}
	set, err := o.Settings(ctx)
	if err != nil {
		return c, err
	}
	extra := marked(locale.LV, set, c.Digest)
	extra.Record = recordOf(locale.LV, "protokola-labojums", c.Number, c.Content)
	file, pages, err := o.drawPages(ctx, content.Document, extra, "minutes-correction", c.ID)
	if err != nil {
		return c, err
	}
	sum, size, err := o.db.PutBlob(ctx, bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return c, err
	}
	if by.Command != "" {
		by.Command += ".pdf"
	}
	return storage.Do(ctx, o.council, by.change("history.minutes.correction.pdf", ""), func(tx *storage.Tx) (minutes.Correction, error) {
		return tx.UpdateCorrection(c.Session, c.ID, storage.Newest, func(c *minutes.Correction) error { return c.FreezePDF(sum, size, pages) })
	})
}

// SignCorrection signs a correction off for one of the required signers, on
// exactly the digest they were shown, once they have proved who they are.
func (o *Office) SignCorrection(ctx context.Context, by By, session, id, digest string) (minutes.Correction, error) {
	at := o.db.Now()
	would, err := o.Correction(ctx, by.Actor, session, id)
	if err == nil {
		err = would.Sign(by.Actor, digest, at)
	}
	proven, err := by.prove(ctx, digest, err)
	if err != nil {
		return minutes.Correction{}, err
	}
	return storage.Do(ctx, o.council, by.change("history.minutes.correction.signed", ""), func(tx *storage.Tx) (minutes.Correction, error) {
		s, err := tx.Session(session)
		if err != nil {
			return minutes.Correction{}, err
		}
		return tx.UpdateCorrection(session, id, storage.Newest, func(c *minutes.Correction) error {
			if !c.MayRead(by.Actor, s) {
				return hidden("minutes-correction", id)
			}
			if err := c.Sign(by.Actor, digest, at); err != nil {
				return err
			}
			return checkProven(proven)
		})
	})
}

// Corrections are those of a session's minutes that the actor may read: signed
// ones everybody.
func (o *Office) Corrections(ctx context.Context, a council.Actor, session string) ([]minutes.Correction, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) ([]minutes.Correction, error) { return correctionsFor(v, a, session) })
}

func correctionsFor(v *storage.View, a council.Actor, session string) ([]minutes.Correction, error) {
	s, err := v.Session(session)
	if err != nil {
		return nil, err
	}
	all, err := v.Corrections(session)
	if err != nil {
		return nil, err
	}
	w, err := v.Withholding(session)
	readable := all[:0]
	for _, c := range all {
		if readsCorrection(a, s, &c, &w) {
			readable = append(readable, c)
		}
	}
	return readable, err
}

// readsCorrection reports whether the actor may read a correction: where something
// of the minutes must not be published, only those who might before it was signed.
func readsCorrection(a council.Actor, s council.Session, c *minutes.Correction, w *minutes.Withholding) bool {
	unsigned := *c
	unsigned.State = minutes.Final
	return c.MayRead(a, s) && (!w.HidesCorrections() || unsigned.MayRead(a, s))
}

// Correction is one of them.
func (o *Office) Correction(ctx context.Context, a council.Actor, session, id string) (minutes.Correction, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (minutes.Correction, error) { return correctionFor(v, a, session, id) })
}

func correctionFor(v *storage.View, a council.Actor, session, id string) (minutes.Correction, error) {
	s, err := v.Session(session)
	if err != nil {
		return minutes.Correction{}, err
	}
	c, err := v.Correction(session, id)
	if err != nil {
		return minutes.Correction{}, err
	}
	w, err := v.Withholding(session)
	if err == nil && !readsCorrection(a, s, &c, &w) {
		err = hidden("minutes-correction", id)
	}
	if err != nil {
		return minutes.Correction{}, err
	}
	return c, nil
}

// CorrectionDocument is a correction as a paper: a draft as it stands, a final one
// in Latvian the frozen document itself.
func (o *Office) CorrectionDocument(ctx context.Context, a council.Actor, lang locale.Lang, session, id string) (document.Document, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (document.Document, error) {
		c, err := correctionFor(v, a, session, id)
		if err != nil {
			return document.Document{}, err
		}
		if c.Digest != "" && lang == locale.LV {
			x, err := c.Frozen()
			return x.Document, err
		}
		m, err := v.Minutes(session)
		if err != nil {
			return document.Document{}, err
		}
		r, err := before(v, c.Decided)
		if err != nil {
			return document.Document{}, err
		}
		return c.Document(lang, &r, &m), nil
	})
}

// before is the record of a session, of which there may not be more yet than the
// session itself.
func before(v *storage.View, session string) (minutes.Record, error) {
	r, err := record(v, session)
	if problem.KindOf(err) != problem.State && !isMissing(err) {
		return r, err
	}
	if r.Session, err = v.Session(session); err != nil {
		return r, err
	}
	if r.Settings, err = v.Settings(); err != nil {
		return r, err
	}
	r.Roster, err = roster(v)
	return r, err
}

// CorrectionPDF is the file of a correction: once frozen the stored bytes, before
// that a draft that says so. The caller closes it.
func (o *Office) CorrectionPDF(ctx context.Context, a council.Actor, lang locale.Lang, session, id string) (io.ReadCloser, minutes.Correction, error) {
	c, err := o.Correction(ctx, a, session, id)
	if err != nil {
		return nil, c, err
	}
	if c.PDF != "" && lang == locale.LV {
		r, _, err := o.db.OpenBlob(ctx, c.PDF, 0, -1)
		return r, c, err
	}
	d, err := o.CorrectionDocument(ctx, a, lang, session, id)
	if err != nil {
		return nil, c, err
	}
	file, err := o.draw(ctx, d, "minutes-correction", id)
	return io.NopCloser(bytes.NewReader(file)), c, err
}
