package office

import (
	"context"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/plan"
	"padome/storage"
)

// Propose hands in a candidate for a coming session.
func (o *Office) Propose(ctx context.Context, by By, c agenda.Candidate) (agenda.Proposal, error) {
	return o.handIn(ctx, by, c, (*agenda.Proposal).HandIn)
}

// ProposeFor enters what an institution or organisation sent to the council,
// with the day it came; the candidate names who initiated it. Only the
// secretariat can.
func (o *Office) ProposeFor(ctx context.Context, by By, c agenda.Candidate, received council.Date) (agenda.Proposal, error) {
	today := o.Today()
	return o.handIn(ctx, by, c, func(p *agenda.Proposal, a council.Actor, at time.Time) error {
		if err := p.HandIn(a, at); err != nil {
			return err
		}
		return p.Received(a, received, today)
	})
}

func (o *Office) handIn(ctx context.Context, by By, c agenda.Candidate, hand func(*agenda.Proposal, council.Actor, time.Time) error) (agenda.Proposal, error) {
	if !agenda.MayPropose(by.Actor) {
		return agenda.Proposal{}, forbidden(false, by.Actor, "problem.agenda.propose")
	}
	id, at := o.db.NewID(), o.db.Now()
	return o.onProposal(ctx, by.change("history.proposal.submitted", c.Title), id, 0, func(p *agenda.Proposal, now plan.Plan) error {
		put(&p.Candidate, c)
		if err := hand(p, by.Actor, at); err != nil {
			return err
		}
		return p.Candidate.Validate(&now)
	})
}

// ChangeProposal changes what an open proposal says. Its documents stay.
func (o *Office) ChangeProposal(ctx context.Context, by By, id string, revision uint64, c agenda.Candidate) (agenda.Proposal, error) {
	at := o.db.Now()
	return o.onProposal(ctx, by.change("history.proposal.changed", ""), id, revision, func(p *agenda.Proposal, now plan.Plan) error {
		if err := p.Rewrite(by.Actor, at, func(x *agenda.Candidate) { put(x, c) }); err != nil {
			return err
		}
		return p.Candidate.Validate(&now)
	})
}

// put takes over what people may say of a proposal.
func put(p *agenda.Candidate, c agenda.Candidate) {
	p.Source, p.Kind, p.Title = agenda.FromProposal, c.Kind, c.Title
	p.Ground, p.Wanted = c.Ground, c.Wanted
	p.Tasks, p.OutsidePlan = c.Tasks, c.OutsidePlan
	p.Initiator, p.InitiatedBy = c.Initiator, c.InitiatedBy
	p.Presenters, p.Invited, p.Minutes = c.Presenters, c.Invited, c.Minutes
	p.DraftDecision, p.Addressees = c.DraftDecision, c.Addressees
	p.Deadline, p.Wish, p.OutsideRiga = c.Deadline, c.Wish, c.OutsideRiga
}

func (o *Office) onProposal(ctx context.Context, ch storage.Change, id string, revision uint64,
	fn func(*agenda.Proposal, plan.Plan) error) (agenda.Proposal, error) {
	return storage.Do(ctx, o.council, ch, func(tx *storage.Tx) (agenda.Proposal, error) {
		p, err := tx.NewestPlan()
		if isMissing(err) {
			err = problem.New(problem.State, "problem.office.no-plan")
		}
		if err != nil {
			return agenda.Proposal{}, err
		}
		return tx.UpdateProposal(id, revision, func(x *agenda.Proposal) error { return fn(x, p) })
	})
}

// Proposal is one proposal: for its proposer, members and those who prepare.
func (o *Office) Proposal(ctx context.Context, a council.Actor, id string) (agenda.Proposal, error) {
	if !agenda.MayPropose(a) {
		return agenda.Proposal{}, hidden("proposal", id)
	}
	return storage.Read(ctx, o.council, func(v *storage.View) (agenda.Proposal, error) { return v.Proposal(id) })
}

// Proposals are all proposals, the newest first, and the cursor of the next page.
func (o *Office) Proposals(ctx context.Context, a council.Actor, p storage.Page) ([]agenda.Proposal, string, error) {
	if !agenda.MayPropose(a) {
		return nil, "", forbidden(false, a, "problem.agenda.propose")
	}
	var next string
	list, err := storage.Read(ctx, o.council, func(v *storage.View) (list []agenda.Proposal, err error) {
		list, next, err = v.Proposals(p)
		return list, err
	})
	return list, next, err
}
