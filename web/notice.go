package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"padome/internal/locale"
	"padome/internal/problem"
)

// notice is what the page after a change says was done. The browser carries it
// to that page, so that it works on whichever machine answers next; it names a
// text of ours, so that nobody can make a page say anything else.
type notice struct {
	Key  string       `json:"key"`
	Args problem.Args `json:"args,omitempty"`
}

// noticeKeys is how the keys of notices begin.
const noticeKeys = "done."

func (c *Call) noticeCookie() string {
	if c.secure {
		return "__Host-padome-done"
	}
	return "padome-done"
}

// Done answers a form that did what it was for: the browser goes on to a path of
// this server, where a banner says once what was done. The key begins with
// "done."; "" says nothing.
func (c *Call) Done(path, key string, args ...string) error {
	if key != "" {
		raw, err := json.Marshal(notice{key, problem.Pairs(args...)})
		if err != nil {
			return err
		}
		c.setNotice(base64.RawURLEncoding.EncodeToString(raw), 60)
	}
	return c.Redirect(path)
}

func (c *Call) setNotice(value string, maxAge int) {
	http.SetCookie(c.gin.Writer, &http.Cookie{
		Name: c.noticeCookie(), Value: value, Path: "/", MaxAge: maxAge,
		Secure: c.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// takeNotice is the notice for this page, in words; the next page has none.
func (c *Call) takeNotice() string {
	k, err := c.gin.Request.Cookie(c.noticeCookie())
	if err != nil {
		return ""
	}
	c.setNotice("", -1)
	var n notice
	raw, err := base64.RawURLEncoding.DecodeString(k.Value)
	if err != nil || json.Unmarshal(raw, &n) != nil || !strings.HasPrefix(n.Key, noticeKeys) || !locale.Has(n.Key) {
		return ""
	}
	return locale.Text(c.Lang, n.Key, n.Args)
}
