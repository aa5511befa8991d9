package auth

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"padome/internal/problem"
)

var cheap = Cost{MemoryKiB: 64, Passes: 1, AtOnce: 2, Queue: 64}

const good = "zaļš ezis kāpj kalnā"

func newPasswords(t *testing.T, c Cost) *Passwords {
	t.Helper()
	p, err := NewPasswords(c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestRules(t *testing.T) {
	tests := []struct{ outcome, password, key string }{
		{"four words are good", good, ""},
		{"so is a random one", "x7#Kq2!mZp0w", ""},
		{"twelve characters are enough", "rīts-vakars9", ""},
		{"128 characters are allowed", strings.Repeat("abcdefgh", 16), ""},
		{"none is missing", "", "problem.password.missing"},
		{"eleven are too few", "x7#Kq2!mZp0", "problem.password.short"},
		{"eleven with diacritics are too few", "āāčēīūšžķļņ", "problem.password.short"},
		{"129 are too many", strings.Repeat("abcdefgh", 16) + "x", "problem.password.long"},
		{"bytes that are no text are refused", "abcdefghijk\xff\xfe", "problem.text.encoding"},
		{"one pattern over and over is simple", "abcabcabcabcabc", "problem.password.simple"},
		{"a frequent one is common", "1qaz2wsx3edc", "problem.password.common"},
		{"in capitals too", "1QAZ2WSX3EDC", "problem.password.common"},
		{"a word with figures is common", "Password2024!", "problem.password.common"},
		{"in disguise too", "P4$$w0rd!!1234", "problem.password.common"},
		{"twice too", "dragon-dragon-12", "problem.password.common"},
		{"two of them too", "Dragon.Monkey.77", "problem.password.common"},
		{"the council's words too", "Memoranda-padome-2024", "problem.password.common"},
		{"with diacritics too", "Padomes sēde 2024", "problem.password.common"},
		{"the login name is refused", "xx-Anna.Liepa-91", "problem.password.name"},
	}
	for _, tt := range tests {
		t.Run(tt.outcome, func(t *testing.T) {
			var l problem.List
			CheckRules(&l, "password", "anna.liepa@padome.lv", tt.password)
			if got, want := fieldKey(l.Err(), "password"), tt.key; got != want {
				t.Errorf("key = %q, want %q", got, want)
			}
		})
	}
}

func TestCommonPasswordsAreSortedAndFolded(t *testing.T) {
	lines := strings.Fields(commonPasswords)
	if len(lines) < 4000 {
		t.Fatalf("%d words, want at least 4000", len(lines))
	}
	for i, w := range lines {
		if w != strings.ToLower(w) || i > 0 && lines[i-1] >= w {
			t.Fatalf("word %d %q is not in lower case or not in order", i, w)
		}
	}
}

func TestHashAndCheck(t *testing.T) {
	p := newPasswords(t, cheap)
	hash, err := p.Hash(t.Context(), "password", "anna", good)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("hash = %q, want argon2id with the given cost", hash)
	}
	decomposed := norm.NFD.String(good)
	for password, want := range map[string]bool{
		good: true, decomposed: true, good + " ": false, strings.ToUpper(good): false, "": false,
	} {
		if got, err := p.Check(t.Context(), hash, password); got != want || err != nil {
			t.Errorf("Check(%q) = %v, %v, want %v", password, got, err, want)
		}
	}
	if _, err := p.Check(t.Context(), "not a hash", good); err == nil {
		t.Error("a damaged hash gives no error")
	}
	again, _ := p.Hash(t.Context(), "password", "anna", good)
	if again == hash {
		t.Error("the same password hashed twice is the same, want another salt")
	}
}

func TestDefaultCost(t *testing.T) {
	p := newPasswords(t, DefaultCost)
	if want := "$argon2id$v=19$m=19456,t=2,p=1$"; !strings.HasPrefix(p.nobody, want) {
		t.Errorf("hash = %q, want %q", p.nobody, want)
	}
	if _, err := NewPasswords(Cost{}); err == nil {
		t.Error("a cost of nothing gives no error")
	}
}

// An account that does not exist costs the same derivation as one that does.
func TestUnknownAccountCostsTheSame(t *testing.T) {
	p := newPasswords(t, cheap)
	var derived []argon2id.Params
	compare := p.compare
	p.compare = func(password, hash string) (bool, error) {
		params, _, _, err := argon2id.DecodeHash(hash)
		if err != nil {
			t.Fatal(err)
		}
		derived = append(derived, *params)
		return compare(password, hash)
	}
	hash, err := p.Hash(t.Context(), "password", "anna", good)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range []string{hash, ""} {
		if right, err := p.Check(t.Context(), h, "wrong password"); right || err != nil {
			t.Fatalf("Check = %v, %v, want false", right, err)
		}
	}
	if len(derived) != 2 || derived[0] != derived[1] {
		t.Errorf("derivations = %+v, want two alike", derived)
	}
}

func TestNeverMoreAtOnceThanAllowed(t *testing.T) {
	for _, atOnce := range []int{1, 2} {
		t.Run(strconv.Itoa(atOnce)+" at once", func(t *testing.T) {
			p := newPasswords(t, Cost{MemoryKiB: 64, Passes: 1, AtOnce: atOnce, Queue: 64})
			var now, most atomic.Int64
			p.compare = func(string, string) (bool, error) {
				n := now.Add(1)
				for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
				}
				time.Sleep(time.Millisecond)
				now.Add(-1)
				return true, nil
			}
			var wg sync.WaitGroup
			for range 20 {
				wg.Go(func() {
					if ok, err := p.Check(t.Context(), "", good); !ok || err != nil {
						t.Errorf("Check = %v, %v, want true", ok, err)
					}
				})
			}
			wg.Wait()
			if got, want := most.Load(), int64(atOnce); got != want {
				t.Errorf("%d at once, want %d", got, want)
			}
		})
	}
}

func TestTooManyWaiting(t *testing.T) {
	p := newPasswords(t, Cost{MemoryKiB: 64, Passes: 1, AtOnce: 1, Queue: 1})
	hold, held := make(chan struct{}), make(chan struct{}, 2)
	p.compare = func(string, string) (bool, error) {
		held <- struct{}{}
		<-hold
		return true, nil
	}
	var wg sync.WaitGroup
	wg.Go(func() { p.Check(t.Context(), "", good) })
	<-held
	ctx, cancel := context.WithCancel(t.Context())
	gone := make(chan error, 1)
	wg.Go(func() { _, err := p.Check(ctx, "", good); gone <- err })
	for p.waiting.Load() < 2 {
		time.Sleep(time.Millisecond)
	}
	_, err := p.Check(t.Context(), "", good)
	if got, want := problem.KindOf(err), problem.TooMany; got != want {
		t.Errorf("third = %v, want %v", err, want)
	}
	cancel()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("who goes away gets %v, want %v", err, context.Canceled)
	}
	close(hold)
	wg.Wait()
	if got := p.waiting.Load(); got != 0 {
		t.Errorf("%d wait at the end, want none", got)
	}
}

// Twenty real logins at once must not need more memory than two working areas of
// 19 MiB: one in use, and one of before that small objects have broken up, so
// that it does not hold the next. Three show that they pile up. Measured in a
// process of its own, because the peak never falls.
func TestMemoryOfTwentyLogins(t *testing.T) {
	const child = "PADOME_AUTH_MEMORY"
	if os.Getenv(child) != "" {
		before := peak()
		p := newPasswords(t, DefaultCost)
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() { p.Check(context.Background(), "", good) })
		}
		wg.Wait()
		os.Stdout.WriteString("peak " + strconv.Itoa(peak()-before) + "\n")
		return
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestMemoryOfTwentyLogins$")
	cmd.Env = append(os.Environ(), child+"=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	_, rest, found := strings.Cut(string(out), "peak ")
	kib, err := strconv.Atoi(strings.SplitN(rest, "\n", 2)[0])
	if !found || err != nil {
		t.Fatalf("no figure in %q", out)
	}
	t.Logf("twenty logins at once add %d KiB", kib)
	if most := 44 * 1024; kib > most || kib < 15*1024 {
		t.Errorf("twenty logins at once add %d KiB, want at most %d, and the 19 MiB of one", kib, most)
	}
}

// peak is the most heap that this process has taken from the system, in KiB.
func peak() int {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapSys / 1024)
}

func BenchmarkCheck(b *testing.B) {
	p, err := NewPasswords(DefaultCost)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p.Check(b.Context(), "", good)
	}
}
