package auth

import (
	"crypto/rand"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"

	"padome/internal/auth/passkey"
	"padome/internal/problem"
	"padome/internal/text"
)

// MostPasskeys is how many passkeys one account may have, and mostPasskeyName how
// long the name of one, in characters.
const (
	MostPasskeys    = 10
	mostPasskeyName = 60
)

// Passkey is a key that an authenticator of the account's owner keeps: a phone, a
// computer, a stick. It verifies its owner itself, so that it stands for password
// and second factor at once. It answers to one website alone.
type Passkey struct {
	ID      string    `json:"id"` // as the authenticator names it, in Base64 for addresses
	Name    string    `json:"name"`
	Site    string    `json:"site"` // name of the host that it answers to
	Key     []byte    `json:"key"`  // the public one, in COSE
	Counter uint32    `json:"counter,omitempty"`
	Syncs   bool      `json:"syncs,omitempty"` // its owner may have it on several devices
	Added   time.Time `json:"added"`
	Used    time.Time `json:"used,omitzero"`
	// Copied is when its counter went back: somebody may have a copy. From then on
	// it lets nobody in.
	Copied time.Time `json:"copied,omitzero"`
}

// HasSecond reports whether the password alone lets nobody in.
func (a *Account) HasSecond() bool { return a.Second != nil || len(a.Passkeys) > 0 }

// Passkey finds a passkey by its id.
func (a *Account) Passkey(id string) (Passkey, bool) {
	i := slices.IndexFunc(a.Passkeys, func(k Passkey) bool { return k.ID == id })
	if i < 0 {
		return Passkey{}, false
	}
	return a.Passkeys[i], true
}

// PasskeyIDs are the ids of those that let their owner in at a website; "" for all
// there are.
func (a *Account) PasskeyIDs(site string) (ids []string) {
	for _, k := range a.Passkeys {
		if site == "" || k.Site == site && k.Copied.IsZero() {
			ids = append(ids, k.ID)
		}
	}
	return ids
}

// MayAddPasskey fails with State when the account has as many as it may, and with
// a fault of "name" when a new one cannot be called that.
func (a *Account) MayAddPasskey(name string) error {
	if len(a.Passkeys) >= MostPasskeys {
		return problem.New(problem.State, "problem.passkey.most", "most", strconv.Itoa(MostPasskeys))
	}
	return a.namePasskey(&Passkey{Name: name})
}

// NewPasskey is a key that an authenticator has just made.
func NewPasskey(now time.Time, site passkey.Site, k passkey.Key, name string) Passkey {
	return Passkey{ID: base64.RawURLEncoding.EncodeToString(k.ID), Name: name, Site: site.ID,
		Key: k.Public, Counter: k.Counter, Syncs: k.Syncs, Added: now}
}

// AddPasskey gives the account a passkey. Every login of the account ends. The
// hashes of recovery codes are taken where it has none yet. It fails with a fault
// of "passkey" when the account has the key, and as MayAddPasskey.
func (a *Account) AddPasskey(k Passkey, recovery []string) error {
	if err := a.MayAddPasskey(k.Name); err != nil {
		return err
	}
	if _, have := a.Passkey(k.ID); have {
		return passkey.Fault("problem.passkey.taken")
	}
	if err := a.namePasskey(&k); err != nil {
		return err
	}
	if len(a.codes()) == 0 {
		a.setCodes(recovery)
	}
	a.Passkeys = append(slices.Clone(a.Passkeys), k)
	a.Epoch++
	return nil
}

// namePasskey tidies the name of a passkey, and refuses one that another has.
func (a *Account) namePasskey(k *Passkey) error {
	var l problem.List
	text.Line(&l, "name", &k.Name, 1, mostPasskeyName)
	for _, other := range a.Passkeys {
		if other.ID != k.ID && strings.EqualFold(other.Name, k.Name) {
			l.Add("name", "problem.passkey.name", "value", k.Name)
		}
	}
	return l.Err()
}

// RenamePasskey fails with NotFound, and with a fault of "name".
func (a *Account) RenamePasskey(id, name string) error {
	k, ok := a.Passkey(id)
	if !ok {
		return errNoPasskey()
	}
	k.Name = name
	if err := a.namePasskey(&k); err != nil {
		return err
	}
	a.replacePasskey(k)
	return nil
}

// RemovePasskey takes a passkey away. Every login of the account ends. Recovery
// codes go with the last second factor. It fails with NotFound.
func (a *Account) RemovePasskey(id string) error {
	if _, ok := a.Passkey(id); !ok {
		return errNoPasskey()
	}
	a.Passkeys = slices.DeleteFunc(slices.Clone(a.Passkeys), func(k Passkey) bool { return k.ID == id })
	if !a.HasSecond() {
		a.Recovery = nil
	}
	a.Epoch++
	return nil
}

// UsePasskey checks an answer of one of the account's passkeys to a challenge, and
// notes that it was used. One whose counter went back is noted as copied, and
// there is no error then: the note is to be kept, and Copied says so. It fails
// with a fault of "passkey".
func (a *Account) UsePasskey(now time.Time, site passkey.Site, challenge string, answer passkey.Answer) (Passkey, error) {
	k, ok := a.Passkey(base64.RawURLEncoding.EncodeToString(answer.KeyID))
	switch {
	case !ok || a.Disabled || answer.Owner != "" && answer.Owner != a.ID:
		return k, passkey.Fault("problem.passkey.unknown")
	case !k.Copied.IsZero():
		return k, ErrCopied()
	}
	counter, err := site.Used(challenge, passkey.Key{ID: answer.KeyID, Public: k.Key, Syncs: k.Syncs}, answer)
	if err != nil {
		return k, err
	}
	if passkey.Advances(k.Counter, counter) {
		k.Counter, k.Used = counter, now
	} else {
		k.Copied = now
	}
	a.replacePasskey(k)
	return k, nil
}

// ErrCopied refuses a passkey of which somebody may have a copy.
func ErrCopied() error { return passkey.Fault("problem.passkey.copied") }

func errNoPasskey() error { return problem.New(problem.NotFound, "problem.passkey.gone") }

func (a *Account) replacePasskey(k Passkey) {
	a.Passkeys = slices.Clone(a.Passkeys)
	for i := range a.Passkeys {
		if a.Passkeys[i].ID == k.ID {
			a.Passkeys[i] = k
		}
	}
}

// NewRecovery makes recovery codes, which are told once, and their hashes.
func NewRecovery() (codes, hashes []string) {
	for range recoveryCodes {
		b := make([]byte, 10)
		rand.Read(b)
		text := strings.ToLower(base32Plain.EncodeToString(b))
		codes = append(codes, text[:4]+"-"+text[4:8]+"-"+text[8:12]+"-"+text[12:])
		hashes = append(hashes, TokenHash(text))
	}
	return codes, hashes
}

// codes are the hashes of the account's recovery codes: they are with the second
// factor of a device that counts, else with the account.
func (a *Account) codes() []string {
	if a.Second != nil {
		return a.Second.Recovery
	}
	return a.Recovery
}

func (a *Account) setCodes(hashes []string) {
	if a.Second == nil {
		a.Recovery = hashes
		return
	}
	f := *a.Second
	f.Recovery, a.Second = hashes, &f
}

// CodesLeft is how many recovery codes are not used yet.
func (a *Account) CodesLeft() int { return len(a.codes()) }

// UseCode takes a code of the device that counts, or a recovery code, and reports
// whether it is right; if it is, it is used up.
func (a *Account) UseCode(now time.Time, entered string) bool {
	if a.Second != nil {
		f := *a.Second
		if !f.Use(now, entered) {
			return false
		}
		a.Second = &f
		return true
	}
	i := slices.Index(a.Recovery, TokenHash(tidyCode(entered)))
	if i < 0 {
		return false
	}
	a.Recovery = slices.Delete(slices.Clone(a.Recovery), i, i+1)
	return true
}

// ForgetSecond takes every second factor from the account. Every login of it ends.
func (a *Account) ForgetSecond() {
	a.Passkeys, a.Recovery = nil, nil
	a.SetSecond(nil)
}

// HasCodes reports whether the account's recovery codes are those of the hashes.
func (a *Account) HasCodes(hashes []string) bool {
	return len(hashes) > 0 && slices.Equal(a.codes(), hashes)
}
