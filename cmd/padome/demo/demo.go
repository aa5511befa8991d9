package demo

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"padome/cmd/padome/tell"
	"padome/council"
	"padome/internal/auth"
	"padome/internal/locale"
	"padome/office"
	"padome/plan"
	"padome/storage"
	"padome/storage/store"
)

// Config says where the demo keeps its data and how it tells what happens.
type Config struct {
	Dir    string // of the data and the files; new or empty
	Store  string // of the data, when that is elsewhere; empty as well
	Tenant store.Tenant
	Out    io.Writer
	Lang   locale.Lang
	All    bool // tell every candidate left out, not only the first
}

// Login is a sample account.
type Login struct {
	Name     string
	Password string
	Person   string // office and name
}

// script is the demo while it is performed.
type script struct {
	Config
	ctx       context.Context
	clock     *Clock
	db        *storage.DB
	o         *office.Office
	tell      teller
	persons   map[string]council.Person
	proposals map[string]string // key → id
	sessions  map[council.Date]council.Session
	pages     map[string]int // of a document, by its SHA-256
	plan      plan.Plan
	signing   *outside // what people sign with electronically; nil until they do
}

// Perform makes the made-up council in a new data folder and holds its three
// sessions by the demo's own clock. The data folder is closed again when it
// returns. It fails when the folder cannot be written or a rule of the council
// refuses what the script does.
func Perform(ctx context.Context, c Config) error {
	clock := NewClock()
	db, err := storage.OpenAt(ctx, cmp.Or(c.Store, c.Dir), storage.Config{Now: clock.Now, NewID: clock.NewID, Chance: chance}, nil)
	if err != nil {
		return err
	}
	s := &script{
		Config: c, ctx: ctx, clock: clock, db: db, o: office.New(db, c.Tenant),
		tell: teller{tell.New(c.Out, c.Lang)}, persons: map[string]council.Person{},
		proposals: map[string]string{}, sessions: map[council.Date]council.Session{}, pages: map[string]int{},
	}
	err = s.perform()
	if closing := db.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = s.tell.Err()
	}
	return err
}

func (s *script) perform() error {
	for _, part := range []func() error{
		s.found, s.importPlan, s.planSessions,
		func() error { return s.hold(&january) },
		s.agree,
		func() error { return s.hold(&february) },
		func() error { return s.hold(&march) },
		s.end,
	} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// hold holds one session from the proposals to the signed minutes.
func (s *script) hold(x *sitting) error {
	s.tell.Heading("cmd.demo.session", "date", string(x.date))
	for _, part := range []func(*sitting) error{
		s.before, s.build, s.approve, s.meet, s.write,
	} {
		if err := part(x); err != nil {
			return fmt.Errorf("session of %s: %w", x.date, err)
		}
	}
	return nil
}

// by is somebody acting now.
func (s *script) by(who string) (office.By, error) {
	a, err := s.o.Actor(s.ctx, s.persons[who].ID, council.DateOf(s.clock.Now()))
	return office.By{Actor: a, Proof: office.Played}, err
}

// as moves the clock and lets somebody do something.
func (s *script) as(who string, at moment, do func(office.By) error) error {
	s.clock.set(at)
	by, err := s.by(who)
	if err != nil {
		return err
	}
	if err := do(by); err != nil {
		return fmt.Errorf("%s, %s: %w", at, who, err)
	}
	return nil
}

// save writes a file beside the data and tells its path.
func (s *script) save(key, name string, file []byte) error {
	dir := filepath.Join(s.Dir, "pdf")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, file, 0o600); err != nil {
		return err
	}
	s.tell.Line(1, key, "path", path)
	return nil
}

// Logins are the sample accounts that the demo makes.
func Logins(lang locale.Lang) []Login {
	var all []Login
	for _, who := range []string{chair, deputy, secretary, taker, "ūdre", admin} {
		for _, p := range people {
			if p.key == who {
				all = append(all, Login{p.login, p.password, roleOf(lang, p) + " – " + p.person.Name()})
			}
		}
	}
	return all
}

func roleOf(lang locale.Lang, p somebody) string {
	role := council.Member
	switch {
	case p.key == chair:
		role = council.Chair
	case p.key == deputy:
		role = council.Deputy
	case p.key == taker:
		return locale.Text(lang, "role.minute-taker."+string(p.person.Gender), nil)
	case officers[p.key] != "":
		role = officers[p.key]
	}
	return locale.Text(lang, "role."+string(role)+"."+string(p.person.Gender), nil)
}

// setPasswords gives the sample accounts their passwords, each by the one-time
// link that its owner would get.
func (s *script) setPasswords() error {
	passwords, err := auth.NewPasswords(auth.DefaultCost)
	if err != nil {
		return err
	}
	by, err := s.by(admin)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.login == "" {
			continue
		}
		keeper := by
		if p.key == admin {
			keeper = s.operator()
		}
		a, token, err := s.o.Logins().AddAccount(s.ctx, keeper, p.login, s.persons[p.key].ID)
		if err != nil {
			return err
		}
		hash, err := passwords.Hash(s.ctx, "password", a.Name, p.password)
		if err != nil {
			return err
		}
		if _, err := s.o.Logins().SetPassword(s.ctx, "", auth.PasswordChange{Account: a.ID, Revision: a.Revision,
			Link: auth.TokenHash(token), Hash: hash, At: s.clock.Now().Add(time.Minute)}); err != nil {
			return err
		}
	}
	return nil
}

// operator is who sets the council up at the machine.
func (s *script) operator() office.By {
	return office.By{Actor: council.Actor{Operator: true, Name: locale.Text(s.Lang, "cmd.operator", nil)}}
}
