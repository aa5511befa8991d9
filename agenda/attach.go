package agenda

import (
	"slices"

	"padome/council"
	"padome/internal/problem"
)

// Attachable refuses whoever may not prepare the agenda of a session, and items
// whose documents are not their own: those of a proposal are kept with it, and
// standing items have none.
func (a *Agenda) Attachable(actor council.Actor, s council.Session, id string) error {
	if err := a.editable(actor, &Input{Session: s}); err != nil {
		return err
	}
	it, ok := a.Draft.Item(id)
	switch {
	case !ok:
		return problem.New(problem.NotFound, "problem.agenda.unknown-item", "value", id)
	case it.Source == FromProposal:
		return problem.New(problem.State, "problem.agenda.document-of-proposal", "title", it.Title)
	case it.Source == Standing:
		return problem.New(problem.State, "problem.agenda.document-of-standing", "title", it.Title)
	}
	return nil
}

// Attach adds a document to an item of the working draft that no proposal stands
// behind, such as a task of the plan that is to be decided on (P18).
func (a *Agenda) Attach(actor council.Actor, in Input, id string, doc Attachment) error {
	return a.withDocuments(actor, in, id, func(now []Attachment) []Attachment { return append(slices.Clone(now), doc) })
}

// Detach takes a document off an item that Attach can add to. It fails with
// NotFound when the item does not have it.
func (a *Agenda) Detach(actor council.Actor, in Input, id, sum string) error {
	found := false
	err := a.withDocuments(actor, in, id, func(now []Attachment) []Attachment {
		i := slices.IndexFunc(now, func(d Attachment) bool { return d.SHA256 == sum })
		if found = i >= 0; !found {
			return now
		}
		return slices.Delete(slices.Clone(now), i, i+1)
	})
	if err == nil && !found {
		err = problem.New(problem.NotFound, "problem.missing.document", "id", sum)
	}
	return err
}

func (a *Agenda) withDocuments(actor council.Actor, in Input, id string, change func([]Attachment) []Attachment) error {
	if err := a.Attachable(actor, in.Session, id); err != nil {
		return err
	}
	it, _ := a.Draft.Item(id)
	m := it.Matter
	m.Documents = change(m.Documents)
	return a.Edit(actor, in, id, m)
}

// prepared are the candidates with what the secretariat prepared for tasks of
// the plan, which have no proposal to keep it: so that building anew, and the
// rules that ask for a draft decision and documents, find it.
func prepared(all []Candidate, d *Draft) []Candidate {
	said := map[string]*Matter{}
	for i := range d.Items {
		said[d.Items[i].ID] = &d.Items[i].Matter
	}
	for i := range d.LeftOut {
		said[d.LeftOut[i].ID] = &d.LeftOut[i].Matter
	}
	all = slices.Clone(all)
	for i := range all {
		c := &all[i]
		if m, ok := said[c.ID]; ok && c.Source == FromPlan {
			c.Title, c.Presenters, c.OutsideRiga, c.Invited = m.Title, m.Presenters, m.OutsideRiga, m.Invited
			c.DraftDecision, c.Addressees, c.Documents = m.DraftDecision, m.Addressees, m.Documents
		}
	}
	return all
}
