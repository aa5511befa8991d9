package exchange

import (
	"strconv"
	"strings"

	"padome/internal/problem"
	"padome/plan"
)

// How large a table may be, and in how many of its first rows the head is looked
// for.
const (
	mostRows    = 20_000
	mostColumns = 200
	mostHead    = 200
)

func tooMuch() error {
	return problem.New(problem.TooLarge, "problem.exchange.table-large", "rows", strconv.Itoa(mostRows), "columns", strconv.Itoa(mostColumns))
}

// headed reports whether the sheet has the head of records or of the plan's table.
func (s *sheet) headed() bool {
	if i, _ := s.recordHead(); i >= 0 {
		return true
	}
	i, _ := s.tableHead()
	return i >= 0
}

// read reads a plan from the sheet: from records, else from the table of four
// columns as the plan itself has it.
func (s *sheet) read() (plan.Plan, []plan.Unplaced, error) {
	if head, column := s.recordHead(); head >= 0 {
		return s.readRecords(head, column)
	}
	head, column := s.tableHead()
	if missing := column.missing(); missing != nil {
		return plan.Plan{}, nil, missingColumns(s.name, missing...)
	}
	var above []plan.Paragraph
	gap := false
	for i, row := range s.rows[:head] {
		if blank(row) {
			gap = true
			continue
		}
		above = append(above, plan.Paragraph{N: s.first + i, Text: strings.Join(row, " "), Gap: gap})
		gap = false
	}
	p, unplaced, err := plan.ParseHead(above)
	if err != nil {
		return plan.Plan{}, nil, err
	}
	t := tableReading{plan: p, unplaced: unplaced, places: map[string]string{}}
	for i, row := range s.rows[head+1:] {
		i += head + 1
		t.row(tableRow{
			name:   func(column int) string { return s.cell(i, column) },
			number: at(row, column[numberOf]), column: column,
			measure: cellLines(s.first+i, at(row, column[measureOf])),
			tasks:   cellLines(s.first+i, at(row, column[tasksOf])),
			results: cellLines(s.first+i, at(row, column[resultsOf])),
		})
	}
	return t.done()
}

// cellLines are the lines of a cell, each of which may begin something new.
func cellLines(n int, s string) []cellLine {
	var ls []cellLine
	for line := range strings.SplitSeq(s, "\n") {
		if line = tidy(line); line != "" {
			ls = append(ls, cellLine{n: n, text: line, first: true})
		}
	}
	return ls
}

// tableHead finds the head of the plan's table of four columns, or of a part of
// it; -1 when there is none.
func (s *sheet) tableHead() (int, tableColumns) {
	for i, row := range s.rows[:min(len(s.rows), mostHead)] {
		if c := columnsOf(row); len(c) > 1 {
			return i, c
		}
	}
	return -1, nil
}
