package templates

import (
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"time"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
)

// Tag is a state in one word or two. Its colour says the same once more: grey,
// blue, green, yellow, red.
type Tag struct {
	Text   string
	Colour string
}

// Row is one line of a summary list: a name, its value and what can be done
// about it.
type Row struct {
	Name   string
	Value  string
	Change Action // none when its Href is ""
}

// Action is a link that does something; About is read out with it, since
// "change" alone says little.
type Action struct {
	Text  string
	Href  string
	About string
}

// Task is one line of a task list. Without Href it cannot be begun yet.
type Task struct {
	Title string
	Hint  string
	Href  string
	State Tag
}

// Event is one entry of a history, in words.
type Event struct {
	At   time.Time
	What string
	Who  string
	Note string
}

// Pager leads to the neighbours of one part of a list.
type Pager struct {
	Newer string // path; "" for none
	Older string
}

// Send is the button of a form. Kind is "" for the main one, secondary, warning
// or link.
type Send struct {
	Text  string // a key
	Kind  string
	Name  string
	Value string
}

// functions are what pages may call beside the methods of their own types.
func functions(lang locale.Lang, static *Static) template.FuncMap {
	return template.FuncMap{
		"t":       func(key string, args ...any) string { return message(lang, key, args) },
		"static":  static.Path,
		"lang":    func() locale.Lang { return lang },
		"date":    func(d any, form string) string { return locale.Date(lang, text(d), locale.Form(form)) },
		"clock":   func(c any) string { return locale.Time(lang, text(c)) },
		"moment":  func(t time.Time) string { return moment(lang, t) },
		"iso":     func(t time.Time) string { return t.In(council.Riga).Format(time.RFC3339) },
		"number":  func(n int) string { return locale.Number(lang, n) },
		"str":     text,
		"send":    func(key string) Send { return Send{Text: key} },
		"less":    func(key string) Send { return Send{Text: key, Kind: "secondary"} },
		"warning": func(key string) Send { return Send{Text: key, Kind: "warning"} },
		"tag":     func(colour, text string) Tag { return Tag{text, colour} },
		"choices": func(area string, values ...string) []Choice { return choices(lang, area, values) },
	}
}

// moment is a point in time as people write it, in Riga.
func moment(lang locale.Lang, t time.Time) string {
	local := t.In(council.Riga)
	return locale.Text(lang, "page.moment", problem.Pairs("date", local.Format(time.DateOnly), "time", local.Format("15:04")))
}

// text is a value of one of the domain's kinds of text, or a whole number, as
// messages take it.
func text(v any) string {
	r := reflect.ValueOf(v)
	switch {
	case r.Kind() == reflect.String:
		return r.String()
	case r.CanInt():
		return strconv.FormatInt(r.Int(), 10)
	}
	return fmt.Sprint(v)
}

// message is the text of a key with name, value pairs as arguments.
func message(lang locale.Lang, key string, args []any) string {
	words := make([]string, len(args))
	for i, a := range args {
		words[i] = text(a)
	}
	return locale.Text(lang, key, problem.Pairs(words...))
}

// choices are values that have names in an area of the catalogue.
func choices(lang locale.Lang, area string, values []string) []Choice {
	all := make([]Choice, len(values))
	for i, v := range values {
		all[i] = Choice{Value: v, Text: locale.Text(lang, area+"."+v, nil)}
	}
	return all
}
