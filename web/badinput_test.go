package web

import (
	"net/url"
	"strings"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/plan"
)

// bad is a request that must change nothing; tag is the revision it names.
type bad struct {
	what, who, method, path string
	body                    any
	tag                     string
	status                  int
	key                     string
}

func (h *hall) refuseAll(all []bad) {
	h.Helper()
	for _, b := range all {
		var headers []string
		if b.tag != "" {
			headers = seen(b.tag)
		}
		h.unchanged(b.what, func() {
			h.Helper()
			w := h.ask(b.who, b.method, b.path, b.body, headers...)
			if w.Code != b.status {
				h.Errorf("%s: %d, want %d: %s", b.what, w.Code, b.status, w.Body)
			}
			h.refused(w, b.status, b.key)
		})
	}
}

var (
	tooLong = strings.Repeat("ā", 50_000)
	emoji   = "Par svētkiem 🎉"
	control = "Par svētkiem\x07"
	person  = personRequest{Given: "Anna", Surname: "Ozola", Gender: "f"}
)

func TestBadInputAboutTheCouncil(t *testing.T) {
	h := newHall(t)
	with := func(change func(*personRequest)) personRequest { p := person; change(&p); return p }
	group := groupRequest{Name: "Darba grupa", NameEN: "Group", From: "2024-01-01"}
	settings := settingsRequest{}
	h.refuseAll([]bad{
		{"person with an emoji", "officer", "POST", "/api/v1/people", with(func(p *personRequest) { p.Given = "Anna 🎉" }), "", 422, "given problem.text.character"},
		{"person with a control character", "officer", "POST", "/api/v1/people", with(func(p *personRequest) { p.Surname = control }), "", 422, "surname problem.text.character"},
		{"overlong position", "officer", "POST", "/api/v1/people", with(func(p *personRequest) { p.Position = strings.Repeat("ā", 201) }), "", 422, "position problem.text.long"},
		{"body over the limit", "officer", "POST", "/api/v1/people", with(func(p *personRequest) { p.Position = strings.Repeat("ā", 100_000) }), "", 413, "problem.request.size"},
		{"no gender", "officer", "POST", "/api/v1/people", with(func(p *personRequest) { p.Gender = "" }), "", 422, "gender problem.choice"},
		{"id of one's own", "officer", "POST", "/api/v1/people", `{"id":"x","given":"A","surname":"B","gender":"f"}`, "", 422, "id problem.request.field"},
		{"revision in the body", "officer", "PUT", "/api/v1/people/officer", `{"revision":7,"given":"A","surname":"B","gender":"f"}`, `"1"`, 422, "revision problem.request.field"},
		{"broken JSON", "officer", "POST", "/api/v1/people", `{"given":"A"`, "", 400, "problem.request.json"},
		{"unknown person", "officer", "PUT", "/api/v1/people/none", person, `"1"`, 404, "problem.missing.person"},
		{"new person by PUT", "officer", "PUT", "/api/v1/people/none", person, `"0"`, 400, "problem.request.revision"},
		{"stale person", "officer", "PUT", "/api/v1/people/nobody", person, `"9"`, 409, "problem.storage.revision"},
		{"no If-Match", "officer", "PUT", "/api/v1/people/nobody", person, "", 428, "problem.request.revision.missing"},
		{"mandate of nobody", "officer", "POST", "/api/v1/mandates", mandateRequest{Person: "none", Role: "member", Side: "ngo", From: "2024-01-01"}, "", 404, "problem.missing.person"},
		{"mandate without a day", "officer", "POST", "/api/v1/mandates", mandateRequest{Person: "nobody", Role: "member", Side: "ngo", From: "31.01.2024"}, "", 422, "from problem.date"},
		{"unknown role", "officer", "POST", "/api/v1/mandates", mandateRequest{Person: "nobody", Role: "king", From: "2024-01-01"}, "", 422, "role problem.choice"},
		{"ninth member of a side", "officer", "POST", "/api/v1/mandates", mandateRequest{Person: "nobody", Role: "member", Side: "ngo", From: "2024-01-01"}, "", 422, "side problem.mandate.seats"},
		{"second chair", "officer", "POST", "/api/v1/mandates", mandateRequest{Person: "nobody", Role: "chair", Side: "state", From: "2024-01-01"}, "", 422, "from problem.mandate.office"},
		{"mandate without If-Match", "officer", "PUT", "/api/v1/mandates/none", mandateRequest{Person: "nobody", Role: "member", Side: "ngo", From: "2024-01-01"}, "", 428, ""},
		{"group without an id", "officer", "POST", "/api/v1/groups", newGroupRequest{groupRequest: group}, "", 422, "id problem.text.missing"},
		{"delegation to nothing", "officer", "POST", "/api/v1/delegations", delegationRequest{Person: "m1", From: "2024-01-01"}, "", 422, "body problem.text.missing"},
		{"delegation of a stranger", "officer", "POST", "/api/v1/delegations", delegationRequest{Person: "none", Body: "Komiteja", From: "2024-01-01"}, "", 404, "problem.missing.person"},
		{"delegation that is not there", "officer", "PUT", "/api/v1/delegations/none", delegationRequest{Person: "m1", Body: "Komiteja", From: "2024-01-01"}, `"3"`, 404, "problem.missing.delegation"},
		{"group that is not there", "officer", "PUT", "/api/v1/groups/none", group, `"3"`, 404, "problem.missing.group"},
		{"settings without anything", "officer", "PUT", "/api/v1/settings", settings, unbegun, 422, "name problem.text.missing"},
		{"settings without a revision", "officer", "PUT", "/api/v1/settings", settings, "", 428, "problem.request.revision.none"},
		{"moved day that is a Sunday", "officer", "PUT", "/api/v1/calendar", calendarRequest{Moved: []council.MovedDay{{Free: "2027-01-04", Worked: "2027-01-10"}}}, unbegun, 422, "moved[0].worked problem.calendar.saturday"},
		{"account of nobody", "officer", "POST", "/api/v1/accounts", accountRequest{"anna", "none"}, "", 404, "problem.missing.person"},
		{"account by a taken name", "officer", "POST", "/api/v1/accounts", accountRequest{"Officer", "nobody"}, "", 422, "name problem.storage.account.taken"},
		{"account with a space", "officer", "POST", "/api/v1/accounts", accountRequest{"an na", "nobody"}, "", 422, "name problem.account.name"},
		{"own reset", "officer", "POST", "/api/v1/accounts/officer/reset", nil, "", 403, "problem.office.own-reset"},
		{"stale account", "officer", "POST", "/api/v1/accounts/nobody/disable", nil, `"9"`, 409, "problem.storage.revision"},
		{"working days before no day", "", "GET", "/api/v1/calendar/working-days?before=soon&n=3", nil, "", 422, "before problem.date"},
		{"too many working days", "", "GET", "/api/v1/calendar/working-days?before=2024-12-18&n=9999", nil, "", 422, "n problem.range"},
		{"page of nothing", "officer", "GET", "/api/v1/people?limit=0", nil, "", 422, "limit problem.range"},
		{"cursor of another list", "officer", "GET", "/api/v1/people?after=none", nil, "", 422, "after problem.storage.cursor"},
	})
}

func TestBadInputAboutThePlan(t *testing.T) {
	h := newHall(t)
	h.refuseAll([]bad{
		{"no plan yet", "", "GET", "/api/v1/plan", nil, "", 404, "problem.missing.plan.any"},
		{"proposal without a plan", "ngo-2", "POST", "/api/v1/proposals", aProposal("Par ko"), "", 409, "problem.office.no-plan"},
	})
	h.prepared("2024-02-28")
	again, err := plan.Real()
	if err != nil {
		t.Fatal(err)
	}
	assignment := assignmentRequest{Measure: 8, Task: 2, Responsible: "Finanšu ministrija", DecidedBy: "Darba grupa", DecidedOn: "2024-02-01"}
	with := func(change func(*assignmentRequest)) assignmentRequest { a := assignment; change(&a); return a }
	p := agenda.WholeCatalogue()
	rules := principlesRequest{principlesContent{Title: p.Title, TitleEN: p.TitleEN, From: p.From, Rules: p.Rules}, p.Agreed}
	changed := func(change func(*principlesRequest)) principlesRequest { r := rules; change(&r); return r }
	h.refuseAll([]bad{
		{"the same plan again", "officer", "POST", "/api/v1/plans", again, "", 409, "problem.office.plan-same"},
		{"plan with an unknown field", "officer", "POST", "/api/v1/plans", `{"tasks":[]}`, "", 422, "tasks problem.plan.json.unknown"},
		{"broken plan", "officer", "POST", "/api/v1/plans", `{"title":`, "", 422, "problem.plan.json.syntax"},
		{"plan by nobody of the secretariat", "state-1", "POST", "/api/v1/plans", again, "", 403, "problem.access.role"},
		{"revision that is none", "", "GET", "/api/v1/plans/0", nil, "", 404, "problem.not-found"},
		{"revision that is not there", "", "GET", "/api/v1/plans/7", nil, "", 404, "problem.missing.plan"},
		{"task that is not there", "", "GET", "/api/v1/plans/1/tasks/8/99/decisions", nil, "", 404, "problem.not-found"},
		{"assignment to no task", "officer", "POST", "/api/v1/assignments", with(func(a *assignmentRequest) { a.Task = 99 }), "", 422, "task problem.office.task"},
		{"assignment of nothing", "officer", "POST", "/api/v1/assignments", with(func(a *assignmentRequest) { a.Responsible = "" }), "", 422, "responsible problem.plan.assignment.empty"},
		{"deadline before the decision", "officer", "POST", "/api/v1/assignments", with(func(a *assignmentRequest) { a.Deadline = "2023-01-01" }), "", 422, "deadline problem.plan.deadline.order"},
		{"assignment with an emoji", "officer", "POST", "/api/v1/assignments", with(func(a *assignmentRequest) { a.Responsible = emoji }), "", 422, "responsible problem.text.character"},
		{"principles with an unknown rule", "officer", "POST", "/api/v1/principles", changed(func(r *principlesRequest) { r.Rules = []agenda.Setting{{Rule: "P99"}} }), "", 422, "rules[0].rule problem.principles.rule"},
		{"principles that nobody agreed to", "officer", "POST", "/api/v1/principles", changed(func(r *principlesRequest) { r.Agreed = nil }), "", 422, "agreed problem.principles.nobody"},
		{"principles with a number of their own", "officer", "POST", "/api/v1/principles", `{"version":9}`, "", 422, "version problem.request.field"},
		{"version that is not there", "", "GET", "/api/v1/principles/9", nil, "", 404, "problem.missing.principles"},
	})
}

func TestBadInputAboutSessionsAndAgendas(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	at, sessions := of(s), "/api/v1/sessions"
	with := func(change func(*sessionRequest)) sessionRequest { r := aSession("2024-03-27"); change(&r); return r }
	h.refuseAll([]bad{
		{"session in the past", "officer", "POST", sessions, aSession("2024-01-09"), "", 422, "date problem.session.past"},
		{"session on no day", "officer", "POST", sessions, aSession("2024-02-30"), "", 422, "date problem.date"},
		{"session that ends before it starts", "officer", "POST", sessions, with(func(r *sessionRequest) { r.Ends = "10:00" }), "", 422, "ends problem.session.order"},
		{"session with a script for a link", "officer", "POST", sessions, with(func(r *sessionRequest) { r.Link = "javascript:alert(1)" }), "", 422, "link problem.session.link"},
		{"session with a control character", "officer", "POST", sessions, with(func(r *sessionRequest) { r.Place = control }), "", 422, "place problem.text.character"},
		{"session with a state", "officer", "POST", sessions, `{"state":"closed"}`, "", 422, "state problem.request.field"},
		{"session moved into the past", "officer", "PUT", at, aSession("2024-01-01"), `"1"`, 422, "date problem.session.past"},
		{"stale session", "officer", "PUT", at, aSession("2024-03-27"), `"7"`, 409, "problem.storage.revision"},
		{"session without If-Match", "officer", "PUT", at, aSession("2024-03-27"), "", 428, ""},
		{"unknown session", "officer", "PUT", sessions + "/none", aSession("2024-03-27"), `"1"`, 404, "problem.missing.session"},
		{"cancelling with an emoji", "officer", "POST", at + "/cancel", reasonRequest{emoji}, `"1"`, 422, "reason problem.text.character"},
		{"cancelling without a reason", "officer", "POST", at + "/cancel", reasonRequest{}, `"1"`, 422, "reason problem.text.missing"},
		{"opening what is not convened", "officer", "POST", at + "/open", openRequest{"state-1", "taker", "11:00", "Vietniece ir slima."}, `"1"`, 409, "problem.office.not-approved"},
		{"closing what is not open", "officer", "POST", at + "/close", closeRequest{"12:00"}, `"1"`, 409, "problem.session.close"},
		{"sessions from no day", "", "GET", sessions + "?from=31.01.2024", nil, "", 422, "from problem.date"},
		{"sessions in what order", "", "GET", sessions + "?newest=maybe", nil, "", 422, "newest problem.choice"},
		{"forecast from no day", "officer", "GET", "/api/v1/forecast?from=soon", nil, "", 422, "from problem.date"},
		{"forecast of too many sessions", "officer", "GET", "/api/v1/forecast?sessions=121", nil, "", 422, "sessions problem.range"},
		{"preview of no day", "officer", "GET", "/api/v1/preview", nil, "", 422, "date problem.date"},
		{"build of nothing", "officer", "POST", sessions + "/none/agenda/build", nil, unbegun, 404, "problem.missing.session"},
		{"build without a revision", "officer", "POST", at + "/agenda/build", nil, "", 428, "problem.request.revision.none"},
		{"submitting nothing", "officer", "POST", at + "/agenda/submit", nil, `"1"`, 404, "problem.missing.agenda"},
		{"approving nothing", "state-1", "POST", at + "/agenda/approve", proofRequest{Digest: "0", Current: password}, "", 404, "problem.missing.agenda"},
	})
	tag := h.do(nil, "officer", "POST", at+"/agenda/build", nil, seen(unbegun)...)
	item := itemRequest{Title: "Par plānu"}
	edited := func(change func(*itemRequest)) itemRequest { r := item; change(&r); return r }
	task := at + "/agenda/items/" + url.PathEscape("task-1/1.1")
	h.refuseAll([]bad{
		{"begun already", "officer", "POST", at + "/agenda/build", nil, unbegun, 409, "problem.exists.agenda"},
		{"order of what is not there", "officer", "PUT", at + "/agenda/order", orderRequest{[]string{"none"}, "Tāpēc."}, tag, 422, "items[0] problem.agenda.unknown-item"},
		{"order without a reason", "officer", "PUT", at + "/agenda/order", orderRequest{[]string{"opening"}, ""}, tag, 422, "reason problem.text.missing"},
		{"item that is not on", "officer", "PUT", at + "/agenda/items/none", item, tag, 404, "problem.agenda.unknown-item"},
		{"item with documents of one's own", "officer", "PUT", task, `{"documents":[]}`, tag, 422, "documents problem.request.field"},
		{"item with an overlong title", "officer", "PUT", task, edited(func(r *itemRequest) { r.Title = tooLong }), tag, 422, "title problem.text.long"},
		{"item with an emoji", "officer", "PUT", task, edited(func(r *itemRequest) { r.Title = emoji }), tag, 422, "title problem.text.character"},
		{"item with its kind", "officer", "PUT", task, `{"title":"A","kind":"data"}`, tag, 422, "kind problem.request.field"},
		{"item of a day", "officer", "PUT", task + "/allotment", allotmentRequest{agenda.Discussion, 1440, "Tāpēc."}, tag, 422, "minutes problem.range"},
		{"item of no kind", "officer", "PUT", task + "/allotment", allotmentRequest{"party", 20, "Tāpēc."}, tag, 422, "kind problem.choice"},
		{"minutes without a reason", "officer", "PUT", task + "/allotment", allotmentRequest{agenda.Information, 21, ""}, tag, 422, "reason problem.text.missing"},
		{"override of what is kept", "officer", "POST", at + "/agenda/overrides", overrideRequest{"P99", "", "Tāpēc."}, tag, 409, "problem.agenda.no-breach"},
		{"stale draft", "officer", "POST", at + "/agenda/submit", nil, `"9"`, 409, "problem.storage.revision"},
		{"approving what is not submitted", "state-1", "POST", at + "/agenda/approve", proofRequest{Digest: "0", Current: password}, "", 409, "problem.agenda.not-submitted"},
		{"version that is not there", "officer", "GET", at + "/agenda/versions/1", nil, "", 404, "problem.missing.agenda-version"},
		{"version that is none", "officer", "GET", at + "/agenda/versions/01", nil, "", 404, "problem.missing.agenda-version"},
		{"paper of what nobody approved", "officer", "GET", at + "/agenda.pdf", nil, "", 404, "problem.missing.agenda-version"},
		{"reasons for the public", "", "GET", at + "/agenda.pdf?reasons=true", nil, "", 401, "problem.unauthenticated"},
	})
	h.do(nil, "officer", "POST", at+"/agenda/submit", nil, seen(tag)...)
	h.refuseAll([]bad{
		{"submitted already", "officer", "POST", at + "/agenda/submit", nil, `"2"`, 409, "problem.agenda.submitted"},
		{"approving other content", "state-1", "POST", at + "/agenda/approve", proofRequest{Digest: strings.Repeat("a", 64), Current: password}, "", 409, "problem.agenda.other-content"},
		{"changes of other content", "state-1", "POST", at + "/agenda/request-changes", changesRequest{strings.Repeat("a", 64), "Mainīt."}, "", 409, "problem.agenda.other-content"},
	})
}

func TestBadInputAboutProposals(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	p := h.proposed("Par ieceri")
	at := "/api/v1/proposals/" + p.ID
	with := func(change func(*proposalRequest)) proposalRequest {
		r := aProposal("Par ieceri")
		change(&r)
		return r
	}
	h.refuseAll([]bad{
		{"proposal without a title", "ngo-2", "POST", "/api/v1/proposals", aProposal(""), "", 422, "title problem.text.missing"},
		{"proposal with an emoji", "ngo-2", "POST", "/api/v1/proposals", aProposal(emoji), "", 422, "title problem.text.character"},
		{"proposal of a megabyte", "ngo-2", "POST", "/api/v1/proposals", aProposal(strings.Repeat("a", 1<<20)), "", 413, "problem.request.size"},
		{"proposal for no task", "ngo-2", "POST", "/api/v1/proposals", with(func(r *proposalRequest) { r.Tasks[0].Task = 99 }), "", 422, "tasks[0] problem.agenda.task"},
		{"proposal marked urgent by itself", "ngo-2", "POST", "/api/v1/proposals", `{"urgent":[]}`, "", 422, "urgent problem.request.field"},
		{"proposal by somebody else", "ngo-2", "PUT", at, `{"by":"ngo-3","state":"dealt-with"}`, `"2"`, 422, "state problem.request.field"},
		{"proposal on no day", "ngo-2", "PUT", at, with(func(r *proposalRequest) { r.Deadline = "soon" }), `"2"`, 422, "deadline problem.date"},
		{"stale proposal", "ngo-2", "PUT", at, aProposal("Par citu"), `"1"`, 409, "problem.storage.revision"},
		{"unknown proposal", "ngo-2", "PUT", "/api/v1/proposals/none", aProposal("Par citu"), `"1"`, 404, "problem.missing.proposal"},
		{"urgent without If-Match", "state-1", "POST", at + "/urgent", nil, "", 428, ""},
	})
	h.do(nil, "ngo-2", "POST", at+"/withdraw", reasonRequest{"Vairs nevajag."}, seen(`"2"`)...)
	h.refuseAll([]bad{
		{"withdrawn already", "ngo-2", "POST", at + "/withdraw", reasonRequest{"Vēlreiz."}, `"3"`, 409, "problem.agenda.not-waiting-proposal"},
		{"changing what is withdrawn", "ngo-2", "PUT", at, aProposal("Par citu"), `"3"`, 409, "problem.agenda.not-waiting-proposal"},
	})
}

func TestBadInputAboutTheRecordAndMinutes(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.opened(s)
	at, opening := of(s), of(s)+"/items/opening"
	clause := minutes.Clause{Wording: "Pieņemt zināšanai."}
	with := func(change func(*minutes.Clause)) minutes.Clause { c := clause; change(&c); return c }
	h.refuseAll([]bad{
		{"attendance of nobody", "taker", "PUT", at + "/attendance", attendanceRequest{[]minutes.Entry{{Person: "none", Name: "X", Side: "ngo", Capacity: "voting"}}}, `"1"`, 422, ""},
		{"attendance with an emoji", "taker", "PUT", at + "/attendance", attendanceRequest{[]minutes.Entry{{Name: emoji, Capacity: "invited"}}}, `"1"`, 422, "entries[0].name problem.text.character"},
		{"attendance begun already", "taker", "PUT", at + "/attendance", attendanceRequest{}, unbegun, 409, "problem.exists.attendance"},
		{"course of what is not on", "taker", "PUT", at + "/items/none/course", courseRequest{}, unbegun, 404, "problem.missing.treatment"},
		{"course with a control character", "taker", "PUT", opening + "/course", courseRequest{[]minutes.Speech{{Kind: "reports", Who: control}}}, unbegun, 422, "course[0].who problem.text.character"},
		{"course of a novel", "taker", "PUT", opening + "/course", courseRequest{[]minutes.Speech{{Kind: "reports", Who: "Z. K.", Text: tooLong}}}, unbegun, 422, "course[0].text problem.text.long"},
		{"times in the wrong order", "taker", "PUT", opening + "/times", timesRequest{"12:00", "11:00"}, unbegun, 422, "ended problem.minutes.times"},
		{"more votes than voters", "taker", "PUT", opening + "/vote", voteRequest{&minutes.Vote{For: 13}}, unbegun, 422, "vote problem.minutes.vote.more"},
		{"half a vote", "taker", "PUT", opening + "/vote", `{"vote":{"for":0.5}}`, unbegun, 422, "vote.for problem.request.type.whole"},
		{"decided without a clause", "taker", "PUT", opening + "/outcome", outcomeRequest{"decided", ""}, unbegun, 422, "outcome problem.minutes.outcome.clause"},
		{"postponed without a reason", "taker", "PUT", opening + "/outcome", outcomeRequest{"postponed", ""}, unbegun, 422, "why problem.text.missing"},
		{"no revision", "taker", "PUT", opening + "/outcome", outcomeRequest{"noted", ""}, "", 428, "problem.request.revision.none"},
		{"clause with an emoji", "taker", "POST", opening + "/decisions", with(func(c *minutes.Clause) { c.Wording = emoji }), unbegun, 422, "wording problem.text.character"},
		{"clause due in the past", "taker", "POST", opening + "/decisions", with(func(c *minutes.Clause) { c.Deadline = "2023-01-01" }), unbegun, 422, "deadline problem.minutes.deadline.past"},
		{"clause for no task", "taker", "POST", opening + "/decisions", with(func(c *minutes.Clause) { c.Tasks = []plan.Ref{{Revision: 1, Measure: 99, Task: 1}} }), unbegun, 422, "tasks[0] problem.minutes.task"},
		{"clause with a status", "taker", "POST", opening + "/decisions", `{"wording":"A.","status":"done"}`, unbegun, 422, "status problem.request.field"},
		{"unknown decision", "taker", "PUT", "/api/v1/decisions/none", clause, `"1"`, 404, "problem.missing.decision"},
		{"progress of nothing", "officer", "POST", "/api/v1/decisions/none/progress", minutes.Report{Text: "Gatavs.", Status: "done"}, `"1"`, 404, "problem.missing.decision"},
		{"closing with items open", "taker", "POST", at + "/close", closeRequest{"12:45"}, `"3"`, 409, "problem.minutes.close"},
		{"minutes of nothing", "taker", "PUT", at + "/minutes/items/opening", partRequest{"A."}, `"1"`, 404, "problem.missing.minutes"},
		{"cancelling an open session", "officer", "POST", at + "/cancel", reasonRequest{"Nav."}, `"3"`, 409, "problem.session.cancel"},
		{"agenda of an open session", "officer", "POST", at + "/agenda/build", nil, `"4"`, 409, "problem.agenda.session-begun"},
	})
	var d decisionView
	h.do(&d, "taker", "POST", opening+"/decisions", with(func(c *minutes.Clause) { c.UntilNext = true }), seen(unbegun)...)
	tag := h.do(nil, "taker", "POST", at+"/minutes/draft", nil, seen(unbegun)...)
	h.refuseAll([]bad{
		{"stale decision", "taker", "PUT", "/api/v1/decisions/" + d.ID, clause, `"9"`, 409, "problem.storage.revision"},
		{"stale removal", "taker", "DELETE", "/api/v1/decisions/" + d.ID, nil, `"9"`, 409, "problem.storage.revision"},
		{"unknown status", "officer", "POST", "/api/v1/decisions/" + d.ID + "/progress", minutes.Report{Text: "Gatavs.", Status: "perfect"}, `"1"`, 422, "status problem.choice"},
		{"text with an emoji", "taker", "PUT", at + "/minutes/items/opening", partRequest{emoji}, tag, 422, "text problem.text.character"},
		{"text of a novel", "taker", "PUT", at + "/minutes/items/opening", partRequest{tooLong}, tag, 422, "text problem.text.long"},
		{"text of what is not on", "taker", "PUT", at + "/minutes/items/none", partRequest{"A."}, tag, 404, "problem.minutes.part"},
		{"annex without a title", "taker", "PUT", at + "/minutes/annexes", annexesRequest{[]minutes.Annex{{}}}, tag, 422, "annexes[0].title problem.text.missing"},
		{"final before the end", "taker", "POST", at + "/minutes/finalise", nil, tag, 409, "problem.minutes.session-open"},
		{"signing a draft", "state-1", "POST", at + "/minutes/sign", proofRequest{Digest: "0", Current: password}, "", 409, "problem.minutes.not-final"},
		{"signing as signed", "state-1", "POST", at + "/minutes/sign", `{"digest":"0","state":"signed"}`, "", 422, "state problem.request.field"},
		{"stale minutes", "taker", "POST", at + "/minutes/finalise", nil, `"9"`, 409, "problem.storage.revision"},
	})
}
