package auth

import (
	"time"

	"padome/internal/problem"
)

// Purpose is what a one-time link lets its bearer do.
type Purpose string

const (
	FirstAdministrator Purpose = "first-administrator" // set up the first account
	NewPassword        Purpose = "new-password"        // of one account: invitation or reset
)

// OneTime is a link that works once, until it expires. The link's token is
// never kept, only its hash. One that gives an account a new password also ends
// when that account's epoch moves on.
type OneTime struct {
	Hash    string    `json:"hash"`
	Purpose Purpose   `json:"purpose"`
	Account string    `json:"account,omitempty"` // of NewPassword
	Epoch   uint64    `json:"epoch,omitempty"`   // the account's, when the link was made
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
