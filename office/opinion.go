package office

import (
	"context"
	"time"

	"padome/agenda"
	"padome/internal/problem"
	"padome/storage"
)

// WaiveOpinion records a lead's mark that an open proposal may be decided
// without a working group's opinion (P19).
func (o *Office) WaiveOpinion(ctx context.Context, by By, id string, revision uint64) (agenda.Proposal, error) {
	return o.onCourse(ctx, by, "history.proposal.waived", "", id, revision, func(p *agenda.Proposal, at time.Time) error {
		if err := waiting(p); err != nil {
			return err
		}
		return p.Waive(by.Actor, at)
	})
}

// SetOpinion records what a working group said of an open proposal (P19): by
// the secretariat, or by the group's lead.
func (o *Office) SetOpinion(ctx context.Context, by By, id string, revision uint64, x agenda.Opinion) (agenda.Proposal, error) {
	if !agenda.MayPropose(by.Actor) {
		return agenda.Proposal{}, hidden("proposal", id)
	}
	today := o.Today()
	return storage.Do(ctx, o.council, by.change("history.proposal.opinion", x.Group), func(tx *storage.Tx) (agenda.Proposal, error) {
		groups, err := tx.Groups()
		if err != nil {
			return agenda.Proposal{}, err
		}
		return tx.UpdateProposal(id, revision, func(p *agenda.Proposal) error {
			if err := waiting(p); err != nil {
				return err
			}
			return p.SetOpinion(by.Actor, groups, x, today)
		})
	})
}

// waiting refuses what needs a proposal that has not ended.
func waiting(p *agenda.Proposal) error {
	if !p.State.Open() {
		return problem.New(problem.State, "problem.agenda.not-waiting-proposal", "state", string(p.State))
	}
	return nil
}
