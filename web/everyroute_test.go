package web

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"padome/office"
)

// withoutRevision are the changes that name no revision, and why.
var withoutRevision = map[string]string{
	"POST /api/v1/login":                                               "makes a login",
	"POST /api/v1/logout":                                              "ends a login",
	"POST /api/v1/password":                                            "the current password is asked for",
	"POST /api/v1/people":                                              "creates",
	"POST /api/v1/mandates":                                            "creates",
	"POST /api/v1/delegations":                                         "creates",
	"POST /api/v1/groups":                                              "creates",
	"POST /api/v1/accounts":                                            "creates",
	"POST /api/v1/accounts/:id/reset":                                  "creates a link",
	"POST /api/v1/plans":                                               "creates",
	"POST /api/v1/assignments":                                         "creates",
	"POST /api/v1/principles":                                          "creates",
	"POST /api/v1/principles/drafts":                                   "creates",
	"POST /api/v1/sessions":                                            "creates",
	"POST /api/v1/proposals":                                           "creates",
	"POST /api/v1/proposals/on-behalf":                                 "creates",
	"POST /api/v1/sessions/:id/observers":                              "creates",
	"DELETE /api/v1/observers":                                         "erases what is past its time",
	"DELETE /api/v1/sessions/:id/observers":                            "removes all there are",
	"DELETE /api/v1/sessions/:id/observers/:observer":                  "its id is a secret, and it never changes",
	"POST /api/v1/sessions/:id/items":                                  "adds behind the others",
	"POST /api/v1/sessions/:id/items/:item/documents":                  "adds behind the others",
	"POST /api/v1/carried/:id/settle":                                  "what is carried over has no revision",
	"POST /api/v1/sessions/:id/agenda/approve":                         "compares the digest",
	"POST /api/v1/sessions/:id/agenda/request-changes":                 "compares the digest",
	"POST /api/v1/sessions/:id/minutes/sign":                           "compares the digest",
	"POST /api/v1/sessions/:id/minutes/comments":                       "creates",
	"POST /api/v1/sessions/:id/minutes/dissents":                       "creates",
	"POST /api/v1/sessions/:id/minutes/corrections":                    "creates",
	"POST /api/v1/verify":                                              "changes nothing",
	"POST /api/v1/sessions/:id/minutes/signed":                         "compares the file it continues",
	"POST /api/v1/sessions/:id/minutes/corrections/:correction/sign":   "compares the digest",
	"POST /api/v1/sessions/:id/minutes/corrections/:correction/signed": "compares the file it continues",
}

// ownForm are the routes whose body is not a JSON object of this program.
var ownForm = map[string]bool{
	"POST /api/v1/plans": true, "POST /api/v1/verify": true, "POST /api/v1/sessions/:id/minutes/signed": true, "POST /api/v1/sessions/:id/minutes/corrections/:correction/signed": true, "POST /api/v1/proposals/:id/documents": true, "POST /api/v1/sessions/:id/agenda/items/:item/documents": true, "POST /api/v1/sessions/:id/items/:item/documents": true,
}

// each asks every route of the API that changes something, as somebody whom it
// admits. Pages carry all of it in their forms.
func (h *hall) each(fn func(name string, r Route, ask func(body any, headers ...string) *httptest.ResponseRecorder)) {
	h.Helper()
	path := strings.NewReplacer(":id", "none", ":item", "none", ":token", "none", ":decision", "none", ":report", "1", ":comment", "none", ":dissent", "none", ":correction", "none", ":of", "minutes", "evaluations/:year", "evaluations/2024")
	for _, r := range h.server.routes() {
		if r.Method == "GET" || !strings.HasPrefix(r.Path, "/api/") {
			continue
		}
		name, who := r.Method+" "+r.Path, ""
		for i, code := range strings.Fields(access[name]) {
			if code != "401" && code != "403" {
				who = readers[i]
				break
			}
		}
		fn(name, r, func(body any, headers ...string) *httptest.ResponseRecorder {
			defer delete(h.tokens, who) // it may have been ended
			return h.ask(who, r.Method, path.Replace(r.Path), body, headers...)
		})
	}
}

func TestEveryChangeNamesItsRevision(t *testing.T) {
	h := newHall(t)
	h.unchanged("none of these", func() {
		h.each(func(name string, r Route, ask func(any, ...string) *httptest.ResponseRecorder) {
			var body any
			if r.Body > 0 {
				body = "{}"
			}
			w := ask(body)
			if got, want := w.Code == 428, withoutRevision[name] == ""; got != want {
				t.Errorf("%s without If-Match = %d, wants a revision: %v", name, w.Code, want)
			}
			if w.Code == 428 {
				for _, tag := range []string{"7", `W/"7"`, `"7", "8"`, "*", `"0"`, fmt.Sprintf(`"%d"`, ^uint64(0))} {
					h.refused(ask(body, "If-Match", tag), 400, "problem.request.revision")
				}
			}
		})
	})
}

func TestEveryBodyIsReadStrictly(t *testing.T) {
	h := newHall(t)
	h.unchanged("none of these", func() {
		h.each(func(name string, r Route, ask func(any, ...string) *httptest.ResponseRecorder) {
			revision := []string{"If-Match", `"99"`}
			if r.Body == noBody {
				h.refused(ask(`{"a":1}`, revision...), 413, "problem.request.size")
				return
			}
			if ownForm[name] {
				return
			}
			for _, tt := range []struct {
				body   string
				status int
				key    string
			}{
				{`{"a"`, 400, "problem.request.json"},
				{"\xff", 400, "problem.request.encoding"},
				{" ", 400, "problem.request.empty"},
				{strings.Repeat("[", 100) + strings.Repeat("]", 100), 400, "problem.request.depth"},
				{`{"__proto__":1}`, 422, "__proto__ problem.request.field"},
				{`[]`, 422, " problem.request.type.object"},
				{`null`, 422, " problem.request.type.object"},
			} {
				h.refused(ask(tt.body, revision...), tt.status, tt.key)
			}
			h.refused(ask("{}", append(revision, "Content-Type", "text/plain")...), 415, "problem.request.media")
			h.refused(ask(strings.Repeat(" ", int(r.Body))+"{}", revision...), 413, "problem.request.size")
		})
	})
}

func TestNoBodyIsLargerThanADocument(t *testing.T) {
	for _, r := range newHall(t).server.routes() {
		if r.Body > office.MaxDocument || r.Method == "GET" && r.Body != noBody {
			t.Errorf("%s %s takes %d bytes", r.Method, r.Path, r.Body)
		}
	}
}
