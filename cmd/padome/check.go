package main

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"padome/internal/problem"
	"padome/storage"
	"padome/storage/store"
)

// check reads all data and says whether anything is damaged. The file of records
// comes first, in a process of its own: a damaged one could end this one.
func (m *Main) check(ctx context.Context, o *options) error {
	look := (*storage.DB).Check
	if there, err := exists(o.dir); o.dir != "" && err == nil && there {
		file := filepath.Join(o.dir, records)
		if err := m.apart(ctx, file); err != nil {
			return err
		}
		look = (*storage.DB).CheckContents
	}
	return m.with(ctx, o.dir, func(d *data) error {
		if err := look(d.db, ctx); err != nil {
			return damaged(err, storage.Shown(o.dir))
		}
		if err := m.heldToMark(ctx, o, d); err != nil {
			return err
		}
		m.tell().Line(0, "cmd.check.fine", "dir", storage.Shown(o.dir))
		return nil
	})
}

func damaged(err error, where string) error {
	return fail(err, "cmd.check.damaged", "dir", where, "faults", causes(err))
}

// The process that checks a file is held within bounds, should a damaged file
// make it go astray: of memory, which grows with what it notes of pages, and of
// time, which a slow disk takes too.
const (
	mostStack  = 64 << 20
	mostMemory = 256 << 20
)

// longest is how long a check of a file of so many bytes may take: two minutes,
// and a second for each megabyte.
func longest(bytes int64) time.Duration {
	return 2*time.Minute + time.Duration(bytes>>20)*time.Second
}

// checkFile checks one file of records, a copy for instance, while nobody writes
// to it. What is damaged in it may end the process.
func (m *Main) checkFile(ctx context.Context, o *options) error {
	file := o.args[0]
	info, err := os.Stat(file)
	if err != nil {
		return fail(err, "cmd.verify.unreadable", "file", file, "error", err.Error())
	}
	debug.SetMaxStack(mostStack)
	if err := limitData(mostMemory + info.Size()/8); err != nil {
		return err
	}
	if err := storage.CheckFile(ctx, file); errors.Is(err, store.ErrDamaged) {
		return damaged(err, file)
	} else if err != nil {
		return err
	}
	m.tell().Line(0, "cmd.check.fine", "dir", file)
	return nil
}

// apart has another process check a file of records, and gives back what that
// says is wrong: store.ErrDamaged, in its words.
func (m *Main) apart(ctx context.Context, file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	return m.apartWithin(ctx, longest(info.Size()), file)
}

func (m *Main) apartWithin(ctx context.Context, limit time.Duration, file string) error {
	program, err := m.checker()
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(limited, program, "check", "file", file, "--lang", string(m.lang))
	cmd.Args[0] = "padome"
	cmd.Env = append(os.Environ(), variable("backups")+"="+m.backups)
	cmd.WaitDelay = time.Second
	var said bytes.Buffer
	cmd.Stderr = &said
	err = cmd.Run()
	if err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	if limited.Err() != nil {
		return fail(errors.Join(store.ErrDamaged, err), "cmd.check.long", "file", file, "n", strconv.Itoa(int(math.Ceil(limit.Minutes()))))
	}
	if strings.HasPrefix(said.String(), complains) {
		return &told{said.String()}
	}
	if _, ran := errors.AsType[*exec.ExitError](err); !ran {
		return err
	}
	return fail(errors.Join(store.ErrDamaged, err), "cmd.check.ended", "file", file, "error", lastWords(said.String(), err))
}

// checker is the program that checks files: this one, unless another is named.
func (m *Main) checker() (string, error) {
	if m.Checker != "" {
		return m.Checker, nil
	}
	return os.Executable()
}

// told is what another process of the program has complained of, in its words.
type told struct{ text string }

func (t *told) Error() string { return t.text }
func (t *told) Unwrap() error { return store.ErrDamaged }

// lastWords are why a process ended: the first line that tells of it.
func lastWords(said string, ended error) string {
	for line := range strings.Lines(said) {
		line = strings.TrimSpace(line)
		for _, begins := range []string{"panic: ", "fatal error: ", "unexpected fault", "runtime: "} {
			if strings.HasPrefix(line, begins) {
				return line
			}
		}
	}
	return ended.Error()
}

// causes are an error's own words, one fault a line, without the message that
// people are told in its place.
func causes(err error) string {
	several, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return err.Error()
	}
	var lines []string
	told := false
	for _, e := range several.Unwrap() {
		if _, message := e.(*problem.Error); message {
			told = true
		} else {
			lines = append(lines, causes(e))
		}
	}
	if joined := errors.Join(several.Unwrap()...); !told && err.Error() != joined.Error() {
		return err.Error() // one fault, which is of several kinds
	}
	return strings.Join(lines, "\n")
}
