package office

import (
	"slices"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/storage"
)

// follow stores what follows from a closed session.
func follow(tx *storage.Tx, a council.Actor, at time.Time, r minutes.Record) error {
	if err := tx.SetHeld(r.Session, minutes.Held(r.Session, r.Agenda.Items, r.Treatments)); err != nil {
		return err
	}
	postponed := map[string]bool{}
	for _, c := range minutes.Carried(r.Session, r.Agenda.Items, r.Treatments) {
		postponed[c.ID] = true
		if err := propose(tx, &r, &c); err != nil {
			return err
		}
		if err := carry(tx, c); err != nil {
			return err
		}
	}
	for _, it := range r.Agenda.Items {
		if postponed[it.ID] || it.Source == agenda.Standing {
			continue
		}
		if err := dealtWith(tx, a, at, r, it); err != nil {
			return err
		}
	}
	for _, session := range minutes.ApprovedEarlier(r.Agenda.Items, r.Treatments) {
		m, err := tx.Minutes(session)
		if err != nil {
			return err
		}
		if _, err := tx.UpdateMinutes(session, m.Revision, func(m *minutes.Minutes) error { return m.MarkApproved(r.Session.ID) }); err != nil {
			return err
		}
	}
	return nil
}

// propose makes a proposal of a matter that the session added and postponed, so
// that documents and an opinion can be added to it before the next.
func propose(tx *storage.Tx, r *minutes.Record, c *agenda.Candidate) error {
	if c.Source != agenda.FromSession {
		return nil
	}
	c.Source = agenda.FromProposal
	c.Submitted = r.Session.Date.At(r.Session.OpenedAt).UTC()
	by := ""
	for _, x := range r.Added {
		if x.ID == c.ID {
			by = x.By
		}
	}
	_, err := tx.UpdateProposal(c.ID, 0, func(p *agenda.Proposal) error {
		*p = agenda.Proposal{Candidate: *c, By: by, State: agenda.Waiting}
		p.Postponed = nil // Join adds them from what is carried
		return nil
	})
	return err
}

// carry keeps a postponed matter for the next sessions, unless it is a proposal
// that was withdrawn since the agenda was approved: that waits no longer.
func carry(tx *storage.Tx, c agenda.Candidate) error {
	if c.Source == agenda.FromProposal {
		p, err := tx.Proposal(c.ID)
		if err != nil && !isMissing(err) {
			return err
		}
		if err == nil && !p.State.Open() {
			return nil
		}
	}
	return tx.Carry(c)
}

// results are what outcomes of items make of proposals.
var results = map[minutes.Outcome]agenda.Result{
	minutes.Decided: agenda.ByDecision, minutes.Noted: agenda.ByNoting, minutes.Withdrawn: agenda.ByWithdrawal,
}

// dealtWith ends the waiting of a matter that the session has dealt with.
func dealtWith(tx *storage.Tx, a council.Actor, at time.Time, r minutes.Record, it agenda.Item) error {
	if err := tx.DropCarried(it.ID); err != nil || it.Source != agenda.FromProposal {
		return err
	}
	p, err := tx.Proposal(it.ID)
	if err != nil || p.State == agenda.DealtWith {
		return err
	}
	var t minutes.Treatment
	if i := slices.IndexFunc(r.Treatments, func(t minutes.Treatment) bool { return t.Item == it.ID }); i >= 0 {
		t = r.Treatments[i]
	}
	_, err = tx.UpdateProposal(it.ID, p.Revision, func(p *agenda.Proposal) error {
		p.End(r.Session, a, at, results[t.Outcome], t.Why)
		return nil
	})
	return err
}
