package akoma

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the shapes of elements anew, once the schema accepts them all")

const shapesFile = "testdata/shapes.txt"

// shapes are what the elements of a paper are made of: the name of each with its
// attributes, and what stands in it, the same several times as one with +.
func shapes(t *testing.T, b []byte) map[string]bool {
	t.Helper()
	type element struct {
		head string
		in   []string
	}
	all := map[string]bool{}
	open := []*element{{}}
	for d := xml.NewDecoder(bytes.NewReader(b)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		must(t, err)
		top := open[len(open)-1]
		put := func(s string) {
			switch n := len(top.in); {
			case n > 0 && top.in[n-1] == s:
				top.in[n-1] = s + "+"
			case n == 0 || top.in[n-1] != s+"+":
				top.in = append(top.in, s)
			}
		}
		switch x := token.(type) {
		case xml.StartElement:
			put(x.Name.Local)
			var attributes []string
			for _, a := range x.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
					attributes = append(attributes, "@"+a.Name.Local)
				}
			}
			slices.Sort(attributes)
			open = append(open, &element{head: strings.TrimSpace(x.Name.Local + " " + strings.Join(attributes, " "))})
		case xml.EndElement:
			all[top.head+": "+strings.Join(top.in, " ")] = true
			open = open[:len(open)-1]
		case xml.CharData:
			if strings.TrimSpace(string(x)) != "" {
				put("text")
			}
		}
	}
}

func known(t *testing.T) []string {
	raw, err := os.ReadFile(shapesFile)
	must(t, err)
	return strings.Split(strings.TrimSpace(string(raw)), "\n")
}

func unknown(t *testing.T, b []byte, known []string) (all []string) {
	for _, s := range slices.Sorted(maps.Keys(shapes(t, b))) {
		if !slices.Contains(known, s) {
			all = append(all, s)
		}
	}
	return all
}

// Without the schema papers are held to the shapes that the schema of OASIS was
// found to accept: an element made of anything else is to be looked at by the schema
// first (-update writes the shapes only where it is there and accepts all papers).
func TestPapersAreMadeOfWhatTheSchemaAccepts(t *testing.T) {
	papers := written(t)
	if *update {
		validated(t, papers)
		all := map[string]bool{}
		for _, b := range papers {
			maps.Copy(all, shapes(t, b))
		}
		must(t, os.MkdirAll("testdata", 0o755))
		must(t, os.WriteFile(shapesFile, []byte(strings.Join(slices.Sorted(maps.Keys(all)), "\n")+"\n"), 0o644))
	}
	accepted := known(t)
	for name, b := range papers {
		for _, s := range unknown(t, b, accepted) {
			t.Errorf("%s: no schema has looked at %q (go test -update, with PADOME_SCHEMAS)", name, s)
		}
	}
}

// Each paper broken in one way is found.
func TestShapesOfBrokenPapersAreUnknown(t *testing.T) {
	accepted, paper := known(t), string(written(t)["minutes-final-lv"])
	for name, x := range map[string][2]string{
		"an element that is none":     {"FRBRcountry", "country"},
		"an attribute that is none":   {`eId="`, `id="`},
		"an element out of its place": {"<conclusions", "<p>x</p><conclusions"},
		"a text where none may stand": {"<FRBRWork>", "<FRBRWork>x"},
	} {
		broken := strings.Replace(paper, x[0], x[1], 1)
		if broken == paper {
			t.Fatalf("%s: nothing to break", name)
		}
		if unknown(t, []byte(broken), accepted) == nil {
			t.Errorf("%s is not found", name)
		}
	}
}
