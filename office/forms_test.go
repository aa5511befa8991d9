package office

import (
	"strings"
	"testing"

	"padome/council"
	"padome/internal/document"
	"padome/internal/form"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/plan"
)

// A paper keeps the form that it became final under; drafts follow the newest.
func TestAPaperKeepsTheFormItWasFrozenUnder(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	edit := func(of form.Of, change func(*form.Form)) form.Form {
		f := get2(d.Form(ctx, of))(t)
		change(&f)
		return get2(d.SaveForm(ctx, d.by("officer"), f))(t)
	}
	presides := func(lv string) func(*form.Form) {
		return func(f *form.Form) { f.Texts = map[string]form.Words{"presides": {LV: lv, EN: "Chair"}} }
	}
	officer := d.by("officer").Actor
	jan := d.prepared("2024-01-31")
	if _, err := d.PreviewForm(ctx, officer, locale.LV, form.Usual(form.Minutes)); problem.KindOf(err) != problem.State {
		t.Errorf("a preview without any paper: %v", err)
	}
	first := edit(form.Agenda, func(f *form.Form) { f.Texts = map[string]form.Words{"mode": {LV: "Kā notiek", EN: "How"}} })
	if first.Version != 1 || first.By == "" {
		t.Errorf("saved as %+v", first)
	}
	if _, err := d.SaveForm(ctx, d.by("officer"), form.Usual(form.Agenda)); problem.KindOf(err) != problem.Conflict {
		t.Errorf("over a version that was not seen: %v", err)
	}
	if _, err := d.SaveForm(ctx, d.by("ngo-2"), first); problem.KindOf(err) != problem.Forbidden {
		t.Errorf("a member saves a form: %v", err)
	}
	wrong := first
	wrong.Parts = []string{"items"}
	if _, err := d.SaveForm(ctx, d.by("officer"), wrong); problem.KindOf(err) != problem.Invalid {
		t.Errorf("a form without a heading: %v", err)
	}
	d.propose("Par darba plānu", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	c := d.opened(jan.ID)
	edit(form.Agenda, func(f *form.Form) { f.Texts = map[string]form.Words{"mode": {LV: "Pavisam citādi", EN: "Other"}} })
	if got := document.PlainText(get2(d.AgendaDocument(ctx, council.Actor{}, locale.LV, jan.ID, 0, false))(t)); !strings.Contains(got, "Kā notiek") || strings.Contains(got, "Pavisam") {
		t.Errorf("the approved agenda reads\n%s", got)
	}
	d.closed(jan.ID, c, "")
	edit(form.Minutes, presides("Pirmā vadība"))
	m := d.signed(jan.ID)
	edit(form.Minutes, presides("Otrā vadība"))
	for _, lang := range locale.Langs {
		want := map[locale.Lang]string{locale.LV: "Pirmā vadība", locale.EN: "Chair"}[lang]
		if got := document.PlainText(get2(d.MinutesDocument(ctx, council.Actor{}, lang, jan.ID))(t)); !strings.Contains(got, want) || m.Form != 1 {
			t.Errorf("minutes of form %d read\n%s", m.Form, got)
		}
	}
	third := get2(d.Form(ctx, form.Minutes))(t)
	presides("Trešā vadība")(&third)
	if got := document.PlainText(get2(d.PreviewForm(ctx, officer, locale.LV, third))(t)); !strings.Contains(got, "Trešā vadība") {
		t.Errorf("the preview reads\n%s", got)
	}
	if all := get2(d.Forms(ctx, form.Minutes))(t); len(all) != 2 || all[0].Version != 2 {
		t.Errorf("%d versions", len(all))
	}
}
