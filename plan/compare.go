package plan

import (
	"fmt"
	"slices"
	"strings"

	"padome/internal/text"
)

// Part is a part of a plan other than its tasks.
type Part string

const (
	TitlePart    Part = "title"
	PeriodPart   Part = "period"
	HeadingPart  Part = "heading"
	PreamblePart Part = "preamble"
	GoalPart     Part = "goal"
	MeasurePart  Part = "measure"
	MappingPart  Part = "measure-goal" // to which goal a measure belongs
	ResultPart   Part = "result"
)

// Difference is one difference outside the tasks. Number is that of the goal or
// measure, in the later plan where it is there. Before is empty for what was
// added, After for what was left out.
type Difference struct {
	Part   Part    `json:"part"`
	Number int     `json:"number,omitempty"`
	Before string  `json:"before,omitempty"`
	After  string  `json:"after,omitempty"`
	Words  []Piece `json:"words"`
}

// Tracked is a change of tasks with how the words became others.
type Tracked struct {
	Change
	Words []Piece `json:"words"`
}

// Comparison is everything in which a plan differs from the one before it. The
// approval and its date are not in it: every revision has its own.
type Comparison struct {
	Tasks []Tracked    `json:"tasks"`
	Parts []Difference `json:"parts"`
}

// Empty reports whether nothing differs.
func (c *Comparison) Empty() bool { return len(c.Tasks) == 0 && len(c.Parts) == 0 }

// Compare lists how b differs from a, the revision before it: the tasks as Changes
// does, then title, period, goals, measures and expected results.
func Compare(a, b Plan) Comparison {
	c := Comparison{Tasks: []Tracked{}, Parts: []Difference{}}
	for _, ch := range Changes(a, b) {
		t := Tracked{Change: ch, Words: []Piece{}}
		switch ch.Kind {
		case Reworded, Merged, Split:
			t.Words = Words(strings.Join(ch.Before, " "), strings.Join(ch.After, " "))
		}
		c.Tasks = append(c.Tasks, t)
	}
	c.part(TitlePart, 0, a.Title, b.Title)
	c.part(PeriodPart, 0, period(a), period(b))
	c.part(HeadingPart, 0, a.Heading, b.Heading)
	c.part(PreamblePart, 0, a.Preamble, b.Preamble)
	for i := range max(len(a.Goals), len(b.Goals)) {
		c.part(GoalPart, i+1, goalText(a, i), goalText(b, i))
	}
	c.measures(a, b)
	return c
}

func period(p Plan) string { return fmt.Sprintf("%d–%d", p.From, p.Until) }

func goalText(p Plan, i int) string {
	if i < len(p.Goals) {
		return p.Goals[i].Text
	}
	return ""
}

func (c *Comparison) part(part Part, number int, before, after string) {
	if before != after {
		c.Parts = append(c.Parts, Difference{part, number, before, after, Words(before, after)})
	}
}

func (c *Comparison) measures(a, b Plan) {
	of := continued(a, b)
	left := map[int]bool{}
	for _, m := range a.Measures {
		left[m.Number] = true
	}
	for _, m := range b.Measures {
		old, _ := a.Measure(of[m.Number])
		delete(left, old.Number)
		c.part(MeasurePart, m.Number, old.Text, m.Text)
		c.part(MappingPart, m.Number, goalNumberOf(old), goalNumberOf(m))
		c.results(m.Number, old.Results, m.Results)
	}
	for _, m := range a.Measures {
		if left[m.Number] {
			c.part(MeasurePart, m.Number, m.Text, "")
			c.results(m.Number, m.Results, nil)
		}
	}
}

func goalNumberOf(m Measure) string {
	if m.Goal == 0 {
		return ""
	}
	return fmt.Sprintf("%d.", m.Goal)
}

// continued says of each measure of b which measure of a it continues: the one
// that reads the same, else the one from which most of its tasks come, else the
// one with its number; each of a once, and 0 for a new one.
func continued(a, b Plan) map[int]int {
	of, taken := map[int]int{}, map[int]bool{}
	take := func(m, old int) {
		if _, done := of[m]; old > 0 && !done && !taken[old] {
			of[m], taken[old] = old, true
		}
	}
	for _, m := range b.Measures {
		for _, old := range a.Measures {
			if sameWords(old.Text, m.Text) {
				take(m.Number, old.Number)
			}
		}
	}
	for _, m := range b.Measures {
		take(m.Number, mostFrom(m))
	}
	for _, m := range b.Measures {
		if _, ok := a.Measure(m.Number); ok {
			take(m.Number, m.Number)
		}
	}
	return of
}

// mostFrom is the measure from which most tasks of a measure come; 0 for none.
func mostFrom(m Measure) (most int) {
	count := map[int]int{}
	for _, t := range m.Tasks {
		for _, f := range t.Follows {
			if count[f.Measure]++; count[f.Measure] > count[most] {
				most = f.Measure
			}
		}
	}
	return most
}

// mostResults is how many results a changed one is looked for among.
const mostResults = 50

// results notes how the expected results of a measure differ: those that read
// alike as changed, the others as left out and added.
func (c *Comparison) results(number int, a, b []string) {
	gone, came := slices.Clone(a), slices.Clone(b)
	pairs := text.Common(a, b)
	for _, p := range slices.Backward(pairs) {
		gone, came = slices.Delete(gone, p[0], p[0]+1), slices.Delete(came, p[1], p[1]+1)
	}
	for _, after := range came {
		best, at := leastAlike-1, -1
		for i, before := range gone[:min(len(gone), mostResults)] {
			if alike := bagOf(before).alike(bagOf(after)); alike > best {
				best, at = alike, i
			}
		}
		before := ""
		if at >= 0 {
			before = gone[at]
			gone = slices.Delete(gone, at, at+1)
		}
		c.part(ResultPart, number, before, after)
	}
	for _, before := range gone {
		c.part(ResultPart, number, before, "")
	}
}
