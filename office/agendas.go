package office

import (
	"context"
	"io"

	"padome/agenda"
	"padome/council"
	"padome/internal/form"
	"padome/internal/problem"
	"padome/storage"
)

// onAgenda changes a session's agenda, with what it is built from as it stands
// in the same transaction. revision may be storage.Newest where the domain
// compares what the actor saw.
func (o *Office) onAgenda(ctx context.Context, ch storage.Change, session string, revision uint64,
	fn func(*agenda.Agenda, agenda.Input) error) (agenda.Agenda, error) {
	today := o.Today() // a working draft goes out from now on (P16)
	return storage.Do(ctx, o.council, ch, func(tx *storage.Tx) (agenda.Agenda, error) {
		s, err := tx.Session(session)
		if err != nil {
			return agenda.Agenda{}, err
		}
		d, err := tx.BuildData(s)
		if err != nil {
			return agenda.Agenda{}, err
		}
		in, err := input(d)
		if err != nil {
			return agenda.Agenda{}, err
		}
		in.Today = today
		f, err := tx.Form(form.Agenda)
		if err != nil {
			return agenda.Agenda{}, err
		}
		in.Form = f.Version
		return tx.UpdateAgenda(session, revision, func(a *agenda.Agenda) error { return fn(a, in) })
	})
}

// BuildAgenda builds the draft of a session's agenda under the principles, in
// place of the working draft. Revision 0 begins the agenda.
func (o *Office) BuildAgenda(ctx context.Context, by By, session string, revision uint64) (agenda.Agenda, error) {
	return o.onAgenda(ctx, by.change("history.agenda.built", ""), session, revision, func(a *agenda.Agenda, in agenda.Input) error {
		return a.Rebuild(by.Actor, in)
	})
}

// ArrangeAgenda puts the working draft's items into a new order, brings
// candidates on and takes items out, for a reason that is kept.
func (o *Office) ArrangeAgenda(ctx context.Context, by By, session string, revision uint64, items []string, reason string) (agenda.Agenda, error) {
	at := o.db.Now()
	return o.onAgenda(ctx, by.change("history.agenda.arranged", reason), session, revision, func(a *agenda.Agenda, in agenda.Input) error {
		return a.Arrange(by.Actor, in, items, reason, at)
	})
}

// EditItem changes what one item of the working draft says. Its kind and minutes
// change by AllotItem; its documents are those of its proposal and stay.
func (o *Office) EditItem(ctx context.Context, by By, session string, revision uint64, item string, m agenda.Matter) (agenda.Agenda, error) {
	return o.onAgenda(ctx, by.change("history.agenda.edited", ""), session, revision, func(a *agenda.Agenda, in agenda.Input) error {
		if it, ok := a.Draft.Item(item); ok {
			m.Kind, m.Minutes, m.Documents = it.Kind, it.Minutes, it.Documents
		}
		return a.Edit(by.Actor, in, item, m)
	})
}

// AttachToItem stores a document and adds it to an item of the working draft that
// no proposal stands behind. A document whose item could not be changed is swept
// later.
func (o *Office) AttachToItem(ctx context.Context, by By, session string, revision uint64, item, name, media string, r io.Reader) (agenda.Agenda, error) {
	if err := checkName(&name); err != nil {
		return agenda.Agenda{}, err
	}
	s, a, _, err := o.Workshop(ctx, by.Actor, session)
	if err != nil {
		return agenda.Agenda{}, err
	}
	if err := a.Attachable(by.Actor, s, item); err != nil {
		return agenda.Agenda{}, err
	}
	sum, size, err := o.db.PutBlob(ctx, r, MaxDocument)
	if err != nil {
		return agenda.Agenda{}, err
	}
	doc := agenda.Attachment{Name: name, Media: media, Size: size, SHA256: sum}
	by.Input = media + " " + sum
	return o.onAgenda(ctx, by.change("history.agenda.document", name), session, revision, func(a *agenda.Agenda, in agenda.Input) error {
		return a.Attach(by.Actor, in, item, doc)
	})
}

// DetachFromItem takes a document off such an item.
func (o *Office) DetachFromItem(ctx context.Context, by By, session string, revision uint64, item, sum string) (agenda.Agenda, error) {
	return o.onAgenda(ctx, by.change("history.agenda.document-removed", ""), session, revision, func(a *agenda.Agenda, in agenda.Input) error {
		return a.Detach(by.Actor, in, item, sum)
	})
}

// AllotItem gives one item of the working draft another kind or other minutes,
// for a reason that is kept.
func (o *Office) AllotItem(ctx context.Context, by By, session string, revision uint64, item string, kind agenda.Kind, minutes int, reason string) (agenda.Agenda, error) {
	at := o.db.Now()
	return o.onAgenda(ctx, by.change("history.agenda.edited", reason), session, revision, func(a *agenda.Agenda, in agenda.Input) error {
		return a.Allot(by.Actor, in, item, kind, minutes, reason, at)
	})
}

// PlaceItem sets how one item of the working draft stands in the session: its
// section, the break before it, its promised time.
func (o *Office) PlaceItem(ctx context.Context, by By, session string, revision uint64, item string, p agenda.Placement) (agenda.Agenda, error) {
	return o.onAgenda(ctx, by.change("history.agenda.edited", ""), session, revision, func(a *agenda.Agenda, in agenda.Input) error {
		return a.Place(by.Actor, in, item, p)
	})
}

// OverrideRule keeps the reason for going against a soft rule.
func (o *Office) OverrideRule(ctx context.Context, by By, session string, revision uint64, rule, item, reason string) (agenda.Agenda, error) {
	at := o.db.Now()
	return o.onAgenda(ctx, by.change("history.agenda.override", reason), session, revision, func(a *agenda.Agenda, in agenda.Input) error {
		return a.Override(by.Actor, in, rule, item, reason, at)
	})
}

// SubmitAgenda freezes the working draft as a version that waits for the leads.
func (o *Office) SubmitAgenda(ctx context.Context, by By, session string, revision uint64) (agenda.Agenda, error) {
	at := o.db.Now()
	return o.onAgenda(ctx, by.change("history.agenda.submitted", ""), session, revision, func(a *agenda.Agenda, in agenda.Input) error {
		return a.Submit(by.Actor, in, at)
	})
}

// ApproveAgenda records a lead's approval of the digest they were shown, once
// they have proved who they are. With the second approval the session is
// convened (P14).
func (o *Office) ApproveAgenda(ctx context.Context, by By, session, digest string) (agenda.Agenda, error) {
	at := o.db.Now()
	would, err := o.Agenda(ctx, by.Actor, session)
	if err == nil {
		err = would.Approve(by.Actor, digest, at)
	}
	proven, err := by.prove(ctx, digest, err)
	if err != nil {
		return agenda.Agenda{}, err
	}
	return storage.Do(ctx, o.council, by.change("history.agenda.approved", ""), func(tx *storage.Tx) (agenda.Agenda, error) {
		s, err := tx.Session(session)
		if err != nil {
			return agenda.Agenda{}, err
		}
		if s.State != council.Planned && s.State != council.Convened {
			return agenda.Agenda{}, problem.New(problem.State, "problem.agenda.session-begun", "state", string(s.State))
		}
		a, err := tx.UpdateAgenda(session, storage.Newest, func(a *agenda.Agenda) error { return a.Approve(by.Actor, digest, at) })
		if err == nil {
			err = checkProven(proven)
		}
		if err != nil || a.Status != agenda.Approved || s.State == council.Convened {
			return a, err
		}
		_, err = tx.UpdateSession(session, s.Revision, (*council.Session).Convene)
		return a, err
	})
}

// RequestChanges returns the version with this digest to the secretariat.
func (o *Office) RequestChanges(ctx context.Context, by By, session, digest, comment string) (agenda.Agenda, error) {
	at := o.db.Now()
	ch := by.change("history.agenda.returned", "")
	return o.council.UpdateAgenda(ctx, ch, session, storage.Newest, func(a *agenda.Agenda) error {
		return a.RequestChanges(by.Actor, digest, comment, at)
	})
}
