package main

import (
	"cmp"
	"context"
	"os"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"padome/cmd/padome/tell"
	"padome/council"
	"padome/evaluation"
	"padome/internal/document"
)

// coverage shows which session dealt with which task of the plan.
func (m *Main) coverage(ctx context.Context, o *options) error {
	on := council.Date(o.date)
	if o.date != "" && !on.Valid() {
		return usage("cmd.date.wrong", "value", o.date)
	}
	var c evaluation.Coverage
	err := m.with(ctx, o.dir, func(d *data) (err error) {
		c, err = d.office.Coverage(ctx, m.operator().Actor, cmp.Or(on, d.office.Today()))
		return err
	})
	if err != nil {
		return err
	}
	if o.json {
		return writeJSON(m.Out, c)
	}
	t := m.tell()
	t.Title("cmd.coverage.title", "on", string(c.On))
	covered(t, &c)
	return t.Err()
}

// covered tells the coverage as a grid of tasks by sessions.
func covered(t *tell.Teller, c *evaluation.Coverage) {
	n := map[evaluation.State]int{}
	held := 0
	head := strings.Repeat(" ", 6)
	for _, s := range c.Sessions {
		if s.State == council.Closed {
			held++
		}
		head += " " + string(s.Date[8:]) + "." + string(s.Date[5:7]) + "."
	}
	t.Print(head)
	for _, m := range c.Measures {
		for _, x := range m.Tasks {
			n[x.State]++
			t.Print(row(t, c, &x))
		}
	}
	t.Line(0, "cmd.coverage.legend")
	for _, m := range c.Measures {
		if len(m.Decisions) > 0 {
			t.Bullet(0, "cmd.coverage.evidence", "n", strconv.Itoa(m.Number), "decisions", strconv.Itoa(len(m.Decisions)))
		}
	}
	count := func(s evaluation.State) string { return strconv.Itoa(n[s]) }
	t.Line(0, "cmd.coverage.summary", "sessions", strconv.Itoa(held), "due", count(evaluation.Due), "overdue", count(evaluation.Overdue),
		"never", count(evaluation.Never), "fulfilled", count(evaluation.Fulfilled))
}

func row(t *tell.Teller, c *evaluation.Coverage, x *evaluation.TaskCover) string {
	marks := map[string]string{}
	for _, cell := range x.Cells {
		marks[cell.Session] = t.Say("cmd.coverage.mark." + string(cell.State))
	}
	line := x.Label + strings.Repeat(" ", max(1, 6-utf8.RuneCountInString(x.Label)))
	for _, s := range c.Sessions {
		line += "   " + cmp.Or(marks[s.Session], "·") + "   "
	}
	state := t.Say("coverage.state." + string(x.State))
	if x.NextDue != "" {
		state = t.Say("cmd.coverage.next", "state", state, "due", string(x.NextDue))
	}
	return line + "  " + state
}

var yearForm = regexp.MustCompile(`^[0-9]{4}$`)

// evaluation shows the yearly evaluation of the plan, or saves it.
func (m *Main) evaluation(ctx context.Context, o *options) error {
	switch {
	case o.year == "":
		return usage("cmd.evaluation.year")
	case !yearForm.MatchString(o.year):
		return usage("cmd.evaluation.year.wrong", "value", o.year)
	}
	year, _ := strconv.Atoi(o.year)
	a := m.operator().Actor
	t := m.tell()
	err := m.with(ctx, o.dir, func(d *data) error {
		if o.pdf == "" && o.html == "" {
			paper, err := d.office.EvaluationDocument(ctx, a, m.lang, year)
			if err == nil {
				t.Print(document.PlainText(paper))
			}
			return err
		}
		if o.pdf != "" {
			file, err := d.office.EvaluationPDF(ctx, a, m.lang, year)
			if err := saved(t, o.pdf, file, err); err != nil {
				return err
			}
		}
		if o.html == "" {
			return nil
		}
		page, err := d.office.EvaluationHTML(ctx, a, m.lang, year)
		return saved(t, o.html, []byte(page), err)
	})
	return cmp.Or(err, t.Err())
}

// saved writes a file that was drawn, unless that failed.
func saved(t *tell.Teller, path string, file []byte, err error) error {
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, file, 0o600); err != nil {
		return fail(err, "cmd.file.unwritable", "path", path, "error", err.Error())
	}
	t.Line(0, "cmd.evaluation.saved", "path", path)
	return nil
}
