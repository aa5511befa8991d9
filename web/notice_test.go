package web

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"padome/internal/problem"
)

// noticeHouse is a server whose form at /one says that a name was saved.
func noticeHouse(t *testing.T) *house {
	t.Helper()
	h := buildHouse(t)
	h.mustMount(append(h.server.routes(), Route{"POST", "/one", Public, smallDoc, func(c *Call) error {
		return c.Done("/", "done.person", "name", "Satura plānošanas darba grupa")
	}}))
	return h
}

func planted(token string, n notice) string {
	raw, _ := json.Marshal(n)
	text := base64.RawURLEncoding.EncodeToString(raw)
	return "padome-done=" + text + "." + seal(token, text)
}

func TestABannerComesOnlyFromTheLoginItIsFor(t *testing.T) {
	h := noticeHouse(t)
	_, login := h.logIn("chair", password)
	w := h.ask("POST", "/one", "", "Cookie", login.String())
	banner := cookieOf(w, "padome-done")
	shown := func(cookies ...string) string {
		t.Helper()
		return strings.TrimSpace(page(t, h.ask("GET", "/", "", "Cookie", strings.Join(cookies, "; "))).Find(".notice").Text())
	}
	if got := shown(login.String(), banner); !strings.Contains(got, "Satura plānošanas darba grupa") {
		t.Errorf("banner = %q, want what was done", got)
	}
	_, other := h.logIn("deputy", password)
	lie := notice{"done.person", problem.Pairs("name", "zvaniet pa tālruni 12345")}
	text, sum, _ := strings.Cut(banner, ".")
	for name, cookies := range map[string][]string{
		"somebody else's":         {other.String(), banner},
		"of nobody":               {banner},
		"sealed with nothing":     {login.String(), planted("", lie)},
		"sealed with a guess":     {login.String(), planted("guess", lie)},
		"planted on the public":   {planted("", lie)},
		"another text, that seal": {login.String(), strings.SplitN(planted("", lie), ".", 2)[0] + "." + sum},
		"no seal":                 {login.String(), text},
		"no text of ours":         {planted("", notice{Key: "problem.internal"})},
	} {
		if got := shown(cookies...); got != "" {
			t.Errorf("a banner %s says %q", name, got)
		}
	}
}
