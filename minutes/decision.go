package minutes

import (
	"cmp"
	"slices"
	"strconv"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
	"padome/plan"
)

// Clause is what a person enters of a decision. A deadline is a day or the next
// session, not both.
type Clause struct {
	Wording   string       `json:"wording"`
	Addressee string       `json:"addressee,omitempty"`
	Deadline  council.Date `json:"deadline,omitempty"`
	UntilNext bool         `json:"untilNext,omitempty"`
	Tasks     []plan.Ref   `json:"tasks,omitempty"`
}

const (
	maxClauses = 99
	maxLinks   = 24
)

// Take adds the next clause to what the session decides on the item, under the
// id given. It is open when there is somebody to carry it out or a day to do so
// by, and settled else. It fails while the session is not open, and on what
// Clause.validate finds.
func (t *Treatment) Take(s council.Session, p *plan.Plan, id string, c Clause) (Decision, error) {
	if err := recording(s); err != nil {
		return Decision{}, err
	}
	if t.Decisions >= maxClauses {
		return Decision{}, problem.New(problem.TooLarge, "problem.minutes.clauses", "most", strconv.Itoa(maxClauses))
	}
	d := Decision{ID: id, Session: s.ID, Item: t.Item, Taken: s.Date, ItemNo: t.Number, Clause: t.Decisions + 1}
	if err := d.put(c, p); err != nil {
		return Decision{}, err
	}
	t.Decisions++
	return d, nil
}

// TakeBack gives up a clause that was taken by mistake; the caller deletes it.
// Only the item's last clause can go, so that numbers have no gap. It fails
// while the session is not open, and when the item has ended as decided and
// this is its only clause.
func (t *Treatment) TakeBack(s council.Session, d *Decision) error {
	if err := recording(s); err != nil {
		return err
	}
	if d.Item != t.Item || d.Clause != t.Decisions {
		return problem.New(problem.State, "problem.minutes.take-back.last", "number", d.Number(),
			"last", clauseNumber(t.Number, t.Decisions))
	}
	if t.Outcome == Decided && t.Decisions == 1 {
		return problem.New(problem.State, "problem.minutes.take-back.decided", "number", d.Number())
	}
	t.Decisions--
	return nil
}

// Reword puts a clause in other words, with its addressee, deadline and tasks;
// its number stays. It fails when the session is not open, or when its minutes,
// whose state is given, are final.
func (d *Decision) Reword(s council.Session, minutes State, p *plan.Plan, c Clause) error {
	if minutes != "" && minutes != Draft {
		return problem.New(problem.State, "problem.minutes.record-final", "date", string(s.Date))
	}
	if err := recording(s); err != nil {
		return err
	}
	return d.put(c, p)
}

func (d *Decision) put(c Clause, p *plan.Plan) error {
	c.Tasks = slices.Clone(c.Tasks)
	if err := c.validate(d.Taken, p); err != nil {
		return err
	}
	d.Wording, d.Addressee, d.Deadline, d.UntilNext, d.Tasks = c.Wording, c.Addressee, c.Deadline, c.UntilNext, c.Tasks
	d.Status = d.first()
	return nil
}

// validate tidies the texts and says what is wrong: nothing said, a deadline
// before the session or two of them, a task that the plan in force does not
// have.
func (c *Clause) validate(taken council.Date, p *plan.Plan) error {
	var l problem.List
	text.Block(&l, "wording", &c.Wording, 1, 3000)
	text.Line(&l, "addressee", &c.Addressee, 0, 300)
	switch {
	case c.Deadline != "" && !c.Deadline.Valid():
		l.Add("deadline", "problem.date", "value", string(c.Deadline))
	case c.Deadline != "" && c.UntilNext:
		l.Add("deadline", "problem.minutes.deadline.both", "value", string(c.Deadline))
	case c.Deadline != "" && c.Deadline < taken:
		l.Add("deadline", "problem.minutes.deadline.past", "value", string(c.Deadline), "session", string(taken))
	}
	if len(c.Tasks) > maxLinks {
		l.Add("tasks", "problem.range", "value", strconv.Itoa(len(c.Tasks)), "least", "0", "most", strconv.Itoa(maxLinks))
		return l.Err()
	}
	for i, r := range c.Tasks {
		if t, ok := p.Task(r.Measure, r.Task); !ok || t.Retired || r.Revision != p.Revision {
			l.Add("tasks["+strconv.Itoa(i)+"]", "problem.minutes.task", "value", r.Label(),
				"given", strconv.Itoa(r.Revision), "revision", strconv.Itoa(p.Revision))
		}
	}
	slices.SortFunc(c.Tasks, func(a, b plan.Ref) int {
		return cmp.Or(cmp.Compare(a.Measure, b.Measure), cmp.Compare(a.Task, b.Task))
	})
	c.Tasks = slices.Compact(c.Tasks)
	return l.Err()
}

// Number is how documents call the clause: "1.2."
func (d Decision) Number() string { return clauseNumber(d.ItemNo, d.Clause) }

func clauseNumber(item, clause int) string {
	return strconv.Itoa(item) + "." + strconv.Itoa(clause) + "."
}

// first is the status of a clause of which nothing has been reported.
func (d Decision) first() Status {
	if d.Addressee == "" && d.Deadline == "" && !d.UntilNext {
		return Settled
	}
	return OpenStatus
}

// Open reports whether there is still something to carry out. What was reported
// as not done is still to do; the council takes it off by Settled.
func (s Status) Open() bool { return s == OpenStatus || s == PartlyDone || s == NotDone }

// Due is the day by which the decision is to be carried out; empty when none is
// set, or while the next session that it waits for is not planned. next is the
// day of the session after the one that took it.
func (d Decision) Due(next council.Date) council.Date {
	if d.UntilNext {
		return next
	}
	return d.Deadline
}

// Overdue reports whether the decision is open though its day has passed. One
// without a deadline is never overdue.
func (d Decision) Overdue(today, next council.Date) bool {
	due := d.Due(next)
	return d.Status.Open() && due != "" && due < today
}
