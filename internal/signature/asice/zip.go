package asice

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
	"slices"
	"strconv"
	"strings"

	"padome/internal/signature"
)

// Bounds of a container: the files beside the document are signatures and a list
// of files, and a signature with all its certificates and replies is far below 1 MiB.
const (
	mostEntries  = 64
	mostName     = 255
	mostSmall    = 4 << 20  // one file of META-INF, unpacked
	mostTogether = 12 << 20 // all of them, unpacked
	mostRatio    = 200      // unpacked to packed, above 64 KiB; a signature stays below 10
)

const (
	localMark     = 0x04034b50
	directoryMark = 0x02014b50
	endMark       = 0x06054b50
	dataMark      = 0x08074b50
	localSize     = 30
	directorySize = 46
	endSize       = 22

	stored   = 0
	deflated = 8

	flagEncrypted = 1 << 0
	flagAfter     = 1 << 3 // sizes and sum stand behind the data
	flagsKnown    = 1<<1 | 1<<2 | flagAfter | 1<<11

	unset32 = 0xFFFFFFFF // "see the ZIP64 field"
	unset16 = 0xFFFF
)

// An entry is one file of a ZIP as both its headers describe it.
type entry struct {
	name         string
	method       uint16
	flags        uint16
	sum          uint32
	packed, size uint32
	at           uint32 // of the local header
	raw          []byte // as packed
}

func refuse(key string, args ...string) error { return signature.Because(key, args...) }

// readZip reads the directory of a ZIP without unpacking anything. It accepts
// only files whose every byte is accounted for: entries follow one another from
// the first byte to the directory, the directory reaches to the end record and
// that to the end of the file, and each local header says what the directory
// says. So no two readers can see different files in it. Entries are in the
// order in which they lie in the file.
func readZip(file []byte) ([]entry, error) {
	start, end, count, err := directory(file)
	if err != nil {
		return nil, err
	}
	var entries []entry
	rest := file[start:end]
	for range count {
		var e entry
		if e, rest, err = directoryEntry(rest); err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	if len(rest) != 0 {
		return nil, refuse("problem.container.hidden")
	}
	if err := uniqueNames(entries); err != nil {
		return nil, err
	}
	slices.SortFunc(entries, func(a, b entry) int { return int(int64(a.at) - int64(b.at)) })
	next := uint64(0)
	for i := range entries {
		switch at := uint64(entries[i].at); {
		case at < next:
			return nil, refuse("problem.container.overlap", "name", entries[i].name)
		case at > next:
			return nil, refuse("problem.container.hidden")
		}
		if next, err = entries[i].locate(file[:start]); err != nil {
			return nil, err
		}
	}
	if next != uint64(start) {
		return nil, refuse("problem.container.hidden")
	}
	return entries, nil
}

// directory finds the directory by the end record, which with its comment
// reaches exactly to the end of the file.
func directory(file []byte) (start, end, count int, err error) {
	end = bytes.LastIndex(file, binary.LittleEndian.AppendUint32(nil, endMark))
	if end < 0 || len(file)-end < endSize {
		return 0, 0, 0, refuse("problem.container.zip")
	}
	r := file[end:]
	if endSize+int(le16(r, 20)) != len(r) {
		return 0, 0, 0, refuse("problem.container.hidden")
	}
	disk, disks, here, all := le16(r, 4), le16(r, 6), le16(r, 8), le16(r, 10)
	size, at := le32(r, 12), le32(r, 16)
	if here == unset16 || all == unset16 || size == unset32 || at == unset32 {
		return 0, 0, 0, refuse("problem.container.zip64")
	}
	if disk != 0 || disks != 0 || here != all {
		return 0, 0, 0, refuse("problem.container.zip")
	}
	if all > mostEntries {
		return 0, 0, 0, refuse("problem.container.many", "count", strconv.Itoa(int(all)), "most", strconv.Itoa(mostEntries))
	}
	if uint64(at)+uint64(size) != uint64(end) {
		return 0, 0, 0, refuse("problem.container.hidden")
	}
	return int(at), end, int(all), nil
}

// directoryEntry takes the first entry off the rest of the directory.
func directoryEntry(b []byte) (entry, []byte, error) {
	if len(b) < directorySize || le32(b, 0) != directoryMark {
		return entry{}, nil, refuse("problem.container.zip")
	}
	name, extra, comment := int(le16(b, 28)), int(le16(b, 30)), int(le16(b, 32))
	if len(b) < directorySize+name+extra+comment {
		return entry{}, nil, refuse("problem.container.zip")
	}
	tail := b[directorySize:]
	e := entry{
		name: string(tail[:name]), flags: le16(b, 8), method: le16(b, 10),
		sum: le32(b, 16), packed: le32(b, 20), size: le32(b, 24), at: le32(b, 42),
	}
	if err := checkName(e.name); err != nil {
		return entry{}, nil, err
	}
	if e.packed == unset32 || e.size == unset32 || e.at == unset32 {
		return entry{}, nil, refuse("problem.container.zip64")
	}
	if err := checkExtra(tail[name:name+extra], e.name); err != nil {
		return entry{}, nil, err
	}
	if err := e.check(le16(b, 4), le32(b, 38), le16(b, 34)); err != nil {
		return entry{}, nil, err
	}
	return e, tail[name+extra+comment:], nil
}

// check refuses what a container never needs: encryption, other packing, links,
// several disks.
func (e *entry) check(madeBy uint16, attributes uint32, disk uint16) error {
	const unix, kind, regular, folder = 3, 0o170000, 0o100000, 0o040000
	mode := attributes >> 16 & kind
	switch {
	case e.flags&flagEncrypted != 0:
		return refuse("problem.container.encrypted", "name", e.name)
	case e.flags&^flagsKnown != 0 || disk != 0 || e.method != stored && e.method != deflated:
		return refuse("problem.container.packing", "name", e.name)
	case madeBy>>8 == unix && mode != 0 && mode != regular && mode != folder:
		return refuse("problem.container.name", "name", e.name)
	case e.method == stored && e.packed != e.size:
		return refuse("problem.container.differs", "name", e.name)
	case e.size > 64<<10 && uint64(e.size) > mostRatio*uint64(e.packed):
		return refuse("problem.container.bomb", "name", e.name)
	}
	return nil
}

// checkExtra refuses extra fields that give a file another size or name, or
// another reading altogether.
func checkExtra(b []byte, name string) error {
	const zip64, strong, unicodeName, aes = 0x0001, 0x0017, 0x7075, 0x9901
	for len(b) >= 4 {
		id, size := le16(b, 0), int(le16(b, 2))
		if len(b) < 4+size {
			return refuse("problem.container.zip")
		}
		switch id {
		case zip64:
			return refuse("problem.container.zip64")
		case strong, aes:
			return refuse("problem.container.encrypted", "name", name)
		case unicodeName:
			return refuse("problem.container.name", "name", name)
		}
		b = b[4+size:]
	}
	return nil
}

// locate reads the local header, holds it against the directory and returns
// where the entry ends; body is the file up to the directory.
func (e *entry) locate(body []byte) (uint64, error) {
	at := uint64(e.at)
	if at+localSize > uint64(len(body)) || le32(body[at:], 0) != localMark {
		return 0, refuse("problem.container.differs", "name", e.name)
	}
	h := body[at:]
	name, extra := uint64(le16(h, 26)), uint64(le16(h, 28))
	from := localSize + name + extra
	if from+uint64(e.packed) > uint64(len(h)) {
		return 0, refuse("problem.container.overlap", "name", e.name)
	}
	same := func(at int, v uint32) bool { // what stands behind the data may be left blank before it
		return le32(h, at) == v || e.flags&flagAfter != 0 && le32(h, at) == 0
	}
	if string(h[localSize:localSize+name]) != e.name || le16(h, 6) != e.flags || le16(h, 8) != e.method ||
		!same(14, e.sum) || !same(18, e.packed) || !same(22, e.size) {
		return 0, refuse("problem.container.differs", "name", e.name)
	}
	if err := checkExtra(h[localSize+name:from], e.name); err != nil {
		return 0, err
	}
	e.raw = h[from : from+uint64(e.packed)]
	end := at + from + uint64(e.packed)
	if e.flags&flagAfter == 0 {
		return end, nil
	}
	n, ok := e.descriptor(body[end:])
	if !ok {
		return 0, refuse("problem.container.differs", "name", e.name)
	}
	return end + n, nil
}

// descriptor measures the record behind the data, which repeats sum and sizes,
// with or without a mark before them.
func (e *entry) descriptor(b []byte) (uint64, bool) {
	n := uint64(12)
	if len(b) >= 16 && le32(b, 0) == dataMark && le32(b, 4) == e.sum {
		b, n = b[4:], 16
	}
	return n, len(b) >= 12 && le32(b, 0) == e.sum && le32(b, 4) == e.packed && le32(b, 8) == e.size
}

// unpack returns the bytes of an entry of at most most bytes; size and sum must
// be as declared and nothing may be left of the packed bytes.
func (e *entry) unpack(most int) ([]byte, error) {
	if int64(e.size) > int64(most) {
		return nil, refuse("problem.container.large", "name", e.name, "size", strconv.FormatUint(uint64(e.size), 10), "most", strconv.Itoa(most))
	}
	out := e.raw
	if e.method == deflated {
		in := bytes.NewReader(e.raw)
		r := flate.NewReader(in)
		out = make([]byte, e.size)
		if _, err := io.ReadFull(r, out); err != nil {
			return nil, refuse("problem.container.sum", "name", e.name)
		}
		if n, err := r.Read(make([]byte, 1)); n != 0 || err != io.EOF || in.Len() != 0 {
			return nil, refuse("problem.container.sum", "name", e.name)
		}
	}
	if crc32.ChecksumIEEE(out) != e.sum {
		return nil, refuse("problem.container.sum", "name", e.name)
	}
	return out, nil
}

func (e *entry) isFolder() bool { return strings.HasSuffix(e.name, "/") }

func le16(b []byte, at int) uint16 { return binary.LittleEndian.Uint16(b[at:]) }
func le32(b []byte, at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
