package office

import (
	"context"
	"errors"

	"padome/council"
	"padome/internal/auth"
	"padome/internal/auth/passkey"
	"padome/internal/problem"
	"padome/storage"
)

// Keyholder is who has an authenticator answer, and where: the account, and the
// login or, before there is one, the browser that asked for the challenge.
type Keyholder struct {
	Site    passkey.Site
	Account auth.Account // zero while it is not known who logs in
	Login   string       // a hash
}

// BeginPasskey asks the authenticator of an account's owner for a new key, once
// they have proved who they are: a key lets its bearer in for good. It fails with
// State when the account has as many as it may, and with a fault of "name".
func (l *Logins) BeginPasskey(ctx context.Context, by By, h Keyholder, name string) (passkey.Creation, error) {
	if err := h.Account.MayAddPasskey(name); err != nil {
		return passkey.Creation{}, err
	}
	proven, err := by.prove(ctx, OfAccount, nil)
	if err == nil {
		err = checkProven(proven)
	}
	if err != nil {
		return passkey.Creation{}, err
	}
	a, err := l.Account(ctx, h.Account.ID) // the proof may have changed it
	if err != nil {
		return passkey.Creation{}, err
	}
	set, err := l.o.Settings(ctx)
	if err != nil {
		return passkey.Creation{}, err
	}
	challenge, o := auth.NewChallenge(l.o.db.Now(), auth.MakePasskey, a, auth.Bound(h.Login, OfAccount))
	owner := passkey.Owner{ID: a.ID, Name: a.Name, FullName: by.Actor.Name}
	return h.Site.Make(challenge, set.Short, owner, a.PasskeyIDs("")), l.AddLink(ctx, o)
}

// AddPasskey keeps the key that an authenticator has made. Every login of the
// account ends. The codes are the recovery codes where the account had none: they
// are told once. It fails with a fault of "passkey" or "name".
func (l *Logins) AddPasskey(ctx context.Context, by By, h Keyholder, name, answer string) (a auth.Account, codes []string, err error) {
	read, err := passkey.Read(answer)
	if err != nil {
		return auth.Account{}, nil, err
	}
	codes, hashes := auth.NewRecovery()
	a, err = l.answered(ctx, by.change("history.passkey.added", ""), h, read, OfAccount, auth.MakePasskey, func(a *auth.Account) error {
		made, err := h.Site.Made(read.Challenge, read)
		if err != nil {
			return err
		}
		return a.AddPasskey(auth.NewPasskey(l.o.db.Now(), h.Site, made, name), hashes)
	})
	if err != nil || !a.HasCodes(hashes) {
		codes = nil
	}
	return a, codes, err
}

// RenamePasskey gives a passkey of the actor's own account another name.
func (l *Logins) RenamePasskey(ctx context.Context, by By, a auth.Account, id, name string) (auth.Account, error) {
	return l.UpdateAccount(ctx, by.change("history.passkey.renamed", ""), a.ID, storage.Newest, func(a *auth.Account) error {
		return a.RenamePasskey(id, name)
	})
}

// RemovePasskey takes a passkey from the actor's own account, once they have
// proved who they are. Every login of the account ends.
func (l *Logins) RemovePasskey(ctx context.Context, by By, a auth.Account, id string) (auth.Account, error) {
	tried := a
	would := tried.RemovePasskey(id)
	proven, err := by.prove(ctx, OfAccount, would)
	if err != nil {
		return auth.Account{}, err
	}
	// The proof may have changed the account.
	return l.UpdateAccount(ctx, by.change("history.passkey.removed", ""), a.ID, storage.Newest, func(a *auth.Account) error {
		if err := a.RemovePasskey(id); err != nil {
			return err
		}
		return checkProven(proven)
	})
}

// BeginLogIn asks for a passkey of whoever has one for the website.
func (l *Logins) BeginLogIn(ctx context.Context, h Keyholder) (passkey.Request, error) {
	challenge, o := auth.NewChallenge(l.o.db.Now(), auth.LogInByPasskey, auth.Account{}, auth.Bound(h.Login, ""))
	return h.Site.Ask(challenge, nil), l.AddLink(ctx, o)
}

// LogIn is the account whose passkey has answered. It fails with a fault of
// "passkey".
func (l *Logins) LogIn(ctx context.Context, h Keyholder, answer string) (auth.Account, error) {
	read, err := passkey.Read(answer)
	if err != nil {
		return auth.Account{}, err
	}
	h.Account, err = l.Account(ctx, read.Owner)
	if problem.KindOf(err) == problem.NotFound || problem.KindOf(err) == problem.Invalid {
		return auth.Account{}, passkey.Fault("problem.passkey.unknown")
	}
	if err != nil {
		return auth.Account{}, err
	}
	return l.use(ctx, h, read, "", auth.LogInByPasskey)
}

// BeginProof asks for a passkey of the account, to prove that its owner means the
// content of exactly this digest.
func (l *Logins) BeginProof(ctx context.Context, h Keyholder, digest string) (passkey.Request, error) {
	keys := h.Account.PasskeyIDs(h.Site.ID)
	if len(keys) == 0 {
		return passkey.Request{}, passkey.Fault("problem.passkey.none")
	}
	challenge, o := auth.NewChallenge(l.o.db.Now(), auth.ProveByPasskey, h.Account, auth.Bound(h.Login, digest))
	return h.Site.Ask(challenge, keys), l.AddLink(ctx, o)
}

// ProveByPasskey takes the answer to BeginProof. It fails with a fault of
// "passkey".
func (l *Logins) ProveByPasskey(ctx context.Context, h Keyholder, digest, answer string) (auth.Account, error) {
	read, err := passkey.Read(answer)
	if err != nil {
		return auth.Account{}, err
	}
	return l.use(ctx, h, read, digest, auth.ProveByPasskey)
}

// use notes that a passkey of the account was used; of one that may be a copy it
// notes that, and fails.
func (l *Logins) use(ctx context.Context, h Keyholder, read passkey.Answer, digest string, p auth.Purpose) (auth.Account, error) {
	by := By{Actor: council.Actor{Person: h.Account.Person, Name: h.Account.Name}, Command: ""} // the challenge works once
	var used auth.Passkey
	a, err := l.answered(ctx, by.change("history.passkey.used", ""), h, read, digest, p, func(a *auth.Account) (err error) {
		used, err = a.UsePasskey(l.o.db.Now(), h.Site, read.Challenge, read)
		return err
	})
	if err == nil && !used.Copied.IsZero() {
		err = auth.ErrCopied()
	}
	return a, err
}

// answered changes the account by what its authenticator has answered, and uses up
// the challenge in the same transaction. An answer that is refused uses it up too.
func (l *Logins) answered(ctx context.Context, ch storage.Change, h Keyholder, read passkey.Answer, digest string, p auth.Purpose, fn func(*auth.Account) error) (auth.Account, error) {
	of := h.Account
	if p == auth.LogInByPasskey {
		of = auth.Account{} // nobody had said who it would be
	}
	a, err := storage.DoInstallation(ctx, l.Installation, ch, func(tx *storage.InstallationTx) (auth.Account, error) {
		if err := tx.Answer(read.Challenge, p, of, auth.Bound(h.Login, digest)); err != nil {
			return auth.Account{}, err
		}
		return tx.UpdateAccount(h.Account.ID, storage.Newest, fn)
	})
	if _, ours := errors.AsType[*problem.Error](err); ours {
		if gone := l.DropLink(ctx, auth.TokenHash(read.Challenge)); gone != nil {
			return auth.Account{}, gone
		}
	}
	return a, err
}
