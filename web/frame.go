package web

import (
	"cmp"
	"net/http"
	"net/url"
	"time"

	"padome/internal/locale"
	"padome/templates"
)

// languageCookie keeps which language somebody chose for the pages.
const languageCookie = "padome-language"

// frame is what stands around a page of this call.
func (c *Call) frame() templates.Frame {
	f := templates.Frame{Lang: c.Lang, Council: c.council(), Reader: c.Actor.Name, Nav: c.nav(), Notice: c.takeNotice(), Keys: c.keys(), Since: c.since,
		Search: c.server.Office != nil && c.gin.Request.URL.Path != searchPath}
	if c.heldBack && f.Notice == "" {
		f.Notice = c.say("page.second.required")
	}
	if c.server.hasPage("/plan") {
		f.Plan = "/plan"
	}
	if c.account.ID == "" {
		f.LogIn = c.logInPath()
	}
	for _, l := range locale.Langs {
		f.Languages = append(f.Languages, templates.Language{Lang: l, Href: c.inLanguage(l), Current: l == c.Lang})
	}
	return f
}

// council is how the council shows itself. Where its settings cannot be read,
// such as on the page that says so, what was read last will do.
func (c *Call) council() templates.Council {
	x, err := c.server.Settings(c.Ctx)
	if err == nil {
		c.server.lastSettings.Store(&x)
	} else if last := c.server.lastSettings.Load(); last != nil {
		x = *last
	}
	return templates.Council{
		Name: c.inLang(x.Name, x.NameEN), Short: cmp.Or(c.inLang(x.Short, x.ShortEN), "Padome"),
		Theme: themePath(x.Accent), Arms: armsAt(x), Contact: x.Contact,
	}
}

// inLanguage is the address of this page in a language, with its query.
func (c *Call) inLanguage(l locale.Lang) string {
	u := c.gin.Request.URL
	q := u.Query()
	q.Set("lang", string(l))
	return (&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: q.Encode()}).String()
}

// keepLanguage remembers the language that somebody asked for by ?lang=.
func (c *Call) keepLanguage() {
	if c.Query("lang") != string(c.Lang) || forPrograms(c.gin.Request) {
		return
	}
	c.keepChoice(languageCookie, string(c.Lang))
}

// keysCookie keeps that somebody has switched the keyboard shortcuts off.
const keysCookie = "padome-keys"

// keys reports whether single keys are to do something.
func (c *Call) keys() bool {
	k, err := c.gin.Request.Cookie(keysCookie)
	return err != nil || k.Value != "off"
}

// keepChoice remembers for a year what somebody chose for this browser.
func (c *Call) keepChoice(cookie, value string) {
	http.SetCookie(c.gin.Writer, &http.Cookie{
		Name: cookie, Value: value, Path: "/", MaxAge: int((365 * 24 * time.Hour).Seconds()),
		Secure: c.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// logInPath is where to log in so as to come back here.
func (c *Call) logInPath() string {
	u := c.gin.Request.URL
	if u.Path == "/" || u.Path == logInPage || c.gin.Request.Method != http.MethodGet {
		return logInPage
	}
	q := u.Query()
	q.Del("lang")
	back := url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: q.Encode()}
	return logInPage + "?" + url.Values{"next": {back.String()}}.Encode()
}
