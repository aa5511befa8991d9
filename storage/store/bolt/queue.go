package bolt

import (
	"context"
	"runtime"
	"sync/atomic"

	"padome/storage/store"
)

// maxGroup is how many changes may share a commit.
const maxGroup = 256

// change waits in the queue, is taken by the writer, and has its outcome once
// done is closed.
type change struct {
	tenant store.Tenant
	id     store.CommandID
	fn     func(store.Writer) ([]byte, error)
	own    func(*writer) error // of the engine itself, in place of fn; counts in no Seq

	taken    atomic.Bool // by the writer, or by a caller who gave up first
	done     chan struct{}
	result   []byte
	repeated bool
	err      error
}

// Update runs fn and commits it together with what else has queued, as
// store.Store says.
func (s *Store) Update(ctx context.Context, t store.Tenant, id store.CommandID, fn func(store.Writer) ([]byte, error)) ([]byte, bool, error) {
	if len(id) > store.MaxCommand || t > store.MaxTenant {
		return nil, false, store.ErrTooLarge
	}
	c := &change{tenant: t, id: id, fn: fn}
	if err := s.submit(ctx, c); err != nil {
		return nil, false, err
	}
	return c.result, c.repeated, nil
}

// submit queues a change and waits for its outcome. Until the writer takes it,
// the end of ctx takes it back.
func (s *Store) submit(ctx context.Context, c *change) error {
	s.life.RLock()
	defer s.life.RUnlock()
	return s.queued(ctx, c)
}

// queued is submit for those who hold s.life.
func (s *Store) queued(ctx context.Context, c *change) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.refusal(); err != nil {
		return err
	}
	if s.cfg.ReadOnly {
		return store.ErrReadOnly
	}
	c.done = make(chan struct{})
	select {
	case s.queue <- c:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-c.done:
	case <-ctx.Done():
		if c.taken.CompareAndSwap(false, true) {
			return ctx.Err()
		}
		<-c.done
	}
	return c.err
}

// write is the one writer: it works until the queue is closed.
func (s *Store) write() {
	defer close(s.idle)
	for first := range s.queue {
		group := s.gather(first)
		s.writing.Lock()
		for len(group) > 0 {
			group = s.work(group)
		}
		s.writing.Unlock()
	}
}

// gather takes what has queued, without waiting for more. It yields first for as
// long as that lets others queue, such as those whom the last commit has just
// answered; a lone change goes on at once.
func (s *Store) gather(first *change) []*change {
	for n := -1; n < len(s.queue); runtime.Gosched() {
		n = len(s.queue)
	}
	var group []*change
	for c := first; ; {
		if c.taken.CompareAndSwap(false, true) {
			group = append(group, c)
		}
		if len(group) == maxGroup {
			return group
		}
		var open bool
		select {
		case c, open = <-s.queue:
			if !open {
				return group
			}
		default:
			return group
		}
	}
}
