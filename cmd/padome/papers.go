package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"

	"padome/council"
	"padome/office"
	"padome/storage"
)

// minutesExport writes the minutes of the session of a day to a new file, in the
// format that is asked for or that the file's name has: the whole, with --public
// the public version, with --item the extract of an item of that number.
func (m *Main) minutesExport(ctx context.Context, o *options) error {
	if o.item != "" && o.public {
		return usage("cmd.papers.both")
	}
	return m.exported(ctx, o, func(d *data, s council.Session, f office.PaperFormat) ([]byte, error) {
		a := m.operator().Actor
		switch {
		case o.public:
			return d.office.PublicMinutesFile(ctx, a, m.lang, s.ID, f)
		case o.item == "":
			return d.office.MinutesFile(ctx, a, m.lang, s.ID, f)
		}
		x, err := d.office.Minutes(ctx, a, s.ID)
		if err != nil {
			return nil, err
		}
		for _, p := range x.Parts {
			if strconv.Itoa(p.Number) == strings.TrimSuffix(o.item, ".") {
				return d.office.ExtractFile(ctx, a, m.lang, s.ID, p.Item, f)
			}
		}
		return nil, usage("cmd.papers.no-item", "value", o.item, "date", string(s.Date))
	})
}

// papersExport writes all papers of the session of a day into one ZIP file.
func (m *Main) papersExport(ctx context.Context, o *options) error {
	return m.with(ctx, o.dir, func(d *data) error {
		s, err := sessionOn(ctx, d, o.args[0])
		if err != nil {
			return err
		}
		b, err := d.office.SessionPapers(ctx, m.operator().Actor, m.lang, s.ID)
		if err != nil {
			return err
		}
		var z bytes.Buffer
		if err := d.office.WritePapers(ctx, &z, b); err != nil {
			return err
		}
		if err := newFile(o.args[1], z.Bytes()); err != nil {
			return err
		}
		t := m.tell()
		t.Line(0, "cmd.papers.written", "path", o.args[1], "date", string(s.Date))
		return t.Err()
	})
}

// papersCheck holds such a file to its list. It needs no data.
func (m *Main) papersCheck(_ context.Context, o *options) error {
	raw, err := readFile(o.args[0])
	if err != nil {
		return err
	}
	c, err := office.CheckPapers(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return err
	}
	t := m.tell()
	if o.json {
		if err := writeJSON(m.Out, c); err != nil {
			return err
		}
	} else {
		t.Line(0, "cmd.papers.check", "council", c.Manifest.Council, "date", string(c.Manifest.Date), "n", strconv.Itoa(len(c.Manifest.Files)))
		told := func(key string, paths []string) {
			for _, p := range paths {
				t.Line(1, key, "path", p)
			}
		}
		told("cmd.papers.check.changed", c.Changed)
		told("cmd.papers.check.missing", c.Missing)
		told("cmd.papers.check.added", c.Added)
		if c.Whole() {
			t.Line(0, "cmd.papers.check.whole")
		}
	}
	if !c.Whole() {
		return fail(errors.New("papers differ from their list"), "cmd.papers.check.damaged", "path", o.args[0])
	}
	return t.Err()
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
