package pdf

// cost is how bad a page break would be at a place; of the places where a page
// could end, the last of the least bad ones is taken.
type cost int

const (
	free   cost = iota
	parted      // inside a block that is to stay together
	lost        // between a block and the one it belongs to
	torn        // one line of a text alone on a page
	never       // inside a signature block
)

// inside is the cost of a break after line i of a text of n lines: at least two
// lines stay together at the foot and at the head of a page.
func inside(i, n int) cost {
	if i < n-1 && (i == 0 || i == n-2) {
		return torn
	}
	return free
}

// strip is a piece of the flow, as wide as the page, that is never split.
type strip struct {
	gap    float64 // white space above, left out at the head of a page
	height float64
	after  cost // of a page break below it
	runs   []run
	rules  []rule
	head   *strip // the head of its table, drawn again where the strip opens a page
	title  string // for the outline
	level  int    // in the outline, from 1
}

// rule is a thin line in a strip.
type rule struct{ x1, y1, x2, y2 float64 }

// sheet is what one page takes of the flow.
type sheet struct{ from, to int }

// sheets shares the strips out over pages.
func sheets(strips []strip) []sheet {
	var all []sheet
	for from := 0; from < len(strips); {
		to := lastFit(strips, from)
		if to < len(strips) {
			to = bestBreak(strips, from, to)
		}
		all = append(all, sheet{from, to})
		from = to
	}
	return all
}

// lastFit is the end of the strips that fit on a page; at least one is taken.
func lastFit(strips []strip, from int) int {
	filled := strips[from].height
	if head := strips[from].head; head != nil {
		filled += head.height
	}
	to := from + 1
	for ; to < len(strips); to++ {
		filled += strips[to].gap + strips[to].height
		if filled > bodyHeight {
			break
		}
	}
	return to
}

func bestBreak(strips []strip, from, to int) int {
	best := to
	for at := to - 1; at > from && strips[best-1].after != free; at-- {
		if strips[at-1].after < strips[best-1].after {
			best = at
		}
	}
	return best
}
