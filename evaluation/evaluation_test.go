package evaluation

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/agenda"
	"padome/council"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
)

// input is a plan of two revisions, measure 1 with tasks 1.1–1.3 and measure 2
// with 2.1, and three sessions; the second revision is of 2025.
func input() Input {
	first := plan.Plan{Revision: 1, From: 2024, Until: 2026, Approved: "2024-01-31", Measures: []plan.Measure{
		{Number: 1, Text: "Dati", Tasks: []plan.Task{{Number: 1, Text: "prezentēt datus"}, {Number: 2, Text: "apspriest datus"}}},
		{Number: 2, Text: "Nodokļi", Tasks: []plan.Task{{Number: 1, Text: "izvērtēt nodokļus"}}},
	}}
	second := first.Clone()
	second.Revision, second.Approved = 2, "2025-01-29"
	second.Measures = []plan.Measure{
		{Number: 1, Text: "Dati", Results: []string{"Dati ir pieejami"}, Tasks: []plan.Task{
			{Number: 1, Text: "prezentēt datus", Follows: []plan.Ref{{Revision: 1, Measure: 1, Task: 1}}},
			{Number: 2, Text: "apspriest datus", Follows: []plan.Ref{{Revision: 1, Measure: 1, Task: 2}}},
			{Number: 3, Text: "publicēt datus"}}},
		{Number: 2, Text: "Nodokļi", Tasks: []plan.Task{{Number: 1, Text: "izvērtēt nodokļus", Follows: []plan.Ref{{Revision: 1, Measure: 2, Task: 1}}}}},
	}
	ref := func(revision, measure, task int) plan.Ref {
		return plan.Ref{Revision: revision, Measure: measure, Task: task}
	}
	item := func(n int, side council.Side, tasks ...plan.Ref) agenda.Item {
		return agenda.Item{Matter: agenda.Matter{ID: string(rune('a' + n)), Kind: agenda.Discussion, Initiator: side, Tasks: tasks}, Number: n}
	}
	outcome := func(n int, o minutes.Outcome) minutes.Treatment {
		return minutes.Treatment{Item: string(rune('a' + n)), Outcome: o}
	}
	met := func(id string, day council.Date, state council.SessionState) council.Session {
		return council.Session{ID: id, Date: day, Kind: council.Regular, State: state}
	}
	return Input{Today: "2025-04-30", Plan: second, Lineage: plan.NewLineage(first, second), Principles: agenda.WholeCatalogue(),
		Sittings: []Sitting{
			{Session: met("feb", "2024-02-28", council.Closed), Minutes: 2, Treatments: []minutes.Treatment{outcome(3, minutes.Decided), outcome(4, minutes.Postponed)},
				Agenda: agenda.Content{Items: []agenda.Item{item(3, council.NGO, ref(1, 1, 1)), item(4, council.State, ref(1, 2, 1))},
					Overrides: []agenda.Override{{Rule: "P12", Reason: "Nav citu jautājumu.", Name: "Anna Bērzkalne"}, {Reason: "ar roku", Name: "Anna Bērzkalne"}}}},
			{Session: met("mar", "2025-03-26", council.Closed), Minutes: 3, Treatments: []minutes.Treatment{outcome(3, minutes.Noted), outcome(4, minutes.Withdrawn)},
				Agenda: agenda.Content{Items: []agenda.Item{item(3, council.Joint, ref(2, 1, 2)), item(4, council.State, ref(2, 1, 2))}}},
			{Session: met("may", "2025-05-28", council.Planned), Agenda: agenda.Content{Items: []agenda.Item{item(3, council.State, ref(2, 2, 1))}}},
		},
		Decisions: []minutes.Decision{
			{ID: "x", Session: "feb", ItemNo: 3, Clause: 1, Taken: "2024-02-28", Wording: "Publicēt datus.", Addressee: "Fonds", UntilNext: true,
				Tasks: []plan.Ref{ref(1, 1, 1)}, Status: minutes.OpenStatus},
			{ID: "y", Session: "feb", ItemNo: 3, Clause: 2, Taken: "2024-02-28", Wording: "Pieņemt zināšanai.", Status: minutes.Settled},
		},
		Assignments: []plan.Assignment{{ID: "1", Task: ref(1, 1, 1), Responsible: "Fonds", Deadline: "2025-12-31", DecidedOn: "2024-03-01"}},
		Fulfilments: []plan.Fulfilment{{ID: "f", Task: ref(1, 2, 1), Status: plan.WhollyFulfilled, On: "2024-02-28"}},
	}
}

func TestCoverage(t *testing.T) {
	c := Cover(input())
	got := []string{}
	for _, m := range c.Measures {
		for _, x := range m.Tasks {
			s := x.Label + " " + string(x.State) + " " + string(x.LastHeld) + " " + string(x.NextDue)
			for _, cell := range x.Cells {
				s += " " + cell.Session + "=" + string(cell.State)
			}
			got = append(got, s)
		}
	}
	want := []string{
		"1.1. overdue 2024-02-28 2025-02-28 feb=decided",
		"1.2. due 2025-03-26 2026-03-26 mar=held",
		"1.3. never  2026-01-29",
		"2.1. fulfilled   feb=postponed may=planned",
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("tasks (-got +want):\n%s", diff)
	}
	first := c.Measures[0]
	if diff := cmp.Diff(first.Cells, []Cell{{"feb", "2024-02-28", Decided, []int{3}}, {"mar", "2025-03-26", Held, []int{3, 4}}}); diff != "" {
		t.Errorf("measure 1 (-got +want):\n%s", diff)
	}
	if x := first.Tasks[0]; x.Responsible != "Fonds" || x.Deadline != "2025-12-31" || first.LastHeld != "2025-03-26" {
		t.Errorf("who answers for 1.1.: %+v", x)
	}
	want2 := []Linked{{ID: "x", Number: "3.1.", Session: "feb", Taken: "2024-02-28", Wording: "Publicēt datus.", Addressee: "Fonds",
		Deadline: "2025-03-26", Status: minutes.OpenStatus, Overdue: true, Tasks: []plan.Ref{{Revision: 2, Measure: 1, Task: 1}}}}
	if diff := cmp.Diff(first.Decisions, want2); diff != "" {
		t.Errorf("evidence (-got +want):\n%s", diff)
	}
}

func TestWithoutTheRuleNothingIsDue(t *testing.T) {
	in := input()
	in.Principles = agenda.Principles{}
	for _, m := range Cover(in).Measures {
		for _, x := range m.Tasks {
			if x.NextDue != "" || x.Late || x.State == Overdue {
				t.Errorf("%s is %s by %s", x.Label, x.State, x.NextDue)
			}
		}
	}
}

// In whatever order decisions, assignments and findings come, the coverage is the
// same.
func TestCoverageIsTheSameInAnyOrder(t *testing.T) {
	want := Cover(input())
	rapid.Check(t, func(t *rapid.T) {
		in := input()
		in.Decisions = rapid.Permutation(in.Decisions).Draw(t, "decisions")
		in.Assignments = append(in.Assignments, plan.Assignment{ID: "0", Task: plan.Ref{Revision: 1, Measure: 1, Task: 1}, Responsible: "Cits", DecidedOn: "2024-02-01"})
		in.Assignments = rapid.Permutation(in.Assignments).Draw(t, "assignments")
		if diff := cmp.Diff(Cover(in), want); diff != "" {
			t.Fatalf("(-got +want):\n%s", diff)
		}
	})
}

func TestAYear(t *testing.T) {
	y := Of(input(), 2024)
	if y.Sides != (Sides{NGO: 1}) || y.Decisions != (Count{Taken: 2, Follow: 1, Open: 1}) || len(y.Sittings) != 1 || y.Sittings[0].Items != 1 || y.Sittings[0].Decisions != 2 {
		t.Errorf("%+v, %+v, %+v", y.Sides, y.Decisions, y.Sittings)
	}
	if len(y.Overrides) != 1 || y.Overrides[0].Rule != "P12" {
		t.Errorf("overridden: %+v", y.Overrides)
	}
	var never []string
	for _, x := range y.Never() {
		never = append(never, x.Label)
	}
	if want := []string{"1.2.", "1.3."}; !slices.Equal(never, want) {
		t.Errorf("never: %v, want %v", never, want)
	}
	if state, ngo := (Sides{State: 1, Joint: 1}).Halves(); state != 3 || ngo != 1 {
		t.Errorf("halves %d and %d", state, ngo)
	}
}

func conclusions() []Conclusion {
	return []Conclusion{{2, "Nodokļi izvērtēti."}, {1, "Dati pieejami."}}
}

var officer = council.Actor{Person: "officer", Name: "Anna Bērzkalne"}

// refused are the keys of a refusal, each whole in both languages.
func refused(t *testing.T, err error, want ...string) {
	t.Helper()
	e, ok := errors.AsType[*problem.Error](err)
	if !ok {
		t.Fatalf("got %v, want %v", err, want)
	}
	got := []string{}
	for _, f := range e.Fields {
		got = append(got, f.Name+" "+f.Key)
	}
	if len(e.Fields) == 0 {
		got = append(got, e.Key)
	}
	for _, lang := range locale.Langs {
		if s := locale.Text(lang, e.Key, e.Args); len(e.Fields) == 0 && strings.Contains(s, "⟦") {
			t.Errorf("a gap in %q", s)
		}
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestConclusions(t *testing.T) {
	in := input()
	at := council.Date("2025-02-10").At("10:00")
	e := Evaluation{Year: 2024, State: Drafted}
	refused(t, e.Edit(officer, &in.Plan, []Conclusion{{9, "A"}, {1, "B"}, {1, "C"}}, "\x00", at),
		"overall problem.text.character", "conclusions[0].measure problem.evaluation.measure", "conclusions[2].measure problem.evaluation.twice")
	if err := e.Edit(officer, &in.Plan, conclusions()[:1], "", at); err != nil {
		t.Fatal(err)
	}
	march := in.Sittings[1].Session
	refused(t, e.Adopt(march, &in.Plan), "conclusions problem.evaluation.missing", "overall problem.text.missing")
	if err := e.Edit(officer, &in.Plan, conclusions(), "Gads aizvadīts labi.", at); err != nil {
		t.Fatal(err)
	}
	if e.Conclusions[0].Measure != 1 || e.Of(2) != "Nodokļi izvērtēti." || e.Of(3) != "" || e.EditedBy != officer.Name {
		t.Errorf("%+v", e)
	}
	refused(t, e.Adopt(in.Sittings[2].Session, &in.Plan), "problem.minutes.session-not-open")
	early := march
	early.Date = "2023-12-20"
	refused(t, e.Adopt(early, &in.Plan), "problem.evaluation.early")
	if e.MayRead(council.Actor{}) {
		t.Error("the public reads a draft")
	}
	if err := e.Adopt(march, &in.Plan); err != nil {
		t.Fatal(err)
	}
	if !e.MayRead(council.Actor{}) || e.Adopted != "2025-03-26" {
		t.Errorf("%+v", e)
	}
	refused(t, e.Edit(officer, &in.Plan, nil, "", at), "problem.evaluation.adopted")
	refused(t, e.Adopt(march, &in.Plan), "problem.evaluation.adopted")
}

func TestThePaperReads(t *testing.T) {
	in := input()
	e := Evaluation{Year: 2024, State: Adopted, Adopted: "2025-03-26", Conclusions: conclusions(), Overall: "Gads aizvadīts labi.\n\nTurpināt."}
	for lang, want := range map[locale.Lang][]string{
		locale.LV: {"DARBA PLĀNA IZPILDES NOVĒRTĒJUMS PAR 2024. GADU", "2025. gada 26. martā", "1 sēde", "1 no 4; līdz šim nav skatīti 2",
			"Pasākums skatīts 1 sēdē: 28.02.2024.", "skatīts laikā; nākamreiz līdz 28.02.2025.", "izpildīts (atzīts 28.02.2024.)", "Fonds līdz 31.12.2025.",
			"Dati ir pieejami", "3.1. punkts", "Dati pieejami.", "NVO puse", "100 %", "Nav citu jautājumu.", "Turpināt.", "Novērtējums pieņemts 2025. gada 26. marta sēdē."},
		locale.EN: {"EVALUATION OF THE WORK PLAN FOR 2024", "26 March 2025", "1 session dealt with this measure: 28 Feb 2024.", "100%",
			"Adopted at the session of 26 March 2025."},
	} {
		d := Document(lang, council.DefaultSettings(), Of(in, 2024), e)
		if err := d.Validate(); err != nil {
			t.Fatal(err)
		}
		html := document.HTML(d)
		for _, tag := range []string{"<br>", "</span>", "<span class=\"label\">"} {
			html = strings.ReplaceAll(html, tag, " ")
		}
		got := strings.Join(strings.Fields(html), " ")
		for _, s := range want {
			if !strings.Contains(got, s) {
				t.Errorf("%s: nothing of %q", lang, s)
			}
		}
		if strings.Contains(got, "⟦") || d.Draft {
			t.Errorf("%s: a gap or a draft: %s", lang, got)
		}
	}
	t.Run("an empty year is a paper too, marked as a draft", func(t *testing.T) {
		in.Sittings, in.Decisions, in.Fulfilments = nil, nil, nil
		for _, lang := range locale.Langs {
			d := Document(lang, council.DefaultSettings(), Of(in, 2025), Evaluation{Year: 2025, State: Drafted})
			if err := d.Validate(); err != nil {
				t.Fatal(err)
			}
			if s := document.PlainText(d); !d.Draft || strings.Contains(s, "⟦") {
				t.Errorf("draft %v: %s", d.Draft, s)
			}
		}
	})
}
