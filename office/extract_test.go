package office

import (
	"slices"
	"strings"
	"testing"

	"padome/council"
	"padome/internal/document"
	"padome/internal/form"
	"padome/internal/locale"
	"padome/internal/pdf"
	"padome/internal/problem"
	"padome/plan"
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
		"Par 2. jautājumu", "Publicēt pārskatu.", "priekšlikums uz 3 lp.", "Sēdes vadītāja (apliecināts) Z. Kārkliņa", "IZRAKSTS PAREIZS", "Rīgā, 2024. gada"} {
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

// An extract is written in its own form, in the words of the minutes where that
// has none; the preview certifies as the one who looks would.
func TestAnExtractIsWrittenInItsForm(t *testing.T) {
	d := newDesk(t)
	session, items := d.secretive()
	ctx, officer := t.Context(), d.by("officer").Actor
	f := form.Usual(form.Extract)
	if _, err := d.PreviewForm(ctx, officer, locale.LV, f); problem.KindOf(err) != problem.State {
		t.Errorf("a preview before any minutes are signed: %v", err)
	}
	m := form.Usual(form.Minutes)
	m.Tense, m.Texts = form.Past, map[string]form.Words{"presides": {LV: "Sēdes vadība", EN: "Chaired by"}, "takes-minutes": {LV: "Rakstīja", EN: "Written by"}}
	must(t)(d.SaveForm(ctx, d.by("officer"), m))
	d.signed(session)
	f.Lines, f.Parts = form.Justified, []string{"heading", "item", "session", "signatures", "certified"}
	f.Texts = map[string]form.Words{"presides": {LV: "Vadītājs", EN: "Chair"}, "extract.right": {LV: "KOPIJA PAREIZA", EN: "TRUE COPY"}}
	f.Closing = []form.Words{{LV: "Izsniegts pēc pieprasījuma.", EN: "Issued on request."}}
	for lang, want := range map[locale.Lang][]string{
		locale.LV: {"Vadītājs", "Rakstīja", "Ziņoja:", "Izsniegts pēc pieprasījuma.", "KOPIJA PAREIZA"},
		locale.EN: {"Chair", "Written by", "Issued on request.", "TRUE COPY"},
	} {
		p := get2(d.PreviewForm(ctx, officer, lang, f))(t)
		if got := document.PlainText(p); !p.Justified || !containsAll(got, want) || strings.Contains(got, "Pielikum") {
			t.Errorf("the preview in %s reads\n%s", lang, got)
		}
	}
	if got := get2(d.ExtractDocument(ctx, officer, locale.LV, session, items[1]))(t); got.Justified || !strings.Contains(document.PlainText(got), "Sēdes vadība") {
		t.Errorf("a preview changed extracts:\n%s", document.PlainText(got))
	}
	must(t)(d.SaveForm(ctx, d.by("officer"), f))
	got := get2(d.ExtractDocument(ctx, officer, locale.LV, session, items[1]))(t)
	text := document.PlainText(got)
	if !got.Justified || !containsAll(text, []string{"Vadītājs", "KOPIJA PAREIZA"}) || strings.Index(text, "Par 2. jautājumu") > strings.Index(text, "Vadītājs") {
		t.Errorf("the extract reads\n%s", text)
	}
}

// An extract says how many were there at its own item, whoever came and went at
// the others.
func TestAnExtractHasTheQuorumOfItsItem(t *testing.T) {
	d := newDesk(t)
	session := d.prepared("2024-01-31").ID
	d.propose("Par darba plānu", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	c := d.opened(session)
	a := get2(d.Record(t.Context(), d.by("taker").Actor, session))(t).Attendance
	a.Entries[0].Until = len(c.Items) - 1
	must(t)(d.SaveAttendance(t.Context(), d.by("taker"), session, a.Revision, a.Entries))
	d.closed(session, c, "")
	d.signed(session)
	for i, want := range map[int]string{0: "pārstāvēti 12 no 16", len(c.Items) - 1: "pārstāvēti 11 no 16"} {
		got := document.PlainText(get2(d.ExtractDocument(t.Context(), d.by("officer").Actor, locale.LV, session, c.Items[i].ID))(t))
		if got = strings.Join(strings.Fields(got), " "); !strings.Contains(got, "Kvorums "+want) || strings.Contains(got, "jautājumā: pārstāvēti") {
			t.Errorf("the extract of item %d says\n%s", i+1, got)
		}
	}
}

func containsAll(s string, wants []string) bool {
	return !slices.ContainsFunc(wants, func(w string) bool { return !strings.Contains(s, w) })
}
