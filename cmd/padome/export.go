package main

import (
	"context"
	"errors"
	"io/fs"
	"strconv"

	"padome/storage"
	"padome/storage/store"
)

// export writes everything in open formats.
func (m *Main) export(ctx context.Context, o *options) error {
	path := o.args[0]
	return m.with(ctx, o.dir, func(d *data) error {
		made, err := d.db.Export(ctx, path, store.Tenant(o.council))
		if errors.Is(err, fs.ErrExist) {
			return fail(err, "cmd.export.exists", "file", path)
		}
		if err != nil {
			return err
		}
		t := m.tell()
		t.Line(0, "cmd.export.done", "file", path)
		m.tellExport(made)
		t.Line(0, "cmd.export.secrets")
		return t.Err()
	})
}

// tellExport tells what an export holds.
func (m *Main) tellExport(made storage.ExportList) {
	t := m.tell()
	t.Line(1, "cmd.export.holds", "records", strconv.Itoa(made.Records()), "files", strconv.Itoa(len(made.Files)))
	for _, c := range made.Councils {
		entries := int64(0)
		if c.Ledger != nil {
			entries = c.Ledger.Size
		}
		t.Line(1, "cmd.backup.council", "council", strconv.FormatUint(uint64(c.Tenant), 10),
			"changes", strconv.FormatUint(c.Changes, 10), "entries", strconv.FormatInt(entries, 10))
	}
}

// importAll makes the data of an export where there are none.
func (m *Main) importAll(ctx context.Context, o *options) error {
	if o.dir == "" {
		return usage("cmd.dir.none")
	}
	made, err := storage.Import(ctx, o.args[0], o.dir)
	if err != nil {
		return err
	}
	t := m.tell()
	t.Line(0, "cmd.import.done", "place", storage.Shown(o.dir))
	m.tellExport(made)
	t.Line(0, "cmd.import.next")
	return t.Err()
}
