package main

import (
	"cmp"
	"context"
	"strings"

	"padome/council"
	"padome/internal/auth"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/storage"
)

// userAdd makes an account, for a person in the register or a new one, and
// prints the link by which its owner sets a password.
func (m *Main) userAdd(ctx context.Context, o *options) error {
	return m.with(ctx, o.dir, func(d *data) error {
		if _, err := d.office.Logins().AccountByName(ctx, auth.Fold(o.args[0])); err == nil {
			return fail(nil, "cmd.user.taken", "value", o.args[0])
		} else if problem.KindOf(err) != problem.NotFound {
			return err
		}
		account := auth.Account{ID: "-", Name: o.args[0], Person: "-"}
		if err := account.Validate(); err != nil {
			return err
		}
		person, err := m.personOf(ctx, d, o)
		if err != nil {
			return err
		}
		a, token, err := d.office.Logins().AddAccount(ctx, m.operator(), o.args[0], person.ID)
		if err != nil {
			return err
		}
		t := m.tell()
		t.Line(0, "cmd.user.added", "login", a.Name, "name", person.Name())
		t.Line(0, "cmd.user.link")
		t.Print(link(o, token))
		return t.Err()
	})
}

// personOf is the person that the account is for; without --person a new one,
// with the role that is named.
func (m *Main) personOf(ctx context.Context, d *data, o *options) (council.Person, error) {
	if o.person != "" {
		r, err := d.office.Roster(ctx)
		if err != nil {
			return council.Person{}, err
		}
		p, ok := r.Person(o.person)
		if !ok {
			return p, problem.New(problem.NotFound, "problem.missing.person", "id", o.person)
		}
		return p, nil
	}
	p := council.Person{Given: o.given, Surname: o.surname, Gender: council.Gender(o.gender)}
	today := d.office.Today()
	mandate := council.Mandate{Person: "-", Role: council.Role(o.role), Side: council.Side(o.side), From: today}
	if err := p.Validate(); err != nil {
		return p, err
	}
	if o.role != "" {
		if err := mandate.Validate(); err != nil {
			return p, err
		}
	}
	p, err := d.office.SavePerson(ctx, m.operator(), 0, p)
	if err != nil || o.role == "" {
		return p, err
	}
	mandate.Person = p.ID
	_, err = d.office.SaveMandate(ctx, m.operator(), 0, mandate)
	return p, err
}

// userList lists the accounts with their people and what they hold today.
func (m *Main) userList(ctx context.Context, o *options) error {
	return m.with(ctx, o.dir, func(d *data) error {
		r, err := d.office.Roster(ctx)
		if err != nil {
			return err
		}
		t := m.tell()
		page := storage.Page{Limit: storage.MaxPage}
		for n := 0; ; {
			list, next, err := d.office.Logins().Accounts(ctx, m.operator().Actor, page)
			if err != nil {
				return err
			}
			for _, a := range list {
				n++
				t.Print(m.account(r, a, d.office.Today()))
			}
			if next == "" {
				if n == 0 {
					t.Line(0, "cmd.user.none")
				}
				return t.Err()
			}
			page.After = next
		}
	})
}

// account is one line of the list: login name, person, roles, state.
func (m *Main) account(r *council.Roster, a auth.Account, on council.Date) string {
	say := func(key string) string { return locale.Text(m.lang, key, nil) }
	p, _ := r.Person(a.Person)
	var roles []string
	for _, x := range r.Actor(a.Person, on).Mandates {
		roles = append(roles, say("role."+string(x.Role)+"."+string(p.Gender)))
	}
	state := "cmd.user.state.active"
	switch {
	case a.Disabled:
		state = "cmd.user.state.disabled"
	case a.Hash == "":
		state = "cmd.user.state.new"
	}
	return strings.Join([]string{a.Name, p.Name(), cmp.Or(strings.Join(roles, ", "), say("cmd.user.no-role")), say(state)}, " · ")
}

// userReset prints a link by which an account's owner sets a new password.
func (m *Main) userReset(ctx context.Context, o *options) error {
	return m.with(ctx, o.dir, func(d *data) error {
		a, err := d.office.Logins().AccountByName(ctx, auth.Fold(o.args[0]))
		if err != nil {
			return err
		}
		if a.Disabled {
			return fail(nil, "cmd.user.disabled", "value", a.Name)
		}
		token, err := d.office.Logins().ResetLink(ctx, m.operator(), a.ID)
		if err != nil {
			return err
		}
		t := m.tell()
		t.Line(0, "cmd.user.link")
		t.Print(link(o, token))
		return t.Err()
	})
}

// link is the address of a one-time link.
func link(o *options, token string) string {
	return strings.TrimRight(cmp.Or(o.url, "http://"+defaultListen), "/") + "/setup/" + token
}
