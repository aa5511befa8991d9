package plan

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// rowNumber is the number of a measure, alone on its line.
var rowNumber = regexp.MustCompile(`^(\d{1,3})\.$`)

// number is the measure's number that the line holds and nothing else.
func (l line) number() (n int, bare bool) {
	m := rowNumber.FindStringSubmatch(l.text)
	if m == nil || l.mark != "" {
		return 0, false
	}
	n, err := strconv.Atoi(m[1])
	return n, err == nil
}

// candidate is a number alone on its line that a measure's name may follow.
type candidate struct{ at, number int }

// rowStarts finds the lines with the numbers of the measures 1, 2, 3 … A row is its
// number, then a name with a capital letter, then a task before the same or the
// next number. Other numbers are foreign; but one after the last row that shows
// that a row is missing, or has no name or no task, is a fault.
func (r *reading) rowStarts(ls []line) []int {
	found := candidates(ls)
	var starts []int
	run := -1 // the end of the numbers that follow one another; one of them at most is a row's
	for i, c := range found {
		if c.number != len(starts)+1 || c.at <= run {
			continue
		}
		run = c.at
		until := len(ls)
		for _, d := range found[i+1:] {
			if d.at == run+1 {
				run = d.at
			} else if d.number == c.number || d.number == c.number+1 {
				until = d.at
				break
			}
		}
		if hasTask(ls[c.at:until]) {
			starts = append(starts, c.at)
		}
	}
	r.missingRow(ls, starts, found)
	return starts
}

// candidates are the numbers, alone on their lines, that a name may follow: with a
// capital letter, at the latest on the second line, so that one foreign line does
// not hide a row.
func candidates(ls []line) []candidate {
	var found []candidate
	var next, second line // the lines after that are no number
	for i, l := range slices.Backward(ls) {
		n, bare := l.number()
		if !bare {
			next, second = l, next
			continue
		}
		if next.mark == "" && (capital(next.text) || second.mark == "" && capital(second.text)) {
			found = append(found, candidate{i, n})
		}
	}
	slices.Reverse(found)
	return found
}

func hasTask(ls []line) bool {
	return slices.ContainsFunc(ls, func(l line) bool { return l.mark != "" })
}

// missingRow notes as a fault the first number after the last row that must be the
// row after it but has no name or no task, or else that skips the row after it.
func (r *reading) missingRow(ls []line, starts []int, found []candidate) {
	next, last := len(starts)+1, -1
	if len(starts) > 0 {
		last = starts[len(starts)-1]
	}
	due := strconv.Itoa(next)
	for i := last + 1; i < len(ls)-1; i++ {
		if n, bare := ls[i].number(); !bare || n != next {
			continue
		}
		if ls[i+1].mark != "" || slices.Contains(found, candidate{i, next}) {
			r.faults.Add(lineField(ls[i].n), "problem.plan.row", "line", strconv.Itoa(ls[i].n), "value", due)
			return
		}
	}
	for _, c := range found {
		if c.at > last && c.number > next && hasTask(ls[c.at:]) {
			r.faults.Add(lineField(ls[c.at].n), "problem.plan.order",
				"line", strconv.Itoa(ls[c.at].n), "value", strconv.Itoa(c.number), "expected", due)
			return
		}
	}
	if len(starts) == 0 {
		r.faults.Add("measures", "problem.plan.measures")
	}
}

// row is a measure while its lines are read.
type row struct {
	name    []line
	tasks   [][]line
	results [][]line
}

// row reads the lines of one measure, page by page.
func (r *reading) row(number int, ls []line) {
	var w row
	var part []line
	page := false
	for _, l := range ls {
		page = page || l.page
		if _, bare := l.number(); bare || l.mark == "" && pageNumber.MatchString(l.text) {
			r.leave(l)
			continue
		}
		if page && len(part) > 0 {
			r.leave(w.read(part)...)
			part = nil
		}
		page = false
		part = append(part, l)
	}
	r.leave(w.read(part)...)
	r.plan.Measures = append(r.plan.Measures, w.measure(number))
}

// read takes the lines that one page has of the row and returns those that belong
// nowhere. A page has the columns one after the other: name, tasks, results. The
// name stands above the first task. On a later page the rest of a task that the
// page before broke off comes first.
func (w *row) read(ls []line) (foreign []line) {
	if len(w.tasks) == 0 {
		n := slices.IndexFunc(ls, func(l line) bool { return l.mark != "" })
		if n < 0 {
			n = len(ls)
		}
		w.name = append(w.name, ls[:n]...)
		ls = ls[n:]
	}
	results := w.resultsStart(ls)
	begun := false // a task on this page
	for _, l := range ls[:results] {
		switch {
		case l.mark != "":
			w.tasks = append(w.tasks, []line{l})
			begun = true
		case begun || unfinished(w.tasks):
			w.tasks[len(w.tasks)-1] = append(w.tasks[len(w.tasks)-1], l)
		default:
			foreign = append(foreign, l)
		}
	}
	for _, l := range ls[results:] {
		if n := len(w.results); n > 0 && (unfinished(w.results) || !capital(l.text)) {
			w.results[n-1] = append(w.results[n-1], l)
			continue
		}
		w.results = append(w.results, []line{l})
	}
	return foreign
}

// resultsStart is where on a page the results begin: after the last task. Where
// the page before broke a result off, its rest begins as soon as the task has
// ended. Else a result begins with a capital letter, after a task that has ended
// or with the participle that results begin with (Nodrošināta, Mazināti); failing
// that, with the first capital letter.
func (w *row) resultsStart(ls []line) int {
	start := 0
	if i := lastTask(ls); i >= 0 {
		start = i + 1
	} else if unfinished(w.tasks) {
		start = 1
	}
	fallback := len(ls)
	for i := start; i < len(ls); i++ {
		ended := i == 0 || ends(ls[i-1].text)
		switch {
		case unfinished(w.results):
			if ended {
				return i
			}
		case !capital(ls[i].text):
		case ended || participle(ls[i].text):
			return i
		default:
			fallback = min(fallback, i)
		}
	}
	return fallback
}

func lastTask(ls []line) int {
	for i, l := range slices.Backward(ls) {
		if l.mark != "" {
			return i
		}
	}
	return -1
}

// unfinished reports whether the last text of a column has not ended yet.
func unfinished(column [][]line) bool {
	n := len(column)
	return n > 0 && !ends(column[n-1][len(column[n-1])-1].text)
}

var (
	participleEnd = regexp.MustCompile(`^\p{Lu}\p{Ll}{2,}t(s|a|i|as)$`)
	// nouns that end alike and begin lines of tasks.
	participleLike = []string{"Valsts", "Tautas", "Pilsētas"}
)

// participle reports whether a line begins with what may be a past passive
// participle: the form in which the plan says what will have been reached.
func participle(s string) bool {
	word, _, _ := strings.Cut(s, " ")
	return participleEnd.MatchString(word) && !slices.Contains(participleLike, word)
}

func (w *row) measure(number int) Measure {
	m := Measure{Number: number, Text: join(w.name)}
	for i, ls := range w.tasks {
		m.Tasks = append(m.Tasks, Task{Number: i + 1, Text: join(ls)})
	}
	for _, ls := range w.results {
		m.Results = append(m.Results, join(ls))
	}
	return m
}
