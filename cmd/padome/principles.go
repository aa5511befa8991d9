package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strconv"

	"padome/agenda"
	"padome/cmd/padome/tell"
	"padome/internal/locale"
	"padome/internal/problem"
)

// principlesShow shows the principles in force today, or the whole catalogue as
// a version to begin with when no data folder is named.
func (m *Main) principlesShow(ctx context.Context, o *options) error {
	p := agenda.WholeCatalogue()
	if o.dir != "" {
		if err := m.with(ctx, o.dir, func(d *data) error {
			all, err := d.office.Principles(ctx)
			if err != nil {
				return err
			}
			var ok bool
			if p, ok = agenda.InForce(all, d.office.Today()); !ok {
				return problem.New(problem.State, "problem.office.no-principles", "date", string(d.office.Today()))
			}
			return nil
		}); err != nil {
			return err
		}
	}
	if o.json {
		enc := json.NewEncoder(m.Out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(p)
	}
	t := m.tell()
	if o.dir == "" {
		t.Line(0, "cmd.principles.embedded")
	}
	rulesOf(t, &p)
	return t.Err()
}

func rulesOf(t *tell.Teller, p *agenda.Principles) {
	title := p.Title
	if t.Lang() == locale.EN {
		title = p.TitleEN
	}
	t.Line(0, "cmd.principles.title", "version", strconv.Itoa(p.Version), "title", title, "from", string(p.From))
	for _, a := range p.Agreed {
		t.Bullet(1, "cmd.principles.agreed", "by", a.By, "date", string(a.On))
	}
	for _, r := range agenda.Catalogue() {
		s, ok := p.Rule(r.ID)
		if !ok {
			continue
		}
		kind := "cmd.principles.soft"
		if s.Hard {
			kind = "cmd.principles.hard"
		}
		t.Wrapped(0, r.ID+" ", r.Wording(t.Lang())+" "+t.Say(kind))
		for _, param := range r.Params {
			value, changed := s.Params[param.Name]
			if !changed {
				value = param.Default
			}
			t.Wrapped(4, "", param.Name+" = "+value)
		}
	}
}

// principlesImport records the next version of the principles from a file in
// the form that principles show --json writes.
func (m *Main) principlesImport(ctx context.Context, o *options) error {
	if o.dir == "" {
		return usage("cmd.dir.none")
	}
	raw, err := readFile(o.args[0])
	if err != nil {
		return err
	}
	var p agenda.Principles
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&p); err != nil {
		return fail(err, "cmd.principles.unreadable", "path", filepath.Base(o.args[0]), "error", err.Error())
	}
	d, err := m.open(ctx, o.dir, true)
	if err != nil {
		return err
	}
	p, err = d.office.AddPrinciples(ctx, m.operator(), p)
	if err := errors.Join(err, d.db.Close()); err != nil {
		return err
	}
	t := m.tell()
	t.Line(0, "cmd.principles.imported", "version", strconv.Itoa(p.Version), "from", string(p.From))
	return t.Err()
}
