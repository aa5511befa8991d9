package pades_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"padome/internal/document"
	"padome/internal/locale"
	"padome/internal/pdf"
	"padome/internal/signature"
	"padome/internal/signature/pades"
	"padome/internal/signature/signtest"
)

var (
	world = signtest.New("Tests")
	noon  = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	later = noon.AddDate(0, 1, 0)
	anna  = world.Person("ANNA KALNIŅA", "PNOLV-010190-12345")
	juris = world.Person("JURIS OZOLS", "PNOLV-020280-23456")
	ours  = signature.Check{Anchors: world.Anchors(), Now: later, Expected: []signature.Expected{
		{ID: "anna", Serial: "PNOLV-010190-12345", Name: "Anna Kalniņa"}, {ID: "juris", Serial: "PNOLV-020280-23456", Name: "Juris Ozols"}}}
	at = signtest.Signing{At: noon}
)

// drawn is a document of paragraphs as the program freezes it.
func drawn(t testing.TB, paragraphs int) []byte {
	t.Helper()
	d := document.Document{Lang: "lv", Title: "Protokols", Author: "Padome", Subject: "Sēde", Reference: "Nr. 1", Created: noon}
	d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: "Protokols"})
	for i := range paragraphs {
		d.Blocks = append(d.Blocks, document.Heading{Level: 2, Text: "Jautājums " + strconv.Itoa(i+1)},
			document.Paragraph{Text: document.Plain(strings.Repeat("Padome nolēma ar 10 balsīm par un nevienu pret. ", 12))})
	}
	file, err := pdf.Render(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// valid fails unless a file is accepted.
func valid(t *testing.T, frozen, file []byte) signature.Verdict {
	t.Helper()
	v := pades.Verify(ours, frozen, file)
	if !v.Valid() || v.Err() != nil {
		t.Fatalf("refused: %v", v.Err())
	}
	return v
}

// refused fails unless a file is refused for a reason; "key part" with a part
// of the document.
func refused(t *testing.T, frozen, file []byte, why string) {
	t.Helper()
	v := pades.Verify(ours, frozen, file)
	faults := v.Faults
	for _, s := range v.Signers {
		faults = append(faults, s.Faults...)
	}
	var got []string
	for _, f := range faults {
		got = append(got, strings.TrimSpace(strings.TrimPrefix(f.Key, "problem.signature.")+" "+f.Args["part"]))
		for _, lang := range locale.Langs {
			if s := locale.Text(lang, f.Key, f.Args); strings.Contains(s, "⟦") {
				t.Errorf("%s", s)
			}
		}
	}
	if v.Valid() || !slices.Equal(got, []string{why}) {
		t.Errorf("got %q %v, want %q", got, faults, why)
	}
}

func sign(file []byte, who signtest.Holder, field string) []byte {
	return world.SignPDF(file, who, at, field)
}
