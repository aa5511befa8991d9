package postgres

import (
	"context"
	"errors"
	"fmt"

	"padome/storage/store"
	"padome/storage/store/internal/envelope"
)

// maxFaults is how many faults Check tells.
const maxFaults = 100

// Check reads everything, each tenant in a snapshot of its own, as store.Store
// says: every value with its envelope, and whether some are missing.
func (s *Store) Check(ctx context.Context) error {
	tenants, err := s.Tenants(ctx)
	if err != nil {
		return err
	}
	var faults []error
	for _, t := range tenants {
		err := s.read(ctx, t, func(r *reader) error {
			found, err := s.checkTenant(r)
			faults = append(faults, found...)
			return err
		})
		if err != nil {
			return errors.Join(append(faults, err)...)
		}
	}
	return errors.Join(faults[:min(len(faults), maxFaults)]...)
}

// checkTenant reads all of a tenant and returns what is damaged.
func (s *Store) checkTenant(r *reader) (faults []error, err error) {
	want, err := s.counter(r.ctx, r.conn, r.tenant)
	if err != nil {
		return nil, err
	}
	sum := uint64(0)
	for behind := (*store.Item)(nil); ; {
		items, err := r.walk(behind, atOnce)
		if err != nil {
			return faults, err
		}
		if len(items) == 0 {
			break
		}
		for i := range items {
			if err := checkItem(r.tenant, &items[i], want.seq); err != nil {
				faults = append(faults, err)
				continue
			}
			sum += envelope.Weight(items[i].Value)
		}
		behind = &items[len(items)-1]
	}
	if sum != want.sum && len(faults) == 0 {
		faults = append(faults, fmt.Errorf("%w: tenant %d: %d entries instead of %d, or some from another time",
			store.ErrDamaged, r.tenant, sum>>32, want.sum>>32))
	}
	return faults, nil
}

func checkItem(t store.Tenant, it *store.Item, seq uint64) error {
	value, ok := envelope.Unseal(itemPlace(t, it.Bucket), it.Key, it.Value)
	if !ok {
		return damaged(t, label(it.Bucket), it.Key, "checksum")
	}
	if it.Bucket == "" {
		if c, err := envelope.DecodeCommand(value); err != nil || c.Seq > seq {
			return damaged(t, label(it.Bucket), it.Key, "done later than the last update")
		}
	}
	return nil
}
