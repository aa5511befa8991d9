package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"padome/storage/store"
	"padome/storage/store/internal/envelope"
)

func commandPlace(t store.Tenant) uint32 { return envelope.Place(t, envelope.Commands, "") }

func openCommand(t store.Tenant, id, raw []byte) (envelope.Command, error) {
	value, ok := envelope.Unseal(commandPlace(t), id, raw)
	if !ok {
		return envelope.Command{}, damaged(t, "remembered commands", id, "checksum")
	}
	return envelope.DecodeCommand(append([]byte{}, value...))
}

// Forget drops old commands, as store.Store says, in lots between which other
// changes have their turn.
func (s *Store) Forget(ctx context.Context, t store.Tenant, before time.Time) (int, error) {
	forgotten := 0
	for {
		n := 0
		err := s.submit(ctx, t, &change{own: func(a *attempt) (err error) {
			n, err = a.forget(before.UnixNano())
			return err
		}})
		if err != nil {
			return forgotten, err
		}
		if forgotten += n; n < store.MaxScan {
			return forgotten, nil
		}
	}
}

// forget forgets the next of the old commands.
func (a *attempt) forget(before int64) (n int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), slow)
	defer cancel()
	rows, err := a.conn.Query(ctx, oldCommands, int64(a.tenant), before, store.MaxScan)
	if err == nil {
		var id, raw []byte
		_, err = pgx.ForEachRow(rows, []any{&id, &raw}, func() error {
			a.forgotten = append(a.forgotten, append([]byte{}, id...))
			a.lost += envelope.Weight(raw)
			delete(a.recalled, store.CommandID(id))
			n++
			return nil
		})
	}
	if err != nil {
		a.broken = cut(a.conn, err)
	}
	return n, err
}
