package scenario

import (
	"reflect"

	"padome/agenda"
	"padome/internal/problem"
	"padome/internal/strict"
)

// MaxSize is how many bytes a scenario may have.
const MaxSize = 8 << 20

// Read reads a scenario from its JSON and makes of it what Build looks at. It
// fails with a *problem.Error that has every fault with its path: JSON that is
// none, fields that there are not or twice, values of another type, days that are
// none, tasks that the plan does not have.
func Read(raw []byte) (agenda.Input, error) {
	if len(raw) > MaxSize {
		return agenda.Input{}, problem.New(problem.TooLarge, "problem.scenario.size", "most", "8")
	}
	var s Scenario
	if err := strict.Decode(raw, &s); err != nil {
		return agenda.Input{}, ofFile(err)
	}
	var l problem.List
	check(&l, reflect.ValueOf(s), "", "")
	if err := l.Err(); err != nil {
		return agenda.Input{}, err
	}
	m := maker{s: &s}
	in := m.input()
	return in, m.faults.Err()
}

// ofFile words what is wrong with JSON as a whole for the reader of a file.
func ofFile(err error) error {
	e, ok := err.(*problem.Error)
	if !ok || len(e.Fields) > 0 {
		return err
	}
	switch e.Key {
	case "problem.request.json":
		return &problem.Error{Kind: problem.Invalid, Key: "problem.scenario.json", Args: e.Args}
	case "problem.request.depth":
		return &problem.Error{Kind: problem.Invalid, Key: "problem.scenario.depth", Args: e.Args}
	case "problem.request.encoding":
		return problem.New(problem.Invalid, "problem.scenario.encoding")
	}
	return problem.New(problem.Invalid, "problem.scenario.empty")
}
