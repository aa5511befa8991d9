package main

import (
	"bytes"
	"context"

	"padome/internal/problem"
	"padome/minutes"
	"padome/office"
)

// verifyKept says what a file is to the council whose data lie in a folder, and
// holds a signed one to its signatures under the certificates that this council
// trusts. It fails for a file that is none of its, or altered.
func (m *Main) verifyKept(ctx context.Context, o *options) error {
	file, err := readFile(o.args[0])
	if err != nil {
		return err
	}
	return m.with(ctx, o.data, func(d *data) error {
		x, sum, err := d.office.VerifyFile(ctx, bytes.NewReader(file))
		if problem.KindOf(err) == problem.NotFound {
			return fail(nil, "cmd.verify.unknown", "file", o.args[0], "digest", sum)
		}
		if err != nil {
			return err
		}
		if err := m.tellKept(o, x); err != nil || x.File == minutes.FrozenFile {
			return err
		}
		t, err := d.office.Trust(ctx, m.operator().Actor)
		if err != nil {
			return err
		}
		anchors, err := t.Anchors()
		if err != nil {
			return err
		}
		return m.verifySigned(o, anchors)
	})
}

// tellKept tells which paper a file is of, and what it is to it.
func (m *Main) tellKept(o *options, x office.Verified) error {
	if o.json {
		return nil // the verdict alone
	}
	t := m.tell()
	name, args := x.Name()
	t.Line(0, name, args...)
	t.Line(1, x.FileKey())
	if !x.Public() {
		t.Line(1, "page.verify.unsigned")
	}
	return t.Err()
}
