package postgres

import (
	"bytes"
	"maps"
	"slices"

	"padome/storage/store"
)

// pending is what has been written and not yet sent: values by bucket and key,
// nil for one that is to be deleted.
type pending map[string]map[string][]byte

func (p pending) set(bucket string, key, value []byte) {
	if p[bucket] == nil {
		p[bucket] = map[string][]byte{}
	}
	p[bucket][string(key)] = value
}

// take takes over what another one holds.
func (p pending) take(other pending) {
	for bucket, keys := range other {
		if p[bucket] == nil {
			p[bucket] = keys
			continue
		}
		maps.Copy(p[bucket], keys)
	}
}

// writer is what one change sees of the transaction that it shares: its own
// writes over those of the changes before it, over what is stored.
type writer struct {
	reader
	a      *attempt
	own    pending
	writes int
	bytes  int
}

func (w *writer) Seq() uint64 { return w.a.seq + 1 }

func (w *writer) Put(bucket string, key, value []byte) error {
	if err := w.room(bucket, key, len(key)+len(value)); err != nil {
		return w.fail(err)
	}
	if len(value) > store.MaxValue {
		return w.fail(store.ErrTooLarge)
	}
	w.own.set(bucket, key, append([]byte{}, value...))
	return nil
}

func (w *writer) Delete(bucket string, key []byte) error {
	if err := w.room(bucket, key, 0); err != nil {
		return w.fail(err)
	}
	w.own.set(bucket, key, nil)
	return nil
}

// room makes room for one more write of some bytes, within the caps.
func (w *writer) room(bucket string, key []byte, bytes int) error {
	if err := w.may(bucket, key); err != nil {
		return err
	}
	if w.writes++; w.writes > store.MaxWrites {
		return store.ErrTooLarge
	}
	if w.bytes += bytes; w.bytes > store.MaxUpdate {
		return store.ErrTooLarge
	}
	return nil
}

// known is a value that need not be asked for: written and not yet stored, or
// read before by a change of the same transaction, beside which nobody writes.
func (w *writer) known(bucket, key string) (value []byte, ok bool) {
	for _, layer := range []pending{w.own, w.a.pending, w.a.seen} {
		if value, ok = layer[bucket][key]; ok {
			break
		}
	}
	return value, ok
}

// copied is a copy that keeps absent and empty apart.
func copied(value []byte) []byte {
	if value == nil {
		return nil
	}
	return append([]byte{}, value...)
}

func (w *writer) Get(bucket string, key []byte) ([]byte, error) {
	if err := w.may(bucket, key); err != nil {
		return nil, w.fail(err)
	}
	if value, ok := w.known(bucket, string(key)); ok {
		return copied(value), nil
	}
	value, err := w.get(bucket, key)
	if err != nil {
		return nil, w.fail(err)
	}
	w.a.seen.set(bucket, key, copied(value))
	return value, nil
}

func (w *writer) GetMany(bucket string, keys [][]byte) ([][]byte, error) {
	if err := w.mayMany(bucket, keys); err != nil {
		return nil, w.fail(err)
	}
	var stored [][]byte
	for _, key := range keys {
		if _, ok := w.known(bucket, string(key)); !ok {
			stored = append(stored, key)
		}
	}
	found, err := w.getMany(bucket, stored)
	if err != nil {
		return nil, w.fail(err)
	}
	for _, key := range stored {
		w.a.seen.set(bucket, key, copied(found[string(key)]))
	}
	for _, key := range keys {
		found[string(key)], _ = w.known(bucket, string(key))
	}
	return inOrder(keys, found), nil
}

func (w *writer) Scan(bucket string, rg store.Range, limit int, fn func(key, value []byte) bool) error {
	if err := w.mayScan(bucket, limit); err != nil {
		return w.fail(err)
	}
	written := w.writtenIn(bucket, rg)
	// Each written key may hide a stored one.
	stored, err := w.scan(bucket, rg, limit+len(written))
	if err != nil {
		return w.fail(err)
	}
	for _, e := range merge(stored, written, limit) {
		if !fn(e.Key, e.Value) {
			break
		}
	}
	return nil
}

// writtenIn is what was written within a range, in the order of its keys; a nil
// value was deleted.
func (w *writer) writtenIn(bucket string, rg store.Range) []store.Entry {
	all := w.own[bucket]
	if before := w.a.pending[bucket]; len(before) > 0 {
		all = maps.Clone(before)
		maps.Copy(all, w.own[bucket])
	}
	var list []store.Entry
	for key, value := range all {
		if k := []byte(key); bytes.Compare(k, rg.From) >= 0 && (rg.To == nil || bytes.Compare(k, rg.To) < 0) {
			list = append(list, store.Entry{Key: k, Value: copied(value)})
		}
	}
	slices.SortFunc(list, func(a, b store.Entry) int { return bytes.Compare(a.Key, b.Key) })
	return list
}

// merge lays written entries over stored ones, both in order.
func merge(stored, written []store.Entry, limit int) []store.Entry {
	list := make([]store.Entry, 0, min(limit, len(stored)+len(written)))
	for len(list) < limit && len(stored)+len(written) > 0 {
		order := -1
		switch {
		case len(stored) == 0:
			order = 1
		case len(written) > 0:
			order = bytes.Compare(stored[0].Key, written[0].Key)
		}
		if order < 0 {
			list, stored = append(list, stored[0]), stored[1:]
			continue
		}
		if order == 0 {
			stored = stored[1:]
		}
		if written[0].Value != nil {
			list = append(list, written[0])
		}
		written = written[1:]
	}
	return list
}
