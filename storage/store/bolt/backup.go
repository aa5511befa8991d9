package bolt

import (
	"context"
	"io"

	"go.etcd.io/bbolt"
)

// Backup writes a consistent copy of the file, which opens like any other, as
// store.Store says.
func (s *Store) Backup(ctx context.Context, w io.Writer) error {
	return s.linger(ctx, func(tx *bbolt.Tx) error {
		u := &untilDone{ctx: ctx, w: w}
		if _, err := tx.WriteTo(u); u.err == nil {
			return err
		}
		return u.err // bbolt passes on its text alone
	})
}

// linger reads for long: while it does, commits leave out the freelist, and
// afterwards the next one puts it back.
func (s *Store) linger(ctx context.Context, fn func(*bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.life.RLock()
	defer s.life.RUnlock()
	tx, err := s.snapshot()
	if err != nil {
		return err
	}
	s.long.Add(1)
	defer func() {
		_ = tx.Rollback()
		if s.long.Add(-1) == 0 {
			// It queues behind a commit that may be under way. Should it fail, the
			// store has stopped, or is for reading only and has nothing to put back.
			_ = s.queued(context.WithoutCancel(ctx), &change{own: func(*writer) error { return nil }})
		}
	}()
	return fn(tx)
}

// untilDone writes until its context ends, and keeps its error.
type untilDone struct {
	ctx context.Context
	w   io.Writer
	err error
}

func (u *untilDone) Write(p []byte) (n int, err error) {
	if u.err = u.ctx.Err(); u.err == nil {
		n, u.err = u.w.Write(p)
	}
	return n, u.err
}
