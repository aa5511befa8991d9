package storage

import (
	"crypto/sha256"
	"fmt"
	"time"

	"padome/storage/store"
)

// carriedAtOnce is how many records are carried into a new ledger in one
// transaction.
const carriedAtOnce = 200

// beginLedger gives a council from before there was a ledger one: its first
// entry commits to all that was there, the next ones to each record. Their time
// is that of the newest change that they cover. A council that has nothing to
// keep begins its ledger with its first act.
func beginLedger(w store.Writer, cursor []byte) ([]byte, error) {
	x := &writing{Writer: w}
	var err error
	if x.change.At, err = newestChange(w); err != nil {
		return nil, err
	}
	if cursor == nil {
		state, any, err := stateDigest(w)
		if err != nil || !any {
			return nil, err
		}
		s, err := x.beginLog(state)
		if err != nil {
			return nil, err
		}
		return []byte{0}, x.writeLog(s)
	}
	return x.carryTable(cursor)
}

// carryTable carries a part of one table over: the cursor is its number and the
// last key.
func (w *writing) carryTable(cursor []byte) ([]byte, error) {
	n := int(cursor[0])
	if n >= len(loggedTables) {
		return nil, nil
	}
	var behind []byte
	if len(cursor) > 1 {
		behind = cursor[1:]
	}
	last, err := loggedTables[n].carryOver(w, behind, carriedAtOnce)
	if err != nil {
		return nil, err
	}
	if err := w.appendEntries(); err != nil {
		return nil, err
	}
	if last == nil {
		return []byte{byte(n + 1)}, nil
	}
	return append([]byte{byte(n)}, last...), nil
}

// newestChange is when the history says that something was changed last.
func newestChange(r store.Reader) (time.Time, error) {
	list, _, err := history.scan(r, history.bucket, store.Range{}, 1)
	if err != nil || len(list) == 0 {
		return time.Unix(0, 0), err
	}
	return list[0].At, nil
}

// stateDigest is the SHA-256 of a line for each record that the ledger keeps:
// its name there and the SHA-256 of its content, in the order of the tables.
func stateDigest(r store.Reader) (sum [sha256.Size]byte, any bool, err error) {
	h := sha256.New()
	for _, tb := range loggedTables {
		err = tb.digest(r, func(object string, content [sha256.Size]byte) {
			any = true
			fmt.Fprintf(h, "%s %x\n", object, content)
		})
		if err != nil {
			return sum, any, err
		}
	}
	return [sha256.Size]byte(h.Sum(nil)), any, nil
}
