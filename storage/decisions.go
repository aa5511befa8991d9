package storage

import (
	"cmp"
	"context"
	"errors"

	"padome/council"
	"padome/minutes"
	"padome/plan"
	"padome/storage/store"
)

var decisions = &table[minutes.Decision]{
	bucket:   "decisions",
	kind:     "decision",
	key:      func(d *minutes.Decision) key { return key{}.str(d.ID) },
	id:       func(d *minutes.Decision) string { return d.ID },
	revision: func(d *minutes.Decision) *uint64 { return &d.Revision },
	indexes:  []index[minutes.Decision]{decisionsOf, decisionsOpen, decisionsOn, decisionsFound},
	blobs: func(d *minutes.Decision) []string {
		var ss []string
		for _, p := range d.Progress {
			ss = append(ss, sums(p.Evidence)...)
		}
		return ss
	},
	ledger: []logged[minutes.Decision]{{
		kind:    "decision",
		content: func(d *minutes.Decision) any { return d },
		steps:   []string{"decision-recorded"},
		changed: "decision-changed", ended: "decision-withdrawn",
	}},
}

// noDeadline sorts after every date.
const noDeadline council.Date = "~"

var (
	decisionsOf = index[minutes.Decision]{"decisions/session", func(d *minutes.Decision) []key {
		return []key{key{}.str(d.Session).num(uint64(d.ItemNo)).num(uint64(d.Clause)).str(d.ID)}
	}}
	decisionsOpen = index[minutes.Decision]{"decisions/open", func(d *minutes.Decision) []key {
		if !d.Status.Open() {
			return nil
		}
		return []key{key{}.str(string(cmp.Or(d.Deadline, noDeadline))).str(string(d.Taken)).str(d.ID)}
	}}
	decisionsOn = index[minutes.Decision]{"decisions/task", func(d *minutes.Decision) []key {
		ks := make([]key, len(d.Tasks))
		for i, r := range d.Tasks {
			ks[i] = append(taskKey(r), key{}.str(string(d.Taken)).str(d.ID)...)
		}
		return ks
	}}
	decisionsFound = index[minutes.Decision]{"decisions/found", func(d *minutes.Decision) []key {
		ks := make([]key, len(d.Findings))
		for i, f := range d.Findings {
			ks[i] = key{}.str(f.Session).str(string(d.Taken)).num(uint64(d.ItemNo)).num(uint64(d.Clause)).str(d.ID)
		}
		return ks
	}}
)

// Decision fails with NotFound.
func (v *View) Decision(id string) (minutes.Decision, error) {
	return decisions.get(v.r, minutes.Decision{ID: id})
}

// DecisionsOf are the decisions of a session, by number.
func (v *View) DecisionsOf(session string) ([]minutes.Decision, error) {
	return decisions.every(v.r, decisionsOf.bucket, store.Prefix(key{}.str(session)))
}

// DecisionsOn are the decisions linked to a task as it reads in one revision of
// the plan, the earliest first.
func (v *View) DecisionsOn(task plan.Ref) ([]minutes.Decision, error) {
	return decisions.every(v.r, decisionsOn.bucket, store.Prefix(taskKey(task)))
}

// DecisionsFound are the earlier decisions on which a session found how they are
// carried out, the earliest first.
func (v *View) DecisionsFound(session string) ([]minutes.Decision, error) {
	return decisions.every(v.r, decisionsFound.bucket, store.Prefix(key{}.str(session)))
}

// OpenDecisions are the decisions still to be carried out, the nearest deadline
// first, those without one last.
func (v *View) OpenDecisions(p Page) (list []minutes.Decision, next string, err error) {
	return decisions.page(v.r, decisionsOpen.bucket, store.Range{}, p)
}

// AllOpenDecisions are OpenDecisions without pages.
func (v *View) AllOpenDecisions() ([]minutes.Decision, error) {
	return decisions.every(v.r, decisionsOpen.bucket, store.Range{})
}

// AddDecision adds a clause that minutes.Treatment.Take made. It fails with
// Conflict when there is a decision of that id.
func (tx *Tx) AddDecision(d minutes.Decision) (minutes.Decision, error) {
	d.Revision = 1
	return d, decisions.add(tx.w, &d, d.Revision)
}

// UpdateDecision changes a decision that is there.
func (tx *Tx) UpdateDecision(id string, revision uint64, fn func(*minutes.Decision) error) (minutes.Decision, error) {
	if revision == 0 {
		return minutes.Decision{}, missing(decisions.kind, id)
	}
	return decisions.edit(tx.w, revision, minutes.Decision{ID: id}, fn)
}

// UpdateDecision is Tx.UpdateDecision as one change of its own.
func (c *Council) UpdateDecision(ctx context.Context, ch Change, id string, revision uint64, fn func(*minutes.Decision) error) (minutes.Decision, error) {
	return Do(ctx, c, ch, func(tx *Tx) (minutes.Decision, error) { return tx.UpdateDecision(id, revision, fn) })
}

// RemoveDecision removes a clause that minutes.Treatment.TakeBack gave up; its
// history stays. It fails with NotFound, and with Conflict when the revisions
// differ.
func (tx *Tx) RemoveDecision(id string, revision uint64) error {
	d, err := tx.Decision(id)
	if err != nil {
		return err
	}
	if err := decisions.compare(id, revision, d.Revision); err != nil {
		return err
	}
	if err := errors.Join(decisions.drop(tx.w, &d), decisions.logEnd(tx.w, &d, d.Revision+1)); err != nil {
		return err
	}
	return tx.w.note(decisions.kind, id, d.Revision+1)
}
