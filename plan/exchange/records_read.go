package exchange

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/plan"
)

// recordReading is a plan while its records are read.
type recordReading struct {
	*sheet
	column   map[string]int
	row      int
	plan     plan.Plan
	faults   problem.List
	places   map[string]string // cells by the path of what they say
	seen     map[string]bool   // kinds that stand once
	unplaced []plan.Unplaced
}

// recordHead finds the row of the columns' names among the first ones; -1 when
// there is none.
func (s *sheet) recordHead() (row int, column map[string]int) {
	for i, r := range s.rows[:min(len(s.rows), mostHead)] {
		column = map[string]int{}
		for j, name := range r {
			for _, c := range columns {
				if _, twice := column[c]; !twice && strings.EqualFold(strings.TrimSpace(name), c) {
					column[c] = j
				}
			}
		}
		_, kind := column[kindColumn]
		_, text := column[textColumn]
		if kind && text {
			return i, column
		}
	}
	return -1, nil
}

// readRecords reads a plan from the records under their head.
func (s *sheet) readRecords(head int, column map[string]int) (plan.Plan, []plan.Unplaced, error) {
	r := recordReading{sheet: s, column: column, plan: plan.Plan{Revision: 1}, places: map[string]string{}, seen: map[string]bool{}}
	for i, row := range s.rows[:head] {
		r.row = i
		r.leave(row)
	}
	if _, ok := column[numberColumn]; !ok {
		return plan.Plan{}, nil, missingColumns(s.name, numberColumn)
	}
	for i, row := range s.rows[head+1:] {
		r.row = head + 1 + i
		switch {
		case blank(row):
		case r.value(row, kindColumn) == "":
			r.leave(row)
		default:
			r.record(row)
		}
	}
	if err := r.faults.Err(); err != nil {
		return plan.Plan{}, nil, err
	}
	if err := r.plan.Validate(); err != nil {
		return plan.Plan{}, nil, placed(err, r.places)
	}
	return r.plan, r.unplaced, nil
}

func missingColumns(sheet string, names ...string) error {
	var l problem.List
	l.Add(cmp.Or(sheet, "table"), "problem.exchange.columns", "value", strings.Join(names, ", "))
	return l.Err()
}

// leave notes a row that has no place.
func (r *recordReading) leave(row []string) {
	if !blank(row) {
		r.unplaced = append(r.unplaced, plan.Unplaced{Line: r.first + r.row, Text: tidy(strings.Join(row, " "))})
	}
}

func (r *recordReading) value(row []string, column string) string {
	if i, ok := r.column[column]; ok {
		return at(row, i)
	}
	return ""
}

// fault notes what is wrong with a cell of the row at hand.
func (r *recordReading) fault(column, key string, args ...string) {
	i, ok := r.column[column]
	if !ok {
		i = r.column[kindColumn]
	}
	r.faults.Add(r.cell(r.row, i), key, args...)
}

// place remembers where something of the plan stood, for what Validate says of it.
func (r *recordReading) place(path, column string) {
	if i, ok := r.column[column]; ok {
		r.places[path] = r.cell(r.row, i)
	}
}

// placed gives faults of a plan the name of the cell or paragraph at fault.
func placed(err error, places map[string]string) error {
	e, ok := errors.AsType[*problem.Error](err)
	if !ok {
		return err
	}
	for i := range e.Fields {
		path := e.Fields[i].Name
		for path != "" {
			if at, ok := places[path]; ok {
				e.Fields[i].Name = at
				break
			}
			path = path[:max(strings.LastIndexAny(path, ".["), 0)]
		}
	}
	return e
}

// record reads one row.
func (r *recordReading) record(row []string) {
	kind := r.value(row, kindColumn)
	i := slices.IndexFunc(kindsOfRows, func(k string) bool { return strings.EqualFold(k, kind) })
	if i < 0 {
		r.fault(kindColumn, "problem.choice", "value", clip(kind), "choices", strings.Join(kindsOfRows, ", "))
		return
	}
	text := r.value(row, textColumn)
	switch kind = kindsOfRows[i]; kind {
	case signerRow:
		r.place(fmt.Sprintf("signers[%d]", len(r.plan.Signers)), textColumn)
		r.plan.Signers = append(r.plan.Signers, plan.Signer{Name: text, Role: r.value(row, moreColumn)})
	case goalRow:
		r.place(fmt.Sprintf("goals[%d]", len(r.plan.Goals)), textColumn)
		r.numbered(row, len(r.plan.Goals)+1)
		r.plan.Goals = append(r.plan.Goals, plan.Goal{Number: len(r.plan.Goals) + 1, Text: text})
	case measureRow:
		r.measure(row, text)
	case taskRow, resultRow:
		r.inMeasure(kind, row, text)
	default:
		if r.seen[kind] {
			r.fault(kindColumn, "problem.exchange.twice", "value", kind)
		}
		r.seen[kind] = true
		r.single(kind, row, text)
	}
}

var periodForm = regexp.MustCompile(`^(\d{4})\.? ?(?:[-–—] ?(\d{4})\.?)?$`)

// single reads a row of a kind that stands once.
func (r *recordReading) single(kind string, row []string, text string) {
	p := &r.plan
	switch kind {
	case revisionRow:
		r.place("revision", numberColumn)
		p.Revision = r.number(row, numberColumn)
	case titleRow:
		r.place("title", textColumn)
		p.Title = text
	case periodRow:
		r.place("from", textColumn)
		r.place("until", textColumn)
		m := periodForm.FindStringSubmatch(text)
		if m == nil {
			r.fault(textColumn, "problem.exchange.period", "value", clip(text))
			return
		}
		p.From, _ = strconv.Atoi(m[1])
		p.Until, _ = strconv.Atoi(cmp.Or(m[2], m[1]))
	case approvedRow, proposedRow:
		r.place("approved", textColumn)
		p.Approved, p.Proposed = day(text), kind == proposedRow
		if r.seen[approvedRow] && r.seen[proposedRow] {
			r.fault(kindColumn, "problem.exchange.approved-or-not")
		}
	case approvalRow:
		r.place("approval", textColumn)
		p.Approval = text
	case headingRow:
		r.place("heading", textColumn)
		p.Heading = text
	case preambleRow:
		r.place("preamble", textColumn)
		p.Preamble = text
	}
}

var (
	shortDay  = regexp.MustCompile(`^(\d{2})\.(\d{2})\.(\d{4})\.?$`)
	serialDay = regexp.MustCompile(`^\d{5}$`)
)

// day reads a day as people and spreadsheets write it: 2024-01-31, 31.01.2024 or
// the days since 30 December 1899. What is none comes back as it is, for Validate
// to refuse.
func day(s string) council.Date {
	if m := shortDay.FindStringSubmatch(s); m != nil {
		return council.Date(m[3] + "-" + m[2] + "-" + m[1])
	}
	if serialDay.MatchString(s) {
		n, _ := strconv.Atoi(s)
		return council.Date(time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
	}
	return council.Date(s)
}

// number reads a number, 0 with a fault where there is none.
func (r *recordReading) number(row []string, column string) int {
	s := r.value(row, column)
	n, err := strconv.Atoi(strings.TrimSuffix(s, "."))
	if err != nil {
		r.fault(column, "problem.exchange.number", "value", clip(s))
	}
	return n
}

func (r *recordReading) numbered(row []string, want int) {
	if s := strings.TrimSuffix(r.value(row, numberColumn), "."); s != strconv.Itoa(want) {
		r.fault(numberColumn, "problem.exchange.order", "value", clip(s), "expected", strconv.Itoa(want))
	}
}

func (r *recordReading) measure(row []string, text string) {
	n := len(r.plan.Measures)
	r.numbered(row, n+1)
	m := plan.Measure{Number: n + 1, Text: text}
	if r.value(row, moreColumn) != "" {
		m.Goal = r.number(row, moreColumn)
	}
	path := fmt.Sprintf("measures[%d]", n)
	r.place(path, textColumn)
	r.place(path+".goal", moreColumn)
	r.plan.Measures = append(r.plan.Measures, m)
}

// inMeasure reads a task or a result, which stand below their measure.
func (r *recordReading) inMeasure(kind string, row []string, text string) {
	n := len(r.plan.Measures)
	if n == 0 {
		r.fault(kindColumn, "problem.exchange.before-measure", "value", kind)
		return
	}
	m := &r.plan.Measures[n-1]
	if kind == resultRow {
		r.place(fmt.Sprintf("measures[%d].results[%d]", n-1, len(m.Results)), textColumn)
		r.numbered(row, n)
		m.Results = append(m.Results, text)
		return
	}
	t := plan.Task{Number: len(m.Tasks) + 1, Text: text}
	want := strings.TrimSuffix(label(n, t.Number), ".")
	if s := strings.TrimSuffix(r.value(row, numberColumn), "."); s != want {
		r.fault(numberColumn, "problem.exchange.order", "value", clip(s), "expected", want)
	}
	if s := r.value(row, followsColumn); s != "" {
		ok := false
		if t.Follows, ok = parseFollowed(s); !ok {
			r.fault(followsColumn, "problem.exchange.follows", "value", clip(s))
		}
	}
	switch s := r.value(row, stateColumn); {
	case strings.EqualFold(s, retiredWord):
		t.Retired = true
	case s != "":
		r.fault(stateColumn, "problem.choice", "value", clip(s), "choices", retiredWord)
	}
	path := fmt.Sprintf("measures[%d].tasks[%d]", n-1, t.Number-1)
	r.place(path, textColumn)
	r.place(path+".follows", followsColumn)
	m.Tasks = append(m.Tasks, t)
}
