package storage

import (
	"context"
	"time"

	"padome/council"
	"padome/internal/auth"
	"padome/storage/store"
)

// SetPassword gives an account its new hash and returns it as it is then. It
// fails with Conflict when the account has another revision, and with
// auth.ErrLink when the link that allows it cannot be used.
func (in *Installation) SetPassword(ctx context.Context, command store.CommandID, c auth.PasswordChange) (auth.Account, error) {
	a, err := in.Account(ctx, c.Account)
	if err != nil {
		return auth.Account{}, err
	}
	ch := Change{By: council.Actor{Person: a.Person, Name: a.Name}, Command: command, At: c.At, What: "account.password-set"}
	return DoInstallation(ctx, in, ch, func(tx *InstallationTx) (auth.Account, error) {
		if c.Link != "" {
			o, _, err := tx.UseLink(c.Link)
			if err != nil {
				return auth.Account{}, err
			}
			if o.Account != c.Account {
				return auth.Account{}, auth.ErrLink()
			}
		}
		return tx.UpdateAccount(c.Account, c.Revision, func(a *auth.Account) error {
			a.SetPassword(c.Hash, c.At)
			return nil
		})
	})
}

// SetUp uses the link that sets up the first administrator of a council: the
// person, the mandate from that day, the account. It fails with auth.ErrLink
// when the link cannot be used, and with Invalid when the account's name is
// taken. The council's part is done first, so that the link still works should
// the program end in between; a repeat of the command then goes on with the
// same person.
func (in *Installation) SetUp(ctx context.Context, c *Council, command store.CommandID, linkHash string, now time.Time, p council.Person, a auth.Account) error {
	_, err := ReadInstallation(ctx, in, func(v *InstallationView) (struct{}, error) {
		return struct{}{}, v.maySetUp(linkHash, now, a)
	})
	if err != nil {
		return err
	}
	ch := Change{By: council.Actor{Name: p.Name()}, Command: command, At: now, What: "account.set-up"}
	if a.Person, err = c.firstAdministrator(ctx, ch, p); err != nil {
		return err
	}
	_, err = DoInstallation(ctx, in, ch, func(tx *InstallationTx) (auth.Account, error) {
		if err := tx.maySetUp(linkHash, now, a); err != nil {
			return auth.Account{}, err
		}
		if _, _, err := tx.UseLink(linkHash); err != nil {
			return auth.Account{}, err
		}
		return tx.UpdateAccount(a.ID, 0, func(x *auth.Account) error {
			*x = a
			return nil
		})
	})
	return err
}

// maySetUp refuses a link that is not for the first administrator or cannot be
// used, and a name that is taken.
func (v *InstallationView) maySetUp(linkHash string, now time.Time, a auth.Account) error {
	o, _, err := v.Link(linkHash)
	if err != nil {
		return err
	}
	if o.Purpose != auth.FirstAdministrator {
		return auth.ErrLink()
	}
	if err := o.Valid(now, auth.Account{}); err != nil {
		return err
	}
	return free(v.r, a)
}

// firstAdministrator adds the person with the mandate, and returns the person's
// id.
func (c *Council) firstAdministrator(ctx context.Context, ch Change, p council.Person) (string, error) {
	mandate := c.db.NewID()
	return Do(ctx, c, ch, func(tx *Tx) (string, error) {
		_, err := tx.UpdatePerson(p.ID, 0, func(x *council.Person) error {
			*x = p
			return nil
		})
		if err != nil {
			return "", err
		}
		_, err = tx.UpdateMandate(mandate, 0, func(m *council.Mandate) error {
			m.Person, m.Role, m.From = p.ID, council.Administrator, council.DateOf(ch.At)
			return nil
		})
		return p.ID, err
	})
}
