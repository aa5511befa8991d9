package locale

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// alphabet is the Latvian order as CLDR 48 has it. Every letter of it has its
// own place: ā comes after every word in a, č after c, ŗ after r, and y stands
// between i and ī. Letters of other languages sort as the letter they are built
// on (ä as a), and only then by their accent.
const alphabet = "aābcčdeēfgģhiyījkķlļmnņoōpqrŗsštuūvwxzž"

// signs sort before digits, digits before letters.
const signs = " _-–—―,;:!¡?¿.…·'‹›\"«»()[]{}§¶@*/\\&#%‰†‡•′″`´^¯¨¸°©®←→↑↓↔↕+±÷×<=≠>¬|¦~−⁄≈≤≥¤¢$£¥€№™"

// accents of other languages, in the order they sort in.
const accents = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304"

// built says what other characters are made of where Unicode does not: letters
// with a stroke (U+0338), two letters in one, and the variants of a sign.
var built = map[rune]string{
	'ł': "l\u0338", 'ø': "o\u0338", 'đ': "d\u0338", 'ħ': "h\u0338", 'ß': "ss", 'æ': "ae", 'œ': "oe",
	'\u00a0': " ", '‘': "'", '’': "'", '‚': "'", '‛': "'", '“': "\"", '”': "\"", '„': "\"",
}

// places are the first bytes of sort keys: 0 parts the levels, beyond starts a
// character that has no place of its own.
var places = func() (p [0x2300]byte) {
	next := byte(1)
	for _, r := range signs + "0123456789" + alphabet {
		p[r] = next
		next++
	}
	return p
}()

const beyond = 0xff

func place(r rune) byte {
	if int(r) < len(places) {
		return places[r]
	}
	return 0
}

// Compare orders two texts by the Latvian alphabet: negative when a comes first.
// Letters decide, then the accents of foreign letters, then case with the small
// letter first, then the code points, so that only equal texts are equal.
func Compare(a, b string) int {
	if a == b {
		return 0
	}
	return strings.Compare(SortKey(a), SortKey(b))
}

// SortKey is a text whose plain byte order is the order of Compare, for long
// lists and for ordered keys.
func SortKey(s string) string {
	n := len(s)
	k := sortKey{make([]byte, 0, 4*n+3), make([]byte, 0, n), make([]byte, 0, n)}
	for _, r := range norm.NFC.String(s) {
		k.add(r)
	}
	b := append(k.letters, 0)
	b = append(b, k.accents...)
	b = append(b, 0)
	b = append(b, k.cases...)
	b = append(b, 0)
	return string(append(b, s...))
}

// sortKey gathers the levels of a key.
type sortKey struct{ letters, accents, cases []byte }

func (k *sortKey) add(r rune) {
	small, level := unicode.ToLower(r), byte(1)
	if small != r {
		level = 2
	}
	if place(small) != 0 {
		k.letter(small, level)
		return
	}
	parts, ok := built[small]
	if !ok {
		parts = norm.NFD.String(string(small))
	}
	for _, p := range parts {
		if unicode.Is(unicode.Mn, p) {
			k.accents = append(k.accents, accent(p))
		} else {
			k.letter(p, level)
		}
	}
}

// accent is 1 on a letter without one, so that it comes before the others.
func accent(r rune) byte {
	if i := strings.IndexRune(accents, r); i >= 0 {
		return byte(2 + i)
	}
	return byte(2 + len(accents))
}

func (k *sortKey) letter(r rune, level byte) {
	if p := place(r); p != 0 {
		k.letters = append(k.letters, p)
	} else {
		k.letters = append(k.letters, beyond, byte(r>>16), byte(r>>8), byte(r))
	}
	k.accents = append(k.accents, 1)
	k.cases = append(k.cases, level)
}
