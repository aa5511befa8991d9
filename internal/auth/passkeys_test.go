package auth

import (
	"encoding/base32"
	"slices"
	"testing"
	"time"
)

// Whatever second factors come and go, the account has one list of recovery codes
// as long as it has any of them, and no code works twice.
func TestRecoveryCodesStayWithTheLastSecondFactor(t *testing.T) {
	now := time.Date(2024, 2, 28, 9, 0, 0, 0, time.UTC)
	a := Account{ID: "a", Name: "anna"}
	codes, hashes := NewRecovery()
	for i, name := range []string{"one", "two"} {
		_, others := NewRecovery()
		if err := a.AddPasskey(Passkey{ID: name, Name: name}, [][]string{hashes, others}[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !a.UseCode(now, codes[3]) || a.UseCode(now, codes[3]) || a.CodesLeft() != 9 {
		t.Errorf("%d codes after one was used", a.CodesLeft())
	}
	secret := NewSecret()
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		t.Fatal(err)
	}
	f, others, ok := NewSecondFactor(now, secret, CodeAt(raw, now))
	if a.SetSecond(&f); !ok || a.UseCode(now, codes[0]) || !a.UseCode(now, others[0]) || a.CodesLeft() != 9 {
		t.Errorf("with a device that counts %d codes of its own", a.CodesLeft())
	}
	if a.SetSecond(nil); !a.HasSecond() || a.UseCode(now, others[0]) || !a.UseCode(now, others[1]) || a.CodesLeft() != 8 {
		t.Errorf("with passkeys alone again %d codes", a.CodesLeft())
	}
	if err := a.RemovePasskey("one"); err != nil || a.CodesLeft() != 8 {
		t.Error(err, a.CodesLeft())
	}
	before := slices.Clone(a.Passkeys)
	if err := a.RemovePasskey("none"); err == nil || !slices.EqualFunc(a.Passkeys, before, func(x, y Passkey) bool { return x.ID == y.ID }) {
		t.Error("a key that is not there is removed")
	}
	if err := a.RemovePasskey("two"); err != nil || a.HasSecond() || a.CodesLeft() != 0 || a.UseCode(now, others[2]) {
		t.Errorf("without second factors %d codes, %v", a.CodesLeft(), err)
	}
}

func TestAChangeOfTheSecondFactorsEndsEveryLogin(t *testing.T) {
	a := Account{ID: "a", Name: "anna"}
	for name, change := range map[string]func() error{
		"adding":     func() error { return a.AddPasskey(Passkey{ID: "k", Name: "k"}, nil) },
		"removing":   func() error { return a.RemovePasskey("k") },
		"forgetting": func() error { a.ForgetSecond(); return nil },
	} {
		a = Account{ID: "a", Name: "anna"}
		if name == "removing" {
			a.Passkeys = []Passkey{{ID: "k", Name: "k"}}
		}
		_, l := NewLogin(time.Unix(1, 0), a, DefaultLifetimes, "")
		if err := change(); err != nil || l.Valid(time.Unix(2, 0), a) {
			t.Errorf("%s: the login holds, %v", name, err)
		}
	}
}
