package storage

import (
	"slices"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
)

func TestTreatmentsOfASessionStandByNumber(t *testing.T) {
	c := open(t).Council(1)
	for session, items := range map[string][]string{"s": {"c", "a", "b"}, "s2": {"a"}} {
		for i, id := range items {
			it := agenda.Item{Matter: agenda.Matter{ID: id, Title: "Par " + id}, Number: i + 1}
			got, err := c.UpdateTreatment(t.Context(), change("item.recorded"), session, it, 0, func(x *minutes.Treatment) error {
				x.Outcome = minutes.Noted
				return nil
			})
			if err != nil || got.Number != i+1 || got.Title != "Par "+id || got.Revision != 1 {
				t.Fatalf("got %+v, %v", got, err)
			}
		}
	}
	var order []string
	for _, x := range see(t, c, func(v *View) ([]minutes.Treatment, error) { return v.Treatments("s") }) {
		order = append(order, x.Item)
	}
	wantSame(t, order, []string{"c", "a", "b"})
	one := see(t, c, func(v *View) (minutes.Treatment, error) { return v.Treatment("s2", "a") })
	wantSame(t, one.Session, "s2")
	_, err := Read(t.Context(), c, func(v *View) (minutes.Treatment, error) { return v.Treatment("s2", "b") })
	if e := wantKind(t, err, problem.NotFound); e.Args["id"] != "s2/b" {
		t.Errorf("got %v, want session and item named", e)
	}
}

func decisionIDs(list []minutes.Decision) []string {
	var got []string
	for _, d := range list {
		got = append(got, d.ID)
	}
	return got
}

func openDecisions(v *View) ([]minutes.Decision, error) {
	list, _, err := v.OpenDecisions(Page{Limit: 10})
	return list, err
}

func TestDecisionsAreFoundBySessionDeadlineAndTask(t *testing.T) {
	c := open(t).Council(1)
	task, other := plan.Ref{Revision: 1, Measure: 2, Task: 1}, plan.Ref{Revision: 1, Measure: 2, Task: 10}
	soon, late, never, settled := decision("soon", "s", 3), decision("late", "s", 1), decision("never", "s", 2), decision("settled", "t", 1)
	late.Deadline, late.Tasks = "2024-12-18", []plan.Ref{task, other}
	never.Deadline = ""
	settled.Status, settled.Taken = minutes.Settled, "2024-02-28"
	in(t, c, "decision.recorded", func(tx *Tx) error {
		for _, d := range []minutes.Decision{never, late, settled, soon} {
			if got, err := tx.AddDecision(d); err != nil || got.Revision != 1 {
				return err
			}
		}
		return nil
	})
	wantSame(t, decisionIDs(see(t, c, func(v *View) ([]minutes.Decision, error) { return v.DecisionsOf("s") })), []string{"late", "never", "soon"})
	wantSame(t, decisionIDs(see(t, c, openDecisions)), []string{"soon", "late", "never"})
	wantSame(t, decisionIDs(see(t, c, func(v *View) ([]minutes.Decision, error) { return v.DecisionsOn(task) })), []string{"late", "never", "soon", "settled"})
	wantSame(t, decisionIDs(see(t, c, func(v *View) ([]minutes.Decision, error) { return v.DecisionsOn(other) })), []string{"late"})

	if _, err := c.UpdateDecision(t.Context(), change("decision.done"), "soon", 1, func(d *minutes.Decision) error {
		d.Status = minutes.Done
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	wantSame(t, decisionIDs(see(t, c, openDecisions)), []string{"late", "never"})
	_, err := c.UpdateDecision(t.Context(), change("decision.done"), "none", 0, func(*minutes.Decision) error { return nil })
	wantKind(t, err, problem.NotFound)
	wantKind(t, try(t, c, "decision.taken-back", func(tx *Tx) error { return tx.RemoveDecision("late", 2) }), problem.Conflict)
}

func TestAttendanceIsEmptyUntilRecorded(t *testing.T) {
	c := open(t).Council(1)
	wantSame(t, see(t, c, func(v *View) (minutes.Attendance, error) { return v.Attendance("s") }), minutes.Attendance{Session: "s"})
	entries := []minutes.Entry{{Person: "anna", Name: "A. Ozola", Side: council.NGO, Capacity: minutes.Voting}}
	got, err := c.UpdateAttendance(t.Context(), change("attendance.recorded"), "s", 0, func(a *minutes.Attendance) error {
		a.Entries = entries
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, got, minutes.Attendance{Session: "s", Entries: entries, Revision: 1})
	wantSame(t, see(t, c, func(v *View) (minutes.Attendance, error) { return v.Attendance("s") }), got)
}

func TestHeldItemsOfASessionAreReplacedTogether(t *testing.T) {
	c := open(t).Council(1)
	jan, feb := session("jan", "2024-01-31"), session("feb", "2024-02-28")
	item := func(s council.Session, number int, id string) agenda.Held {
		return agenda.Held{Session: s.ID, Date: s.Date, Number: number, Item: id}
	}
	in(t, c, "session.closed", func(tx *Tx) error {
		if err := tx.SetHeld(feb, []agenda.Held{item(feb, 1, "x")}); err != nil {
			return err
		}
		return tx.SetHeld(jan, []agenda.Held{item(jan, 1, "a"), item(jan, 2, "b"), item(jan, 3, "c")})
	})
	in(t, c, "session.closed", func(tx *Tx) error { return tx.SetHeld(jan, []agenda.Held{item(jan, 2, "b")}) })
	get := func(from, until council.Date) []string {
		var got []string
		for _, h := range see(t, c, func(v *View) ([]agenda.Held, error) { return v.Held(from, until) }) {
			got = append(got, h.Item)
		}
		return got
	}
	wantSame(t, get("", ""), []string{"b", "x"})
	wantSame(t, get("2024-02-01", ""), []string{"x"})
	wantSame(t, get("", "2024-01-31"), []string{"b"})
	if err := try(t, c, "session.closed", func(tx *Tx) error { return tx.SetHeld(jan, []agenda.Held{item(feb, 1, "x")}) }); err == nil {
		t.Error("an item of another session was accepted")
	}
}

func TestPeopleAndTheirMandates(t *testing.T) {
	c := open(t).Council(1)
	for _, id := range []string{"anna", "juris"} {
		if _, err := c.UpdatePerson(t.Context(), change("person.added"), id, 0, func(p *council.Person) error {
			p.Given, p.Surname, p.Gender = "Anna", "Ozola", council.Feminine
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	give := func(id, person string, revision uint64) error {
		_, err := c.UpdateMandate(t.Context(), change("mandate.given"), id, revision, func(m *council.Mandate) error {
			m.Person, m.Role, m.Side, m.From = person, council.Member, council.NGO, "2024-01-01"
			return nil
		})
		return err
	}
	for _, id := range []string{"m1", "m2"} {
		if err := give(id, "anna", 0); err != nil {
			t.Fatal(err)
		}
	}
	of := func(person string) []string {
		var got []string
		for _, m := range see(t, c, func(v *View) ([]council.Mandate, error) { return v.MandatesOf(person) }) {
			got = append(got, m.ID)
		}
		return got
	}
	wantSame(t, of("anna"), []string{"m1", "m2"})
	if err := give("m1", "juris", 1); err != nil {
		t.Fatal(err)
	}
	wantSame(t, append(of("anna"), of("juris")...), []string{"m2", "m1"})
	if got := see(t, c, (*View).People); len(got) != 2 || got[0].ID != "anna" {
		t.Errorf("got %+v, want anna and juris", got)
	}
	if got := see(t, c, (*View).Mandates); len(got) != 2 {
		t.Errorf("got %d mandates, want 2", len(got))
	}
}

func TestGroupsSettingsAndCalendar(t *testing.T) {
	c := open(t).Council(1)
	wantSame(t, see(t, c, (*View).Settings), council.DefaultSettings())
	wantSame(t, see(t, c, (*View).Calendar), council.DefaultCalendar())
	set, err := c.UpdateSettings(t.Context(), change("settings.changed"), 0, func(s *council.Settings) error {
		s.SeatsPerSide = 10
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := council.DefaultSettings()
	want.SeatsPerSide, want.Revision = 10, 1
	wantSame(t, set, want)
	wantSame(t, see(t, c, (*View).Settings), want)
	cal, err := c.UpdateCalendar(t.Context(), change("calendar.changed"), 0, func(k *council.Calendar) error {
		k.Moved = append(k.Moved, council.MovedDay{Free: "2027-05-03", Worked: "2027-05-08"})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, see(t, c, (*View).Calendar), cal)
	if cal.Revision != 1 || len(cal.Moved) != len(council.DefaultCalendar().Moved)+1 {
		t.Errorf("got %+v, want the default with one more day", cal)
	}
	group, err := c.UpdateGroup(t.Context(), change("group.changed"), "finance", 0, func(g *council.WorkingGroup) error {
		g.Name, g.NameEN, g.From, g.Measures = "Finanšu darba grupa", "Finance group", "2024-01-01", []int{2, 3}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, see(t, c, (*View).Groups), []council.WorkingGroup{group})
	wantSame(t, see(t, c, func(v *View) (council.WorkingGroup, error) { return v.Group("finance") }), group)
}

func TestOpenProposalsAndCarriedMatters(t *testing.T) {
	c := open(t).Council(1)
	for i, id := range []string{"b", "a", "c"} {
		if _, err := c.UpdateProposal(t.Context(), change("proposal.made"), id, 0, func(p *agenda.Proposal) error {
			p.Title, p.State, p.Submitted = "Par "+id, agenda.Waiting, testTime.AddDate(0, 0, i)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.UpdateProposal(t.Context(), change("proposal.withdrawn"), "b", 1, func(p *agenda.Proposal) error {
		p.State = agenda.Withdrawn
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	names := func(list []agenda.Proposal) (got []string) {
		for _, p := range list {
			got = append(got, p.ID)
		}
		return got
	}
	wantSame(t, names(see(t, c, (*View).OpenProposals)), []string{"a", "c"})
	wantSame(t, names(see(t, c, func(v *View) ([]agenda.Proposal, error) {
		list, _, err := v.Proposals(Page{Limit: 5})
		return list, err
	})), []string{"c", "a", "b"})

	matter := agenda.Candidate{Matter: agenda.Matter{ID: "a", Title: "Par a", Postponed: []council.Date{"2024-01-31"}}}
	in(t, c, "session.closed", func(tx *Tx) error {
		if err := tx.Carry(agenda.Candidate{Matter: agenda.Matter{ID: "a"}}); err != nil {
			return err
		}
		return tx.Carry(matter)
	})
	wantSame(t, see(t, c, (*View).Carried), []agenda.Candidate{matter})
	in(t, c, "session.closed", func(tx *Tx) error { return tx.DropCarried("a") })
	in(t, c, "session.closed", func(tx *Tx) error { return tx.DropCarried("a") })
	if got := see(t, c, (*View).Carried); len(got) != 0 {
		t.Errorf("got %d carried matters, want none", len(got))
	}
}

func TestIdsOfAnyKindStandApart(t *testing.T) {
	c := open(t).Council(1)
	all := []string{"a", "a\x00", "a\x00\x01", "ā", "a/b", "../a"}
	for _, id := range all {
		addSession(t, c, session(id, "2024-01-31"))
	}
	got, _ := pages(t, c, Span{}, 10)
	slices.Sort(all)
	wantSame(t, got, all)
	for _, id := range []string{"", string(make([]byte, 5000))} {
		_, err := Read(t.Context(), c, func(v *View) (council.Session, error) { return v.Session(id) })
		wantKind(t, err, problem.NotFound)
		if got := see(t, c, func(v *View) ([]minutes.Decision, error) { return v.DecisionsOf(id) }); len(got) != 0 {
			t.Errorf("got %d decisions of a session that is none", len(got))
		}
	}
}

func TestDelegationsOfTheCouncil(t *testing.T) {
	c := open(t).Council(1)
	of := func(person string) func(*council.Delegation) error {
		return func(d *council.Delegation) error {
			d.Person, d.Body, d.From = person, "Uzraudzības komiteja", "2024-01-31"
			return nil
		}
	}
	var first, second council.Delegation
	in(t, c, "delegation.made", func(tx *Tx) (err error) {
		if second, err = tx.UpdateDelegation("d2", 0, of("juris")); err != nil {
			return err
		}
		first, err = tx.UpdateDelegation("d1", 0, of("anna"))
		return err
	})
	wantSame(t, see(t, c, (*View).Delegations), []council.Delegation{first, second})
	built, err := Read(t.Context(), c, func(v *View) (BuildData, error) { return v.BuildData(session("s", "2024-02-28")) })
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, built.Delegates, []council.Delegation{first, second})
	wantKind(t, try(t, c, "delegation.changed", func(tx *Tx) error {
		_, err := tx.UpdateDelegation("d1", 7, of("juris"))
		return err
	}), problem.Conflict)
	wantKind(t, try(t, c, "delegation.changed", func(tx *Tx) error {
		_, err := tx.UpdateDelegation("d3", 0, of(""))
		return err
	}), problem.Invalid)
}
