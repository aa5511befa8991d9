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

// onMinutes changes a session's minutes beside the record they are of.
func (o *Office) onMinutes(ctx context.Context, by By, what, session string, revision uint64,
	fn func(*storage.Tx, *minutes.Record, *minutes.Minutes) error) (minutes.Minutes, error) {
	return storage.Do(ctx, o.council, by.change(what, ""), func(tx *storage.Tx) (minutes.Minutes, error) {
		r, err := record(&tx.View, session)
		if err != nil {
			return minutes.Minutes{}, err
		}
		if !minutes.MayRecord(by.Actor, r.Session) {
			return minutes.Minutes{}, forbidden(false, by.Actor, "problem.office.record")
		}
		return tx.UpdateMinutes(session, revision, func(m *minutes.Minutes) error { return fn(tx, &r, m) })
	})
}

// DraftMinutes drafts the minutes of a session from its record, or renews the
// draft; what people edited stays as it is. Revision 0 begins the minutes.
func (o *Office) DraftMinutes(ctx context.Context, by By, session string, revision uint64) (minutes.Minutes, error) {
	pages, err := o.countedPages(ctx, session)
	if err != nil {
		return minutes.Minutes{}, err
	}
	return o.onMinutes(ctx, by, "history.minutes.drafted", session, revision,
		func(_ *storage.Tx, r *minutes.Record, m *minutes.Minutes) error {
			r.Pages = pages
			if r.Session.State != council.Open && r.Session.State != council.Closed {
				return problem.New(problem.State, "problem.office.not-begun", "state", string(r.Session.State))
			}
			if revision != 0 {
				return m.Refresh(*r)
			}
			*m = minutes.DraftFrom(*r)
			return nil
		})
}

// EditPart changes the text of one item.
func (o *Office) EditPart(ctx context.Context, by By, session string, revision uint64, item, text string) (minutes.Minutes, error) {
	return o.onMinutes(ctx, by, "history.minutes.edited", session, revision,
		func(_ *storage.Tx, _ *minutes.Record, m *minutes.Minutes) error { return m.Edit(by.Actor, item, text) })
}

// EditPartSeen changes the text of one item for somebody who saw the text of a
// sum (minutes.Part.Sum); what others write into other items does not matter.
func (o *Office) EditPartSeen(ctx context.Context, by By, session, item, seen, text string) (minutes.Minutes, error) {
	return o.onMinutes(ctx, by, "history.minutes.edited", session, storage.Newest,
		func(_ *storage.Tx, _ *minutes.Record, m *minutes.Minutes) error {
			return m.EditSeen(by.Actor, item, seen, text)
		})
}

// TakeDrafted gives up the edited text of one item for the drafted one.
func (o *Office) TakeDrafted(ctx context.Context, by By, session string, revision uint64, item string) (minutes.Minutes, error) {
	return o.onMinutes(ctx, by, "history.minutes.edited", session, revision,
		func(_ *storage.Tx, _ *minutes.Record, m *minutes.Minutes) error { return m.TakeDrafted(item) })
}

// SetAnnexes replaces the list of annexes.
func (o *Office) SetAnnexes(ctx context.Context, by By, session string, revision uint64, annexes []minutes.Annex) (minutes.Minutes, error) {
	return o.onMinutes(ctx, by, "history.minutes.annexes", session, revision,
		func(_ *storage.Tx, _ *minutes.Record, m *minutes.Minutes) error { return m.SetAnnexes(annexes) })
}

// FinaliseMinutes fixes the minutes: number of the year and content digest in
// one transaction, then, outside it, the PDF that is to be signed, drawn and
// frozen once. When it was interrupted between the two, calling it again goes
// on with the PDF.
func (o *Office) FinaliseMinutes(ctx context.Context, by By, session string, revision uint64) (minutes.Minutes, error) {
	at := o.db.Now()
	m, err := o.Minutes(ctx, by.Actor, session)
	if err != nil {
		return minutes.Minutes{}, err
	}
	if m.State != minutes.Final || m.PDF != "" {
		m, err = o.onMinutes(ctx, by, "history.minutes.final", session, revision,
			func(tx *storage.Tx, r *minutes.Record, m *minutes.Minutes) error {
				n, err := m.Number, error(nil)
				if n == 0 { // reopened minutes keep theirs
					n, err = tx.NextNumber(m.Year)
				}
				if err != nil {
					return err
				}
				c, err := m.Content(*r, n, at)
				if err != nil {
					return err
				}
				raw, digest, err := c.Canonical()
				if err != nil {
					return err
				}
				if err := m.Finalise(c, digest, at); err != nil || m.FrozenBefore(digest) {
					return err
				}
				return tx.FreezeMinutes(session, digest, raw)
			})
	}
	if err != nil {
		return minutes.Minutes{}, err
	}
	return o.freezePDF(ctx, by, m)
}

// freezePDF draws the final minutes, with the record that they are made from
// attached, and keeps the file.
func (o *Office) freezePDF(ctx context.Context, by By, m minutes.Minutes) (minutes.Minutes, error) {
	var set council.Settings
	raw, err := storage.Read(ctx, o.council, func(v *storage.View) (raw []byte, err error) {
		if set, err = v.Settings(); err != nil {
			return nil, err
		}
		return v.FrozenMinutes(m.Session, m.Digest)
	})
	if err != nil {
		return minutes.Minutes{}, err
	}
	c, err := minutes.ReadContent(raw, m.Digest)
	if err != nil {
		return minutes.Minutes{}, err
	}
	extra := marked(locale.LV, set, m.Digest)
	extra.Record = recordOf(locale.LV, "protokols", m.Number, raw)
	file, pages, err := o.drawPages(ctx, c.Document, extra, "minutes-content", m.Session+"/"+m.Digest)
	if err != nil {
		return minutes.Minutes{}, err
	}
	sum, size, err := o.db.PutBlob(ctx, bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return minutes.Minutes{}, err
	}
	freeze := by
	if freeze.Command != "" {
		freeze.Command += ".pdf"
	}
	return o.council.UpdateMinutes(ctx, freeze.change("history.minutes.pdf", ""), m.Session, storage.Newest, func(m *minutes.Minutes) error {
		return m.FreezePDF(sum, size, pages)
	})
}

// SignMinutes signs the minutes off for one of the required signers, on exactly
// the digest they were shown, once they have proved who they are.
func (o *Office) SignMinutes(ctx context.Context, by By, session, digest string) (minutes.Minutes, error) {
	at := o.db.Now()
	would, err := o.Minutes(ctx, by.Actor, session)
	if err == nil {
		err = would.Sign(by.Actor, digest, at)
	}
	proven, err := by.prove(ctx, digest, err)
	if err != nil {
		return minutes.Minutes{}, err
	}
	ch := by.change("history.minutes.signed", "")
	return o.council.UpdateMinutes(ctx, ch, session, storage.Newest, func(m *minutes.Minutes) error {
		if !m.MayRead(by.Actor) {
			return hidden("minutes", session)
		}
		if err := m.Sign(by.Actor, digest, at); err != nil {
			return err
		}
		return checkProven(proven)
	})
}

// Minutes are the minutes of a session: for everybody once signed, before that
// for those who may see the record.
func (o *Office) Minutes(ctx context.Context, a council.Actor, session string) (minutes.Minutes, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (minutes.Minutes, error) {
		m, err := v.Minutes(session)
		if err != nil {
			return m, err
		}
		if !m.MayRead(a) {
			return minutes.Minutes{}, hidden("minutes", session)
		}
		s, err := v.Session(session)
		if err != nil {
			return minutes.Minutes{}, err
		}
		m, _, err = asRead(v, a, locale.LV, s, m)
		return m, err
	})
}

// Missing lists what the minutes of a session still lack.
func (o *Office) Missing(ctx context.Context, a council.Actor, session string) ([]minutes.Missing, error) {
	m, err := o.Minutes(ctx, a, session)
	if err != nil {
		return nil, err
	}
	r, err := o.Record(ctx, a, session)
	if err != nil {
		return nil, err
	}
	return minutes.Completeness(r, m), nil
}

// MinutesDocument is the draft, or the final content, as a paper. Final minutes
// in Latvian are the frozen document itself; in English a translation of it.
func (o *Office) MinutesDocument(ctx context.Context, a council.Actor, lang locale.Lang, session string) (document.Document, error) {
	p, err := o.minutesPaper(ctx, a, lang, session)
	return p.document, err
}

// minutesPaper are minutes as a paper, with what it is made from.
type minutesPaper struct {
	document document.Document
	record   minutes.Record
	minutes  minutes.Minutes
}

func (o *Office) minutesPaper(ctx context.Context, a council.Actor, lang locale.Lang, session string) (minutesPaper, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (p minutesPaper, err error) {
		if p.minutes, err = v.Minutes(session); err != nil {
			return minutesPaper{}, err
		}
		if !p.minutes.MayRead(a) {
			return minutesPaper{}, hidden("minutes", session)
		}
		if p.record, err = record(v, session); err != nil {
			return minutesPaper{}, err
		}
		return paperFor(v, a, lang, p.record, p.minutes)
	})
}

// MinutesPDF is the file of the minutes. Once frozen it is the stored bytes,
// never drawn again; a draft is drawn anew and says so on each page.
func (o *Office) MinutesPDF(ctx context.Context, a council.Actor, lang locale.Lang, session string) (io.ReadCloser, int64, error) {
	m, err := o.Minutes(ctx, a, session)
	if err != nil {
		return nil, 0, err
	}
	if m.PDF != "" && lang == locale.LV { // Minutes has given a file only to those who may read the whole
		return o.db.OpenBlob(ctx, m.PDF, 0, -1)
	}
	d, err := o.MinutesDocument(ctx, a, lang, session)
	if err != nil {
		return nil, 0, err
	}
	file, err := o.draw(ctx, d, "minutes-content", session+"/"+m.Digest)
	if err != nil {
		return nil, 0, err
	}
	return io.NopCloser(bytes.NewReader(file)), int64(len(file)), nil
}

// AgendaPDF is the agenda as a file: the version of a number, the approved one
// for 0, the working draft for -1.
func (o *Office) AgendaPDF(ctx context.Context, a council.Actor, lang locale.Lang, session string, number int, reasons bool) ([]byte, error) {
	return o.AgendaFile(ctx, a, lang, session, number, reasons, PaperPDF)
}
