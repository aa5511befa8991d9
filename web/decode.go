package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"unicode/utf8"

	"padome/internal/problem"
)

// maxDepth is how deep the JSON of a request may be nested.
const maxDepth = 32

// decode is json.Unmarshal for input that is to be believed only if it is
// exactly what was asked for: no field that is not there, none twice, none in
// other letter case, no null where there must be a value, nothing after the
// end. It tells all faults at once. Struct tags may not say ",string".
func decode(body []byte, v any) error {
	switch {
	case len(bytes.TrimSpace(body)) == 0:
		return problem.New(malformed, "problem.request.empty")
	case !utf8.Valid(body):
		return problem.New(malformed, "problem.request.encoding")
	}
	var whole json.RawMessage
	if err := json.Unmarshal(body, &whole); err != nil {
		return syntaxProblem(body, err)
	}
	r := reader{dec: json.NewDecoder(bytes.NewReader(body))}
	r.dec.UseNumber()
	root, err := r.value("", 0)
	if problem.KindOf(err) != "" {
		return err
	}
	if err != nil {
		return syntaxProblem(body, err)
	}
	check(&r.faults, root, reflect.TypeOf(v).Elem(), "")
	if err := r.faults.Err(); err != nil {
		return err
	}
	if err := json.Unmarshal(body, v); err != nil {
		return syntaxProblem(body, err)
	}
	return nil
}

// syntaxProblem says in which line and at which byte of it the JSON breaks off.
func syntaxProblem(body []byte, err error) error {
	at := len(body)
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		at = min(max(int(e.Offset)-1, 0), at)
	}
	line := 1 + bytes.Count(body[:at], []byte("\n"))
	column := at - bytes.LastIndexByte(body[:at], '\n')
	return problem.New(malformed, "problem.request.json", "line", strconv.Itoa(line), "column", strconv.Itoa(column))
}

// object is a JSON object with its members in the order they came.
type object []member

type member struct {
	name  string
	value any // object, []any, string, json.Number, bool or nil
}

// reader reads well-formed JSON and notes members that come twice.
type reader struct {
	dec    *json.Decoder
	faults problem.List
}

func (r *reader) value(path string, depth int) (any, error) {
	if depth > maxDepth {
		return nil, problem.New(malformed, "problem.request.depth", "most", strconv.Itoa(maxDepth))
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
	members := object{}
	seen := map[string]bool{}
	for r.dec.More() {
		token, err := r.dec.Token()
		if err != nil {
			return nil, err
		}
		name := token.(string) // of well-formed JSON
		if seen[name] {
			r.faults.Add(join(path, name), "problem.request.twice")
		}
		seen[name] = true
		v, err := r.value(join(path, name), depth+1)
		if err != nil {
			return nil, err
		}
		members = append(members, member{name, v})
	}
	_, err := r.dec.Token() // the closing brace
	return members, err
}

func (r *reader) list(path string, depth int) (any, error) {
	values := []any{}
	for r.dec.More() {
		v, err := r.value(element(path, len(values)), depth+1)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	_, err := r.dec.Token() // the closing bracket
	return values, err
}

// join is the path of a field; a name as long as a book is shortened.
func join(path, name string) string {
	if path == "" {
		return clip(name)
	}
	return path + "." + clip(name)
}

func element(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }
