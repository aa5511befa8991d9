package office

import (
	"context"

	"padome/council"
	"padome/storage"
)

// Delegations are the council's delegates to other bodies, past ones too.
func (o *Office) Delegations(ctx context.Context) ([]council.Delegation, error) {
	return storage.Read(ctx, o.council, (*storage.View).Delegations)
}

// SaveDelegation sends somebody to another body in the council's name for
// revision 0, under a new id when none is given, or changes a delegation. It
// fails with NotFound when the person is not in the register of people.
func (o *Office) SaveDelegation(ctx context.Context, by By, revision uint64, d council.Delegation) (council.Delegation, error) {
	if err := council.MayChangeDelegations(by.Actor); err != nil {
		return council.Delegation{}, err
	}
	id := o.idOr(d.ID, revision)
	return storage.Do(ctx, o.council, by.change("history.delegation", d.Body), func(tx *storage.Tx) (council.Delegation, error) {
		return tx.UpdateDelegation(id, revision, func(was *council.Delegation) error {
			d.ID, d.Revision = was.ID, was.Revision
			*was = d
			if err := was.Validate(); err != nil {
				return err
			}
			_, err := tx.Person(was.Person)
			return err
		})
	})
}
