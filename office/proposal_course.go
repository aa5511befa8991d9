package office

import (
	"context"
	"time"

	"padome/agenda"
	"padome/plan"
	"padome/storage"
)

// ReturnProposal gives a proposal back to its proposer with a question of the
// secretariat.
func (o *Office) ReturnProposal(ctx context.Context, by By, id string, revision uint64, question string) (agenda.Proposal, error) {
	return o.onCourse(ctx, by, "history.proposal.returned", question, id, revision, func(p *agenda.Proposal, at time.Time) error {
		return p.Return(by.Actor, at, question)
	})
}

// AnswerQuestion answers the secretariat's question and submits the proposal
// again; what it says is changed by ChangeProposal before.
func (o *Office) AnswerQuestion(ctx context.Context, by By, id string, revision uint64, answer string) (agenda.Proposal, error) {
	return o.onCourse(ctx, by, "history.proposal.answered", answer, id, revision, func(p *agenda.Proposal, at time.Time) error {
		return p.Answer(by.Actor, at, answer)
	})
}

// MarkReady records that the secretariat checked a proposal.
func (o *Office) MarkReady(ctx context.Context, by By, id string, revision uint64) (agenda.Proposal, error) {
	return o.onCourse(ctx, by, "history.proposal.ready", "", id, revision, func(p *agenda.Proposal, at time.Time) error {
		return p.MarkReady(by.Actor, at)
	})
}

// ConfirmJoint records that the actor's side stands behind a joint proposal.
func (o *Office) ConfirmJoint(ctx context.Context, by By, id string, revision uint64) (agenda.Proposal, error) {
	return o.onCourse(ctx, by, "history.proposal.confirmed", "", id, revision, func(p *agenda.Proposal, at time.Time) error {
		return p.Confirm(by.Actor, at)
	})
}

// MarkUrgent records a lead's mark that a late proposal may not wait (P15).
func (o *Office) MarkUrgent(ctx context.Context, by By, id string, revision uint64) (agenda.Proposal, error) {
	return o.onCourse(ctx, by, "history.proposal.urgent", "", id, revision, func(p *agenda.Proposal, at time.Time) error {
		return p.MarkUrgent(by.Actor, at)
	})
}

// WithdrawProposal takes an open proposal back, for a reason that is kept. What
// a session carried over under it waits no longer either.
func (o *Office) WithdrawProposal(ctx context.Context, by By, id string, revision uint64, why string) (agenda.Proposal, error) {
	at := o.db.Now()
	return storage.Do(ctx, o.council, by.change("history.proposal.withdrawn", why), func(tx *storage.Tx) (agenda.Proposal, error) {
		p, err := tx.UpdateProposal(id, revision, func(p *agenda.Proposal) error { return p.Withdraw(by.Actor, at, why) })
		if err != nil {
			return agenda.Proposal{}, err
		}
		return p, tx.DropCarried(id)
	})
}

// onCourse changes how far a proposal has come, not what it says.
func (o *Office) onCourse(ctx context.Context, by By, what, note, id string, revision uint64,
	fn func(*agenda.Proposal, time.Time) error) (agenda.Proposal, error) {
	at := o.db.Now()
	return o.onProposal(ctx, by.change(what, note), id, revision, func(p *agenda.Proposal, _ plan.Plan) error { return fn(p, at) })
}
