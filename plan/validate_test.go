package plan

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestValidateNamesTheExactField(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*Plan)
		want  []string
	}{
		"revision":           {func(p *Plan) { p.Revision = 0 }, []string{"revision: problem.range"}},
		"title":              {func(p *Plan) { p.Title = "" }, []string{"title: problem.text.missing"}},
		"years":              {func(p *Plan) { p.From, p.Until = 1, 3000 }, []string{"from: problem.range", "until: problem.range"}},
		"period":             {func(p *Plan) { p.Until = 2020 }, []string{"until: problem.plan.period"}},
		"approved":           {func(p *Plan) { p.Approved = "" }, []string{"approved: problem.date"}},
		"signer":             {func(p *Plan) { p.Signers[0].Name = " " }, []string{"signers[0].name: problem.text.missing"}},
		"signers":            {func(p *Plan) { p.Signers = make([]Signer, 21); nameAll(p.Signers) }, []string{"signers: problem.plan.many"}},
		"goal number":        {func(p *Plan) { p.Goals[0].Number = 2 }, []string{"goals[0].number: problem.plan.number"}},
		"goal text":          {func(p *Plan) { p.Goals[0].Text = "" }, []string{"goals[0].text: problem.text.missing"}},
		"no measures":        {func(p *Plan) { p.Measures = nil }, []string{"measures: problem.plan.measures"}},
		"measure number":     {func(p *Plan) { p.Measures[1].Number = 3 }, []string{"measures[1].number: problem.plan.number"}},
		"goal of a measure":  {func(p *Plan) { p.Measures[1].Goal = 2 }, []string{"measures[1].goal: problem.range"}},
		"measure text":       {func(p *Plan) { p.Measures[0].Text = "" }, []string{"measures[0].text: problem.text.missing"}},
		"no tasks":           {func(p *Plan) { p.Measures[1].Tasks = nil }, []string{"measures[1].tasks: problem.plan.tasks"}},
		"task number":        {func(p *Plan) { p.Measures[0].Tasks[1].Number = 7 }, []string{"measures[0].tasks[1].number: problem.plan.number"}},
		"task text":          {func(p *Plan) { p.Measures[1].Tasks[0].Text = "" }, []string{"measures[1].tasks[0].text: problem.text.missing"}},
		"emoji":              {func(p *Plan) { p.Measures[1].Tasks[0].Text = "koki 🌳" }, []string{"measures[1].tasks[0].text: problem.text.character"}},
		"result":             {func(p *Plan) { p.Measures[0].Results[1] = "" }, []string{"measures[0].results[1]: problem.text.missing"}},
		"preamble too long":  {func(p *Plan) { p.Preamble = strings.Repeat("ā", 10001) }, []string{"preamble: problem.text.long"}},
		"follows no earlier": {func(p *Plan) { follow(p, Ref{1, 1, 1}) }, []string{"measures[1].tasks[0].follows[0]: problem.plan.follows"}},
		"follows too early":  {func(p *Plan) { p.Revision = 3; follow(p, Ref{1, 1, 1}) }, []string{"measures[1].tasks[0].follows[0]: problem.plan.follows"}},
		"follows nothing":    {func(p *Plan) { p.Revision = 3; follow(p, Ref{2, 0, 1}) }, []string{"measures[1].tasks[0].follows[0]: problem.plan.follows"}},
		"follows one twice":  {func(p *Plan) { p.Revision = 2; follow(p, Ref{1, 1, 1}, Ref{1, 1, 1}) }, []string{"measures[1].tasks[0].follows[1]: problem.plan.follows.twice"}},
		"everything at once": {func(p *Plan) { p.Title = ""; p.Measures[0].Text = ""; p.Measures[1].Tasks = nil },
			[]string{"title: problem.text.missing", "measures[0].text: problem.text.missing", "measures[1].tasks: problem.plan.tasks"}},
	} {
		t.Run(name, func(t *testing.T) {
			p, _ := mustParse(t, sampleText)
			c.spoil(&p)
			refused(t, p.Validate(), c.want...)
		})
	}
}

func nameAll(all []Signer) {
	for i := range all {
		all[i].Name = "B. Bērziņa"
	}
}

func follow(p *Plan, refs ...Ref) { p.Measures[1].Tasks[0].Follows = refs }

func TestValidateTidiesTexts(t *testing.T) {
	p, _ := mustParse(t, sampleText)
	want := p.Clone()
	p.Measures[0].Text, p.Measures[1].Tasks[0].Text = " Uzlabot\nceļus ", "sta\u0304di\u0304t  kokus."
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, p); diff != "" {
		t.Errorf("plan (-want +got):\n%s", diff)
	}
}

func TestCloneSharesNothing(t *testing.T) {
	p := mustReal(t)
	c := p.Clone()
	c.Goals[0].Text, c.Signers[0].Role, c.Measures[0].Results[0] = "x", "x", "x"
	c.Measures[0].Tasks[0].Text = "x"
	if diff := cmp.Diff(mustReal(t), p); diff != "" {
		t.Errorf("plan after its copy was changed (-want +got):\n%s", diff)
	}
	c = p.Clone()
	c.Measures[0].Tasks[0].Follows = []Ref{{1, 1, 1}}
	d := c.Clone()
	d.Measures[0].Tasks[0].Follows[0].Task = 9
	if got := c.Measures[0].Tasks[0].Follows[0].Task; got != 1 {
		t.Errorf("reference after its copy was changed: got task %d, want 1", got)
	}
}

func TestSuggestedGoals(t *testing.T) {
	goals := func(p Plan) (all []int) {
		for _, m := range p.Measures {
			all = append(all, m.Goal)
		}
		return all
	}
	t.Run("go to measures without one", func(t *testing.T) {
		p := mustReal(t)
		p.Measures[0].Goal = 2
		p.SuggestGoals()
		if diff := cmp.Diff([]int{2, 1, 1, 1, 1, 2, 2, 2}, goals(p)); diff != "" {
			t.Errorf("goals (-want +got):\n%s", diff)
		}
		if err := p.Validate(); err != nil {
			t.Error(err)
		}
	})
	t.Run("are none for another period", func(t *testing.T) {
		p, _ := mustParse(t, sampleText)
		p.SuggestGoals()
		if diff := cmp.Diff([]int{0, 0}, goals(p)); diff != "" {
			t.Errorf("goals (-want +got):\n%s", diff)
		}
	})
}

func TestTasksAndMeasuresAreFound(t *testing.T) {
	p := mustReal(t)
	p.Measures[0].Tasks[0].Retired = true
	if got := len(p.Refs()); got != 23 {
		t.Errorf("tasks in force: got %d, want 23", got)
	}
	if m, ok := p.Measure(8); !ok || m.Text != "Stiprināt pilsonisko dialogu" {
		t.Errorf("measure 8: got %q, %v", m.Text, ok)
	}
	if _, ok := p.Measure(9); ok {
		t.Error("measure 9: found, want none")
	}
	if _, ok := p.Task(8, 6); ok {
		t.Error("task 8.6: found, want none")
	}
	if got := (Ref{1, 8, 2}).Label() + " " + (Ref{1, 8, 2}).Key(); got != "8.2. 1/8.2" {
		t.Errorf("label and key: got %q, want %q", got, "8.2. 1/8.2")
	}
}
