package plan

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"padome/council"
)

// drafted is a review of the sample: measure 1 has two tasks, measure 2 four.
func drafted(t *testing.T) (Plan, Review) {
	t.Helper()
	base, _ := reviewed(t)
	return base, StartReview("r", base, nil, council.Actor{Operator: true}, council.Date("2026-02-01").At("10:00"))
}

// outline is a plan in short: each measure's tasks with what they continue, a
// retired one with a cross.
func outline(p Plan) (all []string) {
	for _, m := range p.Measures {
		for _, x := range m.Tasks {
			s := fmt.Sprintf("%d.%d %s", m.Number, x.Number, strings.TrimRight(x.Text, ".;"))
			for _, r := range x.Follows {
				s += fmt.Sprintf(" <%d.%d", r.Measure, r.Task)
			}
			if x.Retired {
				s += " †"
			}
			all = append(all, s)
		}
	}
	return all
}

func TestEachEditOfAReviewDoesWhatItSays(t *testing.T) {
	_, was := drafted(t)
	before := outline(was.Proposed)
	if len(before) < 6 {
		t.Fatalf("the sample has the tasks %q", before)
	}
	first, second := "1.1 "+strings.TrimPrefix(before[0], "1.1 "), before[1]
	text := func(line string) string { return strings.Split(line, " <")[0][4:] }
	for _, c := range []struct {
		name string
		e    []Edit
		want []string
	}{
		{"moved to the end of another measure", []Edit{{Op: Move, Measure: 1, Task: 1, ToMeasure: 2}},
			append([]string{"1.1 " + text(second) + " <1.2"}, append(slices.Clone(before[2:]), "2.5 "+text(first)+" <1.1")...)},
		{"moved within its measure, to the number that it then has", []Edit{{Op: Move, Measure: 2, Task: 1, ToMeasure: 2, ToTask: 3}},
			[]string{before[0], before[1], "2.1 " + text(before[3]) + " <2.2", "2.2 " + text(before[4]) + " <2.3", "2.3 " + text(before[2]) + " <2.1", before[5]}},
		{"split, each part continues it", []Edit{{Op: Divide, Measure: 1, Task: 2, Texts: []string{"viens", "otrs", "trešais"}}},
			append([]string{before[0], "1.2 viens <1.2", "1.3 otrs <1.2", "1.4 trešais <1.2"}, before[2:]...)},
		{"merged, it continues both", []Edit{{Op: Merge, Tasks: []Ref{{Measure: 2, Task: 3}, {Measure: 1, Task: 2}}, Text: "abi"}},
			append([]string{before[0]}, before[2], before[3], "2.3 abi <1.2 <2.3", before[5])},
		{"retired, it stays and says so", []Edit{{Op: Retire, Measure: 2, Task: 4}}, append(slices.Clone(before[:5]), before[5]+" †")},
		{"restored, it is as it was", []Edit{{Op: Retire, Measure: 2, Task: 4}, {Op: Restore, Measure: 2, Task: 4}}, before},
		{"retired before it was ever in force, it is gone", []Edit{{Op: Add, Measure: 1, Text: "jauns"}, {Op: Retire, Measure: 1, Task: 3}}, before},
		{"added in a place, it continues nothing", []Edit{{Op: Add, Measure: 1, Task: 1, Text: "jauns"}},
			append([]string{"1.1 jauns", "1.2 " + text(before[0]) + " <1.1", "1.3 " + text(before[1]) + " <1.2"}, before[2:]...)},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, r := drafted(t)
			for _, e := range c.e {
				if err := r.Edit(e); err != nil {
					t.Fatal(err)
				}
			}
			if got := outline(r.Proposed); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestResultsAndGoalsAreSetWhole(t *testing.T) {
	_, r := drafted(t)
	for _, e := range []Edit{
		{Op: SetResults, Measure: 2, Texts: []string{"Koki aug", "Ceļi ir ēnā"}},
		{Op: SetGoals, Texts: []string{"Zaļš ciems", "Drošs ciems", "Bagāts ciems"}},
		{Op: SetMeasure, Measure: 2, Text: "Koki", Goal: 3},
		{Op: SetMeasure, Measure: len(r.Proposed.Measures) + 1, Text: "Upe", Texts: []string{"tīrīt upi"}},
	} {
		if err := r.Edit(e); err != nil {
			t.Fatal(err)
		}
	}
	m, g := r.Proposed.Measures[1], r.Proposed.Goals
	if !slices.Equal(m.Results, []string{"Koki aug", "Ceļi ir ēnā"}) || m.Text != "Koki" || m.Goal != 3 {
		t.Errorf("measure 2 is %+v", m)
	}
	if len(g) != 3 || g[2] != (Goal{3, "Bagāts ciems"}) {
		t.Errorf("goals are %+v", g)
	}
	if last := r.Proposed.Measures[len(r.Proposed.Measures)-1]; last.Text != "Upe" || len(last.Tasks) != 1 || last.Tasks[0].Text != "tīrīt upi" {
		t.Errorf("the new measure is %+v", last)
	}
}

// What cannot be done is refused by the field at fault, and nothing is half done.
func TestAnEditThatCannotBeLeavesTheReviewAsItWas(t *testing.T) {
	for name, c := range map[string]struct {
		e          Edit
		field, key string
	}{
		"moved to no measure":             {Edit{Op: Move, Measure: 1, Task: 1, ToMeasure: 9}, "toMeasure", "problem.range"},
		"moved past the end":              {Edit{Op: Move, Measure: 1, Task: 1, ToMeasure: 2, ToTask: 9}, "toTask", "problem.range"},
		"split into one":                  {Edit{Op: Divide, Measure: 1, Task: 1, Texts: []string{"viens"}}, "texts", "problem.range"},
		"merged with itself":              {Edit{Op: Merge, Tasks: []Ref{{Measure: 1, Task: 1}, {Measure: 1, Task: 1}}, Text: "abi"}, "tasks[1]", "problem.plan.edit.twice"},
		"merged alone":                    {Edit{Op: Merge, Tasks: []Ref{{Measure: 1, Task: 1}}, Text: "viens"}, "tasks", "problem.range"},
		"restored, never retired":         {Edit{Op: Restore, Measure: 1, Task: 1}, "task", "problem.plan.edit.not-retired"},
		"results of no measure":           {Edit{Op: SetResults, Measure: 9, Texts: []string{"x"}}, "measure", "problem.range"},
		"a goal without words":            {Edit{Op: SetGoals, Texts: []string{"Viens", ""}}, "goals[1].text", "problem.text.missing"},
		"a measure of no goal":            {Edit{Op: SetMeasure, Measure: 1, Text: "x", Goal: 9}, "measures[0].goal", "problem.range"},
		"no such operation":               {Edit{Op: "drop"}, "op", "problem.choice"},
		"the last task of a measure away": {Edit{Op: Move, Measure: 3, Task: 1, ToMeasure: 1}, "measures[2].tasks", "problem.plan.tasks"},
	} {
		t.Run(name, func(t *testing.T) {
			_, r := drafted(t)
			if len(r.Proposed.Measures) < 3 {
				if err := r.Edit(Edit{Op: SetMeasure, Measure: 3, Text: "Upe", Texts: []string{"tīrīt upi"}}); err != nil {
					t.Fatal(err)
				}
			}
			before := outline(r.Proposed)
			refused(t, r.Edit(c.e), c.field+": "+c.key)
			if got := outline(r.Proposed); !slices.Equal(got, before) {
				t.Errorf("it was changed to %q", got)
			}
		})
	}
}

// What a session changes itself is kept beside what was put, and becomes part of
// the revision with the approval only.
func TestWhatASessionChangesIsInTheRevisionThatItApproved(t *testing.T) {
	base, r := drafted(t)
	refused(t, r.Amend(Edit{Op: SetTitle, Text: "Plāns"}), "problem.plan.review.state")
	if err := r.Edit(Edit{Op: Reword, Measure: 1, Task: 1, Text: "pirmais"}); err != nil {
		t.Fatal(err)
	}
	if err := r.PutTo(base, "s", "p"); err != nil {
		t.Fatal(err)
	}
	for _, e := range []Edit{{Op: Add, Measure: 1, Task: 1, Text: "sēdes"}, {Op: Retire, Measure: 1, Task: 3}, {Op: SetTitle, Text: "Plāns"}} {
		if err := r.Amend(e); err != nil {
			t.Fatal(err)
		}
	}
	refused(t, r.Amend(Edit{Op: Retire, Measure: 1, Task: 9}), "task: problem.plan.edit.task")
	if err := r.DropAmendment(); err != nil {
		t.Fatal(err)
	}
	told, err := r.AmendmentsTold()
	if err != nil || len(told.Parts) != 0 || len(told.Tasks) < 2 {
		t.Errorf("the session's own changes are told as %+v, %v", told, err)
	}
	for _, c := range told.Tasks {
		if c.Kind == Reworded {
			t.Errorf("what was put before is told as the session's: %+v", c)
		}
	}
	put, amended := outline(r.Proposed), get(t)(r.Amended())
	if put[0] != "1.1 pirmais <1.1" || amended.Title != base.Title || outline(amended)[0] != "1.1 sēdes" || !strings.HasSuffix(outline(amended)[2], "†") {
		t.Fatalf("put %q, amended %q %q", put, amended.Title, outline(amended))
	}
	rejected := r
	v := Verdict{Decision: "d", On: "2026-02-25"}
	refused(t, rejected.Reject(v), "changes: problem.plan.review.rejected-changes")
	next, err := r.Approve(base, v)
	if err != nil || !slices.Equal(outline(next), outline(amended)) || !r.Verdict.Changed || next.Proposed {
		t.Errorf("in force %q, %+v, %v", outline(next), r.Verdict, err)
	}
	_, none := drafted(t)
	none.State = Put
	refused(t, none.DropAmendment(), "problem.plan.review.unamended")
}

func get(t *testing.T) func(Plan, error) Plan {
	return func(p Plan, err error) Plan {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
}
