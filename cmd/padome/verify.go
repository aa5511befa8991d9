package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strconv"

	"padome/internal/signature"
	"padome/verify"
)

// verify holds a file to what proves it: signed minutes to their signatures, the
// papers of a session to the ledger, and the ledger to an older checkpoint. What
// sort of file it is, it says itself.
func (m *Main) verify(ctx context.Context, o *options) error {
	switch {
	case (o.since == "") != (o.proof == ""):
		return usage("cmd.verify.both")
	case len(o.args) == 0 && o.since == "":
		return usage("cmd.args.missing", "name", "FILE", "command", "verify")
	case len(o.args) == 0:
		return m.verifySince(o, &verify.Report{})
	}
	name := o.args[0]
	f, err := os.Open(name)
	if err != nil {
		return fail(err, "cmd.verify.unreadable", "file", name, "error", err.Error())
	}
	defer f.Close()
	begin := make([]byte, 4)
	if _, err := io.ReadFull(f, begin); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return fail(err, "cmd.verify.unreadable", "file", name, "error", err.Error())
	}
	switch {
	case isBundle(f):
		return m.verifyBundle(o, f)
	case bytes.Equal(begin, []byte("PK\x03\x04")), bytes.Equal(begin, []byte("%PDF")):
		if o.data != "" {
			return m.verifyKept(ctx, o)
		}
		return m.verifySigned(o, signature.NationalAnchors())
	}
	return fail(nil, "cmd.verify.kind", "file", name)
}

// isBundle reports whether a file is an archive with an extract of the ledger.
func isBundle(f *os.File) bool {
	info, err := f.Stat()
	if err != nil {
		return false
	}
	r, err := zip.NewReader(f, info.Size())
	return err == nil && slices.ContainsFunc(r.File, func(e *zip.File) bool { return e.Name == verify.Name })
}

// verifyBundle holds the papers of a session to the ledger, and the ledger to an
// older checkpoint where there is one.
func (m *Main) verifyBundle(o *options, f *os.File) error {
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
	return m.verifySince(o, &r)
}

// verifySince holds the ledger to an older checkpoint.
func (m *Main) verifySince(o *options, papers *verify.Report) error {
	var files [2][]byte
	for i, name := range []string{o.since, o.proof} {
		var err error
		if files[i], err = os.ReadFile(name); err != nil {
			return fail(err, "cmd.verify.unreadable", "file", name, "error", err.Error())
		}
	}
	was, is, err := papers.Continues(files[0], files[1], o.key)
	if err != nil {
		return fail(err, "cmd.verify.differs", "file", o.since, "error", err.Error())
	}
	t := m.tell()
	t.Line(0, "cmd.verify.since", "was", strconv.FormatInt(was.Size, 10), "is", strconv.FormatInt(is.Size, 10))
	return t.Err()
}
