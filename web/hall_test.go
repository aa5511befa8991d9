package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/auth"
	"padome/minutes"
	"padome/office"
	"padome/plan"
	"padome/storage"
)

// hall is a server over a real database: a council of 16, its officers, and one
// account for each of them, all by the name of the person.
type hall struct {
	testing.TB
	dir    string
	server *Server
	office *office.Office
	db     *storage.DB
	clock  atomic.Int64
	log    bytes.Buffer
	mu     sync.Mutex
	tokens map[string]string
	hash   string                                                     // of the password of everybody
	config func(*storage.Config)                                      // changes how the folder is opened; may be nil
	asking func(who, method, path string, body any, headers []string) // is told of every request; may be nil
}

var operator = office.By{Actor: council.Actor{Operator: true, Name: "operators"}}

func newHall(t testing.TB) *hall {
	t.Helper()
	h := &hall{TB: t, dir: t.TempDir(), tokens: map[string]string{}}
	h.at("2024-01-10", "09:00")
	h.starts()
	var err error
	if h.hash, err = h.server.Passwords.Hash(t.Context(), "password", "everybody", password); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.db.Check(context.Background()); err != nil {
			t.Errorf("check at the end: %v", err)
		}
		if err := h.db.Close(); err != nil {
			t.Error(err)
		}
	})
	h.people()
	return h
}

// starts opens the folder and puts a server over it, as a start of the program
// does.
func (h *hall) starts() {
	h.Helper()
	now := func() time.Time { return time.Unix(h.clock.Load(), 0) }
	c := storage.Config{Dir: h.dir, Now: now}
	if h.config != nil {
		h.config(&c)
	}
	db, err := storage.Open(c)
	if err != nil {
		h.Fatal(err)
	}
	passwords, err := auth.NewPasswords(auth.Cost{MemoryKiB: 64, Passes: 1, AtOnce: 2, Queue: 64})
	if err != nil {
		h.Fatal(err)
	}
	h.db, h.office = db, office.New(db, 1)
	log := slog.New(slog.NewTextHandler(&locked{w: &h.log}, &slog.HandlerOptions{Level: slog.LevelWarn}))
	if h.server, err = New(Config{Office: h.office, Passwords: passwords, Log: log, Now: now, Limits: roomy}); err != nil {
		h.Fatal(err)
	}
}

// locked lets requests that run at once write into one log.
type locked struct {
	mu sync.Mutex
	w  *bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

func (h *hall) at(day council.Date, c council.Clock) { h.clock.Store(day.At(c).Unix()) }

// people makes 8 members of each side; state-1 is chair and ngo-1 deputy,
// officer and taker are the secretariat, stand-in substitutes for the chair, and
// nobody holds no mandate.
func (h *hall) people() {
	h.Helper()
	for _, side := range []council.Side{council.State, council.NGO} {
		for i := range 8 {
			id := fmt.Sprintf("%s-%d", side, i+1)
			h.person(id, council.Mandate{Role: council.Member, Side: side})
		}
	}
	h.mandate(council.Mandate{Person: "state-1", Role: council.Chair, Side: council.State})
	h.mandate(council.Mandate{Person: "ngo-1", Role: council.Deputy, Side: council.NGO})
	h.person("officer", council.Mandate{Role: council.Secretariat})
	h.person("taker", council.Mandate{Role: council.Secretariat})
	h.person("admin", council.Mandate{Role: council.Administrator})
	h.person("stand-in", council.Mandate{Role: council.Chair, Side: council.State, SubstituteFor: "state-1", Basis: "rīkojums Nr. 1"})
	h.person("nobody", council.Mandate{})
}

func (h *hall) person(id string, m council.Mandate) {
	h.Helper()
	p := council.Person{ID: id, Given: "Zane", Surname: "Kārkliņa", Gender: council.Feminine, Position: "direktore"}
	if _, err := h.office.SavePerson(h.Context(), operator, 0, p); err != nil {
		h.Fatal(err)
	}
	if m.Role != "" {
		m.Person = id
		h.mandate(m)
	}
	change := storage.Change{By: operator.Actor, What: "history.account"}
	_, err := h.office.Logins().UpdateAccount(h.Context(), change, id, 0, func(a *auth.Account) error {
		a.Name, a.Person, a.Epoch, a.Hash = id, id, 1, h.hash
		return nil
	})
	if err != nil {
		h.Fatal(err)
	}
}

func (h *hall) mandate(m council.Mandate) {
	h.Helper()
	m.From = "2024-01-01"
	if _, err := h.office.SaveMandate(h.Context(), operator, 0, m); err != nil {
		h.Fatal(err)
	}
}

// token logs somebody in behind the server's back, once.
func (h *hall) token(who string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if t := h.tokens[who]; t != "" {
		return t
	}
	a, err := h.office.Logins().Account(h.Context(), who)
	if err != nil {
		h.Fatal(err)
	}
	lives := auth.Lifetimes{Idle: 10000 * time.Hour, Absolute: 10000 * time.Hour}
	token, l := auth.NewLogin(time.Unix(h.clock.Load(), 0), a, lives, "")
	if err := h.office.Logins().AddLogin(h.Context(), l); err != nil {
		h.Fatal(err)
	}
	h.tokens[who] = token
	return token
}

// request is what somebody sends; body may be a string or what becomes JSON.
func (h *hall) request(who, method, path string, body any, headers ...string) *http.Request {
	h.Helper()
	text, isText := body.(string)
	if body != nil && !isText {
		raw, err := json.Marshal(body)
		if err != nil {
			h.Fatal(err)
		}
		text = string(raw)
	}
	r := httptest.NewRequestWithContext(h.Context(), method, path, strings.NewReader(text))
	if text != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if who != "" {
		r.Header.Set("Authorization", "Bearer "+h.token(who))
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// ask sends a request and returns its answer, which is never an error of the
// program.
func (h *hall) ask(who, method, path string, body any, headers ...string) *httptest.ResponseRecorder {
	h.Helper()
	r := h.request(who, method, path, body, headers...)
	if h.asking != nil {
		h.asking(who, method, path, body, headers)
	}
	w := httptest.NewRecorder()
	h.server.Handler().ServeHTTP(w, r)
	media := w.Header().Get("Content-Type") // packed bytes may spell anything
	words := strings.HasPrefix(media, "text/") || strings.Contains(media, "json")
	if w.Code >= 500 || words && strings.Contains(w.Body.String(), "⟦") {
		h.Errorf("%s %s as %q = %d: %s\n%s", method, path, who, w.Code, w.Body, h.log.String())
	}
	h.conforms(method, path, w)
	return w
}

// do is ask for what must succeed: it reads the answer into v and returns the
// ETag.
func (h *hall) do(v any, who, method, path string, body any, headers ...string) (tag string) {
	h.Helper()
	w := h.ask(who, method, path, body, headers...)
	if w.Code < 200 || w.Code > 299 {
		h.Fatalf("%s %s as %q = %d: %s", method, path, who, w.Code, w.Body)
	}
	if v != nil {
		if err := json.Unmarshal(w.Body.Bytes(), v); err != nil {
			h.Fatalf("%s %s: %v: %s", method, path, err, w.Body)
		}
	}
	return w.Header().Get("ETag")
}

// refused checks that a request is refused with a status and a key ("" for any)
// and has changed nothing.
func (h *hall) refused(w *httptest.ResponseRecorder, status int, key string) document {
	h.Helper()
	var d document
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil || w.Header().Get("Content-Type") != "application/problem+json" {
		h.Fatalf("%d is no problem document: %s", w.Code, w.Body)
	}
	keys := []string{d.Key}
	for _, f := range d.Errors {
		keys = append(keys, f.Field+" "+f.Key)
	}
	if w.Code != status || key != "" && !strings.Contains(strings.Join(keys, "\n")+"\n", key+"\n") {
		h.Errorf("answer = %d %q, want %d %s: %s", w.Code, keys, status, key, w.Body)
	}
	return d
}

// unchanged runs fn and checks that the council has had no change by it.
func (h *hall) unchanged(what string, fn func()) {
	h.Helper()
	before := h.seq()
	fn()
	if after := h.seq(); after != before {
		h.Errorf("%s changed the council %d times", what, after-before)
	}
}

func (h *hall) seq() uint64 {
	h.Helper()
	n, err := h.office.Seq(h.Context())
	if err != nil {
		h.Fatal(err)
	}
	return n
}

const unbegun = "*" // If-None-Match of what has not begun

// seen is the header that names the revision a change is made to.
func seen(tag string) []string {
	if tag == unbegun {
		return []string{"If-None-Match", tag}
	}
	return []string{"If-Match", tag}
}

// prepared brings in the plan and the principles, and plans a session.
func (h *hall) prepared(day council.Date) council.Session {
	h.Helper()
	ctx := h.Context()
	p, err := plan.Real()
	if err != nil {
		h.Fatal(err)
	}
	if _, err := h.office.ImportPlan(ctx, operator, p); err != nil {
		h.Fatal(err)
	}
	for _, p := range []agenda.Principles{agenda.Transitional(), agenda.WholeCatalogue()} {
		if _, err := h.office.AddPrinciples(ctx, operator, p); err != nil {
			h.Fatal(err)
		}
	}
	var s council.Session
	h.do(&s, "officer", "POST", "/api/v1/sessions", aSession(day))
	return s
}

func aSession(day council.Date) sessionRequest {
	return sessionRequest{Kind: council.Regular, Mode: council.Hybrid, Date: day, Starts: "11:00", Ends: "13:00",
		Place: "Brīvības bulvārī 36", Link: "https://sanaksme.example/kanarijputns"}
}

func of(s council.Session) string { return "/api/v1/sessions/" + s.ID }

// submitted builds and submits the agenda of a session and returns its digest.
func (h *hall) submitted(s council.Session) string {
	h.Helper()
	var a agenda.Agenda
	tag := h.do(nil, "officer", "POST", of(s)+"/agenda/build", nil, seen(unbegun)...)
	h.do(&a, "officer", "POST", of(s)+"/agenda/submit", nil, seen(tag)...)
	return a.Versions[len(a.Versions)-1].Digest
}

// convened brings a session as far as an agenda that both leads approved.
func (h *hall) convened(s council.Session) {
	h.Helper()
	digest := proofRequest{Digest: h.submitted(s), Current: password}
	h.do(nil, "state-1", "POST", of(s)+"/agenda/approve", digest)
	h.do(nil, "ngo-1", "POST", of(s)+"/agenda/approve", digest)
}

// opened brings a session as far as being open with twelve members present.
func (h *hall) opened(s council.Session) versionView {
	h.Helper()
	h.convened(s)
	tag := h.do(nil, "officer", "GET", of(s), nil)
	h.do(nil, "officer", "POST", of(s)+"/open", openRequest{"state-1", "taker", "11:00", "Vietniece ir slima."}, seen(tag)...)
	h.do(nil, "taker", "PUT", of(s)+"/attendance", attendanceRequest{present()}, seen(unbegun)...)
	var v versionView
	h.do(&v, "", "GET", of(s)+"/agenda/versions/approved", nil)
	return v
}

func present() (entries []minutes.Entry) {
	for _, side := range []council.Side{council.State, council.NGO} {
		for i := range 8 {
			e := minutes.Entry{Person: fmt.Sprintf("%s-%d", side, i+1), Name: "Z. Kārkliņa", Side: side, Capacity: minutes.Voting}
			if i > 5 {
				e.Capacity = minutes.Absent
			}
			entries = append(entries, e)
		}
	}
	return entries
}
