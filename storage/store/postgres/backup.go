package postgres

import (
	"context"
	"io"

	"padome/storage/store"
	"padome/storage/store/internal/dump"
)

// atOnce is how many items are read at once by what reads everything.
const atOnce = 500

// Backup writes all records as a dump, which any engine can be filled from, as
// store.Store says. One snapshot spans all tenants.
func (s *Store) Backup(ctx context.Context, w io.Writer) error {
	return s.read(ctx, 0, func(r *reader) error {
		tenants, err := s.listTenants(ctx, r.conn)
		if err != nil {
			return err
		}
		to := dump.NewWriter(&untilDone{ctx, w})
		for _, t := range tenants {
			if err := s.backUp(r, t, to); err != nil {
				return err
			}
		}
		return to.End()
	})
}

func (s *Store) backUp(r *reader, t store.Tenant, to *dump.Writer) error {
	r.tenant = t
	c, err := s.counter(r.ctx, r.conn, t)
	if err != nil {
		return err
	}
	var behind *store.Item
	for {
		raw, err := r.walk(behind, atOnce)
		if err != nil {
			return err
		}
		items, err := openItems(t, raw)
		if err != nil {
			return err
		}
		if len(items) > 0 || behind == nil {
			if err := to.Write(dump.Frame{Tenant: t, Seq: c.seq, Items: items}); err != nil {
				return err
			}
		}
		if len(items) == 0 {
			return nil
		}
		behind = &items[len(items)-1]
	}
}

// untilDone writes until its context ends.
type untilDone struct {
	ctx context.Context
	w   io.Writer
}

func (u *untilDone) Write(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.w.Write(p)
}
