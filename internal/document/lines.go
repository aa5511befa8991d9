package document

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pieces cuts s where a line may end; every renderer that breaks lines uses it.
// A piece keeps the spaces or the line end that close it. Lines end at spaces,
// but not at no-break spaces and not before a dash; after a hyphen, a dash or a
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
		return after != "" && after[0] != ' ' && after[0] != '\n' && !dashFirst(after) && !(ordinal(before) && lower(after))
	case '-', '–', '—', '/':
		return wordEnds(before) && wordStarts(after)
	}
	return false
}

// ordinal reports whether s ends with an ordinal number as Latvian writes it.
func ordinal(s string) bool {
	number, ok := strings.CutSuffix(s, ".")
	word := number[strings.LastIndexAny(number, " \u00a0\n(")+1:]
	return ok && word != "" && len(word) <= 4 && strings.Trim(word, "0123456789") == ""
}

func lower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
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
