package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
	"padome/templates"
)

// itemEntered is what any of an item's forms may send; part says which one it
// is, and do which of its buttons was pressed.
type itemEntered struct {
	Part     string `json:"part"`
	Do       string `json:"do"`
	Decision string `json:"decision"` // id of the one that is reworded or found on
	timesRequest
	courseEntered
	voteEntered
	clauseEntered
	outcomeRequest
	findingEntered
}

type courseEntered struct {
	Course string `json:"course"`
}

type voteEntered struct {
	For     string `json:"for"`
	Against string `json:"against"`
	Abstain string `json:"abstain"`
	Casting string `json:"casting"`
}

type clauseEntered struct {
	Wording   string       `json:"wording"`
	Addressee string       `json:"addressee"`
	Deadline  council.Date `json:"deadline"`
	UntilNext bool         `json:"untilNext"`
	Tasks     string       `json:"tasks"`
}

type findingEntered struct {
	Status minutes.Status `json:"status"`
	Clause string         `json:"clause"`
	Note   string         `json:"note"`
}

// allItemFields are those of every part: which of them a form has, its part says.
var allItemFields = slices.Concat(templates.LiveTimesFields, templates.LiveCourseFields, templates.LiveVoteFields,
	templates.LiveClauseFields, templates.LiveOutcomeFields, templates.LiveFindingFields)

// recordItemByForm records what one of an item's forms says. The other forms of
// the page lose nothing by it, and do not go out of date: each compares only the
// part that it shows.
func (s *Server) recordItemByForm(c *Call) error {
	x, err := s.liveItem(c)
	if err != nil {
		return err
	}
	var in itemEntered
	form, err := c.Form(allItemFields, &in)
	if err != nil {
		return err
	}
	save := c.saving(&x, &in)
	if save == nil {
		return problem.New(malformed, "problem.form.command")
	}
	err = save(form.Revision)
	if problem.KindOf(err) == problem.Conflict && form.Value("was") == digestOf(x.part(in.Part)) {
		err = save(x.Treatment.Revision) // only other parts of the item have changed
	}
	return s.itemAnswer(c, &x, &in, form, err)
}

// itemAnswer goes on to the page of the item, or shows the form again in its
// place with what is wrong, or with what somebody else recorded meanwhile.
func (s *Server) itemAnswer(c *Call, x *liveItem, in *itemEntered, form templates.Form, err error) error {
	kind := problem.KindOf(err)
	if err == nil {
		return c.Done(x.path(), doneWith(in), "n", strconv.Itoa(x.Item.Number))
	}
	if kind != problem.Invalid && kind != problem.Conflict && kind != problem.State {
		return err
	}
	now, readErr := s.liveItem(c)
	if readErr != nil {
		return readErr
	}
	p, pageErr := s.itemPageOf(c, &now)
	if pageErr != nil {
		return pageErr
	}
	at := formOf(&p, in)
	if at == nil {
		return err
	}
	fresh := *at
	at.Values, at.Command = form.Values, form.Command
	if kind == problem.Conflict {
		at.Values["was"], at.Command = fresh.Values["was"], fresh.Command
		p.Meanwhile, p.Theirs = c.say("page.live.meanwhile."+in.Part), c.theirs(&now, in)
		return c.Page(http.StatusConflict, p)
	}
	at.Revision = form.Revision
	if e, ok := asProblem(err); ok && kind == problem.State {
		at.Faults = templates.Faults{{Text: locale.Text(c.Lang, e.Key, e.Args)}}
		return c.Page(http.StatusConflict, p)
	}
	c.fault(at, err)
	if in.Part == "vote" && x.r.Settings.Tie == council.PresidingDecides {
		p.Casting = p.Casting || in.voteEntered.For != "" && in.voteEntered.For == in.voteEntered.Against
	}
	return c.FormPage(p)
}

// doneWith is the key of what was done.
func doneWith(in *itemEntered) string {
	if in.Do == "clear" || in.Do == "back" {
		return "done.live." + in.Part + ".back"
	}
	return "done.live." + in.Part
}

// formOf is the form of the page that was sent; nil when it is there no more.
func formOf(p *templates.LiveItem, in *itemEntered) *templates.Form {
	switch in.Part {
	case "times":
		return &p.Times
	case "course":
		return &p.Course
	case "vote":
		return &p.Vote
	case "outcome":
		return &p.Outcome
	case "clause":
		return &p.Clause
	case "reword":
		for i := range p.Row.Clauses {
			if f := &p.Row.Clauses[i].Edit; f.Value("decision") == in.Decision {
				return f
			}
		}
	case "finding":
		for i := range p.Row.Found {
			if p.Row.Found[i].ID == in.Decision {
				return &p.Row.Found[i].Form
			}
		}
	}
	return nil
}

// theirs is what the record says now of the part that was sent.
func (c *Call) theirs(x *liveItem, in *itemEntered) string {
	switch t := x.Treatment; in.Part {
	case "times":
		return c.spanOf(t.Started, t.Ended)
	case "course":
		return minutes.CourseText(t.Course)
	case "vote":
		if t.Vote != nil {
			return t.Vote.Text(c.Lang)
		}
	case "outcome":
		return strings.TrimSpace(c.treatmentTag(&t).Text + "\n" + t.Why)
	case "clause", "reword":
		var all []string
		for _, d := range x.Clauses {
			all = append(all, d.Number()+" "+d.Wording)
		}
		return strings.Join(all, "\n")
	case "finding":
		for _, d := range x.r.Found {
			if f, ok := d.FoundAt(x.r.Session.ID); ok && d.ID == in.Decision {
				return c.foundText(&d, f)
			}
		}
	}
	return ""
}

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
