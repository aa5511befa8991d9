package storage

import (
	"context"
	"strconv"
	"time"

	"padome/internal/problem"
	"padome/internal/text"
	"padome/storage/store"
)

// Installation is what all councils share. It has a tenant of its own, so that
// nothing changes both it and a council in one transaction.
type Installation struct{ db *DB }

// installation is its tenant.
const installation store.Tenant = 0

// InstallationView reads the installation as View reads a council.
type InstallationView struct{ r store.Reader }

// InstallationTx changes the installation as Tx changes a council.
type InstallationTx struct {
	InstallationView
	w *writing
}

// DoInstallation is Do for the installation.
func DoInstallation[T any](ctx context.Context, in *Installation, ch Change, fn func(*InstallationTx) (T, error)) (T, error) {
	return do(ctx, in.db, installation, ch, func(w *writing) (T, error) {
		return fn(&InstallationTx{InstallationView{w}, w})
	})
}

// ReadInstallation is Read for the installation.
func ReadInstallation[T any](ctx context.Context, in *Installation, fn func(*InstallationView) (T, error)) (T, error) {
	return read(ctx, in.db, installation, func(r store.Reader) (T, error) { return fn(&InstallationView{r}) })
}

// History is what happened to one account or council of the register, newest
// first.
func (v *InstallationView) History(kind, id string, p Page) (entries []Entry, next string, err error) {
	return historyPage(v.r, kind, id, p)
}

// Registered is a council of this installation. Its records are those of its
// tenant.
type Registered struct {
	Tenant   store.Tenant `json:"tenant"`
	Name     string       `json:"name"` // for those who run the installation
	Created  time.Time    `json:"created"`
	Revision uint64       `json:"revision"`
}

// Validate tidies the name and says what is wrong with it.
func (c *Registered) Validate() error {
	var l problem.List
	text.Line(&l, "name", &c.Name, 1, 200)
	return l.Err()
}

var register = &table[Registered]{
	bucket:   "councils",
	kind:     "council",
	key:      func(c *Registered) key { return key{}.num(uint64(c.Tenant)) },
	id:       func(c *Registered) string { return strconv.FormatUint(uint64(c.Tenant), 10) },
	revision: func(c *Registered) *uint64 { return &c.Revision },
}

// Councils are the councils of the installation, in the order they were added.
func (v *InstallationView) Councils() ([]Registered, error) {
	return register.every(v.r, register.bucket, store.Range{})
}

// AddCouncil adds a council under the next free tenant.
func (tx *InstallationTx) AddCouncil(name string) (Registered, error) {
	all, err := tx.Councils()
	if err != nil {
		return Registered{}, err
	}
	c := Registered{Tenant: 1, Name: name, Created: tx.w.change.At, Revision: 1}
	if len(all) > 0 {
		c.Tenant = all[len(all)-1].Tenant + 1
	}
	return c, register.add(tx.w, &c, c.Revision)
}

// Councils are the councils of the installation, in the order they were added.
func (in *Installation) Councils(ctx context.Context) ([]Registered, error) {
	return ReadInstallation(ctx, in, (*InstallationView).Councils)
}

// AddCouncil adds a council under the next free tenant.
func (in *Installation) AddCouncil(ctx context.Context, ch Change, name string) (Registered, error) {
	return DoInstallation(ctx, in, ch, func(tx *InstallationTx) (Registered, error) { return tx.AddCouncil(name) })
}
