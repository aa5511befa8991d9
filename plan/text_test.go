package plan

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func TestRealPlan(t *testing.T) {
	p, unplaced := mustParse(t, string(realText))
	if len(unplaced) != 0 {
		t.Errorf("got lines without a place: %v, want none", unplaced)
	}
	if p.Revision != 1 || p.From != 2024 || p.Until != 2026 || p.Approved != "2024-01-31" {
		t.Errorf("got revision %d, %d–%d, approved %s; want 1, 2024–2026, 2024-01-31", p.Revision, p.From, p.Until, p.Approved)
	}
	if len(p.Signers) != 2 || len(p.Goals) != 2 {
		t.Errorf("got %d signers and %d goals, want 2 and 2", len(p.Signers), len(p.Goals))
	}
	var tasks, results []int
	for _, m := range p.Measures {
		tasks = append(tasks, len(m.Tasks))
		results = append(results, len(m.Results))
	}
	if diff := cmp.Diff([]int{1, 2, 5, 3, 2, 3, 3, 5}, tasks); diff != "" {
		t.Errorf("tasks of the measures (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int{1, 1, 2, 3, 2, 2, 2, 5}, results); diff != "" {
		t.Errorf("results of the measures (-want +got):\n%s", diff)
	}
	golden(t, "real.txt", contents(p))
}

// The texts that the page breaks of the real plan cut, its misspellings, and the
// range of years broken over two lines.
func TestRealPlanTexts(t *testing.T) {
	p := mustReal(t)
	for _, c := range []struct {
		ref  Ref
		want string
	}{
		{Ref{1, 3, 5}, "identificēt situāciju un izstrādāt priekšlikumus organizāciju pieejai resursiem atbilstoši darbības teritorijai un mērķa grupām."},
		{Ref{1, 6, 1}, "uzraudzīt Atvērtās pārvaldības rīcības plānu 2022.–2025. gadam īstenošanu un iesaistīties Atvērtās pārvaldības nākamā perioda aktivitāšu plānošanā;"},
		{Ref{1, 7, 3}, "izveidot Memoranda padomes darba grupu, kas risina strīdu jautājumus līdzdalības ievērošanā"},
		{Ref{1, 8, 1}, "izstrādāt priekšlikumus normatīvajam regulējumam pilsoniskā dialoga lomas stiprināšanai Latvijā, praksē ieviešot sociālajam dialogam līdzvērtīgu pilsonisko dialogu;"},
		{Ref{1, 8, 3}, "aktualizēt un uzlabot komunikāciju ar Memorandu parakstījušām organizācijām un plašāku sabiedrību, nodrošinot regulāru informāciju par Memorandu Padomes darbu;"},
		{Ref{1, 8, 5}, "izstrādāt priekšlikumus pilsoniskā dialoga īstenošanai visos līmeņos."},
	} {
		if got, _ := p.Task(c.ref.Measure, c.ref.Task); got.Text != c.want {
			t.Errorf("%s: got %q, want %q", c.ref.Label(), got.Text, c.want)
		}
	}
	want := "Ieviests un nostiprināts pilsoniskais dialogs, lai radītu atbilstošus apstākļus kvalitatīvam lēmumu pieņemšanas procesam, lēmumos nodrošinot viedokļu un interešu pārstāvības daudzveidību un balansu."
	if got := p.Measures[7].Results[0]; got != want {
		t.Errorf("first result of measure 8: got %q, want %q", got, want)
	}
	for i, part := range []string{"rīcībolitikas ieviešanas plāni", "ietekme uz ietekmi uz cilvēktiesībām"} {
		if got := p.Measures[5].Results[i]; !strings.Contains(got, part) {
			t.Errorf("result of measure 6: got %q, want it to keep %q", got, part)
		}
	}
}

// Every line of the real table is, in order, the next words of the name, the tasks
// or the results of its measure, and in the end nothing of these is left over.
func TestRealTableKeepsEveryWordOnce(t *testing.T) {
	p := mustReal(t)
	_, table, _ := strings.Cut(string(realText), "Sagaidāmais rezultāts")
	table, _, _ = strings.Cut(table, "* Dokuments")
	at := -1
	var columns [3]string // what is still to come of name, tasks, results
	leftOver := func() {
		if rest := strings.Join(columns[:], ""); rest != "" {
			t.Errorf("measure %d: not in the source, or not in its order: %q", at+1, rest)
		}
	}
	for raw := range strings.Lines(table) {
		l := strings.Join(strings.Fields(raw), "")
		if l == "" {
			continue
		}
		if rowNumber.MatchString(l) {
			leftOver()
			at++
			columns = squeezed(p.Measures[at])
			continue
		}
		l = strings.TrimPrefix(l, "-")
		found := false
		for i, c := range columns {
			if rest, ok := strings.CutPrefix(c, l); ok && !found {
				columns[i], found = rest, true
			}
		}
		if !found {
			t.Errorf("measure %d: lost or out of order: %q", at+1, raw)
		}
	}
	leftOver()
	if at != 7 {
		t.Errorf("got %d measures, want 8", at+1)
	}
}

// squeezed are the columns of a measure without white space.
func squeezed(m Measure) [3]string {
	var tasks strings.Builder
	for _, t := range m.Tasks {
		tasks.WriteString(t.Text)
	}
	all := [3]string{m.Text, tasks.String(), strings.Join(m.Results, "")}
	for i := range all {
		all[i] = strings.ReplaceAll(all[i], " ", "")
	}
	return all
}

func TestSampleIsRead(t *testing.T) {
	got, unplaced := mustParse(t, sampleText)
	want := Plan{
		Revision: 1, Title: "Ciemu padomes darba plāns 2025.–2027. gadam", From: 2025, Until: 2027,
		Approved: "2025-02-26", Approval: "Ciemu padomes sēdē 2025. gada 26. februārī",
		Signers:  []Signer{{Name: "A. Ozols", Role: "Ciemu padomes vadītājs"}},
		Heading:  "Ciemu padomes prioritārie mērķi 2025.–2027. gadam:",
		Preamble: "Atbildīgos nosaka vēlāk.",
		Goals:    []Goal{{1, "Sekmēt ciemu attīstību."}},
		Measures: []Measure{
			{Number: 1, Text: "Uzlabot ceļus",
				Tasks: []Task{
					{Number: 1, Text: "apzināt ceļus, kurus izmanto pašvaldības un Valsts policija;"},
					{Number: 2, Text: "labot ceļus kopā ar iedzīvotājiem."},
				},
				Results: []string{"Apzināti visi ceļi, lai zinātu, kuri jālabo vispirms.", "Celta drošība."}},
			{Number: 2, Text: "Stādīt kokus",
				Tasks:   []Task{{Number: 1, Text: "stādīt kokus."}},
				Results: []string{"Iestādīti koki."}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("plan (-want +got):\n%s", diff)
	}
	if len(unplaced) != 0 {
		t.Errorf("got lines without a place: %v, want none", unplaced)
	}
}

// The same plan as other extractions put it.
func TestOtherFormsGiveTheSamePlan(t *testing.T) {
	replaced := func(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }
	head := "Nr.\np. k.\nPasākums\nUzdevumi\nSagaidāmais rezultāts\n"
	for name, form := range map[string]func(string) string{
		"line ends of Windows":           replaced("\n", "\r\n"),
		"old line ends":                  replaced("\n", "\r"),
		"byte order mark":                func(s string) string { return "\ufeff" + s },
		"no blanks at line ends":         replaced(" \n", "\n"),
		"letters apart from their marks": replaced("ā", "a\u0304", "ī", "i\u0304", "š", "s\u030c"),
		"no-break spaces":                replaced("p. k.", "p.\u00a0k."),
		"dashes as bullets":              replaced("\n- ", "\n– "),
		"dots of the Symbol font":        replaced("\n- ", "\n\uf0b7 "),
		"form feeds and page numbers":    replaced("\n iedzīvotājiem", "\n3\n\n\fiedzīvotājiem", "\nteritorijai", "\f4\nteritorijai"),
		"page numbers above":             replaced("\n iedzīvotājiem", "\n\f3\niedzīvotājiem"),
		"head on every page":             replaced("\n iedzīvotājiem", "\n"+head+"iedzīvotājiem"),
		"head in one line":               replaced("Nr. \n\np. k. \nPasākums Uzdevumi", "Nr. p. k. Pasākums Uzdevumi"),
		"head without blanks":            replaced("p. k. ", "p.k."),
		"footnote on every page":         replaced("\n iedzīvotājiem", "\n* Dokuments ir parakstīts ar drošu\nelektronisko parakstu un satur laika zīmogu\n\fiedzīvotājiem"),
		"blanks doubled":                 replaced("labot ceļus", "labot   ceļus"),
		"date broken over lines":         replaced("2025. gada 26.", "2025. gada\n26."),
		"title broken at the period":     replaced("darba plāns 2025.–", "darba plāns 2025.–\n"),
	} {
		t.Run(name, func(t *testing.T) {
			want, _ := mustParse(t, sampleText)
			text := form(sampleText)
			if text == sampleText {
				t.Fatal("the form changes nothing")
			}
			got, unplaced := mustParse(t, text)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("plan (-want +got):\n%s", diff)
			}
			if len(unplaced) != 0 {
				t.Errorf("got lines without a place: %v, want none", unplaced)
			}
		})
	}
}

func TestForeignLinesAreShown(t *testing.T) {
	for name, c := range map[string]struct{ old, with, want string }{
		"above the approval":          {" APSTIPRINĀTS", "Kopija\n APSTIPRINĀTS", "Kopija"},
		"between date and name":       {"A. Ozols", "Izraksts\nA. Ozols", "Izraksts"},
		"mark of nobody":              {"A. Ozols \n", "", "(paraksts*)"},
		"inside the table's head":     {"p. k.", "sk.\np. k.", "sk."},
		"above the first measure":     {"rezultāts \n", "rezultāts\nvārds\n", "vārds"},
		"number out of order":         {"- labot", "5.\n- labot", "5."},
		"number of a later measure":   {"Celta", "2.\nCelta", "2."},
		"number twice":                {"\n2. ", "\n2. \n2. ", "2."},
		"number no form feed marks":   {"jālabo", "12\njālabo", "12"},
		"after the footnote":          {"parakstu \n", "parakstu\nDrukāts vakar\n", "Drukāts vakar"},
		"new page, nothing cut on it": {"Celta drošība. ", "Celta drošība. \n iedzīvotāju dēļ\n- un vēl", "iedzīvotāju dēļ"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(sampleText, c.old, c.with, 1)
			if text == sampleText {
				t.Fatal("nothing was put in")
			}
			_, unplaced := mustParse(t, text)
			if len(unplaced) != 1 || unplaced[0].Text != c.want {
				t.Fatalf("got lines without a place %v, want only %q", unplaced, c.want)
			}
			if got := strings.TrimSpace(strings.Split(text, "\n")[unplaced[0].Line-1]); got != c.want {
				t.Errorf("line %d is %q, want %q", unplaced[0].Line, got, c.want)
			}
		})
	}
}

func TestBrokenTextsAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		old, with string
		want      []string
	}{
		"no table":          {"Pasākums", "Pasākumi", []string{"measures: problem.plan.table"}},
		"no approval":       {"APSTIPRINĀTS", "PROJEKTS", []string{"approved: problem.plan.approval"}},
		"no date":           {"26. februārī", "ziemā", []string{"approved: problem.plan.approved"}},
		"no such day":       {"26. februārī", "30. februārī", []string{"approved: problem.date"}},
		"no title":          {"darba plāns", "plāns", []string{"title: problem.plan.title"}},
		"period backwards":  {"plāns 2025.–2027.", "plāns 2027.–2025.", []string{"until: problem.plan.period"}},
		"no measures":       {sampleText[strings.Index(sampleText, "\n1. \n"):], "\n", []string{"measures: problem.plan.measures"}},
		"a number left out": {"\n2. ", "\n3. ", []string{"line[56]: problem.plan.order"}},
		"starts with two":   {"\n1. \n", "\n2. \n", []string{"line[35]: problem.plan.order"}},
		"no tasks":          {"- stādīt", "stādīt", []string{"line[56]: problem.plan.row"}},
		"no name":           {"Stādīt kokus \n", "", []string{"line[56]: problem.plan.row"}},
		"control character": {"kokus.", "kokus\u0007.", []string{"line[60]: problem.plan.character"}},
		"task too long":     {"stādīt kokus.", strings.Repeat("koks ", 601), []string{"measures[1].tasks[0].text: problem.text.long"}},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(sampleText, c.old, c.with, 1)
			if text == sampleText {
				t.Fatal("nothing was changed")
			}
			_, _, err := ParseText(strings.NewReader(text))
			refused(t, err, c.want...)
		})
	}
}

func TestAllFaultsOfATextAreToldAtOnce(t *testing.T) {
	text := strings.NewReplacer("APSTIPRINĀTS", "PROJEKTS", "\n2. ", "\n4. ").Replace(sampleText)
	_, _, err := ParseText(strings.NewReader(text))
	refused(t, err, "approved: problem.plan.approval", "line[56]: problem.plan.order")
}

func TestFilesThatAreNoTextAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"empty":          {"", "problem.plan.empty"},
		"only blanks":    {"\ufeff \n\n", "problem.plan.empty"},
		"PDF":            {"%PDF-1.7\n\x00", "problem.plan.pdf"},
		"DOCX":           {"PK\x03\x04word", "problem.plan.binary"},
		"UTF-16":         {"\xff\xfe1\x00.\x00", "problem.plan.binary"},
		"Windows Baltic": {"1.\nPas\xe2kums", "problem.plan.encoding"},
		"too large":      {strings.Repeat(".", mostMegabytes<<20+1), "problem.plan.large"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := ParseText(strings.NewReader(c.content))
			refused(t, err, c.want)
			_, err = ParseJSON(strings.NewReader(c.content))
			refused(t, err, c.want)
		})
	}
}

func TestReadingFailureIsNoFaultOfThePlan(t *testing.T) {
	_, _, err := ParseText(iotest.ErrReader(io.ErrClosedPipe))
	if !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("got %v, want %v", err, io.ErrClosedPipe)
	}
}
