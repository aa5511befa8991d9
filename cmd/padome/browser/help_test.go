package browser

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"padome/cmd/padome/demo"
	"padome/council"
	"padome/internal/auth"
	"padome/internal/locale"
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
)

// today is the day on which the tests visit the demonstration, after its third
// session.
var today = council.Date("2024-04-10").At("09:00")

// leaveOut skips a test for want of something. Where everything must be there,
// as the environment says by CI=true, it fails instead.
func leaveOut(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("left out: %s; scripts/tools installs it", why)
	}
	t.Skipf("left out: %s; scripts/tools installs it", why)
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

// house is a server over a copy of the demonstration, with the clock stopped at
// today.
type house struct {
	testing.TB
	url    string
	office *office.Office
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
	now := func() time.Time { return today }
	db, err := storage.Open(storage.Config{Dir: dir, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	passwords, err := auth.NewPasswords(auth.Cost{MemoryKiB: 64, Passes: 1, AtOnce: 2, Queue: 64})
	if err != nil {
		t.Fatal(err)
	}
	h := &house{TB: t, office: office.New(db, 1)}
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	s, err := web.New(web.Config{Office: h.office, Passwords: passwords, Log: log, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.url = "http://" + l.Addr().String()
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		for _, err := range []error{s.Shutdown(ctx), <-done, db.Close()} {
			if err != nil {
				t.Error(err)
			}
		}
	})
	return h
}

// token logs somebody in behind the server's back.
func (h *house) token(who string) string {
	h.Helper()
	a, err := h.office.Logins().AccountByName(h.Context(), who)
	if err != nil {
		h.Fatal(err)
	}
	token, l := auth.NewLogin(today, a, auth.DefaultLifetimes, "")
	if err := h.office.Logins().AddLogin(h.Context(), l); err != nil {
		h.Fatal(err)
	}
	return token
}

// get is the HTML of a page as somebody gets it, without a browser.
func (h *house) get(who, path string) (status int, html string) {
	h.Helper()
	r, err := http.NewRequestWithContext(h.Context(), "GET", h.url+path, nil)
	if err != nil {
		h.Fatal(err)
	}
	r.Header.Set("Accept", "text/html")
	if who != public {
		r.AddCookie(&http.Cookie{Name: "padome", Value: h.token(who)})
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		h.Fatal(err)
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	if err != nil {
		h.Fatal(err)
	}
	return w.StatusCode, string(body)
}

// tab is one tab of a browser, logged in as somebody or nobody. What the page
// writes to the console as a warning or an error fails the test at its end.
type tab struct {
	*house
	ctx context.Context
}

// flags keep the browser to itself: no background traffic, no sandbox, which a
// container has no rights for.
var flags = []chromedp.ExecAllocatorOption{
	chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.Headless,
	chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
	chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
	chromedp.Flag("hide-scrollbars", true), chromedp.Flag("disable-dev-shm-usage", true),
}

// chromium is one browser for all tests; each tab has cookies of its own.
var chromium = sync.OnceValues(func() (context.Context, error) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		return nil, err
	}
	ctx, end := chromedp.NewExecAllocator(context.Background(), append(slices.Clone(flags), chromedp.ExecPath(path))...)
	ctx, cancel := chromedp.NewContext(ctx)
	quit = append(quit, cancel, end)
	return ctx, chromedp.Do(ctx)
})

// open opens a tab as somebody.
func (h *house) open(who string) *tab {
	h.Helper()
	browser, err := chromium()
	if err != nil {
		leaveOut(h, "no browser: "+err.Error())
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	h.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // the tab lives as long as the context it begins with
		h.Fatal(err)
	}
	b := &tab{house: h, ctx: ctx}
	b.do(chromedp.EmulateViewport(1280, 900))
	b.listen()
	if who != public {
		host := strings.TrimPrefix(h.url, "http://")
		_, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: "padome", Value: h.token(who), URL: "http://" + host + "/"})
		if err != nil {
			h.Fatal(err)
		}
	}
	return b
}

// listen fails the test for what the page complains of. A refusal that the test
// provokes is told by the browser too; it is no fault of the page.
func (b *tab) listen() {
	messages := chromedp.Console(b.ctx)
	var told []string
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for m, err := range messages {
			if err != nil {
				return
			}
			if (m.IsException() || m.Type == "error" || m.Type == "warning") && m.Source != "network" {
				told = append(told, m.String())
			}
		}
	}()
	b.Cleanup(func() {
		chromedp.Cancel(b.ctx)
		<-ended
		for _, m := range told {
			b.Errorf("console: %s", m)
		}
	})
}

// do runs actions, or fails.
func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.Fatal(err)
	}
}

// visit opens a page of the house.
func (b *tab) visit(path string) { b.Helper(); b.do(chromedp.Navigate(b.url + path)) }

// click clicks what a CSS selector finds first.
func (b *tab) click(sel string) { b.Helper(); b.do(chromedp.Click(chromedp.CSS(sel))) }

// fill puts a text in place of what is in a field.
func (b *tab) fill(sel, text string) {
	b.Helper()
	b.do(chromedp.Clear(chromedp.CSS(sel)), chromedp.SendKeys(chromedp.CSS(sel), text))
}

// sees waits until something is to be seen.
func (b *tab) sees(sel string) { b.Helper(); b.do(chromedp.WaitVisible(chromedp.CSS(sel))) }

// text is what something says.
func (b *tab) text(sel string) string {
	b.Helper()
	s, err := chromedp.Run(b.ctx, chromedp.Text(chromedp.CSS(sel)))
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(s)
}

// eval is the value of a script; a promise is waited for.
func eval[T any](b *tab, script string) T {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 60*time.Second)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatal(err)
	}
	return v
}

// light, dark and zoom are how a page may be looked at; zoom is 400 % on a
// screen of 1280 by 1024, which leaves 320 pixels of width.
func (b *tab) light() { b.Helper(); b.scheme("light"); b.do(chromedp.EmulateViewport(1280, 900)) }
func (b *tab) dark()  { b.Helper(); b.scheme("dark"); b.do(chromedp.EmulateViewport(1280, 900)) }
func (b *tab) zoom() {
	b.Helper()
	b.scheme("light")
	b.do(chromedp.EmulateViewport(320, 256, chromedp.EmulateScale(4)))
}

func (b *tab) scheme(value string) {
	b.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
	if err != nil {
		b.Fatal(err)
	}
}

// shot writes a picture of the whole page into the folder that PADOME_SHOTS
// names; without it there is none.
func (b *tab) shot(name string) {
	b.Helper()
	dir := os.Getenv("PADOME_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		b.Fatal(err)
	}
}
