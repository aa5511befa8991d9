package pades

import (
	"bytes"
	"strings"
	"testing"
)

func TestValuesAreReadStrictly(t *testing.T) {
	for in, good := range map[string]bool{
		"<</A 1 /B [1 0 R (x\\)\\050) <4a>] /C null /#44 true>>": true,
		"<</A 1 /A 2>>": false, "<</A 1 /#41 2>>": false, "<</A>>": false, "[1": false, "(a": false, "<4g>": false, "/#4": false,
		"1e5": false, "--1": false, "": false, "<<(a) 1>>": false, "nothing": false,
		strings.Repeat("[", 60) + strings.Repeat("]", 60): true,
		strings.Repeat("[", 90) + strings.Repeat("]", 90): false,
		strings.Repeat("[", 1<<20):                        false,
	} {
		v, err := (&reader{data: []byte(in)}).value(0)
		if (err == nil) != good {
			t.Errorf("%.40q: %v, %v", in, v, err)
		}
	}
	v, err := (&reader{data: []byte("[(a\\101\\\nb) <41 42 4> -3.5 5 0 R /N#20m]")}).value(0)
	a, _ := v.(array)
	if err != nil || len(a) != 5 || string(a[0].(text).bytes) != "aAb" || string(a[1].(text).bytes) != "AB@" || a[2] != -3.5 || a[3] != (ref{5, 0}) || a[4] != name("N m") {
		t.Errorf("%v, %v", v, err)
	}
}

func TestPredictorsAreUndone(t *testing.T) {
	in := []byte{0, 1, 2, 3, 1, 1, 1, 1, 2, 1, 1, 1, 3, 2, 2, 2, 4, 1, 1, 1}
	got, err := unpredicted(in, dict{"Predictor": 15, "Columns": 3})
	want := []byte{1, 2, 3, 1, 2, 3, 2, 3, 4, 3, 5, 6, 4, 6, 7}
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
	for _, p := range []dict{{"Predictor": 2}, {"Predictor": 12, "Columns": 7}, {"Predictor": 12, "Columns": 3, "Colors": 3}, {"Predictor": 12, "Columns": -1}} {
		if _, err := unpredicted(in, p); err == nil {
			t.Errorf("%v passes", p)
		}
	}
	if _, err := unpredicted([]byte{9, 1, 2, 3}, dict{"Predictor": 12, "Columns": 3}); err == nil {
		t.Error("an unknown filter passes")
	}
}

// FuzzReader reads any bytes as a file and as an update of it; what is slow or
// stops the program is found here, without the cost of signatures.
func FuzzReader(f *testing.F) {
	file := []byte("%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2 /Root 1 0 R>>\nstartxref\n44\n%%EOF\n")
	f.Add(file, []byte("2 0 obj\n<</Length 3 0 R>>\nstream\nabc\nendstream\nendobj\n3 0 obj\n3\nendobj\nxref\n2 2\n0000000144 00000 n \n0000000203 00000 n \ntrailer\n<</Prev 44 /Root 1 0 R>>\nstartxref\n220\n%%EOF\n"))
	f.Add(file, []byte("2 0 obj\n<</Type /XRef /W [1 2 1] /Length 4>>\nstream\nabcd\nendstream\nendobj\nstartxref\n144\n%%EOF\n"))
	f.Fuzz(func(t *testing.T, file, tail []byte) {
		base, err := open(file)
		if err != nil {
			return
		}
		base.end = len(file)
		rev, err := base.update(append(bytes.Clone(file), tail...))
		if err != nil {
			return
		}
		if compare(base, rev) == nil {
			_, _ = rev.form()
		}
	})
}
