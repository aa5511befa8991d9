package storage

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	"padome/internal/problem"
	"padome/storage/store"
)

// table is where the records of one type stand and how they are found. Every
// record is written through save, which keeps the indexes in step with it.
type table[T any] struct {
	bucket   string
	kind     string           // as messages, the history and blob references name it
	key      func(*T) key     // of the record; never changes
	id       func(*T) string  // the key as people and addresses write it
	revision func(*T) *uint64 // nil when records of this type are never changed
	indexes  []index[T]
	blobs    func(*T) []string // blobs that the record refers to; nil when none ever
	verify   func(*T) error    // what Check asks beyond keys and indexes; nil for nothing
	ledger   []logged[T]       // what the ledger keeps of the records; nil for nothing
}

// index is another order of a table's records, or of some of them. An entry's
// value is the record's key.
type index[T any] struct {
	bucket string
	keys   func(*T) []key // unique: they end with the record's own key or its down
}

// blobBucket is the index of all blob references of a tenant: sum, kind, id.
const blobBucket = "blobs"

// allIndexes are the indexes of the table with that of its blobs.
func (tb *table[T]) allIndexes() []index[T] {
	if tb.blobs == nil {
		return tb.indexes
	}
	return append(slices.Clip(tb.indexes), index[T]{blobBucket, func(rec *T) []key {
		var ks []key
		for _, sum := range tb.blobs(rec) {
			ks = append(ks, key{}.str(sum).str(tb.kind).str(tb.id(rec)))
		}
		return ks
	}})
}

// find is the record of a key, nil when there is none.
func (tb *table[T]) find(r store.Reader, k key) (*T, error) {
	if len(k) > store.MaxKey {
		return nil, nil // nothing can have been stored there
	}
	raw, err := r.Get(tb.bucket, k)
	if raw == nil || err != nil {
		return nil, err
	}
	rec, err := decode[T](raw)
	if err != nil {
		return nil, fmt.Errorf("%s %x: %w", tb.bucket, []byte(k), err)
	}
	return &rec, nil
}

// get is the record that has the key of like; it fails with NotFound.
func (tb *table[T]) get(r store.Reader, like T) (T, error) {
	rec, err := tb.find(r, tb.key(&like))
	if err != nil {
		return like, err
	}
	if rec == nil {
		var none T
		return none, missing(tb.kind, tb.id(&like))
	}
	return *rec, nil
}

// missing is the one answer to an id that nothing has.
func missing(kind, id string) *problem.Error {
	return problem.New(problem.NotFound, "problem.missing."+kind, "id", id)
}

// entries are the keys a record has in each index.
func (tb *table[T]) entries(rec *T) [][]key {
	ixs := tb.allIndexes()
	es := make([][]key, len(ixs))
	for i, ix := range ixs {
		es[i] = ix.keys(rec)
	}
	return es
}

// save writes a record and its index entries; before are the entries of what
// stood there, nil for a new one.
func (tb *table[T]) save(w *writing, before [][]key, rec *T) error {
	raw, err := encode(rec)
	if err != nil {
		return err
	}
	k := tb.key(rec)
	if err := w.Put(tb.bucket, k, raw); err != nil {
		return err
	}
	now := tb.entries(rec)
	if before == nil {
		before = make([][]key, len(now))
	}
	for i, ix := range tb.allIndexes() {
		if err := w.reindex(ix.bucket, before[i], now[i], k); err != nil {
			return err
		}
	}
	return nil
}

// drop removes a record and its index entries.
func (tb *table[T]) drop(w *writing, rec *T) error {
	if err := w.Delete(tb.bucket, tb.key(rec)); err != nil {
		return err
	}
	for _, ix := range tb.allIndexes() {
		if err := w.reindex(ix.bucket, ix.keys(rec), nil, nil); err != nil {
			return err
		}
	}
	return nil
}

// reindex turns the old entries of a record into the new ones, touching only
// those that differ.
func (w *writing) reindex(bucket string, old, now []key, record key) error {
	kept, there := among(now), among(old)
	for _, k := range old {
		if !kept(k) {
			if err := w.Delete(bucket, k); err != nil {
				return err
			}
		}
	}
	for _, k := range now {
		if !there(k) {
			if err := w.Put(bucket, k, record); err != nil {
				return err
			}
		}
	}
	return nil
}

// among asks whether a key is one of many.
func among(ks []key) func(key) bool {
	if len(ks) < 32 {
		return func(k key) bool { return holds(ks, k) }
	}
	all := make(map[string]bool, len(ks))
	for _, k := range ks {
		all[string(k)] = true
	}
	return func(k key) bool { return all[string(k)] }
}

func holds(ks []key, k key) bool {
	return slices.ContainsFunc(ks, func(o key) bool { return bytes.Equal(o, k) })
}

// add writes a record that must not be there yet, and its history with the
// number given. It fails with Conflict when it is there.
func (tb *table[T]) add(w *writing, rec *T, revision uint64) error {
	if err := validate(rec); err != nil {
		return err
	}
	there, err := tb.find(w, tb.key(rec))
	if err != nil {
		return err
	}
	if there != nil {
		return problem.New(problem.Conflict, "problem.exists."+tb.kind, "id", tb.id(rec))
	}
	if err := tb.save(w, nil, rec); err != nil {
		return err
	}
	if err := tb.logChange(w, nil, rec, revision); err != nil {
		return err
	}
	return w.note(tb.kind, tb.id(rec), revision)
}

// put writes a record in place of the one that has its key, without history.
func (tb *table[T]) put(w *writing, rec *T) error {
	there, err := tb.find(w, tb.key(rec))
	if err != nil {
		return err
	}
	var before [][]key
	if there != nil {
		before = tb.entries(there)
	}
	return tb.save(w, before, rec)
}

// remove drops the record that has the key of like; none is no error.
func (tb *table[T]) remove(w *writing, like T) error {
	there, err := tb.find(w, tb.key(&like))
	if there == nil || err != nil {
		return err
	}
	return tb.drop(w, there)
}

// Newest in place of a revision leaves the comparison to the function that
// makes the change, which compares what its caller saw, such as a digest. It
// never makes a new record.
const Newest = ^uint64(0)

// edit changes the record that has the key of blank: it compares the revision
// that the caller saw, runs fn, validates, and saves with history. Revision 0
// means that the caller saw none: fn then starts from blank. It fails with
// Conflict when the revisions differ, NotFound when there is no such record,
// and with whatever fn or Validate refuse.
func (tb *table[T]) edit(w *writing, revision uint64, blank T, fn func(*T) error) (T, error) {
	var none T
	k, id := tb.key(&blank), tb.id(&blank)
	rec, err := tb.find(w, k)
	if err != nil {
		return none, err
	}
	was, err := tb.standing(rec)
	if err != nil {
		return none, err
	}
	if rec == nil {
		rec = &blank
	}
	if err := tb.compare(id, revision, was.revision); err != nil {
		return none, err
	}
	if err := fn(rec); err != nil {
		return none, err
	}
	if err := validate(rec); err != nil {
		return none, err
	}
	if !bytes.Equal(tb.key(rec), k) {
		return none, fmt.Errorf("storage: change of %s %s became %s", tb.kind, id, tb.id(rec))
	}
	*tb.revision(rec) = was.revision + 1
	if err := tb.save(w, was.entries, rec); err != nil {
		return none, err
	}
	if err := tb.logChange(w, was.logged, rec, was.revision+1); err != nil {
		return none, err
	}
	return *rec, w.note(tb.kind, id, was.revision+1)
}

// before is what stood there before a change of a record.
type before struct {
	revision uint64
	entries  [][]key    // in each index
	logged   []onRecord // in the ledger
}

// standing is what stands there of a record that is nil when there is none.
func (tb *table[T]) standing(rec *T) (before, error) {
	if rec == nil {
		return before{}, nil
	}
	logged, err := tb.onRecords(rec)
	return before{*tb.revision(rec), tb.entries(rec), logged}, err
}

// compare holds the revision the caller saw against the one that stands there,
// 0 for none.
func (tb *table[T]) compare(id string, seen, now uint64) error {
	switch {
	case now == 0 && seen != 0:
		return missing(tb.kind, id)
	case seen == now || seen == Newest:
		return nil
	case seen == 0:
		return problem.New(problem.Conflict, "problem.exists."+tb.kind, "id", id, "now", strconv.FormatUint(now, 10))
	}
	return problem.New(problem.Conflict, "problem.storage.revision", "kind", tb.kind, "id", id,
		"seen", strconv.FormatUint(seen, 10), "now", strconv.FormatUint(now, 10))
}

func validate(rec any) error {
	if v, ok := rec.(interface{ Validate() error }); ok {
		return v.Validate()
	}
	return nil
}
