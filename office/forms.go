package office

import (
	"cmp"
	"context"
	"slices"

	"padome/agenda"
	"padome/council"
	"padome/internal/document"
	"padome/internal/form"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/storage"
)

// Form is the form of papers that is in force.
func (o *Office) Form(ctx context.Context, of form.Of) (form.Form, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (form.Form, error) { return v.Form(of) })
}

// Forms are all versions of a form that were edited, newest first.
func (o *Office) Forms(ctx context.Context, of form.Of) ([]form.Form, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) ([]form.Form, error) { return v.Forms(of) })
}

// SaveForm makes the next version of a form, in place of the version that f names,
// for those who may change the settings. Papers that are final keep theirs.
func (o *Office) SaveForm(ctx context.Context, by By, f form.Form) (form.Form, error) {
	if err := council.MayChangeSettings(by.Actor); err != nil {
		return form.Form{}, err
	}
	if err := f.Validate(); err != nil {
		return form.Form{}, err
	}
	f.By, f.At = by.Actor.Name, o.db.Now().UTC()
	return storage.Do(ctx, o.council, by.change("history.form", ""), func(tx *storage.Tx) (form.Form, error) { return tx.AddForm(f) })
}

// PreviewForm is the newest paper of the council's as a form would have it; nothing
// is stored. It fails on a form that is wrong, and while there is no paper yet.
func (o *Office) PreviewForm(ctx context.Context, a council.Actor, lang locale.Lang, f form.Form) (document.Document, error) {
	if err := council.MayChangeSettings(a); err != nil {
		return document.Document{}, err
	}
	if err := f.Validate(); err != nil {
		return document.Document{}, err
	}
	return storage.Read(ctx, o.council, func(v *storage.View) (document.Document, error) {
		all, _, err := v.Sessions(storage.Span{NewestFirst: true}, storage.Page{Limit: storage.MaxPage})
		if err != nil {
			return document.Document{}, err
		}
		for _, s := range all {
			r, err := record(v, s.ID)
			if problem.KindOf(err) == problem.State || isMissing(err) {
				continue
			}
			if err != nil {
				return document.Document{}, err
			}
			d, ok, err := sample(v, a, lang, &r, f)
			if ok || err != nil {
				return d, err
			}
		}
		return document.Document{}, problem.New(problem.State, "problem.form.nothing")
	})
}

// sample is the paper of one session in a form; false where there is none yet.
func sample(v *storage.View, a council.Actor, lang locale.Lang, r *minutes.Record, f form.Form) (document.Document, bool, error) {
	if f.Of == form.Agenda {
		p, err := print(v, lang, r.Session, 0)
		if err != nil {
			return document.Document{}, false, err
		}
		p.Approved, p.Created, p.Form = true, r.Session.Date.At(r.Session.Starts).UTC(), f
		return agenda.Document(lang, r.Agenda, p), true, nil
	}
	m, err := v.Minutes(r.Session.ID)
	if err != nil {
		return document.Document{}, false, ifNotMissing(err)
	}
	if f.Of == form.Extract {
		return sampleExtract(v, a, lang, r, m, f)
	}
	r.SetForm(f)
	if m.State != minutes.Draft {
		m.Signers = minutes.RequiredSigners(*r)
	}
	return minutes.Document(lang, *r, m), true, nil
}

// sampleExtract is the extract of the item of signed minutes that says most, as
// the actor may read and certify it.
func sampleExtract(v *storage.View, a council.Actor, lang locale.Lang, r *minutes.Record, m minutes.Minutes, f form.Form) (document.Document, bool, error) {
	if !m.Public() || len(m.Parts) == 0 {
		return document.Document{}, false, nil
	}
	most := slices.MaxFunc(m.Parts, func(a, b minutes.Part) int {
		return cmp.Or(cmp.Compare(min(a.Number, 1), min(b.Number, 1)), cmp.Compare(len(a.Text()), len(b.Text())))
	})
	d, err := extract(v, a, lang, *r, m, minutes.Extract{Item: most.Item, Certifier: r.Certifier(a), On: r.Session.Date, Form: f})
	return d, err == nil, err
}

func ifNotMissing(err error) error {
	if isMissing(err) {
		return nil
	}
	return err
}
