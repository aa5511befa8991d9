package exchange

import (
	"fmt"
	"slices"
	"strings"
)

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

// clip shortens a value that a message shows.
func clip(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
