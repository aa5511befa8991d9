package main

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/storage"
)

// principlesPropose proposes a set of principles, from a file, for a working group.
func (m *Main) principlesPropose(ctx context.Context, o *options) error {
	p, err := readPrinciples(o.args[0])
	if err != nil {
		return err
	}
	return m.with(ctx, o.dir, func(d *data) error {
		x, err := d.office.ProposePrinciples(ctx, m.operator(), o.args[1], p)
		if err != nil {
			return err
		}
		t := m.tell()
		t.Line(0, "cmd.principles.flow.proposed", "id", x.ID, "group", x.Group, "groups", strings.Join(x.Required, "\n"))
		return t.Err()
	})
}

// principlesAgree records that a working group agreed to a proposed set as it reads
// now.
func (m *Main) principlesAgree(ctx context.Context, o *options) error {
	return m.with(ctx, o.dir, func(d *data) error {
		was, err := m.proposedSet(ctx, d, o.args[2:])
		if err != nil {
			return err
		}
		on := cmp.Or(council.Date(o.decidedOn), d.office.Today())
		x, err := d.office.RecordAgreement(ctx, m.operator(), was.ID, was.Revision, o.args[0], on, o.args[1])
		if err != nil {
			return err
		}
		return m.tellAgreement(&x, o.args[0])
	})
}

// proposedSet is the set of an id, or without one the only set that is proposed.
func (m *Main) proposedSet(ctx context.Context, d *data, id []string) (agenda.PrinciplesDraft, error) {
	if len(id) > 0 {
		return d.office.PrinciplesDraft(ctx, m.operator().Actor, id[0])
	}
	all, _, err := d.office.PrinciplesDrafts(ctx, m.operator().Actor, storage.Page{Limit: storage.MaxPage})
	if err != nil {
		return agenda.PrinciplesDraft{}, err
	}
	var open []agenda.PrinciplesDraft
	for _, x := range all {
		if x.State == agenda.PrinciplesProposed {
			open = append(open, x)
		}
	}
	if len(open) != 1 {
		return agenda.PrinciplesDraft{}, fail(nil, "cmd.principles.flow.which", "n", strconv.Itoa(len(open)))
	}
	return open[0], nil
}

func (m *Main) tellAgreement(x *agenda.PrinciplesDraft, group string) error {
	t := m.tell()
	t.Line(0, "cmd.principles.flow.agreed", "group", group, "agreed", strconv.Itoa(len(x.Required)-len(x.Missing())),
		"required", strconv.Itoa(len(x.Required)))
	if missing := x.Missing(); len(missing) > 0 {
		t.Line(0, "cmd.principles.flow.missing", "groups", strings.Join(missing, "\n"))
	} else {
		t.Line(0, "cmd.principles.flow.all", "id", x.ID)
	}
	return t.Err()
}

// principlesAdopt makes of a proposed set that all agreed to the next version.
func (m *Main) principlesAdopt(ctx context.Context, o *options) error {
	return m.with(ctx, o.dir, func(d *data) error {
		x, err := m.proposedSet(ctx, d, o.args)
		if err != nil {
			return err
		}
		p, err := d.office.AdoptPrinciples(ctx, m.operator(), x.ID, x.Revision)
		if err != nil {
			return err
		}
		t := m.tell()
		t.Line(0, "cmd.principles.imported", "version", strconv.Itoa(p.Version), "from", string(p.From))
		tellAgreed(t, p.Agreed)
		return t.Err()
	})
}
