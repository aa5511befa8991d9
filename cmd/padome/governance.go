package main

import (
	"context"
	"os"
	"strconv"

	"padome/agenda"
	"padome/cmd/padome/tell"
	"padome/council"
	"padome/office"
	"padome/storage"
)

// principlesLists are the versions and the sets that are proposed.
type principlesLists struct {
	Versions []agenda.Principles      `json:"versions"`
	Proposed []agenda.PrinciplesDraft `json:"proposed"`
}

// principlesList lists the versions of the principles, and the newest sets that
// are proposed.
func (m *Main) principlesList(ctx context.Context, o *options) error {
	var all principlesLists
	err := m.with(ctx, o.dir, func(d *data) (err error) {
		if all.Versions, err = d.office.Principles(ctx); err != nil {
			return err
		}
		all.Proposed, _, err = d.office.PrinciplesDrafts(ctx, m.operator().Actor, storage.Page{Limit: storage.MaxPage})
		return err
	})
	if err != nil {
		return err
	}
	if o.json {
		return m.encode(all)
	}
	t := m.tell()
	if len(all.Versions) == 0 {
		t.Line(0, "cmd.principles.none")
	}
	for _, p := range all.Versions {
		t.Line(0, "cmd.principles.title", "version", strconv.Itoa(p.Version), "title", tell.Titled(t.Lang(), p.Title, p.TitleEN), "from", string(p.From))
		tellAgreed(t, p.Agreed)
	}
	for _, d := range all.Proposed {
		t.Line(0, "cmd.principles.proposed", "id", d.ID, "title", tell.Titled(t.Lang(), d.Content.Title, d.Content.TitleEN),
			"date", string(council.DateOf(d.At)), "group", d.Group, "state", string(d.State),
			"agreed", strconv.Itoa(len(d.Required)-len(d.Missing())), "required", strconv.Itoa(len(d.Required)))
	}
	return t.Err()
}

// named is the set that an argument names: the number of a version, a file, or
// the id of a proposed set.
func named(arg string) (office.PrinciplesRef, error) {
	ref := office.ParsePrinciplesRef(arg)
	if ref.Version > 0 {
		return ref, nil
	}
	if _, err := os.Stat(arg); err != nil && !looksLikeFile(arg) {
		return ref, nil
	}
	p, err := readPrinciples(arg)
	return office.PrinciplesRef{Set: &p}, err
}

// looksLikeFile reports whether an argument can be the name of a file only, so
// that one that is not there is told as that.
func looksLikeFile(arg string) bool {
	for _, r := range arg {
		if r == '.' || r == os.PathSeparator {
			return true
		}
	}
	return false
}

func twoNamed(o *options) (a, b office.PrinciplesRef, err error) {
	if o.dir == "" {
		return a, b, usage("cmd.dir.none")
	}
	if a, err = named(o.args[0]); err != nil {
		return a, b, err
	}
	b, err = named(o.args[1])
	return a, b, err
}

// principlesDiff tells what one set has otherwise than another.
func (m *Main) principlesDiff(ctx context.Context, o *options) error {
	a, b, err := twoNamed(o)
	if err != nil {
		return err
	}
	var c agenda.PrinciplesComparison
	err = m.with(ctx, o.dir, func(d *data) (err error) {
		c, err = d.office.PrinciplesChanges(ctx, m.operator().Actor, a, b)
		return err
	})
	if err != nil {
		return err
	}
	if o.json {
		return m.encode(c.Changes)
	}
	t := m.tell()
	t.ComparedSets(&c)
	t.Changes(c.Changes)
	return t.Err()
}

// principlesCompare rebuilds the past sessions under two sets and tells what
// would have been otherwise.
func (m *Main) principlesCompare(ctx context.Context, o *options) error {
	a, b, err := twoNamed(o)
	if err != nil {
		return err
	}
	var c agenda.PrinciplesComparison
	err = m.with(ctx, o.dir, func(d *data) (err error) {
		c, err = d.office.ComparePrinciples(ctx, m.operator().Actor, a, b, o.span())
		return err
	})
	if err != nil {
		return err
	}
	if o.json {
		return m.encode(c)
	}
	t := m.tell()
	t.Comparison(&c, o.all)
	return t.Err()
}

func (o *options) span() storage.Span {
	return storage.Span{From: council.Date(o.since), Until: council.Date(o.until)}
}

// principlesOverrides tells how often each soft rule was gone against.
func (m *Main) principlesOverrides(ctx context.Context, o *options) error {
	var g agenda.GoneAgainst
	err := m.with(ctx, o.dir, func(d *data) (err error) {
		g, err = d.office.Overrides(ctx, m.operator().Actor, o.span())
		return err
	})
	if err != nil {
		return err
	}
	if o.json {
		return m.encode(g)
	}
	t := m.tell()
	t.GoneAgainst(&g)
	return t.Err()
}
