package postgres

import (
	"bytes"
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"padome/storage/store"
	"padome/storage/store/internal/envelope"
)

var _ store.Carrier = (*Store)(nil)

// Items are the entries of a tenant behind one, as store.Carrier says.
func (s *Store) Items(ctx context.Context, t store.Tenant, behind *store.Item, limit int) (items []store.Item, err error) {
	err = s.read(ctx, t, func(r *reader) error {
		raw, err := r.walk(behind, limit)
		if err != nil {
			return err
		}
		items, err = openItems(t, raw)
		return err
	})
	return items, err
}

// walk is the next items of a tenant, the commands first, in their envelopes.
func (r *reader) walk(behind *store.Item, limit int) (items []store.Item, err error) {
	if behind == nil {
		behind = &store.Item{Key: []byte{}}
	}
	var it store.Item
	var at int64
	if behind.Bucket == "" {
		err = r.query(func(rows pgx.Rows) error {
			_, err := pgx.ForEachRow(rows, []any{&it.Key, &at, &it.Value}, func() error {
				items = append(items, store.Item{Key: bytes.Clone(it.Key), Value: bytes.Clone(it.Value)})
				return nil
			})
			return err
		}, walkCommands, int64(r.tenant), behind.Key, limit)
		if err != nil || len(items) > 0 {
			return items, err
		}
		behind = &store.Item{Key: []byte{}}
	}
	var bucket []byte
	err = r.query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&bucket, &it.Key, &it.Value}, func() error {
			items = append(items, store.Item{Bucket: string(bucket), Key: bytes.Clone(it.Key), Value: bytes.Clone(it.Value)})
			return nil
		})
		return err
	}, walkValues, int64(r.tenant), []byte(behind.Bucket), behind.Key, limit)
	return items, err
}

// openItems takes items out of their envelopes.
func openItems(t store.Tenant, raw []store.Item) ([]store.Item, error) {
	for i := range raw {
		it := &raw[i]
		value, ok := envelope.Unseal(itemPlace(t, it.Bucket), it.Key, it.Value)
		if !ok {
			return nil, damaged(t, label(it.Bucket), it.Key, "checksum")
		}
		it.Value = value
	}
	return raw, nil
}

func itemPlace(t store.Tenant, bucket string) uint32 {
	if bucket == "" {
		return commandPlace(t)
	}
	return envelope.Place(t, envelope.Callers, bucket)
}

// label is what an error calls a bucket.
func label(bucket string) string {
	if bucket == "" {
		return "remembered commands"
	}
	return fmt.Sprintf("bucket %q", bucket)
}

// Load stores items as they are, as store.Carrier says.
func (s *Store) Load(ctx context.Context, t store.Tenant, items []store.Item, seq uint64) error {
	if t > store.MaxTenant || seq > store.MaxTenant {
		return store.ErrTooLarge
	}
	return s.submit(ctx, t, &change{own: func(a *attempt) error { return a.load(items, seq) }})
}

func (a *attempt) load(items []store.Item, seq uint64) error {
	fresh := map[store.CommandID]envelope.Command{}
	for _, it := range items {
		if it.Bucket == "" {
			c, err := envelope.DecodeCommand(it.Value)
			if err != nil {
				return err
			}
			fresh[store.CommandID(it.Key)] = c
		}
	}
	for _, it := range items {
		if it.Bucket != "" {
			a.pending.set(it.Bucket, it.Key, it.Value)
		}
	}
	for id, c := range fresh {
		a.remember(id, c)
	}
	if seq > 0 {
		a.seq = seq
	}
	a.counted = true
	return nil
}
