package minutes

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/plan"
)

var update = flag.Bool("update", false, "write golden files anew")

// golden holds a text to a file under testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got, string(want)); diff != "" {
		t.Errorf("%s (-got +want):\n%s", name, diff)
	}
}

// faults are the faults of an error as "field key", in order; a refusal without
// fields is its key. Every message must be whole in both languages.
func faults(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	e, ok := errors.AsType[*problem.Error](err)
	if !ok {
		t.Fatalf("not a problem: %v", err)
	}
	whole(t, e.Key, e.Args)
	if len(e.Fields) == 0 {
		return []string{e.Key}
	}
	var all []string
	for _, f := range e.Fields {
		whole(t, f.Key, f.Args)
		all = append(all, f.Name+" "+f.Key)
	}
	return all
}

// shared are the messages that belong to the whole program, with other texts
// than those of this package.
func shared(key string) bool { return !strings.HasPrefix(key, "problem.minutes.") }

// whole fails where a message of this package has no text or leaves a gap.
func whole(t *testing.T, key string, args problem.Args) {
	t.Helper()
	for _, lang := range locale.Langs {
		if s := locale.Text(lang, key, args); !shared(key) && strings.Contains(s, "⟦") {
			t.Errorf("%s in %s with %v: %s", key, lang, args, s)
		}
	}
}

func wantFaults(t *testing.T, err error, want ...string) {
	t.Helper()
	if diff := cmp.Diff(faults(t, err), want); diff != "" {
		t.Errorf("faults (-got +want):\n%s", diff)
	}
}

func must(t fataler, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fataler is a test, or a property of one.
type fataler interface {
	Helper()
	Fatal(args ...any)
}

const day council.Date = "2024-01-31"

// people are a council of eight and eight, an alternate on each side, an
// officer of the secretariat and an administrator.
func people() []council.Person {
	given := []string{"Andris", "Baiba", "Cildis", "Dace", "Edgars", "Fanija", "Gints", "Helga"}
	surnames := map[council.Side][]string{
		council.State: {"Ozols", "Liepa", "Bērziņš", "Kļava", "Priede-Kalna", "Egle", "Vītols", "Apse"},
		council.NGO:   {"Zvirbulis", "Cielava", "Žagata", "Vārna", "Strazds", "Bezdelīga", "Ķīvīte", "Dzeņa"},
	}
	var all []council.Person
	for _, side := range []council.Side{council.State, council.NGO} {
		for i, s := range surnames[side] {
			p := council.Person{ID: fmt.Sprintf("%s-%d", side, i+1), Given: given[i], Surname: s, Gender: council.Masculine,
				Position: "ministrijas valsts sekretāra vietnieks"}
			if i%2 == 1 {
				p.Gender = council.Feminine
				p.Position = "ministrijas valsts sekretāra vietniece"
			}
			if side == council.NGO {
				p.Position = fmt.Sprintf("biedrības „%s” pārstāvis", s)
			}
			all = append(all, p)
		}
	}
	all[0].Position = "Valsts kancelejas direktors"
	return append(all,
		council.Person{ID: "alt-state", Given: "Ieva", Surname: "Kārkla", Gender: council.Feminine, Position: "ministrijas departamenta direktore"},
		council.Person{ID: "alt-ngo", Given: "Juris", Surname: "Lācis", Gender: council.Masculine, Position: "biedrības „Lācis” valdes loceklis"},
		council.Person{ID: "taker", Given: "Vija", Surname: "Sarma", Gender: council.Feminine, Position: "Valsts kancelejas konsultante"},
		council.Person{ID: "officer", Given: "Oto", Surname: "Rasa", Gender: council.Masculine, Position: "Valsts kancelejas konsultants"},
		council.Person{ID: "admin", Given: "Ādams", Surname: "Salna", Gender: council.Masculine},
	)
}

func mandates() []council.Mandate {
	from := council.Date("2024-01-01")
	var all []council.Mandate
	for _, side := range []council.Side{council.State, council.NGO} {
		for i := range 8 {
			id := fmt.Sprintf("%s-%d", side, i+1)
			all = append(all, council.Mandate{ID: "m-" + id, Person: id, Role: council.Member, Side: side, From: from})
		}
	}
	return append(all,
		council.Mandate{ID: "chair", Person: "state-1", Role: council.Chair, Side: council.State, From: from},
		council.Mandate{ID: "deputy", Person: "ngo-2", Role: council.Deputy, Side: council.NGO, From: from},
		council.Mandate{ID: "a1", Person: "alt-state", Role: council.Member, Side: council.State, From: from, SubstituteFor: "state-3"},
		council.Mandate{ID: "a2", Person: "alt-ngo", Role: council.Member, Side: council.NGO, From: from, SubstituteFor: "ngo-4"},
		council.Mandate{ID: "s1", Person: "taker", Role: council.Secretariat, From: from},
		council.Mandate{ID: "s2", Person: "officer", Role: council.Secretariat, From: from},
		council.Mandate{ID: "ad", Person: "admin", Role: council.Administrator, From: from},
	)
}

func roster() *council.Roster {
	return council.NewRoster(council.DefaultSettings(), people(), mandates())
}

func actor(person string) council.Actor { return roster().Actor(person, day) }

func openSession() council.Session {
	return council.Session{ID: "s1", Kind: council.Regular, Mode: council.Hybrid, Date: day, Starts: "11:00", Ends: "13:00",
		Place: "Ministru kabinetā, Brīvības bulvārī 36", Presiding: "state-1", MinuteTaker: "taker",
		State: council.Open, OpenedAt: "11:00"}
}

func workPlan() *plan.Plan {
	return &plan.Plan{Revision: 1, Measures: []plan.Measure{
		{Number: 3, Tasks: []plan.Task{{Number: 1, Text: "viens"}, {Number: 2, Text: "divi", Retired: true}}},
		{Number: 8, Tasks: []plan.Task{{Number: 1, Text: "viens"}, {Number: 2, Text: "divi"}}},
	}}
}

func items() []agenda.Item {
	return []agenda.Item{
		{Matter: agenda.Matter{ID: "opening", Source: agenda.Standing, Kind: agenda.Opening, Minutes: 5,
			Title: "Iepriekšējās sēdes protokola un darba kārtības apstiprināšana"}, Number: 1,
			Details: []agenda.Detail{{Ref: "s0", Reason: agenda.Reason{Rule: "P1", Key: "detail.minutes",
				Facts: problem.Pairs("date", "2023-12-20", "number", "12")}}}},
		{Matter: agenda.Matter{ID: "p1", Source: agenda.FromProposal, Kind: agenda.Decision, Minutes: 30,
			Title: "Par sabiedrības līdzdalības kārtību",
			Tasks: []plan.Ref{{Revision: 1, Measure: 8, Task: 2}}, InitiatedBy: "biedrība „Cielava”", Initiator: council.NGO,
			Presenters: []string{"Valsts kancelejas konsultants O. Rasa"}, Invited: []string{"Finanšu ministrijas pārstāvis"},
			Documents: []agenda.Attachment{{Name: "Ziņojums par līdzdalību.pdf", SHA256: strings.Repeat("a", 64)}}}, Number: 2},
		{Matter: agenda.Matter{ID: "p2", Source: agenda.FromProposal, Kind: agenda.Discussion, Minutes: 20,
			Title: "Par finansējuma modeļiem", OutsidePlan: "steidzams Saeimas lūgums", Settle: agenda.SettleDecide,
			Postponed: []council.Date{"2023-11-29"}}, Number: 3},
		{Matter: agenda.Matter{ID: "any-other", Source: agenda.Standing, Kind: agenda.AnyOther, Minutes: 15, Title: "Dažādi"}, Number: 4},
	}
}

// attendance is thirteen of sixteen: an alternate, somebody remote, somebody
// who leaves, and guests.
func attendance() Attendance {
	a := Attendance{Session: "s1"}
	add := func(person, name string, c Capacity, change func(*Entry)) {
		e := Entry{Person: person, Name: name, Capacity: c}
		if change != nil {
			change(&e)
		}
		a.Entries = append(a.Entries, e)
	}
	for i, p := range people()[:16] {
		name := p.Position + " – " + p.Short()
		switch {
		case i == 2:
			add(p.ID, name, Absent, nil)
			add("alt-state", "ministrijas departamenta direktore – I. Kārkla", Voting, func(e *Entry) { e.SubstituteFor = p.ID })
		case i == 5:
			add(p.ID, name, Voting, func(e *Entry) { e.Remote = true })
		case i == 7:
			add(p.ID, name, Voting, func(e *Entry) { e.Until = 2 })
		case i >= 13:
			add(p.ID, name, Absent, nil)
		default:
			add(p.ID, name, Voting, nil)
		}
	}
	add("officer", "Valsts kancelejas konsultants – O. Rasa", Advising, nil)
	add("", "Finanšu ministrijas pārstāvis – F. Nauda", Invited, func(e *Entry) { e.From, e.Until = 2, 2; e.Remote = true })
	return a
}

func voters(t testing.TB) Voters {
	a := attendance()
	must(t, a.Validate(4, roster(), day))
	return Voters{&a, 16, council.DefaultSettings()}
}

// record is a session that has been recorded to its end and closed: one item
// decided, one postponed, the rest noted.
func record(t testing.TB) Record {
	r := recorded(t)
	must(t, MayClose(r))
	must(t, r.Session.Close("12:45"))
	return r
}

func recorded(t testing.TB) Record {
	by := voters(t)
	r := Record{Session: openSession(), Settings: council.DefaultSettings(), Digest: strings.Repeat("d", 64),
		Agenda:     agenda.Content{Version: 2, Session: openSession(), Principles: 2, Plan: 1, Items: items()},
		Attendance: *by.Attendance, Roster: roster(),
		Next: council.Session{ID: "s2", Date: "2024-02-28", Starts: "11:00"}}
	s := r.Session
	for _, it := range r.Agenda.Items {
		r.Treatments = append(r.Treatments, Begin("s1", it))
	}
	take := func(i int, id string, c Clause) {
		d, err := r.Treatments[i].Take(s, workPlan(), id, c)
		must(t, err)
		r.Decisions = append(r.Decisions, d)
	}
	opening, decided, postponed, other := &r.Treatments[0], &r.Treatments[1], &r.Treatments[2], &r.Treatments[3]
	take(0, "d1", Clause{Wording: "Apstiprināt 2023. gada 20. decembra sēdes protokolu Nr. 12 un sēdes darba kārtību."})
	must(t, opening.SetVote(s, by, &Vote{Consensus: true}))
	must(t, opening.SetOutcome(s, by, Decided, ""))

	must(t, decided.SetCourse(s, []Speech{
		{Kind: Reports, Who: "Valsts kancelejas konsultants O. Rasa", Text: "Iepazīstina ar kārtības projektu.\n\nNolemj: tas vēl nav lēmums."},
		{Kind: Speaks, Who: "A. Zvirbulis"}, {Kind: Speaks, Who: "B. Cielava"},
		{Kind: Speaks, Who: "D. Kļava", Text: "Norāda, ka vajadzīgs finansējums."},
	}))
	take(1, "d2", Clause{Wording: "Apstiprināt sabiedrības līdzdalības kārtību."})
	take(1, "d3", Clause{Wording: "Finanšu ministrijai līdz 2024. gada 28. februārim sagatavot un iesniegt padomei:\n– aprēķinu;\n– pārskatu.",
		Addressee: "Finanšu ministrija", Deadline: "2024-02-28", Tasks: []plan.Ref{{Revision: 1, Measure: 8, Task: 2}}})
	take(1, "d4", Clause{Wording: "Valsts kancelejai līdz nākamajai sēdei publicēt kārtību.", Addressee: "Valsts kanceleja", UntilNext: true})
	must(t, decided.SetVote(s, by, &Vote{For: 12, Abstain: 1}))
	must(t, decided.SetOutcome(s, by, Decided, ""))
	must(t, decided.SetTimes(s, "11:05", "11:47"))

	must(t, postponed.SetOutcome(s, by, Postponed, "nav saņemts atzinums"))
	must(t, other.SetCourse(s, []Speech{{Kind: Speaks, Who: "V. Sarma", Text: "Informē par nākamo sēdi."}}))
	must(t, other.SetOutcome(s, by, Noted, ""))
	return r
}

var at = time.Date(2024, 2, 5, 9, 30, 0, 123, time.UTC)
