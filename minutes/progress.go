package minutes

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
)

// Progress is a report on carrying out a decision. What it claims holds only
// once the council has found so at a session; a note from before reports were
// claims counts by itself.
type Progress struct {
	Text     string              `json:"text"`
	Status   Status              `json:"status"` // claimed; of a note without Claim, the status after it
	Claim    bool                `json:"claim,omitempty"`
	For      string              `json:"for,omitempty"` // whose report it is: the addressee's, or another organisation's
	Evidence []agenda.Attachment `json:"evidence,omitempty"`
	By       string              `json:"by"`
	Name     string              `json:"name"`
	At       time.Time           `json:"at"`
}

// Report is what somebody enters of how a decision is being carried out.
type Report struct {
	Text   string `json:"text"`
	Status Status `json:"status"` // claimed: open, partly, done or not-done
	For    string `json:"for"`    // empty: the addressee's
}

const (
	maxProgress = 200
	maxEvidence = 20
)

// Report notes a report on carrying out the decision. The decision's own status
// stays: the council finds at a session whether the claim holds. It fails on a
// decision with nothing to carry out or that the council has taken off, on a
// status that cannot be claimed and on a report from before the decision.
func (d *Decision) Report(a council.Actor, r Report, at time.Time) error {
	if d.first() == Settled {
		return problem.New(problem.State, "problem.minutes.progress.settled", "number", d.Number())
	}
	if !d.Status.Open() {
		return problem.New(problem.State, "problem.minutes.progress.closed", "number", d.Number())
	}
	var l problem.List
	text.Block(&l, "text", &r.Text, 1, 5000)
	text.Line(&l, "for", &r.For, 0, 300)
	switch r.Status {
	case OpenStatus, PartlyDone, Done, NotDone:
	default:
		l.Add("status", "problem.choice", "value", string(r.Status), "choices", "open, partly, done, not-done")
	}
	if on := council.DateOf(at); on < d.Taken {
		l.Add("at", "problem.minutes.progress.early", "value", string(on), "taken", string(d.Taken))
	}
	if len(d.Progress) >= maxProgress {
		l.Add("text", "problem.minutes.progress.many", "most", strconv.Itoa(maxProgress))
	}
	if err := l.Err(); err != nil {
		return err
	}
	if r.For == "" {
		r.For = d.Addressee
	}
	d.Progress = append(d.Progress, Progress{Text: r.Text, Status: r.Status, Claim: true, For: r.For,
		By: a.Person, Name: a.Name, At: at.UTC().Truncate(time.Second)})
	return nil
}

// AddEvidence adds a file to a report, counted from 1. It fails on a report that
// is not there, one that somebody else entered unless the actor is the
// secretariat, and one that the council has already dealt with.
func (d *Decision) AddEvidence(a council.Actor, report int, file agenda.Attachment) error {
	p, err := d.evidenceFor(a, report)
	if err != nil {
		return err
	}
	p.Evidence = append(slices.Clip(p.Evidence), file)
	return nil
}

// MayAddEvidence says why a file cannot be added to a report: AddEvidence fails
// with the same.
func (d *Decision) MayAddEvidence(a council.Actor, report int) error {
	_, err := d.evidenceFor(a, report)
	return err
}

func (d *Decision) evidenceFor(a council.Actor, report int) (*Progress, error) {
	if report < 1 || report > len(d.Progress) {
		return nil, problem.New(problem.NotFound, "problem.minutes.report", "value", strconv.Itoa(report), "number", d.Number())
	}
	p := &d.Progress[report-1]
	switch {
	case !a.Holds(council.Secretariat) && (a.Person == "" || a.Person != p.By):
		return nil, problem.New(problem.Forbidden, "problem.minutes.report.whose")
	case !p.Claim, d.foundAfter(p.At):
		return nil, problem.New(problem.State, "problem.minutes.report.dealt-with", "number", d.Number())
	case len(p.Evidence) >= maxEvidence:
		return nil, problem.New(problem.TooLarge, "problem.minutes.report.evidence", "most", strconv.Itoa(maxEvidence))
	}
	return p, nil
}

// Evidence finds a file that a report on the decision rests on; false when none
// has it.
func (d *Decision) Evidence(sum string) (agenda.Attachment, bool) {
	for _, p := range d.Progress {
		for _, e := range p.Evidence {
			if e.SHA256 == sum {
				return e, true
			}
		}
	}
	return agenda.Attachment{}, false
}

// Told is the newest report that the council has not dealt with yet; false when
// there is none, or the decision is no longer open.
func (d *Decision) Told() (Progress, bool) {
	if len(d.Progress) == 0 || !d.Status.Open() {
		return Progress{}, false
	}
	p := d.Progress[len(d.Progress)-1]
	return p, p.Claim && !d.foundAfter(p.At)
}

// Claimed is Told where the report claims that the decision is done, partly done
// or not done, and so waits for the council.
func (d *Decision) Claimed() (Progress, bool) {
	p, ok := d.Told()
	return p, ok && p.Status != OpenStatus
}

// foundAfter reports whether the council has found on the decision since a
// report.
func (d *Decision) foundAfter(at time.Time) bool {
	n := len(d.Findings)
	return n > 0 && !d.Findings[n-1].At.Before(at)
}

// MayReportFor reports whether the actor, who is of an organisation, may report
// on the decision: the secretariat, and a member, the chair or the deputy whose
// organisation it is addressed to.
func (d *Decision) MayReportFor(a council.Actor, organisation string) bool {
	return MayReport(a) || d.Addressee != "" && strings.EqualFold(organisation, d.Addressee) &&
		a.HoldsAny(council.Member, council.Chair, council.Deputy)
}

// ForAgenda is the decision as the standing item of a later agenda lists it.
func (d Decision) ForAgenda(next council.Date) agenda.OpenDecision {
	x := agenda.OpenDecision{ID: d.ID, Number: d.Number(), Session: d.Session, Taken: d.Taken,
		Wording: d.Wording, Addressee: d.Addressee, Deadline: d.Due(next)}
	if p, ok := d.Told(); ok {
		x.Claimed, x.ClaimedOn = string(p.Status), council.DateOf(p.At)
	}
	if f, ok := d.Found(); ok {
		x.Found, x.FoundOn = string(f.Status), f.On
	}
	return x
}
