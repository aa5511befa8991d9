package storage

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"padome/internal/strict"
	"padome/storage/store"
	"padome/storage/store/move"
)

// carriedTable is a table whose records an export holds.
type carriedTable interface {
	buckets() (own string, indexes []string)
	shape() reflect.Type
	// refill stores a record as it was, with its index entries, and returns its key.
	refill(w *writing, raw []byte) (key, error)
}

func (tb *table[T]) buckets() (own string, indexes []string) {
	for _, ix := range tb.indexes {
		indexes = append(indexes, ix.bucket)
	}
	return tb.bucket, indexes
}

func (tb *table[T]) shape() reflect.Type { return reflect.TypeFor[T]() }

func (tb *table[T]) refill(w *writing, raw []byte) (key, error) {
	rec, err := decode[T](raw)
	if err != nil {
		return nil, err
	}
	k := tb.key(&rec)
	if err := w.Put(tb.bucket, k, raw); err != nil {
		return nil, err
	}
	for i, entries := range tb.entries(&rec) {
		if err := w.reindex(tb.allIndexes()[i].bucket, nil, entries, k); err != nil {
			return nil, err
		}
	}
	return k, nil
}

// keptBack are the tables of secrets that are of use here alone: nobody stays
// logged in by an export, and no one-time link goes with it.
var keptBack = map[string]bool{logins.bucket: true, links.bucket: true}

// Parts of an export that are no tables.
const (
	ledgerPart  = "ledger"
	actorsPart  = "ledger-actors"
	numbersPart = "numbers"
)

// partOf is the name of a table's file, without folder and ending.
func partOf(bucket string) string { return strings.ReplaceAll(bucket, "/", "-") }

// exportTables are the tables of a tenant that an export holds, by the names of
// their files.
func exportTables(t store.Tenant) map[string]carriedTable {
	tables := councilTables
	if t == installation {
		tables = installationTables
	}
	named := map[string]carriedTable{}
	for _, tb := range tables {
		if own, _ := tb.buckets(); !keptBack[own] {
			named[partOf(own)] = tb
		}
	}
	return named
}

// knownBuckets are those whose content an export holds, makes anew when it is
// imported, or keeps back.
func knownBuckets(t store.Tenant) map[string]bool {
	known := map[string]bool{metaBucket: true, blobBucket: true, numberBucket: true, move.MarkBucket: true, logBucket: true,
		entryBucket: true, nodeBucket: true, saltBucket: true, objectBucket: true, pseudoBucket: true, keyBucket: true}
	for b := range keptBack {
		known[b] = true
	}
	for _, tb := range exportTables(t) {
		own, indexes := tb.buckets()
		known[own] = true
		for _, b := range indexes {
			known[b] = true
		}
	}
	return known
}

// everyBucket hands over the name of each bucket of a tenant.
func (x *exporting) everyBucket(t store.Tenant, fn func(string) error) error {
	behind := &store.Item{Key: bytes.Repeat([]byte{0xff}, store.MaxKey)} // all commands
	for {
		items, err := x.from.Items(x.ctx, t, behind, 1)
		if err != nil || len(items) == 0 {
			return err
		}
		if err := fn(items[0].Bucket); err != nil {
			return err
		}
		behind = &store.Item{Bucket: items[0].Bucket, Key: behind.Key}
	}
}

// nothingUnknown fails when a tenant has records that the export would leave out.
func (x *exporting) nothingUnknown(t store.Tenant) error {
	known := knownBuckets(t)
	return x.everyBucket(t, func(bucket string) error {
		if !known[bucket] {
			return fmt.Errorf("%w: no export of bucket %s of tenant %d is known", store.ErrDamaged, bucket, t)
		}
		return nil
	})
}

// ownSecrets are the fields of an account by which its owner is known here: the
// second factors. Passkeys answer to the address of this installation alone; in
// another they would shut their owner out.
var ownSecrets = []string{"second", "passkeys", "recovery"}

// withoutSecrets is an account without what only its owner may know: the password
// and the second factors, which say nothing elsewhere.
func withoutSecrets(account map[any]any) {
	account["hash"] = ""
	for _, name := range ownSecrets {
		delete(account, name)
	}
}

// secretIn is the field of an account in an export that must not be there; "" for
// none.
func secretIn(account strict.Object) string {
	for _, m := range account {
		if slices.Contains(ownSecrets, m.Name) || m.Name == "hash" && m.Value != "" {
			return m.Name
		}
	}
	return ""
}
