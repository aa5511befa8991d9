package minutes

import (
	"strconv"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
)

// Stage is where a reminder stands to the deadline it reminds of.
type Stage string

const (
	Ahead   Stage = "ahead"   // so many days before the deadline
	OnDay   Stage = "on-day"  // on the deadline
	Belated Stage = "belated" // every so many days after it
)

// Sent is a reminder that was sent.
type Sent struct {
	For  council.Date `json:"for"` // the day on which it fell due
	To   string       `json:"to"`
	By   string       `json:"by"`
	Name string       `json:"name"`
	At   time.Time    `json:"at"`
}

// Reminder is a reminder of a decision that is due on a day.
type Reminder struct {
	Decision Decision
	To       string       // whom the decision is addressed to; empty: the secretariat sees to it itself
	Stage    Stage        //
	For      council.Date // the day on which it fell due, that day or before
	Deadline council.Date
	Days     int // until the deadline, or since it
}

// ReminderDue says which reminder of the decision is due on a day: the newest
// whose day has come, unless it was sent. One that was never sent is replaced by
// the next. next is the day of the session after the one that took the decision.
// None is due for a decision that is not open or has no deadline, and while a
// report that it is done waits for the council.
func (d Decision) ReminderDue(r council.Reminders, on, next council.Date) (Reminder, bool) {
	due := d.Due(next)
	if p, ok := d.Claimed(); due == "" || on < d.Taken || !d.Status.Open() || ok && p.Status == Done {
		return Reminder{}, false
	}
	stage, day := newestStage(r, due, on)
	if day == "" || day < d.Taken {
		return Reminder{}, false
	}
	for _, s := range d.Reminders {
		if s.For >= day {
			return Reminder{}, false
		}
	}
	x := Reminder{Decision: d, To: d.Addressee, Stage: stage, For: day, Deadline: due}
	if x.Days = on.DaysUntil(due); x.Days < 0 {
		x.Days = -x.Days
	}
	return x, true
}

// newestStage is the last day by a day on which the settings ask for a reminder
// of a deadline; empty when none has come yet. One that came before the deadline
// is no longer due once the deadline itself has passed.
func newestStage(r council.Reminders, due, on council.Date) (Stage, council.Date) {
	late := due.DaysUntil(on)
	switch {
	case late > 0 && r.Every > 0 && late >= r.Every:
		return Belated, due.AddDays(late / r.Every * r.Every)
	case late >= 0 && r.OnDay:
		return OnDay, due
	case late < 0 && r.Before > 0 && -late <= r.Before:
		return Ahead, due.AddDays(-r.Before)
	}
	return "", ""
}

// MarkReminded notes that the reminder due on a day was sent, so that it is not
// due again. It fails when none is due.
func (d *Decision) MarkReminded(a council.Actor, r council.Reminders, on, next council.Date, to string, at time.Time) error {
	x, ok := d.ReminderDue(r, on, next)
	if !ok {
		return problem.New(problem.State, "problem.minutes.reminder.none", "number", d.Number(), "date", string(on))
	}
	if to == "" {
		to = x.To
	}
	var l problem.List
	text.Line(&l, "to", &to, 0, 300)
	if len(d.Reminders) >= maxReminders {
		l.Add("to", "problem.minutes.reminder.many", "most", strconv.Itoa(maxReminders))
	}
	if err := l.Err(); err != nil {
		return err
	}
	d.Reminders = append(d.Reminders, Sent{For: x.For, To: to, By: a.Person, Name: a.Name, At: at.UTC().Truncate(time.Second)})
	return nil
}

const maxReminders = 500

// MayRemind reports whether the actor may see which reminders are due and note
// them as sent.
func MayRemind(a council.Actor) bool { return a.Operator || a.Holds(council.Secretariat) }
