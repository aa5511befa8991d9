package storage

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"

	"padome/internal/ledger"
	"padome/storage/store"
)

// lineOf is the line of an entry of a bucket; nil for one that is not exported.
type lineOf func(r store.Reader, e store.Entry) ([]byte, error)

// lines are the bucket of a part of an export and how its entries are written.
func (x *exporting) lines(t store.Tenant, part string, tb carriedTable) (bucket string, line lineOf) {
	switch part {
	case ledgerPart:
		return entryBucket, ledgerLine
	case actorsPart:
		return pseudoBucket, actorLine
	case numbersPart:
		return numberBucket, numberLine
	}
	bucket, _ = tb.buckets()
	if t != installation && x.mine == nil {
		return bucket, func(_ store.Reader, e store.Entry) ([]byte, error) { return plain(e.Value) }
	}
	return bucket, func(_ store.Reader, e store.Entry) ([]byte, error) { return x.chosen(t, bucket, e.Value) }
}

// part writes a file of records, unless there are none.
func (x *exporting) part(t store.Tenant, name, bucket string, line lineOf) error {
	n := 0
	write := func(w io.Writer) error {
		return x.each(t, bucket, func(r store.Reader, e store.Entry) error {
			raw, err := line(r, e)
			if raw == nil || err != nil {
				return err
			}
			n++
			_, err = w.Write(append(raw, '\n'))
			return err
		})
	}
	some := false
	err := x.each(t, bucket, func(r store.Reader, e store.Entry) error {
		raw, err := line(r, e)
		if some = raw != nil; some && err == nil {
			err = io.EOF
		}
		return err
	})
	if err != nil && err != io.EOF || !some {
		return err
	}
	f, err := x.to.Add(name, write)
	x.list.Files = append(x.list.Files, ExportedFile{f, n})
	return err
}

// each hands over the entries of a bucket, a page in each transaction.
func (x *exporting) each(t store.Tenant, bucket string, fn func(store.Reader, store.Entry) error) error {
	var rng store.Range
	for {
		n, last := 0, []byte(nil)
		err := x.from.View(x.ctx, t, func(r store.Reader) error {
			var page []store.Entry
			err := r.Scan(bucket, rng, 100, func(k, v []byte) bool {
				page = append(page, store.Entry{Key: bytes.Clone(k), Value: bytes.Clone(v)})
				return true
			})
			for i := 0; err == nil && i < len(page); i++ {
				err = fn(r, page[i])
				n, last = n+1, page[i].Key
			}
			return err
		})
		if err != nil || n < 100 {
			return err
		}
		rng = rng.After(last)
	}
}

// chosen is the line of a record of which not everything, or not always anything,
// is exported: accounts go without their secrets, and of what all councils share
// only what belongs to the council, when there is one to export.
func (x *exporting) chosen(t store.Tenant, bucket string, raw []byte) ([]byte, error) {
	var v map[any]any
	if err := anyDecoder.Unmarshal(raw, &v); err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrDamaged, err)
	}
	id, _ := v["id"].(string)
	if seq, _ := v["seq"].(uint64); t == installation && bucket == history.bucket && x.ours(v) {
		x.list.Changes = max(x.list.Changes, seq)
	}
	switch {
	case x.mine == nil || t != installation && bucket != people.bucket:
	case bucket == people.bucket:
		x.mine[id] = true
	case bucket == accounts.bucket:
		person, _ := v["person"].(string)
		if !x.mine[person] {
			return nil, nil
		}
		x.mine[accounts.kind+"/"+id] = true
	case bucket == register.bucket:
		if v["tenant"] != uint64(x.only) {
			return nil, nil
		}
		x.mine[register.kind+"/"+numberText(x.only)] = true
	case bucket == history.bucket && !x.ours(v):
		return nil, nil
	}
	if bucket == accounts.bucket {
		withoutSecrets(v)
	}
	return appendPlain(nil, v)
}

// ours reports whether a change of what all councils share is exported.
func (x *exporting) ours(change map[any]any) bool {
	kind, _ := change["kind"].(string)
	id, _ := change["id"].(string)
	return x.mine == nil || x.mine[kind+"/"+id]
}

// ledgerLine is an entry as it was hashed, its salt unless that was erased, and
// whether it ended what it is about.
func ledgerLine(r store.Reader, e store.Entry) ([]byte, error) {
	n := numberOf8(e.Key)
	leaf, err := ledger.DecodeLeaf(e.Value)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrDamaged, err)
	}
	salt, err := r.Get(saltBucket, e.Key)
	if err != nil {
		return nil, err
	}
	raw, err := r.Get(objectBucket, append(key{}.str(leaf.Object), key(e.Key).down()...))
	if err != nil {
		return nil, err
	}
	state, err := decode[objectState](raw)
	return ledgerEntry{Number: n, Entry: e.Value, Gone: state.Gone, Salt: salt}.line(), err
}

// ledgerEntry is a line of the ledger.
type ledgerEntry struct {
	Number int64
	Entry  []byte
	Gone   bool
	Salt   []byte
}

func (e ledgerEntry) line() []byte {
	b := fmt.Appendf(nil, `{"number":%d,"entry":%s`, e.Number, e.Entry)
	if e.Gone {
		b = append(b, `,"gone":true`...)
	}
	if e.Salt != nil {
		b = fmt.Appendf(b, `,"salt":"%s"`, base64.StdEncoding.EncodeToString(e.Salt))
	}
	return append(b, '}')
}

// actorLine is the made-up name under which the ledger knows a person.
func actorLine(_ store.Reader, e store.Entry) ([]byte, error) {
	return appendPlain(nil, map[any]any{"person": textOfKey(e.Key), "pseudonym": hex.EncodeToString(e.Value)})
}

// textOfKey is the text that a key of one text is.
func textOfKey(k []byte) string {
	k = bytes.TrimSuffix(k, []byte{0, 1})
	return string(bytes.ReplaceAll(k, []byte{0, 0xff}, []byte{0}))
}

// numberLine is the last number of the minutes of a year.
func numberLine(_ store.Reader, e store.Entry) ([]byte, error) {
	if len(e.Key) < 8 {
		return nil, fmt.Errorf("%w: number under %x", store.ErrDamaged, e.Key)
	}
	year := numberOf8(e.Key[len(e.Key)-8:])
	if !bytes.Equal(e.Key, numberOf(int(year))) {
		return nil, fmt.Errorf("%w: number under %x", store.ErrDamaged, e.Key)
	}
	last, err := decode[int](e.Value)
	return fmt.Appendf(nil, `{"last":%d,"year":%d}`, last, year), err
}

// noteFiles notes the files that records of a tenant refer to.
func (x *exporting) noteFiles(t store.Tenant) error {
	return x.each(t, blobBucket, func(_ store.Reader, e store.Entry) error {
		x.sums[string(e.Key[:max(bytes.IndexByte(e.Key, 0), 0)])] = true
		return nil
	})
}
