package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime/debug"
	"sync/atomic"

	"go.etcd.io/bbolt"

	"padome/storage/store"
	"padome/storage/store/internal/envelope"
)

// A tenant's bucket is named 't' and its number. In it lie its counter under
// seqKey, the commands in the bucket envelope.Commands, and each bucket of the
// contract under envelope.Callers and its name: no caller can name what is not
// his.
var seqKey = []byte("s")

func tenantName(t store.Tenant) []byte {
	return binary.BigEndian.AppendUint64([]byte{'t'}, uint64(t))
}

// shelf is an opened bucket: b is nil while the file has none.
type shelf struct {
	kind byte
	name string
	sum  uint32
	b    *bbolt.Bucket
}

// label is what an error calls the bucket.
func (b *shelf) label() string {
	switch b.kind {
	case envelope.Commands:
		return "remembered commands"
	case seqKind:
		return "counter of updates"
	}
	return fmt.Sprintf("bucket %q", b.name)
}

// reader reads one tenant in one transaction. The first error it returns is
// kept, because it wins over what the function makes of it.
type reader struct {
	tx      *bbolt.Tx
	tenant  store.Tenant
	shelves []*shelf
	changes int // made so far by the writer around it
	err     error
	ended   atomic.Bool
}

// View runs fn on a snapshot of a tenant, as store.Store says.
func (s *Store) View(ctx context.Context, t store.Tenant, fn func(store.Reader) error) error {
	return s.read(ctx, t, func(r *reader) error { return fn(r) })
}

func (s *Store) read(ctx context.Context, t store.Tenant, fn func(*reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.life.RLock()
	defer s.life.RUnlock()
	tx, err := s.snapshot()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	r := &reader{tx: tx, tenant: t}
	defer r.ended.Store(true)
	return r.outcome(fn(r))
}

// snapshot begins a reading transaction on durable state. bbolt shows a commit
// before its last sync; who sees one waits until it is durable or has failed.
func (s *Store) snapshot() (*bbolt.Tx, error) {
	for {
		if err := s.refusal(); err != nil {
			return nil, err
		}
		tx, err := s.db.Begin(false)
		if err != nil {
			return nil, err
		}
		if uint64(tx.ID()) <= s.durable.Load() {
			return tx, nil
		}
		if err := tx.Rollback(); err != nil {
			return nil, err
		}
		// The commit that is running holds it; nothing is to be done meanwhile.
		s.settling.RLock()
		//lint:ignore SA2001 waiting is all
		s.settling.RUnlock()
	}
}

// outcome is the error of a function that returned err.
func (r *reader) outcome(err error) error {
	if r.err == nil || errors.Is(err, r.err) {
		return err
	}
	return r.err
}

// fail keeps the first error.
func (r *reader) fail(err error) error {
	if err != nil && r.err == nil && !r.ended.Load() {
		r.err = err
	}
	return err
}

func (r *reader) Get(bucket string, key []byte) ([]byte, error) {
	value, err := r.get(bucket, key)
	return value, r.fail(err)
}

func (r *reader) GetMany(bucket string, keys [][]byte) ([][]byte, error) {
	if len(keys) > store.MaxScan {
		return nil, r.fail(store.ErrLimit)
	}
	values := make([][]byte, len(keys))
	for i, key := range keys {
		var err error
		if values[i], err = r.get(bucket, key); err != nil {
			return nil, r.fail(err)
		}
	}
	return values, nil
}

func (r *reader) Scan(bucket string, rg store.Range, limit int, fn func(key, value []byte) bool) error {
	if limit <= 0 || limit > store.MaxScan {
		return r.fail(store.ErrLimit)
	}
	b, err := r.named(bucket)
	if err != nil {
		return r.fail(err)
	}
	return r.fail(r.scan(b, rg, limit, fn))
}

func (r *reader) get(bucket string, key []byte) ([]byte, error) {
	b, err := r.named(bucket)
	if err != nil {
		return nil, err
	}
	if err := keyCap(key); err != nil {
		return nil, err
	}
	return r.fetch(b, key)
}

func keyCap(key []byte) error {
	if len(key) == 0 {
		return store.ErrKey
	}
	if len(key) > store.MaxKey {
		return store.ErrTooLarge
	}
	return nil
}

// named opens a bucket of the contract.
func (r *reader) named(bucket string) (*shelf, error) {
	switch {
	case r.ended.Load():
		return nil, store.ErrEnded
	case bucket == "":
		return nil, store.ErrKey
	case len(bucket) > store.MaxBucket || r.tenant > store.MaxTenant:
		return nil, store.ErrTooLarge
	}
	return r.shelf(envelope.Callers, bucket)
}

// shelf opens a bucket once per reader.
func (r *reader) shelf(kind byte, name string) (_ *shelf, err error) {
	for _, b := range r.shelves {
		if b.kind == kind && b.name == name {
			return b, nil
		}
	}
	b := &shelf{kind: kind, name: name, sum: envelope.Place(r.tenant, kind, name)}
	defer r.shield(b, nil, &err)
	if root := r.tx.Bucket(tenantName(r.tenant)); root != nil {
		b.b = root.Bucket(append([]byte{kind}, name...))
	}
	r.shelves = append(r.shelves, b)
	return b, nil
}

// shield turns a panic of bbolt, which a damaged page raises, into an error; it
// is deferred by whatever reads pages.
func (r *reader) shield(b *shelf, key []byte, err *error) {
	if p := recover(); p != nil {
		*err = damaged(r.tenant, b, key, p)
	}
}

// fetch is a copy of a value, nil when absent.
func (r *reader) fetch(b *shelf, key []byte) (value []byte, err error) {
	if b.b == nil {
		return nil, nil
	}
	defer r.shield(b, key, &err)
	raw := b.b.Get(key)
	if raw == nil {
		return nil, nil
	}
	return r.open(b, key, raw)
}

func (r *reader) open(b *shelf, key, raw []byte) ([]byte, error) {
	value, ok := envelope.Unseal(b.sum, key, raw)
	if !ok {
		return nil, damaged(r.tenant, b, key, "checksum")
	}
	return append(make([]byte, 0, len(value)), value...), nil
}

// scan calls fn for the entries of a range. After a change by fn it finds its
// place anew, since bbolt's cursors do not survive one.
func (r *reader) scan(b *shelf, rg store.Range, limit int, fn func(key, value []byte) bool) error {
	if b.b == nil {
		return nil
	}
	c, from := b.b.Cursor(), rg.From
	if from == nil {
		from = []byte{}
	}
	var last []byte
	for range limit {
		key, value, err := r.step(b, c, from, rg.To)
		if err != nil || key == nil {
			return err
		}
		if bytes.Compare(key, from) < 0 || last != nil && bytes.Compare(key, last) <= 0 {
			return damaged(r.tenant, b, key, "out of order") // whoever goes on from there may have no end
		}
		last = key
		before := r.changes
		if !fn(key, value) {
			return nil
		}
		if from = nil; r.changes != before {
			c, from = b.b.Cursor(), append(key[:len(key):len(key)], 0)
		}
	}
	return nil
}

// step is the next entry of a cursor, the first at or behind from when that is
// given; a nil key ends the range.
func (r *reader) step(b *shelf, c *bbolt.Cursor, from, to []byte) (key, value []byte, err error) {
	defer r.shield(b, from, &err)
	var raw []byte
	if from != nil {
		key, raw = c.Seek(from)
	} else {
		key, raw = c.Next()
	}
	if key == nil || to != nil && bytes.Compare(key, to) >= 0 {
		return nil, nil, nil
	}
	key = bytes.Clone(key)
	value, err = r.open(b, key, raw)
	return key, value, err
}
