package postgres

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"padome/storage/store"
	"padome/storage/store/internal/envelope"
)

// slow is how long the server may take over one request.
const slow = time.Minute

// attempt is one transaction that changes share.
type attempt struct {
	s      *Store
	tenant store.Tenant
	conn   *pgxpool.Conn

	base, seq  uint64 // of the tenant before, and with the changes so far
	recalled   map[store.CommandID]envelope.Command
	fresh      map[store.CommandID]remembered // done by this attempt
	pending    pending                        // what the changes so far have written
	seen       pending                        // what they have read, nil for what is absent
	forgotten  [][]byte                       // commands to forget
	lost       uint64                         // the weight of those
	bytes, ran int
	broken     error // why the connection is of no use any more
	counted    bool  // the Seq was set
	committing bool  // the commit is on its way
	ended      bool
}

// do runs changes in a new transaction and commits it.
func (a *attempt) do(group []*change) error {
	defer a.end()
	var ids [][]byte
	for _, c := range group {
		if c.id != "" {
			ids = append(ids, []byte(c.id))
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), slow)
	defer cancel()
	if err := a.begin(ctx, ids); err != nil {
		return err
	}
	for _, c := range group {
		if a.bytes > maxBytes {
			break
		}
		a.ran++
		if c.begin() {
			a.run(c)
		}
		if a.broken != nil {
			return a.broken
		}
		if c.own != nil { // the next one would not see what it did
			break
		}
	}
	if !a.counted && a.seq == a.base && len(a.pending)+len(a.fresh)+len(a.forgotten) == 0 {
		return nil
	}
	return a.commit()
}

// begin takes a connection, becomes the tenant's writer, and recalls commands.
func (a *attempt) begin(ctx context.Context, ids [][]byte) (err error) {
	if a.conn, err = a.s.pool.Acquire(ctx); err != nil {
		return err
	}
	a.fresh, a.pending, a.seen = map[store.CommandID]remembered{}, pending{}, pending{}
	found, err := a.lock(ctx, beginUpdate, ids)
	if err == nil && !found {
		if _, err = a.conn.Exec(ctx, addTenant, int64(a.tenant)); err == nil {
			_, err = a.lock(ctx, "", ids)
		}
	}
	a.base = a.seq
	return cut(a.conn, err)
}

// lock is one round trip: the tenant's row, then the commands as they are now
// that nobody else can change them.
func (a *attempt) lock(ctx context.Context, before string, ids [][]byte) (found bool, err error) {
	var b pgx.Batch
	if before != "" {
		b.Queue(before)
	}
	b.Queue(lockTenant, int64(a.tenant)).Query(func(rows pgx.Rows) error {
		seqs, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if found = len(seqs) == 1; found {
			a.seq = uint64(seqs[0])
		}
		return err
	})
	a.recalled = map[store.CommandID]envelope.Command{}
	if len(ids) > 0 {
		b.Queue(recallCommands, int64(a.tenant), ids).Query(a.recall)
	}
	return found, a.conn.SendBatch(ctx, &b).Close()
}

func (a *attempt) recall(rows pgx.Rows) error {
	var id, raw []byte
	_, err := pgx.ForEachRow(rows, []any{&id, &raw}, func() error {
		c, err := openCommand(a.tenant, id, raw)
		if err == nil {
			a.recalled[store.CommandID(id)] = c
		}
		return err
	})
	return err
}

// run runs a change in a goroutine of its own, so that one that ends its
// goroutine does not end the writer. What it wrote counts only when it is well.
func (a *attempt) run(c *change) {
	c.result, c.repeated = nil, false
	c.err = errors.New("store: the function of an update ended its goroutine")
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				c.err = fmt.Errorf("store: the function of an update panicked: %v\n%s", p, debug.Stack())
			}
		}()
		if c.own != nil {
			c.err = c.own(a)
			return
		}
		c.result, c.repeated, c.err = a.update(c)
	}()
	<-done
}

// update does what a caller asked for, or finds that it was done before.
func (a *attempt) update(c *change) (result []byte, repeated bool, err error) {
	if first, ok := a.recalled[c.id]; ok && c.id != "" {
		return clone(first.Result), true, nil
	}
	w := &writer{reader: reader{ctx: context.Background(), conn: a.conn, tenant: a.tenant}, a: a, own: pending{}}
	defer w.ended.Store(true)
	defer func() { a.broken = w.broken }() // also when fn panics
	result, err = c.fn(w)
	if err = w.outcome(err); err != nil {
		return nil, false, err
	}
	if len(result) > store.MaxValue {
		return nil, false, store.ErrTooLarge
	}
	result = clone(result)
	a.seq++
	a.pending.take(w.own)
	a.bytes += w.bytes
	if c.id != "" {
		a.remember(c.id, envelope.Command{Done: a.s.cfg.Now().UnixNano(), Seq: a.seq, Result: clone(result)})
	}
	return result, false, nil
}

func (a *attempt) remember(id store.CommandID, c envelope.Command) {
	a.bytes += len(id) + len(c.Result)
	a.recalled[id] = c
	a.fresh[id] = remembered{c, envelope.Seal(commandPlace(a.tenant), []byte(id), c.Encode())}
}

// clone is a copy, nil when empty.
func clone(b []byte) []byte { return append([]byte(nil), b...) }

// commit sends all writes and the COMMIT in one go. The count comes first, since
// it looks at what the writes will replace.
func (a *attempt) commit() error {
	t := int64(a.tenant)
	var b pgx.Batch
	var puts, touched columns
	weight := a.queueCommands(&b)
	for _, bucket := range slices.Sorted(maps.Keys(a.pending)) {
		place := envelope.Place(a.tenant, envelope.Callers, bucket)
		for _, key := range slices.Sorted(maps.Keys(a.pending[bucket])) {
			value := a.pending[bucket][key]
			touched.add([]byte(bucket), []byte(key), nil)
			if value == nil {
				b.Queue(deleteValue, t, []byte(bucket), []byte(key))
				continue
			}
			raw := envelope.Seal(place, []byte(key), value)
			weight += envelope.Weight(raw)
			puts.add([]byte(bucket), []byte(key), raw)
		}
	}
	if len(puts.keys) > 0 {
		b.Queue(putValues, t, puts.buckets, puts.keys, puts.values)
	}
	b.Queue(commit)
	var all pgx.Batch
	all.Queue(countTenant, t, int64(a.seq), int64(weight-a.lost), touched.buckets, touched.keys)
	all.QueuedQueries = append(all.QueuedQueries, b.QueuedQueries...)
	ctx, cancel := context.WithTimeout(context.Background(), slow)
	defer cancel()
	a.committing = true
	err := cut(a.conn, a.conn.SendBatch(ctx, &all).Close())
	a.ended = err == nil
	return err
}

// queueCommands queues what the changes are remembered by, and returns its
// weight.
func (a *attempt) queueCommands(b *pgx.Batch) (weight uint64) {
	var ids, raws [][]byte
	var ats []int64
	for id, c := range a.fresh {
		ids, ats, raws = append(ids, []byte(id)), append(ats, c.Done), append(raws, c.raw)
		weight += envelope.Weight(c.raw)
	}
	if len(a.forgotten) > 0 {
		b.Queue(deleteCommands, int64(a.tenant), a.forgotten)
	}
	if len(ids) > 0 {
		b.Queue(putCommands, int64(a.tenant), ids, ats, raws)
	}
	return weight
}

// columns are entries as a statement takes them.
type columns struct{ buckets, keys, values [][]byte }

func (c *columns) add(bucket, key, value []byte) {
	c.buckets, c.keys, c.values = append(c.buckets, bucket), append(c.keys, key), append(c.values, value)
}

// end gives the connection back, after taking back what was not committed.
func (a *attempt) end() {
	if a.conn == nil {
		return
	}
	if !a.ended && !a.conn.Conn().IsClosed() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_, _ = a.conn.Exec(ctx, rollback) // a connection still in a transaction is closed by its release
	}
	a.conn.Release()
	a.conn = nil
}
