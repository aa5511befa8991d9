// Package text holds the rule for texts that people enter and that are printed
// in official documents: one normal form, no invisible characters, only
// characters the document font can draw.
package text

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"padome/internal/problem"
)

// NoBreak is the no-break space that joins an initial and a surname.
const NoBreak = "\u00a0"

// Line tidies a one-line text in place (trimmed, NFC, inner white space single)
// and notes in l what is wrong with it: shorter than least or longer than most
// characters, or a character that cannot be printed.
func Line(l *problem.List, field string, s *string, least, most int) {
	*s = norm.NFC.String(strings.TrimSpace(strings.Join(strings.FieldsFunc(*s, breaking), " ")))
	check(l, field, *s, least, most)
}

// Block tidies a text of several paragraphs in place (NFC, line ends as \n,
// trimmed) and notes in l what is wrong with it, as Line does.
func Block(l *problem.List, field string, s *string, least, most int) {
	t := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(*s)
	*s = norm.NFC.String(strings.TrimSpace(t))
	check(l, field, strings.ReplaceAll(*s, "\n", " "), least, most)
}

func breaking(r rune) bool { return r == ' ' || r == '\n' || r == '\r' || r == '\t' }

func check(l *problem.List, field, s string, least, most int) {
	n := utf8.RuneCountInString(s)
	switch {
	case !utf8.ValidString(s):
		l.Add(field, "problem.text.encoding")
		return
	case n == 0 && least > 0:
		l.Add(field, "problem.text.missing")
		return
	case n < least:
		l.Add(field, "problem.text.short", "least", strconv.Itoa(least), "length", strconv.Itoa(n))
	case n > most:
		l.Add(field, "problem.text.long", "most", strconv.Itoa(most), "length", strconv.Itoa(n))
	}
	if r, at, bad := Unprintable(s); bad {
		l.Add(field, "problem.text.character", "character", Name(r), "position", strconv.Itoa(at))
	}
}

// Unprintable finds the first character that no document may hold: control,
// formatting, or outside what the document font draws. Position counts
// characters from 1.
func Unprintable(s string) (r rune, position int, found bool) {
	for _, r := range s {
		position++
		if !Printable(r) {
			return r, position, true
		}
	}
	return 0, 0, false
}

// Printable reports whether a character may stand in a document.
func Printable(r rune) bool {
	return r == ' ' || unicode.Is(printable, r)
}

// Name shows a character so that a reader can find it: the code point, and the
// character itself where it is visible by itself.
func Name(r rune) string {
	if unicode.IsGraphic(r) && !unicode.In(r, unicode.Zs, unicode.M) {
		return fmt.Sprintf("%c (U+%04X)", r, r)
	}
	return fmt.Sprintf("U+%04X", r)
}

// printable is what people write in Latvian official papers and their names;
// a test of internal/pdf holds every one of these to the document font.
var printable = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x0021, 0x007e, 1}, // Basic Latin
		{0x00a0, 0x00ac, 1}, // Latin-1, without the soft hyphen
		{0x00ae, 0x00ff, 1},
		{0x0100, 0x017f, 1}, // Latin Extended-A
		{0x0192, 0x0192, 1},
		{0x0218, 0x021b, 1}, // Romanian comma below
		{0x0386, 0x0386, 1}, // Greek
		{0x0388, 0x038a, 1},
		{0x038c, 0x038c, 1},
		{0x038e, 0x03a1, 1},
		{0x03a3, 0x03ce, 1},
		{0x0400, 0x045f, 1}, // Cyrillic
		{0x0490, 0x0491, 1},
		{0x1e80, 0x1e85, 1}, // Welsh
		{0x1ef2, 0x1ef3, 1},
		{0x2013, 0x2015, 1}, // dashes
		{0x2018, 0x201e, 1}, // quotes
		{0x2020, 0x2022, 1},
		{0x2026, 0x2026, 1},
		{0x2030, 0x2030, 1},
		{0x2032, 0x2033, 1},
		{0x2039, 0x203a, 1},
		{0x2044, 0x2044, 1},
		{0x20ac, 0x20ac, 1}, // euro
		{0x2116, 0x2116, 1}, // numero
		{0x2122, 0x2122, 1},
		{0x2190, 0x2195, 1}, // arrows
		{0x2212, 0x2212, 1},
		{0x2248, 0x2248, 1},
		{0x2260, 0x2260, 1},
		{0x2264, 0x2265, 1},
	},
	LatinOffset: 3,
}
