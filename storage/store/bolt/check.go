package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime/debug"

	"go.etcd.io/bbolt"

	"padome/storage/store"
	"padome/storage/store/internal/envelope"
)

// maxFaults is how many faults Check tells.
const maxFaults = 100

// Check reads everything, as store.Store says: first the heads and how the pages
// fit together, for which writers wait, since whoever follows damaged ones may
// never come back; then, when those are sound, each value with its envelope,
// beside the writer.
func (s *Store) Check(ctx context.Context) error {
	if err := s.checkPages(ctx); err != nil {
		return err
	}
	return s.linger(ctx, func(tx *bbolt.Tx) error {
		defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
		c := &check{ctx: ctx, tx: tx}
		c.file()
		return errors.Join(ctx.Err(), errors.Join(c.faults...))
	})
}

func (s *Store) checkPages(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.life.RLock()
	defer s.life.RUnlock()
	s.writing.Lock()
	defer s.writing.Unlock()
	tx, err := s.snapshot()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	size := s.db.Info().PageSize
	if err := checkHeads(s.file, size); err != nil {
		return err
	}
	return walkPages(ctx, s.file, size, uint64(tx.ID()))
}

// check walks the file and gathers what is damaged.
type check struct {
	ctx    context.Context
	tx     *bbolt.Tx
	faults []error
}

func (c *check) fault(err error) {
	if err != nil && len(c.faults) < maxFaults {
		c.faults = append(c.faults, err)
	}
}

// stray is a fault of the layout: something where nothing of ours lies.
func stray(where string, key []byte) error {
	return fmt.Errorf("%w: %s: %q does not belong there", store.ErrDamaged, where, key)
}

// shield notes a panic of bbolt as a fault; it is deferred.
func (c *check) shield(where string) {
	if p := recover(); p != nil {
		c.fault(fmt.Errorf("%w: %s: %v", store.ErrDamaged, where, p))
	}
}

func (c *check) file() {
	defer c.shield("top level")
	cursor := c.tx.Cursor()
	for name, _ := cursor.First(); name != nil && c.ctx.Err() == nil; name, _ = cursor.Next() {
		b := c.tx.Bucket(name)
		switch {
		case b == nil:
			c.fault(stray("top level", name))
		case bytes.Equal(name, metaBucket):
			c.fault(checkFormat(c.tx))
		case len(name) == 9 && name[0] == 't':
			c.tenant(store.Tenant(binary.BigEndian.Uint64(name[1:])), b)
		default:
			c.fault(stray("top level", name))
		}
	}
}

func (c *check) tenant(t store.Tenant, root *bbolt.Bucket) {
	where := fmt.Sprintf("tenant %d", t)
	defer c.shield(where)
	r := &reader{tx: c.tx, tenant: t}
	want, err := r.counter()
	c.fault(err)
	before, sum := len(c.faults), uint64(0)
	cursor := root.Cursor()
	for name, value := cursor.First(); name != nil; name, value = cursor.Next() {
		switch {
		case value != nil && bytes.Equal(name, seqKey):
		case value == nil && name[0] == envelope.Callers && len(name) > 1:
			sum += c.bucket(r, &shelf{kind: envelope.Callers, name: string(name[1:]), b: root.Bucket(name)}, want.seq)
		case value == nil && len(name) == 1 && name[0] == envelope.Commands:
			sum += c.bucket(r, &shelf{kind: envelope.Commands, b: root.Bucket(name)}, want.seq)
		default:
			c.fault(stray(where, name))
		}
	}
	if sum != want.sum && len(c.faults) == before && err == nil && c.ctx.Err() == nil {
		c.fault(fmt.Errorf("%w: %s: %d entries instead of %d, or some from another time",
			store.ErrDamaged, where, sum>>32, want.sum>>32))
	}
}

// bucket reads a bucket to its end and returns the sum of its entries.
func (c *check) bucket(r *reader, b *shelf, seq uint64) (sum uint64) {
	defer c.shield(fmt.Sprintf("tenant %d, %s", r.tenant, b.label()))
	b.sum = envelope.Place(r.tenant, b.kind, b.name)
	cursor := b.b.Cursor()
	var last []byte
	for key, raw := cursor.First(); key != nil && c.ctx.Err() == nil; key, raw = cursor.Next() {
		if last != nil && bytes.Compare(last, key) >= 0 {
			c.fault(damaged(r.tenant, b, key, "out of order"))
			return sum // such a bucket may have no end
		}
		if why := entryFault(b, key, raw, seq); why != "" {
			c.fault(damaged(r.tenant, b, key, why))
		} else {
			sum += envelope.Weight(raw)
		}
		last = key
	}
	return sum
}

// entryFault is what is wrong with an entry, "" when nothing is.
func entryFault(b *shelf, key, raw []byte, seq uint64) string {
	value, ok := envelope.Unseal(b.sum, key, raw)
	if !ok {
		return "checksum"
	}
	if b.b.Get(key) == nil { // what leads to it is damaged, not the entry
		return "not found where it lies"
	}
	if b.kind == envelope.Commands {
		if c, err := envelope.DecodeCommand(value); err != nil || c.Seq > seq {
			return "done later than the last update"
		}
	}
	return ""
}
