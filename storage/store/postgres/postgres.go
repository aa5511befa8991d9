// Package postgres is the engine for high availability: the contract of package
// store on a PostgreSQL server, or on a cluster of which one member takes
// writes.
//
// A row per tenant holds its Seq; whoever locks that row is the tenant's writer,
// so that writers of one tenant queue instead of undoing each other. Changes
// that queue in this process while a commit runs share the next one. A
// transaction that a lost connection ended before its COMMIT runs again; after
// that, its outcome is looked up by the commands it would have remembered.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"padome/storage/store"
)

// Config says where the database is and how it is used.
type Config struct {
	// DSN is a postgres:// address, of several hosts where there are several: the
	// one that takes writes is used.
	DSN string
	Now func() time.Time // stamps remembered commands and blobs; time.Now when nil
	Log *slog.Logger     // tells of lost connections; nothing when nil
	// Patience is how long a call waits for a server that does not answer; 15
	// seconds when zero.
	Patience time.Duration

	trusting bool // not refusing settings that lose data
	blindly  bool // repeating what may have been done
}

const patience = 15 * time.Second

// Store is a PostgreSQL database under the contract of store.Store.
type Store struct {
	cfg  Config
	pool *pgxpool.Pool

	life   sync.RWMutex // held for reading by every call, for writing by Close
	closed bool

	queues  sync.Mutex
	lanes   map[store.Tenant]*lane
	working sync.WaitGroup // writers of lanes
	writers chan struct{}  // as many as may write at once, so that readers find a connection
}

var _ store.Store = (*Store)(nil)

// Open opens the database of a configuration, which Migrate has set up. It
// fails with store.ErrUnreachable when no host that takes writes answers in
// time, store.ErrNewerSchema when a newer program set the database up, and
// store.ErrOlderSchema when none or an older one did.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Patience == 0 {
		cfg.Patience = patience
	}
	settings, err := parse(cfg.DSN)
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, settings)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	s := &Store{cfg: cfg, pool: pool, lanes: map[store.Tenant]*lane{}}
	s.writers = make(chan struct{}, max(1, settings.MaxConns*3/4))
	if err := s.patiently(ctx, s.examine); err != nil {
		pool.Close()
		return nil, err
	}
	return s, nil
}

// Close waits for what has begun or queues, and then refuses everything.
func (s *Store) Close() error {
	s.life.Lock()
	defer s.life.Unlock()
	if !s.closed {
		s.closed = true
		s.working.Wait()
		s.pool.Close()
	}
	return nil
}

// Ready says whether the database answers and takes writes, and if not, what is
// being waited for.
func (s *Store) Ready(ctx context.Context) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.life.RUnlock()
	err := s.examine(ctx)
	if lost(err) { // of a connection that has been idle since the server went away
		s.pool.Reset()
		err = s.examine(ctx)
	}
	if lost(err) {
		return fmt.Errorf("waiting for PostgreSQL at %s to take writes: %w", s.hosts(), unreachable(err))
	}
	return err
}

// enter takes s.life for reading, unless the call has no chance.
func (s *Store) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.life.RLock()
	if s.closed {
		s.life.RUnlock()
		return store.ErrClosed
	}
	return nil
}

// patiently does what changes nothing until it works, fails for good, or the
// server has not answered for as long as patience lasts.
func (s *Store) patiently(ctx context.Context, fn func(context.Context) error) error {
	for w := s.wait(); ; {
		err := fn(ctx)
		if err == nil || !lost(err) {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !w.again(ctx, err) {
			return errors.Join(ctx.Err(), unreachable(err))
		}
	}
}
