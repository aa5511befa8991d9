package document

import "strings"

const noBreak = "\u00a0"

// Bind is s with no-break spaces where Pieces ends no line at a space, for forms
// whose lines somebody else breaks: a browser, a word processor. Wherever a line of
// the PDF or of plain text may end, theirs may.
func Bind(s string) string { return Plain(s).Bound().String() }

// Bound is the text with its styles as Bind has it; what belongs together is seen
// across them.
func (t Text) Bound() Text {
	whole := t.String()
	if !strings.Contains(whole, " ") {
		return t
	}
	all, at := make(Text, len(t)), 0
	for i, s := range t {
		all[i] = s
		all[i].Text = boundWithin(whole, at, at+len(s.Text))
		at += len(s.Text)
	}
	return all
}

// boundWithin is a stretch of a text, bound as the whole of it demands. Spaces that
// follow each other go by the last of them.
func boundWithin(whole string, from, until int) string {
	var b strings.Builder
	start := from
	for at := from; at < until; at++ {
		if whole[at] != ' ' {
			continue
		}
		last := len(whole) - len(strings.TrimLeft(whole[at:], " ")) - 1
		if !held(whole[:last], whole[last+1:]) {
			continue
		}
		b.WriteString(whole[start:at])
		b.WriteString(noBreak)
		start = at + 1
	}
	if start == from {
		return whole[from:until]
	}
	b.WriteString(whole[start:until])
	return b.String()
}
