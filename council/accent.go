package council

import (
	"math"
	"strconv"

	"padome/internal/problem"
)

// leastContrast is what WCAG 2.2 asks between a text and what is behind it.
const leastContrast = 4.5

// Accent is the colour that a council gives to the top of its pages, their
// buttons and links, written #0f5c63. White text must be readable on it. The
// empty Accent is the program's own.
type Accent string

// Valid reports whether it is a colour.
func (a Accent) Valid() bool {
	if len(a) != 7 || a[0] != '#' {
		return false
	}
	_, err := strconv.ParseUint(string(a[1:]), 16, 24)
	return err == nil
}

// check notes what is wrong with the colour.
func (a Accent) check(l *problem.List, field string) {
	switch {
	case a == "":
	case !a.Valid():
		l.Add(field, "problem.accent", "value", string(a))
	case a.contrast() < leastContrast:
		l.Add(field, "problem.accent.pale", "value", string(a),
			"contrast", strconv.FormatFloat(math.Floor(a.contrast()*10)/10, 'f', 1, 64), "least", strconv.FormatFloat(leastContrast, 'f', 1, 64))
	}
}

// contrast is that of white on the colour, from 1 to 21, as WCAG counts it.
func (a Accent) contrast() float64 {
	n, err := strconv.ParseUint(string(a[1:]), 16, 24)
	if err != nil {
		return 1
	}
	light := 0.2126*linear(n>>16) + 0.7152*linear(n>>8) + 0.0722*linear(n)
	return 1.05 / (light + 0.05)
}

// linear is the light of one part of a colour, the lowest byte of n.
func linear(n uint64) float64 {
	x := float64(n&0xff) / 255
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}
