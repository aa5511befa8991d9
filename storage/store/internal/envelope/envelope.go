// Package envelope is the checksum around every stored value, the same on every
// engine, so that a check finds the same faults whatever holds the data.
package envelope

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"padome/storage/store"
)

// Kinds of what lies in a tenant; each is part of the place of its values.
const (
	Callers  = 'b' // the buckets of the contract
	Commands = 'c' // remembered commands
)

// Size is how many bytes an envelope adds to its value: the CRC-32C of the
// value's place, its key and itself, big-endian, stands before it. The place is
// part of the sum, so that a value that turns up where it was not put is found
// damaged too.
const Size = 4

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Place is the sum of where values lie: the tenant and the bucket.
func Place(t store.Tenant, kind byte, name string) uint32 {
	b := binary.BigEndian.AppendUint64(make([]byte, 0, 80), uint64(t))
	return crc32.Update(0, castagnoli, append(append(b, kind), name...))
}

func sum(at uint32, key, value []byte) uint32 {
	// The key's length keeps its end apart from the value's beginning.
	s := crc32.Update(at^uint32(len(key)), castagnoli, key)
	return crc32.Update(s, castagnoli, value)
}

// Seal puts a copy of a value into its envelope.
func Seal(at uint32, key, value []byte) []byte {
	raw := make([]byte, Size+len(value))
	copy(raw[Size:], value)
	binary.BigEndian.PutUint32(raw, sum(at, key, value))
	return raw
}

// Unseal is the value in an envelope, not copied, and whether it is what was
// sealed there.
func Unseal(at uint32, key, raw []byte) (value []byte, ok bool) {
	if len(raw) < Size {
		return nil, false
	}
	value = raw[Size:]
	return value, binary.BigEndian.Uint32(raw) == sum(at, key, value)
}

// Weight is what an entry adds to the sum of its tenant: one in the upper half,
// its checksum in the lower. By that sum a check finds that entries are missing
// or from another time although each that is there is sound.
func Weight(raw []byte) uint64 { return 1<<32 + uint64(binary.BigEndian.Uint32(raw)) }

// Command is what is remembered of a change that was done.
type Command struct {
	Done   int64  // nanoseconds since 1970
	Seq    uint64 // the number of its update
	Result []byte // nil when there is none
}

const commandHead = 16

// Encode is the time and the number, eight bytes each, and the result.
func (c Command) Encode() []byte {
	b := make([]byte, 0, commandHead+len(c.Result))
	b = binary.BigEndian.AppendUint64(b, uint64(c.Done))
	b = binary.BigEndian.AppendUint64(b, c.Seq)
	return append(b, c.Result...)
}

// DecodeCommand reads what Encode wrote; the result is not copied. It fails with
// store.ErrDamaged.
func DecodeCommand(b []byte) (Command, error) {
	if len(b) < commandHead {
		return Command{}, fmt.Errorf("%w: a command of %d bytes", store.ErrDamaged, len(b))
	}
	c := Command{Done: int64(binary.BigEndian.Uint64(b)), Seq: binary.BigEndian.Uint64(b[8:])}
	if len(b) > commandHead {
		c.Result = b[commandHead:]
	}
	return c, nil
}
