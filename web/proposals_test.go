package web

import (
	"strings"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/plan"
)

func init() {
	access["GET /api/v1/backlog"] = "401 403 200 200 200 200 403"
	access["GET /api/v1/deadlines"] = "200 200 200 200 200 200 200"
	access["POST /api/v1/proposals/on-behalf"] = "401 403 403 422 403 403 403"
	access["POST /api/v1/proposals/:id/return"] = "401 403 403 404 403 403 403"
	access["POST /api/v1/proposals/:id/answer"] = "401 403 404 404 404 404 403"
	access["POST /api/v1/proposals/:id/ready"] = "401 403 403 404 403 403 403"
	access["POST /api/v1/proposals/:id/confirm"] = "401 403 404 404 404 404 403"
}

func TestAProposalIsReturnedAnsweredAndFollowedOverTheAPI(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-01-31")
	in := proposalRequest{Kind: agenda.Discussion, Title: "Par reģioniem", Ground: "Reģionos padomi nepazīst.", Wanted: "Izbraukuma sēde.",
		Tasks: []plan.Ref{{Revision: 1, Measure: 8, Task: 2}}, Initiator: council.Joint, InitiatedBy: "Biedrība „Tilts”", Minutes: 15}
	var p proposalView
	tag := h.do(&p, "ngo-2", "POST", "/api/v1/proposals", in)
	path := "/api/v1/proposals/" + p.ID
	if p.CountsAs != council.NGO || p.Ground != in.Ground || p.Wanted != in.Wanted {
		t.Errorf("%+v", p)
	}
	h.refused(h.ask("ngo-2", "POST", path+"/return", questionRequest{"Kas?"}, seen(tag)...), 403, "problem.access.role")
	h.refused(h.ask("ngo-3", "POST", path+"/confirm", nil, seen(tag)...), 409, "problem.agenda.confirmed-already")
	tag = h.do(&p, "state-2", "POST", path+"/confirm", nil, seen(tag)...)
	if p.CountsAs != council.Joint {
		t.Errorf("confirmed, it counts as %q", p.CountsAs)
	}
	h.refused(h.ask("officer", "POST", path+"/return", questionRequest{}, seen(tag)...), 422, "question problem.text.missing")
	tag = h.do(nil, "officer", "POST", path+"/return", questionRequest{"Kas ziņos?"}, seen(tag)...)
	h.refused(h.ask("officer", "POST", path+"/ready", nil, seen(tag)...), 409, "problem.agenda.not-checkable")
	h.do(&p, "ngo-2", "GET", path+"?lang=lv", nil)
	if want := "Atgriezts iesniedzējam 2024. gada 10. janvārī ar jautājumu: „Kas ziņos?”"; p.StateText != want {
		t.Errorf("state: %s", p.StateText)
	}
	h.refused(h.ask("ngo-3", "POST", path+"/answer", answerRequest{"Es."}, seen(tag)...), 403, "problem.agenda.proposer")
	tag = h.do(nil, "ngo-2", "POST", path+"/answer", answerRequest{"Ziņos direktore."}, seen(tag)...)
	h.do(nil, "officer", "POST", path+"/ready", nil, seen(tag)...)
	h.do(nil, "officer", "POST", of(s)+"/agenda/build", nil, seen(unbegun)...)
	var all listing[proposalView]
	h.do(&all, "ngo-2", "GET", "/api/v1/proposals?lang=en", nil)
	if got := all.Items[0]; !strings.HasPrefix(got.StateText, "On the draft agenda of the session of 31 January 2024: item ") || got.Whereabouts.Session != s.ID {
		t.Errorf("state: %s", got.StateText)
	}
}

func TestTheBacklogIsFilteredOverTheAPI(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	in := proposalRequest{Kind: agenda.Discussion, Title: "Par reģioniem", OutsidePlan: "plānā nav", InitiatedBy: "Biedrība „Krasts”", Initiator: council.NGO}
	h.do(nil, "officer", "POST", "/api/v1/proposals/on-behalf", onBehalfRequest{in, "2024-01-09"})
	in.Initiator, in.Title, in.OutsidePlan, in.Tasks = "", "Par nodokļiem", "", []plan.Ref{{Revision: 1, Measure: 2, Task: 1}}
	h.do(nil, "state-2", "POST", "/api/v1/proposals", in)
	h.refused(h.ask("officer", "POST", "/api/v1/proposals/on-behalf", onBehalfRequest{in, "2024-01-11"}), 422, "received problem.agenda.received-later")
	for query, want := range map[string]string{"": "Par reģioniem, Par nodokļiem", "?side=ngo": "Par reģioniem", "?side=state": "Par nodokļiem",
		"?measure=2": "Par nodokļiem", "?measure=3": "", "?where=submitted": "Par reģioniem, Par nodokļiem", "?where=returned": ""} {
		var all listing[pendingView]
		h.do(&all, "ngo-2", "GET", "/api/v1/backlog"+query, nil)
		var titles []string
		for _, x := range all.Items {
			titles = append(titles, x.Title)
			if x.Next == nil || x.StateText == "" {
				t.Errorf("%s: next %v, state %q", x.Title, x.Next, x.StateText)
			}
		}
		if got := strings.Join(titles, ", "); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	h.refused(h.ask("ngo-2", "GET", "/api/v1/backlog?where=lost", nil), 422, "where problem.choice")
	h.refused(h.ask("ngo-2", "GET", "/api/v1/backlog?side=both", nil), 422, "side problem.choice")
	h.refused(h.ask("ngo-2", "GET", "/api/v1/backlog?measure=0", nil), 422, "measure problem.range")
	var coming listing[comingView]
	h.do(&coming, "", "GET", "/api/v1/deadlines?lang=en", nil)
	if want := "For the session of 28 February 2024 proposals come in by 14 February 2024;"; len(coming.Items) != 1 || !strings.HasPrefix(coming.Items[0].Text, want) {
		t.Errorf("time limits: %+v", coming.Items)
	}
}
