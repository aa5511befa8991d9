// Package search makes the words of Latvian and English texts comparable: it
// folds letters, takes the endings off, and finds the words again in a text so
// that a reader sees why it was found.
package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Word is a word of a text, from its first byte to behind its last one, and the
// term under which all its forms are found.
type Word struct {
	From, To int
	Term     string
}

// maxTerm is how many bytes of a term are kept; no word of either language is
// longer.
const maxTerm = 48

// Fold writes a text in small letters without marks: Sēžu becomes sezu. Folding
// twice changes nothing.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	folded := b.String()
	if folded != s { // what was taken apart may have had capitals or marks inside
		return Fold(folded)
	}
	return folded
}

// Words are the words of a text that something can be found by, in their order:
// none for the small words that stand everywhere, and none inside an e-mail
// address.
func Words(text string) []Word {
	var all []Word
	for from := 0; from < len(text); {
		end := from + field(text[from:])
		if !strings.Contains(text[from:end], "@") {
			all = appendWords(all, text[from:end], from)
		}
		_, width := utf8.DecodeRuneInString(text[end:])
		from = end + max(width, 1)
	}
	return all
}

// field is how many bytes stand before the next white space.
func field(s string) int {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return i
	}
	return len(s)
}

// appendWords adds the words of a piece without white space that begins at a
// place of its text.
func appendWords(all []Word, s string, at int) []Word {
	from := -1
	for i, r := range s {
		switch inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r); {
		case inside && from < 0:
			from = i
		case !inside && from >= 0:
			all = appendWord(all, s, from, i, at)
			from = -1
		}
	}
	if from >= 0 {
		all = appendWord(all, s, from, len(s), at)
	}
	return all
}

func appendWord(all []Word, s string, from, to, at int) []Word {
	folded := Fold(s[from:to])
	if folded == "" || small[folded] {
		return all
	}
	return append(all, Word{at + from, at + to, Stem(folded)})
}

// small are words that stand everywhere and tell nothing.
var small = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("un ar par uz no ir kas pie ka ko vai lai bet kā to tā tas ja jo kad arī gan pēc " +
		"the of and to in for on an is are by at with as be or that this it") {
		m[Fold(w)] = true
	}
	return m
}()

// MaxTerms is how many different words of a query count.
const MaxTerms = 8

// Terms are the different terms of a query, the first MaxTerms of them.
func Terms(query string) []string {
	var terms []string
	for _, w := range Words(query) {
		if !slices.Contains(terms, w.Term) && len(terms) < MaxTerms {
			terms = append(terms, w.Term)
		}
	}
	return terms
}
