package agenda

import (
	"slices"
	"strconv"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
)

// New is the empty agenda of a session.
func New(session string) Agenda { return Agenda{Session: session, Status: Drafting} }

// Rebuild replaces the working draft by what the principles make of the
// candidates. Changes by hand and their reasons are gone with it; submitted
// versions stay.
func (a *Agenda) Rebuild(actor council.Actor, in Input) error {
	if err := a.editable(actor, &in); err != nil {
		return err
	}
	d, err := Build(in)
	if err != nil {
		return err
	}
	a.Draft, a.Overrides, a.Status = d, nil, Drafting
	return nil
}

// editable refuses whoever may not prepare agendas, and sessions that have
// begun. Editing what was approved is allowed: it makes the next version
// necessary and voids both approvals (P14).
func (a *Agenda) editable(actor council.Actor, in *Input) error {
	if !MayPrepare(actor) {
		return problem.New(problem.Forbidden, "problem.agenda.prepare")
	}
	switch in.Session.State {
	case council.Planned, council.Convened:
		return nil
	}
	return problem.New(problem.State, "problem.agenda.session-begun", "state", string(in.Session.State))
}

// Arrange puts the items of the working draft into a new order, given by their
// ids: an id of a candidate left out brings it on, an item that is not named is
// taken out. The reason is kept. Standing items keep their rules: what the new
// order breaks shows at once in Draft.Unmet.
func (a *Agenda) Arrange(actor council.Actor, in Input, ids []string, reason string, at time.Time) error {
	if err := a.editable(actor, &in); err != nil {
		return err
	}
	why, err := reasonGiven(reason)
	if err != nil {
		return err
	}
	items, err := a.pick(ids, why)
	if err != nil {
		return err
	}
	a.leaveOut(items, why)
	for i := range items {
		items[i].Number = i + 1
	}
	a.Draft.Items = items
	a.Overrides = append(a.Overrides, Override{Reason: why, By: actor.Person, Name: actor.Name, At: at})
	return a.recheck(in)
}

func reasonGiven(reason string) (string, error) {
	var l problem.List
	text.Block(&l, "reason", &reason, 3, 1000)
	return reason, l.Err()
}

// pick finds the named matters among the draft's items and those left out.
func (a *Agenda) pick(ids []string, why string) ([]Item, error) {
	var l problem.List
	items := make([]Item, 0, len(ids))
	for i, id := range ids {
		field := "items[" + strconv.Itoa(i) + "]"
		if slices.Contains(ids[:i], id) {
			l.Add(field, "problem.agenda.twice", "id", id)
			continue
		}
		if it, ok := a.Draft.Item(id); ok {
			items = append(items, *it)
			continue
		}
		j := slices.IndexFunc(a.Draft.LeftOut, func(o LeftOut) bool { return o.ID == id })
		if j < 0 {
			l.Add(field, "problem.agenda.unknown-item", "value", id)
			continue
		}
		items = append(items, Item{Matter: a.Draft.LeftOut[j].Matter, Reasons: []Reason{
			{Key: "reason.by-hand", Facts: problem.Pairs("reason", why)}}})
	}
	return items, l.Err()
}

// leaveOut moves the draft's items that are not among those given to the
// candidates left out, with the reason; those brought on leave that list.
func (a *Agenda) leaveOut(items []Item, why string) {
	on := map[string]bool{}
	for i := range items {
		on[items[i].ID] = true
	}
	out := slices.DeleteFunc(slices.Clone(a.Draft.LeftOut), func(o LeftOut) bool { return on[o.ID] })
	for _, it := range a.Draft.Items {
		if !on[it.ID] {
			out = append(out, LeftOut{Matter: it.Matter, Reasons: []Reason{
				{Key: "reason.taken-out", Facts: problem.Pairs("reason", why)}}})
		}
	}
	a.Draft.LeftOut = out
}

// Edit changes what one item says: its title, kind, minutes, presenters,
// invited, draft decision and documents. Source, tasks and history stay.
func (a *Agenda) Edit(actor council.Actor, in Input, id string, m Matter) error {
	if err := a.editable(actor, &in); err != nil {
		return err
	}
	it, ok := a.Draft.Item(id)
	if !ok {
		return problem.New(problem.NotFound, "problem.agenda.unknown-item", "value", id)
	}
	if it.Source == Standing {
		if m.Minutes < 1 || m.Minutes > maxMinutes {
			var l problem.List
			l.Add("minutes", "problem.range", "value", strconv.Itoa(m.Minutes), "least", "1", "most", strconv.Itoa(maxMinutes))
			return l.Err()
		}
		it.Minutes = m.Minutes
		return a.recheck(in)
	}
	next := it.Matter
	next.Title, next.Kind, next.Minutes = m.Title, m.Kind, m.Minutes
	next.Presenters, next.Invited = m.Presenters, m.Invited
	next.DraftDecision, next.Documents = m.DraftDecision, m.Documents
	var l problem.List
	next.validate(&l, &in.Plan)
	if err := l.Err(); err != nil {
		return err
	}
	it.Matter = next
	return a.recheck(in)
}

// Override keeps the reason for going against a soft rule that the working
// draft does not keep. Hard rules have no way round.
func (a *Agenda) Override(actor council.Actor, in Input, rule, item, reason string, at time.Time) error {
	if err := a.editable(actor, &in); err != nil {
		return err
	}
	why, err := reasonGiven(reason)
	if err != nil {
		return err
	}
	if err := a.recheck(in); err != nil {
		return err
	}
	i := slices.IndexFunc(a.Draft.Unmet, func(b Breach) bool { return b.Reason.Rule == rule && b.Item == item })
	switch {
	case i < 0:
		return problem.New(problem.State, "problem.agenda.no-breach", "rule", rule)
	case a.Draft.Unmet[i].Hard:
		return problem.New(problem.State, "problem.agenda.hard", "rule", rule)
	}
	a.Overrides = slices.DeleteFunc(a.Overrides, func(o Override) bool { return o.Rule == rule && o.Item == item })
	a.Overrides = append(a.Overrides, Override{Rule: rule, Item: item, Reason: why, By: actor.Person, Name: actor.Name, At: at})
	return nil
}

// Void puts the agenda back into drafting, because something its digest covers
// changed: the session's date, place, presiding person (P14).
func (a *Agenda) Void() {
	if a.Status == Submitted || a.Status == Approved {
		a.Status = Drafting
	}
}

// recheck brings Unmet and the sum of minutes up to date after a change by
// hand; the agenda is a draft again.
func (a *Agenda) recheck(in Input) error {
	unmet, err := Check(in, a.Draft.Items)
	if err != nil {
		return err
	}
	a.Draft.Unmet = append([]Breach{}, unmet...)
	a.Draft.Minutes = 0
	for _, it := range a.Draft.Items {
		a.Draft.Minutes += it.Minutes
	}
	a.Status = Drafting
	return nil
}
