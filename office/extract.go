package office

import (
	"context"

	"padome/council"
	"padome/internal/document"
	"padome/internal/form"
	"padome/internal/locale"
	"padome/minutes"
	"padome/storage"
)

// ExtractDocument is the extract of one item of signed minutes as a paper: made by
// the secretariat with the line that certifies it, by anybody else without; and
// without what must not be published for those who may not read the whole.
func (o *Office) ExtractDocument(ctx context.Context, a council.Actor, lang locale.Lang, session, item string) (document.Document, error) {
	today := o.Today()
	return storage.Read(ctx, o.council, func(v *storage.View) (document.Document, error) {
		m, err := v.Minutes(session)
		if err != nil {
			return document.Document{}, err
		}
		if !m.MayRead(a) {
			return document.Document{}, hidden("minutes", session)
		}
		r, err := record(v, session)
		if err != nil {
			return document.Document{}, err
		}
		f, err := v.Form(form.Extract)
		if err != nil {
			return document.Document{}, err
		}
		return extract(v, a, lang, r, m, minutes.Extract{Item: item, Certifier: r.Certifier(a), On: today, Form: f})
	})
}

// extract is an extract as the actor may read it.
func extract(v *storage.View, a council.Actor, lang locale.Lang, r minutes.Record, m minutes.Minutes, x minutes.Extract) (document.Document, error) {
	var w minutes.Withholding
	if !m.MayReadWhole(a, r.Session) {
		var err error
		if w, err = v.Withholding(r.Session.ID); err != nil {
			return document.Document{}, err
		}
	}
	return w.Extract(lang, r, m, x)
}

// ExtractFile is the extract of one item in a format.
func (o *Office) ExtractFile(ctx context.Context, a council.Actor, lang locale.Lang, session, item string, f PaperFormat) ([]byte, error) {
	d, err := o.ExtractDocument(ctx, a, lang, session, item)
	if err != nil {
		return nil, err
	}
	return written(ctx, d, f)
}
