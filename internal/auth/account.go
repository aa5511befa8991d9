// Package auth knows accounts, passwords, logins and one-time links, and slows
// down those who guess; it knows nothing of councils, databases or HTTP.
package auth

import (
	"log/slog"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"padome/internal/problem"
	"padome/internal/text"
)

// Lengths of a login name, in characters.
const (
	MinName = 3
	MaxName = 120
)

// Account lets one person log in. Its name is unique in the installation and
// compares without regard to case. Whatever must end every login of the account
// raises Epoch: a new password, disabling.
type Account struct {
	ID              string        `json:"id"`
	Name            string        `json:"name"`   // an e-mail address or a short name, as Fold writes it
	Person          string        `json:"person"` // id of the person
	Hash            string        `json:"hash"`   // argon2id; empty while no password is set
	Disabled        bool          `json:"disabled,omitempty"`
	Second          *SecondFactor `json:"second,omitempty"` // nil: the password is enough
	Passkeys        []Passkey     `json:"passkeys,omitempty"`
	Recovery        []string      `json:"recovery,omitempty"` // hashes of recovery codes, where there are passkeys alone
	Created         time.Time     `json:"created"`
	PasswordChanged time.Time     `json:"passwordChanged,omitzero"`
	Epoch           uint64        `json:"epoch"`
	Revision        uint64        `json:"revision"`
}

// Fold is the one way a login name is written: no white space around it, lower
// case, in normal form.
func Fold(name string) string {
	return strings.ToLower(norm.NFC.String(strings.TrimSpace(name)))
}

// Validate folds the name and says what is wrong with the account.
func (a *Account) Validate() error {
	var l problem.List
	a.Name = Fold(a.Name)
	text.Line(&l, "name", &a.Name, MinName, MaxName)
	if i := strings.IndexFunc(a.Name, notInName); i >= 0 && l.Err() == nil {
		r := []rune(a.Name[i:])[0]
		l.Add("name", "problem.account.name", "value", a.Name, "character", text.Name(r))
	}
	text.Line(&l, "id", &a.ID, 1, 100)
	text.Line(&l, "person", &a.Person, 1, 100)
	return l.Err()
}

func notInName(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		return false
	}
	return !strings.ContainsRune("._-+@", r)
}

// SetPassword takes a hash that Passwords.Hash made. Every login of the account
// and every unused link to it ends.
func (a *Account) SetPassword(hash string, now time.Time) {
	a.Hash, a.PasswordChanged = hash, now
	a.Epoch++
}

// Disable ends every login of the account and lets nobody log in with it until
// Enable.
func (a *Account) Disable() {
	if !a.Disabled {
		a.Disabled = true
		a.Epoch++
	}
}

// EndLogins ends every login of the account; its owner may log in again.
func (a *Account) EndLogins() { a.Epoch++ }

// Enable lets the person log in again; earlier logins stay ended.
func (a *Account) Enable() { a.Disabled = false }

// LogValue keeps the hash and the name out of logs.
func (a Account) LogValue() slog.Value { return slog.StringValue(a.ID) }

// PasswordChange is a new password as it is stored: what was hashed beforehand,
// and under which condition it may take the place of the old one.
type PasswordChange struct {
	Account  string
	Revision uint64 // of the account when its old password was checked
	Link     string // hash of the one-time link used, "" when its owner was logged in
	Hash     string
	At       time.Time
}
