package plan

import (
	"fmt"
	"strconv"

	"padome/internal/problem"
	"padome/internal/text"
)

// The longest texts and highest numbers of a plan.
const (
	mostRevisions = 9999
	mostNumber    = 999 // measures, tasks of a measure, results of a measure
	mostSigners   = 20
	mostGoals     = 99

	longTitle    = 400
	longApproval = 600
	longName     = 300
	longGoal     = 1000
	longPreamble = 10000
	longMeasure  = 1000
	longTask     = 3000
	longResult   = 3000
)

// Validate tidies the plan's texts and says what is wrong with it, with the path
// of each fault such as measures[2].tasks[0].text.
func (p *Plan) Validate() error {
	var l problem.List
	between(&l, "revision", p.Revision, 1, mostRevisions)
	text.Line(&l, "title", &p.Title, 1, longTitle)
	between(&l, "from", p.From, 1990, 2999)
	between(&l, "until", p.Until, 1990, 2999)
	if p.Until < p.From {
		l.Add("until", "problem.plan.period", "from", strconv.Itoa(p.From), "until", strconv.Itoa(p.Until))
	}
	if !p.Approved.Valid() {
		l.Add("approved", "problem.date", "value", string(p.Approved))
	}
	text.Line(&l, "approval", &p.Approval, 0, longApproval)
	atMost(&l, "signers", len(p.Signers), mostSigners)
	for i := range p.Signers {
		at := fmt.Sprintf("signers[%d]", i)
		text.Line(&l, at+".name", &p.Signers[i].Name, 1, longName)
		text.Line(&l, at+".role", &p.Signers[i].Role, 0, longApproval)
	}
	text.Line(&l, "heading", &p.Heading, 0, longApproval)
	text.Block(&l, "preamble", &p.Preamble, 0, longPreamble)
	p.validateGoals(&l)
	p.validateMeasures(&l)
	return l.Err()
}

func (p *Plan) validateGoals(l *problem.List) {
	atMost(l, "goals", len(p.Goals), mostGoals)
	for i := range p.Goals {
		g, at := &p.Goals[i], fmt.Sprintf("goals[%d]", i)
		numbered(l, at, g.Number, i+1)
		text.Line(l, at+".text", &g.Text, 1, longGoal)
	}
}

func (p *Plan) validateMeasures(l *problem.List) {
	if len(p.Measures) == 0 {
		l.Add("measures", "problem.plan.measures")
	}
	atMost(l, "measures", len(p.Measures), mostNumber)
	for i := range p.Measures {
		m, at := &p.Measures[i], fmt.Sprintf("measures[%d]", i)
		numbered(l, at, m.Number, i+1)
		between(l, at+".goal", m.Goal, 0, len(p.Goals))
		text.Line(l, at+".text", &m.Text, 1, longMeasure)
		if len(m.Tasks) == 0 {
			l.Add(at+".tasks", "problem.plan.tasks", "measure", strconv.Itoa(m.Number))
		}
		atMost(l, at+".tasks", len(m.Tasks), mostNumber)
		for j := range m.Tasks {
			p.validateTask(l, fmt.Sprintf("%s.tasks[%d]", at, j), &m.Tasks[j], j+1)
		}
		atMost(l, at+".results", len(m.Results), mostNumber)
		for j := range m.Results {
			text.Line(l, fmt.Sprintf("%s.results[%d]", at, j), &m.Results[j], 1, longResult)
		}
	}
}

func (p *Plan) validateTask(l *problem.List, at string, t *Task, number int) {
	numbered(l, at, t.Number, number)
	text.Line(l, at+".text", &t.Text, 1, longTask)
	seen := map[Ref]bool{}
	for i, r := range t.Follows {
		field := fmt.Sprintf("%s.follows[%d]", at, i)
		switch {
		case r.Revision != p.Revision-1 || r.Measure < 1 || r.Task < 1:
			l.Add(field, "problem.plan.follows", "value", r.Key(), "revision", strconv.Itoa(p.Revision))
		case seen[r]:
			l.Add(field, "problem.plan.follows.twice", "value", r.Key())
		}
		seen[r] = true
	}
}

// numbered notes a number that breaks the count 1, 2, 3 …
func numbered(l *problem.List, at string, got, want int) {
	if got != want {
		l.Add(at+".number", "problem.plan.number", "value", strconv.Itoa(got), "expected", strconv.Itoa(want))
	}
}

func between(l *problem.List, field string, n, least, most int) {
	if n < least || n > most {
		l.Add(field, "problem.range", "value", strconv.Itoa(n), "least", strconv.Itoa(least), "most", strconv.Itoa(most))
	}
}

func atMost(l *problem.List, field string, n, most int) {
	if n > most {
		l.Add(field, "problem.plan.many", "value", strconv.Itoa(n), "most", strconv.Itoa(most))
	}
}
