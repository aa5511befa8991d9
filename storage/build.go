package storage

import (
	"slices"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/plan"
)

// BuildData is everything that the agenda of a session is built from, as it was
// in one snapshot.
type BuildData struct {
	Session    council.Session
	Settings   council.Settings
	Calendar   council.Calendar
	Groups     []council.WorkingGroup
	People     []council.Person
	Mandates   []council.Mandate
	Delegates  []council.Delegation // all there ever were
	Plans      []plan.Plan          // all revisions, oldest first
	Principles []agenda.Principles  // all versions, oldest first
	Proposals  []agenda.Proposal    // that wait
	Carried    []agenda.Candidate
	Past       []council.Session  // closed before this one, oldest first
	Held       []agenda.Held      // by those, oldest first
	Decisions  []minutes.Decision // of those, still open, nearest deadline first
	Unapproved []minutes.Minutes  // of those, signed
	Next       council.Session    // zero when not planned yet

	Fulfilments []plan.Fulfilment // all there ever were
	Assignments []plan.Assignment // all there ever were
}

// BuildData gathers what the agenda of a session is built from. The session
// need not be stored.
func (v *View) BuildData(s council.Session) (BuildData, error) {
	d := BuildData{Session: s}
	for _, gather := range []func(*BuildData) error{v.gatherCouncil, v.gatherPlans, v.gatherMatters, v.gatherPast} {
		if err := gather(&d); err != nil {
			return BuildData{}, err
		}
	}
	return d, nil
}

func (v *View) gatherCouncil(d *BuildData) (err error) {
	if d.Settings, err = v.Settings(); err != nil {
		return err
	}
	if d.Calendar, err = v.Calendar(); err != nil {
		return err
	}
	if d.Groups, err = v.Groups(); err != nil {
		return err
	}
	if d.People, err = v.People(); err != nil {
		return err
	}
	if d.Mandates, err = v.Mandates(); err != nil {
		return err
	}
	d.Delegates, err = v.Delegations()
	return err
}

func (v *View) gatherPlans(d *BuildData) (err error) {
	if d.Plans, err = v.Plans(); err != nil {
		return err
	}
	if d.Principles, err = v.AllPrinciples(); err != nil {
		return err
	}
	if d.Fulfilments, err = v.Fulfilments(); err != nil {
		return err
	}
	d.Assignments, err = v.Assignments()
	return err
}

func (v *View) gatherMatters(d *BuildData) (err error) {
	if d.Proposals, err = v.OpenProposals(); err != nil {
		return err
	}
	d.Carried, err = v.Carried()
	return err
}

// gatherPast gathers what earlier sessions left; a session of the same day is
// earlier when it is closed.
func (v *View) gatherPast(d *BuildData) error {
	all, err := sessions.every(v.r, sessionsUp.bucket, days("", d.Session.Date))
	if err != nil {
		return err
	}
	past := map[string]bool{}
	for _, s := range all {
		if s.State == council.Closed && s.ID != d.Session.ID {
			d.Past, past[s.ID] = append(d.Past, s), true
		}
	}
	if d.Held, err = v.Held("", d.Session.Date); err != nil {
		return err
	}
	d.Held = slices.DeleteFunc(d.Held, func(h agenda.Held) bool { return !past[h.Session] })
	if d.Decisions, err = v.AllOpenDecisions(); err != nil {
		return err
	}
	d.Decisions = slices.DeleteFunc(d.Decisions, func(x minutes.Decision) bool { return !past[x.Session] })
	for i, x := range d.Decisions { // agendas are public
		w, err := v.Withholding(x.Session)
		if err != nil {
			return err
		}
		d.Decisions[i] = w.Outline(x)
	}
	if d.Unapproved, err = v.UnapprovedMinutes(); err != nil {
		return err
	}
	d.Unapproved = slices.DeleteFunc(d.Unapproved, func(m minutes.Minutes) bool { return !past[m.Session] })
	d.Next, _, err = v.NextSession(d.Session)
	return err
}
