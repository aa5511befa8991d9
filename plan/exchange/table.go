package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"padome/internal/problem"
	"padome/plan"
)

// tableOf is a column of the plan's own table.
type tableOf int

const (
	numberOf tableOf = iota
	measureOf
	tasksOf
	resultsOf
)

// titlesOf are the titles of the columns, as the plan has them first.
var titlesOf = [][]string{
	{"Nr. p. k.", "Nr.", "Nr. p.k.", "N. p. k."},
	{"Pasākums", "Pasākumi"},
	{"Uzdevumi", "Uzdevums"},
	{"Sagaidāmais rezultāts", "Sagaidāmie rezultāti", "Rezultāts", "Rezultāti"},
}

// tableColumns says where each column stands.
type tableColumns map[tableOf]int

func tableColumn(title string) (tableOf, bool) {
	pressed := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }
	for i, titles := range titlesOf {
		if slices.ContainsFunc(titles, func(s string) bool { return pressed(s) == pressed(title) }) {
			return tableOf(i), true
		}
	}
	return 0, false
}

func columnsOf(row []string) tableColumns {
	c := tableColumns{}
	for i, s := range row {
		if of, ok := tableColumn(s); ok {
			if _, twice := c[of]; !twice {
				c[of] = i
			}
		}
	}
	return c
}

// missing are the titles of columns that are not there.
func (c tableColumns) missing() (titles []string) {
	for i := range titlesOf {
		if _, ok := c[tableOf(i)]; !ok {
			titles = append(titles, titlesOf[i][0])
		}
	}
	return titles
}

// cellLine is a line of a cell.
type cellLine struct {
	n     int    // paragraph or row of the file, from 1
	text  string // white space collapsed
	first bool   // of its paragraph
	list  bool   // of a list: begins something new
	exact bool   // is written by us: a text as it is, not to be looked into
	task  plan.Task
	wrong string // a note on the task that cannot be read
}

// tableRow is a row of the plan's table.
type tableRow struct {
	name                    func(column int) string // of a cell, for messages
	column                  tableColumns
	number                  string
	measure, tasks, results []cellLine
	goal                    int
}

func (r *tableRow) at(of tableOf) string { return r.name(r.column[of]) }

// tableReading is a plan while the rows of its table are read.
type tableReading struct {
	plan     plan.Plan
	unplaced []plan.Unplaced
	faults   problem.List
	places   map[string]string
	tasks    []cellLine // of the measure at hand
	results  []cellLine
	begun    tableRow // the first row of the measure at hand
}

// row takes in a row. One without number and measure goes on with the measure
// before it, as a row that a page or a merged cell broke.
func (t *tableReading) row(r tableRow) {
	number := strings.TrimSuffix(strings.TrimSpace(r.number), ".")
	if columns := columnsOf([]string{r.number, joinLines(r.measure)}); len(columns) == 2 {
		return // the head, repeated
	}
	begins := number != "" || len(r.measure) > 0
	switch n := len(t.plan.Measures); {
	case !begins && len(r.tasks)+len(r.results) == 0:
		return
	case !begins && n == 0:
		t.leave(r.tasks)
		t.leave(r.results)
		return
	case begins:
		t.finish()
		t.begun = r
		if number != "" && number != strconv.Itoa(n+1) {
			t.faults.Add(r.at(numberOf), "problem.exchange.order", "value", clip(number), "expected", strconv.Itoa(n+1))
		}
		t.places[fmt.Sprintf("measures[%d]", n)] = r.at(measureOf)
		t.plan.Measures = append(t.plan.Measures, plan.Measure{Number: n + 1, Goal: r.goal, Text: joinLines(r.measure)})
	}
	t.tasks, t.results = append(t.tasks, r.tasks...), append(t.results, r.results...)
}

func (t *tableReading) leave(ls []cellLine) {
	for _, l := range ls {
		t.unplaced = append(t.unplaced, plan.Unplaced{Line: l.n, Text: l.text})
	}
}

func joinLines(ls []cellLine) string {
	var s []string
	for _, l := range ls {
		s = append(s, l.text)
	}
	return strings.Join(s, " ")
}

// finish gives the measure at hand its tasks and results.
func (t *tableReading) finish() {
	n := len(t.plan.Measures)
	if n == 0 {
		return
	}
	m := &t.plan.Measures[n-1]
	for i, l := range gathered(t.tasks, n) {
		l.task.Number, l.task.Text = i+1, l.text
		if l.wrong != "" {
			t.faults.Add(fmt.Sprintf("paragraph[%d]", l.n), "problem.exchange.follows", "value", clip(l.wrong))
		}
		t.places[fmt.Sprintf("measures[%d].tasks[%d]", n-1, i)] = t.begun.at(tasksOf)
		m.Tasks = append(m.Tasks, l.task)
	}
	for i, l := range gathered(t.results, 0) {
		t.places[fmt.Sprintf("measures[%d].results[%d]", n-1, i)] = t.begun.at(resultsOf)
		m.Results = append(m.Results, l.text)
	}
	t.tasks, t.results = nil, nil
}

// gathered puts the lines of a column together to its texts. Where some lines have
// a bullet, are of a list or have the number of a task, each such line begins a
// text and the others go on; else every paragraph is one.
func gathered(ls []cellLine, measure int) (texts []cellLine) {
	marked := false
	for i := range ls {
		l := &ls[i]
		if l.exact {
			continue
		}
		if s, ok := withoutMark(l.text, measure); ok && l.first {
			l.text, l.list = s, true
		}
		marked = marked || l.list
	}
	for _, l := range ls {
		begins := l.exact || l.list || l.first && !marked
		if n := len(texts); n > 0 && !begins {
			texts[n-1].text += " " + l.text
			continue
		}
		texts = append(texts, l)
	}
	return texts
}

// withoutMark takes the bullet or the number of a task, such as "3.2.", from the
// beginning of a line; measure is 0 where no numbers are.
func withoutMark(s string, measure int) (string, bool) {
	mark, rest, ok := strings.Cut(s, " ")
	if !ok {
		return s, false
	}
	digits, numbered := strings.CutPrefix(mark, strconv.Itoa(measure)+".")
	_, err := strconv.Atoi(strings.TrimSuffix(digits, "."))
	if slices.Contains([]string{"-", "–", "•", "\uf0b7", "·"}, mark) || measure > 0 && numbered && err == nil {
		return strings.TrimSpace(rest), true
	}
	return s, false
}

// done is the plan when all rows have been taken in.
func (t *tableReading) done() (plan.Plan, []plan.Unplaced, error) {
	t.finish()
	if err := t.faults.Err(); err != nil {
		return plan.Plan{}, nil, err
	}
	if err := t.plan.Validate(); err != nil {
		return plan.Plan{}, nil, placed(err, t.places)
	}
	return t.plan, t.unplaced, nil
}
