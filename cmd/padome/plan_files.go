package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"padome/cmd/padome/tell"
	"padome/council"
	"padome/office"
	"padome/plan"
	"padome/plan/exchange"
	"padome/storage"
)

// planImport reads a plan from a file and stores it as the next revision; with
// --preview it shows what that would change, and with --check only what it read.
func (m *Main) planImport(ctx context.Context, o *options) error {
	if o.dir == "" && !o.check {
		return usage("cmd.dir.none")
	}
	in, err := m.planFile(o.args[0], o.follows)
	if err != nil {
		return err
	}
	t := m.tell()
	switch {
	case o.check:
		outline(t, &in.Plan, nil)
		t.Line(0, "cmd.plan.checked")
		return t.Err()
	case o.preview:
		return m.with(ctx, o.dir, func(d *data) error {
			p, err := d.office.PreviewPlan(ctx, m.operator().Actor, in)
			if err != nil {
				return err
			}
			previewed(t, &p)
			t.Line(0, "cmd.plan.apply", "digest", p.Digest)
			return t.Err()
		})
	}
	d, err := m.open(ctx, o.dir, true)
	if err != nil {
		return err
	}
	p, err := d.office.ApplyPlan(ctx, m.operator(), in, o.apply)
	if err := errors.Join(err, d.db.Close()); err != nil {
		return err
	}
	t.Line(0, "cmd.plan.imported", "revision", strconv.Itoa(p.Revision), "dir", storage.Shown(o.dir))
	return t.Err()
}

// planFile reads a plan's file and tells what it is and what in it has no place.
func (m *Main) planFile(name, follows string) (office.PlanFile, error) {
	mapping, err := plan.ParseMapping(follows)
	if err != nil {
		return office.PlanFile{}, err
	}
	raw, err := readFile(name)
	if err != nil {
		return office.PlanFile{}, err
	}
	f, err := exchange.Read(bytes.NewReader(raw))
	if err != nil {
		return office.PlanFile{}, err
	}
	t := m.tell()
	summary(t, &f.Plan)
	key := "cmd.plan.unplaced"
	if f.Format == exchange.DOCX {
		key = "cmd.plan.unplaced.paragraph"
	}
	for _, u := range f.Unplaced {
		t.Bullet(1, key, "line", strconv.Itoa(u.Line), "text", u.Text)
	}
	return office.PlanFile{Plan: f.Plan, Follows: mapping}, t.Err()
}

// previewed tells what would change, with the predecessors that are only probable.
func previewed(t *tell.Teller, p *plan.Preview) {
	if p.Base == 0 {
		t.Line(0, "cmd.plan.first")
		return
	}
	t.Line(0, "cmd.plan.changes", "base", strconv.Itoa(p.Base), "count", strconv.Itoa(len(p.Tasks)+len(p.Parts)), "legend", plan.Legend(t.Lang()))
	tellChanges(t, &p.Comparison)
	first := true
	for i := range p.Matches {
		if p.Matches[i].How != plan.Similar {
			continue
		}
		if first {
			t.Line(0, "cmd.plan.confirm")
			first = false
		}
		t.Wrapped(1, "? ", p.Matches[i].Say(t.Lang()))
	}
}

func tellChanges(t *tell.Teller, c *plan.Comparison) {
	for _, s := range c.Lines(t.Lang()) {
		t.Wrapped(1, "– ", s)
	}
}

// planDiff tells how the plan of one file differs from that of another, taken as
// the revision before it.
func (m *Main) planDiff(_ context.Context, o *options) error {
	a, err := m.planFile(o.args[0], "")
	if err != nil {
		return err
	}
	b, err := m.planFile(o.args[1], o.follows)
	if err != nil {
		return err
	}
	p, err := plan.Propose(&a.Plan, b.Plan, b.Follows)
	if err != nil {
		return err
	}
	t := m.tell()
	previewed(t, &p)
	return t.Err()
}

// planExport writes the plan in force, or the one that comes with the program, to
// a new file, in the format that is asked for or that its name ends with.
func (m *Main) planExport(ctx context.Context, o *options) error {
	name := o.args[0]
	asked := o.format
	if asked == "" {
		asked = strings.TrimPrefix(strings.ToLower(filepath.Ext(name)), ".")
	}
	format, err := exchange.ParseFormat(asked)
	if err != nil {
		return err
	}
	p, err := m.planOf(ctx, o.dir)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := exchange.Write(&b, p, format); err != nil {
		return err
	}
	if err := newFile(name, b.Bytes()); err != nil {
		return err
	}
	t := m.tell()
	t.Line(0, "cmd.plan.exported", "revision", strconv.Itoa(p.Revision), "path", name)
	return t.Err()
}

// planOf is the plan in force in a data folder; without one that of the program.
func (m *Main) planOf(ctx context.Context, dir string) (p plan.Plan, err error) {
	if dir == "" {
		return plan.Real()
	}
	err = m.with(ctx, dir, func(d *data) (err error) {
		p, err = d.office.Plan(ctx, 0)
		return err
	})
	return p, err
}

// newFile writes a file that must not be there yet; of one that could not be
// written whole nothing stays.
func newFile(name string, raw []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fail(err, "cmd.file.exists", "path", name)
	}
	if err == nil {
		_, err = f.Write(raw)
		if err = errors.Join(err, f.Close()); err != nil {
			err = errors.Join(err, os.Remove(name))
		}
	}
	if err != nil {
		return fail(err, "cmd.file.unwritten", "path", name, "error", err.Error())
	}
	return nil
}

// planReview tells the reviews of the plan, the newest first, with the changes
// that each one makes.
func (m *Main) planReview(ctx context.Context, o *options) error {
	t := m.tell()
	return m.with(ctx, o.dir, func(d *data) error {
		all, err := d.office.Reviews(ctx, m.operator().Actor)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			t.Line(0, "cmd.plan.no-review")
		}
		for _, r := range all {
			_, changes, err := d.office.Review(ctx, m.operator().Actor, r.ID)
			if err != nil {
				return err
			}
			t.Line(0, "cmd.plan.review", "base", strconv.Itoa(r.Base), "state", string(r.State), "started", string(council.DateOf(r.StartedAt)))
			tellChanges(t, &changes)
		}
		return t.Err()
	})
}
