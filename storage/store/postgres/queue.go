package postgres

import (
	"context"
	"runtime"
	"sync/atomic"

	"padome/storage/store"
)

// maxGroup is how many changes may share a commit.
const maxGroup = 256

// maxBytes is how much the changes of one commit may write before the rest of
// the group goes into the next one.
const maxBytes = 8 << 20

// change waits in the lane of its tenant, and has its outcome once done is
// closed.
type change struct {
	id  store.CommandID
	fn  func(store.Writer) ([]byte, error)
	own func(*attempt) error // of the engine itself, in place of fn

	state    atomic.Int32
	done     chan struct{}
	result   []byte
	repeated bool
	err      error
}

// States of a change: it begins, or its caller takes it back.
const (
	queued = iota
	begun
	withdrawn
)

// begin says whether the change may run; from then on its caller waits.
func (c *change) begin() bool {
	return c.state.CompareAndSwap(queued, begun) || c.state.Load() == begun
}

// lane is the queue of a tenant, which exists while somebody writes for it.
type lane struct {
	tenant  store.Tenant
	waiting []*change
}

// Update runs fn and commits it together with what else has queued for the
// tenant, as store.Store says.
func (s *Store) Update(ctx context.Context, t store.Tenant, id store.CommandID, fn func(store.Writer) ([]byte, error)) ([]byte, bool, error) {
	if len(id) > store.MaxCommand || t > store.MaxTenant {
		return nil, false, store.ErrTooLarge
	}
	c := &change{id: id, fn: fn}
	if err := s.submit(ctx, t, c); err != nil {
		return nil, false, err
	}
	return c.result, c.repeated, nil
}

// submit queues a change and waits for its outcome. Until it begins, the end of
// ctx takes it back.
func (s *Store) submit(ctx context.Context, t store.Tenant, c *change) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.life.RUnlock()
	c.done = make(chan struct{})
	s.enqueue(t, c)
	select {
	case <-c.done:
	case <-ctx.Done():
		if c.state.CompareAndSwap(queued, withdrawn) {
			return ctx.Err()
		}
		<-c.done
	}
	return c.err
}

// enqueue puts a change into the lane of its tenant, and opens one when there
// is none.
func (s *Store) enqueue(t store.Tenant, c *change) {
	s.queues.Lock()
	defer s.queues.Unlock()
	if l := s.lanes[t]; l != nil {
		l.waiting = append(l.waiting, c)
		return
	}
	l := &lane{tenant: t, waiting: []*change{c}}
	s.lanes[t] = l
	s.working.Go(func() { s.write(l) })
}

// write is the one writer of a tenant in this process: it works until nothing
// is queued any more.
func (s *Store) write(l *lane) {
	for {
		s.writers <- struct{}{}
		group := s.gather(l)
		for len(group) > 0 {
			group = s.work(l.tenant, group)
		}
		<-s.writers
		if s.shut(l) {
			return
		}
	}
}

// shut closes a lane in which nothing waits.
func (s *Store) shut(l *lane) bool {
	s.queues.Lock()
	defer s.queues.Unlock()
	if len(l.waiting) > 0 {
		return false
	}
	delete(s.lanes, l.tenant)
	return true
}

// gather takes what has queued, without waiting for more. It yields first for as
// long as that lets others queue, such as those whom the last commit has just
// answered; a lone change goes on at once.
func (s *Store) gather(l *lane) []*change {
	for n := -1; ; runtime.Gosched() {
		s.queues.Lock()
		if len(l.waiting) > n && n < maxGroup {
			n = len(l.waiting)
			s.queues.Unlock()
			continue
		}
		n = min(maxGroup, len(l.waiting))
		group := l.waiting[:n:n]
		l.waiting = l.waiting[n:]
		s.queues.Unlock()
		return group
	}
}
