package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"padome/internal/locale"
	"padome/internal/problem"
)

// notice is what the page after a change says was done. The browser carries it
// to that page, so that it works on whichever machine answers next. Nobody can
// make a page say anything else: it names a text of ours, and what stands in
// that text is sealed with the login, which only its own browser has. To the
// public, who have none, only a text without anything in it is told.
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
		text := base64.RawURLEncoding.EncodeToString(raw)
		c.setNotice(text+"."+seal(c.token, text), 60)
	}
	return c.Redirect(path)
}

// seal shows that a text is from here, to whoever has the token of the login.
func seal(token, text string) string {
	m := hmac.New(sha256.New, []byte("notice "+token))
	m.Write([]byte(text)) // a hash takes everything
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

func (c *Call) setNotice(value string, maxAge int) {
	http.SetCookie(c.gin.Writer, &http.Cookie{
		Name: c.noticeCookie(), Value: value, Path: "/", MaxAge: maxAge,
		Secure: c.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// noticed reports whether the browser brings a notice.
func (c *Call) noticed() bool {
	_, err := c.gin.Request.Cookie(c.noticeCookie())
	return err == nil
}

// takeNotice is the notice for this page, in words; the next page has none.
func (c *Call) takeNotice() string {
	k, err := c.gin.Request.Cookie(c.noticeCookie())
	if err != nil {
		return ""
	}
	c.setNotice("", -1)
	text, sum, _ := strings.Cut(k.Value, ".")
	if !hmac.Equal([]byte(sum), []byte(seal(c.token, text))) {
		return ""
	}
	var n notice
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(raw, &n) != nil || !strings.HasPrefix(n.Key, noticeKeys) || !locale.Has(n.Key) ||
		c.token == "" && len(n.Args) > 0 {
		return ""
	}
	return locale.Text(c.Lang, n.Key, n.Args)
}
