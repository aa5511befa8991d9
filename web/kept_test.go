package web

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// keptPages are the pages one comes to by links from the start page that the
// browser may keep, with their ETags.
func (h *hall) keptPages(who string) map[string]string {
	h.Helper()
	kept, seen := map[string]string{}, map[string]bool{"/": true}
	for next := []string{"/"}; len(next) > 0; next = next[1:] {
		w := h.ask(who, "GET", next[0], nil, "Accept", "text/html")
		if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		if tag := w.Header().Get("ETag"); tag != "" {
			kept[next[0]] = tag
			if again := h.ask(who, "GET", next[0], nil, "Accept", "text/html"); again.Body.String() != w.Body.String() {
				h.Errorf("%s as %q is kept, and differs the second time", next[0], who)
			}
		}
		d, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			h.Fatal(err)
		}
		if kept[next[0]] != "" && d.Find("input[name=command]").Length() > 0 {
			h.Errorf("%s as %q is kept, with a form on it", next[0], who)
		}
		for _, a := range d.Find("main a[href], nav a[href]").EachIter() {
			href, _, _ := strings.Cut(a.AttrOr("href", ""), "#")
			if strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "/api/") && !strings.Contains(href, "lang=") && !seen[href] {
				seen[href] = true
				next = append(next, href)
			}
		}
	}
	return kept
}

func (h *hall) again(who, path, tag string, headers ...string) *httptest.ResponseRecorder {
	h.Helper()
	return h.ask(who, "GET", path, nil, append([]string{"Accept", "text/html", "If-None-Match", tag}, headers...)...)
}

func TestAPageThatHasNotChangedIsNotSentAgain(t *testing.T) {
	h := newHall(t)
	h.convened(h.prepared("2024-02-28"))
	ours := map[string]map[string]string{}
	for _, who := range []string{"", "officer", "state-1"} {
		ours[who] = h.keptPages(who)
		if len(ours[who]) < 15 {
			t.Errorf("%q may keep %d pages, want most of them: %v", who, len(ours[who]), ours[who])
		}
		for path, tag := range ours[who] {
			w := h.again(who, path, `"other", `+tag)
			if w.Code != 304 || w.Body.Len() != 0 || w.Header().Get("ETag") != tag {
				t.Errorf("%s as %q again = %d with %d bytes, want 304", path, who, w.Code, w.Body.Len())
			}
			want := "private, no-cache"
			if who == "" {
				want = "no-cache"
			}
			if got := w.Header().Get("Cache-Control"); got != want || w.Header().Get("Vary") != "Cookie" {
				t.Errorf("%s as %q: Cache-Control %q, want %q", path, who, got, want)
			}
		}
	}
	for path, tag := range ours["officer"] {
		for _, who := range []string{"", "state-1", "taker"} {
			if w := h.again(who, path, tag); w.Code == 304 {
				t.Errorf("%s of the secretariat stands for %q too", path, who)
			}
		}
	}
}

func TestAPageIsSentAgainOnceSomethingItDependsOnHasChanged(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	at := sessionAt(s.ID)
	tag := h.again("", at, "").Header().Get("ETag")
	sent := func(what string, w *httptest.ResponseRecorder) {
		t.Helper()
		if w.Code != 200 {
			t.Errorf("%s: %d, want the page", what, w.Code)
		}
	}
	sent("in English", h.again("", at, tag, "Cookie", "padome-language=en"))
	sent("with another query", h.again("", at+"?a=1", tag))
	sent("without keys", h.again("", at, tag, "Cookie", "padome-keys=off"))
	if w := h.again("", at, tag, "Cookie", "padome-done=x"); w.Code != 200 || w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("ETag") != "" {
		t.Errorf("a page with a banner = %d %q, want it once", w.Code, w.Header().Get("Cache-Control"))
	}
	h.at("2024-01-10", "10:00")
	sent("an hour later", h.again("", at, tag))
	tag = h.again("", at, "").Header().Get("ETag")
	h.convened(s)
	sent("after a change", h.again("", at, tag))
}

func TestWhatIsNoPageToKeepIsNotKept(t *testing.T) {
	h := newHall(t)
	for _, path := range []string{"/account", "/sessions/new", "/people/officer", "/sessions/none", "/login"} {
		w := h.ask("officer", "GET", path, nil, "Accept", "text/html")
		if w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("ETag") != "" {
			t.Errorf("%s (%d): Cache-Control %q, ETag %q", path, w.Code, w.Header().Get("Cache-Control"), w.Header().Get("ETag"))
		}
	}
}

func TestLoggingOutClearsWhatTheBrowserKept(t *testing.T) {
	h := newHall(t)
	tag := h.again("officer", "/", "").Header().Get("ETag")
	for _, path := range []string{"/logout", "/api/v1/logout"} {
		if w := h.ask("officer", "POST", path, nil); w.Header().Get("Clear-Site-Data") != `"cache"` {
			t.Errorf("%s (%d) clears %q", path, w.Code, w.Header().Get("Clear-Site-Data"))
		}
		delete(h.tokens, "officer")
	}
	if w := h.again("", "/", tag); w.Code != 200 || strings.Contains(w.Body.String(), "logout") {
		t.Errorf("after logging out = %d, want the public's start page", w.Code)
	}
}

func BenchmarkSessionPageAgain(b *testing.B) {
	h := newHall(b)
	path := sessionAt(h.longSession(30).ID)
	for _, who := range []string{"", "officer"} {
		tag := h.again(who, path, "").Header().Get("ETag")
		for name, tag := range map[string]string{"whole": "", "again": tag} {
			b.Run(name+"/reader="+who, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if w := h.again(who, path, tag); (w.Code == 304) != (tag != "") {
						b.Fatal(w.Code)
					}
				}
			})
		}
	}
}
