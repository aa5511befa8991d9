package document_test

import (
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	. "padome/internal/document"
	"padome/internal/locale"
	"padome/internal/problem"
)

var update = flag.Bool("update", false, "write the golden files anew")

// minutes is a paper with every kind of block.
func minutes() Document {
	return Document{
		Lang: "lv", Title: "Sēdes protokols Nr. 1", Author: "Memoranda padome", Subject: "Protokols",
		Reference: "MP protokols Nr. 1, 31.01.2024.", Created: time.Date(2024, 1, 31, 12, 45, 0, 0, time.UTC),
		Draft: true, DraftMark: "PROJEKTS",
		Blocks: Blocks{
			Masthead{Author: "NEVALSTISKO ORGANIZĀCIJU UN MINISTRU KABINETA SADARBĪBAS MEMORANDA ĪSTENOŠANAS PADOMES SĒDES", Name: "PROTOKOLS"},
			Dateline{Place: "Rīgā", Number: "Nr. 1", Date: "2024. gada 31. janvārī"},
			Fields{Rows: []Field{
				{Label: "Sēdi vada", Values: Texts("Memoranda padomes vadītāja, Valsts kancelejas direktore – Ž. Ķēniņa")},
				{Label: "Ar balsstiesībām piedalās", Values: Texts("A. Bērziņa (Finanšu ministrija)", "Ģ. Čākstiņš (attālināti)")},
			}},
			Heading{Level: 1, Label: "1.", Text: "Par Memoranda padomes darba plānu 2024.–2026. gadam un tā apstiprināšanu"},
			Note{Text: Plain("Plāna 8. pasākums, uzdevums 8.2."), Keep: Keep{WithNext: true}},
			Paragraph{Text: Text{{Text: "Ziņo: ", Bold: true}, {Text: "A. Bērziņa"}, {Text: " (attālināti)", Italic: true}}},
			Table{Caption: "Balsojums", RowHeaders: true, Columns: []Column{{"Balss", 1}, {"Skaits", 1}, {"Kas", 3}},
				Rows: [][]Text{Texts("Par", "12", "Finanšu ministrija, Tieslietu ministrija un desmit biedrības"), Texts("Pret", "nav", "")}},
			Paragraph{Text: Plain("Nolemj:"), Keep: Keep{WithNext: true}},
			List{Ordered: true, Items: []Item{
				{Label: "1.1.", Text: Plain("Apstiprināt darba plānu."), Items: []Item{{Label: "–", Text: Plain("ar grozījumiem, par kuriem padome vienojās šajā sēdē pēc ilgām debatēm")}}},
				{Label: "1.2.", Text: Plain("Pieņemt zināšanai.")},
			}},
			Signatures{Signers: []Signer{{"Sēdes vadītāja", "(paraksts*)", "Ž. Ķēniņa"}}, Footnote: "* Dokuments ir parakstīts ar drošu elektronisko parakstu un satur laika zīmogu"},
		},
	}
}

func TestDocumentGoesThroughStorageUnchanged(t *testing.T) {
	want := minutes()
	for name, through := range map[string]func() (Document, error){
		"JSON": func() (got Document, err error) {
			raw, err := json.Marshal(want)
			if err != nil {
				return got, err
			}
			return got, json.Unmarshal(raw, &got)
		},
		"CBOR": func() (Document, error) {
			raw, err := cbor.Marshal(struct{ D Document }{want})
			if err != nil {
				return Document{}, err
			}
			var got struct{ D Document }
			return got.D, cbor.Unmarshal(raw, &got)
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := through()
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(got, want); d != "" {
				t.Errorf("read back differs (-got +want):\n%s", d)
			}
		})
	}
}

func TestJSONIsCanonical(t *testing.T) {
	raw, err := json.MarshalIndent(minutes(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "minutes.json", string(raw)+"\n")
	var d Document
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	again, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(again), string(raw); got != want {
		t.Errorf("written again:\n%s\nwant:\n%s", got, want)
	}
}

func TestUnknownContentIsNotReadAsLess(t *testing.T) {
	for name, raw := range map[string]string{
		"unknown kind":  `[{"picture":{}}]`,
		"unknown field": `[{"note":{"text":[],"colour":"red"}}]`,
		"two kinds":     `[{"note":{"text":[]},"heading":{"level":1,"text":""}}]`,
		"no kind":       `[{}]`,
		"wrong type":    `[{"heading":{"level":"one"}}]`,
		"not a list":    `{"note":{}}`,
		"a nil":         `[null]`,
	} {
		t.Run(name, func(t *testing.T) {
			b := Blocks{Note{Text: Plain("before")}}
			if err := json.Unmarshal([]byte(raw), &b); err == nil {
				t.Fatalf("read as %#v, want an error", b)
			}
			if d := cmp.Diff(b, Blocks{Note{Text: Plain("before")}}); d != "" {
				t.Errorf("a failed read changed the blocks (-got +want):\n%s", d)
			}
		})
	}
	if _, err := json.Marshal(Blocks{nil}); err == nil {
		t.Error("a nil block was written, want an error")
	}
}

func TestValidateNamesTheBlockAndTheCharacter(t *testing.T) {
	d := minutes()
	d.Blocks[5] = Paragraph{Text: Text{{Text: "Izsakās: biedrības "}, {Text: "„Prieks 😀” pārstāve"}}}
	d.Blocks[8] = List{Items: []Item{{Label: "1.1.", Text: Plain("Labi"), Items: []Item{{Label: "a\n", Text: Plain("Zvans\a")}}}}}
	d.Subject = "nulles platuma\u200b atstarpe"
	err := d.Validate()
	e, ok := err.(*problem.Error)
	if !ok {
		t.Fatalf("got %v, want a problem.Error", err)
	}
	want := []problem.Field{
		{Name: "subject", Key: "problem.text.character", Args: problem.Args{"character": "U+200B", "position": "15"}},
		{Name: "blocks[5].text", Key: "problem.document.character", Args: problem.Args{"block": "6", "character": "😀 (U+1F600)", "position": "28", "near": ": biedrības „Prieks ” pārstāve"}},
		{Name: "blocks[8].items[0].items[0].label", Key: "problem.document.character", Args: problem.Args{"block": "9", "character": "U+000A", "position": "2", "near": "a"}},
		{Name: "blocks[8].items[0].items[0].text", Key: "problem.document.character", Args: problem.Args{"block": "9", "character": "U+0007", "position": "6", "near": "Zvans"}},
	}
	if d := cmp.Diff(e.Fields, want); d != "" {
		t.Errorf("faults differ (-got +want):\n%s", d)
	}
}

func TestValidateRefusesWhatNoRenderingCanShow(t *testing.T) {
	deep := []Item{{Label: "x"}}
	for range 8 {
		deep = []Item{{Label: "x", Items: deep}}
	}
	for _, tt := range []struct {
		name, field, key string
		spoil            func(*Document)
	}{
		{"no blocks", "blocks", "problem.document.empty", func(d *Document) { d.Blocks = nil }},
		{"nil block", "blocks[0].kind", "problem.document.kind", func(d *Document) { d.Blocks[0] = nil }},
		{"no date", "created", "problem.document.created", func(d *Document) { d.Created = time.Time{} }},
		{"no title", "title", "problem.text.missing", func(d *Document) { d.Title = "" }},
		{"draft without mark", "draftMark", "problem.text.missing", func(d *Document) { d.DraftMark = "" }},
		{"language", "lang", "problem.choice", func(d *Document) { d.Lang = "de" }},
		{"not UTF-8", "blocks[0].text", "problem.text.encoding", func(d *Document) { d.Blocks[0] = Note{Text: Plain("\xff")} }},
		{"level", "blocks[0].level", "problem.range", func(d *Document) { d.Blocks[0] = Heading{Level: 0, Text: "x"} }},
		{"depth", "blocks[0].items[0].items[0].items[0].items[0].items[0].items[0].items", "problem.document.depth", func(d *Document) { d.Blocks[0] = List{Items: deep} }},
		{"no columns", "blocks[0].columns", "problem.range", func(d *Document) { d.Blocks[0] = Table{} }},
		{"width", "blocks[0].columns[0].width", "problem.document.width", func(d *Document) { d.Blocks[0] = Table{Columns: []Column{{"a", 0}}} }},
		{"cells", "blocks[0].rows[0]", "problem.document.cells", func(d *Document) {
			d.Blocks[0] = Table{Columns: []Column{{"a", 1}}, Rows: [][]Text{Texts("1", "2")}}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := minutes()
			tt.spoil(&d)
			e, ok := d.Validate().(*problem.Error)
			if !ok || len(e.Fields) != 1 {
				t.Fatalf("got %v, want one fault", e)
			}
			if got, want := e.Fields[0].Name+" "+e.Fields[0].Key, tt.field+" "+tt.key; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
			if own := strings.HasPrefix(tt.key, "problem.document."); own && !locale.Has(tt.key) {
				t.Errorf("%s is not in the catalogue", tt.key)
			}
		})
	}
	if err := minutes().Validate(); err != nil {
		t.Errorf("a sound document: %v", err)
	}
}

func TestLinesEndWhereAReaderExpects(t *testing.T) {
	for s, want := range map[string]string{
		"darba plāns 2024.–2026. gadam":    "darba |plāns |2024.–2026. |gadam",
		"2024.\u00a0gada 31.\u00a0janvārī": "2024.\u00a0gada |31.\u00a0janvārī",
		"J.\u00a0Ozoliņš – vadītājs":       "J.\u00a0Ozoliņš – |vadītājs",
		"kopā\u00a0ar to":                  "kopā\u00a0ar |to",
		"par - pret":                       "par - |pret",
		"valsts–nevalstiskā puse":          "valsts–|nevalstiskā |puse",
		"vadītājs/vadītāja":                "vadītājs/|vadītāja",
		"vispārīgi-juridisks":              "vispārīgi-|juridisks",
		"e-pasts LV-4701 Nr. 1-8/26-114":   "e-pasts |LV-4701 |Nr. 1-8/26-114",
		"J. Ozols un Dz. Bērza":            "J. Ozols |un |Dz. Bērza",
		"(A. B. Paraugs)":                  "(A. B. Paraugs)",
		"SIA. Ozols":                       "SIA. |Ozols",
		"no plkst. 11.00 līdz plkst. 13":   "no |plkst. 11.00 |līdz |plkst. 13",
		"Nr. un datums":                    "Nr. |un |datums",
		"1 234 567 eiro, 12,5 %":           "1 234 567 eiro, |12,5 %",
		"2024 100 lapas":                   "2024 |100 |lapas",
		"2024. gada 31. janvārī":           "2024. gada |31. janvārī",
		"2024.\u00a031. janvārī":           "2024.\u00a031. janvārī",
		"1. Apstiprināt":                   "1. |Apstiprināt",
		"uz 3 lp. un 12 lapām":             "uz |3 lp. |un |12 |lapām",
		"divas  atstarpes":                 "divas  |atstarpes",
		"rinda\notra \n trešā":             "rinda\n|otra \n| |trešā",
		"beigas ":                          "beigas ",
		"–12 grādi":                        "–12 |grādi",
		"-\xff-":                           "-\xff-",
		"":                                 "",
	} {
		if got := strings.Join(slices.Collect(Pieces(s)), "|"); got != want {
			t.Errorf("%q is cut as %q, want %q", s, got, want)
		}
	}
}

func TestPiecesLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("aā1 \u00a0-–/.\n"))).Draw(t, "s")
		if got := strings.Join(slices.Collect(Pieces(s)), ""); got != s {
			t.Fatalf("pieces of %q join to %q", s, got)
		}
	})
}

func TestPlainText(t *testing.T) {
	got := PlainText(minutes())
	golden(t, "minutes.txt", got)
	for l := range strings.Lines(got) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(l, "\n")); n > 76 {
			t.Errorf("line of %d characters: %s", n, l)
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := "testdata/" + name
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(got, string(want)); d != "" {
		t.Errorf("%s differs (-got +want):\n%s", name, d)
	}
}
