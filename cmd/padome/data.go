package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"padome/council"
	"padome/internal/locale"
	"padome/office"
	"padome/storage"
	"padome/storage/store"
)

// records is the file by which a data folder is known.
const records = "padome.db"

// exists reports whether a folder holds data. It fails when that cannot be
// seen.
func exists(dir string) (bool, error) {
	_, err := os.Stat(filepath.Join(dir, records))
	switch {
	case err == nil:
		return true, nil
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	}
	return false, fail(err, "cmd.dir.unreadable", "dir", dir, "error", err.Error())
}

// folder refuses a folder without data, or makes it with create.
func folder(dir string, create bool) error {
	there, err := exists(dir)
	switch {
	case err != nil || there:
		return err
	case !create:
		return fail(nil, "cmd.dir.missing", "dir", dir)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fail(err, "cmd.dir.make", "dir", dir, "error", err.Error())
	}
	return nil
}

// data is the open data of a command.
type data struct {
	db     *storage.DB
	office *office.Office
	newKey string // where the key of the ledger was made; "" when it was there
}

// open opens the data in a folder or on a server, and with create makes the
// folder and the council when there is none yet. The caller closes it.
func (m *Main) open(ctx context.Context, dir string, create bool) (*data, error) {
	if dir == "" {
		return nil, usage("cmd.dir.none")
	}
	if !storage.OnServer(dir) {
		if err := m.asOwner(dir); err != nil {
			return nil, err
		}
		if err := folder(dir, create); err != nil {
			return nil, err
		}
	}
	db, err := storage.OpenAt(ctx, dir, storage.Config{Now: m.Now, NewID: m.NewID, Apart: m.apart}, m.log(slog.LevelWarn))
	if err != nil {
		return nil, m.unopened(dir, err)
	}
	tenant, err := m.council(ctx, db, create)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &data{db: db, office: office.New(db, tenant)}, nil
}

// unopened names the file of records that cannot be opened because it is damaged.
func (m *Main) unopened(dir string, err error) error {
	if _, said := errors.AsType[*told](err); said || storage.OnServer(dir) || !errors.Is(err, store.ErrDamaged) {
		return err
	}
	return fail(err, "cmd.open.damaged", "file", filepath.Join(dir, records), "faults", causes(err))
}

// firstTenant is the council of an installation that has one.
const firstTenant store.Tenant = 1

// council is the tenant of the installation's council; create adds one.
func (m *Main) council(ctx context.Context, db *storage.DB, create bool) (store.Tenant, error) {
	all, err := db.Installation().Councils(ctx)
	if err != nil || len(all) > 0 {
		if len(all) > 0 {
			return all[0].Tenant, nil
		}
		return 0, err
	}
	if !create {
		return firstTenant, nil
	}
	ch := storage.Change{By: m.operator().Actor, What: "cmd.history.council"}
	added, err := db.Installation().AddCouncil(ctx, ch, council.DefaultSettings().Name)
	return added.Tenant, err
}

// operator is who works at the machine's own command line.
func (m *Main) operator() office.By {
	return office.By{Actor: council.Actor{Operator: true, Name: locale.Text(m.lang, "cmd.operator", nil)}}
}

// with runs fn on a data folder that exists, and then notes the checkpoint of the
// ledger, so that data from before are refused as after the program has served.
func (m *Main) with(ctx context.Context, dir string, fn func(*data) error) error {
	d, err := m.open(ctx, dir, false)
	if err != nil {
		return err
	}
	if err = fn(d); err == nil {
		err = m.noteCheckpoint(ctx, dir, d)
	}
	return errors.Join(err, d.db.Close())
}
