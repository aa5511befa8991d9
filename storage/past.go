package storage

import (
	"cmp"
	"slices"
	"sort"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/plan"
	"padome/storage/store"
)

// PastBuilds is what the agendas of past sessions could be built from anew.
type PastBuilds struct {
	Sessions []PastBuild // oldest first
	Skipped  []string    // sessions without an approved agenda, which have no record of their candidates
	Earlier  bool        // there are earlier sessions in the span
}

// PastBuild is what the agenda of one past session could be built from anew.
type PastBuild struct {
	BuildData
	Known time.Time // when the version that went out was submitted
}

// PastBuildData gathers, for the newest closed sessions of a span, at most so
// many, what each agenda was built from as it was known when the version that
// went out was submitted. That version accounts for every candidate there was,
// so it says which proposals waited and what was carried over; decisions are
// those that were open on its day, minutes those its first item lists. What each
// proposal asked of kind and time is as it reads now; settings, calendar, people
// and the session after are today's.
func (v *View) PastBuildData(span Span, most int) (PastBuilds, error) {
	var all PastBuilds
	closed, earlier, err := v.closedIn(span, most)
	if err != nil || len(closed) == 0 {
		return all, err
	}
	all.Earlier = earlier
	p := pastReading{View: v}
	if err := p.gather(closed[len(closed)-1].Date); err != nil {
		return all, err
	}
	for _, s := range closed {
		d, ok, err := p.before(s)
		if err != nil {
			return all, err
		}
		if !ok {
			all.Skipped = append(all.Skipped, s.ID)
			continue
		}
		all.Sessions = append(all.Sessions, d)
	}
	return all, nil
}

// closedIn are the newest closed sessions of a span, oldest first, and whether
// there are earlier ones.
func (v *View) closedIn(span Span, most int) (list []council.Session, earlier bool, err error) {
	rng := daysDown(span.From, span.Until)
	for {
		some, keys, err := sessions.scan(v.r, sessionsDown.bucket, rng, MaxPage)
		if err != nil {
			return nil, false, err
		}
		for _, s := range some {
			switch {
			case s.State != council.Closed:
			case len(list) == most:
				slices.Reverse(list)
				return list, true, nil
			default:
				list = append(list, s)
			}
		}
		if len(some) < MaxPage {
			slices.Reverse(list)
			return list, false, nil
		}
		rng = rng.After(keys[len(keys)-1])
	}
}

// pastReading is what all past sessions have in common, read once.
type pastReading struct {
	*View
	common    BuildData
	sessions  []council.Session // closed, oldest first
	held      []agenda.Held     // of those sessions, in the order of days
	decisions []minutes.Decision
}

func (p *pastReading) gather(until council.Date) (err error) {
	if err = p.gatherCouncil(&p.common); err != nil {
		return err
	}
	if err = p.gatherPlans(&p.common); err != nil {
		return err
	}
	if p.sessions, err = sessions.every(p.r, sessionsUp.bucket, days("", until)); err != nil {
		return err
	}
	p.sessions = slices.DeleteFunc(p.sessions, func(s council.Session) bool { return s.State != council.Closed })
	if p.held, err = p.Held("", until); err != nil {
		return err
	}
	closed := make(map[string]bool, len(p.sessions))
	for _, s := range p.sessions {
		closed[s.ID] = true
	}
	p.held = slices.DeleteFunc(p.held, func(h agenda.Held) bool { return !closed[h.Session] })
	p.decisions, err = decisions.every(p.r, decisions.bucket, store.Range{})
	return err
}

// before is what the agenda of a session was built from; false for one without
// an approved agenda.
func (p *pastReading) before(s council.Session) (d PastBuild, ok bool, err error) {
	c, known, ok, err := p.approved(s.ID)
	if err != nil || !ok {
		return d, false, err
	}
	on := council.DateOf(known)
	d = PastBuild{p.common, known}
	d.Session = c.Session
	d.Session.ID = s.ID
	d.Plans = slices.DeleteFunc(slices.Clone(d.Plans), func(x plan.Plan) bool { return x.Revision > c.Plan })
	past := map[string]bool{}
	for _, x := range p.sessions {
		if x.ID != s.ID && x.Date <= on && cmp.Or(cmp.Compare(x.Date, s.Date), cmp.Compare(x.Starts, s.Starts)) < 0 {
			d.Past, past[x.ID] = append(d.Past, x), true
		}
	}
	d.Held = p.heldBefore(s, on, past)
	for _, x := range p.decisions {
		if past[x.Session] && x.OpenAt(on) {
			d.Decisions = append(d.Decisions, x)
		}
	}
	if err := p.matters(&d.BuildData, &c, known); err != nil {
		return d, false, err
	}
	if err := p.unapproved(&d.BuildData, &c); err != nil {
		return d, false, err
	}
	d.Next, _, err = p.NextSession(s)
	return d, true, err
}

// heldBefore are the items of sessions that were past when an agenda went out, on a
// day. Where that was before the day of its session, as it must be, they are those
// of all days up to it: every session then shares what was read once, however much
// the council looks back on.
func (p *pastReading) heldBefore(s council.Session, on council.Date, past map[string]bool) []agenda.Held {
	if on < s.Date {
		n := sort.Search(len(p.held), func(i int) bool { return p.held[i].Date > on })
		return p.held[:n:n]
	}
	var held []agenda.Held
	for _, h := range p.held {
		if past[h.Session] {
			held = append(held, h)
		}
	}
	return held
}

// approved is the content that both leads approved, and when it was submitted.
func (p *pastReading) approved(session string) (c agenda.Content, at time.Time, ok bool, err error) {
	a, err := agendas.find(p.r, agendas.key(&agenda.Agenda{Session: session}))
	if a == nil || err != nil {
		return c, at, false, err
	}
	v, ok := a.ApprovedVersion()
	if !ok {
		return c, at, false, nil
	}
	f, err := p.FrozenAgenda(session, v.Number)
	if err != nil {
		return c, at, false, err
	}
	c, err = agenda.ReadContent(f.Bytes, v.Digest)
	return c, v.Submitted, err == nil, err
}

// matters are the proposals that waited and what was carried over, of all that
// the content accounts for.
func (p *pastReading) matters(d *BuildData, c *agenda.Content, known time.Time) error {
	ms := make([]agenda.Matter, 0, len(c.Items)+len(c.LeftOut))
	for i := range c.Items {
		ms = append(ms, c.Items[i].Matter)
	}
	for i := range c.LeftOut {
		ms = append(ms, c.LeftOut[i].Matter)
	}
	for _, m := range ms {
		if m.Source == agenda.Standing {
			continue
		}
		if len(m.Postponed) > 0 {
			d.Carried = append(d.Carried, agenda.Candidate{Matter: m})
		}
		if m.Source != agenda.FromProposal {
			continue
		}
		like := proposalOf(m.ID)
		x, err := proposals.find(p.r, proposals.key(&like))
		if err != nil {
			return err
		}
		if x == nil {
			x = &agenda.Proposal{Candidate: agenda.Candidate{Matter: m}}
		}
		d.Proposals = append(d.Proposals, asKnown(*x, m, known))
	}
	return nil
}

// asKnown is a proposal as it waited then: what it said, and whose side it counted
// as, is what the agenda says of it; which kind and time it asked for, its
// record; the leads' marks and the secretariat's questions are those of then.
func asKnown(x agenda.Proposal, m agenda.Matter, known time.Time) agenda.Proposal {
	m.Kind, m.Minutes = x.Kind, x.Minutes
	x.Matter = m
	later := func(u agenda.Urgency) bool { return u.At.After(known) }
	x.Urgent = slices.DeleteFunc(slices.Clone(x.Urgent), later)
	x.Waived = slices.DeleteFunc(slices.Clone(x.Waived), later)
	x.State, x.Session, x.Joint, x.Returned = agenda.Waiting, "", nil, ""
	for _, q := range x.Questions {
		if !q.Asked.At.After(known) && (q.Answered == nil || q.Answered.At.After(known)) {
			x.Returned = council.DateOf(q.Asked.At)
		}
	}
	return x
}

// unapproved are the minutes that the opening item lists.
func (p *pastReading) unapproved(d *BuildData, c *agenda.Content) error {
	for i := range c.Items {
		if c.Items[i].Kind != agenda.Opening {
			continue
		}
		for _, x := range c.Items[i].Details {
			m, err := allMinutes.find(p.r, allMinutes.key(&minutes.Minutes{Session: x.Ref}))
			if err != nil {
				return err
			}
			if m != nil && len(m.Signatures) > 0 {
				d.Unapproved = append(d.Unapproved, *m)
			}
		}
	}
	return nil
}
