package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"padome/storage/store"
)

// Seq is the number of committed Updates of a tenant, as store.Store says.
func (s *Store) Seq(ctx context.Context, t store.Tenant) (seq uint64, err error) {
	if err := s.enter(ctx); err != nil {
		return 0, err
	}
	defer s.life.RUnlock()
	err = s.patiently(ctx, func(ctx context.Context) error {
		c, err := s.counter(ctx, s.pool, t)
		seq = c.seq
		return err
	})
	return seq, err
}

// counter is what a tenant's row says: its Seq, and the sum over all its entries
// by which Check finds that some are missing or from another time.
type counter struct{ seq, sum uint64 }

type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func (s *Store) counter(ctx context.Context, q querier, t store.Tenant) (c counter, err error) {
	rows, err := q.Query(ctx, readTenant, int64(t))
	if err != nil {
		return c, err
	}
	var seq, sum int64
	_, err = pgx.ForEachRow(rows, []any{&seq, &sum}, func() error {
		c = counter{uint64(seq), uint64(sum)}
		return nil
	})
	return c, err
}

// Tenants are the tenants that have had an Update, in order.
func (s *Store) Tenants(ctx context.Context) (tenants []store.Tenant, err error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.life.RUnlock()
	err = s.patiently(ctx, func(ctx context.Context) error {
		tenants, err = s.listTenants(ctx, s.pool)
		return err
	})
	return tenants, err
}

func (s *Store) listTenants(ctx context.Context, q querier) ([]store.Tenant, error) {
	rows, err := q.Query(ctx, listTenants)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (store.Tenant, error) {
		var t int64
		err := row.Scan(&t)
		return store.Tenant(t), err
	})
}
