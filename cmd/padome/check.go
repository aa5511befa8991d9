package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"

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

// The process that checks a file is held within bounds: pages that lead in a
// circle have no end. Of pages that are sound it takes note within an eighth of
// their size.
const (
	mostStack  = 64 << 20
	mostMemory = 256 << 20
)

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
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, self, "check", "file", file, "--lang", string(m.lang))
	cmd.Args[0] = "padome"
	var said bytes.Buffer
	cmd.Stderr = &said
	err = cmd.Run()
	if err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	if strings.HasPrefix(said.String(), complains) {
		return &told{said.String()}
	}
	if _, ran := errors.AsType[*exec.ExitError](err); !ran {
		return err
	}
	return fail(errors.Join(store.ErrDamaged, err), "cmd.check.ended", "file", file, "error", lastWords(said.String(), err))
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
