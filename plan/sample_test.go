package plan

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"padome/internal/locale"
	"padome/internal/problem"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sampleText is a small plan of a made-up council, in the form of the real one.
const sampleText = ` APSTIPRINĀTS 

Ciemu padomes 

sēdē 2025. gada 26. februārī 

 
A. Ozols 

(paraksts*) 

Ciemu padomes vadītājs 

 

Ciemu padomes 

darba plāns 2025.–2027. gadam 
 

Ciemu padomes prioritārie mērķi 2025.–2027. gadam: 

1. Sekmēt ciemu attīstību. 

 

Atbildīgos nosaka vēlāk. 

 
Nr. 

p. k. 
Pasākums Uzdevumi Sagaidāmais rezultāts 

1. 

Uzlabot ceļus 

- apzināt ceļus, kurus izmanto 

pašvaldības un 

Valsts policija; 

- labot ceļus kopā ar 

Apzināti visi ceļi, lai 

zinātu, kuri 
 iedzīvotājiem. 

jālabo vispirms. 

Celta drošība. 

2. 

Stādīt kokus 

- stādīt kokus. 

Iestādīti koki. 

 
* Dokuments ir parakstīts ar drošu elektronisko parakstu 
`

// mustParse reads a text that has no fault.
func mustParse(t testing.TB, text string) (Plan, []Unplaced) {
	t.Helper()
	p, unplaced, err := ParseText(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return p, unplaced
}

func mustReal(t testing.TB) Plan {
	t.Helper()
	p, err := Real()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// told is what a refusal says: "field: key" of each fault, or the key alone where
// no field is at fault. It fails the test for anything but a refusal whose
// sentences are whole in both languages.
func told(t testing.TB, err error) []string {
	t.Helper()
	e, ok := errors.AsType[*problem.Error](err)
	if !ok {
		t.Fatalf("got error %v, want a *problem.Error", err)
	}
	if len(e.Fields) == 0 {
		whole(t, e.Key, e.Args)
		return []string{e.Key}
	}
	var all []string
	for _, f := range e.Fields {
		whole(t, f.Key, f.Args)
		all = append(all, f.Name+": "+f.Key)
	}
	return all
}

func whole(t testing.TB, key string, args problem.Args) {
	t.Helper()
	values := problem.Args{}
	for k, v := range args {
		values[k] = strings.NewReplacer("⟦", "", "⟧", "", "{", "", "}", "").Replace(v)
	}
	for _, lang := range locale.Langs {
		if s := locale.Text(lang, key, values); strings.ContainsAny(s, "⟦⟧{}") {
			t.Errorf("message with a gap: %s", s)
		}
	}
}

// refused checks that an error tells exactly the wanted faults.
func refused(t testing.TB, err error, want ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("got no error, want %q", want)
	}
	if got := told(t, err); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// golden compares a text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look at the difference after running the test with -update", path)
	}
}

// contents is what a plan says below its approval block, to be read by eye.
func contents(p Plan) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%d–%d, %s\n\n%s\n", p.Title, p.From, p.Until, p.Approved, p.Heading)
	for _, g := range p.Goals {
		fmt.Fprintf(&b, "%d. %s\n", g.Number, g.Text)
	}
	fmt.Fprintf(&b, "\n%s\n", p.Preamble)
	for _, m := range p.Measures {
		fmt.Fprintf(&b, "\n%d. %s\n", m.Number, m.Text)
		for _, t := range m.Tasks {
			fmt.Fprintf(&b, "  %d.%d. %s\n", m.Number, t.Number, t.Text)
		}
		for _, s := range m.Results {
			fmt.Fprintf(&b, "  = %s\n", s)
		}
	}
	return b.String()
}
