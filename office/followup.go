package office

import (
	"context"
	"io"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/storage"
)

// ReportProgress notes what the addressee reports on carrying out a decision. It
// is entered by the secretariat or by a member whose organisation the decision is
// addressed to. The decision's own status stays until the council finds on it.
func (o *Office) ReportProgress(ctx context.Context, by By, id string, revision uint64, r minutes.Report) (minutes.Decision, error) {
	at := o.db.Now()
	return storage.Do(ctx, o.council, by.change("history.decision.progress", ""), func(tx *storage.Tx) (minutes.Decision, error) {
		if err := mayReportOn(&tx.View, by.Actor, id); err != nil {
			return minutes.Decision{}, err
		}
		return tx.UpdateDecision(id, revision, func(d *minutes.Decision) error { return d.Report(by.Actor, r, at) })
	})
}

// mayReportOn refuses whoever may not report on a decision; to those who may not
// see it, it is not there.
func mayReportOn(v *storage.View, a council.Actor, id string) error {
	d, err := v.Decision(id)
	if err != nil {
		return err
	}
	if err := seen(v, a, d); err != nil {
		return err
	}
	if minutes.MayReport(a) {
		return nil
	}
	p, err := v.Person(a.Person)
	if err != nil && !isMissing(err) {
		return err
	}
	if d.MayReportFor(a, p.Organisation) {
		return nil
	}
	return forbidden(false, a, "problem.office.report-for", "number", d.Number())
}

// AddEvidence stores a file and adds it to a report on a decision, counted from
// 1. A file whose report could not be changed is swept later.
func (o *Office) AddEvidence(ctx context.Context, by By, id string, revision uint64, report int, name, media string, r io.Reader) (minutes.Decision, error) {
	if err := checkName(&name); err != nil {
		return minutes.Decision{}, err
	}
	allowed := func(v *storage.View) (bool, error) {
		if err := mayReportOn(v, by.Actor, id); err != nil {
			return false, err
		}
		d, err := v.Decision(id)
		if err != nil {
			return false, err
		}
		return true, d.MayAddEvidence(by.Actor, report)
	}
	if _, err := storage.Read(ctx, o.council, allowed); err != nil {
		return minutes.Decision{}, err
	}
	sum, size, err := o.db.PutBlob(ctx, r, MaxDocument)
	if err != nil {
		return minutes.Decision{}, err
	}
	file := agenda.Attachment{Name: name, Media: media, Size: size, SHA256: sum}
	by.Input = media + " " + sum
	return storage.Do(ctx, o.council, by.change("history.decision.evidence", name), func(tx *storage.Tx) (minutes.Decision, error) {
		if _, err := allowed(&tx.View); err != nil {
			return minutes.Decision{}, err
		}
		return tx.UpdateDecision(id, revision, func(d *minutes.Decision) error { return d.AddEvidence(by.Actor, report, file) })
	})
}

// Evidence opens a file that a report on a decision rests on, for an actor who
// may see the decision. The caller closes it.
func (o *Office) Evidence(ctx context.Context, a council.Actor, id, sum string) (io.ReadCloser, agenda.Attachment, error) {
	d, err := o.Decision(ctx, a, id)
	if err != nil {
		return nil, agenda.Attachment{}, err
	}
	file, ok := d.Evidence(sum)
	if !ok {
		return nil, file, hidden("document", sum)
	}
	r, _, err := o.db.OpenBlob(ctx, sum, 0, -1)
	return r, file, err
}

// FindDecision records what the council finds of a decision of an earlier session
// while it treats an item of an open one. revision is that of the decision.
func (o *Office) FindDecision(ctx context.Context, by By, session, item, id string, revision uint64, j minutes.Judgement) (minutes.Decision, error) {
	at := o.db.Now()
	return storage.Do(ctx, o.council, by.change("history.decision.found", ""), func(tx *storage.Tx) (minutes.Decision, error) {
		r, it, err := recording(tx, by.Actor, session, item)
		if err != nil {
			return minutes.Decision{}, err
		}
		t, err := tx.Treatment(session, item)
		if err != nil && !isMissing(err) {
			return minutes.Decision{}, err
		}
		return tx.UpdateDecision(id, revision, func(d *minutes.Decision) error { return d.Find(by.Actor, r.Session, it, t, j, at) })
	})
}

// TakeBackFinding gives up what was recorded by mistake of a decision at an item
// of a session that is still open.
func (o *Office) TakeBackFinding(ctx context.Context, by By, session, item, id string, revision uint64) (minutes.Decision, error) {
	return storage.Do(ctx, o.council, by.change("history.decision.found-back", ""), func(tx *storage.Tx) (minutes.Decision, error) {
		r, _, err := recording(tx, by.Actor, session, item)
		if err != nil {
			return minutes.Decision{}, err
		}
		return tx.UpdateDecision(id, revision, func(d *minutes.Decision) error { return d.TakeBackFinding(r.Session) })
	})
}

// DecisionsFound are the decisions of earlier sessions on which a session found
// how they are carried out, that the actor may see. Findings themselves show once
// the minutes of that session may be read.
func (o *Office) DecisionsFound(ctx context.Context, a council.Actor, session string) ([]minutes.Decision, error) {
	if !minutes.MayReadRecord(a) {
		return nil, hidden("record", session)
	}
	return storage.Read(ctx, o.council, func(v *storage.View) ([]minutes.Decision, error) { return v.DecisionsFound(session) })
}
