package storage

import (
	"context"
	"fmt"
	"strconv"

	"padome/agenda"
	"padome/storage/store"
)

var agendas = &table[agenda.Agenda]{
	bucket:   "agendas",
	kind:     "agenda",
	key:      func(a *agenda.Agenda) key { return key{}.str(a.Session) },
	id:       func(a *agenda.Agenda) string { return a.Session },
	revision: func(a *agenda.Agenda) *uint64 { return &a.Revision },
	blobs: func(a *agenda.Agenda) []string {
		return itemSums(a.Draft.Items, a.Draft.LeftOut)
	},
	ledger: []logged[agenda.Agenda]{{
		kind: "agenda", content: everSubmitted, acts: agendaActs, steps: []string{"agenda-submitted", "agenda-approved", "agenda-changes-requested", "agenda-published"},
		changed: "agenda-changed", ended: "agenda-withdrawn",
	}},
}

// everSubmitted is what the leads were asked to approve, and what they said.
func everSubmitted(a *agenda.Agenda) any {
	if len(a.Versions) == 0 {
		return nil
	}
	return a.Versions
}

// agendaActs are what was done with the versions of an agenda.
func agendaActs(a *agenda.Agenda) []string {
	var acts []string
	for _, v := range a.Versions {
		acts = append(acts, "agenda-submitted")
		for range v.Approvals {
			acts = append(acts, "agenda-approved")
		}
		for range v.Requests {
			acts = append(acts, "agenda-changes-requested")
		}
		if v.Approved() {
			acts = append(acts, "agenda-published")
		}
	}
	return acts
}

func itemSums(items []agenda.Item, leftOut []agenda.LeftOut) []string {
	var ss []string
	for _, it := range items {
		ss = append(ss, sums(it.Documents)...)
	}
	for _, o := range leftOut {
		ss = append(ss, sums(o.Documents)...)
	}
	return ss
}

// Agenda is the agenda of a session; it fails with NotFound.
func (v *View) Agenda(session string) (agenda.Agenda, error) {
	return agendas.get(v.r, agenda.New(session))
}

// AgendasWith are the agendas whose working draft has a document.
func (v *View) AgendasWith(sum string) ([]agenda.Agenda, error) {
	return agendas.every(v.r, blobBucket, store.Prefix(key{}.str(sum).str(agendas.kind)))
}

// ContentsWith are the submitted versions of agendas that have a document.
func (v *View) ContentsWith(sum string) ([]agenda.Content, error) {
	all, err := frozenAgendas.every(v.r, blobBucket, store.Prefix(key{}.str(sum).str(frozenAgendas.kind)))
	if err != nil {
		return nil, err
	}
	cs := make([]agenda.Content, len(all))
	for i, f := range all {
		if cs[i], err = agenda.ReadContent(f.Bytes, f.Digest); err != nil {
			return nil, fmt.Errorf("%w: %w", store.ErrDamaged, err)
		}
	}
	return cs, nil
}

// UpdateAgenda changes the agenda of a session, or begins it for revision 0.
// What a submission froze is kept with it, and never changes again. What both
// leads approved is found from then on.
func (tx *Tx) UpdateAgenda(session string, revision uint64, fn func(*agenda.Agenda) error) (agenda.Agenda, error) {
	shown := ""
	x, err := agendas.edit(tx.w, revision, agenda.New(session), func(a *agenda.Agenda) error {
		shown = digestShown(a)
		was := a.Status
		if err := fn(a); err != nil {
			return err
		}
		if f := a.TakeFrozen(); f != nil {
			return tx.keepFrozen(session, f)
		}
		if a.Status == agenda.Approved && was != agenda.Approved {
			return tx.approveOverrides(a)
		}
		return nil
	})
	if err != nil || digestShown(&x) == shown {
		return x, err
	}
	return x, publish(tx.w, session)
}

// digestShown is that of the version that everybody may read; "" for none.
func digestShown(a *agenda.Agenda) string {
	v, _ := a.ApprovedVersion()
	return v.Digest
}

func (tx *Tx) keepFrozen(session string, f *agenda.Frozen) error {
	v := frozenAgenda{Session: session, Number: f.Number, Digest: f.Digest, Bytes: f.Bytes}
	if err := v.verify(); err != nil {
		return err
	}
	if err := frozenAgendas.add(tx.w, &v, uint64(f.Number)); err != nil {
		return err
	}
	return keepOverrides(tx.w, session, f, false)
}

// UpdateAgenda is Tx.UpdateAgenda as one change of its own.
func (c *Council) UpdateAgenda(ctx context.Context, ch Change, session string, revision uint64, fn func(*agenda.Agenda) error) (agenda.Agenda, error) {
	return Do(ctx, c, ch, func(tx *Tx) (agenda.Agenda, error) { return tx.UpdateAgenda(session, revision, fn) })
}

// frozenAgenda is the content of a version as it was submitted.
type frozenAgenda struct {
	Session string `json:"session"`
	Number  int    `json:"number"`
	Digest  string `json:"digest"`
	Bytes   []byte `json:"bytes"`
}

var frozenAgendas = &table[frozenAgenda]{
	bucket: "agendas/frozen",
	kind:   "agenda-version",
	key:    func(f *frozenAgenda) key { return key{}.str(f.Session).num(uint64(f.Number)) },
	id:     func(f *frozenAgenda) string { return f.Session + "/" + strconv.Itoa(f.Number) },
	blobs: func(f *frozenAgenda) []string {
		c, err := agenda.ReadContent(f.Bytes, f.Digest)
		if err != nil {
			return nil // verify tells of it
		}
		return itemSums(c.Items, c.LeftOut)
	},
	verify: (*frozenAgenda).verify,
	ledger: []logged[frozenAgenda]{{
		kind:    "agenda-version",
		content: func(f *frozenAgenda) any { return f.Bytes },
		steps:   []string{"agenda-frozen"},
	}},
}

// verify holds the content to its digest.
func (f *frozenAgenda) verify() error {
	if _, err := agenda.ReadContent(f.Bytes, f.Digest); err != nil {
		return fmt.Errorf("storage: version %d of the agenda of %s: %w", f.Number, f.Session, err)
	}
	return nil
}

// FrozenAgenda is the content of a version of a session's agenda, just as it
// was submitted. It fails with NotFound, and as damaged when the content is not
// that of its digest.
func (v *View) FrozenAgenda(session string, number int) (agenda.Frozen, error) {
	f, err := frozenAgendas.get(v.r, frozenAgenda{Session: session, Number: number})
	if err != nil {
		return agenda.Frozen{}, err
	}
	if err := f.verify(); err != nil {
		return agenda.Frozen{}, fmt.Errorf("%w: %w", store.ErrDamaged, err)
	}
	return agenda.Frozen{Number: f.Number, Digest: f.Digest, Bytes: f.Bytes}, nil
}
