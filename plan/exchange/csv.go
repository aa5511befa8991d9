package exchange

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"padome/internal/problem"
	"padome/plan"
)

// separators are those that tables of text use; the first is how the council's
// spreadsheets write them.
var separators = []rune{';', ',', '\t'}

// looksLikeCSV reports whether a text is a table of a plan: one of its first lines
// has the names of columns with a separator between them. The text of the PDF has
// them too, but with blanks.
func looksLikeCSV(text []byte) bool {
	lines := 0
	for line := range bytes.Lines(text) {
		if lines++; lines > mostHead {
			break
		}
		for _, sep := range separators {
			if named(splitLine(string(line), sep)) {
				return true
			}
		}
	}
	return false
}

// named reports whether at least two cells are names of columns.
func named(cells []string) bool {
	n := 0
	for _, c := range cells {
		_, ok := tableColumn(c)
		if ok || slices.ContainsFunc(columns, func(name string) bool { return strings.EqualFold(c, name) }) {
			n++
		}
	}
	return n >= 2
}

func splitLine(line string, sep rune) []string {
	cells := strings.Split(strings.TrimSpace(line), string(sep))
	for i := range cells {
		cells[i] = strings.Trim(cells[i], `" `)
	}
	return cells
}

// readCSV reads a plan from a table in text.
func readCSV(raw []byte) (plan.Plan, []plan.Unplaced, error) {
	raw = bytes.TrimPrefix(raw, byteOrderMark)
	if !utf8.Valid(raw) {
		at := 0
		for r, n := utf8.DecodeRune(raw); r != utf8.RuneError || n > 1; r, n = utf8.DecodeRune(raw[at:]) {
			at += n
		}
		return plan.Plan{}, nil, problem.New(problem.Invalid, "problem.plan.encoding",
			"line", strconv.Itoa(1+bytes.Count(raw[:at], []byte("\n"))), "value", fmt.Sprintf("0x%02X", raw[at]))
	}
	s, err := cells(raw)
	if err != nil {
		return plan.Plan{}, nil, err
	}
	return s.read()
}

// cells cuts a text into cells at the separator under which its head is found. The
// guard before what a spreadsheet would take for a formula goes.
func cells(raw []byte) (*sheet, error) {
	var first error
	for _, sep := range separators {
		r := csv.NewReader(bytes.NewReader(raw))
		r.Comma, r.FieldsPerRecord = sep, -1
		s := &sheet{first: 1}
		err := s.fill(r, raw)
		if err != nil && first == nil {
			first = err
		}
		if err == nil && s.headed() {
			return s, nil
		}
	}
	if first != nil {
		return nil, first
	}
	return nil, missingColumns("", kindColumn, numberColumn, textColumn)
}

// fill takes in the rows of a table, the empty ones too, which the reader passes
// over: rows have the numbers that a spreadsheet shows.
func (s *sheet) fill(r *csv.Reader, raw []byte) error {
	for end := 0; ; end = int(r.InputOffset()) {
		row, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if e, ok := errors.AsType[*csv.ParseError](err); ok {
			var l problem.List
			l.Add("line["+strconv.Itoa(e.Line)+"]", "problem.exchange.quotes", "line", strconv.Itoa(e.Line), "column", strconv.Itoa(e.Column))
			return l.Err()
		}
		if err != nil {
			return fmt.Errorf("read table: %w", err)
		}
		for i := range row {
			row[i] = unguarded(row[i])
		}
		for range emptyLines(raw[end:]) {
			s.rows = append(s.rows, nil)
		}
		if s.rows = append(s.rows, row); len(row) > mostColumns || len(s.rows) > mostRows {
			return tooMuch()
		}
	}
}

// emptyLines counts the empty lines that a text begins with.
func emptyLines(raw []byte) (n int) {
	for line := range bytes.Lines(raw) {
		if len(bytes.TrimRight(line, "\r\n")) > 0 || n > mostRows {
			return n
		}
		n++
	}
	return n
}

// formulaMarks begin what a spreadsheet takes for a formula.
const formulaMarks = "=+-@\t\r"

// guarded puts an apostrophe before a text that a spreadsheet would take for a
// formula, and before one that begins with the apostrophe itself.
func guarded(s string) string {
	if s != "" && strings.ContainsRune(formulaMarks+"'", rune(s[0])) {
		return "'" + s
	}
	return s
}

func unguarded(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsRune(formulaMarks+"'", rune(s[1])) {
		return s[1:]
	}
	return s
}

// writeCSV writes the records so that spreadsheets open them as they are: UTF-8
// with its mark, semicolons.
func writeCSV(w io.Writer, p *plan.Plan) error {
	if _, err := w.Write(byteOrderMark); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.Comma = separators[0]
	for _, row := range append([][]string{columns}, records(p)...) {
		safe := make([]string, len(row))
		for i := range row {
			safe[i] = guarded(row[i])
		}
		if err := c.Write(safe); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}
