package demo

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"padome/agenda"
	"padome/cmd/padome/tell"
	"padome/council"
	"padome/office"
	"padome/plan"
	"padome/storage"
)

// found makes the council: its people, what they hold, their accounts.
func (s *script) found() error {
	ch := storage.Change{By: s.operator().Actor, What: "cmd.history.council"}
	if _, err := s.db.Installation().AddCouncil(s.ctx, ch, council.DefaultSettings().Name); err != nil {
		return err
	}
	set := council.DefaultSettings()
	set.Address = "https://padome.example.lv"
	set.Contact = "sekretariats@padome.example.lv"
	if _, err := s.o.SaveSettings(s.ctx, s.operator(), 0, set); err != nil {
		return err
	}
	for _, p := range people {
		saved, err := s.o.SavePerson(s.ctx, s.operator(), 0, p.person)
		if err != nil {
			return err
		}
		s.persons[p.key] = saved
	}
	for _, m := range s.mandates() {
		if _, err := s.o.SaveMandate(s.ctx, s.operator(), 0, m); err != nil {
			return err
		}
	}
	if err := s.setPasswords(); err != nil {
		return err
	}
	s.tell.Heading("cmd.demo.council")
	s.tell.Line(0, "cmd.demo.council.people", "name", council.DefaultSettings().Name)
	s.tell.Line(0, "cmd.demo.council.leads", "chair", s.persons[chair].Name(), "deputy", s.persons[deputy].Name())
	return nil
}

func (s *script) mandates() []council.Mandate {
	var ms []council.Mandate
	give := func(who string, role council.Role, side council.Side, instead string) {
		m := council.Mandate{Person: s.persons[who].ID, Role: role, Side: side, From: inOffice}
		if instead != "" {
			m.SubstituteFor = s.persons[instead].ID
		}
		ms = append(ms, m)
	}
	sides := map[string]council.Side{}
	for _, p := range people {
		sides[p.key] = p.side
		if p.side != "" {
			give(p.key, council.Member, p.side, "")
		}
	}
	give(chair, council.Chair, council.State, "")
	give(deputy, council.Deputy, council.NGO, "")
	for _, who := range slices.Sorted(maps.Keys(alternates)) {
		give(who, council.Member, sides[alternates[who]], alternates[who])
	}
	for _, who := range slices.Sorted(maps.Keys(officers)) {
		give(who, officers[who], "", "")
	}
	return ms
}

// importPlan brings in the council's real plan and the principles of the time
// before the working groups agree.
func (s *script) importPlan() error {
	s.clock.set("2024-01-03 10:00")
	p, err := plan.Real()
	if err != nil {
		return err
	}
	p.SuggestGoals()
	if s.plan, err = s.o.ImportPlan(s.ctx, s.operator(), p); err != nil {
		return err
	}
	tasks := 0
	for _, m := range s.plan.Measures {
		tasks += len(m.Tasks)
	}
	s.tell.Line(0, "cmd.demo.plan", "from", strconv.Itoa(p.From), "until", strconv.Itoa(p.Until),
		"goals", strconv.Itoa(len(p.Goals)), "measures", strconv.Itoa(len(p.Measures)), "tasks", strconv.Itoa(tasks))
	return s.addPrinciples(agenda.Transitional())
}

func (s *script) addPrinciples(p agenda.Principles) error {
	p, err := s.o.AddPrinciples(s.ctx, s.operator(), p)
	if err == nil {
		s.tellPrinciples(p)
	}
	return err
}

func (s *script) tellPrinciples(p agenda.Principles) {
	s.tell.Line(0, "cmd.demo.principles", "version", strconv.Itoa(p.Version), "title", tell.Titled(s.Lang, p.Title, p.TitleEN),
		"date", string(p.From), "n", strconv.Itoa(len(p.Rules)))
	for _, a := range p.Agreed {
		s.tell.Bullet(1, "cmd.demo.agreed", "by", a.By, "date", string(a.On))
	}
}

// planSessions plans the regular sessions of the first months of the year.
func (s *script) planSessions() error {
	return s.as(secretary, "2024-01-04 11:00", func(by office.By) error {
		c, err := s.o.Calendar(s.ctx)
		if err != nil {
			return err
		}
		set := council.DefaultSettings()
		for _, month := range []time.Month{time.January, time.February, time.March, time.April} {
			day := c.RegularDate(2024, month, set.Weekday)
			x, err := s.o.PlanSession(s.ctx, by, council.Session{Kind: council.Regular, Mode: council.Hybrid, Date: day,
				Starts: set.Starts, Ends: set.Starts.Add(set.Minutes), Place: "Ministru kabineta zāle, Brīvības bulvāris 36, Rīga",
				Link: "https://sede.example/memoranda-padome"})
			if err != nil {
				return err
			}
			s.sessions[day] = x
		}
		return nil
	})
}

// assigned are the first tasks with somebody responsible and a deadline.
var assigned = []plan.Assignment{
	{Task: plan.Ref{Measure: 2, Task: 1}, Responsible: "Finanšu ministrija", Group: "finance", Deadline: "2024-12-31"},
	{Task: plan.Ref{Measure: 6, Task: 2}, Responsible: "Kultūras ministrija", Group: "engagement", Deadline: "2024-10-31"},
	{Task: plan.Ref{Measure: 8, Task: 3}, Responsible: "Valsts kanceleja", Group: "engagement", Deadline: "2024-06-28"},
}

func (s *script) assign(by office.By) error {
	names := map[string]string{}
	for _, g := range groups {
		names[g.ID] = g.Name
	}
	for _, a := range assigned {
		a.DecidedBy, a.DecidedOn = names[a.Group], "2024-02-08"
		if _, err := s.o.Assign(s.ctx, by, a); err != nil {
			return err
		}
		s.tell.Bullet(0, "cmd.demo.assigned", "task", a.Task.Label(), "responsible", a.Responsible, "date", string(a.Deadline))
	}
	return nil
}
