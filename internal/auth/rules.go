package auth

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"padome/internal/problem"
)

// Lengths of a password, in characters, and how many different ones it needs.
const (
	MinPassword  = 12
	MaxPassword  = 128
	minDifferent = 5
)

// CheckRules notes in l, under the field, why a password is not good enough for
// the account of that name: its length, a character repeated over and over, a
// common password in thin disguise, the account's own name. Which characters it
// is made of is free.
func CheckRules(l *problem.List, field, name, password string) {
	n := utf8.RuneCountInString(password)
	switch {
	case password == "":
		l.Add(field, "problem.password.missing")
	case !utf8.ValidString(password):
		l.Add(field, "problem.text.encoding")
	case n < MinPassword:
		l.Add(field, "problem.password.short", "least", strconv.Itoa(MinPassword), "length", strconv.Itoa(n))
	case n > MaxPassword:
		l.Add(field, "problem.password.long", "most", strconv.Itoa(MaxPassword), "length", strconv.Itoa(n))
	case different(password) < minDifferent:
		l.Add(field, "problem.password.simple", "least", strconv.Itoa(minDifferent))
	case containsName(password, name):
		l.Add(field, "problem.password.name")
	case common(password):
		l.Add(field, "problem.password.common")
	}
}

func different(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// containsName reports whether the account's name, or what stands before its @,
// is part of the password. Names of three letters occur by chance.
func containsName(password, name string) bool {
	local, _, _ := strings.Cut(Fold(name), "@")
	return len(local) > 3 && strings.Contains(bare(password), bare(local))
}

// ownWords are what people of this council would try first.
var ownWords = []string{
	"administrators", "alianse", "biedriba", "darbakartiba", "kabinets", "kanceleja",
	"kancelejas", "latvija", "latvijas", "lietotajs", "memoranda", "memorands",
	"ministru", "padome", "padomes", "parole", "parolite", "pilsoniska", "protokols",
	"sapulce", "secinajums", "sekretariats", "sede", "slepens", "valsts",
}

// commonPasswords are frequent passwords in lower case, one a line, sorted: all
// that are long enough for the rules, and as words the most frequent shorter ones.
//
//go:embed common-passwords.txt
var commonPasswords string

var commonWords = sync.OnceValue(func() []string {
	words := append(strings.Fields(commonPasswords), ownWords...)
	slices.Sort(words)
	return words
})

func isCommon(word string) bool {
	_, found := slices.BinarySearch(commonWords(), word)
	return found
}

// common reports whether a password is a common one, or its letters are one or
// two common words, however often repeated and whatever stands between them.
func common(password string) bool {
	s := bare(password)
	if isCommon(s) {
		return true
	}
	disguised := strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	return twoWords(letters(s)) || twoWords(letters(plain.Replace(disguised)))
}

// plain undoes the usual figures for letters.
var plain = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s")

func twoWords(s string) bool {
	for i := 4; i <= len(s); i++ {
		if !isCommon(s[:i]) {
			continue
		}
		if rest := strings.ReplaceAll(s, s[:i], ""); rest == "" || isCommon(rest) {
			return true
		}
	}
	return false
}

// bare is a text in lower case without diacritics.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, s)
}
