package main

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/locale"
)

// delegationLine is a delegation with its delegate's name.
type delegationLine struct {
	council.Delegation
	Delegate string `json:"delegate"`
}

// delegationsList lists whom the council sends to other bodies; with --all those
// whose time is over too.
func (m *Main) delegationsList(ctx context.Context, o *options) error {
	list := []delegationLine{}
	err := m.with(ctx, o.dir, func(d *data) error {
		all, err := d.office.Delegations(ctx)
		if err != nil {
			return err
		}
		for _, x := range all {
			if !o.all && x.Until != "" && x.Until < d.office.Today() {
				continue
			}
			p, err := d.office.Person(ctx, m.operator().Actor, x.Person)
			if err != nil {
				return err
			}
			list = append(list, delegationLine{x, p.Name()})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if o.json {
		return m.encode(list)
	}
	t := m.tell()
	if len(list) == 0 {
		t.Line(0, "cmd.delegations.none")
	}
	for _, x := range list {
		body, key := x.Body, "cmd.delegations.line"
		if t.Lang() == locale.EN && x.BodyEN != "" {
			body = x.BodyEN
		}
		if x.Until != "" {
			key = "cmd.delegations.line-until"
		}
		t.Bullet(0, key, "who", x.Delegate, "body", body, "from", string(x.From), "until", string(x.Until))
	}
	return t.Err()
}

// delegationsAdd sends somebody to another body in the council's name. The person
// is named by id or by the whole name.
func (m *Main) delegationsAdd(ctx context.Context, o *options) error {
	x := council.Delegation{Body: o.args[1], BodyEN: o.bodyEN, From: council.Date(o.args[2])}
	if len(o.args) > 3 {
		x.Until = council.Date(o.args[3])
	}
	return m.with(ctx, o.dir, func(d *data) error {
		people, err := d.office.People(ctx, m.operator().Actor)
		if err != nil {
			return err
		}
		p, err := personNamed(people, o.args[0])
		if err != nil {
			return err
		}
		x.Person = p.ID
		x, err := d.office.SaveDelegation(ctx, m.operator(), 0, x)
		if err != nil {
			return err
		}
		t := m.tell()
		t.Line(0, "cmd.delegations.added", "who", p.Name(), "body", x.Body, "from", string(x.From))
		return t.Err()
	})
}

// personNamed is the person of an id, or the only one of a name.
func personNamed(people []council.Person, name string) (council.Person, error) {
	if i := slices.IndexFunc(people, func(p council.Person) bool { return p.ID == name }); i >= 0 {
		return people[i], nil
	}
	var found []council.Person
	for _, p := range people {
		if strings.EqualFold(p.Name(), strings.TrimSpace(name)) {
			found = append(found, p)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return council.Person{}, fail(nil, "cmd.delegations.person", "value", name, "n", strconv.Itoa(len(found)))
}
