package browser

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"padome/cmd/padome/demo"
	"padome/council"
	"padome/internal/auth"
	"padome/internal/locale"
	"padome/internal/tooltest"
	"padome/office"
	"padome/storage"
	"padome/web"
)

// Roles of the demonstration by which tests log in, by the names of accounts.
const (
	public      = ""
	secretariat = "sekretare"
	chair       = "vaditajs"
	deputy      = "vietniece"
	member      = "locekle"
	admin       = "administrators"
	minuteTaker = "protokoliste"

	newcomer = "jauns"   // has an account as prepared makes it
	halfway  = "pusceļā" // is the minute-taker with the password right and the code still to come
)

// today is the day on which the tests visit the demonstration, after its third
// session.
var today = council.Date("2024-04-10").At("09:00")

// leaveOut leaves the test out for want of something that scripts/tools installs.
func leaveOut(t testing.TB, why string) {
	t.Helper()
	tooltest.LeaveOut(t, "%s; scripts/tools installs it", why)
}

// tool is a file that scripts/tools installs for the tests alone.
func tool(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("PADOME_TOOLS")
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			leaveOut(t, "no folder for tools: "+err.Error())
		}
		dir = filepath.Join(cache, "padome-tools")
	}
	file := filepath.Join(dir, "node_modules", name)
	if _, err := os.Stat(file); err != nil {
		leaveOut(t, "no "+name)
	}
	return file
}

// performed is the folder of a demonstration held once for all tests; each test
// works on a copy of it.
var performed = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "padome-browser-")
	if err != nil {
		return "", err
	}
	temporary = append(temporary, dir)
	return dir, demo.Perform(context.Background(), demo.Config{Dir: dir, Tenant: 1, Out: io.Discard, Lang: locale.LV})
})

// temporary are the folders, and quit what ends the browser: both are for all
// tests.
var (
	temporary []string
	quit      []func()
)

func TestMain(m *testing.M) {
	code := m.Run()
	for _, end := range quit {
		end()
	}
	for _, dir := range temporary {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

// house is a server over a copy of the demonstration, with a clock that stands
// at today until a test sets it.
type house struct {
	testing.TB
	url    string
	office *office.Office
	config web.Config
	server *web.Server
	stop   func() // ends the server
	keys   *keys
	now    *atomic.Pointer[time.Time]
}

// keys are secrets of the house that tests need.
type keys struct {
	link string // by which the deputy sets a new password
}

// in is the same house for a part of a test.
func (h *house) in(t testing.TB) *house {
	return &house{TB: t, url: h.url, office: h.office, server: h.server, keys: h.keys, now: h.now}
}

func newHouse(t testing.TB) *house {
	t.Helper()
	from, err := performed()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	clock := new(atomic.Pointer[time.Time])
	clock.Store(&today)
	now := func() time.Time { return *clock.Load() }
	db, err := storage.Open(storage.Config{Dir: dir, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	passwords, err := auth.NewPasswords(auth.Cost{MemoryKiB: 64, Passes: 1, AtOnce: 2, Queue: 64})
	if err != nil {
		t.Fatal(err)
	}
	h := &house{TB: t, office: office.New(db, 1), keys: new(keys), now: clock}
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	h.config = web.Config{Office: h.office, Passwords: passwords, Log: log, Now: now}
	h.serve("127.0.0.1:0")
	t.Cleanup(func() {
		h.stop()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// serve lets a server answer at an address until stop.
func (h *house) serve(address string) {
	h.Helper()
	s, err := web.New(h.config)
	h.must(err)
	l, err := net.Listen("tcp", address)
	h.must(err)
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	// By its name: browsers have passkeys at no number.
	h.server, h.url = s, strings.Replace("http://"+l.Addr().String(), "127.0.0.1", "localhost", 1)
	h.stop = func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		for _, err := range []error{s.Shutdown(ctx), <-done} {
			if err != nil {
				h.Error(err)
			}
		}
	}
}

// token logs somebody in behind the server's back.
func (h *house) token(who string) string {
	h.Helper()
	begin := func(now time.Time, a auth.Account) (string, auth.Login) {
		return auth.NewLogin(now, a, auth.DefaultLifetimes, "")
	}
	if who == halfway {
		who = minuteTaker
		begin = func(now time.Time, a auth.Account) (string, auth.Login) { return auth.NewHalfLogin(now, a, "") }
	}
	a, err := h.office.Logins().AccountByName(h.Context(), who)
	h.must(err)
	token, l := begin(*h.now.Load(), a)
	h.must(h.office.Logins().AddLogin(h.Context(), l))
	return token
}

// get is the HTML of a page as somebody gets it, without a browser.
func (h *house) get(who, path string) (status int, html string) {
	h.Helper()
	return h.ask(who, stop{path: path})
}

// ask is the HTML of a stop as somebody gets it, without a browser.
func (h *house) ask(who string, s stop) (status int, html string) {
	h.Helper()
	method, media, sent := "GET", "", io.Reader(nil)
	if s.send != nil {
		method = "POST"
		media, sent = s.send(h).encoded()
	}
	r, err := http.NewRequestWithContext(h.Context(), method, h.url+s.at(h), sent)
	h.must(err)
	r.Header.Set("Accept", "text/html")
	if media != "" {
		r.Header.Set("Content-Type", media)
	}
	if who != public {
		r.AddCookie(&http.Cookie{Name: "padome", Value: h.token(who)})
	}
	w, err := http.DefaultClient.Do(r)
	h.must(err)
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	h.must(err)
	if strings.Contains(string(body), "⟦") {
		h.Errorf("%s as %q says something without a text or a value: %s", s.name, who, said(string(body)))
	}
	return w.StatusCode, string(body)
}

// encoded is what is sent as the body of a request.
func (x sending) encoded() (media string, body io.Reader) {
	if x.name == "" {
		return "application/x-www-form-urlencoded", strings.NewReader(x.fields.Encode())
	}
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, values := range x.fields {
		for _, v := range values {
			m.WriteField(name, v)
		}
	}
	file, _ := m.CreateFormFile("file", x.name)
	io.WriteString(file, x.contents)
	m.Close() // into memory: none of it fails
	return m.FormDataContentType(), &b
}
