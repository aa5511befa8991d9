package office

import (
	"cmp"
	"context"
	"slices"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
	"padome/storage"
)

// input makes what Build looks at out of what was gathered, under the principles
// in force on the session's day.
func input(d storage.BuildData) (agenda.Input, error) {
	principles, ok := agenda.InForce(d.Principles, d.Session.Date)
	if !ok {
		return agenda.Input{}, problem.New(problem.State, "problem.office.no-principles", "date", string(d.Session.Date))
	}
	return inputUnder(d, principles)
}

// inputUnder is input under other principles than those in force.
func inputUnder(d storage.BuildData, principles agenda.Principles) (agenda.Input, error) {
	p, err := planOn(d.Plans, d.Session.Date)
	if err != nil {
		return agenda.Input{}, err
	}
	r := council.NewRoster(d.Settings, d.People, d.Mandates)
	lineage := plan.NewLineage(d.Plans...)
	return agenda.Input{
		Session: d.Session, Plan: p, Lineage: lineage, Principles: principles,
		Fulfilled:   lineage.FulfilledBy(d.Fulfilments, &p, d.Session.Date),
		Assignments: lineage.AssignedIn(d.Assignments, &p, d.Session.Date), Delegations: delegates(d, r),
		Calendar: d.Calendar, Settings: d.Settings, Groups: d.Groups,
		Candidates: agenda.Join(agenda.FromTasks(&p, &principles), d.Proposals, d.Carried),
		PresidesAs: presidesAs(r, d.Session.Presiding, d.Session.Date), Members: institutions(r, d.Session.Date),
		Past: past(d, r), Held: d.Held, Decisions: open(d), Unapproved: unapproved(d), Next: d.Next,
	}, nil
}

func past(d storage.BuildData, r *council.Roster) []agenda.PastSession {
	list := make([]agenda.PastSession, 0, len(d.Past))
	for _, s := range d.Past {
		list = append(list, agenda.PastSession{Session: s.ID, Date: s.Date, Kind: s.Kind, Presiding: s.Presiding,
			AsRole: presidesAs(r, s.Presiding, s.Date)})
	}
	return list
}

// presidesAs is the office in whose right somebody presides on a day; empty for
// nobody (P13).
func presidesAs(r *council.Roster, person string, on council.Date) council.Role {
	if person == "" {
		return ""
	}
	role, _ := r.PresidesAs(person, on)
	return role
}

// institutions are those that the members on a day come from, by name.
func institutions(r *council.Roster, on council.Date) []string {
	var all []string
	for _, s := range r.Members(on) {
		if p, ok := r.Person(s.Member.Person); ok && p.Organisation != "" {
			all = append(all, p.Organisation)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// delegates are those whom the council has sent to other bodies on the session's
// day; a report held counts for the rule itself (P23).
func delegates(d storage.BuildData, r *council.Roster) []agenda.Delegation {
	var all []agenda.Delegation
	for _, x := range d.Delegates {
		p, known := r.Person(x.Person)
		if !known || !x.InForce(d.Session.Date) {
			continue
		}
		name := p.Short()
		if role := cmp.Or(p.Position, p.Organisation); role != "" {
			name = role + " – " + name
		}
		all = append(all, agenda.Delegation{ID: x.ID, Body: x.Body, BodyEN: x.BodyEN, Delegate: name, Since: x.From})
	}
	return all
}

// open are the open decisions; one due at the next session is due at the
// session that followed the one which took it.
func open(d storage.BuildData) []agenda.OpenDecision {
	list := make([]agenda.OpenDecision, 0, len(d.Decisions))
	for _, x := range d.Decisions {
		list = append(list, x.ForAgenda(dayAfter(d, x)))
	}
	return list
}

func dayAfter(d storage.BuildData, x minutes.Decision) council.Date {
	next := d.Session.Date
	for _, s := range d.Past {
		if s.Date > x.Taken && s.Date < next {
			next = s.Date
		}
	}
	return next
}

func unapproved(d storage.BuildData) []agenda.UnapprovedMinutes {
	var list []agenda.UnapprovedMinutes
	for _, m := range d.Unapproved {
		i := slices.IndexFunc(d.Past, func(s council.Session) bool { return s.ID == m.Session })
		if i < 0 {
			continue
		}
		list = append(list, agenda.UnapprovedMinutes{Session: m.Session, Date: d.Past[i].Date, Number: m.Number,
			Signed: m.Signatures[len(m.Signatures)-1].At})
	}
	return list
}

// Preview builds the draft of the session of a day, stored or not, and changes
// nothing. For a day without a session it is a regular one by the settings.
func (o *Office) Preview(ctx context.Context, a council.Actor, on council.Date) (agenda.Draft, error) {
	if !agenda.MayPrepare(a) && !agenda.MayApprove(a) {
		return agenda.Draft{}, forbidden(false, a, "problem.agenda.prepare")
	}
	if err := checkDate("date", on); err != nil {
		return agenda.Draft{}, err
	}
	d, err := storage.Read(ctx, o.council, func(v *storage.View) (storage.BuildData, error) {
		list, _, err := v.Sessions(storage.Span{From: on, Until: on}, storage.Page{Limit: 20})
		if err != nil {
			return storage.BuildData{}, err
		}
		list = slices.DeleteFunc(list, func(s council.Session) bool { return s.State == council.Cancelled })
		if len(list) > 0 {
			return v.BuildData(list[0])
		}
		s, err := v.Settings()
		if err != nil {
			return storage.BuildData{}, err
		}
		return v.BuildData(regular(s, on))
	})
	if err != nil {
		return agenda.Draft{}, err
	}
	return draft(d)
}

func draft(d storage.BuildData) (agenda.Draft, error) {
	in, err := input(d)
	if err != nil {
		return agenda.Draft{}, err
	}
	return agenda.Build(in)
}

// regular is a regular session as the settings have it, not stored.
func regular(s council.Settings, on council.Date) council.Session {
	return council.Session{Kind: council.Regular, Mode: council.Hybrid, Date: on, Starts: s.Starts,
		Ends: s.Starts.Add(s.Minutes), Place: s.Place, State: council.Planned}
}

// PreviewAnew is Preview for a council that has nothing but the real plan and
// the whole catalogue of principles: what a fresh installation would get.
func PreviewAnew(on council.Date) (agenda.Draft, error) {
	if err := checkDate("date", on); err != nil {
		return agenda.Draft{}, err
	}
	d, err := anew(on)
	if err != nil {
		return agenda.Draft{}, err
	}
	return draft(d)
}

// anew is what there is for a session of a day when a council has nothing yet.
func anew(on council.Date) (storage.BuildData, error) {
	p, err := plan.Real()
	if err != nil {
		return storage.BuildData{}, err
	}
	p.Revision = 1
	s := council.DefaultSettings()
	return storage.BuildData{Session: regular(s, on), Settings: s, Calendar: council.DefaultCalendar(),
		Plans: []plan.Plan{p}, Principles: []agenda.Principles{agenda.Transitional(), agenda.WholeCatalogue()}}, nil
}

func checkDate(field string, d council.Date) error {
	var l problem.List
	if !d.Valid() {
		l.Add(field, "problem.date", "value", string(d))
	}
	return l.Err()
}
