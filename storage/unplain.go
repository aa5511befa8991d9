package storage

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"

	"padome/internal/problem"
	"padome/internal/strict"
)

// valueOf is what a value in plain form stands for. Whether it is just as plain
// writes it, the caller sees by writing it again.
func valueOf(v any) (any, error) {
	switch v := v.(type) {
	case json.Number:
		return numberIn(string(v))
	case []any:
		list := make([]any, len(v))
		for i := range v {
			var err error
			if list[i], err = valueOf(v[i]); err != nil {
				return nil, err
			}
		}
		return list, nil
	case strict.Object:
		if marked, ok, err := markedIn(v); ok || err != nil {
			return marked, err
		}
		return membersIn(v)
	}
	return v, nil // text, truth or nothing
}

func notPlain(value string) error {
	return problem.New(problem.Invalid, "problem.import.value", "value", strict.Clip(value))
}

// numberIn tells whole numbers from others by how they are written.
func numberIn(s string) (any, error) {
	var v any
	var err error
	switch {
	case strings.ContainsAny(s, ".eE"):
		v, err = strconv.ParseFloat(s, 64)
	case strings.HasPrefix(s, "-"):
		v, err = strconv.ParseInt(s, 10, 64)
	default:
		v, err = strconv.ParseUint(s, 10, 64)
	}
	if err != nil {
		return nil, notPlain(s)
	}
	return v, nil
}

// markedIn is what JSON has no word for, when the object stands for such.
func markedIn(o strict.Object) (v any, is bool, err error) {
	if len(o) != 1 {
		return nil, false, nil
	}
	mark := o[0].Name
	text, isText := o[0].Value.(string)
	if !isText || mark != plainBytes && mark != plainBase64 && mark != plainText {
		return nil, false, nil
	}
	if mark == plainBytes {
		return []byte(text), true, nil
	}
	raw, err := base64.StdEncoding.DecodeString(text)
	switch {
	case err != nil:
		return nil, true, notPlain(text)
	case mark == plainText:
		return string(raw), true, nil
	}
	return raw, true, nil
}

func membersIn(o strict.Object) (any, error) {
	members := make(map[any]any, len(o))
	for _, m := range o {
		k, err := nameIn(m.Name)
		if err != nil {
			return nil, err
		}
		if members[k], err = valueOf(m.Value); err != nil {
			return nil, err
		}
	}
	return members, nil
}

func nameIn(name string) (any, error) {
	if s, ok := strings.CutPrefix(name, "#"); ok {
		return numberIn(s)
	}
	return strings.TrimPrefix(name, "$"), nil
}
