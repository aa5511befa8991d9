package minutes

import (
	"slices"
	"strconv"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/internal/text"
)

// Finding is what the council found, at a session and under an item of it, of
// how a decision has been carried out. Only a finding changes the status of a
// decision.
type Finding struct {
	Status  Status       `json:"status"` // partly, done, not-done; settled: need not be followed any more
	Session string       `json:"session"`
	On      council.Date `json:"on"` // the day of the session
	Item    string       `json:"item"`
	ItemNo  int          `json:"itemNo"`
	Clause  int          `json:"clause,omitempty"` // of the item that says so; 0: none does
	Note    string       `json:"note,omitempty"`
	By      string       `json:"by"`
	Name    string       `json:"name"`
	At      time.Time    `json:"at"`
}

// Judgement is what a person records of a finding.
type Judgement struct {
	Status Status `json:"status"`
	Clause int    `json:"clause"`
	Note   string `json:"note"`
}

// Find records what the council finds of the decision while it treats an item:
// the standing one on the execution of decisions, or one that lists this
// decision. A finding of the same session before it is replaced. It fails while
// the session is not open, on another item, on a decision of this session or
// with nothing to carry out, and on a clause that the item does not have.
func (d *Decision) Find(a council.Actor, s council.Session, it agenda.Item, t Treatment, j Judgement, at time.Time) error {
	if err := recording(s); err != nil {
		return err
	}
	switch {
	case d.first() == Settled:
		return problem.New(problem.State, "problem.minutes.progress.settled", "number", d.Number())
	case d.Session == s.ID:
		return problem.New(problem.State, "problem.minutes.finding.own", "number", d.Number())
	case !listsDecision(it, d.ID):
		return problem.New(problem.State, "problem.minutes.finding.item", "number", strconv.Itoa(it.Number), "title", it.Title)
	}
	if err := j.validate(t); err != nil {
		return err
	}
	d.dropFinding(s.ID)
	if !d.Status.Open() {
		return problem.New(problem.State, "problem.minutes.finding.closed", "number", d.Number())
	}
	d.Findings = append(d.Findings, Finding{Status: j.Status, Session: s.ID, On: s.Date, Item: it.ID, ItemNo: it.Number,
		Clause: j.Clause, Note: j.Note, By: a.Person, Name: a.Name, At: at.UTC().Truncate(time.Second)})
	d.Status = j.Status
	return nil
}

func listsDecision(it agenda.Item, id string) bool {
	return it.Kind == agenda.Execution ||
		slices.ContainsFunc(it.Details, func(x agenda.Detail) bool { return x.Ref == id })
}

func (j *Judgement) validate(t Treatment) error {
	var l problem.List
	switch j.Status {
	case PartlyDone, Done, NotDone, Settled:
	default:
		l.Add("status", "problem.choice", "value", string(j.Status), "choices", "partly, done, not-done, settled")
	}
	if j.Clause < 0 || j.Clause > t.Decisions {
		l.Add("clause", "problem.range", "value", strconv.Itoa(j.Clause), "least", "0", "most", strconv.Itoa(t.Decisions))
	}
	text.Block(&l, "note", &j.Note, 0, 2000)
	return l.Err()
}

// TakeBackFinding gives up what was recorded by mistake at a session that is
// still open. It fails when the session found nothing on the decision.
func (d *Decision) TakeBackFinding(s council.Session) error {
	if err := recording(s); err != nil {
		return err
	}
	if !d.dropFinding(s.ID) {
		return problem.New(problem.NotFound, "problem.minutes.finding.none", "number", d.Number(), "date", string(s.Date))
	}
	return nil
}

// MayTakeBack says why a clause cannot be given up: a finding on an earlier
// decision refers to it.
func (r *Record) MayTakeBack(clause Decision) error {
	for _, d := range r.Found {
		if f, ok := d.FoundAt(clause.Session); ok && f.Item == clause.Item && f.Clause == clause.Clause {
			return problem.New(problem.State, "problem.minutes.finding.clause", "number", clause.Number())
		}
	}
	return nil
}

// dropFinding takes a session's finding away, and the status it gave.
func (d *Decision) dropFinding(session string) bool {
	before := len(d.Findings)
	d.Findings = slices.DeleteFunc(slices.Clone(d.Findings), func(f Finding) bool { return f.Session == session })
	if len(d.Findings) == before {
		return false
	}
	d.Status = d.statusAt("9999-12-31")
	return true
}

// WithoutFinding is the decision as it was before a session found on it.
func (d Decision) WithoutFinding(session string) Decision {
	d.dropFinding(session)
	return d
}

// Found is the council's newest finding; false when there is none.
func (d *Decision) Found() (Finding, bool) {
	if n := len(d.Findings); n > 0 {
		return d.Findings[n-1], true
	}
	return Finding{}, false
}

// FoundAt is what one session found; false when it found nothing.
func (d *Decision) FoundAt(session string) (Finding, bool) {
	for _, f := range d.Findings {
		if f.Session == session {
			return f, true
		}
	}
	return Finding{}, false
}

// OpenAt reports whether the decision was taken and still open at the end of a
// day.
func (d Decision) OpenAt(on council.Date) bool { return d.Taken <= on && d.statusAt(on).Open() }

// AsOf is the decision as it stood at the end of a day: without the reports and
// findings that came after.
func (d Decision) AsOf(on council.Date) Decision {
	status := d.statusAt(on)
	d.Progress = slices.DeleteFunc(slices.Clone(d.Progress), func(p Progress) bool { return council.DateOf(p.At) > on })
	d.Findings = slices.DeleteFunc(slices.Clone(d.Findings), func(f Finding) bool { return f.On > on })
	d.Status = status
	return d
}

// statusAt is the decision's status at the end of a day: what the notes of old
// say, and the council's findings, by time.
func (d Decision) statusAt(on council.Date) Status {
	status, since := d.first(), time.Time{}
	for _, p := range d.Progress {
		if !p.Claim && council.DateOf(p.At) <= on {
			status, since = p.Status, p.At
		}
	}
	for _, f := range d.Findings {
		if f.On <= on && !f.At.Before(since) {
			status = f.Status
		}
	}
	return status
}

// foundSentence is a finding as the minutes have it, in Latvian.
func (d Decision) foundSentence(f Finding, past bool) string {
	s := said(locale.LV, past, "minutes.finding", "taken", string(d.Taken), "number", d.Number(), "status", string(f.Status))
	if f.Note != "" {
		s += " " + f.Note
	}
	return s
}
