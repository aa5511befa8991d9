package storage

import (
	"time"

	"padome/storage/store"
)

// Entry is one change of one record, as the history keeps it for good. Changes
// made in one transaction have one Seq and follow each other by Part.
type Entry struct {
	Seq      uint64    `json:"seq"`
	Part     int       `json:"part,omitempty"`
	Kind     string    `json:"kind"` // of the record: "agenda", "decision", …
	ID       string    `json:"id"`
	Revision uint64    `json:"revision"` // that the change made
	What     string    `json:"what"`     // message key such as "agenda.approved"
	Note     string    `json:"note,omitempty"`
	Who      string    `json:"who"` // person
	Name     string    `json:"name"`
	At       time.Time `json:"at"`
}

// The history stands newest first, because engines read forwards only.
var history = &table[Entry]{
	bucket:  "history",
	kind:    "history",
	key:     func(e *Entry) key { return entryKey(e).down() },
	id:      func(e *Entry) string { return e.Kind + "/" + e.ID },
	indexes: []index[Entry]{historyOf},
}

var historyOf = index[Entry]{"history/of", func(e *Entry) []key {
	return []key{append(key{}.str(e.Kind).str(e.ID), entryKey(e).down()...)}
}}

func entryKey(e *Entry) key { return key{}.num(e.Seq).num(uint64(e.Part)) }

// note adds the change to the history of a record.
func (w *writing) note(kind, id string, revision uint64) error {
	c := &w.change
	e := Entry{
		Seq: w.Seq(), Part: w.notes, Kind: kind, ID: id, Revision: revision,
		What: c.What, Note: c.Note, Who: c.By.Person, Name: c.By.Name, At: c.At,
	}
	w.notes++
	return history.save(w, nil, &e)
}

// History is what happened to one record, newest first.
func (v *View) History(kind, id string, p Page) (entries []Entry, next string, err error) {
	return historyPage(v.r, kind, id, p)
}

// Feed is what happened in the whole council, newest first.
func (v *View) Feed(p Page) (entries []Entry, next string, err error) {
	return history.page(v.r, history.bucket, store.Range{}, p)
}

func historyPage(r store.Reader, kind, id string, p Page) ([]Entry, string, error) {
	return history.page(r, historyOf.bucket, store.Prefix(key{}.str(kind).str(id)), p)
}
