package web

import (
	"testing"

	"padome/agenda"
)

func contentOf(p agenda.Principles) principlesContent {
	return principlesContent{Title: p.Title, TitleEN: p.TitleEN, From: p.From, Note: p.Note, NoteEN: p.NoteEN, Rules: p.Rules,
		PlanKinds: p.PlanKinds, Watched: p.Watched}
}

// workingGroups are two groups; nobody, who holds no mandate, is in the first.
func (h *hall) workingGroups() {
	h.Helper()
	for _, g := range []newGroupRequest{
		{ID: "content", groupRequest: groupRequest{Name: "Satura plānošanas darba grupa", NameEN: "Content group", From: "2024-01-01", Members: []string{"nobody"}}},
		{ID: "finance", groupRequest: groupRequest{Name: "Finanšu darba grupa", NameEN: "Finance group", From: "2024-01-01"}},
	} {
		h.do(nil, "officer", "POST", "/api/v1/groups", g)
	}
}

func TestPrinciplesFromProposalToForce(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	h.workingGroups()
	set := agenda.WholeCatalogue()
	set.From = "2024-06-01"
	var d principlesDraftView
	tag := h.do(&d, "nobody", "POST", "/api/v1/principles/drafts?lang=en", principlesDraftRequest{"content", contentOf(set)})
	path := "/api/v1/principles/drafts/" + d.ID
	if d.StateText != "proposed" || len(d.Missing) != 2 || d.BasedOn != 2 {
		t.Errorf("proposed as %q based on %d, missing %q", d.StateText, d.BasedOn, d.Missing)
	}
	tag = h.do(&d, "ngo-2", "POST", path+"/remarks", remarkRequest{"P8", "Logs ir par īsu."}, seen(tag)...)
	h.refused(h.ask("ngo-2", "PUT", path, contentOf(set), seen(tag)...), 403, "problem.principles.propose")
	h.refused(h.ask("officer", "POST", path+"/adopt", nil, seen(tag)...), 409, "problem.principles.not-all")
	for _, group := range []string{"content", "finance"} {
		tag = h.do(&d, "officer", "PUT", path+"/agreements/"+group, agreementRequest{"2024-01-05", "2024. gada 5. janvāra protokols Nr. 1"}, seen(tag)...)
	}
	var p agenda.Principles
	h.do(&p, "officer", "POST", path+"/adopt", nil, seen(tag)...)
	if p.Version != 3 || len(p.Agreed) != 2 || p.Draft != d.ID {
		t.Errorf("adopted as %d, agreed %v, of %s", p.Version, p.Agreed, p.Draft)
	}
	h.refused(h.ask("nobody", "POST", path+"/withdraw", reasonRequest{"Nevajag."}, seen(`"5"`)...), 409, "problem.principles.decided")
}

func TestProposedPrinciplesAreNotForEverybody(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	h.workingGroups()
	var d principlesDraftView
	h.do(&d, "officer", "POST", "/api/v1/principles/drafts", principlesDraftRequest{"finance", contentOf(agenda.WholeCatalogue())})
	path := "/api/v1/principles/drafts/" + d.ID
	h.do(nil, "nobody", "GET", path, nil) // of another group
	h.refused(h.ask("admin", "GET", path, nil), 404, "problem.missing.principles-draft")
	var all listing[principlesDraftView]
	for who, want := range map[string]int{"admin": 0, "nobody": 1, "ngo-2": 1, "state-1": 1} {
		if h.do(&all, who, "GET", "/api/v1/principles/drafts", nil); len(all.Items) != want {
			t.Errorf("%s sees %d, want %d", who, len(all.Items), want)
		}
	}
	h.refuseAll([]bad{
		{"no such group", "officer", "POST", "/api/v1/principles/drafts", principlesDraftRequest{"tourism", contentOf(agenda.WholeCatalogue())}, "", 422, "group problem.principles.group"},
		{"of another group", "nobody", "POST", "/api/v1/principles/drafts", principlesDraftRequest{"finance", contentOf(agenda.WholeCatalogue())}, "", 403, "problem.principles.propose"},
		{"no rules", "officer", "PUT", path, principlesContent{Title: "A", TitleEN: "A", From: "2024-01-01"}, `"1"`, 422, "rules problem.principles.empty"},
		{"agreed tomorrow", "officer", "PUT", path + "/agreements/finance", agreementRequest{"2030-01-01", "Nr. 1"}, `"1"`, 422, "on problem.principles.future"},
		{"agreed by nothing", "officer", "PUT", path + "/agreements/finance", agreementRequest{"2024-01-01", " "}, `"1"`, 422, "reference problem.text.missing"},
		{"agreed by a stranger", "officer", "PUT", path + "/agreements/tourism", agreementRequest{"2024-01-01", "Nr. 1"}, `"1"`, 422, "group problem.principles.not-required"},
		{"never agreed", "officer", "DELETE", path + "/agreements/finance", nil, `"1"`, 404, "problem.principles.not-agreed"},
		{"nobody must agree", "officer", "PUT", path + "/groups", requiredRequest{}, `"1"`, 422, "groups problem.principles.no-group"},
		{"a remark on no rule", "ngo-2", "POST", path + "/remarks", remarkRequest{"P99", "Labi."}, `"1"`, 422, "rule problem.principles.rule"},
		{"rejected for nothing", "officer", "POST", path + "/reject", reasonRequest{}, `"1"`, 422, "reason problem.text.missing"},
		{"an old revision", "officer", "POST", path + "/reject", reasonRequest{"Nav vienošanās."}, `"7"`, 409, "problem.storage.revision"},
	})
}

func TestComparisonAndOverridesOverTheAPI(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	item := h.proposed("Par nodokļu atvieglojumiem")
	h.over(s, item.ID)
	var c agenda.PrinciplesComparison
	h.unchanged("comparing", func() { h.do(&c, "ngo-2", "GET", "/api/v1/principles/compare?a=1&b=2", nil) })
	if len(c.Sessions) != 1 || c.Sum.Items[agenda.OnlyUnderB] == 0 {
		t.Errorf("compared %d sessions: %+v", len(c.Sessions), c.Sum)
	}
	var d principlesChangesAnswer
	h.do(&d, "ngo-2", "GET", "/api/v1/principles/diff?a=1&b=2", nil)
	if len(d.Changes) != len(c.Changes) || len(d.Changes) == 0 {
		t.Errorf("%d changes, the comparison has %d", len(d.Changes), len(c.Changes))
	}
	var g agenda.GoneAgainst
	h.do(&g, "officer", "GET", "/api/v1/principles/overrides?from=2024-01-01&until=2024-12-31", nil)
	h.refused(h.ask("nobody", "GET", "/api/v1/principles/compare?a=1&b=2", nil), 403, "problem.principles.compare")
	h.refused(h.ask("ngo-2", "GET", "/api/v1/principles/compare?a=1&b=9", nil), 404, "problem.missing.principles")
	h.refused(h.ask("ngo-2", "GET", "/api/v1/principles/compare?a=1&b=2&from=2024-02-30", nil), 422, "from problem.date")
}
