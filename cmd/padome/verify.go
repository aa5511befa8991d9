package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"

	"padome/verify"
)

// verifiers are the kinds of files that can be verified without the data, each
// known by how it begins.
var verifiers = []struct {
	begins string
	check  func(m *Main, ctx context.Context, o *options, f *os.File) error
}{
	{"PK\x03\x04", (*Main).verifyBundle},
}

// verify holds a file to what proves it; what sort of file it is, it says itself.
func (m *Main) verify(ctx context.Context, o *options) error {
	name := o.args[0]
	f, err := os.Open(name)
	if err != nil {
		return fail(err, "cmd.verify.unreadable", "file", name, "error", err.Error())
	}
	defer f.Close()
	begin := make([]byte, 8)
	n, err := io.ReadFull(f, begin)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return fail(err, "cmd.verify.unreadable", "file", name, "error", err.Error())
	}
	for _, v := range verifiers {
		if bytes.HasPrefix(begin[:n], []byte(v.begins)) {
			return v.check(m, ctx, o, f)
		}
	}
	return fail(nil, "cmd.verify.kind", "file", name)
}

// verifyBundle holds the papers of a session to the ledger, and the ledger to an
// older checkpoint where there is one.
func (m *Main) verifyBundle(_ context.Context, o *options, f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	r, err := verify.Bundle(f, info.Size(), o.key)
	if err != nil {
		return fail(err, "cmd.verify.differs", "file", f.Name(), "error", err.Error())
	}
	verify.Tell(m.Out, r)
	if o.since == "" {
		return nil
	}
	older, err := os.ReadFile(o.since)
	if err != nil {
		return fail(err, "cmd.verify.unreadable", "file", o.since, "error", err.Error())
	}
	answer, err := os.ReadFile(o.proof)
	if err != nil {
		return fail(err, "cmd.verify.unreadable", "file", o.proof, "error", err.Error())
	}
	if _, _, err := verify.Since(older, answer, r.Named, o.key); err != nil {
		return fail(err, "cmd.verify.differs", "file", o.since, "error", err.Error())
	}
	t := m.tell()
	t.Line(0, "cmd.verify.since")
	return t.Err()
}
