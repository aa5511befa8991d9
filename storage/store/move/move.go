// Package move carries an installation from one engine to another, all of it or
// nothing that anybody would use.
package move

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"

	"padome/storage/store"
	"padome/storage/store/internal/dump"
)

// Side is an engine with its blobs.
type Side struct {
	Records store.Carrier
	Blobs   store.BlobStore
}

// Report says what was carried, and what a side holds as a digest.
type Report struct {
	Tenants, Items, Blobs int
	Bytes                 int64 // of the blobs
	Digest                string
}

// Errors of a move.
var (
	// ErrNotEmpty: the target holds something that this move did not put there.
	ErrNotEmpty = errors.New("move: the target is not empty")
	// ErrChanged: the source was written to meanwhile, or is another one than when
	// the unfinished move began.
	ErrChanged = errors.New("move: the source has changed")
	// ErrDiffers: the target does not hold what the source does.
	ErrDiffers = errors.New("move: the target differs from the source")
)

// A target that is being filled has an entry that says so, from the beginning
// until all is verified; whoever opens an installation refuses one that has it.
const (
	markTenant store.Tenant = 0
	MarkBucket              = "move"
	MarkKey                 = "unfinished"
)

// atOnce is how many items are carried in one transaction.
const atOnce = 200

// Unfinished says whether a move into a store has begun and not ended.
func Unfinished(ctx context.Context, s store.Store) (found bool, err error) {
	err = s.View(ctx, markTenant, func(r store.Reader) error {
		mark, err := r.Get(MarkBucket, []byte(MarkKey))
		found = mark != nil
		return err
	})
	return found, err
}

// Move carries everything from one side to another and verifies it by digests.
// Nobody else may write to either. What was interrupted goes on where it was. It
// fails with ErrNotEmpty, ErrChanged or ErrDiffers; the source stays as it is.
func Move(ctx context.Context, from, to Side, told func(Report)) (Report, error) {
	if told == nil {
		told = func(Report) {}
	}
	m := &move{from: from, to: to, told: told}
	if err := m.begin(ctx); err != nil {
		return Report{}, err
	}
	if err := m.blobs(ctx); err != nil {
		return m.done, fmt.Errorf("move the files: %w", err)
	}
	for _, t := range m.tenants {
		if err := m.tenant(ctx, t); err != nil {
			return m.done, fmt.Errorf("move tenant %d: %w", t, err)
		}
	}
	return m.verify(ctx)
}

type move struct {
	from, to Side
	told     func(Report)
	tenants  []store.Tenant
	seqs     map[store.Tenant]uint64
	mark     string
	done     Report
}

// begin claims the target for this move, or finds that it has done so before.
func (m *move) begin(ctx context.Context) (err error) {
	if unfinished, err := Unfinished(ctx, m.from.Records); err != nil || unfinished {
		return errors.Join(err, errors.New("move: the source is itself the target of an unfinished move"))
	}
	if m.mark, err = m.state(ctx); err != nil {
		return err
	}
	var mark []byte
	err = m.to.Records.View(ctx, markTenant, func(r store.Reader) (err error) {
		mark, err = r.Get(MarkBucket, []byte(MarkKey))
		return err
	})
	switch {
	case err != nil:
		return err
	case string(mark) == m.mark:
		return nil
	case mark != nil:
		return fmt.Errorf("%w since an unfinished move into this target began: empty the target, and begin anew", ErrChanged)
	}
	tenants, err := m.to.Records.Tenants(ctx)
	if err == nil && len(tenants) == 0 {
		err = m.to.Blobs.List(ctx, func(string, int64) bool { tenants = append(tenants, 0); return false })
	}
	if err != nil {
		return err
	}
	if len(tenants) > 0 {
		return ErrNotEmpty
	}
	return m.to.Records.Load(ctx, markTenant, []store.Item{{Bucket: MarkBucket, Key: []byte(MarkKey), Value: []byte(m.mark)}}, 0)
}

// state is a digest of how far the source's tenants are, which no write leaves
// as it was.
func (m *move) state(ctx context.Context) (string, error) {
	tenants, err := m.from.Records.Tenants(ctx)
	if err != nil {
		return "", err
	}
	h, seqs := sha256.New(), map[store.Tenant]uint64{}
	for _, t := range tenants {
		if seqs[t], err = m.from.Records.Seq(ctx, t); err != nil {
			return "", err
		}
		fmt.Fprintln(h, t, seqs[t])
	}
	m.tenants, m.seqs = tenants, seqs
	return hex.EncodeToString(h.Sum(nil)), nil
}

// tenant carries a tenant: its items in order, behind those that are there.
func (m *move) tenant(ctx context.Context, t store.Tenant) error {
	last, err := m.last(ctx, t)
	if err != nil {
		return err
	}
	m.done.Tenants++
	for {
		items, err := m.from.Records.Items(ctx, t, last, atOnce)
		if err != nil {
			return err
		}
		if len(items) == 0 {
			return m.number(ctx, t)
		}
		if err := m.to.Records.Load(ctx, t, items, m.seqs[t]); err != nil {
			return err
		}
		m.done.Items += len(items)
		m.told(m.done)
		last = &items[len(items)-1]
	}
}

// number gives a tenant its Seq, should it have come without any item.
func (m *move) number(ctx context.Context, t store.Tenant) error {
	seq, err := m.to.Records.Seq(ctx, t)
	if err != nil || seq == m.seqs[t] {
		return err
	}
	return m.to.Records.Load(ctx, t, nil, m.seqs[t])
}

// last is the last item of a tenant that the target has; nil when it has none.
func (m *move) last(ctx context.Context, t store.Tenant) (last *store.Item, err error) {
	err = each(ctx, m.to.Records, t, func(items []store.Item) { last = &items[len(items)-1] })
	return last, err
}

// each hands over the items of a tenant, without the mark of a move.
func each(ctx context.Context, s store.Carrier, t store.Tenant, fn func([]store.Item)) error {
	for behind := (*store.Item)(nil); ; {
		items, err := s.Items(ctx, t, behind, atOnce)
		if err != nil || len(items) == 0 {
			return err
		}
		behind = &items[len(items)-1]
		items = slices.DeleteFunc(slices.Clone(items), func(it store.Item) bool {
			return t == markTenant && it.Bucket == MarkBucket && string(it.Key) == MarkKey
		})
		if len(items) > 0 {
			fn(items)
		}
	}
}

// blobs carries the blobs that the target lacks.
func (m *move) blobs(ctx context.Context) error {
	there := map[string]bool{}
	err := m.to.Blobs.List(ctx, func(sum string, _ int64) bool {
		there[sum] = true
		return true
	})
	if err != nil {
		return err
	}
	sums, err := list(ctx, m.from.Blobs)
	for _, sum := range sums {
		if err == nil && !there[sum] {
			err = m.blob(ctx, sum)
		}
	}
	return err
}

func list(ctx context.Context, b store.BlobStore) (sums []string, err error) {
	err = b.List(ctx, func(sum string, _ int64) bool {
		sums = append(sums, sum)
		return true
	})
	return sums, err
}

func (m *move) blob(ctx context.Context, sum string) error {
	r, size, err := m.from.Blobs.Open(ctx, sum, 0, -1)
	if err != nil {
		return err
	}
	defer r.Close()
	if put, _, err := m.to.Blobs.Put(ctx, r, size); err != nil || put != sum {
		return errors.Join(err, differs("file %s", sum))
	}
	m.done.Blobs++
	m.told(m.done)
	return nil
}

func differs(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDiffers, fmt.Sprintf(format, args...))
}

// verify compares the digests of both sides, after each has checked itself, and
// takes the mark off the target.
func (m *move) verify(ctx context.Context) (Report, error) {
	mark, err := m.state(ctx)
	if err != nil {
		return m.done, err
	}
	if mark != m.mark {
		return m.done, ErrChanged
	}
	if err := errors.Join(m.to.Records.Check(ctx), m.to.Blobs.Check(ctx)); err != nil {
		return m.done, err
	}
	source, err := Digest(ctx, m.from)
	if err != nil {
		return m.done, err
	}
	target, err := Digest(ctx, m.to)
	if err != nil {
		return m.done, err
	}
	if source != target {
		return m.done, differs("%+v became %+v", source, target)
	}
	return source, m.to.Records.Load(ctx, markTenant, []store.Item{{Bucket: MarkBucket, Key: []byte(MarkKey)}}, 0)
}

// Digest reads everything of a side: tenants with their Seq, buckets, keys,
// values, commands, and every byte of every blob. Two engines that hold the same
// have the same.
func Digest(ctx context.Context, s Side) (r Report, err error) {
	tenants, err := s.Records.Tenants(ctx)
	if err != nil {
		return r, err
	}
	d := dump.NewDigest()
	for _, t := range tenants {
		if err := digestTenant(ctx, s.Records, t, d, &r); err != nil {
			return r, err
		}
	}
	sums, err := list(ctx, s.Blobs)
	for _, sum := range sums {
		if err == nil {
			err = digestBlob(ctx, s.Blobs, sum, d, &r)
		}
	}
	r.Digest = hex.EncodeToString(d.Sum())
	return r, err
}

// DigestTenant is the part of Digest that is of one tenant.
func DigestTenant(ctx context.Context, s store.Carrier, t store.Tenant) (r Report, err error) {
	d := dump.NewDigest()
	err = digestTenant(ctx, s, t, d, &r)
	r.Digest = hex.EncodeToString(d.Sum())
	return r, err
}

func digestTenant(ctx context.Context, s store.Carrier, t store.Tenant, d *dump.Digest, r *Report) error {
	seq, err := s.Seq(ctx, t)
	if err != nil || seq == 0 { // of a move that has begun, whose source has no such tenant
		return err
	}
	r.Tenants++
	d.Tenant(t, seq)
	return each(ctx, s, t, func(items []store.Item) {
		r.Items += len(items)
		d.Items(items)
	})
}

func digestBlob(ctx context.Context, b store.BlobStore, sum string, d *dump.Digest, r *Report) error {
	content, size, err := b.Open(ctx, sum, 0, -1)
	if err != nil {
		return err
	}
	defer content.Close()
	n, err := io.Copy(io.Discard, content) // which compares the content with its name
	if err == nil && n != size {
		err = fmt.Errorf("%w: blob %s has %d bytes instead of %d", store.ErrDamaged, sum, n, size)
	}
	r.Blobs, r.Bytes = r.Blobs+1, r.Bytes+n
	d.Items([]store.Item{{Key: []byte(sum), Value: fmt.Append(nil, size)}})
	return err
}

// Restore fills an empty store from a dump, as the Backup of an engine on a
// server writes it. It fails with ErrNotEmpty, and with store.ErrDamaged when
// the dump is not whole; what it has filled in by then is refused by whoever
// opens it.
func Restore(ctx context.Context, r io.Reader, to store.Carrier) error {
	tenants, err := to.Tenants(ctx)
	if err != nil {
		return err
	}
	if unfinished, err := Unfinished(ctx, to); err != nil || unfinished || len(tenants) > 0 {
		return errors.Join(err, ErrNotEmpty)
	}
	mark := store.Item{Bucket: MarkBucket, Key: []byte(MarkKey), Value: []byte("restore")}
	if err := to.Load(ctx, markTenant, []store.Item{mark}, 0); err != nil {
		return err
	}
	err = dump.Read(r, func(f dump.Frame) error { return to.Load(ctx, f.Tenant, f.Items, f.Seq) })
	if err != nil {
		return err
	}
	mark.Value = nil
	return to.Load(ctx, markTenant, []store.Item{mark}, 0)
}
