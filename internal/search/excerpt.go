package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Piece is a part of a text; Hit when it is a word that was looked for.
type Piece struct {
	Text string
	Hit  bool
}

// Marked is a text in pieces, with every word that was looked for apart.
func Marked(text string, terms []string) []Piece {
	var pieces []Piece
	last := 0
	for _, w := range Words(text) {
		if !slices.Contains(terms, w.Term) {
			continue
		}
		if w.From > last {
			pieces = append(pieces, Piece{Text: text[last:w.From]})
		}
		pieces = append(pieces, Piece{text[w.From:w.To], true})
		last = w.To
	}
	if last < len(text) {
		pieces = append(pieces, Piece{Text: text[last:]})
	}
	return pieces
}

// Excerpt is at most about so many characters of a text around the first word
// that was looked for, on one line and in pieces; it ends at whole words.
func Excerpt(text string, terms []string, most int) []Piece {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	from := 0
	for _, w := range Words(text) {
		if slices.Contains(terms, w.Term) {
			from = before(text, w.From, most/3)
			break
		}
	}
	to := after(text, from, most)
	pieces := Marked(text[from:to], terms)
	if from > 0 {
		pieces = slices.Insert(pieces, 0, Piece{Text: "… "})
	}
	if to < len(text) {
		pieces = append(pieces, Piece{Text: " …"})
	}
	return pieces
}

// before is the beginning of a word about so many characters before a place.
func before(text string, at, chars int) int {
	for ; at > 0 && chars > 0; chars-- {
		_, width := utf8.DecodeLastRuneInString(text[:at])
		at -= width
	}
	if at == 0 {
		return 0
	}
	if i := strings.IndexByte(text[at:], ' '); i >= 0 {
		return at + i + 1
	}
	return at
}

// after is the end of a word at most so many characters behind a place.
func after(text string, at, chars int) int {
	to := at
	for ; to < len(text) && chars > 0; chars-- {
		_, width := utf8.DecodeRuneInString(text[to:])
		to += width
	}
	if to == len(text) {
		return to
	}
	if i := strings.LastIndexByte(text[at:to], ' '); i > 0 {
		return at + i
	}
	return to
}

// WithoutAddresses is a text without its e-mail addresses: they are nobody's to
// collect.
func WithoutAddresses(text string) string {
	if !strings.Contains(text, "@") {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.Join(slices.DeleteFunc(strings.Fields(line), func(s string) bool { return strings.Contains(s, "@") }), " ")
	}
	return strings.Join(lines, "\n")
}
