package locale

import (
	"bytes"
	"encoding/json"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestCatalogue(t *testing.T) {
	names, err := files.ReadDir("catalogue")
	if err != nil {
		t.Fatal(err)
	}
	in := map[string]string{}
	for _, n := range names {
		t.Run(n.Name(), func(t *testing.T) {
			for _, k := range keysOf(t, n.Name()) {
				if in[k] != "" {
					t.Errorf("%s stands in %s too", k, in[k])
				}
				in[k] = n.Name()
			}
			part, err := readFile(n.Name())
			if err != nil {
				t.Fatal(err)
			}
			for k, e := range part {
				checkEntry(t, k, e)
			}
		})
	}
}

// keysOf are the keys as the file has them, repeats included; nothing but lv and
// en may stand under them.
func keysOf(t *testing.T, name string) []string {
	t.Helper()
	raw, err := files.ReadFile(path.Join("catalogue", name))
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for d.More() {
		k, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		var e entry
		if err := d.Decode(&e); err != nil {
			t.Fatalf("%v: %v", k, err)
		}
		keys = append(keys, k.(string))
	}
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Token(); err != io.EOF {
		t.Fatalf("something follows the catalogue: %v", err)
	}
	return keys
}

func checkEntry(t *testing.T, key string, e entry) {
	t.Helper()
	var placeholders [2][]string
	for i, text := range []string{e.LV, e.EN} {
		if strings.TrimSpace(text) == "" || strings.TrimSpace(text) != text {
			t.Errorf("%s: %s text is empty or begins or ends with a space: %q", key, Langs[i], text)
		}
		m, err := parse(Langs[i], text)
		if err != nil {
			t.Errorf("%s: %s: %v", key, Langs[i], err)
		}
		placeholders[i] = namesIn(m)
	}
	if !slices.Equal(placeholders[0], placeholders[1]) {
		t.Errorf("%s: Latvian has the placeholders %q, English %q", key, placeholders[0], placeholders[1])
	}
	if straight.MatchString(e.LV) || strings.Contains(e.LV, "“") || strings.Count(e.LV, "„") != strings.Count(e.LV, "”") {
		t.Errorf("%s: quotes are written „…”: %s", key, e.LV)
	}
	if strings.Contains(e.LV, ":short}.") {
		t.Errorf("%s: the short date brings its own full stop: %s", key, e.LV)
	}
	if m, err := parse(LV, e.LV); err == nil {
		for _, p := range m {
			if p.form == "plural" && !slices.ContainsFunc(m, func(q part) bool { return q.name == p.name && (q.form == "" || q.form == "number") }) {
				t.Errorf("%s: 21 things take the singular only beside their number: {%s||one|more}", key, p.name)
			}
		}
	}
	if doubledOn.MatchString(e.EN) {
		t.Errorf("%s: the form brings its own “on”: %s", key, e.EN)
	}
}

// straight quotes around words; around a number they are part of a code.
var straight = regexp.MustCompile(`"\pL|[\pL.!?]"`)

var doubledOn = regexp.MustCompile(`(?i)\bon \{[^}]*:(on|weekday)\}`)

func namesIn(m template) []string {
	var names []string
	for _, p := range m {
		if p.name != "" {
			names = append(names, p.name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// A text with a fault shows as it is written instead of stopping the program.
func TestFaultyTextShows(t *testing.T) {
	if got, want := parsed(LV, "līdz {day:until").fill(LV, nil), "līdz {day:until"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
