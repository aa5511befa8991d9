package web

import (
	"strings"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/plan"
)

func TestWorkingDays(t *testing.T) {
	h := newHall(t)
	var a workingDaysAnswer
	h.do(&a, "", "GET", "/api/v1/calendar/working-days?before=2024-12-18&n=3", nil)
	if a.Latest != "2024-12-14" {
		t.Errorf("latest = %s, want 2024-12-14, the moved Saturday", a.Latest)
	}
}

func TestATaskWithoutADeadlineIsNeverOverdue(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	in := assignmentRequest{Measure: 8, Task: 2, Responsible: "Finanšu ministrija", DecidedBy: "Darba grupa", DecidedOn: "2024-01-05"}
	for deadline, want := range map[council.Date]string{"": "no deadline set", "2024-02-01": "not yet overdue", "2024-01-08": "overdue by 2 days"} {
		in.Deadline = deadline
		var a assignmentView
		h.do(&a, "officer", "POST", "/api/v1/assignments?lang=en", in)
		if a.StateText != want || a.Task.Label() != "8.2." {
			t.Errorf("deadline %q is %q of %s, want %q of 8.2.", deadline, a.StateText, a.Task.Label(), want)
		}
	}
	w := h.ask("", "GET", "/api/v1/assignments", nil)
	if !strings.Contains(w.Body.String(), "nav noteikts termiņš") {
		t.Errorf("in Latvian: %s", w.Body)
	}
}

func TestAnAccountComesWithALinkAndNoHash(t *testing.T) {
	h := newHall(t)
	var p council.Person
	h.do(&p, "officer", "POST", "/api/v1/people", person)
	var a linkAnswer
	h.do(&a, "officer", "POST", "/api/v1/accounts", accountRequest{"anna.ozola", p.ID})
	if w := h.ask("", "GET", a.Link, nil, "Accept", "text/html"); w.Code != 200 || !strings.Contains(w.Body.String(), "anna.ozola") {
		t.Errorf("the link = %d: %s", w.Code, w.Body)
	}
	list := h.ask("admin", "GET", "/api/v1/accounts", nil).Body.String()
	if !strings.Contains(list, "anna.ozola") || strings.Contains(list, `"hash"`) || strings.Contains(list, "epoch") {
		t.Errorf("the list of accounts tells too much or too little: %s", list)
	}
	h.do(nil, "admin", "POST", "/api/v1/accounts/"+a.Account.ID+"/disable", nil, seen(`"1"`)...)
	if w := h.ask("", "GET", a.Link, nil); w.Code != 404 {
		t.Errorf("the link of a disabled account = %d, want 404", w.Code)
	}
}

func TestTheForecastLooksAtAsManySessionsAsAreAskedFor(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	var o agenda.Outlook
	h.unchanged("the forecast", func() { h.do(&o, "officer", "GET", "/api/v1/forecast?from=2024-02-28&sessions=3", nil) })
	if len(o.Sessions) != 3 || len(o.Tasks) != 24 || o.Sessions[2].Session.Date != "2024-04-24" || !o.Sessions[0].Planned || o.Sessions[1].Planned {
		t.Errorf("%d sessions, %d tasks", len(o.Sessions), len(o.Tasks))
	}
}

func TestThePreviewIsWhatTheBuildGives(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	var d agenda.Draft
	h.unchanged("the preview", func() { h.do(&d, "officer", "GET", "/api/v1/preview?date=2024-02-28", nil) })
	var a agendaView
	h.do(&a, "officer", "POST", of(s)+"/agenda/build?lang=en", nil, seen(unbegun)...)
	if len(d.Items) == 0 || len(d.Items) != len(a.Draft.Items) || len(d.LeftOut) != len(a.Draft.LeftOut) || a.StatusText != "being drafted" {
		t.Errorf("preview %d and %d, build %d and %d, %q", len(d.Items), len(d.LeftOut), len(a.Draft.Items), len(a.Draft.LeftOut), a.StatusText)
	}
	for _, it := range d.Items {
		for _, r := range it.Reasons {
			if r.Text("lv") == "" || r.Text("en") == "" || r.Text("lv") == r.Text("en") {
				t.Errorf("%s: reason %+v is not in both languages", it.ID, r)
			}
		}
	}
}

// A version that waits, or that was sent back, is for those who prepare and
// approve; when a session is changed, its approvals are void and the public
// keeps what was approved.
func TestVersionsBeforeAndAfterApproval(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	digest := h.submitted(s)
	var a agendaView
	h.do(&a, "ngo-1", "POST", of(s)+"/agenda/request-changes", changesRequest{digest, "Lūdzu pievienot 8.2. uzdevumu."})
	if a.Status != agenda.Returned {
		t.Errorf("status = %s, want returned", a.Status)
	}
	for _, who := range []string{"", "nobody", "ngo-2", "admin"} {
		for _, n := range []string{"1", "approved"} {
			h.refused(h.ask(who, "GET", of(s)+"/agenda/versions/"+n, nil), 404, "problem.missing.agenda-version")
		}
	}
	tag := h.do(nil, "officer", "GET", of(s)+"/agenda", nil)
	tag = h.do(nil, "officer", "POST", of(s)+"/agenda/build", nil, seen(tag)...)
	h.do(&a, "officer", "POST", of(s)+"/agenda/submit", nil, seen(tag)...)
	second := proofRequest{Digest: a.Versions[1].Digest, Current: password}
	h.refused(h.ask("state-1", "POST", of(s)+"/agenda/approve", proofRequest{Digest: digest, Current: password}), 409, "problem.agenda.other-content")
	h.do(nil, "state-1", "POST", of(s)+"/agenda/approve", second)
	h.do(nil, "ngo-1", "POST", of(s)+"/agenda/approve", second)
	var was council.Session
	tag = h.do(&was, "officer", "GET", of(s), nil)
	if was.State != council.Convened {
		t.Errorf("the session is %s, want convened", was.State)
	}
	moved := aSession("2024-02-28")
	moved.Place = "Citā vietā"
	h.do(nil, "officer", "PUT", of(s), moved, seen(tag)...)
	var v versionView
	h.do(&v, "", "GET", of(s)+"/agenda/versions/0", nil)
	if v.Number != 2 || !v.Approved || v.Session.Place != "Brīvības bulvārī 36" || v.Digest != second.Digest {
		t.Errorf("the public reads version %d of %q, want 2 as it was approved", v.Number, v.Session.Place)
	}
	h.do(&a, "officer", "GET", of(s)+"/agenda", nil)
	if a.Status != agenda.Drafting {
		t.Errorf("the agenda is %s after the session moved, want drafting", a.Status)
	}
}

func TestDecisionsAndTheirProgress(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.opened(s)
	at := of(s) + "/items/opening"
	var d decisionView
	clause := minutes.Clause{Wording: "Finanšu ministrijai sagatavot.", Addressee: "Finanšu ministrija", UntilNext: true,
		Tasks: []plan.Ref{{Revision: 1, Measure: 8, Task: 2}}}
	h.do(&d, "taker", "POST", at+"/decisions", clause, seen(unbegun)...)
	clause.Wording = "Finanšu ministrijai sagatavot un iesniegt."
	tag := h.do(&d, "taker", "PUT", "/api/v1/decisions/"+d.ID, clause, seen(`"1"`)...)
	h.at("2024-03-01", "10:00")
	tag = h.do(&d, "officer", "POST", "/api/v1/decisions/"+d.ID+"/progress?lang=en", minutes.Report{Text: "Sagatavots projekts.", Status: "partly"}, seen(tag)...)
	if d.Number != "1.1." || d.StatusText != "to be carried out" || d.Claimed == nil || d.Claimed.StatusText != "partly done" || len(d.Progress) != 1 || d.Progress[0].By != "officer" {
		t.Errorf("decision = %+v", d)
	}
	for _, path := range []string{"/api/v1/decisions", "/api/v1/decisions?session=" + s.ID, "/api/v1/decisions?open=true&session=" + s.ID, "/api/v1/plans/1/tasks/8/2/decisions"} {
		var l listing[decisionView]
		h.do(&l, "ngo-2", "GET", path, nil)
		if len(l.Items) != 1 || l.Items[0].ID != d.ID {
			t.Errorf("%s = %+v, want the one decision", path, l.Items)
		}
	}
	var back minutes.Treatment
	h.do(&back, "taker", "DELETE", "/api/v1/decisions/"+d.ID, nil, seen(tag)...)
	if back.Decisions != 0 {
		t.Errorf("after taking it back there are %d clauses, want 0", back.Decisions)
	}
	h.refused(h.ask("taker", "GET", "/api/v1/decisions/"+d.ID, nil), 404, "problem.missing.decision")
}

func TestAnUrgentProposalNeedsBothLeads(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	p := h.proposed("Par steidzamu jautājumu")
	at := "/api/v1/proposals/" + p.ID + "/urgent"
	tag := h.do(nil, "state-1", "POST", at, nil, seen(`"2"`)...)
	h.refused(h.ask("state-1", "POST", at, nil, seen(tag)...), 409, "problem.agenda.urgent-already")
	h.do(&p, "ngo-1", "POST", at, nil, seen(tag)...)
	if len(p.Urgent) != 2 {
		t.Errorf("marked by %d, want 2", len(p.Urgent))
	}
}
