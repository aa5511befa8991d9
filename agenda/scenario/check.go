package scenario

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
)

// choices are the values that texts of a type take, where a field does not name
// fewer.
var choices = map[reflect.Type][]string{
	reflect.TypeFor[council.SessionKind](): {"regular", "extraordinary", "extended"},
	reflect.TypeFor[council.Side]():        {"state", "ngo", "joint"},
	reflect.TypeFor[council.Role]():        {"chair", "deputy"},
	reflect.TypeFor[agenda.Kind]():         {"decision", "review", "data", "discussion", "information", "opening", "execution", "any-other"},
	reflect.TypeFor[agenda.Settlement]():   {"decide", "withdraw", "working-group"},
	reflect.TypeFor[Weekday]():             {"monday", "tuesday", "wednesday", "thursday", "friday"},
}

var taskForm = regexp.MustCompile(`^([1-9][0-9]{0,2})\.([1-9][0-9]{0,2})$`)

// check notes what is missing and every day, time, task number and choice that
// is none, each with its path.
func check(l *problem.List, v reflect.Value, path, only string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			check(l, v.Elem(), path, only)
		}
	case reflect.Slice:
		for i := range v.Len() {
			check(l, v.Index(i), path+"["+strconv.Itoa(i)+"]", only)
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(x, y reflect.Value) int { return strings.Compare(x.String(), y.String()) })
		for _, k := range keys {
			check(l, v.MapIndex(k), path+"."+k.String(), only)
		}
	case reflect.Struct:
		checkFields(l, v, path)
	case reflect.String:
		if v.String() != "" {
			checkText(l, v, path, only)
		}
	case reflect.Int:
		if v.Int() < 0 {
			l.Add(path, "problem.scenario.negative", "value", strconv.FormatInt(v.Int(), 10))
		}
	}
}

func checkFields(l *problem.List, v reflect.Value, path string) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		at := strings.TrimPrefix(path+"."+name, ".")
		if x := v.Field(i); f.Tag.Get("need") != "" && (x.IsZero() || x.Kind() == reflect.Slice && x.Len() == 0) {
			l.Add(at, "problem.scenario.missing")
		} else {
			check(l, x, at, f.Tag.Get("only"))
		}
	}
}

func checkText(l *problem.List, v reflect.Value, path, only string) {
	s := v.String()
	switch x := v.Interface().(type) {
	case council.Date:
		if !x.Valid() {
			l.Add(path, "problem.date", "value", s)
		}
	case council.Clock:
		if !x.Valid() {
			l.Add(path, "problem.clock", "value", s)
		}
	case Task:
		if !taskForm.MatchString(s) {
			l.Add(path, "problem.scenario.task.form", "value", s)
		}
	default:
		allowed := choices[v.Type()]
		if only != "" && allowed != nil {
			allowed = strings.Fields(only)
		}
		if allowed != nil && !slices.Contains(allowed, s) {
			l.Add(path, "problem.choice", "value", s, "choices", strings.Join(allowed, ", "))
		}
	}
}
