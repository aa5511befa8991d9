package main

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"padome/cmd/padome/tell"
	"padome/council"
	"padome/internal/locale"
	"padome/minutes"
	"padome/office"
	"padome/plan"
)

// reminders shows the reminders that are due on a day, with --all their texts.
func (m *Main) reminders(ctx context.Context, o *options) error {
	on, err := dayAsked(o)
	if err != nil {
		return err
	}
	var due []office.DueReminder
	err = m.with(ctx, o.dir, func(d *data) (err error) {
		on = cmp.Or(on, d.office.Today())
		due, err = d.office.RemindersDue(ctx, m.operator().Actor, on)
		return err
	})
	if err != nil {
		return err
	}
	t := m.tell()
	if len(due) == 0 {
		t.Line(0, "cmd.reminders.none", "date", string(on))
		return t.Err()
	}
	t.Title("cmd.reminders.title", "date", string(on), "n", strconv.Itoa(len(due)))
	for _, r := range due {
		stage := r.Stage
		if stage == minutes.OnDay && r.Days > 0 { // was due on the day, which is over
			stage = minutes.Belated
		}
		t.Bullet(0, "cmd.reminders."+string(stage), "number", r.Decision.Number(), "taken", string(r.Decision.Taken),
			"wording", strings.TrimRight(r.Decision.Wording, "."), "deadline", string(r.Deadline), "days", strconv.Itoa(r.Days))
		t.Line(1, "cmd.reminders.to", "to", cmp.Or(r.To, "–"))
		if o.all {
			for _, lang := range locale.Langs {
				t.Print("")
				t.Print(r.Text(lang))
			}
		}
	}
	if !o.all {
		t.Line(0, "cmd.reminders.more")
	}
	t.Line(0, "cmd.reminders.mark")
	return t.Err()
}

// dayAsked is the day of --date; empty without it.
func dayAsked(o *options) (council.Date, error) {
	on := council.Date(o.date)
	if o.date != "" && !on.Valid() {
		return "", usage("cmd.date.wrong", "value", o.date)
	}
	return on, nil
}

// remindersSent marks the reminder of a decision, named by its session's day and its
// number, as sent, so that it is not due again.
func (m *Main) remindersSent(ctx context.Context, o *options) error {
	on, err := dayAsked(o)
	if err != nil {
		return err
	}
	taken, number := council.Date(o.args[0]), strings.TrimSuffix(o.args[1], ".")+"."
	if !taken.Valid() {
		return usage("cmd.date.wrong", "value", o.args[0])
	}
	return m.with(ctx, o.dir, func(d *data) error {
		on = cmp.Or(on, d.office.Today())
		due, err := d.office.RemindersDue(ctx, m.operator().Actor, on)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(due, func(r office.DueReminder) bool { return r.Decision.Taken == taken && r.Decision.Number() == number })
		if i < 0 {
			return fail(nil, "cmd.reminders.not-due", "number", number, "taken", string(taken), "date", string(on))
		}
		x := due[i].Decision
		if x, err = d.office.MarkReminded(ctx, m.operator(), x.ID, x.Revision, on, o.sentTo); err != nil {
			return err
		}
		t := m.tell()
		t.Line(0, "cmd.reminders.sent", "number", x.Number(), "taken", string(x.Taken), "to", cmp.Or(o.sentTo, x.Addressee, "–"))
		return t.Err()
	})
}

var taskForm = regexp.MustCompile(`^([0-9]{1,2})\.([0-9]{1,2})\.?$`)

// planAssign records who answers for a task and until when.
func (m *Main) planAssign(ctx context.Context, o *options) error {
	number := taskForm.FindStringSubmatch(o.args[0])
	if number == nil {
		return usage("cmd.plan.task.wrong", "value", o.args[0])
	}
	measure, _ := strconv.Atoi(number[1])
	task, _ := strconv.Atoi(number[2])
	return m.with(ctx, o.dir, func(d *data) error {
		a, err := d.office.Assign(ctx, m.operator(), plan.Assignment{Task: plan.Ref{Measure: measure, Task: task},
			Responsible: o.responsible, Deadline: council.Date(o.deadline), Group: o.group, DecidedBy: o.decidedBy,
			DecidedOn: cmp.Or(council.Date(o.decidedOn), d.office.Today())})
		if err != nil {
			return err
		}
		t := m.tell()
		t.Line(0, "cmd.plan.assigned", "task", a.Task.Label(), "answers", answering(t, a.Responsible, a.Deadline))
		return t.Err()
	})
}

// planAssignments lists who answers for each task of the plan, with --all what
// was decided before.
func (m *Main) planAssignments(ctx context.Context, o *options) error {
	var duties []plan.Duty
	err := m.with(ctx, o.dir, func(d *data) (err error) {
		duties, err = d.office.Duties(ctx, 0)
		return err
	})
	if err != nil {
		return err
	}
	if o.json {
		return writeJSON(m.Out, duties)
	}
	t := m.tell()
	for _, d := range duties {
		t.Wrapped(0, d.Task.Label()+" ", d.Text)
		t.Wrapped(2, "", answering(t, d.Responsible, d.Deadline))
		if !o.all {
			continue
		}
		for _, a := range d.History {
			t.Bullet(2, "cmd.plan.duty.history", "date", string(a.DecidedOn), "by", a.DecidedBy,
				"who", cmp.Or(a.Responsible, "–"), "until", until(t, a.Deadline))
		}
	}
	return t.Err()
}

// answering says who answers for a task and by when.
func answering(t *tell.Teller, who string, deadline council.Date) string {
	return t.Say("cmd.plan.answers", "who", cmp.Or(who, t.Say("cmd.plan.nobody")), "until", until(t, deadline))
}

func until(t *tell.Teller, deadline council.Date) string {
	if deadline == "" {
		return t.Say("cmd.plan.no-deadline")
	}
	return locale.Date(t.Lang(), string(deadline), locale.Short)
}

// writeJSON writes a value so that people can read it too.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
