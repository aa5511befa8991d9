package auth

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Of the codes that a device counts: one for each half minute, six digits, and a
// clock that may be one code off.
const (
	stepSeconds = 30
	digitsOfOne = 6
	clocksOff   = 1
)

// recoveryCodes is how many one-time codes go with a second factor.
const recoveryCodes = 10

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

// SecondFactor is a secret that an account shares with a device of its owner,
// which counts a code out of it and the time (TOTP of RFC 6238, with SHA-1, as
// every app for it does). No code works twice. Who has lost the device logs in
// with a recovery code; of these only the hashes are kept, each until it is used.
type SecondFactor struct {
	Secret   string    `json:"secret"` // in Base32
	Since    time.Time `json:"since"`
	Step     int64     `json:"step"` // of the last code that was used
	Recovery []string  `json:"recovery,omitempty"`
}

// NewSecret makes a secret of 160 bits, in Base32.
func NewSecret() string {
	b := make([]byte, 20)
	rand.Read(b) // never fails: the runtime stops the program instead
	return base32Plain.EncodeToString(b)
}

// NewSecondFactor begins a second factor with the first code that its device
// shows, and the recovery codes, which are told once. It reports whether secret
// and code belong together.
func NewSecondFactor(now time.Time, secret, code string) (f SecondFactor, recovery []string, ok bool) {
	f = SecondFactor{Secret: secret, Since: now}
	if !f.useCode(now, tidyCode(code)) {
		return SecondFactor{}, nil, false
	}
	recovery, f.Recovery = NewRecovery()
	return f, recovery, true
}

// Use takes a code of the device or a recovery code, and reports whether it is
// right; if it is, it is used up.
func (f *SecondFactor) Use(now time.Time, entered string) bool {
	code := tidyCode(entered)
	if f.useCode(now, code) {
		return true
	}
	i := slices.Index(f.Recovery, TokenHash(code))
	if i < 0 {
		return false
	}
	f.Recovery = slices.Delete(slices.Clone(f.Recovery), i, i+1)
	return true
}

func (f *SecondFactor) useCode(now time.Time, code string) bool {
	secret, err := base32Plain.DecodeString(f.Secret)
	if err != nil || len(secret) < 16 || len(code) != digitsOfOne {
		return false
	}
	middle := now.Unix() / stepSeconds
	for step := middle - clocksOff; step <= middle+clocksOff; step++ {
		if step > f.Step && subtle.ConstantTimeCompare([]byte(codeOf(secret, step)), []byte(code)) == 1 {
			f.Step = step
			return true
		}
	}
	return false
}

// CodeAt is what a device with the secret shows at a time.
func CodeAt(secret []byte, now time.Time) string { return codeOf(secret, now.Unix()/stepSeconds) }

// codeOf is the code of a step of time: RFC 4226 with the step as its counter.
func codeOf(secret []byte, step int64) string {
	m := hmac.New(sha1.New, secret)
	binary.Write(m, binary.BigEndian, step) // a hash takes everything
	sum := m.Sum(nil)
	at := sum[len(sum)-1] & 0x0f
	n := binary.BigEndian.Uint32(sum[at:]) & 0x7fffffff
	return fmt.Sprintf("%06d", n%1_000_000)
}

// tidyCode takes spaces and dashes out of a code, as people write them.
func tidyCode(s string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(s))
}

// SecretAddress is what a QR code tells the device: for whom the codes are.
func SecretAddress(issuer, name, secret string) string {
	u := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + issuer + ":" + name}
	u.RawQuery = "secret=" + url.QueryEscape(secret) + "&issuer=" + strings.ReplaceAll(url.QueryEscape(issuer), "+", "%20")
	return u.String()
}

// SetSecond gives the account a second factor, or takes it away with nil. Every
// login of the account ends. New recovery codes take the place of those that came
// with passkeys; those that there are stay as long as there are passkeys.
func (a *Account) SetSecond(f *SecondFactor) {
	switch {
	case f != nil:
		a.Recovery = nil
	case a.Second != nil && len(a.Passkeys) > 0:
		a.Recovery = a.Second.Recovery
	}
	a.Second = f
	a.Epoch++
}
