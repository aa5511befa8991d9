package plan

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func sampleJSON(t testing.TB) string {
	t.Helper()
	p, _ := mustParse(t, sampleText)
	var b strings.Builder
	if err := p.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestRealPlanComesBackFromJSON(t *testing.T) {
	want := mustReal(t)
	var b strings.Builder
	if err := want.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	got, err := ParseJSON(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("plan (-written +read):\n%s", diff)
	}
}

func TestBrokenJSONIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ old, with, want string }{
		"unknown field":          {`"title"`, `"titel"`, "titel: problem.plan.json.unknown"},
		"unknown field deep":     {`"tasks"`, `"\"todo"`, `"todo: problem.plan.json.unknown`},
		"unknown field to hide":  {`"title"`, `"\u001btitle"`, `"\x1btitle": problem.plan.json.unknown`},
		"unknown field too long": {`"title"`, `"` + strings.Repeat("a", 81) + `"`, strings.Repeat("a", 80) + "…: problem.plan.json.unknown"},
		"field twice":            {`"from": 2025`, `"from": 2024, "from": 2025`, "from: problem.plan.json.twice"},
		"field twice, in case":   {`"from": 2025`, `"From": 2024, "from": 2025`, "from: problem.plan.json.twice"},
		"field twice deep":       {`"number": 2,`, `"number": 1, "number": 2,`, "measures[0].tasks[1].number: problem.plan.json.twice"},
		"something after":        {"\n}\n", "\n}\n{}", "problem.plan.json.trailing"},
		"text for a number":      {`"from": 2025`, `"from": "2025"`, "from: problem.plan.json.type"},
		"number for a text":      {`"text": "Uzlabot ceļus"`, `"text": 5`, "measures.text: problem.plan.json.type"},
		"fraction for a number":  {`"from": 2025`, `"from": 2025.5`, "from: problem.plan.json.type"},
		"comma left out":         {`"from": 2025,`, `"from": 2025`, "problem.plan.json.syntax"},
		"ends too early":         {"]\n}\n", "", "problem.plan.json.syntax"},
		"empty text":             {"stādīt kokus.", " ", "measures[1].tasks[0].text: problem.text.missing"},
		"null for a text":        {`"Stādīt kokus"`, "null", "measures[1].text: problem.text.missing"},
		"letter half an emoji":   {"Stādīt", `\ud83d`, "measures[1].text: problem.text.character"},
		"no revision":            {`"revision": 1,`, "", "revision: problem.range"},
		"date written otherwise": {"2025-02-26", "26.02.2025.", "approved: problem.date"},
	} {
		t.Run(name, func(t *testing.T) {
			whole := sampleJSON(t)
			text := strings.Replace(whole, c.old, c.with, 1)
			if text == whole {
				t.Fatal("nothing was changed")
			}
			_, err := ParseJSON(strings.NewReader(text))
			refused(t, err, c.want)
		})
	}
}

func TestJSONThatIsNoPlanIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"[]":      "plan: problem.plan.json.type",
		`"plāns"`: "plan: problem.plan.json.type",
		"plāns":   "problem.plan.json.syntax",
		"{":       "problem.plan.json.syntax",
	} {
		_, err := ParseJSON(strings.NewReader(text))
		refused(t, err, want)
	}
}

func TestJSONFaultsNameTheirLine(t *testing.T) {
	lines := strings.Split(sampleJSON(t), "\n")
	lines[3] = `  "from": "2025",`
	_, err := ParseJSON(strings.NewReader(strings.Join(lines, "\n")))
	if err == nil || !strings.Contains(err.Error(), "line=4") {
		t.Errorf("wrong kind: got %v, want line 4", err)
	}
	lines[3] = `  "from" 2025,`
	_, err = ParseJSON(strings.NewReader(strings.Join(lines, "\n")))
	if err == nil || !strings.Contains(err.Error(), "line=4") {
		t.Errorf("syntax: got %v, want line 4", err)
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestWriteJSONTellsWhenItCannotWrite(t *testing.T) {
	if err := mustReal(t).WriteJSON(fullDisk{}); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("got %v, want %v", err, io.ErrShortWrite)
	}
}
