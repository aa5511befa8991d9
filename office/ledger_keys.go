package office

import (
	"context"
	"crypto/rand"

	"padome/internal/ledger"
	"padome/storage"
)

func (o *Office) nameKey(ctx context.Context, by By, reason string, k ledger.NewKey) error {
	_, err := storage.Do(ctx, o.council, by.change("history.ledger.key", reason), func(tx *storage.Tx) (bool, error) { return true, tx.NameKey(k) })
	return err
}

// RotateKey makes another key, has the one before sign it, and names it in the
// ledger. With lost there is no key before that could sign; the reason is kept.
// Only those who run the installation may.
func (o *Office) RotateKey(ctx context.Context, by By, lost bool, reason string) error {
	if err := forbidden(by.Actor.Operator, by.Actor, "problem.ledger.operator"); err != nil {
		return err
	}
	if err := checkReason(&reason, least(lost)); err != nil {
		return err
	}
	log, err := storage.Read(ctx, o.council, (*storage.View).Log)
	if err != nil {
		return err
	}
	next := o.keyring.Key()
	k := ledger.NewKey{Public: next.Public()}
	if !lost {
		if err := o.BeginLedger(ctx); err != nil {
			return err
		}
		if next, err = ledger.MakeKey(rand.Reader); err != nil {
			return err
		}
		if err := o.keyring.Prepare(next); err != nil {
			return err
		}
		k = o.keyring.Key().Hand(log.Origin, next)
	}
	if err := o.nameKey(ctx, by, reason, k); err != nil {
		return err
	}
	if err := o.keyring.Settle(next.Public()); err != nil {
		return err
	}
	return o.KeepMark(ctx)
}

// least is how long a reason has to be where one is needed.
func least(needed bool) int {
	if needed {
		return 3
	}
	return 0
}
