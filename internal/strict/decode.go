// Package strict reads JSON that is to be believed only if it is exactly what was
// asked for, and says of everything else where it is and what is wrong with it.
package strict

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"padome/internal/problem"
)

// maxDepth is how deep JSON may be nested.
const maxDepth = 32

// Decode is json.Unmarshal for input that is to be believed only if it is
// exactly what was asked for: no field that is not there, none twice, none in
// other letter case, no null where there must be a value, nothing after the
// end. It tells all faults at once. Struct tags may not say ",string".
func Decode(body []byte, v any) error {
	switch {
	case len(bytes.TrimSpace(body)) == 0:
		return problem.New(Malformed, "problem.request.empty")
	case !utf8.Valid(body):
		return problem.New(Malformed, "problem.request.encoding")
	}
	var whole json.RawMessage
	if err := json.Unmarshal(body, &whole); err != nil {
		return syntaxProblem(body, err)
	}
	var faults problem.List
	root, err := Parse(body, &faults)
	if problem.KindOf(err) != "" {
		return err
	}
	if err != nil {
		return syntaxProblem(body, err)
	}
	Check(&faults, root, reflect.TypeOf(v).Elem(), "")
	if err := faults.Err(); err != nil {
		return err
	}
	if err := json.Unmarshal(body, v); err != nil {
		return syntaxProblem(body, err)
	}
	return nil
}

// Parse reads well-formed JSON as Object, []any, string, json.Number, bool or nil
// and notes members that come twice.
func Parse(body []byte, faults *problem.List) (any, error) {
	r := reader{dec: json.NewDecoder(bytes.NewReader(body)), faults: faults}
	r.dec.UseNumber()
	return r.value("", 0)
}

// Malformed is the kind of a refusal of what is no JSON.
const Malformed problem.Kind = "malformed"

// Clip shortens a value that is shown back to its sender.
func Clip(s string) string {
	const most = 100
	s = strings.ToValidUTF8(s, "\uFFFD")
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// syntaxProblem says in which line and at which byte of it the JSON breaks off.
func syntaxProblem(body []byte, err error) error {
	at := len(body)
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		at = min(max(int(e.Offset)-1, 0), at)
	}
	line := 1 + bytes.Count(body[:at], []byte("\n"))
	column := at - bytes.LastIndexByte(body[:at], '\n')
	return problem.New(Malformed, "problem.request.json", "line", strconv.Itoa(line), "column", strconv.Itoa(column))
}

// Object is a JSON object with its members in the order they came.
type Object []Member

// Member is a field of an object.
type Member struct {
	Name  string
	Value any // Object, []any, string, json.Number, bool or nil
}

// reader reads well-formed JSON and notes members that come twice.
type reader struct {
	dec    *json.Decoder
	faults *problem.List
}

func (r *reader) value(path string, depth int) (any, error) {
	if depth > maxDepth {
		return nil, problem.New(Malformed, "problem.request.depth", "most", strconv.Itoa(maxDepth))
	}
	token, err := r.dec.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		return r.object(path, depth)
	case json.Delim('['):
		return r.list(path, depth)
	}
	return token, nil
}

func (r *reader) object(path string, depth int) (any, error) {
	members := Object{}
	seen := map[string]bool{}
	for r.dec.More() {
		token, err := r.dec.Token()
		if err != nil {
			return nil, err
		}
		name := token.(string) // of well-formed JSON
		if seen[name] {
			r.faults.Add(Join(path, name), "problem.request.twice")
		}
		seen[name] = true
		v, err := r.value(Join(path, name), depth+1)
		if err != nil {
			return nil, err
		}
		members = append(members, Member{name, v})
	}
	_, err := r.dec.Token() // the closing brace
	return members, err
}

func (r *reader) list(path string, depth int) (any, error) {
	values := []any{}
	for r.dec.More() {
		v, err := r.value(Element(path, len(values)), depth+1)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	_, err := r.dec.Token() // the closing bracket
	return values, err
}

// Join is the path of a field; a name as long as a book is shortened.
func Join(path, name string) string {
	if path == "" {
		return Clip(name)
	}
	return path + "." + Clip(name)
}

// Element is the path of an element of a list.
func Element(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }
