package storage

import (
	"crypto/sha256"
	"slices"

	"padome/storage/store"
)

// logged says what of the records of a table the ledger keeps. A record whose
// content changes without one more act is logged as changed; so none can change
// without an entry.
type logged[T any] struct {
	kind    string            // what the ledger calls the object
	content func(*T) any      // what is committed to: bytes, their digest, or what is made JSON of; nil: nothing yet
	steps   []string          // the acts that lead on, each kind once
	acts    func(*T) []string // what was done with it so far, oldest first; nil: steps
	changed string            // the act of a change that is none of these
	ended   string            // the act after which there is no content any more
}

// onRecord is what the ledger says of one record.
type onRecord struct {
	there bool
	sum   [sha256.Size]byte
	acts  []string
}

// of is what the ledger is to say of a record as it is stored.
func (lg *logged[T]) of(rec *T) (onRecord, error) {
	c := lg.content(rec)
	if c == nil {
		return onRecord{}, nil
	}
	sum, err := digestOf(c)
	if lg.acts == nil {
		return onRecord{true, sum, lg.steps}, err
	}
	return onRecord{true, sum, lg.acts(rec)}, err
}

// onRecords is what the ledger is to say of a record under each of its names.
func (tb *table[T]) onRecords(rec *T) ([]onRecord, error) {
	all := make([]onRecord, len(tb.ledger))
	for i := range tb.ledger {
		var err error
		if all[i], err = tb.ledger[i].of(rec); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// logChange adds to the ledger what a change of a record did: before is what
// onRecords said of it, nil for a new one.
func (tb *table[T]) logChange(w *writing, before []onRecord, rec *T, revision uint64) error {
	if len(tb.ledger) == 0 {
		return nil
	}
	// As it will be read, so that its content is the same then.
	raw, err := encode(rec)
	if err != nil {
		return err
	}
	stored, err := decode[T](raw)
	if err != nil {
		return err
	}
	now, err := tb.onRecords(&stored)
	if err != nil {
		return err
	}
	for i := range tb.ledger {
		was := onRecord{}
		if before != nil {
			was = before[i]
		}
		tb.ledger[i].log(w, was, now[i], tb.id(rec), revision)
	}
	return nil
}

// logEnd adds to the ledger that a record was taken away.
func (tb *table[T]) logEnd(w *writing, rec *T, revision uint64) error {
	was, err := tb.onRecords(rec)
	if err != nil {
		return err
	}
	for i := range tb.ledger {
		tb.ledger[i].log(w, was[i], onRecord{}, tb.id(rec), revision)
	}
	return nil
}

func (lg *logged[T]) log(w *writing, was, is onRecord, id string, revision uint64) {
	e := entry{object: object(lg.kind, id), revision: revision, content: &is.sum}
	switch {
	case !is.there && was.there:
		e.act, e.content, e.gone = lg.ended, nil, true
		w.log(e)
		return
	case !is.there || was.there && was.sum == is.sum:
		return
	}
	n := len(was.acts)
	if n > len(is.acts) || !slices.Equal(was.acts, is.acts[:n]) {
		n = len(is.acts) // something was taken back
	}
	more := is.acts[n:]
	if len(more) == 0 {
		more = []string{lg.changed}
	}
	for _, act := range more {
		e.act = act
		w.log(e)
	}
}

// inLedger are the tables of which the ledger keeps something.
type inLedger interface {
	// carryOver adds what is there behind a key, at most limit records, and
	// returns the last key; nil when there was no more.
	carryOver(w *writing, behind []byte, limit int) ([]byte, error)
	// digest hands over each object with the digest of its content.
	digest(r store.Reader, each func(object string, sum [sha256.Size]byte)) error
	// named are the acts that its entries can be of.
	named() []string
}

var loggedTables = []inLedger{mandates, principles, plans, frozenAgendas, agendas, decisions, frozenContents, allMinutes, corrections}

func (tb *table[T]) named() (acts []string) {
	for i := range tb.ledger {
		lg := &tb.ledger[i]
		acts = append(acts, lg.steps...)
		for _, act := range []string{lg.changed, lg.ended} {
			if act != "" {
				acts = append(acts, act)
			}
		}
	}
	return acts
}

func (tb *table[T]) carryOver(w *writing, behind []byte, limit int) ([]byte, error) {
	rng := store.Range{}
	if behind != nil {
		rng = rng.After(behind)
	}
	list, keys, err := tb.scan(w, tb.bucket, rng, limit)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	for i := range list {
		err := tb.eachContent(&list[i], func(object string, sum [sha256.Size]byte) {
			rev := uint64(0)
			if tb.revision != nil {
				rev = *tb.revision(&list[i])
			}
			w.log(entry{act: actCarried, object: object, revision: rev, content: &sum})
		})
		if err != nil {
			return nil, err
		}
	}
	return keys[len(keys)-1], nil
}

// eachContent hands over the names of a record in the ledger, each with the
// digest of its content.
func (tb *table[T]) eachContent(rec *T, fn func(object string, sum [sha256.Size]byte)) error {
	now, err := tb.onRecords(rec)
	for i := range now {
		if now[i].there {
			fn(object(tb.ledger[i].kind, tb.id(rec)), now[i].sum)
		}
	}
	return err
}

func (tb *table[T]) digest(r store.Reader, each func(string, [sha256.Size]byte)) error {
	list, err := tb.every(r, tb.bucket, store.Range{})
	for i := range list {
		if err == nil {
			err = tb.eachContent(&list[i], each)
		}
	}
	return err
}

// Acts are all the acts of which the ledger can have an entry, by name.
func Acts() []string {
	acts := []string{actBegun, actCarried, actIntroduced, actRotated, actRestored, actErased, actRecordsErased}
	for _, tb := range loggedTables {
		acts = append(acts, tb.named()...)
	}
	slices.Sort(acts)
	return slices.Compact(acts)
}
