package minutes

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"padome/internal/locale"
	"padome/internal/problem"
)

// LineKind is what a line of an item's text is.
type LineKind string

const (
	ReportsLine   LineKind = "reports"   // Ziņo: …
	SpeaksLine    LineKind = "speaks"    // Izsakās: …
	VoteLine      LineKind = "vote"      // Balsojums: …
	DecidesLine   LineKind = "decides"   // Nolemj:
	ClauseLine    LineKind = "clause"    // 1.1. … below Nolemj:
	PostponedLine LineKind = "postponed" // Jautājums atlikts: …
	WithdrawnLine LineKind = "withdrawn" // Jautājums atsaukts: …
	NotedLine     LineKind = "noted"     // Informācija pieņemta zināšanai
	ParagraphLine LineKind = "paragraph" // anything else
)

var labelled = []LineKind{ReportsLine, SpeaksLine, VoteLine, DecidesLine, PostponedLine, WithdrawnLine, NotedLine}

// Line is one line of an item's text, read for what it is.
type Line struct {
	Kind   LineKind
	Number string // of a clause: "1.2."
	Text   string // what follows the label or the number
	Apart  bool   // an empty line stands before it
}

// Lines reads an item's text, which people edit as plain text: a line that
// begins with a known label in either language and tense is what the label
// says, a number below „Nolemj:” begins a clause, and anything else is a
// paragraph. A line that begins with a space is a paragraph whatever follows.
func Lines(s string) []Line {
	var lines []Line
	deciding, apart := false, false
	for raw := range strings.SplitSeq(s, "\n") {
		l := readLine(raw, deciding)
		if l.Text == "" && l.Kind == ParagraphLine {
			apart = true
			continue
		}
		if l.Kind != ParagraphLine && l.Kind != ClauseLine {
			deciding = l.Kind == DecidesLine
		}
		l.Apart, apart = apart, false
		lines = append(lines, l)
	}
	return lines
}

// clauseForm is a clause's number, or that of a point below one: "1.2.1."
var clauseForm = regexp.MustCompile(`^([0-9]{1,3}(?:\.[0-9]{1,3}){1,3}\.)\s+(\S.*)$`)

func readLine(raw string, deciding bool) Line {
	s := strings.TrimSpace(raw)
	if first, _ := utf8.DecodeRuneInString(raw); unicode.IsSpace(first) {
		return Line{Kind: ParagraphLine, Text: s}
	}
	if m := clauseForm.FindStringSubmatch(s); m != nil && deciding {
		return Line{Kind: ClauseLine, Number: m[1], Text: m[2]}
	}
	label, rest, colon := strings.Cut(s, ":")
	if !colon {
		label = strings.TrimSuffix(label, ".")
	}
	switch kind := labels()[strings.ToLower(strings.TrimSpace(label))]; {
	case kind == "", !colon && kind != NotedLine, kind == NotedLine && strings.TrimSpace(rest) != "":
		return Line{Kind: ParagraphLine, Text: s}
	default:
		return Line{Kind: kind, Text: strings.TrimSpace(rest)}
	}
}

// plain is a line that Lines reads as a paragraph, wherever it stands.
func plain(s string) string {
	s = strings.TrimSpace(s)
	if l := readLine(s, true); l.Kind != ParagraphLine {
		return " " + s
	}
	return s
}

// labels are the labels of lines in small letters, in both languages and
// tenses.
var labels = sync.OnceValue(func() map[string]LineKind {
	all := map[string]LineKind{}
	for _, lang := range locale.Langs {
		for _, kind := range labelled {
			for _, past := range []bool{false, true} {
				all[strings.ToLower(said(lang, past, "minutes.line."+string(kind)))] = kind
			}
		}
	}
	return all
})

// said is a message in the tense of the minutes. A message whose words do not
// change has no past form.
func said(lang locale.Lang, past bool, key string, args ...string) string {
	if past && locale.Has(key+".past") {
		key += ".past"
	}
	return locale.Text(lang, key, problem.Pairs(args...))
}

// text is the vote as minutes write it; no votes read „nav”.
func (v Vote) text(lang locale.Lang, past bool) string {
	if v.Consensus {
		return locale.Text(lang, "minutes.vote.consensus", nil)
	}
	s := strings.Join([]string{
		votes(lang, past, "minutes.vote.for", v.For),
		votes(lang, past, "minutes.vote.against", v.Against),
		votes(lang, past, "minutes.vote.abstain", v.Abstain),
	}, ", ")
	if v.Casting != "" {
		s += ", " + locale.Text(lang, "minutes.vote.casting", nil) + " – " + locale.Text(lang, "minutes.vote."+v.Casting, nil)
	}
	return s
}

func votes(lang locale.Lang, past bool, key string, n int) string {
	count := strconv.Itoa(n)
	if n == 0 {
		count = locale.Text(lang, "minutes.vote.none", nil)
	}
	return said(lang, past, key) + " – " + count
}

// readVote reads a vote back from what text writes, in either language and
// tense; false when a person has written something else.
func readVote(s string) (Vote, bool) {
	var v Vote
	w := voteWords()
	if s = strings.ToLower(strings.TrimSpace(strings.TrimSuffix(s, "."))); w[s] == "consensus" {
		return Vote{Consensus: true}, true
	}
	seen := map[string]bool{}
	for part := range strings.SplitSeq(s, ",") {
		label, value, ok := strings.Cut(part, "–")
		word, value := w[strings.TrimSpace(label)], strings.TrimSpace(value)
		if !ok || word == "" || seen[word] {
			return Vote{}, false
		}
		seen[word] = true
		if word == "casting" {
			if v.Casting = w[value]; v.Casting != CastFor && v.Casting != CastAgainst {
				return Vote{}, false
			}
			continue
		}
		n, err := strconv.ParseUint(value, 10, 10)
		if err != nil && w[value] != "none" {
			return Vote{}, false
		}
		switch word {
		case "for":
			v.For = int(n)
		case "against":
			v.Against = int(n)
		case "abstain":
			v.Abstain = int(n)
		}
	}
	return v, seen["for"] && seen["against"] && seen["abstain"]
}

// voteWords are the words of votes in small letters, in both languages and
// tenses, with what they mean.
var voteWords = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, lang := range locale.Langs {
		for _, word := range []string{"consensus", "for", "against", "abstain", "casting", "none"} {
			for _, past := range []bool{false, true} {
				all[said(lang, past, "minutes.vote."+word)] = word
			}
		}
	}
	return all
})
