package main

import (
	"context"
	"os"
	"strconv"
	"time"

	"padome/storage"
	"padome/storage/store/move"
)

// migrate sets up a database on a server for this program.
func (m *Main) migrate(ctx context.Context, o *options) error {
	if o.dir == "" {
		return usage("cmd.dir.none")
	}
	if !storage.OnServer(o.dir) {
		if err := folder(o.dir, false); err != nil {
			return err
		}
	}
	if err := storage.Migrate(ctx, o.dir); err != nil {
		return err
	}
	t := m.tell()
	t.Line(0, "cmd.migrate.done", "store", storage.Shown(o.dir))
	return t.Err()
}

// move carries all data to another place. How far it is, it tells now and then.
func (m *Main) move(ctx context.Context, o *options) error {
	if o.from == "" || o.to == "" {
		return usage("cmd.move.places")
	}
	if !storage.OnServer(o.from) {
		if err := folder(o.from, false); err != nil {
			return err
		}
	}
	if !storage.OnServer(o.to) {
		if err := os.MkdirAll(o.to, 0o700); err != nil {
			return fail(err, "cmd.dir.make", "dir", o.to, "error", err.Error())
		}
	}
	t, last := m.tell(), time.Now()
	r, err := storage.Move(ctx, o.from, o.to, func(r move.Report) {
		if time.Since(last) > 5*time.Second {
			last = time.Now()
			t.Line(0, "cmd.move.progress", "items", strconv.Itoa(r.Items), "files", strconv.Itoa(r.Blobs))
		}
	})
	if err != nil {
		return err
	}
	t.Line(0, "cmd.move.done", "items", strconv.Itoa(r.Items), "files", strconv.Itoa(r.Blobs), "digest", r.Digest)
	return t.Err()
}
