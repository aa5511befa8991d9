package council

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"padome/internal/locale"
	"padome/internal/problem"
)

// faults are the faults of an error as "field key", in order; nil for no error.
// Every fault must have its text in both languages.
func faults(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	e, ok := errors.AsType[*problem.Error](err)
	if !ok {
		t.Fatalf("not a problem: %v", err)
	}
	var all []string
	said(t, e.Key, e.Args)
	for _, f := range e.Fields {
		said(t, f.Key, f.Args)
		all = append(all, f.Name+" "+f.Key)
	}
	return all
}

// refusal is the key of a refused action, "" for none.
func refusal(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	e, ok := errors.AsType[*problem.Error](err)
	if !ok {
		t.Fatalf("not a problem: %v", err)
	}
	said(t, e.Key, e.Args)
	return e.Key
}

// said fails where a message has no text or leaves a gap.
func said(t *testing.T, key string, args problem.Args) {
	t.Helper()
	for _, lang := range locale.Langs {
		if s := locale.Text(lang, key, args); strings.Contains(s, "⟦") {
			t.Errorf("%s in %s with %v: %s", key, lang, slices.Sorted(maps.Keys(args)), s)
		}
	}
}
