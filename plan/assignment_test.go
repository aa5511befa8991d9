package plan

import (
	"slices"
	"testing"

	"padome/council"
)

func anAssignment() Assignment {
	return Assignment{ID: "a1", Task: Ref{1, 8, 2}, Responsible: "Valsts kanceleja", Group: "content",
		Deadline: "2024-12-01", DecidedBy: "Satura plānošanas darba grupa", DecidedOn: "2024-05-29"}
}

func TestAssignmentsAreValidated(t *testing.T) {
	for name, spoil := range map[string]func(*Assignment){
		"whole":                   func(*Assignment) {},
		"without a deadline":      func(a *Assignment) { a.Deadline = "" },
		"only a deadline":         func(a *Assignment) { a.Responsible = " " },
		"deadline on the day":     func(a *Assignment) { a.Deadline = a.DecidedOn },
		"without a working group": func(a *Assignment) { a.Group = "" },
	} {
		t.Run(name+" stands", func(t *testing.T) {
			a := anAssignment()
			spoil(&a)
			if err := a.Validate(); err != nil {
				t.Error(err)
			}
		})
	}
	for name, c := range map[string]struct {
		spoil func(*Assignment)
		want  string
	}{
		"nobody and no deadline":    {func(a *Assignment) { a.Responsible, a.Deadline = "", "" }, "responsible: problem.plan.assignment.empty"},
		"without an id":             {func(a *Assignment) { a.ID = "" }, "id: problem.text.missing"},
		"no measure":                {func(a *Assignment) { a.Task.Measure = 0 }, "task.measure: problem.range"},
		"no task":                   {func(a *Assignment) { a.Task.Task = 0 }, "task.task: problem.range"},
		"no revision":               {func(a *Assignment) { a.Task.Revision = 0 }, "task.revision: problem.range"},
		"nobody decided":            {func(a *Assignment) { a.DecidedBy = "" }, "decidedBy: problem.text.missing"},
		"no day of deciding":        {func(a *Assignment) { a.DecidedOn = "" }, "decidedOn: problem.date"},
		"deadline not a day":        {func(a *Assignment) { a.Deadline = "2024-02-30" }, "deadline: problem.date"},
		"deadline before the day":   {func(a *Assignment) { a.Deadline = "2024-05-28" }, "deadline: problem.plan.deadline.order"},
		"control character in text": {func(a *Assignment) { a.Responsible = "Valsts\a kanceleja" }, "responsible: problem.text.character"},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			a := anAssignment()
			c.spoil(&a)
			refused(t, a.Validate(), c.want)
		})
	}
}

func TestNewestAssignmentIsInForce(t *testing.T) {
	at := func(id string, task Ref, day council.Date) Assignment {
		return Assignment{ID: id, Task: task, DecidedOn: day}
	}
	all := []Assignment{
		at("b", Ref{1, 8, 2}, "2024-06-26"), at("c", Ref{1, 8, 2}, "2024-06-26"), at("a", Ref{1, 8, 2}, "2024-06-26"),
		at("z", Ref{1, 8, 2}, "2024-05-29"), at("y", Ref{1, 8, 1}, "2025-01-29"), at("n", Ref{2, 8, 2}, "2025-02-26"),
	}
	for name, c := range map[string]struct {
		refs []Ref
		want string
	}{
		"by day, then by id":     {[]Ref{{1, 8, 2}}, "c"},
		"of this task alone":     {[]Ref{{1, 8, 1}}, "y"},
		"over several revisions": {[]Ref{{1, 8, 2}, {2, 8, 2}}, "n"},
		"none":                   {[]Ref{{1, 1, 1}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := InForce(all, c.refs...)
			if got.ID != c.want || ok != (c.want != "") {
				t.Errorf("got %q, %v, want %q", got.ID, ok, c.want)
			}
		})
	}
}

func TestDeadlineState(t *testing.T) {
	for name, c := range map[string]struct {
		deadline, today council.Date
		state           Due
		days            int
	}{
		"no deadline is never overdue": {"", "2030-01-01", NoDeadline, 0},
		"to come":                      {"2024-03-01", "2024-02-28", DueLater, 2},
		"on its day":                   {"2024-03-01", "2024-03-01", DueLater, 0},
		"the day after":                {"2024-03-31", "2024-04-01", Overdue, 1},
		"long ago":                     {"2023-12-31", "2024-12-31", Overdue, 366},
	} {
		t.Run(name, func(t *testing.T) {
			if state, days := DeadlineState(c.deadline, c.today); state != c.state || days != c.days {
				t.Errorf("got %s, %d days, want %s, %d days", state, days, c.state, c.days)
			}
		})
	}
}

func TestWhoMayAssignAndImport(t *testing.T) {
	holds := func(r council.Role) council.Actor {
		return council.Actor{Person: "p1", Mandates: []council.Mandate{{ID: "m1", Person: "p1", Role: r}}}
	}
	for name, c := range map[string]struct {
		actor council.Actor
		want  bool
	}{
		"secretariat":   {holds(council.Secretariat), true},
		"operator":      {council.Actor{Operator: true}, true},
		"chair":         {holds(council.Chair), false},
		"deputy":        {holds(council.Deputy), false},
		"member":        {holds(council.Member), false},
		"administrator": {holds(council.Administrator), false},
		"public":        {council.Actor{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := MayAssign(c.actor); got != c.want {
				t.Errorf("assign: got %v, want %v", got, c.want)
			}
			if got := MayImport(c.actor); got != c.want {
				t.Errorf("import: got %v, want %v", got, c.want)
			}
		})
	}
}

func TestAssignmentsFollowTheirTasks(t *testing.T) {
	first := Plan{Revision: 1, Approved: "2024-01-31", Measures: []Measure{{Number: 8, Tasks: []Task{{Number: 1}, {Number: 2}, {Number: 3}}}}}
	second := Plan{Revision: 2, Approved: "2025-03-26", Measures: []Measure{{Number: 8, Tasks: []Task{
		{Number: 1, Follows: []Ref{{1, 8, 1}}}, {Number: 2, Follows: []Ref{{1, 8, 3}}}, {Number: 3, Retired: true, Follows: []Ref{{1, 8, 2}}}}}}}
	all := []Assignment{
		{ID: "a", Task: Ref{1, 8, 2}, Responsible: "Kultūras ministrija", DecidedOn: "2024-02-14"},
		{ID: "b", Task: Ref{1, 8, 3}, Responsible: "Finanšu ministrija", DecidedOn: "2024-02-14"},
		{ID: "c", Task: Ref{2, 8, 2}, Deadline: "2025-12-31", DecidedOn: "2025-04-30"},
	}
	l := NewLineage(first, second)
	for name, x := range map[string]struct {
		plan *Plan
		on   council.Date
		want []Assignment
	}{
		"before any was decided":      {&first, "2024-02-13", nil},
		"as it read then":             {&first, "2024-02-14", all[:2]},
		"under its number now":        {&second, "2025-03-26", []Assignment{{ID: "b", Task: Ref{2, 8, 2}, Responsible: "Finanšu ministrija", DecidedOn: "2024-02-14"}}},
		"with what was decided since": {&second, "2025-04-30", []Assignment{{ID: "c", Task: Ref{2, 8, 2}, Responsible: "Finanšu ministrija", Deadline: "2025-12-31", DecidedOn: "2025-04-30"}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := l.AssignedIn(all, x.plan, x.on); !slices.Equal(got, x.want) {
				t.Errorf("got %+v, want %+v", got, x.want)
			}
		})
	}
}
