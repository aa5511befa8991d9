package agenda

import (
	"slices"

	"padome/council"
)

// foresight is a run of simulated sessions. What does not change from one to the
// next is read once: the tasks in force, the order of the candidates, the past.
type foresight struct {
	in     Input // of the session to come; its slices are the run's own, what was held before is in past
	ahead  []ahead
	at     int // the session to come
	tasks  inForce
	past   history
	read   readBefore
	before []council.Date // when each task was held before the run
	fell   fallen

	last *building // of the session just simulated
}

// foresee begins a run. What the input has of the past on or after its session
// gives way to what is simulated.
func foresee(in Input, all []ahead) *foresight {
	in.Past = slices.DeleteFunc(slices.Clone(in.Past), func(s PastSession) bool { return !in.earlier(s.Session, s.Date) })
	in.Candidates = slices.Clone(in.Candidates)
	f := &foresight{in: in, ahead: all}
	f.tasks = newInForce(&f.in)
	f.past = newHistory(&f.in, &f.tasks)
	f.in.Held = nil
	f.fell = newFallen(len(f.tasks.refs))
	f.read = readBefore{tasks: &f.tasks, past: &f.past}
	if first := all[0].Date; first.Valid() {
		f.read.days = newRegularDays(&f.in, first)
	}
	f.before = slices.Clone(f.past.tasks)
	return f
}

// more reports whether there is another session within the horizon.
func (f *foresight) more() bool { return f.at < len(f.ahead) && !f.ahead[f.at].beyond }

// step simulates the session to come and lets the next be it. The draft lists of
// the candidates left out those asked for.
func (f *foresight) step(listed func(*entry) bool) (Foreseen, error) {
	s := f.ahead[f.at]
	in := f.in
	in.Session = s.Session
	if s.extra != nil {
		in.Candidates, in.Next = s.extra, council.Session{}
	}
	b, err := newBuildingOn(&in, &f.read)
	if err != nil {
		return Foreseen{}, err
	}
	b.run()
	f.last = b
	x := Foreseen{Session: s.Session, Planned: s.planned, PresidesAs: f.lead(), Draft: b.draft(listed)}
	f.advance(&s, &x.Draft)
	return x, nil
}

// advance makes of the input what it is after a session.
func (f *foresight) advance(s *ahead, d *Draft) {
	f.remain(s, d)
	past := PastSession{Session: s.ID, Date: s.Date, Kind: s.Kind, AsRole: f.lead()}
	held := make([]Held, len(d.Items))
	for i := range d.Items {
		held[i] = d.Items[i].held(&s.Session)
	}
	f.in.Past = append(f.in.Past, past)
	f.past.advance(&past, held, &f.tasks)
	f.in.PresidesAs = otherLead(past.AsRole)
	f.in.Unapproved, f.in.Today = nil, ""
	f.at++
	f.in.Next = council.Session{}
	if f.at < len(f.ahead) {
		f.in.Session = f.ahead[f.at].Session
	}
	if f.at+1 < len(f.ahead) && f.ahead[f.at+1].planned {
		f.in.Next = f.ahead[f.at+1].Session
	}
}

// held is the item as a session that dealt with it leaves it.
func (it *Item) held(s *council.Session) Held {
	return Held{Session: s.ID, Date: s.Date, Kind: s.Kind, Number: it.Number, Item: it.ID, ItemKind: it.Kind,
		Tasks: it.Tasks, Initiator: it.Initiator, Minutes: it.Minutes, OutsideRiga: it.OutsideRiga}
}

// remain takes away the candidates that came on. A task of the plan waits anew,
// as the plan has it.
func (f *foresight) remain(s *ahead, d *Draft) {
	if s.extra != nil {
		return
	}
	if f.at == 0 { // in the order of agendas, so that the next has little to sort
		f.sortAsBuilt()
	}
	on := make(map[string]bool, len(d.Items))
	for i := range d.Items {
		on[d.Items[i].ID] = true
	}
	n := 0
	for i := range f.in.Candidates {
		c := &f.in.Candidates[i]
		if on[c.ID] {
			anew, ok := f.anew(c)
			if !ok {
				continue
			}
			*c = anew
		}
		if n < i { // most stay where they are
			f.in.Candidates[n] = *c
		}
		n++
	}
	f.in.Candidates = f.in.Candidates[:n]
}

// anew is a task of the plan that came on as it waits again; false for all else,
// and for a task that the plan does not have any more.
func (f *foresight) anew(c *Candidate) (Candidate, bool) {
	r, ok := taskNamed(c.ID)
	if !ok || c.Source != FromPlan || f.tasks.place(r) < 0 {
		return Candidate{}, false
	}
	t, _ := f.in.Plan.Task(r.Measure, r.Task)
	return fromTask(r, &t, f.in.Principles.kindOf(r.Measure)), true
}

// sortAsBuilt puts the candidates into the order of the building.
func (f *foresight) sortAsBuilt() {
	placed := make([]*Candidate, len(f.last.entries))
	for i := range f.in.Candidates {
		placed[f.read.entries[i].at] = &f.in.Candidates[i]
	}
	sorted := make([]Candidate, 0, len(f.in.Candidates))
	for _, c := range placed {
		if c != nil { // a standing item is none
			sorted = append(sorted, *c)
		}
	}
	f.in.Candidates = sorted
}

// lead is who presides over the session to come: as the input says, else in turn
// after the last that is known (P13). The chair begins.
func (f *foresight) lead() council.Role {
	if f.in.PresidesAs != "" {
		return f.in.PresidesAs
	}
	var last PastSession
	for _, s := range f.in.Past {
		if s.AsRole != "" && s.Date >= last.Date {
			last = s
		}
	}
	return otherLead(last.AsRole)
}

func otherLead(r council.Role) council.Role {
	if r == council.Chair {
		return council.Deputy
	}
	return council.Chair
}
