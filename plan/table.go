package plan

import (
	"slices"
	"strings"
)

// Furniture of the table's pages.
const (
	tableHead       = "Nr. p. k. Pasākums Uzdevumi Sagaidāmais rezultāts"
	footnote        = "* Dokuments ir parakstīts ar drošu elektronisko parakstu"
	footnoteStamped = footnote + " un satur laika zīmogu"
)

// mostForeign is how many foreign lines may stand inside the table's head.
const mostForeign = 2

// tableHead finds the lines of the table's head: unbroken if there is such a one,
// else the first with few foreign lines in it, which it leaves.
func (r *reading) tableHead(ls []line) (from, until int, ok bool) {
	for allowed := range mostForeign + 1 {
		for i := range ls {
			n, foreign := broken(ls[i:], tableHead, allowed)
			if n > 0 {
				r.leave(foreign...)
				return i, i + n, true
			}
		}
	}
	return 0, 0, false
}

// broken counts the lines at the start of ls that together are a fixed text with
// at most some foreign lines between; 0 when they are not.
func broken(ls []line, text string, allowed int) (n int, foreign []line) {
	rest := compact(text)
	for i, l := range ls {
		after, fits := strings.CutPrefix(rest, compact(l.text))
		switch {
		case fits && after == "":
			return i + 1, foreign
		case fits:
			rest = after
		case i == 0 || len(foreign) == allowed:
			return 0, nil
		default:
			foreign = append(foreign, l)
		}
	}
	return 0, nil
}

// table reads what stands under the table's head.
func (r *reading) table(ls []line) {
	ls = bullets(r.withoutFurniture(ls))
	starts := r.rowStarts(ls)
	if len(starts) == 0 {
		return // a fault by now
	}
	r.leave(ls[:starts[0]]...)
	for i, from := range starts {
		until := len(ls)
		if i+1 < len(starts) {
			until = starts[i+1]
		}
		r.row(i+1, ls[from+1:until])
	}
}

// withoutFurniture takes out the table's head where a page repeats it and the
// footnote of the signature. What stands between the footnote and the next page or
// row is foreign.
func (r *reading) withoutFurniture(ls []line) []line {
	var kept []line
	page, noted := false, false
	for i := 0; i < len(ls); i++ {
		if n := furniture(ls[i:], tableHead); n > 0 {
			i, page, noted = i+n-1, true, false
			continue
		}
		if n := furniture(ls[i:], footnote, footnoteStamped); n > 0 {
			i, noted = i+n-1, true
			continue
		}
		l := ls[i]
		noted = noted && !l.page && !rowNumber.MatchString(l.text)
		if noted {
			r.leave(l)
			continue
		}
		l.page = l.page || page
		page = false
		kept = append(kept, l)
	}
	return kept
}

// bulletMarks begin tasks, when a blank follows.
var bulletMarks = []string{"-", "–", "•"}

// bullets marks the lines that begin a task: those with the bullet that the table
// has most often, which they lose.
func bullets(ls []line) []line {
	count, most := map[string]int{}, ""
	for _, l := range ls {
		mark, _, ok := strings.Cut(l.text, " ")
		if !ok || !slices.Contains(bulletMarks, mark) {
			continue
		}
		if count[mark]++; count[mark] > count[most] {
			most = mark
		}
	}
	if most == "" {
		return ls
	}
	for i := range ls {
		if rest, ok := strings.CutPrefix(ls[i].text, most+" "); ok {
			ls[i].text, ls[i].mark = rest, most
		}
	}
	return ls
}
