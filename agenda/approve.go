package agenda

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
)

// Submit freezes the working draft as the next version, which waits for the
// leads. It refuses while a hard rule is not met, a soft one is broken without
// a reason, or candidates have come or gone since the draft was built: then the
// draft would not account for all of them. Reasons for going against rules that
// the draft keeps after all are not part of it.
func (a *Agenda) Submit(actor council.Actor, in Input, at time.Time) error {
	if err := a.editable(actor, &in); err != nil {
		return err
	}
	in.Today = council.DateOf(at)
	if a.Status == Submitted || a.Status == Approved {
		return problem.New(problem.State, "problem.agenda.submitted", "version", fmt.Sprint(len(a.Versions)))
	}
	if len(a.Draft.Items) == 0 {
		return problem.New(problem.State, "problem.agenda.empty")
	}
	d := a.Draft
	if d.Session != in.Session.ID || d.Principles != in.Principles.Version || d.Plan != in.Plan.Revision || d.Date != in.Session.Date {
		return problem.New(problem.State, "problem.agenda.stale")
	}
	if err := d.recheck(in); err != nil {
		return err
	}
	if err := a.ready(&d, &in); err != nil {
		return err
	}
	a.Draft, a.Overrides = d, a.liveOverrides(d.Unmet)
	return a.freeze(actor, &in, at)
}

// liveOverrides are the reasons for changes by hand, and for going against the
// rules that are not kept now.
func (a *Agenda) liveOverrides(unmet []Breach) []Override {
	return slices.DeleteFunc(slices.Clone(a.Overrides), func(o Override) bool {
		return o.Rule != "" && !slices.ContainsFunc(unmet, o.of)
	})
}

// of reports whether the reason was given for a breach.
func (o *Override) of(b Breach) bool { return o.Rule == b.Reason.Rule && o.Item == b.Item }

// ready gathers everything that keeps a draft from going out.
func (a *Agenda) ready(d *Draft, in *Input) error {
	var l problem.List
	for _, b := range d.Unmet {
		switch {
		case b.Hard:
			l.Add("rules."+b.Reason.Rule, b.Reason.Key, flat(b.Reason.Facts)...)
		case !a.Overridden(b):
			l.Add("reasons."+b.Reason.Rule, b.Reason.Key, flat(b.Reason.Facts)...)
		}
	}
	d.account(&l, in)
	e, ok := errors.AsType[*problem.Error](l.Err())
	if !ok {
		return nil
	}
	e.Kind, e.Key = problem.State, "problem.agenda.not-ready"
	return e
}

// Renewed is the agenda with what its draft does not keep as it stands by now,
// and what of the candidates the draft does not account for: they came since, or
// are no candidates any more. Nothing is changed.
func (a Agenda) Renewed(in Input) (Agenda, []problem.Field, error) {
	if len(a.Draft.Items) == 0 {
		return a, nil, nil
	}
	if err := a.Draft.recheck(in); err != nil {
		return Agenda{}, nil, err
	}
	var l problem.List
	a.Draft.account(&l, &in)
	if e, ok := errors.AsType[*problem.Error](l.Err()); ok {
		return a, e.Fields, nil
	}
	return a, nil, nil
}

// account notes the candidates that the draft does not speak of, and the items
// that are no candidates any more: withdrawn, or dealt with elsewhere.
func (d *Draft) account(l *problem.List, in *Input) {
	known := map[string]bool{}
	for i := range d.Items {
		known[d.Items[i].ID] = true
	}
	for i := range d.LeftOut {
		known[d.LeftOut[i].ID] = true
	}
	open := map[string]bool{}
	for i := range in.Candidates {
		c := &in.Candidates[i]
		open[c.ID] = true
		if !known[c.ID] {
			l.Add("candidates", "problem.agenda.unaccounted", "title", c.Title)
		}
	}
	for i := range d.Items {
		if it := &d.Items[i]; it.Source != Standing && !open[it.ID] {
			l.Add("items["+strconv.Itoa(i)+"]", "problem.agenda.gone", "title", it.Title)
		}
	}
}

func flat(args problem.Args) []string {
	var s []string
	for k, v := range args {
		s = append(s, k, v)
	}
	return s
}

// Overridden reports whether a reason is kept for going against the rule in this
// breach.
func (a *Agenda) Overridden(b Breach) bool {
	return slices.ContainsFunc(a.Overrides, func(o Override) bool { return o.of(b) })
}

func (a *Agenda) freeze(actor council.Actor, in *Input, at time.Time) error {
	n := len(a.Versions) + 1
	f, err := Freeze(Content{Form: in.Form, Version: n, Session: in.Session, Principles: a.Draft.Principles, Plan: a.Draft.Plan,
		Items: a.Draft.Items, LeftOut: a.Draft.LeftOut, Unmet: a.Draft.Unmet, Overrides: a.Overrides})
	if err != nil {
		return err
	}
	a.frozen = &f
	a.Versions = append(a.Versions, Version{Number: n, Digest: f.Digest, Submitted: at, SubmittedBy: actor.Person, Name: actor.Name,
		OutBy: in.outBy()})
	a.Status = Submitted
	return nil
}

// Freeze makes the canonical bytes of a content and their SHA-256. The
// session's state and revision are not content: they move on without changing
// what was approved.
func Freeze(c Content) (Frozen, error) {
	c.Session.State, c.Session.Revision = "", 0
	c.Session.OpenedAt, c.Session.ClosedAt = "", ""
	raw, err := json.Marshal(c)
	if err != nil {
		return Frozen{}, fmt.Errorf("freezing version %d: %w", c.Version, err)
	}
	sum := sha256.Sum256(raw)
	return Frozen{Number: c.Version, Digest: hex.EncodeToString(sum[:]), Bytes: raw}, nil
}

// TakeFrozen hands over what the last Submit froze, once; nil when nothing was.
func (a *Agenda) TakeFrozen() *Frozen {
	f := a.frozen
	a.frozen = nil
	return f
}

// ReadContent reads the frozen bytes of a version and holds them to its digest.
func ReadContent(raw []byte, digest string) (Content, error) {
	sum := sha256.Sum256(raw)
	if got := hex.EncodeToString(sum[:]); got != digest {
		return Content{}, fmt.Errorf("frozen agenda has digest %s, its version says %s", got, digest)
	}
	var c Content
	if err := json.Unmarshal(raw, &c); err != nil {
		return Content{}, fmt.Errorf("reading a frozen agenda: %w", err)
	}
	return c, nil
}

// Current is the newest version; false when none was submitted.
func (a *Agenda) Current() (*Version, bool) {
	if len(a.Versions) == 0 {
		return nil, false
	}
	return &a.Versions[len(a.Versions)-1], true
}

// MayApprove reports whether the actor may approve agendas or request changes:
// the chair, the deputy, or a recorded substitute of one. The secretariat
// prepares and an administrator gives the roles, so neither can approve.
func MayApprove(actor council.Actor) bool {
	return actor.HoldsAny(council.Chair, council.Deputy) && !actor.HoldsAny(council.Secretariat, council.Administrator)
}

// Approve records a lead's approval of the current version, which must be the
// digest the lead was shown. When both leads have approved, the agenda is
// approved. One person cannot give both approvals; giving the same one again
// changes nothing. An approval after the day on which the version had to go out
// is refused (P16).
func (a *Agenda) Approve(actor council.Actor, digest string, at time.Time) error {
	v, err := a.awaiting(actor, digest)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(v.Approvals, func(x Approval) bool { return x.Person == actor.Person }); i >= 0 {
		return problem.New(problem.State, "problem.agenda.approved-already", "version", fmt.Sprint(v.Number))
	}
	m, err := a.office(actor, v)
	if err != nil {
		return err
	}
	if err := v.inTime(at); err != nil {
		return err
	}
	v.Approvals = append(v.Approvals, Approval{Role: m.Role, Person: actor.Person, Name: actor.Name,
		SubstituteFor: m.SubstituteFor, Digest: v.Digest, At: at})
	if v.approvedBy(council.Chair) && v.approvedBy(council.Deputy) {
		a.Status = Approved
	}
	return nil
}

// RequestChanges returns the current version to the secretariat with a comment.
// It voids an approval the other lead gave.
func (a *Agenda) RequestChanges(actor council.Actor, digest, comment string, at time.Time) error {
	v, err := a.awaiting(actor, digest)
	if err != nil {
		return err
	}
	var l problem.List
	text.Block(&l, "comment", &comment, 3, 5000)
	if err := l.Err(); err != nil {
		return err
	}
	m := leads(actor)[0]
	v.Requests = append(v.Requests, Request{Role: m.Role, Person: actor.Person, Name: actor.Name,
		SubstituteFor: m.SubstituteFor, Digest: v.Digest, Comment: comment, At: at})
	a.Status = Returned
	return nil
}

// awaiting is the version that waits for the leads, if this actor may speak of
// it and was shown just that content.
func (a *Agenda) awaiting(actor council.Actor, digest string) (*Version, error) {
	if !MayApprove(actor) {
		return nil, problem.New(problem.Forbidden, "problem.agenda.leads-only")
	}
	v, ok := a.Current()
	if !ok {
		return nil, problem.New(problem.State, "problem.agenda.not-submitted")
	}
	if !strings.EqualFold(v.Digest, digest) {
		return nil, problem.New(problem.Conflict, "problem.agenda.other-content", "shown", short(digest), "current", short(v.Digest),
			"version", fmt.Sprint(v.Number))
	}
	if a.Status != Submitted {
		return nil, problem.New(problem.State, "problem.agenda.not-waiting", "version", fmt.Sprint(v.Number), "status", string(a.Status))
	}
	return v, nil
}

// short is as much of a digest as people compare.
func short(digest string) string { return digest[:min(len(digest), 12)] }

// office is the mandate under which the actor approves: their own before one as
// a substitute, and one whose approval is still open.
func (a *Agenda) office(actor council.Actor, v *Version) (council.Mandate, error) {
	for _, m := range leads(actor) {
		if !v.approvedBy(m.Role) {
			return m, nil
		}
	}
	return council.Mandate{}, problem.New(problem.State, "problem.agenda.office-approved", "version", fmt.Sprint(v.Number))
}

// leads are the mandates under which the actor is a lead: their own before one
// as a substitute.
func leads(actor council.Actor) []council.Mandate {
	var own, others []council.Mandate
	for _, role := range []council.Role{council.Chair, council.Deputy} {
		switch m, ok := actor.As(role); {
		case !ok:
		case m.SubstituteFor == "":
			own = append(own, m)
		default:
			others = append(others, m)
		}
	}
	return append(own, others...)
}

func (v *Version) approvedBy(role council.Role) bool {
	return slices.ContainsFunc(v.Approvals, func(x Approval) bool { return x.Role == role })
}
