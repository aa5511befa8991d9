package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"padome/council"
)

// revised are two revisions of a plan: 1.1 stays, 1.2 and 1.3 become 1.2, 1.4 is
// new.
func revised() (Plan, Plan, *Lineage) {
	first := Plan{Revision: 1, Approved: "2024-01-31", Measures: []Measure{{Number: 1,
		Tasks: []Task{{Number: 1, Text: "A"}, {Number: 2, Text: "B"}, {Number: 3, Text: "C"}}}}}
	second := Plan{Revision: 2, Approved: "2025-01-29", Measures: []Measure{{Number: 1, Tasks: []Task{
		{Number: 1, Text: "A", Follows: []Ref{{1, 1, 1}}},
		{Number: 2, Text: "B un C", Follows: []Ref{{1, 1, 2}, {1, 1, 3}}},
		{Number: 4, Text: "D"},
	}}}}
	return first, second, NewLineage(first, second)
}

func TestWhatTheCouncilFoundOfATask(t *testing.T) {
	first, second, l := revised()
	found := func(id string, r Ref, s Fulfilled, on council.Date) Fulfilment {
		return Fulfilment{ID: id, Task: r, Status: s, On: on, Session: "s"}
	}
	all := []Fulfilment{
		found("a", Ref{1, 1, 1}, PartlyFulfilled, "2024-06-26"), found("b", Ref{1, 1, 1}, WhollyFulfilled, "2024-12-18"),
		found("c", Ref{1, 1, 2}, WhollyFulfilled, "2024-11-27"),
	}
	both := append(all, found("d", Ref{1, 1, 3}, WhollyFulfilled, "2024-12-18"))
	for name, c := range map[string]struct {
		of   []Fulfilment
		task Ref
		by   council.Date
		want Fulfilled
	}{
		"nothing before it was found":                 {all, Ref{1, 1, 1}, "2024-06-25", ""},
		"the first finding":                           {all, Ref{1, 1, 1}, "2024-12-17", PartlyFulfilled},
		"the newest finding":                          {all, Ref{1, 1, 1}, "2025-12-31", WhollyFulfilled},
		"what was found of the wording before":        {all, Ref{2, 1, 1}, "2025-12-31", WhollyFulfilled},
		"one of two merged tasks is part of it":       {all, Ref{2, 1, 2}, "2025-12-31", PartlyFulfilled},
		"both merged tasks are the whole":             {both, Ref{2, 1, 2}, "2025-12-31", WhollyFulfilled},
		"what is found of it now counts":              {append(both, found("e", Ref{2, 1, 2}, NotFulfilled, "2025-02-26")), Ref{2, 1, 2}, "2025-12-31", NotFulfilled},
		"the later of two at one session, by its id":  {append(all, found("z", Ref{1, 1, 1}, NotFulfilled, "2024-12-18")), Ref{1, 1, 1}, "2025-12-31", NotFulfilled},
		"nothing of a new task":                       {both, Ref{2, 1, 4}, "2025-12-31", ""},
		"of merged ones the least that was found":     {append(all, found("f", Ref{1, 1, 3}, NotFulfilled, "2024-11-27")), Ref{2, 1, 2}, "2025-12-31", NotFulfilled},
		"and when it was found later, in other order": {append([]Fulfilment{found("f", Ref{1, 1, 3}, NotFulfilled, "2024-12-18")}, all...), Ref{2, 1, 2}, "2025-12-31", NotFulfilled},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := l.Found(c.of, c.task, c.by)
			if got.Status != c.want || ok != (c.want != "") {
				t.Errorf("got %q, %v", got.Status, ok)
			}
		})
	}
	if diff := cmp.Diff(l.FulfilledBy(both, &second, "2025-12-31"), []Ref{{2, 1, 1}, {2, 1, 2}}); diff != "" {
		t.Errorf("fulfilled (-got +want):\n%s", diff)
	}
	if got := l.FulfilledBy(nil, &first, "2025-12-31"); got != nil {
		t.Errorf("fulfilled without a finding: %v", got)
	}
}

func TestAFindingOnATaskIsWhole(t *testing.T) {
	f := Fulfilment{ID: "f", Task: Ref{1, 8, 2}, Status: WhollyFulfilled, Session: "s", On: "2024-12-18", Note: " Izveidota darba grupa. "}
	if err := f.Validate(); err != nil || f.Note != "Izveidota darba grupa." {
		t.Errorf("%v, %q", err, f.Note)
	}
	bad := Fulfilment{ID: "f", Task: Ref{1, 0, 2}, Status: "done", On: "2024-13-01"}
	refused(t, bad.Validate(), "task.measure: problem.range", "status: problem.choice", "session: problem.text.missing", "on: problem.date")
}

func TestDutiesOverRevisions(t *testing.T) {
	_, second, l := revised()
	a := func(id string, r Ref, who string, deadline, on council.Date) Assignment {
		return Assignment{ID: id, Task: r, Responsible: who, Deadline: deadline, DecidedBy: "Darba grupa", DecidedOn: on, Group: "content"}
	}
	ds := Duties(&second, l, []Assignment{
		a("1", Ref{1, 1, 1}, "Valsts kanceleja", "2024-12-31", "2024-03-01"),
		a("2", Ref{2, 1, 1}, "", "2025-06-30", "2025-02-01"),
		a("3", Ref{1, 1, 3}, "Finanšu ministrija", "", "2024-03-01"),
	})
	if len(ds) != 3 {
		t.Fatalf("%d duties", len(ds))
	}
	first := ds[0]
	if first.Responsible != "Valsts kanceleja" || first.Deadline != "2025-06-30" || first.DecidedOn != "2025-02-01" || len(first.History) != 2 || first.History[0].ID != "2" {
		t.Errorf("a new deadline leaves who answers for it: %+v", first)
	}
	if ds[1].Responsible != "Finanšu ministrija" || ds[1].Deadline != "" || ds[2].Responsible != "" || len(ds[2].History) != 0 {
		t.Errorf("%+v\n%+v", ds[1], ds[2])
	}
	in, _ := InForce([]Assignment{a("1", Ref{1, 1, 1}, "Valsts kanceleja", "", "2024-03-01"), a("2", Ref{1, 1, 1}, "", "2025-06-30", "2024-04-01")}, Ref{1, 1, 1})
	if in.ID != "2" || in.Responsible != "Valsts kanceleja" || in.Deadline != "2025-06-30" {
		t.Errorf("in force: %+v", in)
	}
}
