package plan

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"padome/internal/problem"
	"padome/internal/text"
)

// line is a line of the plan's text that holds something.
type line struct {
	n    int    // its number in the file, from 1
	text string // in normal form, white space collapsed to single blanks
	page bool   // first of a page: a blank or a form feed stands before it
	gap  bool   // first after two or more empty lines
	mark string // the bullet of a task's first line, which the text has lost
}

// pageNumber is a line that is page furniture where it stands at a form feed.
var pageNumber = regexp.MustCompile(`^\d{1,3}$`)

// split cuts a text into its lines that hold something, and leaves out page
// numbers. The white space that extraction put into lines says nothing about the
// words, so that runs of it become one blank. It notes in faults each line with a
// character that no document may hold.
func split(raw []byte, faults *problem.List) []line {
	var lines []line
	feed, empty := false, 0
	n := 0
	for s := range strings.Lines(norm.NFC.String(lineEnds.Replace(string(raw)))) {
		n++
		if strings.Contains(s, "\f") {
			if last := len(lines) - 1; last >= 0 && pageNumber.MatchString(lines[last].text) {
				lines = lines[:last]
			}
			feed = true
		}
		l := line{n: n, text: strings.Join(strings.Fields(s), " "), gap: empty > 1}
		if l.text == "" {
			empty++
			continue
		}
		empty = 0
		if feed && pageNumber.MatchString(l.text) {
			continue
		}
		first, _ := utf8.DecodeRuneInString(s)
		l.page, feed = feed || unicode.IsSpace(first), false
		if r, at, bad := text.Unprintable(l.text); bad {
			faults.Add(lineField(n), "problem.plan.character",
				"line", strconv.Itoa(n), "character", text.Name(r), "position", strconv.Itoa(at))
		}
		lines = append(lines, l)
	}
	return lines
}

// lineEnds makes every line end \n, and a bullet of the Symbol font the one that
// it draws.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\uf0b7", "•")

func lineField(n int) string { return "line[" + strconv.Itoa(n) + "]" }

// join puts lines together to one text: with a blank between them, but none after
// a dash that ends a line inside a range or a word (2022.– and 2025. gadam).
func join(lines []line) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 && !dashed(lines[i-1].text) {
			b.WriteByte(' ')
		}
		b.WriteString(l.text)
	}
	return b.String()
}

func dashed(s string) bool {
	before, found := strings.CutSuffix(s, "–")
	if !found {
		before, found = strings.CutSuffix(s, "-")
	}
	return found && before != "" && !strings.HasSuffix(before, " ")
}

// ends reports whether a line ends a sentence or a task: by its mark, unless that
// is the full stop of an ordinal number or an abbreviation.
func ends(s string) bool {
	s = strings.TrimRight(s, `"”“’»)]`)
	before, stop := strings.CutSuffix(s, ".")
	if !stop {
		return strings.HasSuffix(s, ";") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?")
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	word := before[strings.LastIndex(before, " ")+1:]
	return !unicode.IsDigit(last) && !slices.Contains(abbreviations, strings.ToLower(strings.TrimLeft(word, "(")))
}

// abbreviations are written with a full stop in the middle of sentences.
var abbreviations = []string{"u.c", "utt", "u.tml", "tml", "t.sk", "t.i", "piem", "nr", "plkst", "sk", "c"}

// capital reports whether a line begins with a capital letter, perhaps in quotes
// or brackets.
func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, `"„“«([`))
	return unicode.IsUpper(r)
}

// furniture counts the lines at the start of ls that together are one of some
// fixed texts, however it was broken into lines; 0 when they are none. The longest
// text wins.
func furniture(ls []line, texts ...string) int {
	longest := 0
	for _, t := range texts {
		rest := compact(t)
		for i, l := range ls {
			var ok bool
			if rest, ok = strings.CutPrefix(rest, compact(l.text)); !ok {
				break
			}
			if rest == "" {
				longest = max(longest, i+1)
				break
			}
		}
	}
	return longest
}

func compact(s string) string { return strings.ReplaceAll(s, " ", "") }
