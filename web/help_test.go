package web

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"padome/council"
	"padome/internal/auth"
	"padome/internal/faultfs"
	"padome/internal/problem"
	"padome/storage/store"
)

func TestMain(m *testing.M) {
	if !faultfs.Serve() {
		goleak.VerifyTestMain(m)
	}
}

// roomy are limits for tests that ask more in a moment than anybody does.
var roomy = Limits{Connections: 10_000, PerAddress: 10_000, Requests: 100_000, Work: 100, Waiting: 10_000, Held: 1 << 30, HeldEach: 1 << 30}

const password = "zaļš ezis kāpj kalnā"

// memory keeps accounts, logins and links as storage will.
type memory struct {
	mu       sync.Mutex
	accounts map[string]auth.Account
	logins   map[string]auth.Login
	links    map[string]auth.OneTime
	persons  map[string]council.Person
	commands map[store.CommandID]bool
	touched  int
	broken   error // what every question is answered with, if anything
}

func none() error { return problem.New(problem.NotFound, "problem.not-found") }

func (m *memory) AccountByName(_ context.Context, name string) (auth.Account, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, a := range m.accounts {
		if a.Name == name {
			return a, m.broken
		}
	}
	return auth.Account{}, none()
}

func (m *memory) Login(_ context.Context, hash string) (auth.Login, auth.Account, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken != nil {
		return auth.Login{}, auth.Account{}, m.broken
	}
	l, ok := m.logins[hash]
	if !ok {
		return l, auth.Account{}, none()
	}
	return l, m.accounts[l.Account], nil
}

func (m *memory) AddLogin(_ context.Context, l auth.Login) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.logins[l.TokenHash] = l
	return m.broken
}

func (m *memory) TouchLogin(_ context.Context, hash string, now time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	l, ok := m.logins[hash]
	if !ok {
		return none()
	}
	l.LastSeen = now
	m.logins[hash] = l
	m.touched++
	return nil
}

func (m *memory) LoginsOf(_ context.Context, account string) (all []auth.Login, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, l := range m.logins {
		if l.Account == account {
			all = append(all, l)
		}
	}
	return all, m.broken
}

func (m *memory) ChangeSecond(_ context.Context, _ council.Actor, _ store.CommandID, id string, revision uint64, fn func(*auth.Account) error) (auth.Account, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a := m.accounts[id]
	if a.Revision != revision {
		return a, problem.New(problem.Conflict, "problem.conflict")
	}
	if err := fn(&a); err != nil {
		return a, err
	}
	a.Revision++
	m.accounts[id] = a
	return a, nil
}

func (m *memory) EndLogin(_ context.Context, hash string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.logins, hash)
	return nil
}

func (m *memory) Link(_ context.Context, hash string) (auth.OneTime, auth.Account, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.links[hash]
	if !ok {
		return o, auth.Account{}, none()
	}
	return o, m.accounts[o.Account], nil
}

func (m *memory) SetUp(_ context.Context, command store.CommandID, link string, now time.Time, p council.Person, a auth.Account) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, other := range m.accounts {
		if other.Name == a.Name {
			var l problem.List
			l.Add("name", "problem.text.missing")
			return l.Err()
		}
	}
	o := m.links[link]
	if err := o.Use(now, auth.Account{}); err != nil {
		return err
	}
	m.links[link], m.accounts[a.ID], m.persons[p.ID] = o, a, p
	m.commands[command] = true
	return nil
}

func (m *memory) SetPassword(_ context.Context, command store.CommandID, c auth.PasswordChange) (auth.Account, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a := m.accounts[c.Account]
	if a.Revision != c.Revision {
		return a, problem.New(problem.Conflict, "problem.conflict")
	}
	if o, ok := m.links[c.Link]; ok {
		if err := o.Use(c.At, a); err != nil {
			return a, err
		}
		m.links[c.Link] = o
	}
	a.SetPassword(c.Hash, c.At)
	a.Revision++
	m.accounts[a.ID] = a
	m.commands[command] = true
	return a, nil
}

// house is a server with a clock that the test moves, and one account for every
// role and for one person without any.
type house struct {
	*testing.T
	server    *Server
	memory    *memory
	passwords *auth.Passwords
	now       time.Time
	log       *bytes.Buffer
	front     Front
}

func newHouse(t *testing.T, changes ...func(*Config)) *house {
	t.Helper()
	h := buildHouse(t, changes...)
	if err := h.server.mount(h.server.routes()); err != nil {
		t.Fatal(err)
	}
	return h
}

// buildHouse is a house whose server has no routes yet.
func buildHouse(t *testing.T, changes ...func(*Config)) *house {
	t.Helper()
	h := &house{
		T: t, log: &bytes.Buffer{}, now: time.Date(2024, 1, 31, 9, 0, 0, 0, time.UTC),
		memory: &memory{
			accounts: map[string]auth.Account{}, logins: map[string]auth.Login{}, links: map[string]auth.OneTime{},
			persons: map[string]council.Person{}, commands: map[store.CommandID]bool{},
		},
		front: Front{Settings: council.DefaultSettings()},
	}
	var err error
	if h.passwords, err = auth.NewPasswords(auth.Cost{MemoryKiB: 64, Passes: 1, AtOnce: 2, Queue: 64}); err != nil {
		t.Fatal(err)
	}
	c := Config{
		Logins: h.memory, Actor: actorOf, Passwords: h.passwords, Limits: roomy,
		Front:    func(context.Context, council.Date) (Front, error) { return h.front, nil },
		Settings: func(context.Context) (council.Settings, error) { return h.front.Settings, nil },
		Log:      slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Now:      func() time.Time { return h.now },
	}
	for _, change := range changes {
		change(&c)
	}
	hash, err := c.Passwords.Hash(t.Context(), "password", "anna", password)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range append([]string{"nobody"}, roleIDs()...) {
		h.memory.accounts[id] = auth.Account{ID: id, Name: id, Person: id, Hash: hash, Epoch: 1, Revision: 1}
	}
	if h.server, err = newServer(c); err != nil {
		t.Fatal(err)
	}
	return h
}

func roleIDs() (ids []string) {
	for _, r := range council.Roles {
		ids = append(ids, string(r))
	}
	return ids
}

// actorOf gives each person the role they are named after, in 2024.
func actorOf(_ context.Context, person string, on council.Date) (council.Actor, error) {
	a := council.Actor{Person: person, Name: strings.ToUpper(person)}
	m := council.Mandate{ID: "m-" + person, Person: person, Role: council.Role(person), From: "2024-01-01", Until: "2024-12-31"}
	if person != "nobody" && m.InForce(on) {
		a.Mandates = []council.Mandate{m}
	}
	return a, nil
}

// as logs an account in behind the server's back.
func (h *house) as(account string) (header string) {
	token, l := auth.NewLogin(h.now, h.memory.accounts[account], auth.DefaultLifetimes, "")
	h.memory.logins[l.TokenHash] = l
	return "Bearer " + token
}

// ask sends a request; headers are name, value pairs.
func (h *house) ask(method, path, body string, headers ...string) *httptest.ResponseRecorder {
	h.Helper()
	r := httptest.NewRequestWithContext(h.Context(), method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.server.Handler().ServeHTTP(w, r)
	return w
}

// problemIn is the problem document of an answer, which must be one in full.
func (h *house) problemIn(w *httptest.ResponseRecorder) document {
	h.Helper()
	if got, want := w.Header().Get("Content-Type"), "application/problem+json"; got != want {
		h.Fatalf("content type = %q, want %q: %s", got, want, w.Body)
	}
	var d document
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil {
		h.Fatalf("%v: %s", err, w.Body)
	}
	if d.Status != w.Code || d.Title == "" || d.Detail == "" || !strings.HasPrefix(d.Type, "urn:padome:problem:") ||
		d.Instance == "" || d.Instance != w.Header().Get("X-Request-Id") || strings.Contains(w.Body.String(), "⟦") {
		h.Errorf("problem document is not complete: %s", w.Body)
	}
	return d
}

// refused checks status and key of a problem document.
func (h *house) refused(w *httptest.ResponseRecorder, status int, key string) document {
	h.Helper()
	d := h.problemIn(w)
	if w.Code != status || d.Key != key {
		h.Errorf("answer = %d %s, want %d %s: %s", w.Code, d.Key, status, key, w.Body)
	}
	return d
}

// logIn logs in over the API and returns the token and the cookie.
func (h *house) logIn(name, password string, headers ...string) (string, *http.Cookie) {
	h.Helper()
	w := h.ask("POST", "/api/v1/login", loginBody(name, password), headers...)
	if w.Code != http.StatusOK {
		h.Fatalf("login = %d: %s", w.Code, w.Body)
	}
	var a loginAnswer
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		h.Fatal(err)
	}
	for _, k := range w.Result().Cookies() {
		return a.Token, k
	}
	h.Fatal("no cookie")
	return "", nil
}

func loginBody(name, password string) string {
	raw, _ := json.Marshal(loginRequest{Name: name, Password: password})
	return string(raw)
}
