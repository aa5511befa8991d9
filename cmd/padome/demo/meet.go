package demo

import (
	"cmp"
	"fmt"
	"strconv"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/minutes"
	"padome/office"
	"padome/storage"
)

// meet holds the session: opens it, records it item by item, closes it.
func (s *script) meet(x *sitting) error {
	id := s.sessions[x.date].ID
	turn, err := s.o.PresidingTurn(s.ctx, x.date)
	if err != nil {
		return err
	}
	if turn.Person != s.persons[x.presides].ID {
		return fmt.Errorf("it is not the turn of %s to preside", x.presides)
	}
	s.tell.Title("cmd.demo.held", "date", string(x.date))
	s.tell.Line(0, "cmd.demo.presides", "name", s.persons[x.presides].Name(), "reason", locale.Text(s.Lang, turn.Key, turn.Args))
	return s.as(secretary, moment(string(x.date)+" "+string(x.opened)), func(by office.By) error {
		now, err := s.o.Session(s.ctx, id)
		if err != nil {
			return err
		}
		if now, err = s.o.OpenSession(s.ctx, by, id, now.Revision, s.persons[x.presides].ID, s.persons[x.takes].ID, x.opened, ""); err != nil {
			return err
		}
		if err := s.attend(by, x); err != nil {
			return err
		}
		items, err := s.agendaOf(by, id)
		if err != nil {
			return err
		}
		if len(items) != len(x.items) {
			return fmt.Errorf("the agenda has %d items, the script %d", len(items), len(x.items))
		}
		for i, t := range x.items {
			if items[i].ID != s.item(t.item) {
				return fmt.Errorf("item %d is %s, the script has %s", i+1, items[i].ID, t.item)
			}
			if err := s.treat(by, x, items[i], t); err != nil {
				return fmt.Errorf("item %d: %w", i+1, err)
			}
		}
		if err := s.add(by, x); err != nil {
			return err
		}
		return s.close(by, x, now.Revision)
	})
}

// add brings on what the session adds to its agenda, and deals with it.
func (s *script) add(by office.By, x *sitting) error {
	if x.added == nil {
		return nil
	}
	x.added.m.Tasks = refs(x.added.tasks)
	a, err := s.o.AddItem(s.ctx, by, s.sessions[x.date].ID, x.added.m, x.added.vote, x.added.during)
	if err != nil {
		return err
	}
	s.tell.Line(0, "cmd.demo.added", "number", strconv.Itoa(a.Number), "during", strconv.Itoa(a.During),
		"for", strconv.Itoa(a.Vote.For))
	return s.treat(by, x, a.Item, x.added.treatment)
}

func (s *script) agendaOf(by office.By, session string) ([]agenda.Item, error) {
	c, _, err := s.o.Version(s.ctx, by.Actor, session, 0)
	return c.Items, err
}

// attend records who is there, in what right and for which items.
func (s *script) attend(by office.By, x *sitting) error {
	r, err := s.o.Roster(s.ctx)
	if err != nil {
		return err
	}
	special := map[string]presence{}
	for _, p := range x.presence {
		special[s.persons[p.who].ID] = p
	}
	var entries []minutes.Entry
	voting := 0
	for _, seat := range r.Members(x.date) {
		p, _ := r.Person(seat.Member.Person)
		for _, e := range s.entries(p, seat.Side, special[p.ID]) {
			entries = append(entries, e)
			if e.Capacity == minutes.Voting {
				voting++
			}
		}
	}
	secretary := s.persons[secretary]
	entries = append(entries, minutes.Entry{Person: secretary.ID, Name: described(secretary), Capacity: minutes.Advising})
	entries = append(entries, x.guests...)
	if _, err := s.o.SaveAttendance(s.ctx, by, s.sessions[x.date].ID, 0, entries); err != nil {
		return err
	}
	s.tell.Line(0, "cmd.demo.attendance", "n", strconv.Itoa(voting), "members", strconv.Itoa(r.Seats(x.date)))
	for _, p := range x.presence {
		s.tell.presence(s.persons[p.who], s.persons[p.instead], p)
	}
	return nil
}

// entries are how a member's place is taken: by the member, by an alternate, or
// by nobody.
func (s *script) entries(p council.Person, side council.Side, x presence) []minutes.Entry {
	e := minutes.Entry{Person: p.ID, Name: described(p), Side: side, Capacity: minutes.Voting,
		Remote: x.remote, From: x.from, Until: x.until}
	if !x.absent && x.instead == "" {
		return []minutes.Entry{e}
	}
	away := minutes.Entry{Person: p.ID, Name: described(p), Side: side, Capacity: minutes.Absent}
	if x.instead == "" {
		return []minutes.Entry{away}
	}
	other := s.persons[x.instead]
	return []minutes.Entry{
		{Person: other.ID, Name: described(other), Side: side, Capacity: minutes.Voting, SubstituteFor: p.ID},
		away,
	}
}

// described is a person as minutes list them: position before the name.
func described(p council.Person) string { return p.Position + " – " + p.Short() }

// treat records what the session does with an item.
func (s *script) treat(by office.By, x *sitting, it agenda.Item, t treatment) error {
	id := s.sessions[x.date].ID
	s.clock.set(moment(string(x.date) + " " + string(t.ended)))
	now, err := s.o.RecordCourse(s.ctx, by, id, it.ID, 0, t.course)
	if err != nil {
		return err
	}
	for _, c := range t.clauses {
		d, err := s.o.TakeDecision(s.ctx, by, id, it.ID, now.Revision, minutes.Clause{Wording: c.wording,
			Addressee: c.addressee, Deadline: c.deadline, UntilNext: c.untilNext, Tasks: refs(c.tasks)})
		if err != nil {
			return err
		}
		now.Revision++
		now.Decisions = d.Clause
	}
	if t.vote != nil {
		if now, err = s.o.RecordVote(s.ctx, by, id, it.ID, now.Revision, t.vote); err != nil {
			return err
		}
	}
	if now, err = s.o.RecordTimes(s.ctx, by, id, it.ID, now.Revision, t.started, t.ended); err != nil {
		return err
	}
	if now, err = s.o.RecordOutcome(s.ctx, by, id, it.ID, now.Revision, t.outcome, t.why); err != nil {
		return err
	}
	ds, err := s.o.DecisionsOf(s.ctx, by.Actor, id)
	if err != nil {
		return err
	}
	s.tell.treatment(it, now, ds)
	return s.find(by, id, it.ID, t.found)
}

// close ends the session and tells what it leaves for the next one.
func (s *script) close(by office.By, x *sitting, revision uint64) error {
	id := s.sessions[x.date].ID
	s.clock.set(moment(string(x.date) + " " + string(x.closed)))
	if _, err := s.o.CloseSession(s.ctx, by, id, revision, x.closed); err != nil {
		return err
	}
	s.tell.Line(0, "cmd.demo.closed", "time", string(x.closed))
	open, _, err := s.o.OpenDecisions(s.ctx, by.Actor, storage.Page{Limit: storage.MaxPage})
	if err != nil {
		return err
	}
	carried, err := s.o.Carried(s.ctx, by.Actor)
	if err != nil {
		return err
	}
	s.tell.Title("cmd.demo.left")
	s.tell.Line(0, "cmd.demo.left.decisions", "n", strconv.Itoa(len(open)))
	for _, d := range open {
		due := "cmd.demo.left.decision"
		switch {
		case d.UntilNext:
			due = "cmd.demo.left.decision.next"
		case d.Deadline == "":
			due = "cmd.demo.left.decision.none"
		}
		s.tell.Bullet(0, due, "number", d.Number(), "taken", string(d.Taken), "addressee", cmp.Or(d.Addressee, "–"),
			"deadline", string(d.Deadline))
	}
	for _, c := range carried {
		s.tell.Bullet(0, "cmd.demo.left.carried", "title", c.Title, "date", string(c.Postponed[len(c.Postponed)-1]))
	}
	return nil
}
