package office

import (
	"context"
	"fmt"
	"slices"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/document"
	"padome/internal/form"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/storage"
)

// Agenda is the agenda of a session with its working draft: for those who
// prepare and approve it.
func (o *Office) Agenda(ctx context.Context, a council.Actor, session string) (agenda.Agenda, error) {
	x, err := storage.Read(ctx, o.council, func(v *storage.View) (agenda.Agenda, error) { return v.Agenda(session) })
	if err == nil && !agenda.MayReadDraft(a) {
		return agenda.Agenda{}, hidden("agenda", session)
	}
	return x, err
}

// Workshop is the agenda of a session as those who prepare and approve it see it
// now: its rules checked anew, and what keeps it from going out beside them. One
// that nobody began is empty.
func (o *Office) Workshop(ctx context.Context, a council.Actor, session string) (council.Session, agenda.Agenda, []problem.Field, error) {
	var missing []problem.Field
	s, x, err := o.draftNow(ctx, a, session, func(x agenda.Agenda, in agenda.Input) (agenda.Agenda, error) {
		var err error
		x, missing, err = x.Renewed(in)
		return x, err
	})
	return s, x, missing, err
}

// TryAgenda is the agenda of a session as it would stand with its items in
// another order, for who prepares it. Nothing is changed.
func (o *Office) TryAgenda(ctx context.Context, a council.Actor, session string, items []string) (agenda.Agenda, error) {
	_, x, err := o.draftNow(ctx, a, session, func(x agenda.Agenda, in agenda.Input) (agenda.Agenda, error) {
		return x.Tried(a, in, items)
	})
	return x, err
}

// draftNow is a session with its agenda, looked at by fn with what the draft
// would be built of now, while the session is still to come.
func (o *Office) draftNow(ctx context.Context, a council.Actor, session string,
	fn func(agenda.Agenda, agenda.Input) (agenda.Agenda, error)) (council.Session, agenda.Agenda, error) {
	if !agenda.MayReadDraft(a) {
		return council.Session{}, agenda.Agenda{}, hidden("agenda", session)
	}
	var s council.Session
	today := o.Today()
	x, err := storage.Read(ctx, o.council, func(v *storage.View) (x agenda.Agenda, err error) {
		if s, err = v.Session(session); err != nil {
			return x, err
		}
		if x, err = v.Agenda(session); isMissing(err) {
			return agenda.New(session), nil
		}
		if err != nil || s.State != council.Planned && s.State != council.Convened {
			return x, err
		}
		d, err := v.BuildData(s)
		if err != nil {
			return x, err
		}
		in, err := input(d)
		if err != nil {
			return x, err
		}
		in.Today = today
		return fn(x, in)
	})
	return s, x, err
}

// Differences are how one version of a session's agenda differs from an earlier
// one, for those who may see both.
func (o *Office) Differences(ctx context.Context, a council.Actor, lang locale.Lang, session string, from, to int) ([]agenda.Difference, error) {
	x, _, err := o.Version(ctx, a, session, from)
	if err != nil {
		return nil, err
	}
	y, _, err := o.Version(ctx, a, session, to)
	if err != nil {
		return nil, err
	}
	return agenda.Differences(lang, &x, &y), nil
}

// Version is the frozen content of a version; number 0 is the approved one.
// Everybody may read the version that both leads approved; the others are for
// those who prepare and approve.
func (o *Office) Version(ctx context.Context, a council.Actor, session string, number int) (agenda.Content, agenda.Version, error) {
	var v agenda.Version
	c, err := storage.Read(ctx, o.council, func(view *storage.View) (agenda.Content, error) {
		x, err := view.Agenda(session)
		if err != nil {
			return agenda.Content{}, err
		}
		if v, err = pick(&x, a, number); err != nil {
			return agenda.Content{}, err
		}
		return o.frozen.of(v.Digest, func() (agenda.Content, error) {
			f, err := view.FrozenAgenda(session, v.Number)
			if err != nil {
				return agenda.Content{}, err
			}
			return agenda.ReadContent(f.Bytes, v.Digest)
		})
	})
	return c, v, err
}

func pick(x *agenda.Agenda, a council.Actor, number int) (agenda.Version, error) {
	approved, ok := x.ApprovedVersion()
	if ok && (number == 0 || number == approved.Number) {
		return approved, nil
	}
	if !agenda.MayReadDraft(a) || number < 1 || number > len(x.Versions) {
		return agenda.Version{}, hidden("agenda-version", fmt.Sprintf("%s/%d", x.Session, number))
	}
	return x.Versions[number-1], nil
}

// AgendaDocument is the agenda as a paper: the version of a number, the approved
// one for 0, the working draft for -1.
func (o *Office) AgendaDocument(ctx context.Context, a council.Actor, lang locale.Lang, session string, number int, reasons bool) (document.Document, error) {
	c, p, err := o.agendaPaper(ctx, a, lang, session, number, reasons)
	if err != nil {
		return document.Document{}, err
	}
	return agenda.Document(lang, c, p), nil
}

// agendaPaper is what the paper of an agenda is made from.
func (o *Office) agendaPaper(ctx context.Context, a council.Actor, lang locale.Lang, session string, number int, reasons bool) (agenda.Content, agenda.Print, error) {
	c, approved, created, err := o.content(ctx, a, session, number)
	if err != nil {
		return agenda.Content{}, agenda.Print{}, err
	}
	p, err := storage.Read(ctx, o.council, func(v *storage.View) (agenda.Print, error) { return print(v, lang, c.Session, c.Form) })
	p.Approved, p.Created, p.Reasons = approved, created, reasons
	return c, p, err
}

// print is what the paper of a session's agenda says besides its content.
func print(v *storage.View, lang locale.Lang, s council.Session, version int) (p agenda.Print, err error) {
	if p.Form, err = v.FormVersion(form.Agenda, version); err != nil {
		return p, err
	}
	if p.Settings, err = v.Settings(); err != nil {
		return p, err
	}
	r, err := roster(v)
	if err != nil {
		return p, err
	}
	if x, ok := r.Person(s.Presiding); ok {
		if role := presidesAs(r, s.Presiding, s.Date); role != "" {
			p.Presiding = locale.Text(lang, "role."+string(role)+"."+string(x.Gender), nil) + " – " + x.Short()
		}
	}
	ds, err := deadlinesOf(v, s)
	if i := slices.IndexFunc(ds, func(d agenda.Deadline) bool { return d.Of == agenda.ObserversDeadline }); i >= 0 {
		p.Observers = &ds[i]
	}
	return p, err
}

func (o *Office) content(ctx context.Context, a council.Actor, session string, number int) (c agenda.Content, approved bool, created time.Time, err error) {
	if number >= 0 {
		c, v, err := o.Version(ctx, a, session, number)
		return c, v.Approved(), v.Submitted, err
	}
	x, err := o.Agenda(ctx, a, session)
	if err != nil {
		return agenda.Content{}, false, time.Time{}, err
	}
	s, err := o.Session(ctx, session)
	if err != nil {
		return agenda.Content{}, false, time.Time{}, err
	}
	f, err := o.Form(ctx, form.Agenda)
	d := x.Draft
	return agenda.Content{Form: f.Version, Version: len(x.Versions) + 1, Session: s, Principles: d.Principles, Plan: d.Plan,
		Items: d.Items, LeftOut: d.LeftOut, Unmet: d.Unmet, Overrides: x.Overrides}, false, s.Date.At(s.Starts), err
}
