package office

import (
	"context"
	"io"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/storage"
)

// AddItem adds an item to the agenda of an open session, by a recorded vote with
// the majority of those present (P25). during is the number of the item at which
// the council voted. The item takes the number after the last.
func (o *Office) AddItem(ctx context.Context, by By, session string, m agenda.Matter, v minutes.Vote, during int) (minutes.Added, error) {
	id := o.db.NewID()
	return storage.Do(ctx, o.council, by.change("history.session.item-added", m.Title), func(tx *storage.Tx) (minutes.Added, error) {
		r, err := mayRecord(tx, by.Actor, session)
		if err != nil {
			return minutes.Added{}, err
		}
		p, err := inForce(&tx.View, r.Session.Date)
		if err != nil {
			return minutes.Added{}, err
		}
		now, err := tx.Additions(session)
		if err != nil {
			return minutes.Added{}, err
		}
		var x minutes.Added
		_, err = tx.UpdateAdditions(session, now.Revision, func(a *minutes.Additions) (err error) {
			x, err = a.Add(&r, &p, id, by.Actor.Person, m, v, during)
			return err
		})
		return x, err
	})
}

// mayRecord is the record of a session for an actor who may add to it.
func mayRecord(tx *storage.Tx, a council.Actor, session string) (minutes.Record, error) {
	r, err := record(&tx.View, session)
	if err == nil && !minutes.MayRecord(a, r.Session) {
		err = forbidden(false, a, "problem.office.record")
	}
	return r, err
}

// AddItemDocument stores a document and adds it to an item that the open session
// added. Without one nothing can be decided on the item (P25).
func (o *Office) AddItemDocument(ctx context.Context, by By, session, item, name, media string, r io.Reader) (minutes.Added, error) {
	if err := checkName(&name); err != nil {
		return minutes.Added{}, err
	}
	s, err := o.Session(ctx, session)
	if err != nil {
		return minutes.Added{}, err
	}
	if !minutes.MayRecord(by.Actor, s) {
		return minutes.Added{}, forbidden(false, by.Actor, "problem.office.record")
	}
	sum, size, err := o.db.PutBlob(ctx, r, MaxDocument)
	if err != nil {
		return minutes.Added{}, err
	}
	doc := agenda.Attachment{Name: name, Media: media, Size: size, SHA256: sum}
	by.Input = media + " " + sum
	return storage.Do(ctx, o.council, by.change("history.session.item-document", name), func(tx *storage.Tx) (minutes.Added, error) {
		rec, err := mayRecord(tx, by.Actor, session)
		if err != nil {
			return minutes.Added{}, err
		}
		now, err := tx.Additions(session)
		if err != nil {
			return minutes.Added{}, err
		}
		a, err := tx.UpdateAdditions(session, now.Revision, func(a *minutes.Additions) error { return a.Attach(rec.Session, item, doc) })
		for _, x := range a.Items {
			if x.ID == item {
				return x, err
			}
		}
		return minutes.Added{}, err
	})
}
