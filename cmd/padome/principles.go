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
	"padome/internal/problem"
)

// principlesShow shows the version that is named, else the one in force today,
// or the whole catalogue as a version to begin with when no data folder is named.
func (m *Main) principlesShow(ctx context.Context, o *options) error {
	p := agenda.WholeCatalogue()
	if o.dir != "" {
		if err := m.with(ctx, o.dir, func(d *data) (err error) {
			p, err = shownPrinciples(ctx, d, o)
			return err
		}); err != nil {
			return err
		}
	} else if len(o.args) > 0 {
		return usage("cmd.dir.none")
	}
	if o.json {
		return m.encode(p)
	}
	t := m.tell()
	if o.dir == "" {
		t.Line(0, "cmd.principles.embedded")
	}
	rulesOf(t, &p)
	return t.Err()
}

func shownPrinciples(ctx context.Context, d *data, o *options) (agenda.Principles, error) {
	all, err := d.office.Principles(ctx)
	if err != nil {
		return agenda.Principles{}, err
	}
	if len(o.args) == 0 {
		p, ok := agenda.InForce(all, d.office.Today())
		if !ok {
			return p, problem.New(problem.State, "problem.office.no-principles", "date", string(d.office.Today()))
		}
		return p, nil
	}
	for _, p := range all {
		if strconv.Itoa(p.Version) == o.args[0] {
			return p, nil
		}
	}
	return agenda.Principles{}, problem.New(problem.NotFound, "problem.missing.principles", "id", o.args[0])
}

func rulesOf(t *tell.Teller, p *agenda.Principles) {
	t.Line(0, "cmd.principles.title", "version", strconv.Itoa(p.Version), "title", tell.Titled(t.Lang(), p.Title, p.TitleEN), "from", string(p.From))
	tellAgreed(t, p.Agreed)
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

func tellAgreed(t *tell.Teller, all []agenda.Agreement) {
	for _, a := range all {
		key := "cmd.principles.agreed"
		if a.Reference != "" {
			key = "cmd.principles.agreed-by"
		}
		t.Bullet(1, key, "by", a.By, "date", string(a.On), "reference", a.Reference)
	}
}

// principlesImport records the next version of the principles from a file in
// the form that principles show --json writes.
func (m *Main) principlesImport(ctx context.Context, o *options) error {
	if o.dir == "" {
		return usage("cmd.dir.none")
	}
	p, err := readPrinciples(o.args[0])
	if err != nil {
		return err
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

// readPrinciples reads a set from a file in the form that principles show --json
// writes.
func readPrinciples(path string) (p agenda.Principles, err error) {
	raw, err := readFile(path)
	if err != nil {
		return p, err
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&p); err != nil {
		return p, fail(err, "cmd.principles.unreadable", "path", filepath.Base(path), "error", err.Error())
	}
	return p, nil
}
