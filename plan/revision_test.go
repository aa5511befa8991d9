package plan

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"padome/council"
)

// reviewed is the sample and its revision 2: 1.1 split, 1.2 moved and reworded to
// measure 2 and merged with 2.1 in one task there, a new task, one as it was.
func reviewed(t *testing.T) (Plan, Plan) {
	t.Helper()
	first, _ := mustParse(t, sampleText)
	first.Measures[1].Tasks = append(first.Measures[1].Tasks,
		Task{Number: 2, Text: "laistīt kokus;"}, Task{Number: 3, Text: "zāģēt kokus;"}, Task{Number: 4, Text: "skaitīt kokus;"})
	next := first.Clone()
	next.Approved = "2026-02-25"
	next.Measures[0].Tasks = []Task{
		{Number: 1, Text: "apzināt pašvaldību ceļus;", Follows: []Ref{{1, 1, 1}}},
		{Number: 2, Text: "apzināt policijas ceļus;", Follows: []Ref{{1, 1, 1}}},
	}
	next.Measures[1].Tasks = []Task{
		{Number: 1, Text: "stādīt kokus gar ceļiem;", Follows: []Ref{{1, 1, 2}, {1, 2, 1}}},
		{Number: 2, Text: "laistīt kokus."},
		{Number: 3, Text: "zāģēt kokus;", Retired: true},
		{Number: 4, Text: "mērīt kokus;"},
		{Number: 5, Text: "skaitīt visus kokus.", Follows: []Ref{{1, 2, 4}}},
	}
	second, err := NextRevision(first, next)
	if err != nil {
		t.Fatal(err)
	}
	return first, second
}

func TestNextRevision(t *testing.T) {
	first, second := reviewed(t)
	if second.Revision != 2 {
		t.Errorf("revision: got %d, want 2", second.Revision)
	}
	for _, c := range []struct {
		name    string
		measure int
		task    int
		want    []Ref
	}{
		{"named continuation is kept", 2, 1, []Ref{{1, 1, 2}, {1, 2, 1}}},
		{"same label and words but for the mark continue", 2, 2, []Ref{{1, 2, 2}}},
		{"retired task continues too", 2, 3, []Ref{{1, 2, 3}}},
		{"same label with other words is new", 2, 4, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			task, _ := second.Task(c.measure, c.task)
			if diff := cmp.Diff(c.want, task.Follows); diff != "" {
				t.Errorf("follows (-want +got):\n%s", diff)
			}
		})
	}
	if len(first.Measures[1].Tasks[1].Follows) != 0 || first.Revision != 1 {
		t.Error("the revision before was changed")
	}
}

func TestNextRevisionRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*Plan)
		want  string
	}{
		"task that is not there":      {func(p *Plan) { follow(p, Ref{1, 1, 9}) }, "measures[1].tasks[0].follows[0]: problem.plan.follows.none"},
		"task of another revision":    {func(p *Plan) { follow(p, Ref{2, 1, 1}) }, "measures[1].tasks[0].follows[0]: problem.plan.follows"},
		"approval before the last":    {func(p *Plan) { p.Approved = "2025-02-25" }, "approved: problem.plan.approved.order"},
		"what Validate would refuse":  {func(p *Plan) { p.Measures[0].Text = "" }, "measures[0].text: problem.text.missing"},
		"measure without tasks in it": {func(p *Plan) { p.Measures[0].Tasks = nil }, "measures[0].tasks: problem.plan.tasks"},
	} {
		t.Run(name, func(t *testing.T) {
			prev, _ := mustParse(t, sampleText)
			next := prev.Clone()
			c.spoil(&next)
			_, err := NextRevision(prev, next)
			refused(t, err, c.want)
		})
	}
}

func TestChangesAreListed(t *testing.T) {
	first, second := reviewed(t)
	want := []Change{
		{Split, []Ref{{1, 1, 1}}, []Ref{{2, 1, 1}, {2, 1, 2}},
			[]string{"apzināt ceļus, kurus izmanto pašvaldības un Valsts policija;"},
			[]string{"apzināt pašvaldību ceļus;", "apzināt policijas ceļus;"}},
		{Merged, []Ref{{1, 1, 2}, {1, 2, 1}}, []Ref{{2, 2, 1}},
			[]string{"labot ceļus kopā ar iedzīvotājiem.", "stādīt kokus."}, []string{"stādīt kokus gar ceļiem;"}},
		{Added, nil, []Ref{{2, 2, 4}}, nil, []string{"mērīt kokus;"}},
		{Moved, []Ref{{1, 2, 4}}, []Ref{{2, 2, 5}}, []string{"skaitīt kokus;"}, []string{"skaitīt visus kokus."}},
		{Reworded, []Ref{{1, 2, 4}}, []Ref{{2, 2, 5}}, []string{"skaitīt kokus;"}, []string{"skaitīt visus kokus."}},
		{Retired, []Ref{{1, 2, 3}}, []Ref{{2, 2, 3}}, []string{"zāģēt kokus;"}, []string{"zāģēt kokus;"}},
	}
	if diff := cmp.Diff(want, Changes(first, second)); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
}

func TestChangesOfUnusualReviews(t *testing.T) {
	first, second := reviewed(t)
	next := func(p Plan, change func(*Plan)) Plan {
		t.Helper()
		n := p.Clone()
		clearFollows(&n)
		change(&n)
		n, err := NextRevision(p, n)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	kinds := func(a, b Plan) (all []string) {
		for _, c := range Changes(a, b) {
			all = append(all, string(c.Kind)+" "+strings.Join(append(keys(c.From), keys(c.To)...), " "))
		}
		return all
	}
	for name, c := range map[string]struct {
		from   Plan
		change func(*Plan)
		want   []string
	}{
		"none":                    {second, func(*Plan) {}, nil},
		"left out without a word": {first, func(p *Plan) { p.Measures[1].Tasks = p.Measures[1].Tasks[:3] }, []string{"retired 1/2.4"}},
		"brought back":            {second, func(p *Plan) { p.Measures[1].Tasks[2].Retired = false }, []string{"restored 2/2.3 3/2.3"}},
		"split and merged at once": {first, func(p *Plan) {
			p.Measures[1].Tasks[0].Follows = []Ref{{1, 2, 1}, {1, 2, 2}}
			p.Measures[1].Tasks[1].Follows = []Ref{{1, 2, 2}}
		}, []string{"merged 1/2.1 1/2.2 2/2.1", "split 1/2.2 2/2.1 2/2.2"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, kinds(c.from, next(c.from, c.change))); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
		})
	}
}

func keys(refs []Ref) (all []string) {
	for _, r := range refs {
		all = append(all, r.Key())
	}
	return all
}

func TestLineage(t *testing.T) {
	first, second := reviewed(t)
	third := second.Clone()
	clearFollows(&third)
	third.Measures[1].Tasks = third.Measures[1].Tasks[:3]
	third.Measures[1].Tasks[0].Text = "stādīt liepas;"
	third.Measures[1].Tasks[0].Follows = []Ref{{2, 2, 1}}
	third, err := NextRevision(second, third)
	if err != nil {
		t.Fatal(err)
	}
	revisions := []Plan{third, first, second}
	l := NewLineage(revisions...)
	if revisions[0].Revision != 3 {
		t.Error("the caller's revisions were put in another order")
	}
	for _, c := range []struct {
		name                           string
		ref                            Ref
		ancestors, successors, current []Ref
		since                          council.Date
	}{
		{"split task counts for both parts", Ref{1, 1, 1}, nil, []Ref{{2, 1, 1}, {2, 1, 2}, {3, 1, 1}, {3, 1, 2}}, []Ref{{3, 1, 1}, {3, 1, 2}}, "2025-02-26"},
		{"merged task counts for the one", Ref{1, 1, 2}, nil, []Ref{{2, 2, 1}, {3, 2, 1}}, []Ref{{3, 2, 1}}, "2025-02-26"},
		{"task of the newest counts for itself", Ref{3, 2, 1}, []Ref{{1, 1, 2}, {1, 2, 1}, {2, 2, 1}}, nil, []Ref{{3, 2, 1}}, "2025-02-26"},
		{"retired task counts for none", Ref{1, 2, 3}, nil, []Ref{{2, 2, 3}, {3, 2, 3}}, nil, "2025-02-26"},
		{"task left out counts for none", Ref{1, 2, 4}, nil, []Ref{{2, 2, 5}}, nil, "2025-02-26"},
		{"new task counts from its own revision", Ref{2, 2, 4}, nil, nil, nil, "2026-02-25"},
		{"task that never was counts for none", Ref{1, 9, 9}, nil, nil, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.ancestors, l.Ancestors(c.ref)); diff != "" {
				t.Errorf("ancestors (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.successors, l.Successors(c.ref)); diff != "" {
				t.Errorf("successors (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.current, l.Current(c.ref)); diff != "" {
				t.Errorf("current (-want +got):\n%s", diff)
			}
			if got := l.Since(c.ref); got != c.since {
				t.Errorf("since: got %q, want %q", got, c.since)
			}
		})
	}
}

// largePlan has measures of 100 tasks each.
func largePlan(measures int) Plan {
	p := Plan{Revision: 1, Title: "Plāns", From: 2024, Until: 2026, Approved: "2024-01-31"}
	for m := range measures {
		p.Measures = append(p.Measures, Measure{Number: m + 1, Text: "Pasākums"})
		for i := range 100 {
			p.Measures[m].Tasks = append(p.Measures[m].Tasks, Task{Number: i + 1, Text: "uzdevums"})
		}
	}
	return p
}

func BenchmarkLineage(b *testing.B) {
	p := largePlan(100)
	next, err := NextRevision(p, p)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("build from 10000 tasks", func(b *testing.B) {
		for b.Loop() {
			NewLineage(p, next)
		}
	})
	b.Run("ask", func(b *testing.B) {
		l := NewLineage(p, next)
		refs := slices.Clone(p.Refs())
		for i := 0; b.Loop(); i++ {
			if len(l.Current(refs[i%len(refs)])) != 1 {
				b.Fatal("a task without a current one")
			}
		}
	})
}

func BenchmarkParseText(b *testing.B) {
	b.SetBytes(int64(len(realText)))
	for b.Loop() {
		mustParse(b, string(realText))
	}
}
