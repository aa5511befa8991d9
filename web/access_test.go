package web

import (
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"padome/minutes"
)

// readers are the columns of the tables below: the public, somebody with an
// account and no mandate, a member, the secretariat, the chair, the deputy, the
// administrator.
var readers = []string{"", "nobody", "ngo-2", "officer", "state-1", "ngo-1", "admin"}

// access is what everybody gets from every route for a request that is complete
// but changes nothing: of a session that is open under the chair, of other
// things that are not there, with a revision nothing has and an empty object or
// form. A new route needs a line here, or in an init of its area's test file.
var access = map[string]string{
	"GET /theme/:file":                    "404 404 404 404 404 404 404",
	"GET /api/v1/todo":                    "401 403 200 200 200 200 200",
	"GET /":                               "200 200 200 200 200 200 200",
	"GET /accessibility":                  "200 200 200 200 200 200 200",
	"GET /live":                           "422 422 422 422 422 422 422",
	"GET /login":                          "200 303 303 303 303 303 303",
	"POST /login":                         "422 422 422 422 422 422 422",
	"POST /logout":                        "303 303 303 303 303 303 303",
	"GET /api/v1/accounts":                "401 403 403 200 403 403 200",
	"POST /api/v1/accounts":               "401 403 403 404 403 403 404",
	"POST /api/v1/accounts/:id/disable":   "401 403 403 404 403 403 404",
	"POST /api/v1/accounts/:id/enable":    "401 403 403 404 403 403 404",
	"POST /api/v1/accounts/:id/reset":     "401 403 403 404 403 403 404",
	"GET /api/v1/assignments":             "200 200 200 200 200 200 200",
	"POST /api/v1/assignments":            "401 403 403 422 403 403 403",
	"GET /api/v1/calendar":                "200 200 200 200 200 200 200",
	"PUT /api/v1/calendar":                "401 403 403 404 403 403 404",
	"GET /api/v1/calendar/working-days":   "422 422 422 422 422 422 422",
	"GET /api/v1/carried":                 "401 403 200 200 200 200 403",
	"POST /api/v1/carried/:id/settle":     "401 403 403 403 404 404 403",
	"GET /api/v1/decisions":               "200 200 200 200 200 200 200",
	"DELETE /api/v1/decisions/:id":        "401 404 404 404 404 404 404",
	"PUT /api/v1/decisions/:id":           "401 404 404 404 404 404 404",
	"GET /api/v1/decisions/:id":           "404 404 404 404 404 404 404",
	"POST /api/v1/decisions/:id/progress": "401 403 404 404 404 404 403",
	"GET /api/v1/documents/:sha256":       "404 404 404 404 404 404 404",
	"GET /api/v1/delegations":             "401 403 200 200 200 200 200",
	"POST /api/v1/delegations":            "401 403 403 422 403 403 422",
	"PUT /api/v1/delegations/:id":         "401 403 403 404 403 403 404",
	"GET /api/v1/groups":                  "200 200 200 200 200 200 200",
	"POST /api/v1/groups":                 "401 403 403 422 403 403 422",
	"PUT /api/v1/groups/:id":              "401 403 403 404 403 403 404",
	"GET /api/v1/history/:kind/:id":       "401 403 403 200 200 200 200",
	"POST /api/v1/login":                  "422 422 422 422 422 422 422",
	"POST /api/v1/logout":                 "401 204 204 204 204 204 204",
	"GET /api/v1/mandates":                "401 403 200 200 200 200 200",
	"POST /api/v1/mandates":               "401 403 403 404 403 403 404",
	"PUT /api/v1/mandates/:id":            "401 403 403 404 403 403 404",
	"GET /api/v1/me":                      "401 200 200 200 200 200 200",
	"POST /api/v1/password":               "401 422 422 422 422 422 422",
	"GET /api/v1/openapi.yaml":            "200 200 200 200 200 200 200",
	"GET /api/v1/people":                  "401 403 200 200 200 200 200",
	"POST /api/v1/people":                 "401 403 403 422 403 403 422",
	"PUT /api/v1/people/:id":              "401 403 403 404 403 403 404",
	"GET /api/v1/people/:id":              "401 403 404 404 404 404 404",
	"GET /api/v1/plan":                    "200 200 200 200 200 200 200",
	"GET /api/v1/plans":                   "200 200 200 200 200 200 200",
	"POST /api/v1/plans":                  "401 403 403 422 403 403 403",
	"GET /api/v1/plans/:revision":         "200 200 200 200 200 200 200",
	"GET /api/v1/plans/:revision/tasks/:measure/:task/decisions": "200 200 200 200 200 200 200",
	"GET /api/v1/presiding":                                            "401 403 422 422 422 422 422",
	"GET /api/v1/forecast":                                             "401 403 403 200 200 200 403",
	"GET /api/v1/preview":                                              "401 403 403 422 422 422 403",
	"GET /api/v1/principles":                                           "200 200 200 200 200 200 200",
	"POST /api/v1/principles":                                          "401 403 403 422 403 403 403",
	"GET /api/v1/principles/diff":                                      "401 422 422 422 422 422 422",
	"GET /api/v1/principles/compare":                                   "401 422 422 422 422 422 422",
	"GET /api/v1/principles/overrides":                                 "401 403 200 200 200 200 200",
	"GET /api/v1/principles/drafts":                                    "401 200 200 200 200 200 200",
	"POST /api/v1/principles/drafts":                                   "401 422 422 422 422 422 422",
	"GET /api/v1/principles/drafts/:id":                                "401 404 404 404 404 404 404",
	"PUT /api/v1/principles/drafts/:id":                                "401 404 404 404 404 404 404",
	"PUT /api/v1/principles/drafts/:id/groups":                         "401 403 403 404 403 403 403",
	"PUT /api/v1/principles/drafts/:id/agreements/:group":              "401 403 403 404 403 403 403",
	"DELETE /api/v1/principles/drafts/:id/agreements/:group":           "401 403 403 404 403 403 403",
	"POST /api/v1/principles/drafts/:id/remarks":                       "401 404 404 404 404 404 404",
	"POST /api/v1/principles/drafts/:id/withdraw":                      "401 404 404 404 404 404 404",
	"POST /api/v1/principles/drafts/:id/reject":                        "401 403 403 404 403 403 403",
	"POST /api/v1/principles/drafts/:id/adopt":                         "401 403 403 404 403 403 403",
	"GET /api/v1/principles/:version":                                  "200 200 200 200 200 200 200",
	"GET /api/v1/proposals":                                            "401 403 200 200 200 200 403",
	"POST /api/v1/proposals":                                           "401 403 422 422 422 422 403",
	"PUT /api/v1/proposals/:id":                                        "401 403 404 404 404 404 403",
	"GET /api/v1/proposals/:id":                                        "404 404 404 404 404 404 404",
	"POST /api/v1/proposals/:id/documents":                             "401 403 415 415 415 415 403",
	"DELETE /api/v1/proposals/:id/documents/:sha256":                   "401 403 404 404 404 404 403",
	"PUT /api/v1/proposals/:id/opinion":                                "401 403 404 404 404 404 403",
	"POST /api/v1/proposals/:id/waive":                                 "401 403 403 403 404 404 403",
	"POST /api/v1/proposals/:id/urgent":                                "401 403 403 403 404 404 403",
	"POST /api/v1/proposals/:id/withdraw":                              "401 403 404 404 404 404 403",
	"GET /api/v1/rules":                                                "200 200 200 200 200 200 200",
	"GET /api/v1/sessions":                                             "200 200 200 200 200 200 200",
	"POST /api/v1/sessions":                                            "401 403 403 422 403 403 422",
	"GET /api/v1/sessions/:id":                                         "200 200 200 200 200 200 200",
	"PUT /api/v1/sessions/:id":                                         "401 403 403 409 403 403 409",
	"GET /api/v1/sessions/:id/agenda":                                  "404 404 404 200 200 200 404",
	"POST /api/v1/sessions/:id/agenda/approve":                         "401 403 403 403 409 409 403",
	"POST /api/v1/sessions/:id/agenda/build":                           "401 403 403 409 403 403 403",
	"POST /api/v1/sessions/:id/agenda/items/:item/documents":           "401 403 403 415 403 403 403",
	"DELETE /api/v1/sessions/:id/agenda/items/:item/documents/:sha256": "401 403 403 409 403 403 403",
	"PUT /api/v1/sessions/:id/agenda/items/:item":                      "401 403 403 409 403 403 403",
	"PUT /api/v1/sessions/:id/agenda/items/:item/placement":            "401 403 403 409 403 403 403",
	"PUT /api/v1/sessions/:id/agenda/items/:item/allotment":            "401 403 403 409 403 403 403",
	"PUT /api/v1/sessions/:id/agenda/order":                            "401 403 403 409 403 403 403",
	"POST /api/v1/sessions/:id/agenda/overrides":                       "401 403 403 409 403 403 403",
	"POST /api/v1/sessions/:id/agenda/request-changes":                 "401 403 403 403 409 409 403",
	"POST /api/v1/sessions/:id/agenda/submit":                          "401 403 403 409 403 403 403",
	"GET /api/v1/sessions/:id/agenda/versions":                         "404 404 404 200 200 200 404",
	"GET /api/v1/sessions/:id/agenda/versions/:number":                 "200 200 200 200 200 200 200",
	"GET /api/v1/sessions/:id/deadlines":                               "200 200 200 200 200 200 200",
	"POST /api/v1/sessions/:id/observers":                              "422 422 422 422 422 422 422",
	"GET /api/v1/sessions/:id/observers":                               "401 403 403 200 200 200 403",
	"DELETE /api/v1/sessions/:id/observers":                            "401 403 403 409 403 403 403",
	"DELETE /api/v1/sessions/:id/observers/:observer":                  "404 404 404 404 404 404 404",
	"POST /api/v1/sessions/:id/items":                                  "401 403 403 422 422 403 403",
	"POST /api/v1/sessions/:id/items/:item/documents":                  "401 415 415 415 415 415 415",
	"PUT /api/v1/sessions/:id/attendance":                              "401 403 403 409 409 403 403",
	"POST /api/v1/sessions/:id/cancel":                                 "401 403 403 422 403 403 422",
	"POST /api/v1/sessions/:id/close":                                  "401 403 403 422 422 422 403",
	"PUT /api/v1/sessions/:id/items/:item/course":                      "401 403 403 404 404 403 403",
	"POST /api/v1/sessions/:id/items/:item/decisions":                  "401 403 403 404 404 403 403",
	"PUT /api/v1/sessions/:id/items/:item/outcome":                     "401 403 403 404 404 403 403",
	"PUT /api/v1/sessions/:id/items/:item/times":                       "401 403 403 404 404 403 403",
	"PUT /api/v1/sessions/:id/items/:item/vote":                        "401 403 403 404 404 403 403",
	"GET /api/v1/sessions/:id/minutes":                                 "404 404 404 404 404 404 404",
	"PUT /api/v1/sessions/:id/minutes/annexes":                         "401 403 403 404 404 403 403",
	"POST /api/v1/sessions/:id/minutes/draft":                          "401 403 403 404 404 403 403",
	"POST /api/v1/sessions/:id/minutes/finalise":                       "401 404 404 404 404 404 404",
	"PUT /api/v1/sessions/:id/minutes/items/:item":                     "401 403 403 404 404 403 403",
	"POST /api/v1/sessions/:id/minutes/items/:item/take-drafted":       "401 403 403 404 404 403 403",
	"GET /api/v1/sessions/:id/minutes/missing":                         "404 404 404 404 404 404 404",
	"POST /api/v1/sessions/:id/minutes/sign":                           "401 404 404 404 404 404 404",
	"POST /api/v1/sessions/:id/open":                                   "401 403 403 409 409 409 403",
	"GET /api/v1/sessions/:id/record":                                  "404 404 200 200 200 200 404",
	"GET /api/v1/settings":                                             "200 200 200 200 200 200 200",
	"PUT /api/v1/settings":                                             "401 403 403 404 403 403 404",
	"GET /healthz":                                                     "200 200 200 200 200 200 200",
	"GET /readyz":                                                      "200 200 200 200 200 200 200",
	"GET /setup/:token":                                                "404 404 404 404 404 404 404",
	"POST /setup/:token":                                               "404 404 404 404 404 404 404",
	"GET /static/:file":                                                "404 404 404 404 404 404 404",
}

// TestEveryRouteForEveryReader walks the routes that the router itself answers.
func TestEveryRouteForEveryReader(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.opened(s)
	bodies := map[string]int64{}
	for _, r := range h.server.routes() {
		bodies[r.Method+" "+r.Path] = r.Body
	}
	seen := map[string]bool{}
	path := strings.NewReplacer("sessions/:id", "sessions/"+s.ID, ":id", "none", ":item", "none", ":sha256", strings.Repeat("0", 64),
		":decision", "none", ":report", "1", ":comment", "none", ":correction", "none", ":dissent", "none", "evaluations/:year", "evaluations/2024",
		":revision", "1", ":measure", "8", ":task", "2", ":version", "1", ":number", "1", ":kind", "session", ":file", "none", ":token", "none")
	h.unchanged("asking", func() {
		for _, in := range h.server.engine.Routes() {
			name := in.Method + " " + in.Path
			if in.Method == "HEAD" {
				continue
			}
			seen[name] = true
			var got []string
			for _, who := range readers {
				body, headers := any(nil), []string{"If-Match", `"99"`}
				switch {
				case bodies[name] == 0:
				case strings.HasPrefix(in.Path, "/api/"):
					body = "{}"
				default:
					body, headers = "revision=99", []string{"Content-Type", "application/x-www-form-urlencoded"}
				}
				w := h.ask(who, in.Method, path.Replace(in.Path), body, headers...)
				got = append(got, strconv.Itoa(w.Code))
				if strings.HasSuffix(in.Path, "/logout") {
					delete(h.tokens, who)
				}
			}
			if got, want := strings.Join(got, " "), access[name]; got != want {
				t.Errorf("%q: %q, want %q", name, got, want)
			}
		}
	})
	for name := range access {
		if !seen[name] {
			t.Errorf("route %s is written down, but the router does not answer it", name)
		}
	}
}

// hidden is who may read what is not public yet; to everybody else it is not
// there, and nothing of it shows.
func TestWhatIsNotPublicIsNotThere(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	p := h.proposed("Par kanārijputnu dziesmām")
	c := h.opened(s)
	if c.Number != 1 {
		t.Fatalf("version = %d", c.Number)
	}
	h.dealWith(s, "")
	var r recordView
	h.do(&r, "taker", "GET", of(s)+"/record", nil)
	at := slices.IndexFunc(r.Items, func(x recordedItem) bool { return len(x.Decisions) > 0 && x.Item.ID == p.ID })
	if at < 0 {
		t.Fatal("the proposal was not decided")
	}
	d := r.Items[at].Decisions[0]
	tag := h.do(nil, "officer", "GET", of(s), nil)
	h.do(nil, "officer", "POST", of(s)+"/close", closeRequest{"12:45"}, seen(tag)...)
	h.do(nil, "taker", "POST", of(s)+"/minutes/draft", nil, seen(unbegun)...)
	for _, tt := range []struct{ path, may string }{
		{"/api/v1/proposals/" + p.ID, "ngo-2 officer state-1 ngo-1"},
		{"/api/v1/documents/" + p.Documents[0].SHA256, "ngo-2 officer state-1 ngo-1"},
		{of(s) + "/agenda", "officer state-1 ngo-1"},
		{of(s) + "/agenda/versions", "officer state-1 ngo-1"},
		{of(s) + "/agenda.pdf?version=draft", "officer state-1 ngo-1"},
		{of(s) + "/record", "ngo-2 officer state-1 ngo-1"},
		{of(s) + "/minutes", "ngo-2 officer state-1 ngo-1"},
		{of(s) + "/minutes.pdf", "ngo-2 officer state-1 ngo-1"},
		{of(s) + "/minutes/missing", "ngo-2 officer state-1 ngo-1"},
		{"/api/v1/decisions/" + d.ID, "ngo-2 officer state-1 ngo-1"},
	} {
		for _, who := range readers {
			w := h.ask(who, "GET", tt.path, nil)
			want := 404
			if who != "" && slices.Contains(strings.Fields(tt.may), who) {
				want = 200
			}
			if w.Code != want {
				t.Errorf("%s for %q = %d, want %d", tt.path, who, w.Code, want)
			}
			if want == 404 {
				silent(t, tt.path+" for "+who, w)
			}
		}
	}
	for _, path := range []string{"/", "/api/v1/sessions", of(s), "/api/v1/decisions", "/api/v1/decisions?session=" + s.ID,
		"/api/v1/plans/1/tasks/3/1/decisions", "/api/v1/groups"} {
		for _, who := range []string{"", "nobody"} {
			silent(t, path+" for "+who, h.ask(who, "GET", path, nil))
		}
	}
	public := h.ask("", "GET", of(s)+"/agenda/versions/approved", nil).Body.String()
	for _, word := range []string{"Apstiprināt priekšlikumu", "kanarijputns", p.Documents[0].SHA256, "leftOut", "state-1"} {
		if strings.Contains(public, word) {
			t.Errorf("the public agenda tells %q: %s", word, public)
		}
	}
}

// silent checks that an answer tells nothing of the hidden things.
func silent(t *testing.T, what string, w *httptest.ResponseRecorder) {
	t.Helper()
	for _, word := range []string{"kanārijputn", "kanarijputns", "Apstiprināt priekšlikumu", "Pieņemt zināšanai", "Informē padomi", "state-1", "taker"} {
		if strings.Contains(w.Body.String(), word) {
			t.Errorf("%s tells %q: %s", what, word, w.Body)
		}
	}
}

// What each role may not do although it sees the thing.
func TestRolesKeepApart(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	digest := proofRequest{Digest: h.submitted(s), Current: password}
	h.unchanged("all this", func() {
		for _, who := range []string{"officer", "admin", "ngo-2"} {
			h.refused(h.ask(who, "POST", of(s)+"/agenda/approve", digest), 403, "problem.access.role")
		}
		for _, who := range []string{"state-1", "ngo-1", "admin", "ngo-2"} {
			h.refused(h.ask(who, "POST", of(s)+"/agenda/build", nil, seen(`"2"`)...), 403, "problem.access.role")
		}
		h.refused(h.ask("admin", "POST", "/api/v1/mandates", mandateRequest{Person: "admin", Role: "secretariat", From: "2024-01-01"}), 403, "problem.mandate.self-grant")
		h.refused(h.ask("officer", "POST", "/api/v1/mandates", mandateRequest{Person: "officer", Role: "chair", From: "2024-01-01"}), 403, "problem.mandate.self-grant")
		h.refused(h.ask("ngo-3", "PUT", "/api/v1/proposals/none", aProposal("Par citu"), seen(`"1"`)...), 404, "problem.missing.proposal")
	})
	p := h.proposed("Par ieceri")
	h.unchanged("somebody else's proposal", func() {
		path := "/api/v1/proposals/" + p.ID
		h.refused(h.ask("ngo-3", "PUT", path, aProposal("Par citu"), seen(`"2"`)...), 403, "problem.agenda.proposer")
		h.refused(h.ask("ngo-3", "POST", path+"/withdraw", reasonRequest{"Negribu."}, seen(`"2"`)...), 403, "problem.agenda.proposer")
		h.refused(h.ask("ngo-3", "POST", path+"/documents?name=a.pdf", "%PDF-1.7", append(seen(`"2"`), "Content-Type", "application/pdf")...), 403, "problem.agenda.proposer")
	})
	// One who is both the secretariat and the chair's substitute approves nothing.
	h.do(nil, "admin", "POST", "/api/v1/mandates", mandateRequest{Person: "taker", Role: "chair", Side: "state", From: "2024-01-01", SubstituteFor: "state-1", Basis: "rīkojums"})
	h.refused(h.ask("taker", "POST", of(s)+"/agenda/approve", digest), 403, "problem.agenda.leads-only")
	h.do(nil, "stand-in", "POST", of(s)+"/agenda/approve", digest)
	h.refused(h.ask("state-1", "POST", of(s)+"/agenda/approve", digest), 409, "problem.agenda.office-approved")
	h.refused(h.ask("stand-in", "POST", of(s)+"/agenda/approve", digest), 409, "problem.agenda.approved-already")
}

// An id with a slash stands in the path as %2F, and only so.
func TestIdsWithASlash(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	c := h.opened(s)
	id := ""
	for _, raw := range c.Items.([]any) {
		if x := raw.(map[string]any)["id"].(string); strings.Contains(x, "/") {
			id = x
		}
	}
	if id != "task-1/1.1" && !strings.HasPrefix(id, "task-1/") {
		t.Fatalf("no item of the plan on the agenda: %v", c.Items)
	}
	var tr minutes.Treatment
	h.do(&tr, "taker", "PUT", of(s)+"/items/"+url.PathEscape(id)+"/times", timesRequest{"11:05", "11:15"}, seen(unbegun)...)
	if tr.Item != id {
		t.Errorf("recorded on %q, want %q", tr.Item, id)
	}
	h.refused(h.ask("taker", "PUT", of(s)+"/items/"+id+"/times", timesRequest{"11:05", "11:15"}, seen(unbegun)...), 404, "problem.request.path")
	h.refused(h.ask("taker", "PUT", of(s)+"/items/task-1%2F9.9/times", timesRequest{"11:05", "11:15"}, seen(unbegun)...), 404, "problem.missing.treatment")
	var entries listing[entryView]
	h.do(&entries, "officer", "GET", "/api/v1/history/treatment/"+url.PathEscape(s.ID+"/"+id), nil)
	if len(entries.Items) != 1 || entries.Items[0].Who != "taker" || entries.Items[0].Text == "" {
		t.Errorf("history = %+v, want one entry by the taker", entries.Items)
	}
}
