package auth

import (
	"context"
	"fmt"
	"net/netip"
)

// turns is the queue of the attempts at a name from an address.
type turns struct {
	slot  chan struct{}
	users int // that have the turn or wait for it
}

// Turn waits until no other attempt at the name from the address is under way;
// done ends the caller's. Attempts made at once so come one after another: with
// the right password none of them is slowed down, with wrong ones no more are let
// through than by somebody who waits for each answer. It fails when ctx ends
// first.
func (t *Throttle) Turn(ctx context.Context, name string, from netip.Addr) (done func(), err error) {
	p := pairOf(name, from)
	q := t.queue(p)
	select {
	case q.slot <- struct{}{}:
		return func() { <-q.slot; t.leave(p, q) }, nil
	case <-ctx.Done():
		t.leave(p, q)
		return nil, fmt.Errorf("waiting for a turn to log in: %w", ctx.Err())
	}
}

func (t *Throttle) queue(p pair) *turns {
	t.mu.Lock()
	defer t.mu.Unlock()
	q := t.turns[p]
	if q == nil {
		q = &turns{slot: make(chan struct{}, 1)}
		t.turns[p] = q
	}
	q.users++
	return q
}

// leave forgets the queue with the last that leaves it.
func (t *Throttle) leave(p pair, q *turns) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if q.users--; q.users == 0 {
		delete(t.turns, p)
	}
}
