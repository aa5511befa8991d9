package bolt

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"padome/storage/store"
)

// command is what is remembered of a change that was done: its time in
// nanoseconds since 1970 and its Seq, eight bytes each, and its result.
type command struct {
	done   int64
	seq    uint64
	result []byte
}

const commandHead = 16

func (c command) encode() []byte {
	b := make([]byte, 0, commandHead+len(c.result))
	b = binary.BigEndian.AppendUint64(b, uint64(c.done))
	b = binary.BigEndian.AppendUint64(b, c.seq)
	return append(b, c.result...)
}

func decodeCommand(b []byte) (command, error) {
	if len(b) < commandHead {
		return command{}, fmt.Errorf("%w: a command of %d bytes", store.ErrDamaged, len(b))
	}
	c := command{done: int64(binary.BigEndian.Uint64(b)), seq: binary.BigEndian.Uint64(b[8:])}
	if len(b) > commandHead {
		c.result = b[commandHead:]
	}
	return c, nil
}

// recall is the result of a command, if it is remembered.
func (w *writer) recall(id store.CommandID) (result []byte, found bool, err error) {
	b, err := w.shelf(commands, "")
	if err != nil {
		return nil, false, err
	}
	value, err := w.fetch(b, []byte(id))
	if err != nil || value == nil {
		return nil, false, err
	}
	c, err := decodeCommand(value)
	return c.result, err == nil, err
}

func (w *writer) remember(id store.CommandID, c command) error {
	b, err := w.shelf(commands, "")
	if err != nil {
		return err
	}
	return w.put(b, []byte(id), c.encode())
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
	b, err := w.shelf(commands, "")
	if err != nil {
		return nil, 0, nil, err
	}
	var bad error
	err = w.scan(b, rg, store.MaxScan, func(key, value []byte) bool {
		var c command
		if c, bad = decodeCommand(value); bad == nil && c.done < before {
			old = append(old, key)
		}
		seen, last = seen+1, key
		return bad == nil
	})
	return old, seen, last, errors.Join(err, bad)
}

func (w *writer) drop(ids [][]byte) error {
	b, err := w.shelf(commands, "")
	for _, id := range ids {
		if err == nil {
			err = w.remove(b, id)
		}
	}
	return err
}
