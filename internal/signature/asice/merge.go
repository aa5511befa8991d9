package asice

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/xml"
	"hash/crc32"
	"slices"
	"strconv"
	"time"

	"padome/internal/signature"
)

// Merge joins the signatures that several people made of the same document,
// each in a container of their own, into one container. Each file of signatures
// keeps its bytes and gets a name of its own, in the order of signing; a
// signature that came in several times is kept once, as the file that proves
// most. Whatever the order of the containers, the result has the same bytes, and
// it is verified like any other. It fails with the faults of a container that is
// not valid, and where the document has another name in one than in another:
// signatures are over the name too.
func Merge(frozen []byte, check signature.Check, containers ...[]byte) ([]byte, signature.Verdict, error) {
	var all []signed
	var document file
	for _, b := range containers {
		v, c := verify(b, frozen, check)
		if err := v.Err(); err != nil {
			return nil, v, err
		}
		if document.name != "" && document.name != c.document.name {
			one, other := min(document.name, c.document.name), max(document.name, c.document.name)
			v.Faults = append(v.Faults, signature.Because("problem.container.names", "one", one, "other", other))
			return nil, v, v.Err()
		}
		document = c.document.file
		all = append(all, c.signed(v.Signers)...)
	}
	all = once(all)
	signatures := make([][]byte, len(all))
	for i, s := range all {
		signatures[i] = s.bytes
	}
	merged := Pack(document.name, document.bytes, signatures...)
	v := Verify(merged, frozen, check)
	return merged, v, v.Err()
}

// Pack makes a container of a document and files of signatures of it. The same
// give the same bytes.
func Pack(name string, document []byte, signatures ...[]byte) []byte {
	files := []file{{mimetypeName, []byte(mediaType)}, {name, document}, {manifestName, manifest(name)}}
	for i, b := range signatures {
		files = append(files, file{metaFolder + "signatures" + strconv.Itoa(i) + ".xml", b})
	}
	return writeZip(files)
}

// A signed is a file of signatures with what was found about them.
type signed struct {
	bytes  []byte
	values []string // signature values, sorted
	when   time.Time
	level  int
	sum    string
}

var rank = map[signature.Level]int{signature.Basic: 1, signature.Stamped: 2, signature.LongTerm: 3, signature.Archive: 4}

// signed are the files of signatures of a container; found are its signers in order.
func (c *container) signed(found []signature.Signer) (all []signed) {
	for _, f := range c.signatures {
		digest := sha256.Sum256(f.bytes)
		s := signed{bytes: f.bytes, sum: hex.EncodeToString(digest[:])}
		for _, each := range f.each {
			one := found[0]
			found = found[1:]
			s.values = append(s.values, string(each.one(dsNS, "SignatureValue").bytes()))
			s.level += rank[one.Level]
			if s.when.IsZero() || one.When().Before(s.when) {
				s.when = one.When()
			}
		}
		slices.Sort(s.values)
		all = append(all, s)
	}
	return all
}

// once orders files by time of signing and leaves out those whose signatures
// all stand in another that is kept: of equal ones the one that proves most stays.
func once(all []signed) (kept []signed) {
	slices.SortFunc(all, func(a, b signed) int {
		return cmp.Or(-cmp.Compare(len(a.values), len(b.values)), -cmp.Compare(a.level, b.level), -cmp.Compare(len(a.bytes), len(b.bytes)), cmp.Compare(a.sum, b.sum))
	})
	for _, s := range all {
		if !slices.ContainsFunc(kept, func(k signed) bool { return k.has(s.values) }) {
			kept = append(kept, s)
		}
	}
	slices.SortFunc(kept, func(a, b signed) int { return cmp.Or(a.when.Compare(b.when), cmp.Compare(a.sum, b.sum)) })
	return kept
}

func (s signed) has(values []string) bool {
	for _, v := range values {
		if !slices.Contains(s.values, v) {
			return false
		}
	}
	return true
}

// manifest lists the document, as OpenDocument 1.2 has it and ASiC-E takes over.
func manifest(name string) []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	b.WriteString(`<manifest:manifest xmlns:manifest="` + manifestNS + `" manifest:version="1.2">`)
	b.WriteString(`<manifest:file-entry manifest:full-path="/" manifest:media-type="` + mediaType + `"/>`)
	b.WriteString(`<manifest:file-entry manifest:full-path="`)
	_ = xml.EscapeText(&b, []byte(name)) // a buffer takes all
	b.WriteString(`" manifest:media-type="application/pdf"/></manifest:manifest>` + "\n")
	return b.Bytes()
}

// writeZip writes files one after another, not packed, all with the same date,
// so that the same files give the same bytes.
func writeZip(files []file) []byte {
	const version, utf8Names, firstDay = 20, 1 << 11, 1<<5 | 1 // 1 January 1980
	le := binary.LittleEndian
	var out, directory []byte
	for _, f := range files {
		var common []byte
		for _, v := range []uint16{version, utf8Names, stored, 0, firstDay} {
			common = le.AppendUint16(common, v)
		}
		common = le.AppendUint32(common, crc32.ChecksumIEEE(f.bytes))
		common = le.AppendUint32(common, uint32(len(f.bytes)))
		common = le.AppendUint32(common, uint32(len(f.bytes)))
		common = le.AppendUint32(common, uint32(len(f.name))) // and no extra field
		at := uint32(len(out))
		out = append(le.AppendUint32(out, localMark), common...)
		out = append(append(out, f.name...), f.bytes...)
		directory = le.AppendUint16(le.AppendUint32(directory, directoryMark), version)
		directory = append(append(directory, common...), make([]byte, 10)...) // no comment, disk 0, no attributes
		directory = append(le.AppendUint32(directory, at), f.name...)
	}
	at := uint32(len(out))
	out = append(out, directory...)
	out = le.AppendUint32(out, endMark)
	for _, v := range []uint16{0, 0, uint16(len(files)), uint16(len(files))} {
		out = le.AppendUint16(out, v)
	}
	out = le.AppendUint32(out, uint32(len(directory)))
	return le.AppendUint16(le.AppendUint32(out, at), 0)
}
