package minutes

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
)

// Begin is the treatment of an item on which nothing has been recorded yet.
func Begin(session string, it agenda.Item) Treatment {
	return Treatment{Session: session, Item: it.ID, Number: it.Number, Title: it.Title}
}

const (
	maxSpeeches = 100
	maxCourse   = 30_000 // characters of all speeches of an item
)

// SetCourse records who reported and who spoke, in their order. It fails while
// the session is not open, and on texts that cannot be printed.
func (t *Treatment) SetCourse(s council.Session, course []Speech) error {
	if err := recording(s); err != nil {
		return err
	}
	if len(course) > maxSpeeches {
		var l problem.List
		l.Add("course", "problem.range", "value", strconv.Itoa(len(course)), "least", "0", "most", strconv.Itoa(maxSpeeches))
		return l.Err()
	}
	course = slices.Clone(course)
	if err := validateCourse(course); err != nil {
		return err
	}
	t.Course = course
	return nil
}

func validateCourse(course []Speech) error {
	var l problem.List
	total := 0
	for i := range course {
		sp := &course[i]
		at := "course[" + strconv.Itoa(i) + "]"
		if sp.Kind != Reports && sp.Kind != Speaks {
			l.Add(at+".kind", "problem.choice", "value", string(sp.Kind), "choices", "reports, speaks")
		}
		text.Line(&l, at+".who", &sp.Who, 1, 300)
		text.Block(&l, at+".text", &sp.Text, 0, 10_000)
		total += utf8.RuneCountInString(sp.Text)
	}
	if total > maxCourse {
		l.Add("course", "problem.text.long", "length", strconv.Itoa(total), "most", strconv.Itoa(maxCourse))
	}
	return l.Err()
}

// SetTimes records when the session took up the item and when it ended it;
// either may be empty. It fails while the session is not open.
func (t *Treatment) SetTimes(s council.Session, started, ended council.Clock) error {
	if err := recording(s); err != nil {
		return err
	}
	var l problem.List
	if started != "" && !started.Valid() {
		l.Add("started", "problem.clock", "value", string(started))
	}
	if ended != "" && !ended.Valid() {
		l.Add("ended", "problem.clock", "value", string(ended))
	} else if ended != "" && ended < started {
		l.Add("ended", "problem.minutes.times", "started", string(started), "ended", string(ended))
	}
	if err := l.Err(); err != nil {
		return err
	}
	t.Started, t.Ended = started, ended
	return nil
}

// SetVote records the vote on the item; nil takes the record of it away. It
// fails while the session is not open, on more votes than there are voters at
// the item, and on a vote that does not carry what the item has already ended
// with.
func (t *Treatment) SetVote(s council.Session, by Voters, v *Vote) error {
	if err := recording(s); err != nil {
		return err
	}
	if v != nil {
		if err := v.validate(len(by.Attendance.VotingAt(t.Number)), by.Settings); err != nil {
			return err
		}
		v = new(*v)
	}
	after := *t
	after.Vote = v
	if t.Outcome != "" {
		var l problem.List
		after.validateClauses(&l, by)
		if err := l.Err(); err != nil {
			return err
		}
	}
	t.Vote = v
	return nil
}

// SetOutcome records how the item ended; empty takes the record of it away. It
// fails while the session is not open, when an item is said to be decided
// without a clause, when postponing or withdrawing has no reason, and when there
// are clauses that the council could not take: without a quorum, or without a
// vote that carried them. The opening item's „decided” approves the agenda and
// the earlier minutes it lists.
func (t *Treatment) SetOutcome(s council.Session, by Voters, o Outcome, why string) error {
	if err := recording(s); err != nil {
		return err
	}
	var l problem.List
	switch o {
	case "", Noted:
		why = ""
	case Decided:
		why = ""
		if t.Decisions == 0 {
			l.Add("outcome", "problem.minutes.outcome.clause", "number", strconv.Itoa(t.Number), "title", t.Title)
		}
	case Postponed, Withdrawn:
		text.Line(&l, "why", &why, 1, 500)
	default:
		l.Add("outcome", "problem.choice", "value", string(o), "choices", "decided, noted, postponed, withdrawn")
	}
	if o != "" {
		t.validateClauses(&l, by)
	}
	if err := l.Err(); err != nil {
		return err
	}
	t.Outcome, t.Why = o, why
	return nil
}

// validateClauses notes why the council could not have taken the item's
// clauses.
func (t *Treatment) validateClauses(l *problem.List, by Voters) {
	for _, m := range t.faults(by) {
		m.note(l, "outcome")
	}
}

// faults are what keeps the item's clauses from being decisions of the council.
func (t *Treatment) faults(by Voters) []Missing {
	if t.Decisions == 0 {
		return nil
	}
	number := strconv.Itoa(t.Number)
	present, needed, ok := by.Quorum(t.Number)
	var ms []Missing
	if !ok {
		key := "problem.minutes.quorum"
		if present >= needed {
			key = "problem.minutes.quorum.side"
		}
		ms = append(ms, t.missing(key, "number", number, "present", strconv.Itoa(present),
			"needed", strconv.Itoa(needed), "members", strconv.Itoa(by.Members)))
	}
	switch v := t.Vote; {
	case v == nil:
		ms = append(ms, t.missing("problem.minutes.vote.missing", "number", number))
	case v.Sum() > present:
		ms = append(ms, t.missing("problem.minutes.vote.sum", "number", number,
			"sum", strconv.Itoa(v.Sum()), "present", strconv.Itoa(present)))
	case v.Tied() && v.Casting == "" && by.Settings.Tie == council.PresidingDecides:
		ms = append(ms, t.missing("problem.minutes.vote.tied", "number", number, "for", strconv.Itoa(v.For)))
	case !v.Passed(present, by.Settings):
		ms = append(ms, t.missing("problem.minutes.vote.failed", "number", number, "for", strconv.Itoa(v.For),
			"against", strconv.Itoa(v.Against), "abstain", strconv.Itoa(v.Abstain), "present", strconv.Itoa(present)))
	}
	return ms
}

func (t *Treatment) missing(key string, args ...string) Missing {
	return Missing{Key: key, Args: problem.Pairs(args...), Hard: true, Item: t.Number}
}
