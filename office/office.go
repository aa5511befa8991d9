// Package office is the council's office: each thing that people do with plan,
// agenda, session and minutes, as one call that reads, asks the domain and
// stores. The web application, the API and the command line all come through
// here, so that every rule holds on every way in.
package office

import (
	"context"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
	"padome/storage"
	"padome/storage/store"
)

// Office works for one council. Its methods may be called at once from anywhere.
type Office struct {
	db      *storage.DB
	council *storage.Council
	roster  keptRoster
	frozen  keptVersions
	tenant  store.Tenant
	keyring Keyring // nil: checkpoints are not signed
	reached string  // the address of the pages, where the operator said it
	marks   keptMarks
	backups keptBackups
	trusted keptAnchors
}

// New is the office of a council.
func New(db *storage.DB, tenant store.Tenant) *Office {
	return &Office{db: db, council: db.Council(tenant), tenant: tenant}
}

// By is who does something, and as which command: a repeat of a command returns
// its first result.
type By struct {
	Actor   council.Actor
	Command store.CommandID
	Input   string // digest of what was asked, so that a command is not reused for something else
	Proof   Proof  // for what binds the actor: approvals and signatures
}

// change names a change for the history; what is a message key. A note that
// cannot be kept is left out: it is a text of the input too, and the domain
// refuses it there, under the field's own name.
func (by By) change(what, note string) storage.Change {
	if checkReason(&note, 0) != nil {
		note = ""
	}
	return storage.Change{By: by.Actor, Command: by.Command, What: what, Note: note, Input: by.Input}
}

// checkReason tidies the reason that somebody gives for a change and refuses one
// that the history cannot keep.
func checkReason(reason *string, least int) error {
	var l problem.List
	text.Block(&l, "reason", reason, least, 2000)
	return l.Err()
}

// Today is the day by the office's clock, in Europe/Riga.
func (o *Office) Today() council.Date { return council.DateOf(o.db.Now()) }

// Seq is the number of changes of the council so far.
func (o *Office) Seq(ctx context.Context) (uint64, error) { return o.council.Seq(ctx) }

// History is what happened to one record, newest first. Only those who work
// with the council's drafts may see who did what.
func (o *Office) History(ctx context.Context, a council.Actor, kind, id string, p storage.Page) ([]storage.Entry, string, error) {
	if err := council.MaySeePeople(a); err != nil {
		return nil, "", err
	}
	var next string
	list, err := storage.Read(ctx, o.council, func(v *storage.View) (list []storage.Entry, err error) {
		list, next, err = v.History(kind, id, p)
		return list, err
	})
	return list, next, err
}

// forbidden is the refusal of a rule that answers yes or no.
func forbidden(ok bool, a council.Actor, key string, args ...string) error {
	switch {
	case ok:
		return nil
	case a.Person == "" && !a.Operator:
		return problem.New(problem.Unknown, "problem.unauthenticated")
	}
	return problem.New(problem.Forbidden, key, args...)
}

// hidden is the answer about a thing that the actor may not know of: the same
// as if it were not there.
func hidden(kind, id string) error {
	return problem.New(problem.NotFound, "problem.missing."+kind, "id", id)
}

// isMissing reports whether an error says that there is no such thing.
func isMissing(err error) bool { return problem.KindOf(err) == problem.NotFound }
