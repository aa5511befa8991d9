package office

import (
	"context"
	"io"
	"slices"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
	"padome/plan"
	"padome/storage"
)

// MaxDocument is the most bytes of a document.
const MaxDocument = 25 << 20

// AddDocument stores a document and then adds it to an open proposal. A
// document whose proposal could not be changed is swept later.
func (o *Office) AddDocument(ctx context.Context, by By, id string, revision uint64, name, media string, r io.Reader) (agenda.Proposal, error) {
	if err := checkName(&name); err != nil {
		return agenda.Proposal{}, err
	}
	p, err := o.Proposal(ctx, by.Actor, id)
	if err != nil {
		return agenda.Proposal{}, err
	}
	if err := p.Changeable(by.Actor); err != nil {
		return agenda.Proposal{}, err
	}
	sum, size, err := o.db.PutBlob(ctx, r, MaxDocument)
	if err != nil {
		return agenda.Proposal{}, err
	}
	doc := agenda.Attachment{Name: name, Media: media, Size: size, SHA256: sum}
	by.Input = media + " " + sum
	at := o.db.Now()
	return o.onProposal(ctx, by.change("history.proposal.document", name), id, revision, func(p *agenda.Proposal, now plan.Plan) error {
		if err := p.Rewrite(by.Actor, at, func(c *agenda.Candidate) { c.Documents = append(slices.Clone(c.Documents), doc) }); err != nil {
			return err
		}
		return p.Candidate.Validate(&now)
	})
}

// RemoveDocument takes a document off an open proposal. Its bytes stay while
// anything else refers to them, such as an agenda that went out.
func (o *Office) RemoveDocument(ctx context.Context, by By, id string, revision uint64, sum string) (agenda.Proposal, error) {
	if _, err := o.Proposal(ctx, by.Actor, id); err != nil {
		return agenda.Proposal{}, err
	}
	at := o.db.Now()
	return o.onProposal(ctx, by.change("history.proposal.document-removed", ""), id, revision, func(p *agenda.Proposal, _ plan.Plan) error {
		i := slices.IndexFunc(p.Documents, func(d agenda.Attachment) bool { return d.SHA256 == sum })
		if i < 0 {
			return hidden("document", sum)
		}
		return p.Rewrite(by.Actor, at, func(c *agenda.Candidate) { c.Documents = slices.Delete(slices.Clone(c.Documents), i, i+1) })
	})
}

// checkName tidies a file's name and refuses one that is a path.
func checkName(name *string) error {
	var l problem.List
	text.Line(&l, "name", name, 1, 150)
	for _, r := range *name {
		if r == '/' || r == '\\' || r == ':' {
			l.Add("name", "problem.office.file-name", "value", *name)
			break
		}
	}
	return l.Err()
}

// Document opens a document of a session's agenda or of a proposal for an actor
// who may see what it belongs to. The caller closes it.
func (o *Office) Document(ctx context.Context, a council.Actor, sum string) (io.ReadCloser, agenda.Attachment, error) {
	d, err := storage.Read(ctx, o.council, func(v *storage.View) (agenda.Attachment, error) { return findDocument(v, a, sum) })
	if err != nil {
		return nil, agenda.Attachment{}, err
	}
	r, _, err := o.db.OpenBlob(ctx, sum, 0, -1)
	return r, d, err
}

// findDocument finds a document that the actor may see: members those of
// proposals, of approved agendas and of items that sessions added; those who
// prepare and approve agendas those of drafts too; nobody else any.
func findDocument(v *storage.View, a council.Actor, sum string) (agenda.Attachment, error) {
	if !agenda.MayPropose(a) {
		return agenda.Attachment{}, hidden("document", sum)
	}
	proposals, err := v.ProposalsWith(sum)
	if err != nil {
		return agenda.Attachment{}, err
	}
	for i := range proposals {
		if d, ok := named(proposals[i].Documents, sum); ok {
			return d, nil
		}
	}
	d, err := agendaDocument(v, a, sum)
	if isMissing(err) {
		return addedDocument(v, sum)
	}
	return d, err
}

func named(all []agenda.Attachment, sum string) (agenda.Attachment, bool) {
	for _, d := range all {
		if d.SHA256 == sum {
			return d, true
		}
	}
	return agenda.Attachment{}, false
}

// agendaDocument finds a document of an agenda's item.
func agendaDocument(v *storage.View, a council.Actor, sum string) (agenda.Attachment, error) {
	var items []agenda.Item
	contents, err := v.ContentsWith(sum)
	if err != nil {
		return agenda.Attachment{}, err
	}
	for _, c := range contents {
		x, err := v.Agenda(c.Session.ID)
		if err != nil {
			return agenda.Attachment{}, err
		}
		if agenda.MayReadDraft(a) || c.Version <= len(x.Versions) && x.Versions[c.Version-1].Approved() {
			items = append(items, c.Items...)
		}
	}
	if agenda.MayReadDraft(a) {
		drafts, err := v.AgendasWith(sum)
		if err != nil {
			return agenda.Attachment{}, err
		}
		for _, x := range drafts {
			items = append(items, x.Draft.Items...)
		}
	}
	for i := range items {
		if d, ok := named(items[i].Documents, sum); ok {
			return d, nil
		}
	}
	return agenda.Attachment{}, hidden("document", sum)
}

// addedDocument finds a document of an item that a session added (P25).
func addedDocument(v *storage.View, sum string) (agenda.Attachment, error) {
	all, err := v.AllAdditions()
	if err != nil {
		return agenda.Attachment{}, err
	}
	for _, a := range all {
		for _, it := range a.Items {
			if d, ok := named(it.Documents, sum); ok {
				return d, nil
			}
		}
	}
	return agenda.Attachment{}, hidden("document", sum)
}
