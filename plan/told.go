package plan

import (
	"strconv"
	"strings"

	"padome/internal/locale"
)

// Lines tells a comparison to people, one difference a line: what kind it is, where,
// and how the words became others. Words that went stand in [- -], those that came
// in {+ +}.
func (c *Comparison) Lines(lang locale.Lang) []string {
	var ls []string
	for _, t := range c.Tasks {
		key := "label.plan.change." + string(t.Kind)
		where := numbers(t.From)
		switch {
		case len(t.From) == 0:
			where = numbers(t.To)
		case t.Kind != Retired && numbers(t.To) != where:
			where += " → " + numbers(t.To)
		}
		text := Marked(t.Words)
		switch {
		case len(t.Words) > 0:
		case t.Kind == Retired:
			text = strings.Join(t.Before, " ")
		default:
			text = strings.Join(t.After, " ")
		}
		ls = append(ls, where+" "+locale.Text(lang, key, nil)+": "+text)
	}
	for _, d := range c.Parts {
		where := locale.Text(lang, "label.plan.part."+string(d.Part), locale.Args{"number": strconv.Itoa(d.Number)})
		ls = append(ls, where+": "+Marked(d.Words))
	}
	return ls
}

func numbers(rs []Ref) string {
	var s []string
	for _, r := range rs {
		s = append(s, r.Label())
	}
	return strings.Join(s, " + ")
}

// Legend shows how Marked marks what went and what came.
func Legend(lang locale.Lang) string {
	return Marked([]Piece{{Removed, locale.Text(lang, "label.plan.legend.removed", nil)}, {Inserted, locale.Text(lang, "label.plan.legend.added", nil)}})
}

// Marked is a text with its changes: words that went in [- -], those that came in
// {+ +}.
func Marked(pieces []Piece) string {
	var s []string
	for _, p := range pieces {
		switch p.Kind {
		case Removed:
			s = append(s, "[-"+p.Text+"-]")
		case Inserted:
			s = append(s, "{+"+p.Text+"+}")
		default:
			s = append(s, p.Text)
		}
	}
	return strings.Join(s, " ")
}

// Say tells a match that was found by likeness, for a person to confirm: which
// task, what it is thought to continue, and how sure that is.
func (m *Match) Say(lang locale.Lang) string {
	return locale.Text(lang, "label.plan.match", locale.Args{"task": m.Task.Label(), "follows": numbers(m.Follows), "sure": strconv.Itoa(m.Sure)})
}
