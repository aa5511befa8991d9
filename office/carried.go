package office

import (
	"context"

	"padome/agenda"
	"padome/council"
	"padome/storage"
)

// SettleCarried records the way out that a lead chose for a matter postponed
// too often (P6).
func (o *Office) SettleCarried(ctx context.Context, by By, id string, choice agenda.Settlement) (agenda.Candidate, error) {
	return storage.Do(ctx, o.council, by.change("history.carried.settled", string(choice)), func(tx *storage.Tx) (agenda.Candidate, error) {
		all, err := tx.Carried()
		if err != nil {
			return agenda.Candidate{}, err
		}
		for _, c := range all {
			if c.ID == id {
				if err := c.SettleBy(by.Actor, choice); err != nil {
					return agenda.Candidate{}, err
				}
				return c, tx.Carry(c)
			}
		}
		return agenda.Candidate{}, hidden("carried", id)
	})
}

// Carried are the matters that wait since a session postponed them.
func (o *Office) Carried(ctx context.Context, a council.Actor) ([]agenda.Candidate, error) {
	if !agenda.MayPropose(a) {
		return nil, forbidden(false, a, "problem.agenda.propose")
	}
	return storage.Read(ctx, o.council, (*storage.View).Carried)
}
