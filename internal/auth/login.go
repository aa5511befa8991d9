package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"time"
)

// touchAfter is how old LastSeen may become before it is worth a write.
const touchAfter = time.Minute

// Lifetimes are the settings of how long a login holds.
type Lifetimes struct {
	Absolute time.Duration // from logging in
	Idle     time.Duration // from the last request, to the minute
}

// DefaultLifetimes are a working day and an hour.
var DefaultLifetimes = Lifetimes{Absolute: 12 * time.Hour, Idle: time.Hour}

// Login is one log-in of one account: what the bearer of its token may act
// under until it expires, is idle too long, is ended, the account's epoch moves
// on, or a role ends that its bearer had when it began. The token itself is never kept, only its hash.
type Login struct {
	TokenHash string        `json:"tokenHash"`
	Account   string        `json:"account"`
	Epoch     uint64        `json:"epoch"` // the account's, at logging in
	Created   time.Time     `json:"created"`
	LastSeen  time.Time     `json:"lastSeen"`
	Expires   time.Time     `json:"expires"`
	Idle      time.Duration `json:"idle"`
	Agent     string        `json:"agent,omitempty"` // what program logged in, as it says itself
	// Held is what its bearer was in the council when it began. Once one of these
	// has ended, so has the login.
	Held []string `json:"held,omitempty"`
	// Half: only the password was right; until the second factor is, its bearer
	// is nobody.
	Half bool `json:"half,omitempty"`
}

// NewLogin logs the account in: the token is for its bearer alone, the Login to
// be stored.
func NewLogin(now time.Time, a Account, t Lifetimes, agent string) (token string, l Login) {
	token, hash := newToken()
	return token, Login{
		TokenHash: hash, Account: a.ID, Epoch: a.Epoch,
		Created: now, LastSeen: now, Expires: now.Add(t.Absolute), Idle: t.Idle,
		Agent: clip(agent, 200),
	}
}

// halfLife is how long somebody has for the second step of logging in.
const halfLife = 10 * time.Minute

// NewHalfLogin is the first step of logging in to an account with a second
// factor: it holds for a few minutes and lets its bearer do nothing but the
// second step.
func NewHalfLogin(now time.Time, a Account, agent string) (token string, l Login) {
	token, l = NewLogin(now, a, Lifetimes{Absolute: halfLife, Idle: halfLife}, agent)
	l.Half = true
	return token, l
}

// Valid reports whether the login holds for its account at that time. It does
// not after a change of the password or while the account is disabled.
func (l Login) Valid(now time.Time, a Account) bool {
	return l.Account == a.ID && l.Epoch == a.Epoch && !a.Disabled &&
		within(now, l.Created, l.Expires) && now.Sub(l.LastSeen) < l.Idle
}

// within reports whether something made at a time holds until it expires. Made
// while the clock was wrong and far ahead it does not: it would hold until the
// right time comes there. A clock that is put back a little ends nothing.
func within(now, made, expires time.Time) bool {
	return now.Before(expires) && made.Sub(now) < expires.Sub(made)
}

// Lost reports whether its bearer no longer is something that they were when it
// began.
func (l Login) Lost(holds []string) bool {
	return slices.ContainsFunc(l.Held, func(h string) bool { return !slices.Contains(holds, h) })
}

// Seen notes that the login was used, and reports whether that is worth storing.
func (l *Login) Seen(now time.Time) bool {
	if now.Sub(l.LastSeen).Abs() < touchAfter {
		return false
	}
	l.LastSeen = now
	return true
}

// newToken makes a secret of 256 bits and the hash under which it is stored.
func newToken() (token, hash string) {
	b := make([]byte, 32)
	rand.Read(b) // never fails: the runtime stops the program instead
	token = base64.RawURLEncoding.EncodeToString(b)
	return token, TokenHash(token)
}

// TokenHash is the hash under which a token is stored. A token has 256 random
// bits, so that a plain SHA-256 cannot be turned back by guessing.
func TokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// clip keeps the first n characters and drops what is not printable ASCII.
func clip(s string, n int) string {
	b := make([]byte, 0, min(len(s), n))
	for i := 0; i < len(s) && len(b) < n; i++ {
		if s[i] >= ' ' && s[i] <= '~' {
			b = append(b, s[i])
		}
	}
	return string(b)
}
