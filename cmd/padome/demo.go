package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"padome/cmd/padome/demo"
	"padome/storage"
)

// mark is the file by which a folder is known to hold a finished demo.
const mark = "demo"

// demoMemory keeps the demo small beside whatever else the machine does.
const demoMemory = 32 << 20

// demo holds the demo's sessions in a new folder, or finds those it held there
// before, and then serves them.
func (m *Main) demo(ctx context.Context, o *options) error {
	if err := checkAddress("listen", o.listen); err != nil {
		return err
	}
	limitMemory(demoMemory)
	dir, held, err := m.demoDir(o.dir)
	if err != nil {
		return err
	}
	t := m.tell()
	if held {
		t.Line(0, "cmd.demo.there", "dir", dir)
	} else {
		if err := m.emptyStore(ctx, o.store); err != nil {
			return err
		}
		t.Line(0, "cmd.demo.intro", "dir", dir)
		if err := demo.Perform(ctx, demo.Config{Dir: dir, Store: o.store, Tenant: firstTenant, Out: m.Out, Lang: m.lang, All: o.all}); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, mark), nil, 0o600); err != nil {
			return err
		}
	}
	if o.once {
		t.Print("")
		if o.store != "" {
			t.Line(0, "cmd.demo.once-store", "dir", dir, "store", storage.Shown(o.store))
			return t.Err()
		}
		t.Line(0, "cmd.demo.once", "dir", dir)
		return t.Err()
	}
	if m.Now, err = goOn(filepath.Join(dir, mark), m.Now); err != nil {
		return err
	}
	d, err := m.open(ctx, cmp.Or(o.store, dir), false)
	if err != nil {
		return err
	}
	if err := m.beginLedger(ctx, o, dir, d); err != nil {
		return errors.Join(err, d.db.Close())
	}
	return errors.Join(m.serveData(ctx, o, d, m.log(slog.LevelWarn), m.invite), d.db.Close())
}

// goOn is the clock of a demo that is served: it goes on from where the story
// ends, since the demo was held, so that the next session is still to come.
func goOn(mark string, now func() time.Time) (func() time.Time, error) {
	held, err := os.Stat(mark)
	if err != nil {
		return nil, err
	}
	return func() time.Time { return demo.Ends().Add(now().Sub(held.ModTime())) }, nil
}

// emptyStore refuses a store, should there be one, that holds anything already:
// the demo makes up a council of its own.
func (m *Main) emptyStore(ctx context.Context, where string) error {
	if where == "" {
		return nil
	}
	db, err := storage.OpenAt(ctx, where, storage.Config{}, m.log(slog.LevelWarn))
	if err != nil {
		return err
	}
	empty, err := db.Empty(ctx)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	if !empty {
		return fail(nil, "cmd.demo.not-empty", "dir", storage.Shown(where))
	}
	return nil
}

// demoDir is the folder for the demo: a new temporary one, or the one that is
// named, which must be empty or hold a finished demo. Anything else is left
// alone.
func (m *Main) demoDir(dir string) (path string, held bool, err error) {
	if dir == "" {
		path, err = os.MkdirTemp("", "padome-demo-")
		return path, false, err
	}
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return "", false, fail(err, "cmd.dir.make", "dir", dir, "error", err.Error())
		}
		return dir, false, nil
	case err != nil:
		return "", false, fail(err, "cmd.dir.unreadable", "dir", dir, "error", err.Error())
	case len(entries) == 0:
		return dir, false, nil
	}
	if _, err := os.Stat(filepath.Join(dir, mark)); err != nil {
		return "", false, fail(nil, "cmd.demo.not-empty", "dir", dir)
	}
	return dir, true, nil
}

// invite prints where the demo is reached and as whom.
func (m *Main) invite(_ context.Context, _ *data, base string) error {
	t := m.tell()
	t.Print("")
	t.Line(0, "cmd.serve.address", "address", base)
	t.Line(0, "cmd.demo.logins")
	for _, l := range demo.Logins(m.lang) {
		t.Bullet(1, "cmd.demo.login", "login", l.Name, "password", l.Password, "person", l.Person)
	}
	t.Line(0, "cmd.serve.stop")
	return t.Err()
}
