package office

import (
	"context"

	"padome/minutes"
	"padome/storage"
)

// AskReopening asks for final minutes that nobody has signed to become a draft
// again, with the reason; somebody else has to confirm it.
func (o *Office) AskReopening(ctx context.Context, by By, session string, revision uint64, reason string) (minutes.Minutes, error) {
	at := o.db.Now()
	return storage.Do(ctx, o.council, by.change("history.minutes.reopen.asked", reason), func(tx *storage.Tx) (minutes.Minutes, error) {
		s, err := tx.Session(session)
		if err != nil {
			return minutes.Minutes{}, err
		}
		if !minutes.MayRecord(by.Actor, s) {
			return minutes.Minutes{}, forbidden(false, by.Actor, "problem.office.record")
		}
		return tx.UpdateMinutes(session, revision, func(m *minutes.Minutes) error {
			return m.AskReopening(by.Actor, reason, at)
		})
	})
}

// ConfirmReopening makes them a draft again: by another person than who asked.
func (o *Office) ConfirmReopening(ctx context.Context, by By, session string, revision uint64) (minutes.Minutes, error) {
	at := o.db.Now()
	return storage.Do(ctx, o.council, by.change("history.minutes.reopen.confirmed", ""), func(tx *storage.Tx) (minutes.Minutes, error) {
		s, err := tx.Session(session)
		if err != nil {
			return minutes.Minutes{}, err
		}
		return tx.UpdateMinutes(session, revision, func(m *minutes.Minutes) error {
			if !m.MayRead(by.Actor) {
				return hidden("minutes", session)
			}
			return m.ConfirmReopening(by.Actor, s, at)
		})
	})
}

// DropReopening takes the request back, or declines it.
func (o *Office) DropReopening(ctx context.Context, by By, session string, revision uint64) (minutes.Minutes, error) {
	return storage.Do(ctx, o.council, by.change("history.minutes.reopen.dropped", ""), func(tx *storage.Tx) (minutes.Minutes, error) {
		s, err := tx.Session(session)
		if err != nil {
			return minutes.Minutes{}, err
		}
		return tx.UpdateMinutes(session, revision, func(m *minutes.Minutes) error {
			if !m.MayRead(by.Actor) {
				return hidden("minutes", session)
			}
			return m.DropReopening(by.Actor, s)
		})
	})
}
