package locale

import (
	"strconv"
	"strings"
)

// Category is which form of a word goes with a number.
type Category string

const (
	One   Category = "one"   // 1, 21 jautājums
	Other Category = "other" // 2 jautājumi
	Zero  Category = "zero"  // 10, 11 jautājumu; Latvian only
)

// Plural is the category of a whole number in a language.
func Plural(lang Lang, n int) Category {
	last, lastTwo := n%10, n%100
	if n < 0 {
		last, lastTwo = -last, -lastTwo
	}
	switch {
	case lang == EN && (n == 1 || n == -1):
		return One
	case lang == EN:
		return Other
	case last == 0 || lastTwo >= 11 && lastTwo <= 19:
		return Zero
	case last == 1:
		return One
	}
	return Other
}

// Number writes a whole number, or decimal digits with a point, as the language
// does: 1 234 567,5 with no-break spaces, four digits ungrouped; in English
// 1,234,567.5. A text that is no number comes back in marks.
func Number[N int | string](lang Lang, n N) string {
	var s string
	switch v := any(n).(type) {
	case int:
		s = strconv.Itoa(v)
	case string:
		s = v
	}
	b, ok := appendNumber(nil, lang, s)
	if !ok {
		return mark(s)
	}
	return string(b)
}

// List joins items as a sentence does: a, b un c; a, b and c.
func List(lang Lang, items []string) string {
	return string(appendList(nil, lang, strings.Join(items, "\n")))
}

func appendNumber(b []byte, lang Lang, s string) ([]byte, bool) {
	whole, negative := strings.CutPrefix(s, "-")
	whole, fraction, point := strings.Cut(whole, ".")
	if !isDigits(whole) || point && !isDigits(fraction) {
		return b, false
	}
	group, comma, ungrouped := "\u00a0", byte(','), 4
	if lang == EN {
		group, comma, ungrouped = ",", '.', 3
	}
	if negative {
		b = append(b, "−"...)
	}
	for i := range len(whole) {
		if left := len(whole) - i; i > 0 && left%3 == 0 && len(whole) > ungrouped {
			b = append(b, group...)
		}
		b = append(b, whole[i])
	}
	if point {
		b = append(b, comma)
		b = append(b, fraction...)
	}
	return b, true
}

func isDigits(s string) bool {
	_, ok := digits(s)
	return ok && s != ""
}

func appendList(b []byte, lang Lang, lines string) []byte {
	and := " un "
	if lang == EN {
		and = " and "
	}
	for first := true; ; first = false {
		item, rest, more := strings.Cut(lines, "\n")
		switch {
		case !first && more:
			b = append(b, ", "...)
		case !first:
			b = append(b, and...)
		}
		b = append(b, item...)
		if !more {
			return b
		}
		lines = rest
	}
}
