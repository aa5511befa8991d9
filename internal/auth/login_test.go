package auth

import (
	"encoding/base64"
	"testing"
	"time"

	"padome/internal/problem"
)

func TestLoginValid(t *testing.T) {
	const hour = time.Hour
	tests := []struct {
		outcome string
		after   time.Duration
		seen    []time.Duration
		change  func(*Account)
		want    bool
	}{
		{"holds at once", 0, nil, nil, true},
		{"holds just before it was idle too long", hour - time.Second, nil, nil, true},
		{"ends when idle for an hour", hour, nil, nil, false},
		{"being used keeps it", hour + 30*time.Minute, []time.Duration{50 * time.Minute}, nil, true},
		{"ends after twelve hours in use", 12 * hour, everyHalfHour(12 * hour), nil, false},
		{"holds until then", 12*hour - time.Second, everyHalfHour(12 * hour), nil, true},
		{"ends when the password changes", time.Minute, nil, func(a *Account) { a.SetPassword("x", start) }, false},
		{"ends when the account is disabled", time.Minute, nil, func(a *Account) { a.Disable() }, false},
		{"stays ended when it is enabled again", time.Minute, nil, func(a *Account) { a.Disable(); a.Enable() }, false},
		{"a clock put back an hour ends nothing", -hour, nil, nil, true},
		{"made while the clock was a year ahead it does not hold", -365 * 24 * hour, nil, nil, false},
		{"is of one account only", time.Minute, nil, func(a *Account) { a.ID = "other" }, false},
	}
	for _, tt := range tests {
		t.Run(tt.outcome, func(t *testing.T) {
			a := Account{ID: "a1", Epoch: 3}
			_, l := NewLogin(start, a, DefaultLifetimes, "")
			for _, s := range tt.seen {
				l.Seen(start.Add(s))
			}
			if tt.change != nil {
				tt.change(&a)
			}
			if got, want := l.Valid(start.Add(tt.after), a), tt.want; got != want {
				t.Errorf("Valid = %v, want %v", got, want)
			}
		})
	}
}

func everyHalfHour(until time.Duration) (all []time.Duration) {
	for d := time.Duration(0); d < until; d += 30 * time.Minute {
		all = append(all, d)
	}
	return all
}

func TestLoginIsSeenOnceAMinute(t *testing.T) {
	_, l := NewLogin(start, Account{ID: "a1"}, DefaultLifetimes, "")
	if l.Seen(start.Add(59 * time.Second)) {
		t.Error("seen after 59 s is worth storing, want not")
	}
	if !l.Seen(start.Add(time.Minute)) {
		t.Error("seen after a minute is not worth storing, want so")
	}
	if got, want := l.LastSeen, start.Add(time.Minute); !got.Equal(want) {
		t.Errorf("last seen = %v, want %v", got, want)
	}
}

func TestTokens(t *testing.T) {
	token, l := NewLogin(start, Account{ID: "a1"}, DefaultLifetimes, "curl/8\r\nX: ā"+string(make([]byte, 10)))
	if raw, err := base64.RawURLEncoding.DecodeString(token); err != nil || len(raw) != 32 {
		t.Errorf("token has %d bytes (%v), want 32", len(raw), err)
	}
	if got, want := l.TokenHash, TokenHash(token); got != want {
		t.Errorf("hash = %q, want %q", got, want)
	}
	if got, want := l.Agent, "curl/8X: "; got != want {
		t.Errorf("agent = %q, want %q", got, want)
	}
	other, _ := NewLogin(start, Account{ID: "a1"}, DefaultLifetimes, "")
	if other == token {
		t.Error("two logins have the same token")
	}
}

func TestOneTimeLink(t *testing.T) {
	account := Account{ID: "a1", Epoch: 1}
	tests := []struct {
		outcome string
		after   time.Duration
		change  func(*Account, *OneTime)
		valid   bool
	}{
		{"works before it expires", 24*time.Hour - 1, nil, true},
		{"does not when it has expired", 24 * time.Hour, nil, false},
		{"does not twice", 1, func(a *Account, o *OneTime) { o.Use(start, *a) }, false},
		{"does not after the password was set otherwise", 1, func(a *Account, _ *OneTime) { a.SetPassword("x", start) }, false},
		{"does not for a disabled account", 1, func(a *Account, _ *OneTime) { a.Disabled = true }, false},
		{"does not for another account", 1, func(a *Account, _ *OneTime) { a.ID = "a2" }, false},
	}
	for _, tt := range tests {
		t.Run(tt.outcome, func(t *testing.T) {
			a := account
			_, o := NewReset(start, a, 24*time.Hour)
			if tt.change != nil {
				tt.change(&a, &o)
			}
			before := o
			err := o.Use(start.Add(tt.after), a)
			if got, want := err == nil, tt.valid; got != want {
				t.Fatalf("used = %v (%v), want %v", got, err, want)
			}
			if err != nil && (problem.KindOf(err) != problem.NotFound || o != before) {
				t.Errorf("refused with %v and %+v, want not found and no change", err, o)
			}
		})
	}
}

func TestSetUpLinkIsOfNoAccount(t *testing.T) {
	token, o := NewSetUp(start, time.Hour)
	if got, want := o.Hash, TokenHash(token); got != want {
		t.Errorf("hash = %q, want %q", got, want)
	}
	if err := o.Valid(start, Account{ID: "a1"}); err == nil {
		t.Error("a set-up link is valid for an account, want not")
	}
	if err := o.Use(start, Account{}); err != nil {
		t.Errorf("use = %v, want none", err)
	}
}
