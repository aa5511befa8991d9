package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"golang.org/x/text/language"

	"padome/council"
	"padome/internal/auth"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/internal/strict"
	"padome/storage"
	"padome/storage/store"
	"padome/templates"
)

// maxCommand is how long an Idempotency-Key may be.
const maxCommand = 100

// Call is one request on its way to its answer: who asks, in which language, on
// which day, and as which command.
type Call struct {
	Ctx   context.Context
	Lang  locale.Lang
	Now   time.Time
	Actor council.Actor // with the mandates in force today; the public has no Person
	// Command names the change this request makes, so that a repeat with the
	// same Idempotency-Key by the same actor at the same address is one change.
	Command store.CommandID

	id          string          // of the request
	input       string          // digest of the body, once it has been read
	policy      Policy          // of its route
	entered     *templates.Form // what was sent, once it has been read as a form
	files       *multipart.Form // what came with it
	shown       *templates.Page // takes the page in place of the browser, where only its content is asked for
	account     auth.Account    // zero for the public
	login       auth.Login
	token       string       // of the login that the browser has once it gets the answer; "" for none
	since       uint64       // the number of changes when the page began to be read
	tag         string       // of the page that is asked for, where it may be kept
	filled      bool         // a form has been begun: its page is for this once
	heldBack    bool         // powers that need a second factor, which the account has not
	half        auth.Login   // when only the first step of logging in is done
	halfAccount auth.Account // whose it is
	away        bool         // it is of a stranger for whom there is no room
	leaves      func()       // ends the turn of a stranger; nil when it has had none
	ends        []func()     // give back what the call holds
	secure      bool         // the browser came by HTTPS
	server      *Server
	gin         *gin.Context
}

func (s *Server) newCall(g *gin.Context) *Call {
	c := &Call{
		Ctx: g.Request.Context(), Lang: langOf(g.Request), Now: s.Now(),
		secure: s.SecureCookies || g.Request.TLS != nil, server: s, gin: g,
	}
	// Ordered by time, so that requests are found in the log; not a secret.
	c.id = uuid.Must(uuid.NewV7()).URN()
	return c
}

var (
	languages = []locale.Lang{locale.LV, locale.EN}
	matcher   = language.NewMatcher([]language.Tag{language.Latvian, language.English})
)

// langOf is the language of ?lang=; else for the API the one the client prefers,
// and for pages the one chosen last, at first Latvian: many browsers here are set
// to English by nobody's choice.
func langOf(r *http.Request) locale.Lang {
	if asked := locale.Lang(r.URL.Query().Get("lang")); asked == locale.LV || asked == locale.EN {
		return asked
	}
	if !forPrograms(r) {
		if k, err := r.Cookie(languageCookie); err == nil && k.Value == string(locale.EN) {
			return locale.EN
		}
		return locale.LV
	}
	_, i := language.MatchStrings(matcher, r.Header.Get("Accept-Language"))
	return languages[i]
}

// forPrograms reports whether a request is for the API, not for a page.
func forPrograms(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }

// Today is the day of the call in Europe/Riga.
func (c *Call) Today() council.Date { return council.DateOf(c.Now) }

// Param is the part of the path that the route names. The router matches the
// path as it was sent, so that an id such as "task-1/8.2" stands in it as
// task-1%2F8.2.
func (c *Call) Param(name string) string {
	raw := c.gin.Param(name)
	if s, err := url.PathUnescape(raw); err == nil {
		return s
	}
	return raw
}

// Query is a value after the question mark, "" when it is not there.
func (c *Call) Query(name string) string { return c.gin.Query(name) }

// SetHeader sets a header of the answer.
func (c *Call) SetHeader(name, value string) { c.gin.Header(name, value) }

// address is where the request comes from; the zero address when it has none.
func (c *Call) address() netip.Addr {
	a, _ := netip.ParseAddr(c.gin.ClientIP())
	return a
}

// takeCommand reads the Idempotency-Key, or makes a command that nobody repeats.
// A key is one person's, at one address; others may use the same by chance.
func (c *Call) takeCommand() error {
	key := c.gin.GetHeader("Idempotency-Key")
	if key == "" {
		c.Command = store.CommandID(uuid.Must(uuid.NewV7()).String())
		return nil
	}
	bare := strings.TrimSuffix(strings.TrimPrefix(key, `"`), `"`)
	if bare == "" || len(bare) > maxCommand || strings.ContainsFunc(bare, notInCommand) {
		return problem.New(malformed, "problem.request.command", "value", clip(key), "most", strconv.Itoa(maxCommand))
	}
	r := c.gin.Request
	sum := sha256.Sum256([]byte(strings.Join([]string{c.account.ID, r.Method, r.URL.Path, bare}, "\x00")))
	c.Command = store.CommandID(hex.EncodeToString(sum[:]))
	return nil
}

func notInCommand(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return false
	}
	return !strings.ContainsRune("-_.:", r)
}

// Revision is the revision that the caller says it changes, from If-Match. It
// fails with a precondition problem when the header is missing and a malformed
// one when it is not the ETag of a revision.
func (c *Call) Revision() (uint64, error) {
	value := c.gin.GetHeader("If-Match")
	if value == "" {
		return 0, problem.New(precondition, "problem.request.revision.missing")
	}
	digits, opened := strings.CutPrefix(value, `"`)
	digits, closed := strings.CutSuffix(digits, `"`)
	n, err := strconv.ParseUint(digits, 10, 64)
	if !opened || !closed || err != nil || n == 0 || n >= storage.Newest || etag(n) != value {
		return 0, problem.New(malformed, "problem.request.revision", "value", clip(value))
	}
	return n, nil
}

// RevisionOrNone is Revision for a thing that begins with its first change, such
// as a draft: the caller who saw none yet says If-None-Match: *, and gets 0.
func (c *Call) RevisionOrNone() (uint64, error) {
	none := c.gin.GetHeader("If-None-Match")
	switch seen := c.gin.GetHeader("If-Match"); {
	case none == "" && seen == "", none != "" && seen != "":
		return 0, problem.New(precondition, "problem.request.revision.none")
	case none == "":
		return c.Revision()
	case none != "*":
		return 0, problem.New(malformed, "problem.request.revision.star", "value", clip(none))
	}
	return 0, nil
}

func etag(revision uint64) string { return `"` + strconv.FormatUint(revision, 10) + `"` }

// JSON answers with a value, whole or not at all; a revision other than 0
// becomes the ETag that a later change names in If-Match.
func (c *Call) JSON(status int, v any, revision uint64) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("answer of %T: %w", v, err)
	}
	if revision > 0 {
		c.SetHeader("ETag", etag(revision))
	}
	c.write(status, "application/json", append(body, '\n'))
	return nil
}

// NoContent answers that it is done and there is nothing to tell.
func (c *Call) NoContent() error {
	c.gin.Status(http.StatusNoContent)
	c.gin.Writer.WriteHeaderNow()
	return nil
}

// Page answers with a page, whole or not at all.
func (c *Call) Page(status int, p templates.Page) error {
	if c.shown != nil {
		*c.shown = p
		return nil
	}
	body, err := c.server.pages.Render(c.frame(), p)
	if err != nil {
		return err
	}
	if c.tag != "" && !c.filled && status == http.StatusOK {
		c.mayKeep()
	}
	c.SetHeader("Content-Language", string(c.Lang))
	c.write(status, "text/html; charset=utf-8", c.packed(body))
	return nil
}

// Part answers with one named part of a page, for a script that puts it in place
// of the one that is there.
func (c *Call) Part(status int, p templates.Page, name string) error {
	body, err := c.server.pages.Fragment(c.Lang, p, name)
	if err != nil {
		return err
	}
	c.SetHeader("Content-Language", string(c.Lang))
	c.write(status, "text/html; charset=utf-8", c.packed(body))
	return nil
}

// Redirect sends the browser on, with GET, to a path of this server.
func (c *Call) Redirect(path string) error {
	if c.shown != nil {
		return nil
	}
	c.SetHeader("Location", path)
	c.gin.Status(http.StatusSeeOther)
	c.gin.Writer.WriteHeaderNow()
	return nil
}

// write sends a finished answer. A client that has gone away is none of ours.
func (c *Call) write(status int, mediaType string, body []byte) {
	if c.shown != nil {
		return
	}
	c.leave()
	if len(body) > shortAnswer && !c.policy.open && !c.away && !c.hold(int64(len(body))) {
		status, mediaType, body = c.noRoom()
	}
	c.SetHeader("Content-Type", mediaType)
	c.SetHeader("Content-Length", strconv.Itoa(len(body)))
	c.gin.Status(status)
	c.gin.Writer.WriteHeaderNow()
	c.gin.Writer.Write(body)
}

// clip shortens a value that is shown back to its sender.
func clip(s string) string { return strict.Clip(s) }
