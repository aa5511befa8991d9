package pades

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strconv"
)

// The values of a PDF file (ISO 32000-1, 7.3). Null is nil, and an entry of a
// dictionary that is null is not there; true and false are bool, numbers int or
// float64.
type (
	name   string
	ref    struct{ number, generation int }
	array  []any
	dict   map[name]any
	stream struct {
		dict dict
		raw  []byte // as it stands in the file
	}
	// text is a string, with where it stands from its bracket to behind its bracket.
	text struct {
		bytes    []byte
		from, to int
	}
)

const mostNested = 64

var errSyntax = errors.New("PDF: not well formed")

// reader reads values from bytes at a place.
type reader struct {
	data []byte
	at   int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == 0 || c == '\f'
}

func isDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

// skip passes white space and comments.
func (r *reader) skip() {
	for r.at < len(r.data) {
		switch c := r.data[r.at]; {
		case isSpace(c):
			r.at++
		case c == '%':
			for r.at < len(r.data) && r.data[r.at] != '\n' && r.data[r.at] != '\r' {
				r.at++
			}
		default:
			return
		}
	}
}

// word reads what stands up to white space or a delimiter.
func (r *reader) word() string {
	from := r.at
	for r.at < len(r.data) && !isSpace(r.data[r.at]) && !isDelimiter(r.data[r.at]) {
		r.at++
	}
	return string(r.data[from:r.at])
}

// opens reports whether the next bytes are these.
func (r *reader) opens(with string) bool {
	return len(r.data)-r.at >= len(with) && string(r.data[r.at:r.at+len(with)]) == with
}

// take passes a keyword that has to come next.
func (r *reader) take(keyword string) error {
	r.skip()
	if r.word() != keyword {
		return errSyntax
	}
	return nil
}

// whole reads a number without sign or point.
func (r *reader) whole() (int, error) {
	r.skip()
	w := r.word()
	if len(w) == 0 || len(w) > 12 || w[0] < '0' || w[0] > '9' {
		return 0, errSyntax
	}
	return strconv.Atoi(w)
}

func (r *reader) value(depth int) (any, error) {
	r.skip()
	if depth > mostNested || r.at >= len(r.data) {
		return nil, errSyntax
	}
	switch c := r.data[r.at]; {
	case c == '/':
		return r.name()
	case r.opens("<<"):
		return r.dict(depth)
	case c == '<':
		return r.hex()
	case c == '(':
		return r.literal()
	case c == '[':
		return r.array(depth)
	}
	return r.atom()
}

// name reads a name, its #xx decoded.
func (r *reader) name() (name, error) {
	r.at++
	raw := []byte(r.word())
	out := raw[:0]
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		if c == '#' {
			if i+3 > len(raw) {
				return "", errSyntax
			}
			v, err := strconv.ParseUint(string(raw[i+1:i+3]), 16, 8)
			if err != nil {
				return "", errSyntax
			}
			c, i = byte(v), i+2
		}
		out = append(out, c)
	}
	return name(out), nil
}

// dict reads a dictionary; a key that stands twice is refused, since programs
// differ in which they take.
func (r *reader) dict(depth int) (dict, error) {
	r.at += 2
	d, seen := dict{}, map[name]bool{}
	for {
		r.skip()
		if r.opens(">>") {
			r.at += 2
			return d, nil
		}
		if !r.opens("/") {
			return nil, errSyntax
		}
		k, err := r.name()
		if err != nil || seen[k] {
			return nil, errSyntax
		}
		seen[k] = true
		v, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if v != nil {
			d[k] = v
		}
	}
}

func (r *reader) array(depth int) (array, error) {
	r.at++
	a := array{}
	for {
		r.skip()
		if r.opens("]") {
			r.at++
			return a, nil
		}
		v, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		a = append(a, v)
	}
}

func (r *reader) hex() (text, error) {
	from := r.at
	n := bytes.IndexByte(r.data[from:], '>')
	if n < 0 {
		return text{}, errSyntax
	}
	digits := r.data[from+1 : from+n]
	if bytes.ContainsFunc(digits, func(c rune) bool { return c < 0x80 && isSpace(byte(c)) }) {
		digits = bytes.Join(bytes.Fields(digits), nil)
	}
	if len(digits)%2 == 1 {
		digits = append(bytes.Clone(digits), '0')
	}
	out := make([]byte, len(digits)/2)
	if _, err := hex.Decode(out, digits); err != nil {
		return text{}, errSyntax
	}
	r.at = from + n + 1
	return text{out, from, r.at}, nil
}

// literal reads a string in round brackets.
func (r *reader) literal() (text, error) {
	from, open := r.at, 0
	var out []byte
	for r.at < len(r.data) {
		c := r.data[r.at]
		r.at++
		switch {
		case c == '\\':
			out = r.escaped(out)
			continue
		case c == '(':
			if open++; open == 1 {
				continue
			}
		case c == ')':
			if open--; open == 0 {
				return text{out, from, r.at}, nil
			}
		}
		out = append(out, c)
	}
	return text{}, errSyntax
}

// escaped reads what follows a backslash.
func (r *reader) escaped(out []byte) []byte {
	if r.at >= len(r.data) {
		return out
	}
	c := r.data[r.at]
	r.at++
	if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	switch {
	case c >= '0' && c <= '7':
		v := c - '0'
		for n := 0; n < 2 && r.at < len(r.data) && r.data[r.at] >= '0' && r.data[r.at] <= '7'; n++ {
			v = v<<3 | (r.data[r.at] - '0')
			r.at++
		}
		return append(out, v)
	case c == '\r':
		if r.opens("\n") {
			r.at++
		}
		return out
	case c == '\n':
		return out
	}
	return append(out, c)
}

// atom reads a keyword, a number or a reference.
func (r *reader) atom() (any, error) {
	w := r.word()
	switch w {
	case "true":
		return true, nil
	case "false":
		return false, nil
	case "null":
		return nil, nil
	}
	if len(w) == 0 || len(w) > 32 {
		return nil, errSyntax
	}
	if n, err := strconv.Atoi(w); err == nil {
		if to, ok := r.reference(n); ok {
			return to, nil
		}
		return n, nil
	}
	for i := range len(w) {
		if bytes.IndexByte([]byte("+-.0123456789"), w[i]) < 0 {
			return nil, errSyntax
		}
	}
	f, err := strconv.ParseFloat(w, 64)
	if err != nil {
		return nil, errSyntax
	}
	return f, nil
}

// reference reads "0 R" after a number, where it stands there.
func (r *reader) reference(n int) (ref, bool) {
	from := r.at
	g, err := r.whole()
	if r.skip(); err == nil && n > 0 && r.opens("R") {
		if r.word() == "R" {
			return ref{n, g}, true
		}
	}
	r.at = from
	return ref{}, false
}
