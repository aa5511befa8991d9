package plan

import (
	"strings"
	"unicode"

	"padome/internal/text"
)

// PieceKind says whether words stayed, went or came.
type PieceKind string

const (
	Kept     PieceKind = "kept"
	Removed  PieceKind = "removed"
	Inserted PieceKind = "inserted"
)

// Piece is a run of words of a text that was changed.
type Piece struct {
	Kind PieceKind `json:"kind"`
	Text string    `json:"text"`
}

// Words tells how one text became another, word by word: kept and removed pieces
// together are the words of before, kept and inserted ones those of after.
func Words(before, after string) []Piece {
	spaced := func(s string) string { // a space after every word, so that the last is as the others
		if words := strings.Fields(s); len(words) > 0 {
			return strings.Join(words, " ") + " "
		}
		return ""
	}
	kinds := map[text.Kind]PieceKind{text.Same: Kept, text.Went: Removed, text.Came: Inserted}
	var ps []Piece
	for _, r := range text.Diff(spaced(before), spaced(after)) {
		ps = append(ps, Piece{kinds[r.Kind], strings.TrimSuffix(r.Text, " ")})
	}
	return ps
}

// bag counts the words of a text in lower case, without the marks around them.
type bag struct {
	count map[string]int
	n     int
}

func bagOf(s string) bag {
	b := bag{count: map[string]int{}}
	for _, w := range strings.Fields(strings.ToLower(s)) {
		if w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); w != "" {
			b.count[w]++
			b.n++
		}
	}
	return b
}

// shared is how many words two texts have in common, order aside.
func (b bag) shared(c bag) (n int) {
	for w, k := range b.count {
		n += min(k, c.count[w])
	}
	return n
}

// alike is how much two texts have in common, in per cent of the words of both.
func (b bag) alike(c bag) int {
	if b.n+c.n == 0 {
		return 0
	}
	return 200 * b.shared(c) / (b.n + c.n)
}

// within is how much of a text is in another one, in per cent of its words; 0
// for one so short that this says nothing.
func (b bag) within(c bag) int {
	const least = 4
	if b.n < least {
		return 0
	}
	return 100 * b.shared(c) / b.n
}
