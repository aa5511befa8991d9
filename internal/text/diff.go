package text

import "strings"

// Run is a stretch of a text that stayed, came or went.
type Run struct {
	Kind Kind   `json:"kind"`
	Text string `json:"text"`
}

// Kind says what became of a run.
type Kind string

const (
	Same Kind = "same"
	Came Kind = "came"
	Went Kind = "went"
)

// mostCells is how much comparing two stretches of words may cost; longer ones
// that have nothing in common at their ends count as replaced.
const mostCells = 4 << 20

// Diff is how one text became another, word by word. The runs that stayed and
// went are the first text, those that stayed and came the second.
func Diff(was, is string) []Run {
	a, b := words(was), words(is)
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < len(a)-start && end < len(b)-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	d := diff{}
	d.add(Same, a[:start]...)
	d.middle(a[start:len(a)-end], b[start:len(b)-end])
	d.add(Same, a[len(a)-end:]...)
	return d.runs
}

// words parts a text after each stretch of space.
func words(s string) (all []string) {
	from := 0
	for i := 1; i < len(s); i++ {
		if isSpace(s[i-1]) && !isSpace(s[i]) {
			all = append(all, s[from:i])
			from = i
		}
	}
	if from < len(s) {
		all = append(all, s[from:])
	}
	return all
}

func isSpace(b byte) bool { return b == ' ' || b == '\n' || b == '\t' }

type diff struct{ runs []Run }

func (d *diff) add(k Kind, words ...string) {
	s := strings.Join(words, "")
	if s == "" {
		return
	}
	if n := len(d.runs); n > 0 && d.runs[n-1].Kind == k {
		d.runs[n-1].Text += s
		return
	}
	d.runs = append(d.runs, Run{k, s})
}

// middle notes what differs between the common beginning and end of two texts:
// what went stands before what came in its place.
func (d *diff) middle(a, b []string) {
	i, j := 0, 0
	for _, at := range Common(a, b) {
		d.add(Went, a[i:at[0]]...)
		d.add(Came, b[j:at[1]]...)
		d.add(Same, a[at[0]])
		i, j = at[0]+1, at[1]+1
	}
	d.add(Went, a[i:]...)
	d.add(Came, b[j:]...)
}

// Common is the longest common subsequence of two lists, as pairs of places; none
// where there are too many to compare.
func Common(a, b []string) (pairs [][2]int) {
	if len(a)*len(b) > mostCells {
		return nil
	}
	longest := make([][]int32, len(a)+1) // from each pair of places on
	for i := range longest {
		longest[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}
