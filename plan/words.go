package plan

import (
	"strings"
	"unicode"
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

// mostPairs is how many pairs of words, or of tasks, are compared at most: above
// that, texts count as wholly different and no predecessors are proposed.
const mostPairs = 4_000_000

// Words tells how one text became another, word by word: kept and removed pieces
// together are the words of before, kept and inserted ones those of after.
func Words(before, after string) []Piece {
	a, b := strings.Fields(before), strings.Fields(after)
	var ps pieces
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < len(a)-start && end < len(b)-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	ps.add(Kept, a[:start]...)
	ps.middle(a[start:len(a)-end], b[start:len(b)-end])
	ps.add(Kept, a[len(a)-end:]...)
	return ps
}

type pieces []Piece

func (ps *pieces) add(kind PieceKind, words ...string) {
	if len(words) == 0 {
		return
	}
	s := strings.Join(words, " ")
	if n := len(*ps); n > 0 && (*ps)[n-1].Kind == kind {
		(*ps)[n-1].Text += " " + s
		return
	}
	*ps = append(*ps, Piece{kind, s})
}

// middle notes what differs between the common beginning and end of two texts:
// removed words stand before those inserted in their place.
func (ps *pieces) middle(a, b []string) {
	i, j := 0, 0
	for _, at := range common(a, b) {
		ps.add(Removed, a[i:at[0]]...)
		ps.add(Inserted, b[j:at[1]]...)
		ps.add(Kept, a[at[0]])
		i, j = at[0]+1, at[1]+1
	}
	ps.add(Removed, a[i:]...)
	ps.add(Inserted, b[j:]...)
}

// common is the longest common subsequence of two lists, as pairs of positions;
// none where there are too many to compare.
func common(a, b []string) (pairs [][2]int) {
	if len(a)*len(b) > mostPairs {
		return nil
	}
	long := make([][]uint16, len(a)+1) // the longest from here on
	for i := range long {
		long[i] = make([]uint16, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				long[i][j] = long[i+1][j+1] + 1
			} else {
				long[i][j] = max(long[i+1][j], long[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case long[i+1][j] >= long[i][j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
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
