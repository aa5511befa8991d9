package web

import (
	"strings"
	"testing"
)

func init() {
	for route, want := range map[string]string{
		"GET /people":                          "200 200 200 200 200 200 200",
		"GET /people/new":                      "401 403 403 200 403 403 200",
		"POST /people/new":                     "401 403 403 422 403 403 422",
		"GET /people/:id":                      "401 403 404 404 404 404 404",
		"GET /people/:id/change":               "401 403 403 404 403 403 404",
		"POST /people/:id/change":              "401 403 403 404 403 403 404",
		"GET /people/:id/mandates/new":         "401 403 403 404 403 403 404",
		"POST /people/:id/mandates/new":        "401 403 403 404 403 403 404",
		"GET /people/:id/mandates/:mandate":    "401 403 403 404 403 403 404",
		"POST /people/:id/mandates/:mandate":   "401 403 403 404 403 403 404",
		"GET /people/delegations":              "401 403 200 200 200 200 200",
		"GET /people/delegations/new":          "401 403 403 200 403 403 200",
		"POST /people/delegations/new":         "401 403 403 422 403 403 422",
		"GET /people/delegations/:delegation":  "401 403 403 404 403 403 404",
		"POST /people/delegations/:delegation": "401 403 403 404 403 403 404",
		"GET /groups":                          "200 200 200 200 200 200 200",
		"GET /groups/new":                      "401 403 403 200 403 403 200",
		"POST /groups/new":                     "401 403 403 422 403 403 422",
		"GET /groups/:id/change":               "401 403 403 404 403 403 404",
		"POST /groups/:id/change":              "401 403 403 404 403 403 404",
		"GET /history/:kind/:id":               "401 403 403 200 200 200 200",
	} {
		access[route] = want
	}
}

func TestRegistersOfPeopleShowThePublicNamesAndRolesOnly(t *testing.T) {
	h := newHall(t)
	public := h.page("", "/people").Find("main")
	if got := public.Text(); !strings.Contains(got, "Zane Kārkliņa") || !strings.Contains(got, "8 locekļi, 8 vietas.") {
		t.Errorf("the public reads %q", got)
	}
	if html, _ := public.Html(); strings.Contains(html, "state-1") || strings.Contains(html, "direktore") || strings.Contains(html, "no 01.01.2024.") {
		t.Errorf("the public reads more than names and roles: %s", html)
	}
	if got := h.page("ngo-2", "/people").Find("main").Text(); !strings.Contains(got, "direktore") || !strings.Contains(got, "aizstājēja: ") && !strings.Contains(got, "Aizstājēja: ") {
		t.Errorf("a member reads %q", got)
	}
}

func TestRegistersAPersonGetsAMandateThatEnds(t *testing.T) {
	h := newHall(t)
	h.press("officer", "/people/new", "Saglabāt", 422, "given", "Ilze")
	d := h.press("officer", "/people/new", "Saglabāt", 303, "given", "Ilze", "surname", "Ābola", "gender", "f", "organisation", "Biedrība „Ēnas”")
	if got := d.Find("h1").Text(); got != "Ilze Ābola" {
		t.Fatalf("added: %q", got)
	}
	give, _ := d.Find("a[href$='/mandates/new']").Attr("href")
	d = h.press("officer", give, "Saglabāt", 422, "role", "member", "side", "ngo")
	if got := d.Find(".faults").Text(); !strings.Contains(got, "Puse: ") {
		t.Errorf("a ninth member of a side: %q", got)
	}
	h.press("officer", give, "Saglabāt", 422, "role", "member", "side", "state", "substituteFor", "ngo-2")
	d = h.press("officer", give, "Saglabāt", 303, "role", "member", "side", "ngo", "substituteFor", "ngo-2", "basis", "Lēmums Nr. 3")
	if got := d.Find("main").Text(); !strings.Contains(got, "Locekļa aizstājēja, NVO puse") || !strings.Contains(got, "aizstāj: Zane Kārkliņa") || !strings.Contains(got, "spēkā") {
		t.Errorf("given: %q", got)
	}
	change, _ := d.Find("main td a, main th a").First().Attr("href")
	d = h.press("officer", change, "Saglabāt", 303, "until-day", "12", "until-month", "1", "until-year", "2024")
	if got := d.Find("main").Text(); !strings.Contains(got, "no 10.01.2024. līdz 12.01.2024.") {
		t.Errorf("ended: %q", got)
	}
	h.at("2024-01-13", "09:00")
	page, _, _ := strings.Cut(change, "/mandates/")
	d = h.page("officer", page)
	if got := d.Find("main").Text(); !strings.Contains(got, "beigušās") {
		t.Errorf("the day after: %q", got)
	}
	history, _ := d.Find("main a[href^='/history/mandate/']").Attr("href")
	if got := h.page("officer", history).Find("ol.history li").Length(); got != 2 {
		t.Errorf("the history has %d entries, want 2", got)
	}
	d = h.page("officer", "/people/officer")
	if got := d.Find("main").Text(); !strings.Contains(got, "Pilnvaras pats sev neviens nepiešķir") || d.Find("main a[href*='/mandates/']").Length() != 0 {
		t.Errorf("oneself: %q", got)
	}
	if w := h.ask("officer", "GET", "/people/officer/mandates/new", nil); w.Code != 403 {
		t.Errorf("a mandate for oneself = %d, want 403", w.Code)
	}
}

func TestRegistersOfGroupsAndDelegates(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	h.press("officer", "/groups/new", "Saglabāt", 422, "id", "saturs")
	h.press("officer", "/groups/new", "Saglabāt", 303, "id", "saturs", "name", "satura plānošanas darba grupa", "nameEn", "content group", "measures", "4", "lead", "ngo-2", "members", "ngo-2")
	if got := h.page("ngo-3", "/groups").Find("#group-saturs").Text(); !strings.Contains(got, "Satura plānošanas darba grupa") || !strings.Contains(got, "4. ") || !strings.Contains(got, "Zane Kārkliņa") {
		t.Errorf("a member reads %q", got)
	}
	if got := h.page("", "/groups").Find("main").Text(); strings.Contains(got, "Zane") {
		t.Errorf("the public reads who is in it: %q", got)
	}
	h.press("officer", "/groups/saturs/change", "Saglabāt", 303, "name", "Satura grupa")
	h.press("officer", "/people/delegations/new", "Saglabāt", 422, "body", "Fondu uzraudzības komiteja")
	d := h.press("officer", "/people/delegations/new", "Saglabāt", 303, "body", "Fondu uzraudzības komiteja", "person", "ngo-3")
	at, _ := d.Find("th a").Attr("href")
	d = h.press("officer", at, "Saglabāt", 303, "until-day", "10", "until-month", "1", "until-year", "2024")
	if got := d.Find("main").Text(); !strings.Contains(got, "līdz 10.01.2024.") {
		t.Errorf("ended: %q", got)
	}
}
