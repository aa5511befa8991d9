package council

import (
	"strconv"
	"strings"

	"padome/internal/problem"
)

// within notes a number that is outside least to most.
func within(l *problem.List, field string, n, least, most int) {
	if n < least || n > most {
		l.Add(field, "problem.range", "value", strconv.Itoa(n), "least", strconv.Itoa(least), "most", strconv.Itoa(most))
	}
}

// choice notes a value that is none of those there are.
func choice[T ~string](l *problem.List, field string, value T, all ...T) {
	names := make([]string, len(all))
	for i, one := range all {
		if one == value {
			return
		}
		names[i] = string(one)
	}
	l.Add(field, "problem.choice", "value", string(value), "choices", strings.Join(names, ", "))
}

// period notes days from and until that are none or in the wrong order.
func period(l *problem.List, from, until Date) {
	if !from.Valid() {
		l.Add("from", "problem.date", "value", string(from))
	}
	switch {
	case until == "":
	case !until.Valid():
		l.Add("until", "problem.date", "value", string(until))
	case from.Valid() && until < from:
		l.Add("until", "problem.mandate.order", "from", string(from), "until", string(until))
	}
}
