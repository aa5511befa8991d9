package storage

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strconv"

	"padome/internal/ledger"
	"padome/internal/strict"
)

// recordLines stores the records of one table.
type recordLines struct {
	part    string
	table   carriedTable
	changes uint64
	last    key
}

func (l *recordLines) line(w *writing, line []byte) error {
	root, raw, err := unplain(line)
	if err != nil {
		return err
	}
	o, isObject := root.(strict.Object)
	if !isObject {
		return wrong("problem.import.form")
	}
	if field, value := foreign(l.table.shape(), root, ""); field != "" {
		return fieldFault(field, "problem.import.field", value)
	}
	if own, _ := l.table.buckets(); own == accounts.bucket {
		if field := secretIn(o); field != "" {
			return fieldFault(field, "problem.import.secret", "")
		}
	}
	if err := l.inTime(raw); err != nil {
		return err
	}
	k, err := l.table.refill(w, raw)
	if err != nil {
		return wrong("problem.import.type", "error", strict.Clip(err.Error()))
	}
	if bytes.Compare(k, l.last) <= 0 {
		return wrong("problem.import.order")
	}
	l.last = k
	return nil
}

// inTime refuses history that is newer than the number of changes says: the next
// change would be written over it.
func (l *recordLines) inTime(raw []byte) error {
	if l.part != history.bucket {
		return nil
	}
	e, err := decode[Entry](raw)
	if err == nil && e.Seq > l.changes {
		return fieldFault("seq", "problem.import.newest", strconv.FormatUint(e.Seq, 10))
	}
	return nil // what cannot be read, refill tells
}

func (l *recordLines) end() error { return nil }

// ledgerLines stores the ledger of a council.
type ledgerLines struct {
	is    *ExportedLedger
	n     int64
	nodes *treeCheck // of the tree so far
}

func (l *ledgerLines) line(w *writing, line []byte) error {
	var in struct {
		Number int64           `json:"number"`
		Entry  json.RawMessage `json:"entry"`
		Gone   bool            `json:"gone"`
		Salt   []byte          `json:"salt"`
	}
	if l.is == nil {
		return wrong("problem.import.ledger.none")
	}
	if err := strict.Decode(line, &in); err != nil {
		return err
	}
	e := ledgerEntry{Number: in.Number, Entry: in.Entry, Gone: in.Gone, Salt: in.Salt}
	if !bytes.Equal(e.line(), line) {
		return wrong("problem.import.form")
	}
	leaf, err := ledger.DecodeLeaf(in.Entry)
	switch {
	case err != nil:
		return wrong("problem.import.entry", "error", strict.Clip(err.Error()))
	case in.Number != l.n:
		return fieldFault("number", "problem.import.number", strconv.FormatInt(in.Number, 10))
	case in.Salt != nil && len(in.Salt) != ledger.SaltSize:
		return fieldFault("salt", "problem.import.value", base64.StdEncoding.EncodeToString(in.Salt))
	}
	l.n++
	return l.store(w, key{}.num(uint64(in.Number)), &leaf, e)
}

// store stores an entry with all that belongs to it.
func (l *ledgerLines) store(w *writing, n key, leaf *ledger.Leaf, e ledgerEntry) error {
	nodes, err := ledger.Added(e.Number, e.Entry, l.nodes.read)
	if err != nil {
		return err
	}
	joined := make([]byte, 0, len(nodes)*nodeSize)
	for i := range nodes {
		joined = append(joined, nodes[i][:]...)
	}
	l.nodes.keep(e.Number, joined)
	state, err := encode(objectState{e.Gone})
	if err != nil {
		return err
	}
	if e.Salt != nil {
		if err := w.Put(saltBucket, n, e.Salt); err != nil {
			return err
		}
	}
	if leaf.Key != nil {
		if err := w.putKey(n, leaf.Key); err != nil {
			return err
		}
	}
	if err := w.Put(entryBucket, n, e.Entry); err != nil {
		return err
	}
	if err := w.Put(nodeBucket, n, joined); err != nil {
		return err
	}
	if err := w.Put(objectBucket, append(key{}.str(leaf.Object), n.down()...), state); err != nil {
		return err
	}
	return w.writeLog(logState{Origin: l.is.Origin, Size: e.Number + 1})
}

func (l *ledgerLines) end() error {
	if l.n != l.is.Size {
		return wrong("problem.import.count", "listed", strconv.FormatInt(l.is.Size, 10), "n", strconv.FormatInt(l.n, 10))
	}
	return nil
}

// actorLines stores under which made-up names the ledger knows people.
type actorLines struct{ last key }

func (l *actorLines) line(w *writing, line []byte) error {
	var in struct {
		Person    string `json:"person"`
		Pseudonym string `json:"pseudonym"`
	}
	if _, _, err := unplain(line); err != nil {
		return err
	}
	if err := strict.Decode(line, &in); err != nil {
		return err
	}
	raw, err := hex.DecodeString(in.Pseudonym)
	if err != nil || len(raw) != pseudonymSize {
		return fieldFault("pseudonym", "problem.import.value", in.Pseudonym)
	}
	k := key{}.str(in.Person)
	if bytes.Compare(k, l.last) <= 0 {
		return wrong("problem.import.order")
	}
	l.last = k
	return w.Put(pseudoBucket, k, raw)
}

func (l *actorLines) end() error { return nil }

// numberLines stores the last numbers of the minutes of each year.
type numberLines struct{ last key }

func (l *numberLines) line(w *writing, line []byte) error {
	var in struct {
		Last int `json:"last"`
		Year int `json:"year"`
	}
	if _, _, err := unplain(line); err != nil {
		return err
	}
	if err := strict.Decode(line, &in); err != nil {
		return err
	}
	if in.Last < 1 || in.Year < 1 {
		return fieldFault("last", "problem.import.value", strconv.Itoa(in.Last))
	}
	raw, err := encode(in.Last)
	if err != nil {
		return err
	}
	k := numberOf(in.Year)
	if bytes.Compare(k, l.last) <= 0 {
		return wrong("problem.import.order")
	}
	l.last = k
	return w.Put(numberBucket, k, raw)
}

func (l *numberLines) end() error { return nil }
