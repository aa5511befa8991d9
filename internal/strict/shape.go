package strict

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"padome/internal/problem"
)

var (
	jsonUnmarshaler = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()

	errNull = errors.New("null")
)

// Check holds a value to the type it is to fill and notes what does not fit.
func Check(l *problem.List, v any, t reflect.Type, path string) {
	if p := reflect.PointerTo(t); p.Implements(jsonUnmarshaler) || p.Implements(textUnmarshaler) {
		checkForm(l, v, t, path)
		return
	}
	switch t.Kind() {
	case reflect.Pointer:
		if v != nil {
			Check(l, v, t.Elem(), path)
		}
	case reflect.Struct:
		checkStruct(l, v, t, path)
	case reflect.Map:
		checkMap(l, v, t, path)
	case reflect.Slice, reflect.Array:
		checkList(l, v, t, path)
	case reflect.Interface:
	default:
		checkScalar(l, v, t, path)
	}
}

func checkStruct(l *problem.List, v any, t reflect.Type, path string) {
	members, ok := v.(Object)
	if !ok {
		l.Add(path, "problem.request.type.object", "wanted", "{…}", "value", show(v))
		return
	}
	names, types := Fields(t)
	for _, m := range members {
		ft, known := types[m.Name]
		if !known {
			l.Add(Join(path, m.Name), "problem.request.field", "name", Clip(m.Name), "known", strings.Join(names, ", "))
			continue
		}
		Check(l, m.Value, ft, Join(path, m.Name))
	}
}

func checkMap(l *problem.List, v any, t reflect.Type, path string) {
	if t.Key().Kind() != reflect.String { // keys that are read as something else
		checkForm(l, v, t, path)
		return
	}
	members, ok := v.(Object)
	if !ok && v != nil {
		l.Add(path, "problem.request.type.object", "wanted", "{…}", "value", show(v))
	}
	for _, m := range members {
		Check(l, m.Value, t.Elem(), Join(path, m.Name))
	}
}

func checkList(l *problem.List, v any, t reflect.Type, path string) {
	if t.Elem().Kind() == reflect.Uint8 { // bytes are written in Base64
		checkForm(l, v, t, path)
		return
	}
	values, ok := v.([]any)
	if !ok && (v != nil || t.Kind() == reflect.Array) {
		l.Add(path, "problem.request.type.list", "value", show(v))
	}
	for i, x := range values {
		Check(l, x, t.Elem(), Element(path, i))
	}
}

func checkScalar(l *problem.List, v any, t reflect.Type, path string) {
	number, isNumber := v.(json.Number)
	ok, key := false, "problem.request.type.number"
	switch kind := t.Kind(); {
	case kind == reflect.String:
		_, ok = v.(string)
		key = "problem.request.type.text"
	case kind == reflect.Bool:
		_, ok = v.(bool)
		key = "problem.request.type.truth"
	case kind == reflect.Float32 || kind == reflect.Float64:
		_, err := strconv.ParseFloat(string(number), t.Bits())
		ok = isNumber && err == nil
	default:
		checkWhole(l, v, t, path)
		return
	}
	if !ok {
		l.Add(path, key, "value", show(v))
	}
}

// checkWhole notes what is no whole number, and one that is too large to count
// with.
func checkWhole(l *problem.List, v any, t reflect.Type, path string) {
	number, _ := v.(json.Number)
	digits := strings.TrimPrefix(string(number), "-")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		l.Add(path, "problem.request.type.whole", "value", show(v))
		return
	}
	bits := t.Bits()
	_, err := strconv.ParseInt(string(number), 10, bits)
	least := strconv.FormatInt(-1<<(bits-1), 10)
	most := strconv.FormatUint(1<<(bits-1)-1, 10)
	if t.Kind() >= reflect.Uint && t.Kind() <= reflect.Uint64 {
		_, err = strconv.ParseUint(string(number), 10, bits)
		least, most = "0", strconv.FormatUint(1<<bits-1, 10)
	}
	if err != nil {
		l.Add(path, "problem.range", "value", Clip(string(number)), "least", least, "most", most)
	}
}

// checkForm tries a value on a type that reads itself, such as a time.
func checkForm(l *problem.List, v any, t reflect.Type, path string) {
	raw, err := json.Marshal(plainOf(v))
	if v == nil && t.Kind() != reflect.Slice && t.Kind() != reflect.Map {
		err = errNull // encoding/json would leave the field as it is
	}
	if err == nil {
		err = json.Unmarshal(raw, reflect.New(t).Interface())
	}
	if err != nil {
		l.Add(path, "problem.request.type.form", "value", show(v))
	}
}

// plainOf is the value as encoding/json would have read it.
func plainOf(v any) any {
	switch v := v.(type) {
	case Object:
		m := map[string]any{}
		for _, x := range v {
			m[x.Name] = plainOf(x.Value)
		}
		return m
	case []any:
		all := make([]any, len(v))
		for i, x := range v {
			all[i] = plainOf(x)
		}
		return all
	}
	return v
}

// show is a value as its sender will know it again, not in full.
func show(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case Object:
		return "{…}"
	case []any:
		return "[…]"
	case string:
		return strconv.Quote(Clip(v))
	case bool:
		return strconv.FormatBool(v)
	default: // json.Number
		return Clip(fmt.Sprint(v))
	}
}

// Fields are the JSON names of a struct's fields, in their order, and the
// fields' types; those of embedded structs stand among them.
func Fields(t reflect.Type) (names []string, types map[string]reflect.Type) {
	types = map[string]reflect.Type{}
	for i := range t.NumField() {
		f := t.Field(i)
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case tag == "-":
		case f.Anonymous && tag == "" && f.Type.Kind() == reflect.Struct:
			inner, innerTypes := Fields(f.Type)
			for _, n := range inner {
				names = append(names, n)
				types[n] = innerTypes[n]
			}
		case f.IsExported():
			if tag == "" {
				tag = f.Name
			}
			names = append(names, tag)
			types[tag] = f.Type
		}
	}
	return names, types
}
