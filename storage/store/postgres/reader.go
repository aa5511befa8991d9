package postgres

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"padome/storage/store"
	"padome/storage/store/internal/envelope"
)

// reader reads one tenant in one transaction. The first error it returns is
// kept, because it wins over what the function makes of it.
type reader struct {
	ctx    context.Context
	conn   *pgxpool.Conn
	tenant store.Tenant
	err    error
	broken error // what the server or the connection said: the transaction is over
	ended  atomic.Bool
}

// View runs fn on a snapshot of a tenant, as store.Store says.
func (s *Store) View(ctx context.Context, t store.Tenant, fn func(store.Reader) error) error {
	return s.read(ctx, t, func(r *reader) error { return fn(r) })
}

func (s *Store) read(ctx context.Context, t store.Tenant, fn func(*reader) error) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.life.RUnlock()
	conn, err := s.snapshot(ctx)
	if err != nil {
		return err
	}
	defer (&attempt{conn: conn}).end()
	r := &reader{ctx: ctx, conn: conn, tenant: t}
	defer r.ended.Store(true)
	return r.outcome(fn(r))
}

// snapshot begins a reading transaction, of which the first statement takes the
// snapshot.
func (s *Store) snapshot(ctx context.Context) (conn *pgxpool.Conn, err error) {
	err = s.patiently(ctx, func(ctx context.Context) error {
		if conn, err = s.pool.Acquire(ctx); err != nil {
			return err
		}
		if _, err = conn.Exec(ctx, beginView); err != nil {
			err = cut(conn, err)
			conn.Release()
		}
		return err
	})
	return conn, err
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
	if err := r.may(bucket, key); err != nil {
		return nil, r.fail(err)
	}
	value, err := r.get(bucket, key)
	return value, r.fail(err)
}

func (r *reader) GetMany(bucket string, keys [][]byte) ([][]byte, error) {
	if err := r.mayMany(bucket, keys); err != nil {
		return nil, r.fail(err)
	}
	found, err := r.getMany(bucket, keys)
	return inOrder(keys, found), r.fail(err)
}

func (r *reader) Scan(bucket string, rg store.Range, limit int, fn func(key, value []byte) bool) error {
	if err := r.mayScan(bucket, limit); err != nil {
		return r.fail(err)
	}
	entries, err := r.scan(bucket, rg, limit)
	if err != nil {
		return r.fail(err)
	}
	for _, e := range entries {
		if !fn(e.Key, e.Value) {
			break
		}
	}
	return nil
}

// may says whether a bucket and a key are within the caps.
func (r *reader) may(bucket string, key []byte) error {
	switch {
	case r.ended.Load():
		return store.ErrEnded
	case bucket == "" || len(key) == 0:
		return store.ErrKey
	case len(bucket) > store.MaxBucket || len(key) > store.MaxKey || r.tenant > store.MaxTenant:
		return store.ErrTooLarge
	}
	return nil
}

func (r *reader) mayMany(bucket string, keys [][]byte) error {
	if len(keys) > store.MaxScan {
		return store.ErrLimit
	}
	for _, key := range keys {
		if err := r.may(bucket, key); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) mayScan(bucket string, limit int) error {
	if limit <= 0 || limit > store.MaxScan {
		return store.ErrLimit
	}
	return r.may(bucket, []byte("any"))
}

// get is a value, nil when absent.
func (r *reader) get(bucket string, key []byte) (value []byte, err error) {
	var raw []byte
	err = r.query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&raw}, func() error {
			value, err = r.open(bucket, key, raw)
			return err
		})
		return err
	}, getValue, int64(r.tenant), []byte(bucket), key)
	return value, err
}

// getMany are the values that are there, by their keys.
func (r *reader) getMany(bucket string, keys [][]byte) (map[string][]byte, error) {
	found := make(map[string][]byte, len(keys))
	if len(keys) == 0 {
		return found, nil
	}
	err := r.query(func(rows pgx.Rows) error {
		return r.entries(rows, bucket, func(e store.Entry) { found[string(e.Key)] = e.Value })
	}, getValues, int64(r.tenant), []byte(bucket), keys)
	return found, err
}

// inOrder are values in the order of their keys, each a copy of its own.
func inOrder(keys [][]byte, found map[string][]byte) [][]byte {
	values := make([][]byte, len(keys))
	for i, key := range keys {
		if value := found[string(key)]; value != nil {
			values[i] = append([]byte{}, value...)
		}
	}
	return values
}

func (r *reader) scan(bucket string, rg store.Range, limit int) (list []store.Entry, err error) {
	from := rg.From
	if from == nil {
		from = []byte{}
	}
	sql, args := scanFrom, []any{int64(r.tenant), []byte(bucket), from, limit}
	if rg.To != nil {
		sql, args = scanBefore, append(args, rg.To)
	}
	err = r.query(func(rows pgx.Rows) error {
		return r.entries(rows, bucket, func(e store.Entry) { list = append(list, e) })
	}, sql, args...)
	return list, err
}

// entries hands over rows of a key and a value.
func (r *reader) entries(rows pgx.Rows, bucket string, fn func(store.Entry)) error {
	var key, raw []byte
	_, err := pgx.ForEachRow(rows, []any{&key, &raw}, func() error {
		value, err := r.open(bucket, key, raw)
		if err == nil {
			fn(store.Entry{Key: append([]byte{}, key...), Value: value})
		}
		return err
	})
	return err
}

// query runs a statement of the transaction and reads its rows. What the server
// or the connection says ends the transaction; what is damaged does not.
func (r *reader) query(read func(pgx.Rows) error, sql string, args ...any) error {
	if r.broken != nil {
		return r.broken
	}
	ctx, cancel := context.WithTimeout(r.ctx, slow)
	defer cancel()
	rows, err := r.conn.Query(ctx, sql, args...)
	if err == nil {
		err = read(rows)
		rows.Close()
	}
	if err == nil || errors.Is(err, store.ErrDamaged) && !r.conn.Conn().IsClosed() {
		return err
	}
	if r.ctx.Err() != nil {
		err = r.ctx.Err()
	} else if err = cut(r.conn, err); lost(err) {
		err = unreachable(err)
	}
	r.broken = err
	return err
}

// open is the value in an envelope, a copy.
func (r *reader) open(bucket string, key, raw []byte) ([]byte, error) {
	value, ok := envelope.Unseal(envelope.Place(r.tenant, envelope.Callers, bucket), key, raw)
	if !ok {
		return nil, damaged(r.tenant, fmt.Sprintf("bucket %q", bucket), key, "checksum")
	}
	return append(make([]byte, 0, len(value)), value...), nil
}

func damaged(t store.Tenant, where string, key []byte, why any) error {
	return fmt.Errorf("%w: tenant %d, %s, key %q: %v", store.ErrDamaged, t, where, key, why)
}
