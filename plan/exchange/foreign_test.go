package exchange

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"padome/internal/ooxml"
	"padome/plan"
)

// wordText is a document as people write it: goals in a numbered list, a table whose
// head is there twice, tracked changes, a merged cell, tasks as bullets and with a
// broken line.
const wordText = `<w:document ` + ooxml.WordNS + `><w:body>
<w:p><w:r><w:t>APSTIPRINĀTS</w:t></w:r></w:p>
<w:p><w:r><w:t>Padomes 2025. gada </w:t></w:r><w:del><w:r><w:delText>25</w:delText></w:r></w:del><w:ins><w:r><w:t>26. martā</w:t></w:r></w:ins></w:p>
<w:p/>
<w:p><w:r><w:t>Padomes darba plāns 2024.–2026. gadam</w:t></w:r></w:p>
<w:p/>
<w:p><w:r><w:t>Prioritārie mērķi:</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Sekmēt attīstību.</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Stiprināt dialogu.</w:t></w:r></w:p>
<w:tbl>
<w:tr><w:tc><w:p><w:r><w:t>Nr. p. k.</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Pasākums</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Uzdevumi</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Sagaidāmais </w:t></w:r><w:r><w:t>rezultāts</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>1.</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>Dati</w:t><w:br/><w:t>par NVO</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>- apkopot datus,</w:t><w:br/><w:t>tos publicējot;</w:t></w:r></w:p><w:p><w:r><w:t>– izdiskutēt tos;</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Dati ir pieejami.</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p/></w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>- trešais uzdevums.</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>
<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>7.</w:t></w:r></w:p></w:tc></w:tr>
</w:tbl>
<w:tbl>
<w:tr><w:tc><w:p><w:r><w:t>Nr. p. k.</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Pasākums</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Uzdevumi</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Sagaidāmais rezultāts</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p></w:tc><w:tc><w:p><w:r><w:t>Nodokļi</w:t></w:r></w:p></w:tc><w:tc><w:p><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>pārskatīt </w:t></w:r><w:moveFrom><w:r><w:t>prom</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>kārtību.</w:t></w:r></w:moveTo></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>
</w:tbl>
<w:p><w:r><w:t>Piezīme par tabulu</w:t></w:r></w:p>
<w:p><w:r><w:t>* Dokuments ir parakstīts ar drošu elektronisko parakstu</w:t></w:r></w:p>
</w:body></w:document>`

const wordLists = `<w:numbering ` + ooxml.WordNS + `><w:abstractNum w:abstractNumId="3"><w:lvl><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>` +
	`<w:abstractNum w:abstractNumId="4"><w:lvl><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>` +
	`<w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="4"/></w:num></w:numbering>`

// peoplesPlan is what wordText says.
func peoplesPlan() plan.Plan {
	return plan.Plan{Revision: 1, Title: "Padomes darba plāns 2024.–2026. gadam", From: 2024, Until: 2026,
		Approved: "2025-03-26", Approval: "Padomes 2025. gada 26. martā", Heading: "Prioritārie mērķi:",
		Goals: []plan.Goal{{Number: 1, Text: "Sekmēt attīstību."}, {Number: 2, Text: "Stiprināt dialogu."}},
		Measures: []plan.Measure{
			{Number: 1, Text: "Dati par NVO", Results: []string{"Dati ir pieejami."}, Tasks: []plan.Task{
				{Number: 1, Text: "apkopot datus, tos publicējot;"}, {Number: 2, Text: "izdiskutēt tos;"}, {Number: 3, Text: "trešais uzdevums."}}},
			{Number: 2, Text: "Nodokļi", Tasks: []plan.Task{{Number: 1, Text: "pārskatīt kārtību."}}},
		}}
}

func TestADocumentAsPeopleWriteIt(t *testing.T) {
	got, err := Read(bytes.NewReader(archive(t, map[string]string{documentPart: wordText, numberingPart: wordLists})))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(peoplesPlan(), got.Plan); diff != "" {
		t.Errorf("plan (-want +read):\n%s", diff)
	}
	if len(got.Unplaced) != 1 || got.Unplaced[0].Text != "Piezīme par tabulu" {
		t.Errorf("without a place: %v", got.Unplaced)
	}
}

func TestADocumentThatLacksSomethingSaysWhat(t *testing.T) {
	for _, c := range []struct{ name, old, new, field, key string }{
		{"no table", "Uzdevumi", "Darbi", "table", "problem.exchange.columns"},
		{"no approval", "APSTIPRINĀTS", "x", "approved", "problem.plan.approval"},
		{"no title", "darba plāns", "plāns", "title", "problem.plan.title"},
		{"a number out of order", "<w:t>1.</w:t>", "<w:t>3.</w:t>", "table.row[2].column[1]", "problem.exchange.order"},
		{"a character that cannot be printed", "Nodokļi", "Nodokļi ✓", "table.row[2].column[2]", "problem.text.character"},
	} {
		t.Run(c.name, func(t *testing.T) {
			refused(t, archive(t, map[string]string{documentPart: strings.ReplaceAll(wordText, c.old, c.new), numberingPart: wordLists}), c.field, c.key)
		})
	}
	refused(t, archive(t, map[string]string{documentPart: `<w:document ` + ooxml.WordNS + `><w:body/></w:document>`}), "table", "problem.plan.table")
	refused(t, archive(t, map[string]string{documentPart: strings.Repeat("<a>", 300)}), "", "problem.exchange.unpacked")
}

// sheetText is the plan's own table in a spreadsheet, with the head above it.
const sheetText = "APSTIPRINĀTS,,,\r\nPadomes 2025. gada 26. martā,,,\r\n\r\nPadomes darba plāns 2024.–2026. gadam,,,\r\n\r\nPrioritārie mērķi:,,,\r\n1. Sekmēt attīstību.,,,\r\n2. Stiprināt dialogu.,,,\r\n" +
	"Nr. p. k.,Pasākums,Uzdevumi,Sagaidāmais rezultāts\r\n1.,Dati par NVO,\"- apkopot datus, tos publicējot;\n- izdiskutēt tos;\",Dati ir pieejami.\r\n,,- trešais uzdevums.,\r\n2.,Nodokļi,pārskatīt kārtību.,\r\n"

func TestThePlansOwnTableInASpreadsheet(t *testing.T) {
	tabs := strings.NewReplacer("datus, tos", "datus, tos", ",", "\t")
	for _, text := range []string{sheetText, "\ufeff" + tabs.Replace(sheetText)} {
		got, err := Read(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(peoplesPlan(), got.Plan); diff != "" || got.Format != CSV {
			t.Errorf("plan from %s (-want +read):\n%s", got.Format, diff)
		}
	}
}

func TestTheTextOfThePDFIsTakenForNoTable(t *testing.T) {
	raw, err := os.ReadFile("../data/darba-plans-2024-2026.txt")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	want := real(t)
	for i := range want.Measures {
		want.Measures[i].Goal = 0 // which the text does not say
	}
	if diff := cmp.Diff(want, got.Plan); diff != "" || got.Format != Text {
		t.Errorf("plan from %s (-want +read):\n%s", got.Format, diff)
	}
}

// Whatever the bytes, reading does not panic, fails only with a problem, and what
// is read is a valid plan that comes back the same.
func FuzzRead(f *testing.F) {
	p := real(f)
	for _, format := range exactly {
		f.Add(written(f, p, format))
	}
	f.Add([]byte(sheetText))
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := Read(bytes.NewReader(raw))
		if err != nil {
			told(t, err)
			return
		}
		comesBack(t, got.Plan, CSV)
	})
}

// FuzzReadDocument fuzzes the text of a document, past its archive.
func FuzzReadDocument(f *testing.F) {
	f.Add(wordText)
	f.Add(`<w:document><w:body><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr></w:tc></w:tr></w:tbl></w:body></w:document>`)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Read(bytes.NewReader(archive(t, map[string]string{documentPart: text, numberingPart: wordLists})))
		if err != nil {
			told(t, err)
			return
		}
		comesBack(t, got.Plan, DOCX)
	})
}
