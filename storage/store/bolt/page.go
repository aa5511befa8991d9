package bolt

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"

	"padome/storage/store"
)

// How bbolt lays out a page: its number, kind, count of elements and how many
// pages more belong to it; then its elements, and behind them their keys and
// values. Numbers are in the order of the machine.
const (
	pageHead    = 16
	elementSize = 16
	bucketHead  = 16 // root and sequence; the value of a bucket begins with it

	branchPage = 0x01
	leafPage   = 0x02
	headPage   = 0x04
	listPage   = 0x10 // of free pages

	bucketElement = 1
	noList        = math.MaxUint64 // the list of free pages is not in the file
)

// maxPage is how long a page may be with what belongs to it. A page of the
// largest values has four of them.
const maxPage = 16 * store.MaxValue

// page is a page, or the one that lies in the value of a small bucket.
type page struct {
	id       uint64
	kind     uint16
	count    int
	overflow uint64
	raw      []byte
}

func parsePage(raw []byte) page {
	n := binary.NativeEndian
	return page{n.Uint64(raw), n.Uint16(raw[8:]), int(n.Uint16(raw[10:])), uint64(n.Uint32(raw[12:])), raw}
}

// element is what stands in a page: a branch leads from a key to a child.
type element struct {
	flags      uint32
	key, value []byte
	child      uint64
}

// element reads one of the count elements. It fails where key or value do not
// lie within the page, behind all elements.
func (p *page) element(i int) (e element, err error) {
	n, at := binary.NativeEndian, pageHead+i*elementSize
	if pageHead+p.count*elementSize > len(p.raw) {
		return e, fmt.Errorf("has no room for %d elements", p.count)
	}
	raw := p.raw[at:]
	var pos, key, value uint64
	if p.kind == branchPage {
		pos, key, e.child = uint64(n.Uint32(raw)), uint64(n.Uint32(raw[4:])), n.Uint64(raw[8:])
	} else {
		e.flags, pos, key, value = n.Uint32(raw), uint64(n.Uint32(raw[4:])), uint64(n.Uint32(raw[8:])), uint64(n.Uint32(raw[12:]))
	}
	from := uint64(at) + pos
	if key == 0 || from < uint64(pageHead+p.count*elementSize) || from+key+value > uint64(len(p.raw)) {
		return e, fmt.Errorf("has element %d outside itself", i)
	}
	e.key, e.value = p.raw[from:from+key:from+key], p.raw[from+key:from+key+value]
	return e, nil
}

// head is what one of the two heads of a file says of it.
type head struct {
	root, list, end, newest uint64
	whole                   bool // its sum is right
}

// headSize is how long a head is, behind that of its page.
const headSize = 64

func parseHead(raw []byte) head {
	n, raw := binary.NativeEndian, raw[pageHead:]
	sum := fnv.New64a()
	sum.Write(raw[:headSize-8])
	return head{n.Uint64(raw[16:]), n.Uint64(raw[32:]), n.Uint64(raw[40:]), n.Uint64(raw[48:]), sum.Sum64() == n.Uint64(raw[headSize-8:])}
}
