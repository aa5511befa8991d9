package storage

import (
	"encoding/base64"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"

	"padome/internal/problem"
	"padome/internal/strict"
	"padome/storage/store"
)

// A record in plain form is a line of JSON that says all that is stored and
// nothing else: the same record has the same line, and its line the same record,
// byte for byte. Members stand in the order of their names. What JSON has no word
// for is an object of one member whose name begins with a dollar sign: bytes that
// are a text, other bytes, and a text that is no UTF-8. A number as a name follows
// a number sign; a name that begins with either sign has a dollar sign before it.
const (
	plainBytes  = "$bytes"
	plainBase64 = "$base64"
	plainText   = "$text"
)

// anyDecoder reads what encoder wrote, of whatever type it was.
var anyDecoder = func() cbor.DecMode {
	m, err := cbor.DecOptions{UTF8: cbor.UTF8DecodeInvalid, TagsMd: cbor.TagsForbidden}.DecMode()
	if err != nil {
		panic("storage: " + err.Error())
	}
	return m
}()

// plain is a stored value in plain form. It fails with store.ErrDamaged for one
// that encoder did not write.
func plain(raw []byte) ([]byte, error) {
	var v any
	if err := anyDecoder.Unmarshal(raw, &v); err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrDamaged, err)
	}
	return appendPlain(nil, v)
}

func appendPlain(b []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	case uint64:
		return strconv.AppendUint(b, v, 10), nil
	case int64:
		return strconv.AppendInt(b, v, 10), nil
	case float64:
		return appendFloat(b, v)
	case string:
		if !utf8.ValidString(v) {
			return appendMark(b, plainText, base64.StdEncoding.EncodeToString([]byte(v))), nil
		}
		return appendText(b, v), nil
	case []byte:
		if utf8.Valid(v) {
			return appendMark(b, plainBytes, string(v)), nil
		}
		return appendMark(b, plainBase64, base64.StdEncoding.EncodeToString(v)), nil
	case []any:
		return appendList(b, v)
	case map[any]any:
		return appendMembers(b, v)
	}
	return nil, fmt.Errorf("%w: no plain form of a %T", store.ErrDamaged, v)
}

func appendMark(b []byte, mark, value string) []byte {
	b = append(appendText(append(b, '{'), mark), ':')
	return append(appendText(b, value), '}')
}

// appendFloat writes a number that is known as no whole one.
func appendFloat(b []byte, f float64) ([]byte, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, fmt.Errorf("%w: no plain form of %v", store.ErrDamaged, f)
	}
	s := strconv.FormatFloat(f, 'g', -1, 64)
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return append(b, s...), nil
}

const hexDigits = "0123456789abcdef"

// appendText writes a text, of which only quotes, backslashes and control
// characters are written in another way.
func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

func appendList(b []byte, list []any) (_ []byte, err error) {
	b = append(b, '[')
	for i, v := range list {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = appendPlain(b, v); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}

func appendMembers(b []byte, members map[any]any) (_ []byte, err error) {
	values, names := make(map[string]any, len(members)), make([]string, 0, len(members))
	for k, v := range members {
		name, err := plainName(k)
		if err != nil {
			return nil, err
		}
		values[name], names = v, append(names, name)
	}
	slices.Sort(names)
	b = append(b, '{')
	for i, name := range names {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = appendPlain(append(appendText(b, name), ':'), values[name]); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

func plainName(k any) (string, error) {
	switch k := k.(type) {
	case uint64:
		return "#" + strconv.FormatUint(k, 10), nil
	case int64:
		return "#" + strconv.FormatInt(k, 10), nil
	case string:
		if strings.HasPrefix(k, "$") || strings.HasPrefix(k, "#") {
			k = "$" + k
		}
		if utf8.ValidString(k) {
			return k, nil
		}
	}
	return "", fmt.Errorf("%w: no plain form of the name %v", store.ErrDamaged, k)
}

// foreign is the first field of a plain value that a type has not, as a path with
// its value; "" when the type has them all.
func foreign(t reflect.Type, v any, path string) (field string, value any) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch list, isList := v.([]any); {
	case isList && (t.Kind() == reflect.Slice || t.Kind() == reflect.Array):
		for i := range list {
			if field, value = foreign(t.Elem(), list[i], strict.Element(path, i)); field != "" {
				return field, value
			}
		}
		return "", nil
	}
	members, ok := v.(strict.Object)
	if !ok || t.Kind() != reflect.Struct && t.Kind() != reflect.Map {
		return "", nil
	}
	types := map[string]reflect.Type{}
	if t.Kind() == reflect.Struct {
		_, types = strict.Fields(t)
	}
	for _, m := range members {
		of, there := types[m.Name]
		if t.Kind() == reflect.Map {
			of, there = t.Elem(), true
		}
		if !there {
			return strict.Join(path, m.Name), m.Value
		}
		if field, value = foreign(of, m.Value, strict.Join(path, m.Name)); field != "" {
			return field, value
		}
	}
	return "", nil
}

// unplain reads a line in plain form: what it says, and the value as encoder
// writes it. It fails with Invalid for a line that plain would write otherwise.
func unplain(line []byte) (root any, raw []byte, err error) {
	var twice problem.List
	if !utf8.Valid(line) {
		return nil, nil, problem.New(problem.Invalid, "problem.import.form")
	}
	root, err = strict.Parse(line, &twice)
	switch {
	case err == nil:
		err = twice.Err()
	case problem.KindOf(err) == "": // no JSON
		err = problem.New(problem.Invalid, "problem.import.form")
	}
	var v any
	if err == nil {
		v, err = valueOf(root)
	}
	if err != nil {
		return nil, nil, err
	}
	again, err := appendPlain(make([]byte, 0, len(line)), v)
	if err != nil || string(again) != string(line) {
		return nil, nil, problem.New(problem.Invalid, "problem.import.form")
	}
	raw, err = encode(v)
	return root, raw, err
}
