package auth

import (
	"time"

	"padome/internal/auth/passkey"
	"padome/internal/problem"
)

// Purpose is what a one-time link lets its bearer do.
type Purpose string

const (
	FirstAdministrator Purpose = "first-administrator" // set up the first account
	NewPassword        Purpose = "new-password"        // of one account: invitation or reset

	// Those of challenges to an authenticator.
	MakePasskey    Purpose = "make-passkey"      // for one account
	LogInByPasskey Purpose = "log-in-by-passkey" // of any account
	ProveByPasskey Purpose = "prove-by-passkey"  // that it is the owner of one account, for one content
)

// OneTime is a link, or a challenge to an authenticator, that works once, until it
// expires. Its token is never kept, only its hash. One that is for an account also
// ends when that account's epoch moves on.
type OneTime struct {
	Hash    string    `json:"hash"`
	Purpose Purpose   `json:"purpose"`
	Account string    `json:"account,omitempty"` // of all but FirstAdministrator and LogInByPasskey
	Epoch   uint64    `json:"epoch,omitempty"`   // the account's, when the link was made
	Bound   string    `json:"bound,omitempty"`   // of a challenge: to which login and content, hashed
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires"`
	Used    time.Time `json:"used,omitzero"`
}

// NewSetUp makes the link that sets up the first administrator.
func NewSetUp(now time.Time, life time.Duration) (token string, o OneTime) {
	token, hash := newToken()
	return token, OneTime{Hash: hash, Purpose: FirstAdministrator, Created: now, Expires: now.Add(life)}
}

// NewReset makes a link that gives the account a new password.
func NewReset(now time.Time, a Account, life time.Duration) (token string, o OneTime) {
	token, hash := newToken()
	return token, OneTime{
		Hash: hash, Purpose: NewPassword, Account: a.ID, Epoch: a.Epoch,
		Created: now, Expires: now.Add(life),
	}
}

// Valid fails with a NotFound problem when the link was used, has expired, or is
// for an account that is disabled or has moved on; a is the link's account, the
// zero Account for FirstAdministrator.
func (o OneTime) Valid(now time.Time, a Account) error {
	if !o.Used.IsZero() || !within(now, o.Created, o.Expires) ||
		o.Account != a.ID || o.Epoch != a.Epoch || a.Disabled {
		return ErrLink()
	}
	return nil
}

// Use marks the link as used; it fails as Valid does and then changes nothing.
func (o *OneTime) Use(now time.Time, a Account) error {
	if err := o.Valid(now, a); err != nil {
		return err
	}
	o.Used = now
	return nil
}

// ErrLink is the one answer to a link that is unknown, used or expired: which of
// them is told to nobody.
func ErrLink() *problem.Error { return problem.New(problem.NotFound, "problem.link") }

// challengeLife is how long an authenticator has to answer.
const challengeLife = 5 * time.Minute

// NewChallenge makes a challenge to an authenticator, for the purpose and the
// account alone, and for what it is bound to, as Bound writes it. The zero Account
// is for any.
func NewChallenge(now time.Time, p Purpose, a Account, bound string) (challenge string, o OneTime) {
	challenge, hash := newToken()
	return challenge, OneTime{Hash: hash, Purpose: p, Account: a.ID, Epoch: a.Epoch, Bound: bound, Created: now, Expires: now.Add(challengeLife)}
}

// Bound writes what a challenge is bound to: the login or the browser that asked
// for it, and the digest of what is to be proved.
func Bound(login, digest string) string { return TokenHash(login + "\x00" + digest) }

// Answered marks a challenge as used by an answer. It fails, and changes nothing,
// when it was used, has expired, or was not for this.
func (o *OneTime) Answered(now time.Time, p Purpose, a Account, bound string) error {
	if o.Purpose != p || o.Bound != bound || o.Valid(now, a) != nil {
		return ErrChallenge()
	}
	o.Used = now
	return nil
}

// ErrChallenge is the one answer to what was not asked, or not now.
func ErrChallenge() error { return passkey.Fault("problem.passkey.challenge") }
