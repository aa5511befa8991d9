package bolt

import (
	"context"

	"padome/storage/store"
	"padome/storage/store/internal/envelope"
)

var _ store.Carrier = (*Store)(nil)

// Items are the entries of a tenant behind one, as store.Carrier says.
func (s *Store) Items(ctx context.Context, t store.Tenant, behind *store.Item, limit int) (items []store.Item, err error) {
	err = s.read(ctx, t, func(r *reader) error {
		if behind == nil || behind.Bucket == "" {
			b, err := r.shelf(envelope.Commands, "")
			if err == nil {
				items, err = r.items(b, behind, limit)
			}
			if err != nil || len(items) == limit {
				return err
			}
			behind = nil
		}
		names, err := r.buckets(behind)
		for _, name := range names {
			if err != nil || len(items) == limit {
				return err
			}
			var b *shelf
			var more []store.Item
			if b, err = r.shelf(envelope.Callers, name); err != nil {
				return err
			}
			more, err = r.items(b, behind, limit-len(items))
			items, behind = append(items, more...), nil
		}
		return err
	})
	return items, err
}

// items are the next of one bucket.
func (r *reader) items(b *shelf, behind *store.Item, limit int) (items []store.Item, err error) {
	rg := store.Range{}
	if behind != nil {
		rg = rg.After(behind.Key)
	}
	err = r.scan(b, rg, limit, func(key, value []byte) bool {
		items = append(items, store.Item{Bucket: b.name, Key: key, Value: value})
		return true
	})
	return items, err
}

// buckets are the names of the tenant's buckets, from that of an item on.
func (r *reader) buckets(from *store.Item) (names []string, err error) {
	defer r.shield(&shelf{kind: envelope.Callers}, nil, &err)
	root := r.tx.Bucket(tenantName(r.tenant))
	if root == nil {
		return nil, nil
	}
	first := []byte{envelope.Callers}
	if from != nil {
		first = append(first, from.Bucket...)
	}
	c := root.Cursor()
	for name, _ := c.Seek(first); len(name) > 1 && name[0] == envelope.Callers; name, _ = c.Next() {
		names = append(names, string(name[1:]))
	}
	return names, nil
}

// Load stores items as they are, as store.Carrier says.
func (s *Store) Load(ctx context.Context, t store.Tenant, items []store.Item, seq uint64) error {
	if t > store.MaxTenant || seq > store.MaxTenant {
		return store.ErrTooLarge
	}
	return s.submit(ctx, &change{tenant: t, own: func(w *writer) error {
		w.seq = seq
		for _, it := range items {
			if err := w.load(it); err != nil {
				return err
			}
		}
		_, err := w.tx.CreateBucketIfNotExists(tenantName(w.tenant))
		return err
	}})
}

func (w *writer) load(it store.Item) error {
	kind := byte(envelope.Callers)
	if it.Bucket == "" {
		kind = envelope.Commands
		if _, err := envelope.DecodeCommand(it.Value); err != nil {
			return err
		}
	}
	b, err := w.shelf(kind, it.Bucket)
	if err != nil {
		return err
	}
	if it.Value == nil {
		return w.remove(b, it.Key)
	}
	return w.put(b, it.Key, it.Value)
}
