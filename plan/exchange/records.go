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

// The columns of a plan as records: one row for each thing that it says.
const (
	kindColumn    = "Veids"
	numberColumn  = "Nr."
	textColumn    = "Teksts"
	moreColumn    = "Papildus"
	followsColumn = "Turpina"
	stateColumn   = "Statuss"
)

var columns = []string{kindColumn, numberColumn, textColumn, moreColumn, followsColumn, stateColumn}

// The kinds of rows.
const (
	revisionRow = "Redakcija"
	titleRow    = "Nosaukums"
	periodRow   = "Periods"
	approvedRow = "Apstiprināts"
	proposedRow = "Projekts" // in place of it: no session has decided on it yet
	approvalRow = "Apstiprinājums"
	signerRow   = "Parakstītājs"
	headingRow  = "Mērķu virsraksts"
	preambleRow = "Ievads"
	goalRow     = "Mērķis"
	measureRow  = "Pasākums"
	taskRow     = "Uzdevums"
	resultRow   = "Rezultāts"
)

var kindsOfRows = []string{revisionRow, titleRow, periodRow, approvedRow, proposedRow, approvalRow, signerRow,
	headingRow, preambleRow, goalRow, measureRow, taskRow, resultRow}

const retiredWord = "svītrots"

// records are the rows of a plan under the columns.
func records(p *plan.Plan) [][]string {
	rows := [][]string{
		{revisionRow, strconv.Itoa(p.Revision), "", "", "", ""},
		{titleRow, "", p.Title, "", "", ""},
		{periodRow, "", fmt.Sprintf("%d–%d", p.From, p.Until), "", "", ""},
	}
	if p.Proposed {
		rows = append(rows, []string{proposedRow, "", string(p.Approved), "groza šajā dienā apstiprināto redakciju", "", ""})
	} else {
		rows = append(rows, []string{approvedRow, "", string(p.Approved), "", "", ""})
	}
	add := func(kind, number, text, more string) {
		rows = append(rows, []string{kind, number, text, more, "", ""})
	}
	some := func(kind, text string) {
		if text != "" {
			add(kind, "", text, "")
		}
	}
	some(approvalRow, p.Approval)
	for _, s := range p.Signers {
		add(signerRow, "", s.Name, s.Role)
	}
	some(headingRow, p.Heading)
	for _, g := range p.Goals {
		add(goalRow, strconv.Itoa(g.Number), g.Text, "")
	}
	some(preambleRow, p.Preamble)
	for _, m := range p.Measures {
		goal := ""
		if m.Goal > 0 {
			goal = strconv.Itoa(m.Goal)
		}
		add(measureRow, strconv.Itoa(m.Number), m.Text, goal)
		for _, t := range m.Tasks {
			state := ""
			if t.Retired {
				state = retiredWord
			}
			rows = append(rows, []string{taskRow, label(m.Number, t.Number), t.Text, "", followed(t.Follows), state})
		}
		for _, r := range m.Results {
			add(resultRow, strconv.Itoa(m.Number), r, "")
		}
	}
	return rows
}

func label(measure, task int) string { return plan.Ref{Measure: measure, Task: task}.Label() }

// followed writes references as "1/3.2, 1/3.3".
func followed(rs []plan.Ref) string {
	var s []string
	for _, r := range rs {
		s = append(s, r.Key())
	}
	return strings.Join(s, ", ")
}

var refForm = regexp.MustCompile(`^(\d{1,4})/(\d{1,3})\.(\d{1,3})\.?$`)

// parseFollowed reads what followed writes.
func parseFollowed(s string) (rs []plan.Ref, ok bool) {
	for part := range strings.SplitSeq(s, ",") {
		m := refForm.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			return nil, false
		}
		n := [3]int{}
		for i := range n {
			n[i], _ = strconv.Atoi(m[i+1]) // at most four digits
		}
		rs = append(rs, plan.Ref{Revision: n[0], Measure: n[1], Task: n[2]})
	}
	return rs, true
}

// sheet is a table of cells as a file has it.
type sheet struct {
	name string // "" where the file has but one
	rows [][]string
	// first is the number of rows[0] in the file, from 1.
	first int
}

// cell names a cell as people find it: "Plāns!C12".
func (s *sheet) cell(row, column int) string {
	name := fmt.Sprintf("%s%d", columnName(column), s.first+row)
	if s.name != "" {
		name = s.name + "!" + name
	}
	return name
}

// columnName is A … Z, AA …
func columnName(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return columnName(i/26-1) + string(rune('A'+i%26))
}

// at is a cell's text, trimmed, "" where the row ends before it or there is no
// such column.
func at(row []string, column int) string {
	if column < 0 || column >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[column])
}

// tidy collapses white space to single blanks; a no-break space stays.
func tidy(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\n\r\f\v", r) }), " ")
}

func blank(row []string) bool {
	return !slices.ContainsFunc(row, func(s string) bool { return strings.TrimSpace(s) != "" })
}

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

// clip shortens a value that a message shows.
func clip(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
