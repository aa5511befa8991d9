package search

import (
	"strings"
	"unicode/utf8"
)

// endings of Latvian declensions, folded, and of English plurals; the longest
// that leaves a stem goes. One is taken off, never two.
var endings = []string{
	"ajiem", "ajam", "ajai", "ajas", "ajos", "ajus",
	"iem", "ais", "ies", "aja", "ajo",
	"am", "em", "im", "um", "as", "es", "is", "os", "us", "ai", "ei", "ie", "ij",
	"a", "e", "i", "o", "u", "y", "s",
}

// Stem is the part that all forms of a folded word have in common: sēde, sēdes
// and sēžu are one word. A word with a digit stays as it is.
func Stem(folded string) string {
	if strings.ContainsAny(folded, "0123456789") {
		return cut(folded)
	}
	stem := folded
	for _, e := range endings {
		if rest, ok := strings.CutSuffix(folded, e); ok && isStem(rest) {
			stem = rest
			break
		}
	}
	return cut(softened(stem))
}

// isStem reports whether what is left can carry an ending: two letters, one of
// them a vowel.
func isStem(s string) bool {
	return utf8.RuneCountInString(s) >= 2 && strings.ContainsAny(s, "aeiouy")
}

// softened undoes what a declension does to the last consonants. Folding made
// š and ž one with s and z already; t and d join them (bite, bišu; sēde, sēžu), j
// goes after a lip sound (upe, upju), and doubled letters become one.
func softened(s string) string {
	if n := len(s); n > 2 && s[n-1] == 'j' && strings.ContainsRune("bmpv", rune(s[n-2])) {
		s = s[:n-1]
	}
	switch s[max(len(s)-1, 0):] {
	case "t":
		s = s[:len(s)-1] + "s"
	case "d":
		s = s[:len(s)-1] + "z"
	}
	for n := len(s); n > 2 && s[n-1] == s[n-2] && s[n-1] < utf8.RuneSelf; n = len(s) {
		s = s[:n-1]
	}
	return s
}

// cut keeps a term within maxTerm bytes of whole characters.
func cut(s string) string {
	if len(s) <= maxTerm {
		return s
	}
	s = s[:maxTerm]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s
}
