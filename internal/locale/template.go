package locale

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// template is a text cut at its placeholders, ready to be filled in one pass.
type template []part

// part is some literal text and the placeholder after it; the last part of a
// text may have none.
type part struct {
	literal string
	name    string
	form    string   // "", a Form, "time", "clock", "number", "list", "either", "plural", "several", "named"
	words   []string // of "plural": one, other and perhaps zero; of "several": one, more; of "named": the area
}

var forms = []string{
	string(Nominative), string(Of), string(Until), string(On), string(Weekday), string(Short), string(MonthYear),
	"time", "clock", "number", "list", "either",
}

// parse cuts a text at its placeholders. It fails on a brace without its
// fellow, a name that is none, a form that does not exist and a number of
// plural words that the language does not have.
func parse(lang Lang, s string) (template, error) {
	var t template
	for {
		i := strings.IndexAny(s, "{}")
		if i < 0 {
			if s != "" || len(t) == 0 {
				t = append(t, part{literal: s})
			}
			return t, nil
		}
		n := strings.IndexAny(s[i+1:], "{}")
		if s[i] == '}' || n < 0 || s[i+1+n] == '{' {
			return nil, fmt.Errorf("brace without its fellow: %q", s[i:])
		}
		p, err := parsePlaceholder(lang, s[i+1:i+1+n])
		if err != nil {
			return nil, err
		}
		p.literal = s[:i]
		t, s = append(t, p), s[i+n+2:]
	}
}

func parsePlaceholder(lang Lang, s string) (part, error) {
	end := strings.IndexAny(s, ":|")
	if end < 0 {
		end = len(s)
	}
	p := part{name: s[:end]}
	if !isName(p.name) {
		return part{}, fmt.Errorf("placeholder without a name: {%s}", s)
	}
	if end == len(s) {
		return p, nil
	}
	rest := s[end+1:]
	area, named := strings.CutPrefix(rest, "@")
	several, listed := strings.CutPrefix(rest, "|")
	switch {
	case s[end] == '|' && listed:
		p.form, p.words = "several", strings.Split(several, "|")
		if len(p.words) != 2 {
			return part{}, fmt.Errorf("%d words for one and more: {%s}", len(p.words), s)
		}
	case s[end] == '|' || strings.Contains(rest, "|"):
		p.form, p.words = "plural", strings.Split(rest, "|")
		if n := len(p.words); n != 2 && (n != 3 || lang == EN) {
			return part{}, fmt.Errorf("%d plural words: {%s}", n, s)
		}
	case named && area != "":
		p.form, p.words = "named", []string{area}
	case slices.Contains(forms, rest):
		p.form = rest
	default:
		return part{}, fmt.Errorf("unknown form: {%s}", s)
	}
	return p, nil
}

func isName(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_' {
			return false
		}
	}
	return s != ""
}

// fill writes the text with its placeholders filled. The values are not looked
// into, so that a brace in a value stays a brace.
func (t template) fill(lang Lang, args Args) string {
	if len(t) == 1 && t[0].name == "" {
		return t[0].literal
	}
	var room [256]byte
	b := room[:0]
	for i := range t {
		p := &t[i]
		b = append(b, p.literal...)
		if p.name == "" {
			continue
		}
		v, ok := args[p.name]
		if ok {
			b, ok = p.append(b, lang, v)
		}
		if !ok {
			b = append(b, mark(p.name)...)
		}
	}
	return string(b)
}

// append writes a value in the placeholder's form; false, and nothing written,
// where the value cannot take it.
func (p *part) append(b []byte, lang Lang, v string) ([]byte, bool) {
	switch p.form {
	case "":
		return append(b, v...), true
	case "time", "clock":
		return appendTime(b, lang, v, p.form == "time")
	case "number":
		return appendNumber(b, lang, v)
	case "list":
		return appendList(b, lang, v), true
	case "either":
		return append(b, either(lang, v)...), true
	case "plural":
		n, err := strconv.Atoi(v)
		if err != nil {
			return b, false
		}
		return append(b, p.word(Plural(lang, n))...), true
	case "several": // beside a list, where the number itself is not told: 21 things are many
		n, err := strconv.Atoi(v)
		if err != nil {
			return b, false
		}
		return append(b, p.words[min(max(n-1, 0), 1)]...), true
	case "named":
		return append(b, Text(lang, p.words[0]+"."+v, nil)...), true
	}
	return appendDate(b, lang, v, Form(p.form))
}

func (p *part) word(c Category) string {
	switch {
	case c == One:
		return p.words[0]
	case c == Zero && len(p.words) == 3:
		return p.words[2]
	}
	return p.words[1]
}

// either is a name that a value has in both languages, one to a line: Latvian,
// then English; a single line is the name in both.
func either(lang Lang, v string) string {
	lv, en, both := strings.Cut(v, "\n")
	if both && lang == EN {
		return en
	}
	return lv
}
