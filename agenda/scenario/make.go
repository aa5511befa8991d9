package scenario

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/plan"
)

// maker makes an input of a scenario of which each text is sound by itself, and
// notes what does not fit together.
type maker struct {
	s      *Scenario
	in     agenda.Input
	faults problem.List
}

func (m *maker) input() agenda.Input {
	s, in := m.s, &m.in
	m.plan()
	m.council()
	m.principles()
	in.Today, in.PresidesAs, in.Members = s.Today, s.PresidesAs, s.Members
	in.Session = m.session(&s.Session, "session")
	if s.Next != nil {
		in.Next = m.session(s.Next, "next")
	}
	m.past()
	m.candidates()
	m.duties()
	return *in
}

// plan is the plan the scenario has, else the real one.
func (m *maker) plan() {
	p, err := plan.Real()
	if err != nil {
		m.faults.Add("plan", "problem.scenario.plan")
	}
	if x := m.s.Plan; x != nil {
		p = plan.Plan{Title: cmp.Or(x.Title, "Darba plāns"), From: x.From, Until: x.Until, Approved: x.Approved,
			Goals: []plan.Goal{{Number: 1, Text: "–"}}}
		for i, y := range x.Measures {
			measure := plan.Measure{Number: i + 1, Text: y.Text, Results: []string{"–"}}
			for j, text := range y.Tasks {
				measure.Tasks = append(measure.Tasks, plan.Task{Number: j + 1, Text: text})
			}
			p.Measures = append(p.Measures, measure)
		}
	}
	p.Revision = 1
	if m.s.Plan != nil {
		m.faults.Under("plan", p.Validate())
	}
	m.in.Plan, m.in.Lineage = p, plan.NewLineage(p)
}

// ref is a task of the plan; a number that it does not have is noted.
func (m *maker) ref(t Task, at string) plan.Ref {
	n := taskForm.FindStringSubmatch(string(t))
	r := plan.Ref{Revision: m.in.Plan.Revision, Measure: number(n[1]), Task: number(n[2])}
	if _, ok := m.in.Plan.Task(r.Measure, r.Task); !ok {
		m.faults.Add(at, "problem.scenario.task", "value", string(t), "measures", strconv.Itoa(len(m.in.Plan.Measures)))
	}
	return r
}

func (m *maker) refs(ts []Task, at string) []plan.Ref {
	var rs []plan.Ref
	for i, t := range ts {
		rs = append(rs, m.ref(t, at+"["+strconv.Itoa(i)+"]"))
	}
	return rs
}

func number(s string) int { n, _ := strconv.Atoi(s); return n }

var weekdays = map[Weekday]time.Weekday{"monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday,
	"thursday": time.Thursday, "friday": time.Friday}

// council is what the council arranged: settings, groups, calendar.
func (m *maker) council() {
	x, s := m.s.Settings, council.DefaultSettings()
	if day, ok := weekdays[x.Weekday]; ok {
		s.Weekday = day
	}
	s.Starts, s.Minutes, s.Place = cmp.Or(x.Starts, s.Starts), cmp.Or(x.Minutes, s.Minutes), cmp.Or(x.Place, s.Place)
	m.faults.Under("settings", s.Validate())
	m.in.Settings = s
	for i, g := range m.s.Groups {
		w := council.WorkingGroup{ID: g.ID, Name: g.Name, NameEN: cmp.Or(g.NameEN, g.Name), Measures: g.Measures,
			From: cmp.Or(g.From, m.in.Plan.Approved), Until: g.Until}
		m.faults.Under("groups["+strconv.Itoa(i)+"]", w.Validate())
		m.in.Groups = append(m.in.Groups, w)
	}
	var c council.Calendar
	for _, d := range m.s.Calendar.Moved {
		c.Moved = append(c.Moved, council.MovedDay{Free: d.Free, Worked: d.Worked})
	}
	for _, e := range m.s.Calendar.Extra {
		c.Extra = append(c.Extra, council.ExtraDay{Date: e.Date, Name: e.Name, NameEN: cmp.Or(e.NameEN, e.Name), Substituted: e.Substituted})
	}
	m.faults.Under("calendar", c.Validate())
	m.in.Calendar = council.DefaultCalendar()
	m.in.Calendar.Moved = append(m.in.Calendar.Moved, c.Moved...)
	m.in.Calendar.Extra = append(m.in.Calendar.Extra, c.Extra...)
}

func (m *maker) session(x *Session, at string) council.Session {
	set := m.in.Settings
	s := council.Session{ID: cmp.Or(x.ID, string(x.Date)), Kind: cmp.Or(x.Kind, council.Regular), Mode: council.Hybrid, Date: x.Date,
		Starts: cmp.Or(x.Starts, set.Starts), Place: cmp.Or(x.Place, set.Place), Link: x.Link, State: council.Planned}
	s.Ends = cmp.Or(x.Ends, s.Starts.Add(set.Minutes))
	m.faults.Under(at, s.Validate())
	return s
}

// principles are those the scenario pins, else the whole catalogue.
func (m *maker) principles() {
	x, p := m.s.Principles, agenda.WholeCatalogue()
	p.Version = max(x.Version, 1)
	if len(x.Rules) > 0 {
		p.Rules = m.rules()
	}
	if m.s.Plan != nil {
		p.PlanKinds, p.Watched = nil, nil
	}
	if x.PlanKinds != nil {
		p.PlanKinds = map[int]agenda.Kind{}
	}
	for _, k := range slices.Sorted(maps.Keys(x.PlanKinds)) {
		n := number(k)
		if _, ok := m.in.Plan.Measure(n); !ok {
			m.faults.Add("principles.planKinds."+k, "problem.scenario.measure", "value", k, "measures", strconv.Itoa(len(m.in.Plan.Measures)))
		}
		p.PlanKinds[n] = x.PlanKinds[k]
	}
	if x.Watched != nil {
		p.Watched = nil
	}
	for i, w := range x.Watched {
		r := m.ref(w.Task, "principles.watched["+strconv.Itoa(i)+"].task")
		p.Watched = append(p.Watched, agenda.Watched{Title: w.Title, TitleEN: cmp.Or(w.TitleEN, w.Title), Measure: r.Measure, Task: r.Task, Months: w.Months})
	}
	m.ruleFaults(p.Validate(), p.Rules)
	m.in.Principles = p
}

// rules are the rules named, in the catalogue's order; unknown ones stand last.
func (m *maker) rules() []agenda.Setting {
	ids := agenda.RuleIDs()
	var all []agenda.Setting
	for _, id := range slices.Sorted(maps.Keys(m.s.Principles.Rules)) {
		x := m.s.Principles.Rules[id]
		set := agenda.Setting{Rule: id}
		for name, v := range x.Params {
			if set.Params == nil {
				set.Params = map[string]string{}
			}
			set.Params[name] = string(v)
		}
		if i := slices.Index(ids, id); x.Hard == nil && i >= 0 {
			set.Hard = agenda.Catalogue()[i].Hard
		} else if x.Hard != nil {
			set.Hard = *x.Hard
		}
		all = append(all, set)
	}
	place := func(s agenda.Setting) int {
		if i := slices.Index(ids, s.Rule); i >= 0 {
			return i
		}
		return len(ids)
	}
	slices.SortStableFunc(all, func(x, y agenda.Setting) int { return cmp.Compare(place(x), place(y)) })
	return all
}

// ruleFaults notes faults of the principles under the paths they have in the
// scenario, where rules stand by their ids.
func (m *maker) ruleFaults(err error, rules []agenda.Setting) {
	var l problem.List
	l.Under("principles", err)
	e, ok := l.Err().(*problem.Error)
	if !ok {
		return
	}
	for _, f := range e.Fields {
		for i, r := range rules {
			f.Name = strings.Replace(f.Name, "rules["+strconv.Itoa(i)+"]", "rules."+r.Rule, 1)
		}
		var args []string
		for _, k := range slices.Sorted(maps.Keys(f.Args)) {
			args = append(args, k, f.Args[k])
		}
		m.faults.Add(strings.TrimSuffix(f.Name, ".rule"), f.Key, args...)
	}
}

// past are the sessions that were held and what they dealt with.
func (m *maker) past() {
	for i, x := range m.s.Past {
		p := agenda.PastSession{Session: cmp.Or(x.ID, string(x.Date)), Date: x.Date, Kind: cmp.Or(x.Kind, council.Regular),
			Presiding: string(x.PresidedBy), AsRole: x.PresidedBy}
		m.in.Past = append(m.in.Past, p)
		for j, y := range x.Items {
			at := "past[" + strconv.Itoa(i) + "].items[" + strconv.Itoa(j) + "].tasks"
			n := strconv.Itoa(j + 1)
			m.in.Held = append(m.in.Held, agenda.Held{Session: p.Session, Date: p.Date, Kind: p.Kind, Number: j + 1,
				Item: cmp.Or(y.ID, p.Session+"/"+n), ItemKind: cmp.Or(y.Kind, agenda.Discussion), Tasks: m.refs(y.Tasks, at),
				Initiator: y.Initiator, Minutes: cmp.Or(y.Minutes, 15), OutsideRiga: y.OutsideRiga})
		}
	}
}

// candidates are the plan's tasks, those carried over, and what was proposed.
func (m *maker) candidates() {
	tasks := agenda.FromTasks(&m.in.Plan, &m.in.Principles)
	var proposals []agenda.Proposal
	for i := range m.s.Candidates {
		at := "candidates[" + strconv.Itoa(i) + "]"
		c := m.candidate(&m.s.Candidates[i], at)
		m.faults.Under(at, c.Validate(&m.in.Plan))
		if slices.ContainsFunc(proposals, func(p agenda.Proposal) bool { return p.ID == c.ID }) {
			m.faults.Add(at+".id", "problem.agenda.twice", "id", c.ID)
		}
		proposals = append(proposals, agenda.Proposal{Candidate: c, State: agenda.Waiting})
	}
	m.in.Candidates = agenda.Join(tasks, proposals, nil)
	for i, x := range m.s.Carried {
		id := agenda.TaskID(m.ref(x.Task, "carried["+strconv.Itoa(i)+"].task"))
		for j := range m.in.Candidates {
			if c := &m.in.Candidates[j]; c.ID == id {
				c.Postponed, c.Settle = x.Postponed, x.Settle
			}
		}
	}
}

func (m *maker) candidate(x *Candidate, at string) agenda.Candidate {
	c := agenda.Candidate{Matter: agenda.Matter{ID: x.ID, Source: agenda.FromProposal, Kind: cmp.Or(x.Kind, agenda.Discussion),
		Title: x.Title, Tasks: m.refs(x.Tasks, at+".tasks"), OutsidePlan: x.OutsidePlan, Initiator: x.Initiator, InitiatedBy: x.InitiatedBy,
		Presenters: x.Presenters, Invited: x.Invited, Minutes: x.Minutes, DraftDecision: x.DraftDecision, Addressees: x.Addressees,
		Postponed: x.Postponed, Settle: x.Settle, OutsideRiga: x.OutsideRiga}, Deadline: x.Deadline, Wish: x.Wish}
	if x.Submitted != "" {
		c.Submitted = x.Submitted.At("09:00")
	}
	if o := x.Opinion; o != nil {
		c.Opinion = &agenda.Opinion{Group: o.Group, On: o.On, Text: o.Text}
	}
	for _, name := range x.Documents {
		sum := sha256.Sum256([]byte(name))
		c.Documents = append(c.Documents, agenda.Attachment{Name: name, Media: "application/pdf", Size: int64(len(name)), SHA256: hex.EncodeToString(sum[:])})
	}
	c.Urgent, c.Waived = marks(x.Urgent, c.Submitted), marks(x.Waived, c.Submitted)
	return c
}

// marks are marks that leads made, each its own person.
func marks(roles []council.Role, at time.Time) []agenda.Urgency {
	var all []agenda.Urgency
	for _, r := range roles {
		all = append(all, agenda.Urgency{Role: r, Person: string(r), At: at})
	}
	return all
}

// duties are what earlier sessions left to do.
func (m *maker) duties() {
	for _, x := range m.s.Decisions {
		session := cmp.Or(x.Session, string(x.Taken))
		m.in.Decisions = append(m.in.Decisions, agenda.OpenDecision{ID: cmp.Or(x.ID, session+"/"+x.Number), Number: x.Number,
			Session: session, Taken: x.Taken, Wording: x.Wording, Addressee: x.Addressee, Deadline: x.Deadline})
	}
	for _, x := range m.s.Unapproved {
		m.in.Unapproved = append(m.in.Unapproved, agenda.UnapprovedMinutes{Session: cmp.Or(x.Session, string(x.Date)), Date: x.Date,
			Number: x.Number, Signed: x.Date.At("12:00")})
	}
	for i, x := range m.s.Assignments {
		at := "assignments[" + strconv.Itoa(i) + "]"
		a := plan.Assignment{ID: at, Task: m.ref(x.Task, at+".task"), Responsible: x.Responsible, Group: x.Group, Deadline: x.Deadline,
			DecidedBy: cmp.Or(x.Group, "–"), DecidedOn: m.in.Plan.Approved}
		m.faults.Under(at, a.Validate())
		m.in.Assignments = append(m.in.Assignments, a)
	}
	m.in.Fulfilled = m.refs(m.s.Fulfilled, "fulfilled")
	for _, x := range m.s.Delegations {
		m.in.Delegations = append(m.in.Delegations, agenda.Delegation{ID: x.ID, Body: x.Body, BodyEN: cmp.Or(x.BodyEN, x.Body),
			Delegate: x.Delegate, Since: x.Since})
	}
}
