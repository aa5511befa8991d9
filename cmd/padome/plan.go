package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strconv"

	"padome/cmd/padome/tell"
	"padome/plan"
)

// readFile reads a file that the command line names.
func readFile(name string) ([]byte, error) {
	raw, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fail(err, "cmd.file.missing", "path", name)
	case err != nil:
		return nil, fail(err, "cmd.file.unreadable", "path", name, "error", err.Error())
	}
	return raw, nil
}

// planShow shows the plan in force, or the built-in one when no data folder is
// named.
func (m *Main) planShow(ctx context.Context, o *options) error {
	p, err := plan.Real()
	var duties []plan.Duty
	if o.dir != "" {
		err = m.with(ctx, o.dir, func(d *data) (err error) {
			if p, err = d.office.Plan(ctx, 0); err != nil {
				return err
			}
			duties, err = d.office.Duties(ctx, 0)
			return err
		})
	}
	if err != nil {
		return err
	}
	if o.json {
		return p.WriteJSON(m.Out)
	}
	t := m.tell()
	if o.dir == "" {
		t.Line(0, "cmd.plan.embedded")
	}
	summary(t, &p)
	outline(t, &p, duties)
	return t.Err()
}

func summary(t *tell.Teller, p *plan.Plan) {
	t.Wrapped(0, "", p.Title)
	key := "cmd.plan.summary"
	if p.Proposed {
		key = "cmd.plan.summary.proposed"
	}
	t.Line(0, key, "approved", string(p.Approved), "goals", strconv.Itoa(len(p.Goals)),
		"measures", strconv.Itoa(len(p.Measures)), "tasks", strconv.Itoa(len(p.Refs())))
}

// outline tells goals, measures with their expected results, and tasks with who
// answers for them.
func outline(t *tell.Teller, p *plan.Plan, duties []plan.Duty) {
	of := map[plan.Ref]plan.Duty{}
	for _, d := range duties {
		of[d.Task] = d
	}
	for _, g := range p.Goals {
		t.Wrapped(0, t.Say("cmd.plan.goal", "number", strconv.Itoa(g.Number))+" ", g.Text)
	}
	for _, m := range p.Measures {
		t.Print("")
		t.Wrapped(0, strconv.Itoa(m.Number)+". ", m.Text)
		for _, x := range m.Tasks {
			if x.Retired {
				continue
			}
			ref := plan.Ref{Revision: p.Revision, Measure: m.Number, Task: x.Number}
			t.Wrapped(1, ref.Label()+" ", x.Text)
			t.Wrapped(4, "", answering(t, of[ref].Responsible, of[ref].Deadline))
		}
		for _, r := range m.Results {
			t.Wrapped(1, t.Say("cmd.plan.result")+" ", r)
		}
	}
}
