package office

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"padome/council"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/minutes"
	"padome/storage"
)

// DueReminder is a reminder that is due, ready to be sent in each language.
type DueReminder struct {
	minutes.Reminder
	Papers     map[locale.Lang]document.Document
	Checkpoint string // the newest of the ledger, signed, which the papers have in short; "" without a key at hand
}

// Text is the reminder as plain text, ready to be sent.
func (r DueReminder) Text(lang locale.Lang) string { return document.PlainText(r.Papers[lang]) }

// RemindersDue are the reminders of open decisions that are due on a day, the
// most overdue first, for the secretariat.
func (o *Office) RemindersDue(ctx context.Context, a council.Actor, on council.Date) ([]DueReminder, error) {
	if !minutes.MayRemind(a) {
		return nil, forbidden(false, a, "problem.office.remind")
	}
	if err := checkDate("date", on); err != nil {
		return nil, err
	}
	x, err := storage.Read(ctx, o.council, func(v *storage.View) (dueThen, error) { return o.dueOn(v, on) })
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(x.reminders, func(a, b minutes.Reminder) int {
		return cmp.Or(cmp.Compare(a.Deadline, b.Deadline), cmp.Compare(a.Decision.Taken, b.Decision.Taken),
			cmp.Compare(a.Decision.ItemNo, b.Decision.ItemNo), cmp.Compare(a.Decision.Clause, b.Decision.Clause))
	})
	due := make([]DueReminder, 0, len(x.reminders))
	for _, r := range x.reminders {
		papers := map[locale.Lang]document.Document{}
		for _, lang := range locale.Langs {
			papers[lang] = x.witness.with(r.Paper(lang, x.settings, on, x.numbers[r.Decision.Session]))
		}
		due = append(due, DueReminder{r, papers, x.witness.Signed})
	}
	return due, nil
}

// dueThen are the reminders due on a day, and what their papers say beside them.
type dueThen struct {
	reminders []minutes.Reminder
	numbers   map[string]int // of the minutes, by session
	settings  council.Settings
	witness   Witness
}

func (o *Office) dueOn(v *storage.View, on council.Date) (x dueThen, err error) {
	x.numbers = map[string]int{}
	if x.settings, err = v.Settings(); err != nil {
		return x, err
	}
	if x.witness, err = o.witness(v, x.settings); err != nil {
		return x, err
	}
	open, err := v.AllOpenDecisions()
	if err != nil {
		return x, err
	}
	for _, d := range open {
		r, ok, err := reminderOf(v, d, x.settings, on)
		if err != nil {
			return x, err
		}
		if ok {
			x.reminders = append(x.reminders, r)
			x.numbers[d.Session] = 0
		}
	}
	for session := range x.numbers {
		m, err := v.Minutes(session)
		if err != nil && !isMissing(err) {
			return x, err
		}
		x.numbers[session] = m.Number
	}
	return x, nil
}

// reminderOf says which reminder of a decision is due on a day.
func reminderOf(v *storage.View, d minutes.Decision, s council.Settings, on council.Date) (minutes.Reminder, bool, error) {
	next, err := sessionAfter(v, d)
	if err != nil {
		return minutes.Reminder{}, false, err
	}
	r, ok := d.ReminderDue(s.RemindersInForce(), on, next)
	return r, ok, nil
}

// sessionAfter is the day of the session that follows the one which took a
// decision that is due then; empty for other decisions, and while none is
// planned.
func sessionAfter(v *storage.View, d minutes.Decision) (council.Date, error) {
	if !d.UntilNext {
		return "", nil
	}
	s, err := v.Session(d.Session)
	if err != nil {
		return "", err
	}
	next, _, err := v.NextSession(s)
	return next.Date, err
}

// MarkReminded notes that the reminder of a decision that is due on a day was
// sent, to whom and by whom, so that it is not due again. An empty addressee is
// the decision's own.
func (o *Office) MarkReminded(ctx context.Context, by By, id string, revision uint64, on council.Date, to string) (minutes.Decision, error) {
	if !minutes.MayRemind(by.Actor) {
		return minutes.Decision{}, forbidden(false, by.Actor, "problem.office.remind")
	}
	if err := checkDate("date", on); err != nil {
		return minutes.Decision{}, err
	}
	at := o.db.Now()
	return storage.Do(ctx, o.council, by.change("history.decision.reminded", to), func(tx *storage.Tx) (minutes.Decision, error) {
		s, err := tx.Settings()
		if err != nil {
			return minutes.Decision{}, err
		}
		d, err := tx.Decision(id)
		if err != nil {
			return minutes.Decision{}, err
		}
		next, err := sessionAfter(&tx.View, d)
		if err != nil {
			return minutes.Decision{}, err
		}
		return tx.UpdateDecision(id, revision, func(d *minutes.Decision) error {
			return d.MarkReminded(by.Actor, s.RemindersInForce(), on, next, to, at)
		})
	})
}

// reminderTodos is one thing to do for all reminders that are due.
func reminderTodos(v *storage.View, a council.Actor, on council.Date) ([]Todo, error) {
	if !a.Holds(council.Secretariat) {
		return nil, nil
	}
	settings, err := v.Settings()
	if err != nil {
		return nil, err
	}
	open, err := v.AllOpenDecisions()
	if err != nil {
		return nil, err
	}
	n, todo := 0, Todo{Kind: SendReminders}
	for _, d := range open {
		r, due, err := reminderOf(v, d, settings, on)
		if err != nil {
			return nil, err
		}
		if due {
			n++
			todo.Due = min(orLast(todo.Due), r.For)
		}
	}
	if n == 0 {
		return nil, nil
	}
	todo.About = strconv.Itoa(n)
	return []Todo{todo}, nil
}
