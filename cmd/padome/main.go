// Command padome is the whole program: it serves a council, and looks after its
// data from the command line.
package main

import (
	"cmp"
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"padome/internal/locale"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	m := Main{Out: os.Stdout, Err: os.Stderr, Env: os.Getenv, Now: time.Now}
	os.Exit(m.Run(ctx, os.Args[1:]))
}

// Main is the program with everything it takes from its surroundings, so that
// tests can run it within themselves.
type Main struct {
	Out, Err io.Writer
	Env      func(name string) string
	Now      func() time.Time
	NewID    func() string // nil: UUIDv7
	// Listening is told the address once requests are answered there; may be nil.
	Listening func(address string)
	// Checker is the program that checks a file of records apart; "": this one.
	Checker string

	lang    locale.Lang
	backups string // the folder of backups; "" where none is named
}

// What the program tells its caller when it ends.
const (
	fine   = 0
	failed = 1
	misuse = 2 // the command line itself is wrong
	// refused is a start that fails again until somebody has done something; the
	// unit does not try it again.
	refused = 78 // as EX_CONFIG of sysexits.h, which systemd shows as CONFIG
)

// Run runs one command until it is done or ctx ends, and returns the exit code.
func (m *Main) Run(ctx context.Context, args []string) int {
	m.lang = m.language(args)
	c, rest, err := find(args)
	if err == nil {
		err = m.run(ctx, c, rest)
	}
	if err == nil {
		return fine
	}
	return m.complain(c, err)
}

func (m *Main) run(ctx context.Context, c command, args []string) error {
	o, help, err := m.parse(c, args)
	if err != nil {
		return err
	}
	m.backups = cmp.Or(o.backups, m.Env(variable("backups")))
	if help {
		return m.help(c)
	}
	return c.run(m, ctx, o)
}
