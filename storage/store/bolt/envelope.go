package bolt

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"padome/storage/store"
)

// Every value is stored as the CRC-32C of its place, its key and itself, four
// bytes big-endian, and then itself. The place is part of the sum, so that a
// value that turns up where it was not put is found damaged too.
const envelope = 4

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// place is the sum of where values lie: the tenant and the bucket.
func place(t store.Tenant, kind byte, name string) uint32 {
	b := binary.BigEndian.AppendUint64(make([]byte, 0, 80), uint64(t))
	return crc32.Update(0, castagnoli, append(append(b, kind), name...))
}

func sum(at uint32, key, value []byte) uint32 {
	// The key's length keeps its end apart from the value's beginning.
	s := crc32.Update(at^uint32(len(key)), castagnoli, key)
	return crc32.Update(s, castagnoli, value)
}

func seal(at uint32, key, value []byte) []byte {
	raw := make([]byte, envelope+len(value))
	copy(raw[envelope:], value)
	binary.BigEndian.PutUint32(raw, sum(at, key, value))
	return raw
}

// unseal is the value in an envelope, not copied, and whether it is what was
// sealed there.
func unseal(at uint32, key, raw []byte) (value []byte, ok bool) {
	if len(raw) < envelope {
		return nil, false
	}
	value = raw[envelope:]
	return value, binary.BigEndian.Uint32(raw) == sum(at, key, value)
}

func damaged(t store.Tenant, b *shelf, key []byte, why any) error {
	return fmt.Errorf("%w: tenant %d, %s, key %q: %v", store.ErrDamaged, t, b.label(), key, why)
}
