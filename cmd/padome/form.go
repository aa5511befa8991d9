package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strconv"

	"padome/internal/form"
	"padome/internal/problem"
	"padome/internal/strict"
)

// formExport writes the form in force of a sort of papers to a file.
func (m *Main) formExport(ctx context.Context, o *options) error {
	if o.dir == "" {
		return usage("cmd.dir.none")
	}
	of, err := paperOf(o.args[0])
	if err != nil {
		return err
	}
	return m.with(ctx, o.dir, func(d *data) error {
		f, err := d.office.Form(ctx, of)
		if err != nil {
			return err
		}
		raw, err := json.MarshalIndent(f, "", "  ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(o.args[1], append(raw, '\n'), 0o644); err != nil {
			return fail(err, "cmd.file.unreadable", "path", o.args[1], "error", err.Error())
		}
		t := m.tell()
		t.Line(0, "cmd.form.exported", "version", strconv.Itoa(f.Version), "path", o.args[1])
		return t.Err()
	})
}

// formImport makes the form of a file the next version.
func (m *Main) formImport(ctx context.Context, o *options) error {
	if o.dir == "" {
		return usage("cmd.dir.none")
	}
	raw, err := readFile(o.args[0])
	if err != nil {
		return err
	}
	var f form.Form
	if err := strict.Decode(raw, &f); err != nil {
		return err
	}
	d, err := m.open(ctx, o.dir, true)
	if err != nil {
		return err
	}
	f, err = d.office.SaveForm(ctx, m.operator(), f)
	if err := errors.Join(err, d.db.Close()); err != nil {
		return err
	}
	t := m.tell()
	t.Line(0, "cmd.form.imported", "of", string(f.Of), "version", strconv.Itoa(f.Version))
	return t.Err()
}

func paperOf(s string) (form.Of, error) {
	for _, of := range form.All {
		if s == string(of) {
			return of, nil
		}
	}
	return "", problem.New(problem.NotFound, "problem.missing.form", "id", s)
}
