package main

import (
	"cmp"
	"context"
	"path/filepath"
	"strings"

	"padome/council"
	"padome/office"
	"padome/storage"
)

// minutesExport writes the minutes of the session of a day to a new file, in the
// format that is asked for or that the file's name has.
func (m *Main) minutesExport(ctx context.Context, o *options) error {
	return m.exported(ctx, o, func(d *data, s council.Session, f office.PaperFormat) ([]byte, error) {
		return d.office.MinutesFile(ctx, m.operator().Actor, m.lang, s.ID, f)
	})
}

// agendaExport writes the agenda that both leads approved.
func (m *Main) agendaExport(ctx context.Context, o *options) error {
	return m.exported(ctx, o, func(d *data, s council.Session, f office.PaperFormat) ([]byte, error) {
		return d.office.AgendaFile(ctx, m.operator().Actor, m.lang, s.ID, 0, false, f)
	})
}

// exported writes a paper of the session that the first argument names by its
// day to the file that the second one names.
func (m *Main) exported(ctx context.Context, o *options, draw func(*data, council.Session, office.PaperFormat) ([]byte, error)) error {
	name := o.args[1]
	format, err := office.ParsePaperFormat(cmp.Or(o.format, strings.TrimPrefix(strings.ToLower(filepath.Ext(name)), ".")))
	if err != nil {
		return err
	}
	return m.with(ctx, o.dir, func(d *data) error {
		s, err := sessionOn(ctx, d, o.args[0])
		if err != nil {
			return err
		}
		body, err := draw(d, s, format)
		if err != nil {
			return err
		}
		if err := newFile(name, body); err != nil {
			return err
		}
		t := m.tell()
		t.Line(0, "cmd.papers.written", "path", name, "date", string(s.Date))
		return t.Err()
	})
}

// sessionOn is the session of a day.
func sessionOn(ctx context.Context, d *data, day string) (council.Session, error) {
	on := council.Date(day)
	if !on.Valid() {
		return council.Session{}, usage("cmd.date.wrong", "value", day)
	}
	all, _, err := d.office.Sessions(ctx, storage.Span{From: on, Until: on}, storage.Page{Limit: 1})
	if err != nil {
		return council.Session{}, err
	}
	if len(all) == 0 {
		return council.Session{}, usage("cmd.papers.no-session", "date", day)
	}
	return all[0], nil
}
