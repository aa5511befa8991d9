package web

import (
	"context"
	"time"

	"padome/council"
	"padome/internal/auth"
	"padome/storage/store"
)

// Logins is what this package asks of storage about accounts. What is not there
// is a NotFound problem.
type Logins interface {
	// AccountByName finds an account by its folded name.
	AccountByName(ctx context.Context, name string) (auth.Account, error)
	// Login finds a login by the hash of its token, with its account as it is now.
	Login(ctx context.Context, tokenHash string) (auth.Login, auth.Account, error)
	AddLogin(ctx context.Context, l auth.Login) error
	// TouchLogin notes when a login was last used; one that has ended meanwhile
	// stays ended.
	TouchLogin(ctx context.Context, tokenHash string, now time.Time) error
	// LoginsOf are the logins of an account, those that have ended too as long as
	// they are kept.
	LoginsOf(ctx context.Context, account string) ([]auth.Login, error)
	// ChangeSecond changes the second factor of an account; fn may run more than
	// once. It fails with a Conflict problem when the account has another revision.
	ChangeSecond(ctx context.Context, owner council.Actor, command store.CommandID, account string, revision uint64, fn func(*auth.Account) error) (auth.Account, error)
	// EndLogin removes a login; one that is not there is no error.
	EndLogin(ctx context.Context, tokenHash string) error
	// Link finds a one-time link by its hash, with its account if it is for one.
	Link(ctx context.Context, hash string) (auth.OneTime, auth.Account, error)
	// SetUp uses the link and makes the first administrator: person, mandate
	// from that day, account. It fails with a NotFound problem when the link has
	// been used meanwhile, and an Invalid one of "name" when the name is taken.
	SetUp(ctx context.Context, command store.CommandID, linkHash string, now time.Time, p council.Person, a auth.Account) error
	// SetPassword gives an account its new hash by auth.Account.SetPassword and
	// returns it as it is then. It fails with a Conflict problem when the account
	// has another revision, and a NotFound one when the link has been used.
	SetPassword(ctx context.Context, command store.CommandID, c auth.PasswordChange) (auth.Account, error)
}
