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
// proposals, approved agendas and items that sessions added; nobody else any.
func findDocument(v *storage.View, a council.Actor, sum string) (agenda.Attachment, error) {
	if !agenda.MayPropose(a) {
		return agenda.Attachment{}, hidden("document", sum)
	}
	page := storage.Page{Limit: storage.MaxPage}
	for {
		list, next, err := v.Proposals(page)
		if err != nil {
			return agenda.Attachment{}, err
		}
		for i := range list {
			for _, d := range list[i].Documents {
				if d.SHA256 == sum {
					return d, nil
				}
			}
		}
		if next == "" {
			return addedDocument(v, sum)
		}
		page.After = next
	}
}

// addedDocument finds a document of an item that a session added (P25).
func addedDocument(v *storage.View, sum string) (agenda.Attachment, error) {
	all, err := v.AllAdditions()
	if err != nil {
		return agenda.Attachment{}, err
	}
	for _, a := range all {
		for _, it := range a.Items {
			for _, d := range it.Documents {
				if d.SHA256 == sum {
					return d, nil
				}
			}
		}
	}
	return agenda.Attachment{}, hidden("document", sum)
}
