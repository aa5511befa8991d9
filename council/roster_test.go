package council

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A small council: two seats a side, the deputy's office changes hands in
// July 2024, an alternate on either side.
var (
	small = func() Settings { s := DefaultSettings(); s.SeatsPerSide = 2; return s }()

	smallPeople = []Person{
		{ID: "anna", Given: "Anna", Surname: "Zāle", Gender: Feminine},
		{ID: "berta", Given: "Berta", Surname: "Āboliņa", Gender: Feminine},
		{ID: "ceze", Given: "Cēze", Surname: "Abava", Gender: Feminine},
		{ID: "dainis", Given: "Dainis", Surname: "Čakste", Gender: Masculine},
		{ID: "egons", Given: "Egons", Surname: "Celms", Gender: Masculine},
		{ID: "fricis", Given: "Fricis", Surname: "Ezers", Gender: Masculine},
		{ID: "gita", Given: "Gita", Surname: "Ņikona", Gender: Feminine},
		{ID: "keeper", Given: "Juris", Surname: "Ozols", Gender: Masculine},
	}
	smallMandates = []Mandate{
		{ID: "01", Person: "anna", Role: Chair, Side: State, From: "2024-01-01"},
		{ID: "02", Person: "anna", Role: Member, Side: State, From: "2024-01-01"},
		{ID: "03", Person: "berta", Role: Member, Side: State, From: "2024-01-01"},
		{ID: "04", Person: "dainis", Role: Member, Side: NGO, From: "2024-01-01", Until: "2025-06-30"},
		{ID: "05", Person: "egons", Role: Member, Side: NGO, From: "2024-01-01"},
		{ID: "06", Person: "dainis", Role: Deputy, Side: NGO, From: "2024-01-01", Until: "2024-06-30"},
		{ID: "07", Person: "egons", Role: Deputy, Side: NGO, From: "2024-07-01"},
		{ID: "08", Person: "ceze", Role: Member, Side: State, From: "2024-01-01", SubstituteFor: "berta"},
		{ID: "09", Person: "fricis", Role: Member, Side: NGO, From: "2024-02-01", Until: "2025-06-30", SubstituteFor: "dainis"},
		{ID: "10", Person: "berta", Role: Chair, Side: State, From: "2024-03-01", Until: "2024-03-31", SubstituteFor: "anna"},
		{ID: "11", Person: "gita", Role: Secretariat, From: "2024-01-01"},
		{ID: "13", Person: "keeper", Role: Administrator, From: "2024-01-01"},
	}
)

func smallRoster(more ...Mandate) *Roster {
	return NewRoster(small, smallPeople, slices.Concat(smallMandates, more))
}

func TestSmallCouncilIsInOrder(t *testing.T) {
	for _, m := range smallMandates {
		if err := m.Validate(); err != nil {
			t.Errorf("%s: %v", m.ID, err)
		}
	}
	if err := smallRoster().Validate(); err != nil {
		t.Error(err)
	}
}

func TestHolderChangesWithTheDay(t *testing.T) {
	r := smallRoster()
	for on, want := range map[Date]string{"2023-12-31": "", "2024-01-01": "dainis", "2024-06-30": "dainis", "2024-07-01": "egons", "2030-01-01": "egons"} {
		m, ok := r.Holder(Deputy, on)
		if m.Person != want || ok != (want != "") {
			t.Errorf("deputy on %s: %q, want %q", on, m.Person, want)
		}
	}
}

func TestSubstitutes(t *testing.T) {
	r := smallRoster(
		Mandate{ID: "12", Person: "gita", Role: Deputy, Side: NGO, From: "2024-01-01", SubstituteFor: "dainis"},
	)
	t.Run("count on their days", func(t *testing.T) {
		for on, want := range map[Date]int{"2024-02-29": 0, "2024-03-01": 1, "2024-03-31": 1, "2024-04-01": 0} {
			if got := len(r.Substitutes(Chair, on)); got != want {
				t.Errorf("substitutes of the chair on %s: %d, want %d", on, got, want)
			}
		}
	})
	t.Run("end with the one they substitute for", func(t *testing.T) {
		if len(r.Substitutes(Deputy, "2024-06-30")) != 1 || len(r.Substitutes(Deputy, "2024-07-01")) != 0 {
			t.Error("a substitute of a former deputy still substitutes, or never did")
		}
		if !r.Actor("gita", "2024-06-30").Holds(Deputy) || r.Actor("gita", "2024-07-01").Holds(Deputy) {
			t.Error("a substitute of a former deputy still acts, or never did")
		}
	})
	t.Run("may preside", func(t *testing.T) {
		for _, tt := range []struct {
			person string
			on     Date
			want   bool
		}{{"anna", "2024-03-27", true}, {"dainis", "2024-03-27", true}, {"berta", "2024-03-27", true}, {"berta", "2024-04-24", false}, {"egons", "2024-03-27", false}, {"nobody", "2024-03-27", false}} {
			if got := r.MayPreside(tt.person, tt.on); got != tt.want {
				t.Errorf("%s may preside on %s: %v, want %v", tt.person, tt.on, got, tt.want)
			}
		}
	})
}

func TestMembersSitBySideAndName(t *testing.T) {
	var got []string
	for _, s := range smallRoster().Members("2024-02-28") {
		line := string(s.Side) + " " + s.Member.Person
		for _, a := range s.Alternates {
			line += " (" + a.Person + ")"
		}
		got = append(got, line)
	}
	// Ābo… after Ab… and all of a; Č after C.
	want := []string{"state berta (ceze)", "state anna", "ngo egons", "ngo dainis (fricis)"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("seats (-want +got):\n%s", diff)
	}
}

func TestSeatsAndVotes(t *testing.T) {
	r := smallRoster()
	for on, want := range map[Date]int{"2023-12-31": 0, "2024-01-31": 4, "2025-06-30": 4, "2025-07-01": 3} {
		if got := r.Seats(on); got != want {
			t.Errorf("seats on %s: %d, want %d", on, got, want)
		}
	}
	for person, want := range map[string]bool{"anna": true, "fricis": true, "gita": false, "nobody": false} {
		if got := r.MayVote(person, "2024-02-28"); got != want {
			t.Errorf("%s may vote: %v, want %v", person, got, want)
		}
	}
	if r.MayVote("fricis", "2024-01-31") || r.MayVote("fricis", "2025-07-01") {
		t.Error("an alternate votes outside the mandate")
	}
}

func TestActorHoldsTheMandatesOfTheDay(t *testing.T) {
	a := smallRoster().Actor("berta", "2024-03-27")
	if got, want := a.Name, "Berta Āboliņa"; got != want {
		t.Errorf("name %q, want %q", got, want)
	}
	var got []string
	for _, m := range a.Mandates {
		got = append(got, m.ID)
	}
	if diff := cmp.Diff([]string{"03", "10"}, got); diff != "" {
		t.Errorf("mandates (-want +got):\n%s", diff)
	}
	if p, ok := smallRoster().Person("berta"); !ok || p.Name() != a.Name {
		t.Errorf("the register has %+v", p)
	}
	if m, ok := a.As(Chair); !ok || m.SubstituteFor != "anna" {
		t.Errorf("acts as chair under %+v", m)
	}
	if _, ok := a.As(""); ok || a.HoldsAny(Deputy, Secretariat) {
		t.Error("holds a role that is none of hers")
	}
	own := Actor{Mandates: []Mandate{{ID: "1", Role: Chair, SubstituteFor: "x"}, {ID: "2", Role: Chair}}}
	if m, _ := own.As(Chair); m.ID != "2" {
		t.Error("acts as a substitute while holding the office")
	}
}

func TestMayAddRefuses(t *testing.T) {
	for _, tt := range []struct {
		name string
		add  Mandate
		want []string
	}{
		{"two chairs on one day", Mandate{ID: "x", Person: "berta", Role: Chair, Side: State, From: "2026-01-01"}, []string{"from problem.mandate.office"}},
		{"a deputy who begins before the other ends", Mandate{ID: "x", Person: "fricis", Role: Deputy, Side: NGO, From: "2023-12-01", Until: "2024-01-01"}, []string{"from problem.mandate.office"}},
		{"a member too many", Mandate{ID: "x", Person: "gita", Role: Member, Side: NGO, From: "2024-05-01", Until: "2025-07-01"}, []string{"side problem.mandate.seats"}},
		{"an alternate without a member", Mandate{ID: "x", Person: "gita", Role: Member, Side: NGO, From: "2024-05-01", SubstituteFor: "fricis"}, []string{"substituteFor problem.mandate.principal"}},
		{"an alternate beyond the member's time", Mandate{ID: "x", Person: "gita", Role: Member, Side: NGO, From: "2024-05-01", SubstituteFor: "dainis"}, []string{"substituteFor problem.mandate.principal"}},
		{"an alternate from before the member's time", Mandate{ID: "x", Person: "gita", Role: Member, Side: NGO, From: "2023-05-01", Until: "2024-05-01", SubstituteFor: "dainis"}, []string{"substituteFor problem.mandate.principal"}},
		{"an alternate on the other side", Mandate{ID: "x", Person: "gita", Role: Member, Side: State, From: "2024-05-01", SubstituteFor: "egons"}, []string{"substituteFor problem.mandate.principal"}},
		{"a substitute of nobody's office", Mandate{ID: "x", Person: "gita", Role: Chair, From: "2024-05-01", SubstituteFor: "berta"}, []string{"substituteFor problem.mandate.principal"}},
		{"a deputy from the state side", Mandate{ID: "07", Person: "gita", Role: Deputy, Side: State, From: "2024-07-01"}, []string{"side problem.mandate.deputy-side"}},
		{"one person on both sides", Mandate{ID: "07", Person: "berta", Role: Deputy, Side: NGO, From: "2024-07-01"}, []string{"side problem.mandate.both-sides"}},
		{"chair and deputy in one person", Mandate{ID: "07", Person: "anna", Role: Deputy, Side: NGO, From: "2024-07-01"}, []string{"person problem.mandate.both-leads"}},
		{"a chair who is to be administrator", Mandate{ID: "x", Person: "anna", Role: Administrator, From: "2024-07-01"}, []string{"person problem.mandate.administrator-leads"}},
		{"an administrator who is to lead", Mandate{ID: "07", Person: "keeper", Role: Deputy, Side: NGO, From: "2024-07-01"}, []string{"person problem.mandate.administrator-leads"}},
		{"an administrator who is to stand in", Mandate{ID: "x", Person: "keeper", Role: Chair, From: "2024-07-01", SubstituteFor: "anna"}, []string{"person problem.mandate.administrator-leads"}},
		{"a member twice", Mandate{ID: "x", Person: "dainis", Role: Member, Side: NGO, From: "2025-06-30"}, []string{"person problem.mandate.twice", "side problem.mandate.seats"}},
		{"a member as an alternate", Mandate{ID: "x", Person: "egons", Role: Member, Side: NGO, From: "2024-05-01", Until: "2024-05-31", SubstituteFor: "dainis"}, []string{"person problem.mandate.twice"}},
		{"the secretariat twice", Mandate{ID: "x", Person: "gita", Role: Secretariat, From: "2024-05-01"}, []string{"person problem.mandate.twice"}},
		{"an unknown person", Mandate{ID: "x", Person: "nobody", Role: Secretariat, From: "2024-05-01"}, []string{"person problem.mandate.person"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, faults(t, smallRoster().MayAdd(tt.add))); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMayAddAllows(t *testing.T) {
	for _, tt := range []struct {
		name string
		add  Mandate
	}{
		{"the next member on the day after the last one's end", Mandate{ID: "x", Person: "gita", Role: Member, Side: NGO, From: "2025-07-01"}},
		{"an end for a mandate that has none", Mandate{ID: "07", Person: "egons", Role: Deputy, Side: NGO, From: "2024-07-01", Until: "2025-12-31"}},
		{"an alternate of two members", Mandate{ID: "x", Person: "fricis", Role: Member, Side: NGO, From: "2024-05-01", SubstituteFor: "egons"}},
		{"the deputy as substitute of the chair", Mandate{ID: "x", Person: "egons", Role: Chair, From: "2024-08-01", Until: "2024-08-31", SubstituteFor: "anna"}},
		{"a second secretary", Mandate{ID: "x", Person: "fricis", Role: Secretariat, From: "2024-05-01"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := smallRoster().MayAdd(tt.add); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("an alternate over two terms of the member without a gap", func(t *testing.T) {
		r := smallRoster(Mandate{ID: "12", Person: "dainis", Role: Member, Side: NGO, From: "2025-07-01"})
		if err := r.MayAdd(Mandate{ID: "x", Person: "gita", Role: Member, Side: NGO, From: "2024-05-01", SubstituteFor: "dainis"}); err != nil {
			t.Error(err)
		}
	})
}

func TestValidateNamesTheMandate(t *testing.T) {
	r := smallRoster(Mandate{ID: "12", Person: "berta", Role: Chair, Side: State, From: "2026-01-01"})
	want := []string{"mandates[0].from problem.mandate.office", "mandates[12].from problem.mandate.office"}
	if diff := cmp.Diff(want, faults(t, r.Validate())); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// What MayAdd lets through never breaks the council on any day.
func TestAdmittedMandatesKeepTheRulesOnEveryDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var admitted []Mandate
		for i := range rapid.IntRange(1, 25).Draw(t, "tries") {
			m := drawMandate(t, string(rune('A'+i)))
			if m.Validate() == nil && NewRoster(small, smallPeople, admitted).MayAdd(m) == nil {
				admitted = append(admitted, m)
			}
		}
		r := NewRoster(small, smallPeople, admitted)
		if err := r.Validate(); err != nil {
			t.Fatalf("admitted one by one, refused together: %v", err)
		}
		for d := Date("2024-01-01"); d <= "2024-01-21"; d = d.AddDays(1) {
			checkDay(t, r, d)
		}
	})
}

func drawMandate(t *rapid.T, id string) Mandate {
	people := []string{"anna", "berta", "ceze", "dainis"}
	from := Date("2024-01-01").AddDays(rapid.IntRange(0, 15).Draw(t, "from"))
	m := Mandate{ID: id, Person: rapid.SampledFrom(people).Draw(t, "person"), From: from,
		Role: rapid.SampledFrom([]Role{Chair, Deputy, Member, Member}).Draw(t, "role"),
		Side: rapid.SampledFrom([]Side{State, NGO}).Draw(t, "side")}
	if n := rapid.IntRange(-1, 5).Draw(t, "days"); n >= 0 {
		m.Until = from.AddDays(n)
	}
	if rapid.IntRange(0, 2).Draw(t, "substitute") == 0 {
		m.SubstituteFor = rapid.SampledFrom(people).Draw(t, "for")
	}
	return m
}

func checkDay(t *rapid.T, r *Roster, d Date) {
	if len(r.Holders(Chair, d)) > 1 || len(r.Holders(Deputy, d)) > 1 {
		t.Fatalf("two people in one office on %s", d)
	}
	perSide, places := map[Side]int{}, map[string]Side{}
	for _, s := range r.Members(d) {
		perSide[s.Side]++
		for _, m := range append(s.Alternates, s.Member) {
			if side, sits := places[m.Person]; sits && side != m.Side {
				t.Fatalf("%s sits on both sides on %s", m.Person, d)
			}
			places[m.Person] = m.Side
		}
	}
	if perSide[State] > small.SeatsPerSide || perSide[NGO] > small.SeatsPerSide {
		t.Fatalf("more members than seats on %s: %v", d, perSide)
	}
	if alternates := r.inForce(d, func(m Mandate) bool { return m.SubstituteFor != "" }); len(alternates) != len(r.Substitutes(Chair, d))+len(r.Substitutes(Deputy, d))+len(r.Substitutes(Member, d)) {
		t.Fatalf("somebody substitutes for nobody on %s", d)
	}
}
