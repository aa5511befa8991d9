package storage

import (
	"bytes"
	"fmt"
	"strconv"

	"padome/internal/ledger"
	"padome/internal/problem"
	"padome/storage/store"
)

// Log is the ledger of a council: its own name, and how many entries it has.
// Without any entry it has no name.
type Log struct {
	Origin string
	Size   int64
}

// Log is the ledger as it stands.
func (v *View) Log() (Log, error) {
	s, err := readLog(v.r)
	return Log(s), err
}

// LogHead is the ledger as it stood with its first size entries; size < 0: as it
// stands.
func (v *View) LogHead(size int64) (ledger.Checkpoint, error) {
	s, err := readLog(v.r)
	if err != nil {
		return ledger.Checkpoint{}, err
	}
	if size < 0 {
		size = s.Size
	}
	if size > s.Size {
		return ledger.Checkpoint{}, noEntry(size, s.Size)
	}
	h, err := ledger.HeadOf(size, readNodes(v.r))
	return ledger.Checkpoint{Origin: s.Origin, Head: h}, err
}

// noEntry says that a ledger is not that long.
func noEntry(n, size int64) error {
	return problem.New(problem.NotFound, "problem.missing.ledger-entry", "n", strconv.FormatInt(n, 10), "size", strconv.FormatInt(size, 10))
}

// LogEntries are the bytes of at most limit entries from one on.
func (v *View) LogEntries(from int64, limit int) ([][]byte, error) {
	var all [][]byte
	if from < 0 {
		return nil, noEntry(from, 0)
	}
	err := v.r.Scan(entryBucket, store.Range{From: key{}.num(uint64(from))}, limit, func(_, raw []byte) bool {
		all = append(all, bytes.Clone(raw))
		return true
	})
	return all, err
}

// LogEntry is the bytes of one entry; it fails with NotFound.
func (v *View) LogEntry(n int64) ([]byte, error) {
	s, err := readLog(v.r)
	if err != nil {
		return nil, err
	}
	if n < 0 || n >= s.Size {
		return nil, noEntry(n, s.Size)
	}
	raw, err := v.r.Get(entryBucket, key{}.num(uint64(n)))
	if err == nil && raw == nil {
		err = fmt.Errorf("%w: ledger: entry %d is missing", store.ErrDamaged, n)
	}
	return raw, err
}

// ProveEntry shows that entry n is in the ledger of a size.
func (v *View) ProveEntry(size, n int64) ([]ledger.Hash, error) {
	s, err := readLog(v.r)
	if err != nil {
		return nil, err
	}
	if size < 0 || size > s.Size {
		return nil, noEntry(size, s.Size)
	}
	if n < 0 || n >= size {
		return nil, noEntry(n, size)
	}
	return ledger.ProveEntry(size, n, readNodes(v.r))
}

// ProveConsistency shows that the ledger of a size began as it was before.
func (v *View) ProveConsistency(size, older int64) ([]ledger.Hash, error) {
	s, err := readLog(v.r)
	if err != nil {
		return nil, err
	}
	if size < 0 || size > s.Size {
		return nil, noEntry(size, s.Size)
	}
	if older < 0 || older > size {
		return nil, noEntry(older, size)
	}
	return ledger.ProveConsistency(size, older, readNodes(v.r))
}

// EntriesOf are the numbers of the entries about a record, the newest first.
func (v *View) EntriesOf(kind, id string) ([]int64, error) {
	return entriesOf(v.r, object(kind, id), store.MaxScan)
}

func entriesOf(r store.Reader, object string, limit int) (all []int64, err error) {
	err = r.Scan(objectBucket, store.Prefix(key{}.str(object)), limit, func(k, _ []byte) bool {
		all = append(all, numberOfEntry(k))
		return true
	})
	return all, err
}

// numberOfEntry is the number with which a key of objectBucket ends.
func numberOfEntry(k []byte) int64 {
	n := uint64(0)
	for _, b := range k[len(k)-8:] {
		n = n<<8 | uint64(^b)
	}
	return int64(n)
}

// LogSalt is the salt of an entry, nil when it has none or it was erased.
func (v *View) LogSalt(n int64) ([]byte, error) { return v.r.Get(saltBucket, key{}.num(uint64(n))) }

// LogKey is a key that the ledger names, from an entry on.
type LogKey struct {
	Entry int64
	ledger.NewKey
}

// LogKeys are the keys that the ledger names, the oldest first.
func (v *View) LogKeys() (keys []LogKey, err error) {
	var wrong error
	err = v.r.Scan(keyBucket, store.Range{}, store.MaxScan, func(k, raw []byte) bool {
		n, err := decode[ledger.NewKey](raw)
		wrong = err
		keys = append(keys, LogKey{numberOf8(k), n})
		return err == nil
	})
	if err == nil {
		err = wrong
	}
	return keys, err
}

// numberOf8 is the number that a key of eight bytes is.
func numberOf8(k []byte) int64 {
	n := uint64(0)
	for _, b := range k {
		n = n<<8 | uint64(b)
	}
	return int64(n)
}

// NameKey adds an entry that names the key of the checkpoints from there on:
// signed by the one before it, or in place of none.
func (tx *Tx) NameKey(k ledger.NewKey) error {
	act := actRotated
	if len(k.Signature) == 0 {
		act = actIntroduced
	}
	return tx.aboutLog(entry{act: act, key: &k})
}

// NameRestore adds an entry that says up to what the ledger had come before its
// data went back to an older state.
func (tx *Tx) NameRestore(lost ledger.Head) error {
	return tx.aboutLog(entry{act: actRestored, lost: &lost})
}

// aboutLog adds an entry about the ledger itself, which it begins where there
// is none.
func (tx *Tx) aboutLog(e entry) error {
	e.object = object(logKind, logKey)
	tx.w.log(e)
	return tx.w.note(logKind, logKey, 0)
}

// EraseSalts erases the salts of all entries about a record, so that nobody can
// try out what it said, and adds an entry that says so. The ledger stays valid.
// Check can no longer hold the record to it.
func (tx *Tx) EraseSalts(kind, id string) error {
	name := object(kind, id)
	all, err := entriesOf(tx.w, name, store.MaxScan)
	if err != nil || len(all) == 0 {
		return err
	}
	for _, n := range all {
		if err := tx.w.Delete(saltBucket, key{}.num(uint64(n))); err != nil {
			return err
		}
	}
	tx.w.log(entry{act: actErased, object: name, gone: true})
	return nil
}

// ForgetActor erases under which pseudonym the ledger knows a person.
func (tx *Tx) ForgetActor(person string) error { return tx.w.Delete(pseudoBucket, key{}.str(person)) }
