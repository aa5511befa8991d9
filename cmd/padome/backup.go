package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"padome/council"
	"padome/storage"
	"padome/storage/store"
)

// backup writes all data into one file, and checks it.
func (m *Main) backup(ctx context.Context, o *options) error {
	path := o.args[0]
	return m.with(ctx, o.dir, func(d *data) error {
		made, err := d.db.SaveBackup(ctx, path)
		if errors.Is(err, fs.ErrExist) {
			return fail(err, "cmd.backup.exists", "file", path)
		}
		if err != nil {
			return err
		}
		t := m.tell()
		t.Line(0, "cmd.backup.done", "file", path)
		m.tellManifest(made)
		return t.Err()
	})
}

// tellManifest tells what a backup holds.
func (m *Main) tellManifest(made storage.Manifest) {
	t := m.tell()
	t.Line(1, "cmd.backup.holds", "date", string(council.DateOf(made.Made)), "time", clockOf(made.Made), "files", strconv.Itoa(len(made.Files)))
	for _, c := range made.Councils {
		t.Line(1, "cmd.backup.council", "council", strconv.FormatUint(uint64(c.Tenant), 10), "changes", strconv.FormatUint(c.Changes, 10),
			"entries", strconv.FormatInt(c.Entries, 10))
	}
}

// restore unpacks a backup into a new folder, and says what the data in use have
// that it has not.
func (m *Main) restore(ctx context.Context, o *options) error {
	path := o.args[0]
	if o.to == "" {
		return usage("cmd.restore.to")
	}
	if there, err := exists(o.to); err != nil || there {
		return errors.Join(err, fail(nil, "cmd.restore.taken", "dir", o.to))
	}
	if err := os.MkdirAll(o.to, 0o700); err != nil {
		return fail(err, "cmd.dir.make", "dir", o.to, "error", err.Error())
	}
	made, err := storage.RestoreBackup(ctx, path, o.to)
	if errors.Is(err, fs.ErrNotExist) {
		return fail(err, "cmd.verify.unreadable", "file", path, "error", err.Error())
	}
	if errors.Is(err, store.ErrDamaged) {
		return fail(err, "cmd.restore.damaged", "file", path, "faults", causes(err))
	}
	if err != nil {
		return err
	}
	t := m.tell()
	t.Line(0, "cmd.restore.done", "dir", filepath.Clean(o.to))
	m.tellManifest(made)
	if o.dir != "" {
		if err := m.tellLosses(ctx, o, made); errors.Is(err, store.ErrBusy) {
			t.Line(0, "cmd.restore.busy") // what was asked for is done all the same
		} else if err != nil {
			return err
		}
	}
	t.Line(0, "cmd.restore.next")
	return t.Err()
}

// tellLosses tells what the data in use have and a backup has not.
func (m *Main) tellLosses(ctx context.Context, o *options, made storage.Manifest) error {
	return m.with(ctx, o.dir, func(d *data) error {
		losses, err := d.db.Losses(ctx, made)
		if err != nil {
			return err
		}
		t := m.tell()
		if len(losses) == 0 {
			t.Line(0, "cmd.restore.no-loss")
		}
		for _, l := range losses {
			t.Line(0, "cmd.restore.loss", "council", strconv.FormatUint(uint64(l.Tenant), 10), "n", strconv.FormatUint(l.Changes, 10))
			for _, e := range l.Newest {
				t.Line(1, "cmd.restore.lost", "date", string(council.DateOf(e.At)), "time", clockOf(e.At), "what", t.Say(e.What), "who", e.Name)
			}
		}
		return t.Err()
	})
}

// clockOf is the time of the day of an instant, in Rīga.
func clockOf(t time.Time) string { return t.In(council.Riga).Format("15:04") }
