package exchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/plan"
)

// exactly are the formats that are read back exactly.
var exactly = []Format{DOCX, XLSX, CSV, JSON}

func real(t testing.TB) plan.Plan {
	t.Helper()
	p, err := plan.Real()
	if err != nil {
		t.Fatal(err)
	}
	p.SuggestGoals()
	return p
}

func written(t interface{ Fatalf(string, ...any) }, p plan.Plan, f Format) []byte {
	var b bytes.Buffer
	if err := Write(&b, p, f); err != nil {
		t.Fatalf("write %s: %v", f, err)
	}
	return b.Bytes()
}

type fataler interface {
	Fatalf(string, ...any)
}

// comesBack writes a plan and reads it again: it is the same, whole.
func comesBack(t fataler, p plan.Plan, f Format) {
	got, err := Read(bytes.NewReader(written(t, p, f)))
	if err != nil {
		t.Fatalf("read %s: %v", f, err)
	}
	if got.Format != f || len(got.Unplaced) > 0 {
		t.Fatalf("%s read as %s, without a place %v", f, got.Format, got.Unplaced)
	}
	if diff := cmp.Diff(p, got.Plan, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s (-written +read):\n%s", f, diff)
	}
}

func TestTheRealPlanComesBackFromEveryFormat(t *testing.T) {
	for _, f := range exactly {
		comesBack(t, real(t), f)
	}
}

// nasty is a text that formats tend to spoil.
func nasty() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		start := rapid.SampledFrom([]string{"", "=", "+", "-", "@", "'", "''", "- ", "– ", "• ", "1. ", "1.1. ", "=SUM(A1)", "\"", "<w:t>", "&amp;", "_x0041_", "_x000D_", "[", "Nr. p. k.", "Uzdevumi", "svītrots", "APSTIPRINĀTS", "e\u0304", "TRUE", "1e5", "0012"}).Draw(t, "start")
		rest := rapid.StringMatching(`[A-Za-zāčēģīķļņšūž0-9;,"'\[\]„”<>&=| `+"\t\u00a0"+`-]{0,30}`).Draw(t, "rest")
		return start + rest + "x"
	})
}

// somePlan draws a valid plan of nasty texts.
func somePlan(t *rapid.T) plan.Plan {
	text := nasty()
	maybe := rapid.OneOf(rapid.Just(""), text)
	p := plan.Plan{Revision: rapid.IntRange(1, 20).Draw(t, "revision"), Title: text.Draw(t, "title"), From: 2024, Until: rapid.IntRange(2024, 2030).Draw(t, "until"),
		Approved: council.Date("2024-01-31").AddDays(rapid.IntRange(0, 900).Draw(t, "days")), Approval: maybe.Draw(t, "approval"), Heading: maybe.Draw(t, "heading"),
		Preamble: strings.Join(rapid.SliceOfN(maybe, 0, 4).Draw(t, "preamble"), "\n"), Proposed: rapid.Bool().Draw(t, "proposed")}
	for range rapid.IntRange(0, 2).Draw(t, "signers") {
		p.Signers = append(p.Signers, plan.Signer{Name: text.Draw(t, "name"), Role: maybe.Draw(t, "role")})
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "goals") {
		p.Goals = append(p.Goals, plan.Goal{Number: i + 1, Text: text.Draw(t, "goal")})
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "measures") {
		m := plan.Measure{Number: i + 1, Goal: rapid.IntRange(0, len(p.Goals)).Draw(t, "of goal"), Text: text.Draw(t, "measure"), Results: rapid.SliceOfN(text, 0, 3).Draw(t, "results")}
		for j := range rapid.IntRange(1, 12).Draw(t, "tasks") {
			x := plan.Task{Number: j + 1, Text: text.Draw(t, "task"), Retired: rapid.Bool().Draw(t, "retired")}
			if p.Revision > 1 {
				for k := range rapid.IntRange(0, 2).Draw(t, "follows") {
					x.Follows = append(x.Follows, plan.Ref{Revision: p.Revision - 1, Measure: k + 1, Task: j + 1})
				}
			}
			m.Tasks = append(m.Tasks, x)
		}
		p.Measures = append(p.Measures, m)
	}
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEveryPlanComesBackFromEveryFormat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := somePlan(t)
		for _, f := range exactly {
			comesBack(t, p, f)
		}
	})
}

// What no session has decided on says so wherever it is read, and never that it is
// approved.
func TestAProposedRevisionSaysThatItIsOne(t *testing.T) {
	p := real(t)
	p.Proposed, p.Approval, p.Signers = true, "", nil
	for _, f := range exactly {
		comesBack(t, p, f)
	}
	z := unpacked(t, written(t, p, DOCX))
	for _, c := range []struct {
		raw  string
		says string
	}{{z, ">PROJEKTS<"}, {z, "groza redakciju, kas apstiprināta: 2024-01-31"}, {string(written(t, p, CSV)), "Projekts;;2024-01-31;groza šajā dienā apstiprināto redakciju"},
		{string(written(t, p, JSON)), `"proposed": true`}, {string(written(t, p, Text)), "PROJEKTS (vēl nav apstiprināts; groza redakciju, kas apstiprināta 2024-01-31)"}} {
		if !strings.Contains(c.raw, c.says) || strings.Contains(c.raw, "APSTIPRINĀTS<") || strings.Contains(c.raw, "\nApstiprināts;") {
			t.Errorf("%q is not said by\n%s", c.says, c.raw)
		}
	}
	p.Proposed = false
	if z := unpacked(t, written(t, p, DOCX)); !strings.Contains(z, ">APSTIPRINĀTS<") || strings.Contains(z, "PROJEKTS") {
		t.Error("an approved plan does not say so")
	}
}

// unpacked is the text of a document with its marks.
func unpacked(t *testing.T, raw []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	s, err := part(z, documentPart)
	if err != nil {
		t.Fatal(err)
	}
	return string(s)
}

func TestWhatSpreadsheetsTakeForFormulasIsGuardedInCSV(t *testing.T) {
	p := real(t)
	for i, s := range []string{"=HYPERLINK(\"x\")", "+1", "-1", "@SUM(A1)", "'x"} {
		p.Measures[i].Tasks[0].Text = s
	}
	for line := range strings.Lines(string(written(t, p, CSV))) {
		for _, cell := range strings.Split(strings.TrimSpace(line), ";") {
			if cell = strings.Trim(cell, `"`); cell != "" && strings.ContainsRune(formulaMarks, rune(cell[0])) {
				t.Errorf("cell %q is a formula", cell)
			}
		}
	}
}

func TestTheDocumentIsTheSameBytesEachTime(t *testing.T) {
	if !bytes.Equal(written(t, real(t), DOCX), written(t, real(t), DOCX)) {
		t.Error("two documents of one plan differ")
	}
}

// refused checks that reading fails with a problem at a place, and that it can be
// said in both languages.
func refused(t *testing.T, raw []byte, field, key string) {
	t.Helper()
	_, err := Read(bytes.NewReader(raw))
	e, ok := errors.AsType[*problem.Error](err)
	if !ok {
		t.Fatalf("error %v, want %s", err, key)
	}
	got := []string{e.Key}
	args := []problem.Args{e.Args}
	for _, f := range e.Fields {
		got, args = append(got, f.Name+" "+f.Key), append(args, f.Args)
	}
	want := key
	if field != "" {
		want = field + " " + key
	}
	for i, g := range got {
		if g != want {
			continue
		}
		for _, lang := range locale.Langs {
			if s := locale.Text(lang, key, args[i]); strings.ContainsAny(s, "{}⟦⟧") || s == key {
				t.Errorf("%s: %q", lang, s)
			}
		}
		return
	}
	t.Errorf("refused with %v, want %q", got, want)
}

func archive(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, s := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(s))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatIsNoPlanIsRefused(t *testing.T) {
	csv := func(rows ...string) []byte {
		return []byte("Veids;Nr.;Teksts;Papildus;Turpina;Statuss\n" + strings.Join(rows, "\n"))
	}
	for _, c := range []struct {
		name       string
		raw        []byte
		field, key string
	}{
		{"a bomb", archive(t, map[string]string{documentPart: strings.Repeat("a", mostPart+1)}), "", "problem.exchange.unpacked"},
		{"a path upwards", archive(t, map[string]string{"../../etc/passwd": "x", documentPart: "x"}), "", "problem.exchange.part-name"},
		{"an absolute path", archive(t, map[string]string{"/etc/passwd": "x", documentPart: "x"}), "", "problem.exchange.part-name"},
		{"some archive", archive(t, map[string]string{"a.txt": "x"}), "", "problem.exchange.no-office"},
		{"a document that is no XML", archive(t, map[string]string{documentPart: "<w"}), "", "problem.exchange.damaged"},
		{"a workbook that is none", archive(t, map[string]string{"xl/workbook.xml": "<w"}), "", "problem.exchange.damaged"},
		{"half an archive", written(t, real(t), XLSX)[:3000], "", "problem.exchange.damaged"},
		{"an old workbook", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xxxx"), "", "problem.exchange.old-office"},
		{"too large", make([]byte, 6<<20), "", "problem.plan.large"},
		{"a column missing", []byte("Veids;Teksts\nNosaukums;x"), "table", "problem.exchange.columns"},
		{"a kind that is none", csv("Piezīme;;x"), "A2", "problem.choice"},
		{"a task before any measure", csv("Uzdevums;1.1;x"), "A2", "problem.exchange.before-measure"},
		{"a wrong number", csv("Pasākums;2;x"), "B2", "problem.exchange.order"},
		{"a task out of order", csv("Pasākums;1;x", "", "Uzdevums;1.2;y"), "B4", "problem.exchange.order"},
		{"a title twice", csv("Nosaukums;;x", "Nosaukums;;y"), "A3", "problem.exchange.twice"},
		{"a wrong period", csv("Periods;;2024.g."), "C2", "problem.exchange.period"},
		{"a wrong revision", csv("Redakcija;otrā;"), "B2", "problem.exchange.number"},
		{"a wrong reference", csv("Pasākums;1;x", "Uzdevums;1.1;y;;3.2"), "E3", "problem.exchange.follows"},
		{"a wrong date", csv("Nosaukums;;T", "Periods;;2024–2026", "Apstiprināts;;2024-02-31", "Pasākums;1;x", "Uzdevums;1.1;y"), "C4", "problem.date"},
		{"a text with a tick", csv("Nosaukums;;T", "Periods;;2024", "Apstiprināts;;31.01.2024.", "Pasākums;1;x", "Uzdevums;1.1;✓"), "C6", "problem.text.character"},
		{"an open quote", csv(`Nosaukums;;"x`), "line[2]", "problem.exchange.quotes"},
		{"another encoding", append(csv("Nosaukums;;"), 0xe2, 0x28), "", "problem.plan.encoding"},
	} {
		t.Run(c.name, func(t *testing.T) { refused(t, c.raw, c.field, c.key) })
	}
}

func told(t *testing.T, err error) {
	t.Helper()
	if problem.KindOf(err) == "" {
		t.Errorf("fails with %v, which is nothing to tell a person", err)
	}
}
