package office

import (
	"strings"
	"testing"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/pdf"
	"padome/internal/problem"
)

// An extract has the data of the session, its item and no other, the annexes of
// the item with their pages, who signed, and from the secretariat the line that
// certifies it.
func TestAnExtractIsOfOneItem(t *testing.T) {
	d := newDesk(t)
	session, items := d.secretive()
	ctx, officer, public := t.Context(), d.by("officer").Actor, council.Actor{}
	if _, err := d.ExtractDocument(ctx, officer, locale.LV, session, items[1]); problem.KindOf(err) != problem.NotFound && problem.KindOf(err) != problem.State {
		t.Errorf("before there are minutes: %v", err)
	}
	d.signed(session)
	text := func(a council.Actor, lang locale.Lang, item string) string {
		body := get2(d.ExtractFile(ctx, a, lang, session, item, PaperText))(t)
		return strings.Join(strings.Fields(string(body)), " ")
	}
	got := text(officer, locale.LV, items[1])
	for _, want := range []string{"IZRAKSTS NO PROTOKOLA", "Nr. 1", "2024. gada 31. janvārī", "Sēdi vada", "Protokolē", "Sēdes laiks plkst. 11.00–12.45",
		"Par 2. jautājumu", "Publicēt pārskatu.", "priekšlikums uz 3 lp.", "Sēdes vadītāja (paraksts) Z. Kārkliņa", "IZRAKSTS PAREIZS", "Rīgā, 2024. gada"} {
		if !strings.Contains(got, want) {
			t.Errorf("the extract lacks %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "Par 1. jautājumu") || strings.Contains(got, "Kanarijone") || strings.Contains(got, "paraksts*") {
		t.Errorf("the extract has what is not its own:\n%s", got)
	}
	if got := text(public, locale.EN, items[1]); strings.Contains(got, "CORRECT") || !strings.Contains(got, "EXTRACT FROM THE MINUTES") || !strings.Contains(got, "not certified") {
		t.Errorf("an extract that nobody certifies says\n%s", got)
	}
	if n := pdf.CountPages(get2(d.ExtractFile(ctx, officer, locale.LV, session, items[1], PaperPDF))(t)); n != 1 {
		t.Errorf("%d pages", n)
	}
	if _, err := d.ExtractDocument(ctx, officer, locale.LV, session, "none"); problem.KindOf(err) != problem.NotFound {
		t.Errorf("of an item that is not there: %v", err)
	}
}
