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
// candidates. Changes by hand of order, kind and minutes and their reasons are
// gone with it, but not what was prepared for tasks of the plan, nor how items
// stand in the session; submitted versions stay.
func (a *Agenda) Rebuild(actor council.Actor, in Input) error {
	if err := a.editable(actor, &in); err != nil {
		return err
	}
	in.Candidates = prepared(in.Candidates, &a.Draft)
	d, err := Build(in)
	if err != nil {
		return err
	}
	d.keepPlacements(a.Draft.Items)
	a.Overrides = nil
	return a.take(in, d)
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

// Edit changes what one item says: its title, presenters and whether they come
// from outside Rīga, invited, draft decision, its addressees and documents. Its
// kind and minutes, which the principles gave it, change by Allot; source, tasks
// and history stay. Standing items say what their rule makes them say.
func (a *Agenda) Edit(actor council.Actor, in Input, id string, m Matter) error {
	d, it, err := a.forEditing(actor, &in, id)
	if err != nil {
		return err
	}
	var l problem.List
	if m.Kind != it.Kind {
		l.Add("kind", "problem.agenda.allot")
	}
	if m.Minutes != it.Minutes {
		l.Add("minutes", "problem.agenda.allot")
	}
	if it.Source != Standing {
		it.Title, it.DraftDecision = m.Title, m.DraftDecision
		it.Presenters, it.Invited = slices.Clone(m.Presenters), slices.Clone(m.Invited)
		it.Addressees = slices.Clone(m.Addressees)
		it.Documents, it.OutsideRiga = slices.Clone(m.Documents), m.OutsideRiga
		it.validate(&l)
	}
	if err := l.Err(); err != nil {
		return err
	}
	return a.take(in, d)
}

// Allot gives one item another kind or other minutes than the principles gave
// it. Who did so, when and why is kept with the agenda, and said of the item.
func (a *Agenda) Allot(actor council.Actor, in Input, id string, kind Kind, minutes int, reason string, at time.Time) error {
	d, it, err := a.forEditing(actor, &in, id)
	if err != nil || kind == it.Kind && minutes == it.Minutes {
		return err
	}
	why, err := reasonGiven(reason)
	if err != nil {
		return err
	}
	if err := it.mayHave(kind, minutes); err != nil {
		return err
	}
	if minutes != it.Minutes {
		it.note("reason.allotted-minutes", "was", strconv.Itoa(it.Minutes), "minutes", strconv.Itoa(minutes), "reason", sentence(why))
	}
	if kind != it.Kind {
		it.note("reason.allotted-kind", "was", string(it.Kind), "kind", string(kind), "reason", sentence(why))
	}
	it.Kind, it.Minutes = kind, minutes
	if err := a.take(in, d); err != nil {
		return err
	}
	a.byHand(actor, id, why, at)
	return nil
}

// forEditing is a copy of the working draft and one item of it.
func (a *Agenda) forEditing(actor council.Actor, in *Input, id string) (Draft, *Item, error) {
	if err := a.editable(actor, in); err != nil {
		return Draft{}, nil, err
	}
	d := a.Draft
	d.Items = slices.Clone(d.Items)
	it, ok := d.Item(id)
	if !ok {
		return Draft{}, nil, problem.New(problem.NotFound, "problem.agenda.unknown-item", "value", id)
	}
	return d, it, nil
}

// mayHave says what is wrong with giving an item a kind and minutes. A standing
// item keeps its kind and takes some time at least.
func (it *Item) mayHave(kind Kind, minutes int) error {
	var l problem.List
	allowed, names, least := kinds, kindNames, 0
	if it.Source == Standing {
		allowed, names, least = []Kind{it.Kind}, string(it.Kind), 1
	}
	if !slices.Contains(allowed, kind) {
		l.Add("kind", "problem.choice", "value", string(kind), "choices", names)
	}
	if minutes < least || minutes > maxMinutes {
		l.Add("minutes", "problem.range", "value", strconv.Itoa(minutes), "least", strconv.Itoa(least), "most", strconv.Itoa(maxMinutes))
	}
	return l.Err()
}

// note says of an item what was done to it by hand, in place of what was said of
// the same before.
func (it *Item) note(key string, args ...string) {
	it.Reasons = slices.DeleteFunc(slices.Clone(it.Reasons), func(r Reason) bool { return r.Key == key })
	it.Reasons = append(it.Reasons, Reason{Key: key, Facts: problem.Pairs(args...)})
}

func reasonGiven(reason string) (string, error) {
	var l problem.List
	text.Block(&l, "reason", &reason, 3, 1000)
	return reason, l.Err()
}

// byHand keeps who changed the working draft by hand, when and why.
func (a *Agenda) byHand(actor council.Actor, item, why string, at time.Time) {
	a.Overrides = append(a.Overrides, Override{Item: item, Reason: why, By: actor.Person, Name: actor.Name, At: at})
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
	d := a.Draft
	if err := d.recheck(in); err != nil {
		return err
	}
	i := slices.IndexFunc(d.Unmet, func(b Breach) bool { return b.Reason.Rule == rule && b.Item == item })
	switch {
	case i < 0:
		return problem.New(problem.State, "problem.agenda.no-breach", "rule", rule)
	case d.Unmet[i].Hard:
		return problem.New(problem.State, "problem.agenda.hard", "rule", rule)
	}
	a.Draft, a.Status = d, Drafting
	a.Overrides = slices.DeleteFunc(slices.Clone(a.Overrides), func(o Override) bool { return o.Rule == rule && o.Item == item })
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

// take makes a changed draft the working draft; the agenda is a draft again.
func (a *Agenda) take(in Input, d Draft) error {
	if err := d.recheck(in); err != nil {
		return err
	}
	a.Draft, a.Status = d, Drafting
	return nil
}

// recheck brings up to date what does not follow the secretariat's hand: the
// opinions that working groups gave since, the documents of proposals, the rules that the items do not keep,
// their minutes, the minutes the session has.
func (d *Draft) recheck(in Input) error {
	b, err := newBuilding(&in)
	if err != nil {
		return err
	}
	d.takeNews(b)
	d.Unmet = append([]Breach{}, b.check(d.Items)...)
	d.Minutes, d.Limit = sumOf(in.Session.Starts, d.Items), b.limit()
	return nil
}

// takeNews gives the items the opinions that their candidates have by now (P19),
// and those of proposals the documents (P18), so that what came after the draft
// was built goes out with it.
func (d *Draft) takeNews(b *building) {
	d.Items = slices.Clone(d.Items)
	for i := range d.Items {
		e, ok := b.named(d.Items[i].ID)
		if ok && e.Opinion != nil {
			d.Items[i].Opinion = e.Opinion
		}
		if ok && e.Source == FromProposal {
			d.Items[i].Documents = e.Documents
		}
	}
}
