package bolt

import (
	"context"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"

	"padome/storage/store"
	"padome/storage/store/internal/envelope"
)

// seqKind sets the place of a tenant's counter apart from that of any bucket.
const seqKind = 's'

// counter is what a tenant's bucket says of itself: its Seq, and the sum over
// all entries in its buckets, by which Check finds that some are missing or from
// another time although each that is there is sound.
type counter struct{ seq, sum uint64 }

func (c counter) encode() []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, c.seq), c.sum)
}

// Seq is the number of committed Updates of a tenant, as store.Store says.
func (s *Store) Seq(ctx context.Context, t store.Tenant) (seq uint64, err error) {
	err = s.read(ctx, t, func(r *reader) error {
		c, err := r.counter()
		seq = c.seq
		return err
	})
	return seq, err
}

// counter is the tenant's counter in the file, zero when it has had no Update.
func (r *reader) counter() (c counter, err error) {
	b := &shelf{kind: seqKind, sum: envelope.Place(r.tenant, seqKind, "")}
	defer r.shield(b, seqKey, &err)
	if b.b = r.tx.Bucket(tenantName(r.tenant)); b.b == nil {
		return counter{}, nil
	}
	value, err := r.fetch(b, seqKey)
	if err != nil || value == nil {
		return counter{}, err
	}
	if len(value) != 16 {
		return counter{}, damaged(r.tenant, b, seqKey, "length")
	}
	return counter{binary.BigEndian.Uint64(value), binary.BigEndian.Uint64(value[8:])}, nil
}

// Tenants are the tenants that have had an Update, in order.
func (s *Store) Tenants(ctx context.Context) (tenants []store.Tenant, err error) {
	err = s.read(ctx, 0, func(r *reader) (err error) {
		tenants, err = listTenants(r.tx)
		return err
	})
	return tenants, err
}

func listTenants(tx *bbolt.Tx) (tenants []store.Tenant, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: list of tenants: %v", store.ErrDamaged, p)
		}
	}()
	c := tx.Cursor()
	for name, _ := c.Seek([]byte("t")); len(name) == 9 && name[0] == 't'; name, _ = c.Next() {
		// A tenant whose first Update failed beside others has a bucket but no Seq.
		if b := tx.Bucket(name); b != nil && b.Get(seqKey) != nil {
			tenants = append(tenants, store.Tenant(binary.BigEndian.Uint64(name[1:])))
		}
	}
	return tenants, nil
}
