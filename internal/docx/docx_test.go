package docx

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	. "padome/internal/document"
	"padome/internal/problem"
)

// minutes is a paper with every kind of block.
func minutes(items int) Document {
	d := Document{
		Lang: "lv", Title: "Sēdes protokols Nr. 1", Author: "Memoranda padome", Subject: "Protokols", Reference: "MP protokols Nr. 1, 31.01.2024.",
		Created: time.Date(2024, 1, 31, 12, 45, 0, 0, time.UTC), Draft: true, DraftMark: "PROJEKTS",
		Blocks: Blocks{
			Masthead{Author: "MEMORANDA PADOMES SĒDES", Name: "PROTOKOLS"},
			Dateline{Place: "Rīgā", Number: "Nr. 1", Date: "2024. gada 31. janvārī"},
			Fields{Rows: []Field{{Label: "Sēdi vada", Values: Texts("Ž. Ķēniņa")}, {Label: "Piedalās", Values: Texts("A. Bērziņa", "Ģ. Čākstiņš <attālināti>")}}},
			Fields{Rows: []Field{{Label: "Sēdi sāk", Values: Texts("plkst. 11.00")}}},
		},
	}
	for n := 1; n <= items; n++ {
		d.Blocks = append(d.Blocks,
			Heading{Level: 1, Label: fmt.Sprintf("%d.", n), Text: "Par darba plānu & tā apstiprināšanu"},
			Note{Text: Plain("Plāna 8. pasākums"), Keep: Keep{WithNext: true}},
			Paragraph{Text: Text{{Text: "Ziņo: ", Bold: true}, {Text: "A. Bērziņa"}, {Text: " (attālināti)", Italic: true}}},
			Table{Caption: "Finansējums", RowHeaders: true, Columns: []Column{{Head: "Gads", Width: 1}, {Head: "EUR", Width: 3}},
				Rows: [][]Text{Texts("2024.", "2 000 000"), Texts("2025.", "")}},
			Paragraph{Text: Plain("Nolemj:"), Keep: Keep{WithNext: true}},
			List{Ordered: true, Items: []Item{
				{Label: fmt.Sprintf("%d.1.", n), Text: Plain("Apstiprināt darba plānu\nun to publicēt."), Items: []Item{
					{Label: "–", Text: Plain("ar grozījumiem;")}, {Label: "–", Text: Plain("bez tiem.")}}},
				{Label: fmt.Sprintf("%d.2.", n), Text: Plain("Pieņemt zināšanai.")}}},
			List{Items: []Item{{Label: "a)", Text: Plain("Citādi.")}, {Label: "50%", Text: Plain("Puse.")}}},
		)
	}
	d.Blocks = append(d.Blocks, Paragraph{Text: Plain("Sēdi slēdz plkst. 12.45")},
		Signatures{Signers: []Signer{{Role: "Sēdes vadītāja", Mark: "(paraksts*)", Name: "Ž. Ķēniņa"}, {Role: "Protokoliste", Mark: "(paraksts*)", Name: "V. Rakste"}}, Footnote: "* Dokuments ir parakstīts"})
	return d
}

func rendered(t testing.TB, d Document) file {
	t.Helper()
	raw, err := Render(d)
	if err != nil {
		t.Fatal(err)
	}
	f, err := read(raw)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// sound is a document read that no word processor has to repair.
func sound(t testing.TB, d Document) file {
	t.Helper()
	f := rendered(t, d)
	if got := f.faults(); got != nil {
		t.Fatalf("to be repaired: %q", got)
	}
	return f
}

func TestADocumentIsWhatItSays(t *testing.T) {
	f := rendered(t, minutes(2))
	if got := f.faults(); got != nil {
		t.Errorf("to be repaired: %q", got)
	}
	body := f.parts["word/document.xml"]
	var outline []string
	for _, p := range body.all("p") {
		if s := p.value("pStyle"); s == "Title" || strings.HasPrefix(s, "Heading") {
			outline = append(outline, s+" "+p.words())
		}
	}
	if d := cmp.Diff(outline, []string{"Title PROTOKOLS", "Heading1 1. Par darba plānu & tā apstiprināšanu", "Heading1 2. Par darba plānu & tā apstiprināšanu"}); d != "" {
		t.Errorf("headings differ (-got +want):\n%s", d)
	}
	heads := 0
	for _, tbl := range body.all("tbl") {
		heads += len(tbl.all("tblHeader"))
	}
	if heads != 2 || len(body.all("tbl")) != 5 {
		t.Errorf("%d tables, %d of them with a head that repeats, want 5 and 2", len(body.all("tbl")), heads)
	}
	size, margins := body.all("pgSz")[0].attr, body.all("pgMar")[0].attr
	if size["w"] != "11906" || size["h"] != "16838" || margins["left"] != "1701" || margins["right"] != "1134" {
		t.Errorf("page %v, margins %v", size, margins)
	}
	if got := f.parts["word/styles.xml"].value("lang"); got != "lv-LV" {
		t.Errorf("language %q", got)
	}
	first, next := f.parts["word/header1.xml"], f.parts["word/header2.xml"]
	if got, want := first.words()+"|"+next.words(), "PROJEKTS|2\u00a0(2) PROJEKTS"; got != want {
		t.Errorf("heads of pages %q, want %q", got, want)
	}
	var codes []string
	for _, x := range next.all("fldSimple") {
		codes = append(codes, strings.TrimSpace(x.attr["instr"]))
	}
	if !slices.Equal(codes, []string{"PAGE", "NUMPAGES"}) {
		t.Errorf("fields %q", codes)
	}
}

// A signature block is never parted, and the end of what stands before stays with
// it; nor is a label from what it introduces.
func TestWhatBelongsTogetherStaysTogether(t *testing.T) {
	body := rendered(t, minutes(1)).parts["word/document.xml"]
	paragraphs := body.all("p")
	kept := func(words string) bool {
		for _, p := range paragraphs {
			if p.words() == words {
				return len(p.all("pPr")[0].all("keepNext")) > 0
			}
		}
		t.Errorf("no paragraph %q", words)
		return false
	}
	for _, s := range []string{"Sēdi slēdz plkst.\u00a012.45", "Sēdes vadītāja", "Protokoliste", "Nolemj:", "Plāna 8.\u00a0pasākums"} {
		if !kept(s) {
			t.Errorf("%q can be parted from what follows", s)
		}
	}
	if kept("Pieņemt zināšanai.") {
		t.Error("what nothing follows is kept with it")
	}
	for _, r := range body.all("tr") {
		if len(r.all("cantSplit")) == 0 {
			t.Errorf("the row %q can be split", r.words())
		}
	}
}

// Labels come from the numbering of the word processor where it gives the very
// same ones, and stand in the text where it does not.
func TestListsAreNumberedAsTheyAreLabelled(t *testing.T) {
	f := rendered(t, minutes(2))
	levels := map[string]*node{}
	for _, n := range f.parts["word/numbering.xml"].all("abstractNum") {
		levels[n.attr["abstractNumId"]] = n
	}
	counts := map[string]int{}
	var got []string
	for _, p := range f.parts["word/document.xml"].all("p") {
		if p.value("pStyle") != "ListParagraph" {
			continue
		}
		id := p.value("numId")
		if id == "" {
			got = append(got, p.words())
			continue
		}
		label := levels[id].value("lvlText")
		var start, level int
		fmt.Sscan(levels[id].value("start"), &start)
		fmt.Sscan(p.value("ilvl"), &level)
		got = append(got, strings.Replace(label, fmt.Sprintf("%%%d", level+1), fmt.Sprint(start+counts[id]), 1)+" "+p.words())
		counts[id]++
	}
	var want []string
	for n := 1; n <= 2; n++ {
		want = append(want, fmt.Sprintf("%d.1. Apstiprināt darba plānu un to publicēt.", n), "– ar grozījumiem;", "– bez tiem.",
			fmt.Sprintf("%d.2. Pieņemt zināšanai.", n), "a) Citādi.", "50% Puse.")
	}
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("lists differ (-got +want):\n%s", d)
	}
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	a, err := Render(minutes(3))
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Render(minutes(3))
	if !bytes.Equal(a, b) {
		t.Error("two renderings differ")
	}
}

func TestWhatDoesNotValidateIsRefused(t *testing.T) {
	if _, err := Render(Document{Lang: "lv"}); problem.KindOf(err) != problem.Invalid {
		t.Errorf("got %v", err)
	}
}

// Whatever a text holds, the file is sound, and the text comes back.
func TestAnyTextComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("aāZž &<>\"'%]–„“ 1."))).Draw(t, "text")
		d := minutes(0)
		d.Blocks = append(d.Blocks[:4], List{Items: []Item{{Label: s, Text: Plain(s)}}}, Paragraph{Text: Plain("|" + s + "|")})
		raw, err := Render(d)
		if err != nil {
			t.Fatal(err)
		}
		f, err := read(raw)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.faults(); got != nil {
			t.Fatalf("to be repaired: %q", got)
		}
		ps := f.parts["word/document.xml"].all("p")
		if got, want := ps[len(ps)-1].words(), strings.Join(strings.FieldsFunc("|"+s+"|", func(r rune) bool { return r == ' ' }), " "); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

// What would have to be repaired is found.
func TestBrokenVariantsAreFound(t *testing.T) {
	for name, x := range map[string]struct{ part, old, new string }{
		"a style that is not there":     {"word/document.xml", `w:val="Dateline"`, `w:val="Datumrinda"`},
		"a numbering that is not there": {"word/document.xml", `<w:numId w:val="1"/>`, `<w:numId w:val="99"/>`},
		"properties out of order":       {"word/document.xml", `<w:keepNext/><w:keepLines/>`, `<w:keepLines/><w:keepNext/>`},
		"two tables in one":             {"word/document.xml", `</w:tbl><w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>`, `</w:tbl>`},
		"an empty cell":                 {"word/document.xml", `<w:p><w:pPr><w:pStyle w:val="FieldLabel"/></w:pPr><w:r><w:t xml:space="preserve">Sēdi vada</w:t></w:r></w:p>`, ``},
		"a part without a type":         {"[Content_Types].xml", `PartName="/word/footer1.xml"`, `PartName="/word/footer9.xml"`},
		"a relation that leads nowhere": {"word/_rels/document.xml.rels", `Target="styles.xml"`, `Target="style.xml"`},
		"a head that is not there":      {"word/document.xml", `r:id="rId4"`, `r:id="rId44"`},
	} {
		t.Run(name, func(t *testing.T) {
			f := rendered(t, minutes(1))
			raw := strings.Replace(string(f.raw[x.part]), x.old, x.new, 1)
			if raw == string(f.raw[x.part]) {
				t.Fatalf("%s has no %s", x.part, x.old)
			}
			f.raw[x.part] = []byte(raw)
			if err := f.parse(); err != nil {
				t.Fatal(err)
			}
			if f.faults() == nil {
				t.Error("not found")
			}
		})
	}
}

// A justified document says so in the styles of its running text, and Word does not
// stretch a line that was ended by hand.
func TestAJustifiedDocumentSaysSoInItsStyles(t *testing.T) {
	for _, justified := range []bool{false, true} {
		d := minutes(1)
		d.Justified = justified
		f := sound(t, d)
		for _, style := range f.parts["word/styles.xml"].all("style") {
			want := justified && slices.Contains(running, style.attr["styleId"])
			if got := style.value("jc") == "both"; got != want {
				t.Errorf("justified %t: the style %s says %q", justified, style.attr["styleId"], style.value("jc"))
			}
		}
		if len(f.parts["word/settings.xml"].all("doNotExpandShiftReturn")) != 1 {
			t.Error("lines ended by hand are stretched")
		}
	}
}

// A label with many values goes on over pages; what certifies an extract stands
// apart from the signatures above it.
func TestPagesAreFilledAndSignaturesStandApart(t *testing.T) {
	d := minutes(1)
	signed := Signatures{Signers: []Signer{{Role: "Vadītāja", Name: "A. Cita"}}}
	d.Blocks = append(d.Blocks, Fields{Rows: []Field{{Label: "Piedalās", Values: Texts("1", "2", "3", "4", "5", "6", "7")}, {Label: "Vada", Values: Texts("1", "2")}}},
		signed, Paragraph{Text: Plain("IZRAKSTS PAREIZS")}, Paragraph{Text: Plain("Rīgā")})
	f := sound(t, d)
	body := f.parts["word/document.xml"]
	for _, r := range body.all("tr") {
		split := strings.HasPrefix(r.words(), "Piedalās 1")
		if got := len(r.all("cantSplit")) == 0; got != split {
			t.Errorf("the row %.40q can be split: %t", r.words(), got)
		}
	}
	for _, p := range body.all("p") {
		if text := p.words(); text == "IZRAKSTS PAREIZS" || text == "Rīgā" {
			if got, want := len(p.all("spacing")) == 1, text != "Rīgā"; got != want {
				t.Errorf("%q stands apart: %t", text, got)
			}
		}
	}
}
