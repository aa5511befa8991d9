package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// tab is one tab of a browser, logged in as somebody or nobody. What the page
// writes to the console as a warning or an error fails the test at its end.
type tab struct {
	*house
	ctx context.Context
}

// in is the same tab for a part of a test.
func (b *tab) in(t testing.TB) *tab { return &tab{house: b.house.in(t), ctx: b.ctx} }

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
	b.light()
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

// fill puts a text in place of what is in a field, as if it were pasted.
func (b *tab) fill(sel, text string) {
	b.Helper()
	b.sees(sel)
	eval[any](b, fmt.Sprintf(`{ const field = document.querySelector(%q); field.focus(); field.select() }`, sel))
	if text == "" {
		b.do(chromedp.KeyEvent(kb.Delete))
		return
	}
	if _, err := chromedp.Call(b.ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		b.Fatal(err)
	}
}

// leaving does what leads to another page, and waits until that is there.
func (b *tab) leaving(do func()) {
	b.Helper()
	eval[any](b, `window.here = true`)
	do()
	b.until(`!window.here && document.readyState === "complete"`)
}

// until waits until a script says yes, over any change of the page.
func (b *tab) until(script string) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	for ctx.Err() == nil {
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`(() => { try { return !!(`+script+`) } catch { return false } })()`))
		if err == nil && ok {
			return
		}
		select { // an error is a page that is just being left
		case <-ctx.Done():
		case <-time.After(30 * time.Millisecond):
		}
	}
	b.Fatalf("never so: %s; the page says %q", script, b.text("main"))
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

// connection makes the network of the tab as it is said; the page is told when
// there is none, and when there is one again.
func (b *tab) connection(c network.Conditions) {
	b.Helper()
	_, err := chromedp.Call(b.ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{&c}})
	b.must(err)
	_, err = chromedp.Call(b.ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: c.Offline, DownloadThroughput: -1, UploadThroughput: -1})
	b.must(err)
}

// The connections of tests.
var (
	cut    = network.Conditions{Offline: true, DownloadThroughput: -1, UploadThroughput: -1}
	whole  = network.Conditions{DownloadThroughput: -1, UploadThroughput: -1}
	narrow = network.Conditions{DownloadThroughput: -1, UploadThroughput: 100_000}
)

// beside is another tab of the same browser, with the same cookies.
func (b *tab) beside() *tab {
	b.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	b.Cleanup(cancel)
	b.must(chromedp.Do(ctx))
	return &tab{house: b.house, ctx: ctx}
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
