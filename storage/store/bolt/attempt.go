package bolt

import (
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"sync"

	"go.etcd.io/bbolt"

	"padome/storage/store"
	"padome/storage/store/internal/envelope"
)

// maxBytes is how much the changes of one commit may write before the rest of
// the group goes into the next one.
const maxBytes = 8 << 20

// attempt is one transaction that changes share.
type attempt struct {
	s       *Store
	tx      *bbolt.Tx
	changed map[store.Tenant]counter // as they will be
	bytes   int
	ran     int     // so many changes have ended
	running *change // not nil when it ended with a panic, or ended its goroutine
}

// work gives the first changes of a group one commit and answers them; it
// returns the rest. A change that fails is taken back alone. One that panics may
// have left anything behind: the transaction is given up, and the others run
// again without it.
func (s *Store) work(group []*change) (rest []*change) {
	var broken []*change
	for {
		a, err := s.attempt(group)
		if err != nil {
			answer(append(broken, group...), err)
			return nil
		}
		if a.running == nil {
			err := a.commit()
			answer(append(broken, group[:a.ran]...), err)
			return group[a.ran:]
		}
		a.giveUp()
		broken = append(broken, a.running)
		group = slices.Delete(group, a.ran, a.ran+1)
	}
}

// answer tells callers the outcome; what the commit says wins, and a change that
// failed also waits for it, since it had seen what the others wrote.
func answer(group []*change, err error) {
	for _, c := range group {
		if err != nil {
			c.result, c.repeated, c.err = nil, false, err
		}
		close(c.done)
	}
}

// attempt runs changes in a new transaction. They have a goroutine of their own,
// so that one that ends its goroutine does not end the writer.
func (s *Store) attempt(group []*change) (*attempt, error) {
	if err := s.refusal(); err != nil {
		return nil, err
	}
	tx, err := s.db.Begin(true)
	if err != nil {
		s.stop(err)
		return nil, s.refusal()
	}
	a := &attempt{s: s, tx: tx, changed: map[store.Tenant]counter{}}
	var wg sync.WaitGroup
	wg.Go(func() { a.run(group) })
	wg.Wait()
	return a, nil
}

func (a *attempt) run(group []*change) {
	debug.SetPanicOnFault(true)
	for _, c := range group {
		if a.bytes > maxBytes {
			return
		}
		a.running = c
		c.result, c.repeated = nil, false
		c.err = errors.New("store: the function of an update ended its goroutine")
		if !a.one(c) {
			return
		}
		a.running = nil
		a.ran++
	}
}

// one runs a change and takes it back when it fails; false when it panicked.
func (a *attempt) one(c *change) (ended bool) {
	w := &writer{reader: reader{tx: a.tx, tenant: c.tenant}}
	defer w.ended.Store(true)
	defer func() {
		if p := recover(); p != nil {
			c.err = fmt.Errorf("store: the function of an update panicked: %v\n%s", p, debug.Stack())
		}
	}()
	if c.own != nil {
		c.err = a.engine(w, c)
	} else {
		c.result, c.repeated, c.err = a.update(w, c)
	}
	if c.err != nil {
		return w.undo() == nil
	}
	a.bytes += w.bytes
	return true
}

// engine does what the engine itself asked for.
func (a *attempt) engine(w *writer, c *change) error {
	now, err := a.counter(w)
	if err != nil {
		return err
	}
	if err := w.outcome(c.own(w)); err != nil {
		return err
	}
	if w.seq == 0 {
		w.seq = now.seq
	}
	if w.changes > 0 || w.seq != now.seq {
		a.changed[c.tenant] = counter{w.seq, now.sum + w.sum}
	}
	return nil
}

// update does what a caller asked for, or finds that it was done before.
func (a *attempt) update(w *writer, c *change) (result []byte, repeated bool, err error) {
	if c.id != "" {
		result, found, err := w.recall(c.id)
		if found || err != nil {
			return result, found, err
		}
	}
	now, err := a.counter(w)
	if err != nil {
		return nil, false, err
	}
	w.seq = now.seq + 1
	result, err = c.fn(w)
	if err = w.outcome(err); err != nil {
		return nil, false, err
	}
	if len(result) > store.MaxValue {
		return nil, false, store.ErrTooLarge
	}
	result = append([]byte(nil), result...)
	if c.id != "" {
		err = w.remember(c.id, envelope.Command{Done: a.s.cfg.Now().UnixNano(), Seq: w.seq, Result: result})
	}
	if err != nil {
		return nil, false, err
	}
	a.changed[c.tenant] = counter{w.seq, now.sum + w.sum}
	return result, false, nil
}

// counter is that of the writer's tenant as the changes before it leave it.
func (a *attempt) counter(w *writer) (counter, error) {
	if c, ok := a.changed[w.tenant]; ok {
		return c, nil
	}
	return w.reader.counter()
}

// commit writes the counters and commits. When that fails the outcome is
// unknown, and the store stops: bbolt may show what the disk does not hold.
func (a *attempt) commit() error {
	s := a.s
	alone := s.long.Load() == 0
	if len(a.changed) == 0 && !(alone && s.unsynced.Load()) {
		return a.tx.Rollback()
	}
	// A pinned old page keeps the freelist growing, and with it what each
	// commit writes; so it is left out while a long reader works.
	s.db.NoFreelistSync = !alone
	id := uint64(a.tx.ID())
	s.settling.Lock()
	defer s.settling.Unlock()
	if err := a.settle(); err != nil {
		s.stop(err)
		return fmt.Errorf("%w: %w", store.ErrOutcomeUnknown, err)
	}
	s.unsynced.Store(!alone)
	s.durable.Store(id)
	return nil
}

// settle puts the counters and commits; a panic of bbolt is an error here.
func (a *attempt) settle() (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("commit panicked: %v\n%s", p, debug.Stack())
			a.giveUp()
		}
	}()
	for _, t := range slices.Sorted(maps.Keys(a.changed)) {
		root, err := a.tx.CreateBucketIfNotExists(tenantName(t))
		if err == nil {
			err = root.Put(seqKey, envelope.Seal(envelope.Place(t, seqKind, ""), seqKey, a.changed[t].encode()))
		}
		if err != nil {
			a.giveUp()
			return err
		}
	}
	return a.s.cfg.commit(a.tx)
}

// giveUp ends the transaction, whatever state it is in.
func (a *attempt) giveUp() {
	defer func() { _ = recover() }() // nothing of it is used any more
	_ = a.tx.Rollback()
}
