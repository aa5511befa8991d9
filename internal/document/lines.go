package document

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pieces cuts s where a line may end; every renderer that breaks lines uses it.
// A piece keeps the spaces or the line end that close it. Lines end at spaces,
// but not at no-break spaces, before a dash, or where a typist should have set a
// no-break space ("J. Bērziņš", "Nr. 5", "31. janvārī"); after a hyphen, a dash or a
// slash between words, but never at one beside a digit ("2024.–2026.",
// "LV-4701") or a single letter ("e-pasts").
func Pieces(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start := 0
		for at := 0; at < len(s); {
			r, size := utf8.DecodeRuneInString(s[at:])
			next := at + size
			if mayEnd(s[:at], r, s[next:]) {
				if !yield(s[start:next]) {
					return
				}
				start = next
			}
			at = next
		}
		if start < len(s) {
			yield(s[start:])
		}
	}
}

func mayEnd(before string, r rune, after string) bool {
	switch r {
	case '\n':
		return true
	case ' ':
		return after != "" && after[0] != ' ' && after[0] != '\n' && !held(before, after)
	case '-', '–', '—', '/':
		return wordEnds(before) && wordStarts(after)
	}
	return false
}

// held reports whether a space keeps what is before and after it on one line.
func held(before, after string) bool { return dashFirst(after) || bound(before, after) }

// bound reports whether the space between two texts holds them together: an
// ordinal and what it counts, an initial and a surname, a sign and its number, the
// thousands of a number, a number and its unit, a page and how many there are.
func bound(before, after string) bool {
	word := lastWord(before)
	next, _ := utf8.DecodeRuneInString(after)
	switch {
	case ordinal(word):
		return unicode.IsLower(next)
	case initial(word):
		return unicode.IsUpper(next)
	case slices.Contains(signs, word):
		return unicode.IsDigit(next)
	case digits(word):
		return len(word) <= 3 && thousands(after) || unit(after) || total(after)
	}
	return false
}

// Signs that stand before a number; units that stand behind one.
var (
	signs = []string{"Nr.", "nr.", "No.", "plkst.", "Plkst.", "§"}
	units = []string{"%", "€", "EUR", "euro", "eiro", "lp.", "lpp.", "min"}
)

// initial reports whether a word is a letter of a name ("J.", "Dz.").
func initial(word string) bool {
	letters := strings.TrimSuffix(word, ".")
	first, n := utf8.DecodeRuneInString(letters)
	rest := letters[n:]
	return letters != word && unicode.IsUpper(first) && (rest == "" || first == 'D' && (rest == "z" || rest == "ž"))
}

func digits(word string) bool { return word != "" && strings.Trim(word, "0123456789,") == "" }

// thousands reports whether s starts with three digits of a number.
func thousands(s string) bool {
	n := len(s) - len(strings.TrimLeft(s, "0123456789"))
	return n == 3
}

func unit(s string) bool {
	end := strings.IndexAny(s, " \u00a0\n,;)")
	if end < 0 {
		end = len(s)
	}
	return slices.Contains(units, s[:end])
}

// total reports whether s starts with a number in brackets, as in the page „2 (4)”.
func total(s string) bool {
	n, _, closed := strings.Cut(strings.TrimPrefix(s, "("), ")")
	return closed && s != "" && s[0] == '(' && n != "" && strings.Trim(n, "0123456789") == ""
}

// ordinal reports whether a word is an ordinal number as Latvian writes it.
func ordinal(word string) bool {
	number, ok := strings.CutSuffix(word, ".")
	return ok && number != "" && len(number) <= 4 && strings.Trim(number, "0123456789") == ""
}

// lastWord is what stands at the end of s behind a space, a bracket or a mark of
// quotation.
func lastWord(s string) string {
	i := strings.LastIndexAny(s, " \u00a0\n(„“\"")
	if i < 0 {
		return s
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return s[i+n:]
}

// dashFirst reports whether s starts with a dash that stands alone.
func dashFirst(s string) bool {
	for _, dash := range []string{"–", "—", "-"} {
		if rest, ok := strings.CutPrefix(s, dash); ok {
			return rest == "" || rest[0] == ' '
		}
	}
	return false
}

// wordEnds and wordStarts look for two letters beside the place.
func wordEnds(s string) bool {
	last, n := utf8.DecodeLastRuneInString(s)
	before, _ := utf8.DecodeLastRuneInString(s[:len(s)-n])
	return unicode.IsLetter(last) && unicode.IsLetter(before)
}

func wordStarts(s string) bool {
	first, n := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[n:])
	return unicode.IsLetter(first) && unicode.IsLetter(second)
}
