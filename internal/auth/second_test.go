package auth

import (
	"encoding/base32"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The vectors of RFC 6238, appendix B, with the last six of their digits.
func TestCodesAreThoseOfTheStandard(t *testing.T) {
	secret := []byte("12345678901234567890")
	for at, want := range map[int64]string{
		59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
	} {
		if got := CodeAt(secret, time.Unix(at, 0)); got != want {
			t.Errorf("at %d: %s, want %s", at, got, want)
		}
	}
}

func begun(t *testing.T, now time.Time) (SecondFactor, []byte, []string) {
	t.Helper()
	text := NewSecret()
	secret, err := base32.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	f, recovery, ok := NewSecondFactor(now, text, codeOf(secret, now.Unix()/stepSeconds))
	if !ok {
		t.Fatal("the code of the device is refused")
	}
	return f, secret, recovery
}

func TestNoCodeWorksTwice(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	f, secret, _ := begun(t, now)
	if f.Use(now, codeOf(secret, now.Unix()/stepSeconds)) {
		t.Error("the code with which it began works again")
	}
	later := now.Add(stepSeconds * time.Second)
	code := codeOf(secret, later.Unix()/stepSeconds)
	if !f.Use(later, code[:3]+" "+code[3:]) {
		t.Error("the next code, written with a space, is refused")
	}
	if f.Use(later, code) {
		t.Error("a code works twice")
	}
	if f.Use(later.Add(time.Hour), code) {
		t.Error("an old code works")
	}
}

func TestTheClockMayBeOneCodeOff(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	for off, want := range map[int64]bool{-2: false, -1: true, 0: true, 1: true, 2: false} {
		f, secret, _ := begun(t, now.Add(-time.Hour))
		if got := f.Use(now, codeOf(secret, now.Unix()/stepSeconds+off)); got != want {
			t.Errorf("a code %d steps off is taken: %v, want %v", off, got, want)
		}
	}
}

func TestEachRecoveryCodeWorksOnce(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	f, _, recovery := begun(t, now)
	if len(recovery) != recoveryCodes {
		t.Fatalf("%d codes, want %d", len(recovery), recoveryCodes)
	}
	for _, code := range recovery {
		if !f.Use(now, strings.ToUpper(code)) || f.Use(now, code) {
			t.Errorf("%s does not work exactly once", code)
		}
	}
	if len(f.Recovery) != 0 {
		t.Errorf("%d codes left, want none", len(f.Recovery))
	}
}

func TestNothingElseIsACode(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	f, secret, recovery := begun(t, now)
	right := codeOf(secret, now.Unix()/stepSeconds+1)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "entered")
		if tidyCode(s) != right && tidyCode(s) != tidyCode(recovery[0]) && f.Use(now, s) {
			t.Fatalf("%q is taken", s)
		}
	})
	if _, _, ok := NewSecondFactor(now, "short", "000000"); ok {
		t.Error("a secret that is none begins a second factor")
	}
}

func TestASecondFactorEndsEveryLogin(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	a := Account{ID: "a", Epoch: 1}
	_, l := NewLogin(now, a, DefaultLifetimes, "")
	f, _, _ := begun(t, now)
	a.SetSecond(&f)
	if l.Valid(now, a) {
		t.Error("a login from before still holds")
	}
}
