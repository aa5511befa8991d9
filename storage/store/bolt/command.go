package bolt

import (
	"context"
	"errors"
	"time"

	"padome/storage/store"
	"padome/storage/store/internal/envelope"
)

// recall is the result of a command, if it is remembered.
func (w *writer) recall(id store.CommandID) (result []byte, found bool, err error) {
	b, err := w.shelf(envelope.Commands, "")
	if err != nil {
		return nil, false, err
	}
	value, err := w.fetch(b, []byte(id))
	if err != nil || value == nil {
		return nil, false, err
	}
	c, err := envelope.DecodeCommand(value)
	return c.Result, err == nil, err
}

func (w *writer) remember(id store.CommandID, c envelope.Command) error {
	b, err := w.shelf(envelope.Commands, "")
	if err != nil {
		return err
	}
	return w.put(b, []byte(id), c.Encode())
}

// Forget drops old commands, as store.Store says, in lots between which other
// changes have their turn.
func (s *Store) Forget(ctx context.Context, t store.Tenant, before time.Time) (int, error) {
	forgotten, rest := 0, store.Range{}
	for {
		var old [][]byte
		var seen int
		var last []byte
		err := s.submit(ctx, &change{tenant: t, own: func(w *writer) (err error) {
			old, seen, last, err = w.older(rest, before.UnixNano())
			if err != nil {
				return err
			}
			return w.drop(old)
		}})
		if err != nil {
			return forgotten, err
		}
		if forgotten += len(old); seen < store.MaxScan {
			return forgotten, nil
		}
		rest = rest.After(last)
	}
}

// older looks through the next commands of a range for those done before a time.
func (w *writer) older(rg store.Range, before int64) (old [][]byte, seen int, last []byte, err error) {
	b, err := w.shelf(envelope.Commands, "")
	if err != nil {
		return nil, 0, nil, err
	}
	var bad error
	err = w.scan(b, rg, store.MaxScan, func(key, value []byte) bool {
		var c envelope.Command
		if c, bad = envelope.DecodeCommand(value); bad == nil && c.Done < before {
			old = append(old, key)
		}
		seen, last = seen+1, key
		return bad == nil
	})
	return old, seen, last, errors.Join(err, bad)
}

func (w *writer) drop(ids [][]byte) error {
	b, err := w.shelf(envelope.Commands, "")
	for _, id := range ids {
		if err == nil {
			err = w.remove(b, id)
		}
	}
	return err
}
