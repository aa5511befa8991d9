package storage

import (
	"context"

	"padome/agenda"
	"padome/storage/store"
)

var proposals = &table[agenda.Proposal]{
	bucket:   "proposals",
	kind:     "proposal",
	key:      func(p *agenda.Proposal) key { return key{}.str(p.ID) },
	id:       func(p *agenda.Proposal) string { return p.ID },
	revision: func(p *agenda.Proposal) *uint64 { return &p.Revision },
	indexes:  []index[agenda.Proposal]{proposalsDown, proposalsOpen},
	blobs:    func(p *agenda.Proposal) []string { return sums(p.Documents) },
}

var (
	proposalsDown = index[agenda.Proposal]{"proposals/down", func(p *agenda.Proposal) []key {
		return []key{key{}.num(uint64(max(p.Submitted.UnixMilli(), 0))).str(p.ID).down()}
	}}
	proposalsOpen = index[agenda.Proposal]{"proposals/open", func(p *agenda.Proposal) []key {
		if !p.State.Open() {
			return nil
		}
		return []key{key{}.str(p.ID)}
	}}
)

// sums are the blobs of documents.
func sums(documents []agenda.Attachment) []string {
	var ss []string
	for _, d := range documents {
		if d.SHA256 != "" {
			ss = append(ss, d.SHA256)
		}
	}
	return ss
}

// Proposal fails with NotFound.
func (v *View) Proposal(id string) (agenda.Proposal, error) {
	return proposals.get(v.r, proposalOf(id))
}

func proposalOf(id string) agenda.Proposal {
	var p agenda.Proposal
	p.ID = id
	return p
}

// Proposals are all proposals, the newest first.
func (v *View) Proposals(p Page) (list []agenda.Proposal, next string, err error) {
	return proposals.page(v.r, proposalsDown.bucket, store.Range{}, p)
}

// ProposalsWith are the proposals that have a document.
func (v *View) ProposalsWith(sum string) ([]agenda.Proposal, error) {
	return proposals.every(v.r, blobBucket, store.Prefix(key{}.str(sum).str(proposals.kind)))
}

// OpenProposals are the proposals that wait, by id.
func (v *View) OpenProposals() ([]agenda.Proposal, error) {
	return proposals.every(v.r, proposalsOpen.bucket, store.Range{})
}

// UpdateProposal changes a proposal, or adds one for revision 0. fn validates
// its content against the plan.
func (tx *Tx) UpdateProposal(id string, revision uint64, fn func(*agenda.Proposal) error) (agenda.Proposal, error) {
	return proposals.edit(tx.w, revision, proposalOf(id), fn)
}

// UpdateProposal is Tx.UpdateProposal as one change of its own.
func (c *Council) UpdateProposal(ctx context.Context, ch Change, id string, revision uint64, fn func(*agenda.Proposal) error) (agenda.Proposal, error) {
	return Do(ctx, c, ch, func(tx *Tx) (agenda.Proposal, error) { return tx.UpdateProposal(id, revision, fn) })
}

// Carried matters are candidates that a session postponed, until another one
// has dealt with them.
var carried = &table[agenda.Candidate]{
	bucket: "carried",
	kind:   "carried",
	key:    func(c *agenda.Candidate) key { return key{}.str(c.ID) },
	id:     func(c *agenda.Candidate) string { return c.ID },
	blobs:  func(c *agenda.Candidate) []string { return sums(c.Documents) },
}

// Carried are the matters that wait since a session postponed them, by id.
func (v *View) Carried() ([]agenda.Candidate, error) {
	return carried.every(v.r, carried.bucket, store.Range{})
}

// Carry keeps a postponed matter for the next sessions, in place of what was
// carried under its id.
func (tx *Tx) Carry(c agenda.Candidate) error { return carried.put(tx.w, &c) }

// DropCarried ends the carrying over of a matter that a session has dealt with;
// one that is not carried is no error.
func (tx *Tx) DropCarried(id string) error {
	var c agenda.Candidate
	c.ID = id
	return carried.remove(tx.w, c)
}
