package bolt

import (
	"go.etcd.io/bbolt"

	"padome/storage/store"
	"padome/storage/store/internal/envelope"
)

// writer is what one change sees of the transaction that it shares. It notes
// what its writes replaced, so that a change that fails is taken back while the
// others stay.
type writer struct {
	reader
	seq    uint64
	sum    uint64 // what the writes add to that of the tenant, modulo 2⁶⁴
	writes int
	bytes  int
	before []replaced
}

// replaced is what lay under a key before a write; raw is nil when nothing did.
type replaced struct {
	b   *bbolt.Bucket
	key []byte
	raw []byte
}

func (w *writer) Seq() uint64 { return w.seq }

func (w *writer) Put(bucket string, key, value []byte) error {
	b, err := w.room(bucket, key, len(key)+len(value))
	if err != nil {
		return w.fail(err)
	}
	if len(value) > store.MaxValue {
		return w.fail(store.ErrTooLarge)
	}
	return w.fail(w.put(b, key, value))
}

func (w *writer) Delete(bucket string, key []byte) error {
	b, err := w.room(bucket, key, 0)
	if err != nil {
		return w.fail(err)
	}
	return w.fail(w.remove(b, key))
}

// room opens a bucket for one more write of some bytes, within the caps.
func (w *writer) room(bucket string, key []byte, bytes int) (*shelf, error) {
	b, err := w.named(bucket)
	if err != nil {
		return nil, err
	}
	if err := keyCap(key); err != nil {
		return nil, err
	}
	if w.writes++; w.writes > store.MaxWrites {
		return nil, store.ErrTooLarge
	}
	if w.bytes += bytes; w.bytes > store.MaxUpdate {
		return nil, store.ErrTooLarge
	}
	return b, nil
}

// put seals a value.
func (w *writer) put(b *shelf, key, value []byte) error {
	if err := w.ensure(b); err != nil {
		return err
	}
	if _, err := w.note(b, key); err != nil {
		return err
	}
	raw := envelope.Seal(b.sum, key, value)
	w.sum += envelope.Weight(raw)
	return b.b.Put(key, raw)
}

func (w *writer) remove(b *shelf, key []byte) error {
	if b.b == nil {
		return nil
	}
	if found, err := w.note(b, key); !found || err != nil {
		return err
	}
	return b.b.Delete(key)
}

// note notes what lies under a key that is about to change, and whether
// anything does. Nothing is written over what is damaged. bbolt keeps slices of
// the file or of ours for the length of the transaction, so they need no copy.
func (w *writer) note(b *shelf, key []byte) (found bool, err error) {
	raw := b.b.Get(key)
	if raw != nil {
		if _, ok := envelope.Unseal(b.sum, key, raw); !ok {
			return false, damaged(w.tenant, b, key, "checksum")
		}
		w.sum -= envelope.Weight(raw)
	}
	w.changes++
	w.before = append(w.before, replaced{b.b, append([]byte{}, key...), raw})
	return raw != nil, nil
}

// ensure makes the bucket when the file has none yet. An empty one that a change
// taken back leaves behind reads like none.
func (w *writer) ensure(b *shelf) error {
	if b.b != nil {
		return nil
	}
	root, err := w.tx.CreateBucketIfNotExists(tenantName(w.tenant))
	if err != nil {
		return err
	}
	b.b, err = root.CreateBucketIfNotExists(append([]byte{b.kind}, b.name...))
	return err
}

// undo takes the writes back, the last first.
func (w *writer) undo() error {
	for i := len(w.before) - 1; i >= 0; i-- {
		p := w.before[i]
		err := p.b.Delete(p.key)
		if p.raw != nil {
			err = p.b.Put(p.key, p.raw)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
