package plan

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"padome/internal/problem"
	"padome/internal/text"
)

// ParseJSON reads a plan from the form WriteJSON gives it. It fails with a
// *problem.Error on a file that is no such JSON (a fault of syntax, a field it
// does not know, a field given twice, anything after the end) and on a plan that
// Validate refuses.
func ParseJSON(r io.Reader) (Plan, error) {
	raw, err := readFile(r)
	if err != nil {
		return Plan{}, err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	var p Plan
	if err := d.Decode(&p); err != nil {
		return Plan{}, jsonFault(raw, err)
	}
	if end := int(d.InputOffset()); len(bytes.TrimSpace(raw[end:])) > 0 {
		return Plan{}, problem.New(problem.Invalid, "problem.plan.json.trailing", "line", strconv.Itoa(lineAt(raw, end)))
	}
	if name := twice(json.NewDecoder(bytes.NewReader(raw)), ""); name != "" {
		return Plan{}, fieldFault(name, "problem.plan.json.twice", "value", name)
	}
	if err := p.Validate(); err != nil {
		return Plan{}, err
	}
	return p, nil
}

// WriteJSON writes the plan so that ParseJSON reads exactly the same. It fails
// only when w does.
func (p Plan) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(p); err != nil {
		return fmt.Errorf("write plan: %w", err)
	}
	return nil
}

func fieldFault(field, key string, args ...string) error {
	var l problem.List
	l.Add(field, key, args...)
	return l.Err()
}

// jsonFault says in the reader's terms why the decoder stopped.
func jsonFault(raw []byte, err error) error {
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		field := cmp.Or(e.Field, "plan")
		return fieldFault(field, "problem.plan.json.type", "value", e.Value, "field", field,
			"line", strconv.Itoa(lineAt(raw, min(int(e.Offset), len(raw)))))
	}
	if quoted, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		name := shown(quoted)
		return fieldFault(name, "problem.plan.json.unknown", "value", name)
	}
	at := len(raw) // the text ends too early
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		at = min(int(e.Offset), len(raw))
	}
	return problem.New(problem.Invalid, "problem.plan.json.syntax", "line", strconv.Itoa(lineAt(raw, at)))
}

// shown is a quoted name as a message can show it: without its quotes where all of
// it can be printed, and cut where nobody would read on.
func shown(quoted string) string {
	name, err := strconv.Unquote(quoted)
	if _, _, bad := text.Unprintable(name); err != nil || bad {
		name = quoted
	}
	const most = 80
	if r := []rune(name); len(r) > most {
		return string(r[:most]) + "…"
	}
	return name
}

// twice is the path of the first field that an object has more than once, which
// decoding settles in silence by keeping the last. Names that differ only in case
// are one name, as they are to decoding. The value is known to decode without
// fault, so it is sound JSON and no deeper than a Plan.
func twice(d *json.Decoder, path string) string {
	open, _ := d.Token()
	if open != json.Delim('{') && open != json.Delim('[') {
		return ""
	}
	var names []string
	for i := 0; d.More(); i++ {
		part := fmt.Sprintf("%s[%d]", path, i)
		if open == json.Delim('{') {
			name, _ := d.Token()
			part = strings.TrimPrefix(fmt.Sprintf("%s.%s", path, name), ".")
			if slices.ContainsFunc(names, func(s string) bool { return strings.EqualFold(s, part) }) {
				return part
			}
			names = append(names, part)
		}
		if found := twice(d, part); found != "" {
			return found
		}
	}
	_, _ = d.Token() // the end of what was opened
	return ""
}
