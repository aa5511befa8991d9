package office

import (
	"context"
	"time"

	"padome/council"
	"padome/internal/auth"
	"padome/internal/problem"
	"padome/storage"
	"padome/storage/store"
)

// Logins are the accounts and logins of the installation, with what touches the
// council's register of people too.
type Logins struct {
	*storage.Installation
	o *Office
}

// Logins are the accounts and logins.
func (o *Office) Logins() *Logins { return &Logins{o.db.Installation(), o} }

// linkLife is how long a one-time link works.
const linkLife = 72 * time.Hour

// NewSetUpLink makes the token of the link that sets up the first
// administrator; "" when there is an account already.
func (l *Logins) NewSetUpLink(ctx context.Context) (string, error) {
	some, err := storage.ReadInstallation(ctx, l.Installation, func(v *storage.InstallationView) (bool, error) {
		list, _, err := v.Accounts(storage.Page{Limit: 1})
		return len(list) > 0, err
	})
	if err != nil || some {
		return "", err
	}
	token, link := auth.NewSetUp(l.o.db.Now(), linkLife)
	return token, l.AddLink(ctx, link)
}

// SetUp uses the link that sets up the first administrator of the council.
func (l *Logins) SetUp(ctx context.Context, command store.CommandID, linkHash string, now time.Time, p council.Person, a auth.Account) error {
	return l.Installation.SetUp(ctx, l.o.council, command, linkHash, now, p, a)
}

// AddAccount makes an account for a person, without a password, and the token
// of the one-time link by which the person sets it.
func (l *Logins) AddAccount(ctx context.Context, by By, name, person string) (auth.Account, string, error) {
	if err := council.MayChangePeople(by.Actor); err != nil {
		return auth.Account{}, "", err
	}
	if _, err := storage.Read(ctx, l.o.council, func(v *storage.View) (council.Person, error) { return v.Person(person) }); err != nil {
		return auth.Account{}, "", err
	}
	now := l.o.db.Now()
	a := auth.Account{ID: l.o.db.NewID(), Name: name, Person: person, Created: now}
	a, err := l.UpdateAccount(ctx, by.change("history.account", ""), a.ID, 0, func(was *auth.Account) error { *was = a; return nil })
	if err != nil {
		return auth.Account{}, "", err
	}
	token, err := l.link(ctx, a, now)
	return a, token, err
}

// ResetLink makes the token of a one-time link by which an account's owner sets
// a new password. Nobody makes one for themselves: they change their password.
func (l *Logins) ResetLink(ctx context.Context, by By, account string) (string, error) {
	if err := council.MayChangePeople(by.Actor); err != nil {
		return "", err
	}
	a, err := l.Account(ctx, account)
	if err != nil {
		return "", err
	}
	if by.Actor.Person != "" && a.Person == by.Actor.Person {
		return "", problem.New(problem.Forbidden, "problem.office.own-reset")
	}
	return l.link(ctx, a, l.o.db.Now())
}

func (l *Logins) link(ctx context.Context, a auth.Account, now time.Time) (string, error) {
	token, link := auth.NewReset(now, a, linkLife)
	return token, l.AddLink(ctx, link)
}

// ChangeSecond changes the second factor of an account: its owner adds it, takes
// it away or uses a code up, which fn does. It fails with a Conflict problem when
// the account has another revision.
func (l *Logins) ChangeSecond(ctx context.Context, owner council.Actor, command store.CommandID, account string, revision uint64, fn func(*auth.Account) error) (auth.Account, error) {
	by := By{Actor: owner, Command: command}
	return l.UpdateAccount(ctx, by.change("history.second", ""), account, revision, fn)
}

// Disable ends every login of an account, or lets its owner log in again.
func (l *Logins) Disable(ctx context.Context, by By, account string, revision uint64, disabled bool) (auth.Account, error) {
	if err := council.MayChangePeople(by.Actor); err != nil {
		return auth.Account{}, err
	}
	return l.UpdateAccount(ctx, by.change("history.account", ""), account, revision, func(a *auth.Account) error {
		if disabled {
			a.Disable()
		} else {
			a.Enable()
		}
		return nil
	})
}

// Accounts are the accounts, by name, and the cursor of the next page.
func (l *Logins) Accounts(ctx context.Context, a council.Actor, p storage.Page) ([]auth.Account, string, error) {
	if err := council.MayChangePeople(a); err != nil {
		return nil, "", err
	}
	var next string
	list, err := storage.ReadInstallation(ctx, l.Installation, func(v *storage.InstallationView) (list []auth.Account, err error) {
		list, next, err = v.Accounts(p)
		return list, err
	})
	return list, next, err
}
