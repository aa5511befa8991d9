package web

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/office"
	"padome/plan"
	"padome/plan/exchange"
)

// A council that begins is led from one thing to the next: each stands there until
// it is done, for those who see to it, and leads to where it is done.
func TestACouncilThatBeginsIsToldWhatToDoFirst(t *testing.T) {
	h := newHall(t)
	begin := func(who string) (kinds []office.TodoKind) {
		for _, k := range h.todo(who) {
			if strings.HasPrefix(string(k), "begin-") {
				kinds = append(kinds, k)
			}
		}
		return kinds
	}
	stands := func(after, who string, want ...office.TodoKind) {
		t.Helper()
		if got := begin(who); !slices.Equal(got, want) {
			t.Errorf("%s, %s has to do %q, want %q", after, who, got, want)
		}
		links := h.page(who, "/").Find(".tasks a")
		if links.Length() < len(want) {
			t.Errorf("%s, the desk of %s leads to %d places, want %d", after, who, links.Length(), len(want))
		}
		for _, a := range links.EachIter() {
			if w := h.ask(who, "GET", a.AttrOr("href", ""), nil, "Accept", "text/html"); w.Code != 200 {
				t.Errorf("%s, %q answers %d to %s", after, a.AttrOr("href", ""), w.Code, who)
			}
		}
	}
	stands("at first", "admin", office.BeginGroups)
	stands("at first", "officer", office.BeginGroups, office.BeginPlan, office.BeginSession)
	stands("at first", "state-1")
	if got := h.page("officer", "/principles").Find("main a[href='/groups/new']").Length(); got != 1 {
		t.Error("without a working group nothing leads to one from the principles")
	}
	g := council.WorkingGroup{ID: "saturs", Name: "satura grupa", NameEN: "content group", Members: []string{"ngo-2"}, From: "2024-01-01"}
	if _, err := h.office.SaveGroup(h.Context(), operator, 0, g); err != nil {
		t.Fatal(err)
	}
	stands("with a working group", "officer", office.BeginPlan, office.BeginPrinciples, office.BeginSession)
	h.firstPrinciples(func() {
		stands("with a draft", "officer", office.BeginPlan, office.AgreePrinciples, office.BeginSession)
	})
	stands("with principles", "officer", office.BeginPlan, office.BeginSession)
	h.importsThePlan()
	stands("with a plan", "officer", office.BeginSession)
	h.press("officer", "/sessions/new", "Saglabāt", 303, "date-day", "28", "date-month", "2", "date-year", "2024")
	stands("with a session", "officer")
	stands("with a session", "admin")
}

// firstPrinciples has the principles proposed, agreed and adopted of which there
// were none; between is called while they wait.
func (h *hall) firstPrinciples(between func()) {
	h.Helper()
	propose := h.page("officer", "/principles").Find("a.button").AttrOr("href", "")
	if got := h.page("officer", propose).Find("main p").First().Text(); !strings.Contains(got, "pirmie pamatprincipi") {
		h.Errorf("the form says %q", got)
	}
	d := h.press("officer", propose, "Ierosināt", 303, "group", "saturs", "from-day", "10", "from-month", "1", "from-year", "2024")
	if got := d.Find("main").Text(); !strings.Contains(got, "pirmie pamatprincipi") || strings.Contains(got, "Salīdzinot") || d.Find("a[href*='/compare']").Length() > 0 {
		h.Errorf("the first set reads %q", got)
	}
	for _, id := range agenda.RuleIDs() {
		if d.Find("#"+id).Length() != 1 {
			h.Errorf("the first set has no %s", id)
		}
	}
	between()
	agree := d.Find("a[href$='/agreements/saturs']").AttrOr("href", "")
	d = h.press("officer", agree, "Reģistrēt piekrišanu", 303, "reference", "Protokols Nr. 1")
	h.press("officer", d.Find("a[href$='/adopt']").AttrOr("href", ""), "Pieņemt", 303)
	if got := h.page("", "/principles/1").Find("h1").Text(); got == "" {
		h.Error("there is no first version")
	}
}

// importsThePlan brings the first plan in by its page, which shows what was read.
func (h *hall) importsThePlan() {
	h.Helper()
	var raw bytes.Buffer
	p, err := plan.Real()
	if err == nil {
		err = exchange.Write(&raw, p, exchange.DOCX)
	}
	if err != nil {
		h.Fatal(err)
	}
	d := h.sendFile("officer", planImportAt, "plans.docx", raw.Bytes(), 200)
	got := strings.Join(strings.Fields(d.Find("main").Text()), " ")
	if !strings.Contains(got, "2 prioritārie mērķi, 8 pasākumi, 24 uzdevumi") || !strings.Contains(got, p.Measures[7].Tasks[1].Text) {
		h.Errorf("the preview of the first plan reads %q", got)
	}
	h.pressOf("officer", d, "Importēt apstiprināto redakciju", 303)
}
