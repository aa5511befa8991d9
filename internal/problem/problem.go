// Package problem says what is wrong with an input: which field, which value
// and the way out, as a message key with arguments that internal/locale puts
// into the reader's language.
package problem

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Kind is what sort of refusal an Error is; the edge turns it into a status.
type Kind string

const (
	Invalid        Kind = "invalid"         // the input breaks a rule; Fields say where
	NotFound       Kind = "not-found"       // no such thing, or not for this reader
	Conflict       Kind = "conflict"        // somebody changed it since the caller looked
	Forbidden      Kind = "forbidden"       // known actor, not allowed
	Unknown        Kind = "unauthenticated" // nobody is logged in, or the login ended
	State          Kind = "state"           // the thing is not in a state that allows it
	TooLarge       Kind = "too-large"       // over a cap
	TooMany        Kind = "too-many"        // try again later
	Unavailable    Kind = "unavailable"     // not now: read-only, stopping, disk full
	OutcomeUnknown Kind = "outcome-unknown" // the commit failed midway: look before repeating
)

// Args are the named values of a message. Dates stand as 2024-01-31, times as
// 11:00, numbers as decimal digits; the message says in which form to show them.
type Args = map[string]string

// Field is one fault of one field. Name is the path of the field in the input
// as the sender wrote it, such as "items[2].minutes".
type Field struct {
	Name string `json:"field"`
	Key  string `json:"key"`
	Args Args   `json:"args,omitempty"`
}

// Error is a refusal that changed nothing. Key and every Field's Key are message
// keys of internal/locale under "problem.".
type Error struct {
	Kind   Kind
	Key    string
	Args   Args
	Fields []Field
}

// New makes an Error of a kind with name, value pairs as arguments.
func New(kind Kind, key string, args ...string) *Error {
	return &Error{Kind: kind, Key: key, Args: Pairs(args...)}
}

// Pairs makes Args from name, value, name, value …; an odd count is a
// programming error and panics.
func Pairs(args ...string) Args {
	if len(args)%2 != 0 {
		panic("problem: odd number of arguments: " + strings.Join(args, ", "))
	}
	if len(args) == 0 {
		return nil
	}
	m := make(Args, len(args)/2)
	for i := 0; i < len(args); i += 2 {
		m[args[i]] = args[i+1]
	}
	return m
}

// Error is for logs; people read the message of Key.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s%s", e.Kind, e.Key, argText(e.Args))
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "; %s: %s%s", f.Name, f.Key, argText(f.Args))
	}
	return b.String()
}

func argText(a Args) string {
	if len(a) == 0 {
		return ""
	}
	var s []string
	for _, k := range slices.Sorted(maps.Keys(a)) {
		s = append(s, k+"="+a[k])
	}
	return " (" + strings.Join(s, ", ") + ")"
}

// KindOf reports the kind of an error made here, or "" for any other error.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return ""
}

// List gathers the faults of one input so that all are told at once.
// The zero value is ready.
type List struct{ fields []Field }

// Add notes a fault of a field with name, value pairs as arguments.
func (l *List) Add(field, key string, args ...string) {
	l.fields = append(l.fields, Field{Name: field, Key: key, Args: Pairs(args...)})
}

// Under adds the faults of a part below a prefix: "items[2]" + "title".
func (l *List) Under(prefix string, err error) {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return
	}
	for _, f := range e.Fields {
		if prefix != "" {
			f.Name = prefix + "." + f.Name
		}
		l.fields = append(l.fields, f)
	}
}

// Err is nil when nothing is wrong, else an Invalid Error with all faults.
func (l *List) Err() error {
	if len(l.fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Key: "problem.invalid", Fields: slices.Clone(l.fields)}
}
