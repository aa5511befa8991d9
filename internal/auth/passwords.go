package auth

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"runtime"
	"sync/atomic"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"padome/internal/problem"
)

// Cost is what hashing one password takes, and how many are hashed at once.
// Each takes its memory in full, so AtOnce times MemoryKiB bounds what logins
// can make the program use. Those who do not get a turn wait; beyond Queue of
// them the next is told to come again.
type Cost struct {
	MemoryKiB uint32
	Passes    uint32
	AtOnce    int
	Queue     int
}

// DefaultCost is argon2id with 19 MiB and two passes in one lane, one password
// at a time: some 25 ms each.
var DefaultCost = Cost{MemoryKiB: 19 * 1024, Passes: 2, AtOnce: 1, Queue: 64}

// Passwords makes and checks hashes of passwords. All methods may be called at
// once from anywhere.
type Passwords struct {
	params  argon2id.Params
	nobody  string // a hash that no password has
	slots   chan struct{}
	queue   int64
	waiting atomic.Int64
	compare func(password, hash string) (bool, error)
	create  func(password string, p *argon2id.Params) (string, error)
}

// NewPasswords fails when a part of the cost is missing.
func NewPasswords(c Cost) (*Passwords, error) {
	if c.MemoryKiB < 8 || c.Passes < 1 || c.AtOnce < 1 || c.Queue < 1 {
		return nil, fmt.Errorf("auth: cost of passwords incomplete: %+v", c)
	}
	p := &Passwords{
		params: argon2id.Params{
			Memory: c.MemoryKiB, Iterations: c.Passes, Parallelism: 1, SaltLength: 16, KeyLength: 32,
		},
		slots:   make(chan struct{}, c.AtOnce),
		queue:   int64(c.Queue),
		compare: argon2id.ComparePasswordAndHash,
		create:  argon2id.CreateHash,
	}
	p.nobody = p.hashOfNothing()
	return p, nil
}

// hashOfNothing is a random key where the hash of a password would stand:
// checking against it costs the same as any other and never succeeds.
func (p *Passwords) hashOfNothing() string {
	b := make([]byte, p.params.SaltLength+p.params.KeyLength)
	rand.Read(b) // never fails: the runtime stops the program instead
	salt, key := b[:p.params.SaltLength], b[p.params.SaltLength:]
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", p.params.Memory, p.params.Iterations,
		p.params.Parallelism, base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

// Hash makes the hash of a new password for the account of that name. It fails
// with an Invalid problem of the given field when the password breaks a rule,
// and with TooMany when too many wait. It is slow on purpose: call it before a
// transaction, not in one.
func (p *Passwords) Hash(ctx context.Context, field, name, password string) (string, error) {
	password = norm.NFC.String(password)
	var l problem.List
	CheckRules(&l, field, name, password)
	if err := l.Err(); err != nil {
		return "", err
	}
	var hash string
	err := p.inTurn(ctx, func() (err error) {
		hash, err = p.create(password, &p.params)
		return err
	})
	return hash, err
}

// Check reports whether the password is the one of the hash. An empty hash, of
// an account that does not exist or has no password, costs the same work and is
// never right. It fails with TooMany when too many wait.
func (p *Passwords) Check(ctx context.Context, hash, password string) (bool, error) {
	if hash == "" {
		hash = p.nobody
	}
	var right bool
	err := p.inTurn(ctx, func() (err error) {
		right, err = p.compare(norm.NFC.String(password), hash)
		return err
	})
	return right, err
}

// inTurn runs the work when a slot is free.
func (p *Passwords) inTurn(ctx context.Context, work func() error) error {
	if p.waiting.Add(1) > p.queue+int64(cap(p.slots)) {
		p.waiting.Add(-1)
		return problem.New(problem.TooMany, "problem.login.busy", "seconds", "2")
	}
	defer p.waiting.Add(-1)
	if ctx.Err() != nil { // with a slot free as well, select would choose either
		return fmt.Errorf("waiting for a turn to hash a password: %w", ctx.Err())
	}
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return fmt.Errorf("waiting for a turn to hash a password: %w", ctx.Err())
	}
	defer func() { <-p.slots }()
	if err := work(); err != nil {
		return fmt.Errorf("hashing a password: %w", err)
	}
	// Without this the working memory of several hashes piles up before the
	// collector runs: 83 MB resident instead of 44 for two at once.
	runtime.GC()
	return nil
}
