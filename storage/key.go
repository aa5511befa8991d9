package storage

import (
	"encoding/binary"
	"slices"

	"padome/council"
	"padome/storage/store"
)

// key is built of parts, each of which ends where the next begins, so that keys
// sort by their first part, then by the second, and no part can pass for two.
type key []byte

// str adds a text. It ends with 0 1; a zero byte inside is written 0 255.
func (k key) str(s string) key {
	k = slices.Clip(k)
	for i := range len(s) {
		k = append(k, s[i])
		if s[i] == 0 {
			k = append(k, 0xff)
		}
	}
	return append(k, 0, 1)
}

// num adds a number that is not negative.
func (k key) num(n uint64) key { return binary.BigEndian.AppendUint64(slices.Clip(k), n) }

// down is the key that sorts the other way: engines read forwards only.
func (k key) down() key {
	d := make(key, len(k))
	for i, b := range k {
		d[i] = ^b
	}
	return d
}

// days is the range of the keys that begin with a date from one day until
// another, both included; an empty date is no bound.
func days(from, until council.Date) store.Range {
	var r store.Range
	if from != "" {
		r.From = key{}.str(string(from))
	}
	if until != "" {
		r.To = store.Prefix(key{}.str(string(until))).To
	}
	return r
}

// daysDown is the range of days for keys turned by down.
func daysDown(from, until council.Date) store.Range {
	var r store.Range
	if until != "" {
		r.From = key{}.str(string(until)).down()
	}
	if from != "" {
		r.To = store.Prefix(key{}.str(string(from)).down()).To
	}
	return r
}
