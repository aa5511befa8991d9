package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"padome/storage/store"
	"padome/storage/store/internal/envelope"
)

// work gives the first changes of a group one commit and answers them; it
// returns the rest. What a lost connection ended before its commit runs again.
func (s *Store) work(t store.Tenant, group []*change) (rest []*change) {
	for w := s.wait(); ; {
		group = slices.DeleteFunc(group, func(c *change) bool { return c.state.Load() == withdrawn })
		if len(group) == 0 {
			return nil
		}
		a := &attempt{s: s, tenant: t}
		err := a.do(group)
		if a.committing && err != nil {
			var done bool
			if done, err = s.settle(a, err); done {
				err = nil
			} else if err == nil {
				err = errCut // nothing was done: a new attempt
			}
		}
		switch {
		case err == nil, errors.Is(err, store.ErrOutcomeUnknown):
			answer(group[:a.ran], err)
			return group[a.ran:]
		case !lost(err):
			answer(group, err)
			return nil
		case !w.again(context.Background(), err):
			answer(group, unreachable(err))
			return nil
		}
	}
}

// answer tells callers the outcome. What the engine says wins, and a change that
// failed also waits for it, since it had seen what the others wrote.
func answer(group []*change, err error) {
	for _, c := range group {
		if !c.begin() {
			continue
		}
		if err != nil {
			c.result, c.repeated, c.err = nil, false, err
		}
		close(c.done)
	}
}

// settle finds out what became of a commit whose answer did not come. Nobody
// knows until the lost transaction has let go of the tenant's row: then it is
// not done when the tenant's Seq is where it was, and done when one of its
// commands is there, since it did all or nothing. Else store.ErrOutcomeUnknown.
func (s *Store) settle(a *attempt, cause error) (done bool, err error) {
	if !lost(cause) {
		return false, cause // the server has refused it
	}
	if s.cfg.blindly {
		return false, nil
	}
	s.cfg.Log.Warn("the outcome of a commit is looked up", "tenant", a.tenant, "error", cause)
	known := false
	err = s.patiently(context.Background(), func(ctx context.Context) (err error) {
		done, known, err = s.lookUp(ctx, a)
		return err
	})
	if err != nil || !known {
		return false, fmt.Errorf("%w: %w", store.ErrOutcomeUnknown, errors.Join(cause, err))
	}
	return done, nil
}

func (s *Store) lookUp(ctx context.Context, a *attempt) (done, known bool, err error) {
	again := &attempt{s: s, tenant: a.tenant}
	defer again.end()
	var ids [][]byte
	for id := range a.fresh {
		ids = append(ids, []byte(id))
	}
	if err := again.begin(ctx, ids); err != nil {
		return false, false, err
	}
	if again.seq == a.base {
		return false, true, nil
	}
	for id, ours := range a.fresh {
		c, found := again.recalled[id]
		return found && c.Seq == ours.Seq && c.Done == ours.Done, true, nil
	}
	return false, false, nil
}

// remembered is a command of a group, in its envelope.
type remembered struct {
	envelope.Command
	raw []byte
}
