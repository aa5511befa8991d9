package storage

import (
	"context"
	"time"

	"padome/internal/auth"
	"padome/internal/problem"
	"padome/storage/store"
)

var accounts = &table[auth.Account]{
	bucket:   "accounts",
	kind:     "account",
	key:      func(a *auth.Account) key { return key{}.str(a.ID) },
	id:       func(a *auth.Account) string { return a.ID },
	revision: func(a *auth.Account) *uint64 { return &a.Revision },
	indexes:  []index[auth.Account]{accountNames},
}

var accountNames = index[auth.Account]{"accounts/name", func(a *auth.Account) []key {
	return []key{key{}.str(a.Name)}
}}

// Account fails with NotFound.
func (v *InstallationView) Account(id string) (auth.Account, error) {
	return accounts.get(v.r, auth.Account{ID: id})
}

// AccountByName finds an account by its name as auth.Fold writes it. It fails
// with NotFound.
func (v *InstallationView) AccountByName(name string) (auth.Account, error) {
	a, ok, err := named(v.r, name)
	if err == nil && !ok {
		err = missing(accounts.kind, name)
	}
	return a, err
}

func named(r store.Reader, name string) (auth.Account, bool, error) {
	found, _, err := accounts.scan(r, accountNames.bucket, store.Prefix(key{}.str(name)), 1)
	if len(found) == 0 || err != nil {
		return auth.Account{}, false, err
	}
	return found[0], true, nil
}

// Accounts are all accounts, by name.
func (v *InstallationView) Accounts(p Page) (list []auth.Account, next string, err error) {
	return accounts.page(v.r, accountNames.bucket, store.Range{}, p)
}

// UpdateAccount changes an account, or adds one for revision 0. It fails with
// Invalid when another account has its name.
func (tx *InstallationTx) UpdateAccount(id string, revision uint64, fn func(*auth.Account) error) (auth.Account, error) {
	return accounts.edit(tx.w, revision, auth.Account{ID: id}, func(a *auth.Account) error {
		if err := fn(a); err != nil {
			return err
		}
		return free(tx.w, *a)
	})
}

// free fails with Invalid when another account has the account's name.
func free(r store.Reader, a auth.Account) error {
	other, taken, err := named(r, auth.Fold(a.Name))
	if err != nil || !taken || other.ID == a.ID {
		return err
	}
	var l problem.List
	l.Add("name", "problem.storage.account.taken", "value", other.Name)
	return l.Err()
}

// Logins and links are found by the hash of their token, and have no history.
var logins = &table[auth.Login]{
	bucket: "logins",
	kind:   "login",
	key:    func(l *auth.Login) key { return key{}.str(l.TokenHash) },
	id:     func(l *auth.Login) string { return l.TokenHash },
}

// Login is a login with its account as it is now. It fails with NotFound.
func (v *InstallationView) Login(tokenHash string) (auth.Login, auth.Account, error) {
	l, err := logins.get(v.r, auth.Login{TokenHash: tokenHash})
	if err != nil {
		return auth.Login{}, auth.Account{}, err
	}
	a, err := v.Account(l.Account)
	return l, a, err
}

// LoginsOf are the logins of an account, those that have ended too as long as
// they are kept. There are few logins at a time: all are read.
func (v *InstallationView) LoginsOf(account string) (of []auth.Login, err error) {
	for p := (Page{Limit: MaxPage}); ; {
		all, next, err := logins.page(v.r, logins.bucket, store.Range{}, p)
		if err != nil {
			return nil, err
		}
		for _, l := range all {
			if l.Account == account {
				of = append(of, l)
			}
		}
		if p.After = next; next == "" {
			return of, nil
		}
	}
}

// AddLogin keeps a login.
func (tx *InstallationTx) AddLogin(l auth.Login) error { return logins.put(tx.w, &l) }

// TouchLogin notes when a login was last used; one that has ended stays ended.
func (tx *InstallationTx) TouchLogin(tokenHash string, now time.Time) error {
	l, err := logins.find(tx.w, key{}.str(tokenHash))
	if l == nil || err != nil || !l.Seen(now) {
		return err
	}
	return logins.put(tx.w, l)
}

// EndLogin removes a login; one that is not there is no error.
func (tx *InstallationTx) EndLogin(tokenHash string) error {
	return logins.remove(tx.w, auth.Login{TokenHash: tokenHash})
}

var links = &table[auth.OneTime]{
	bucket: "links",
	kind:   "link",
	key:    func(o *auth.OneTime) key { return key{}.str(o.Hash) },
	id:     func(o *auth.OneTime) string { return o.Hash },
}

// Link is a one-time link with its account, the zero Account when it is for
// none. It fails with auth.ErrLink when there is none of that hash.
func (v *InstallationView) Link(hash string) (auth.OneTime, auth.Account, error) {
	o, err := links.find(v.r, key{}.str(hash))
	if err != nil {
		return auth.OneTime{}, auth.Account{}, err
	}
	if o == nil {
		return auth.OneTime{}, auth.Account{}, auth.ErrLink()
	}
	if o.Account == "" {
		return *o, auth.Account{}, nil
	}
	a, err := v.Account(o.Account)
	return *o, a, err
}

// AddLink keeps a one-time link.
func (tx *InstallationTx) AddLink(o auth.OneTime) error { return links.put(tx.w, &o) }

// UseLink uses a one-time link up, at the time of the change, and returns it
// with its account. It fails with auth.ErrLink when there is none or it is no
// longer valid.
func (tx *InstallationTx) UseLink(hash string) (auth.OneTime, auth.Account, error) {
	o, a, err := tx.Link(hash)
	if err != nil {
		return auth.OneTime{}, auth.Account{}, err
	}
	if err := o.Use(tx.w.change.At, a); err != nil {
		return auth.OneTime{}, auth.Account{}, err
	}
	return o, a, links.put(tx.w, &o)
}

// Answer uses up the challenge that an authenticator has answered, at the time of
// the change. It fails with auth.ErrChallenge when there is none, or none for
// this.
func (tx *InstallationTx) Answer(challenge string, p auth.Purpose, a auth.Account, bound string) error {
	o, err := links.find(tx.w, key{}.str(auth.TokenHash(challenge)))
	if err != nil {
		return err
	}
	if o == nil {
		return auth.ErrChallenge()
	}
	if err := o.Answered(tx.w.change.At, p, a, bound); err != nil {
		return err
	}
	return links.put(tx.w, o)
}

// DropLink removes a one-time link or challenge; one that is not there is no error.
func (tx *InstallationTx) DropLink(hash string) error {
	return links.remove(tx.w, auth.OneTime{Hash: hash})
}

// AccountByName is InstallationView.AccountByName.
func (in *Installation) AccountByName(ctx context.Context, name string) (auth.Account, error) {
	return ReadInstallation(ctx, in, func(v *InstallationView) (auth.Account, error) { return v.AccountByName(name) })
}

// Account is InstallationView.Account.
func (in *Installation) Account(ctx context.Context, id string) (auth.Account, error) {
	return ReadInstallation(ctx, in, func(v *InstallationView) (auth.Account, error) { return v.Account(id) })
}

// UpdateAccount is InstallationTx.UpdateAccount as one change of its own.
func (in *Installation) UpdateAccount(ctx context.Context, ch Change, id string, revision uint64, fn func(*auth.Account) error) (auth.Account, error) {
	return DoInstallation(ctx, in, ch, func(tx *InstallationTx) (auth.Account, error) { return tx.UpdateAccount(id, revision, fn) })
}

// Login is InstallationView.Login.
func (in *Installation) Login(ctx context.Context, tokenHash string) (l auth.Login, a auth.Account, err error) {
	_, err = ReadInstallation(ctx, in, func(v *InstallationView) (_ struct{}, err error) {
		l, a, err = v.Login(tokenHash)
		return struct{}{}, err
	})
	return l, a, err
}

// LoginsOf is InstallationView.LoginsOf.
func (in *Installation) LoginsOf(ctx context.Context, account string) ([]auth.Login, error) {
	return ReadInstallation(ctx, in, func(v *InstallationView) ([]auth.Login, error) { return v.LoginsOf(account) })
}

// AddLogin is InstallationTx.AddLogin as one change of its own.
func (in *Installation) AddLogin(ctx context.Context, l auth.Login) error {
	return in.unrecorded(ctx, func(tx *InstallationTx) error { return tx.AddLogin(l) })
}

// TouchLogin is InstallationTx.TouchLogin as one change of its own.
func (in *Installation) TouchLogin(ctx context.Context, tokenHash string, now time.Time) error {
	return in.unrecorded(ctx, func(tx *InstallationTx) error { return tx.TouchLogin(tokenHash, now) })
}

// EndLogin is InstallationTx.EndLogin as one change of its own.
func (in *Installation) EndLogin(ctx context.Context, tokenHash string) error {
	return in.unrecorded(ctx, func(tx *InstallationTx) error { return tx.EndLogin(tokenHash) })
}

// AddLink is InstallationTx.AddLink as one change of its own.
func (in *Installation) AddLink(ctx context.Context, o auth.OneTime) error {
	return in.unrecorded(ctx, func(tx *InstallationTx) error { return tx.AddLink(o) })
}

// DropLink is InstallationTx.DropLink as one change of its own.
func (in *Installation) DropLink(ctx context.Context, hash string) error {
	return in.unrecorded(ctx, func(tx *InstallationTx) error { return tx.DropLink(hash) })
}

// Link is InstallationView.Link.
func (in *Installation) Link(ctx context.Context, hash string) (o auth.OneTime, a auth.Account, err error) {
	_, err = ReadInstallation(ctx, in, func(v *InstallationView) (_ struct{}, err error) {
		o, a, err = v.Link(hash)
		return struct{}{}, err
	})
	return o, a, err
}

// unrecorded makes a change that leaves no history, whose repeat does no harm.
func (in *Installation) unrecorded(ctx context.Context, fn func(*InstallationTx) error) error {
	_, err := DoInstallation(ctx, in, Change{What: "unrecorded"}, func(tx *InstallationTx) (struct{}, error) {
		return struct{}{}, fn(tx)
	})
	return err
}
