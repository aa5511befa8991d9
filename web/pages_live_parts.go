package web

import (
	"strconv"
	"strings"

	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
)

// saving is what records the part that was sent, upon a revision that the form
// saw; nil for a part that there is not.
func (c *Call) saving(x *liveItem, in *itemEntered) func(revision uint64) error {
	o, session, item := c.server.Office, x.r.Session.ID, x.Item.ID
	switch in.Part {
	case "times":
		return func(revision uint64) error { return c.saveTimes(x, in, revision) }
	case "course":
		return func(revision uint64) error {
			course, err := minutes.ReadCourse(in.Course)
			if err == nil {
				_, err = o.RecordCourse(c.Ctx, c.by(), session, item, revision, course)
			}
			return renamed(err, func(string) string { return "course" })
		}
	case "vote":
		return func(revision uint64) error {
			v, err := c.voteOf(x, in)
			if err == nil {
				_, err = o.RecordVote(c.Ctx, c.by(), session, item, revision, v)
			}
			return renamed(err, func(name string) string { return strings.TrimPrefix(name, "vote.") })
		}
	case "outcome":
		return func(revision uint64) error {
			if in.Do == "clear" {
				in.Outcome, in.Why = "", ""
			} else if in.Outcome == "" {
				return faultOf("outcome", "problem.live.outcome")
			}
			_, err := o.RecordOutcome(c.Ctx, c.by(), session, item, revision, in.Outcome, in.Why)
			return err
		}
	case "clause", "reword":
		return func(revision uint64) error { return c.saveClause(x, in, revision) }
	case "finding":
		return func(revision uint64) error { return c.saveFinding(x, in, revision) }
	}
	return nil
}

func faultOf(field, key string, args ...string) error {
	var l problem.List
	l.Add(field, key, args...)
	return l.Err()
}

// saveTimes records the times entered; or takes the time of this moment, and
// ends the item that was begun before, if one still was.
func (c *Call) saveTimes(x *liveItem, in *itemEntered, revision uint64) error {
	o, session := c.server.Office, x.r.Session.ID
	t := timesRequest{clockEntered(in.Started), clockEntered(in.Ended)}
	if in.Do == "now" {
		t = timesRequest{x.Treatment.Started, x.Treatment.Ended}
		if t.Started == "" {
			t.Started = c.clockNow()
		} else {
			t.Ended = c.clockNow()
		}
	}
	if _, err := o.RecordTimes(c.Ctx, c.by(), session, x.Item.ID, revision, t.Started, t.Ended); err != nil {
		return err
	}
	other := x.running()
	if in.Do != "now" || other == nil || x.Treatment.Started != "" || t.Started < other.Treatment.Started {
		return nil
	}
	by := c.by()
	by.Command += "+"
	_, err := o.RecordTimes(c.Ctx, by, session, other.Item.ID, other.Treatment.Revision, other.Treatment.Started, t.Started)
	return err
}

// voteOf is the vote entered; nil to take it away.
func (c *Call) voteOf(x *liveItem, in *itemEntered) (*minutes.Vote, error) {
	switch in.Do {
	case "clear":
		return nil, nil
	case "consensus":
		return &minutes.Vote{Consensus: true}, nil
	}
	present, _, _ := x.r.Voters().Quorum(x.Item.Number)
	v, err := in.voteEntered.vote(present)
	return &v, err
}

// vote is what was entered, of so many who can vote. Where nobody counted those
// in favour, they are all who can less the others.
func (e voteEntered) vote(present int) (minutes.Vote, error) {
	v := minutes.Vote{Casting: e.Casting}
	var l problem.List
	for _, n := range []struct {
		field, value string
		to           *int
	}{{"for", e.For, &v.For}, {"against", e.Against, &v.Against}, {"abstain", e.Abstain, &v.Abstain}} {
		value := strings.TrimSpace(n.value)
		var err error
		if value != "" {
			*n.to, err = strconv.Atoi(value)
		}
		if err != nil {
			l.Add(n.field, "problem.form.whole", "value", clip(value))
		}
	}
	if strings.TrimSpace(e.For) == "" {
		v.For = max(present-v.Against-v.Abstain, 0)
	}
	if !v.Tied() {
		v.Casting = ""
	}
	return v, l.Err()
}

// saveClause takes the next clause, rewords one, or takes the last one back.
func (c *Call) saveClause(x *liveItem, in *itemEntered, revision uint64) error {
	o := c.server.Office
	if in.Do == "back" {
		_, err := o.TakeBackDecision(c.Ctx, c.by(), in.Decision, revision)
		return err
	}
	p, err := o.PlanInForce(c.Ctx, x.r.Session.Date)
	if err != nil {
		return err
	}
	clause := minutes.Clause{Wording: in.Wording, Addressee: in.Addressee, Deadline: in.Deadline, UntilNext: in.UntilNext}
	if clause.Tasks, err = tasksEntered(in.clauseEntered.Tasks, p.Revision); err != nil {
		return err
	}
	if in.Part == "reword" {
		_, err = o.RewordDecision(c.Ctx, c.by(), in.Decision, revision, clause)
	} else {
		_, err = o.TakeDecision(c.Ctx, c.by(), x.r.Session.ID, x.Item.ID, revision, clause)
	}
	return withoutPlaces(err)
}

// tasksEntered reads numbers of tasks as people write them: „8.1., 8.2”.
func tasksEntered(s string, revision int) (refs []plan.Ref, err error) {
	var l problem.List
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' }) {
		measure, task, ok := strings.Cut(strings.TrimSuffix(word, "."), ".")
		m, errM := strconv.Atoi(measure)
		n, errN := strconv.Atoi(task)
		if !ok || errM != nil || errN != nil {
			l.Add("tasks", "problem.live.task", "value", clip(word))
			continue
		}
		refs = append(refs, plan.Ref{Revision: revision, Measure: m, Task: n})
	}
	return refs, l.Err()
}

// taskLabels are tasks as tasksEntered reads them.
func taskLabels(refs []plan.Ref) string {
	words := make([]string, len(refs))
	for i, r := range refs {
		words[i] = r.Label()
	}
	return strings.Join(words, ", ")
}

// saveFinding records what the session finds of an earlier decision, or takes
// that back.
func (c *Call) saveFinding(x *liveItem, in *itemEntered, revision uint64) error {
	o, session, item := c.server.Office, x.r.Session.ID, x.Item.ID
	if in.Do == "back" {
		_, err := o.TakeBackFinding(c.Ctx, c.by(), session, item, in.Decision, revision)
		return err
	}
	if in.Status == "" {
		return faultOf("status", "problem.live.finding")
	}
	clause := 0
	if value := strings.TrimSuffix(strings.TrimSpace(in.findingEntered.Clause), "."); value != "" {
		value = value[strings.LastIndex(value, ".")+1:] // 2.1. is the first of item 2
		n, err := strconv.Atoi(value)
		if err != nil {
			return faultOf("clause", "problem.form.whole", "value", clip(in.findingEntered.Clause))
		}
		clause = n
	}
	_, err := o.FindDecision(c.Ctx, c.by(), session, item, in.Decision, revision, minutes.Judgement{Status: in.Status, Clause: clause, Note: in.Note})
	return err
}
