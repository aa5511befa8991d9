package web

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"padome/internal/locale"
	"padome/internal/problem"
	"padome/internal/strict"
	"padome/storage/store"
	"padome/templates"
)

// Kinds of refusal that only HTTP knows.
const (
	malformed                 = strict.Malformed // the request cannot be read
	precondition problem.Kind = "precondition"   // If-Match is missing
	mediaType    problem.Kind = "media-type"     // the body is not of the kind that is needed
	wrongMethod  problem.Kind = "method"         // the address does not take the method
	misdirected  problem.Kind = "misdirected"    // it names a host that is not this one
	internal     problem.Kind = "internal"       // anything that is nobody's input
)

// statuses is the one place where a kind of refusal becomes a status.
var statuses = map[problem.Kind]int{
	malformed:              http.StatusBadRequest,
	problem.Unknown:        http.StatusUnauthorized,
	problem.Forbidden:      http.StatusForbidden,
	problem.NotFound:       http.StatusNotFound,
	wrongMethod:            http.StatusMethodNotAllowed,
	problem.Conflict:       http.StatusConflict,
	problem.State:          http.StatusConflict,
	problem.TooLarge:       http.StatusRequestEntityTooLarge,
	mediaType:              http.StatusUnsupportedMediaType,
	misdirected:            http.StatusMisdirectedRequest,
	problem.Invalid:        http.StatusUnprocessableEntity,
	precondition:           http.StatusPreconditionRequired,
	problem.TooMany:        http.StatusTooManyRequests,
	internal:               http.StatusInternalServerError,
	problem.Unavailable:    http.StatusServiceUnavailable,
	problem.OutcomeUnknown: http.StatusServiceUnavailable,
}

// document is a problem document of RFC 9457.
type document struct {
	Type     string  `json:"type"`
	Title    string  `json:"title"`
	Status   int     `json:"status"`
	Detail   string  `json:"detail"`
	Instance string  `json:"instance"`
	Key      string  `json:"key"`
	Errors   []fault `json:"errors,omitempty"`
}

// fault is what is wrong with one field, in the caller's language.
type fault struct {
	Field  string  `json:"field"`
	Key    string  `json:"key"`
	Value  *string `json:"value,omitempty"`
	Detail string  `json:"detail"`
}

// classify turns any error into the refusal that the caller may know of.
func classify(err error) *problem.Error {
	if e, ok := errors.AsType[*problem.Error](err); ok && statuses[e.Kind] != 0 {
		return e
	}
	switch {
	case errors.Is(err, store.ErrOutcomeUnknown):
		return problem.New(problem.OutcomeUnknown, "problem.outcome-unknown")
	case errors.Is(err, store.ErrBusy), errors.Is(err, store.ErrClosed),
		errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return problem.New(problem.Unavailable, "problem.unavailable")
	case errors.Is(err, store.ErrTooLarge):
		return problem.New(problem.TooLarge, "problem.too-large")
	}
	return problem.New(internal, "problem.server.internal")
}

// refuse answers with the problem that an error is. What the caller may not
// know goes to the log alone; what the caller entered does not go there.
func (c *Call) refuse(err error) {
	e := classify(err)
	status := statuses[e.Kind]
	c.log(e, err, status)
	if c.gin.Writer.Written() {
		return
	}
	doc := c.document(e, status)
	c.headersOf(e)
	if c.stranger() && c.gin.Request.ContentLength != 0 {
		c.hangUp()
	}
	if c.wantsPage() && !c.away && c.problemPage(e, doc) == nil {
		return
	}
	media, body := c.brief(doc)
	c.SetHeader("Content-Language", string(c.Lang))
	c.write(status, media, body)
}

// brief is a problem told with the least work: to programs as its document, to
// people as a page of two sentences.
func (c *Call) brief(doc document) (mediaType string, body []byte) {
	if c.wantsPage() {
		if page, err := c.server.pages.Brief(c.Lang, doc.Title, doc.Detail); err == nil {
			return "text/html; charset=utf-8", page
		}
	}
	body, err := json.Marshal(doc)
	if err != nil { // strings and numbers only: cannot happen
		body = []byte("{}")
	}
	return "application/problem+json", append(body, '\n')
}

func (c *Call) document(e *problem.Error, status int) document {
	args := problem.Args{"instance": c.id}
	for k, v := range e.Args {
		args[k] = v
	}
	d := document{
		Type: "urn:padome:problem:" + string(e.Kind), Title: locale.Text(c.Lang, "web.title."+string(e.Kind), nil),
		Status: status, Detail: locale.Text(c.Lang, e.Key, args), Instance: c.id, Key: e.Key,
	}
	for _, f := range e.Fields {
		x := fault{Field: f.Name, Key: f.Key, Detail: locale.Text(c.Lang, f.Key, f.Args)}
		if v, ok := f.Args["value"]; ok {
			x.Value = &v
		}
		d.Errors = append(d.Errors, x)
	}
	return d
}

// headersOf sets what a status asks for beside the document.
func (c *Call) headersOf(e *problem.Error) {
	switch e.Kind {
	case problem.Unknown:
		c.SetHeader("WWW-Authenticate", `Bearer realm="padome"`)
		c.forgetCookie()
	case problem.TooMany, problem.Unavailable:
		seconds := e.Args["seconds"]
		if seconds == "" {
			seconds = "5"
		}
		c.SetHeader("Retry-After", seconds)
	}
}

// wantsPage reports whether a person in a browser asked for a page.
func (c *Call) wantsPage() bool {
	r := c.gin.Request
	return !forPrograms(r) && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// problemPage tells a person what went wrong and where to go on from there. Who
// only has to log in is taken there.
func (c *Call) problemPage(e *problem.Error, doc document) error {
	if c.policy.open { // nobody has asked yet who this is
		if err := c.server.identify(c); err != nil {
			c.server.Log.Debug("reader of a problem not known", "id", c.id, "error", err)
		}
	}
	if err := c.waitTurn(); err != nil {
		return err
	}
	if e.Kind == problem.Unknown && c.gin.Request.Method == http.MethodGet {
		return c.Redirect(c.logInPath())
	}
	p := templates.Problem{Title: doc.Title, Detail: doc.Detail, Entered: c.enteredRows(), Theirs: c.conflicts(e),
		Back: templates.Action{Text: c.say("page.problem.home"), Href: "/"}}
	if doc.Status >= http.StatusInternalServerError {
		p.Instance = doc.Instance
	}
	switch {
	case e.Kind == problem.Unknown:
		p.Entered = c.unreadRows()
		p.Back = templates.Action{Text: c.say("page.login"), Href: c.logInHere()}
	case doc.Status == http.StatusNotFound && c.account.ID == "":
		p.Login = c.logInHere()
	case e.Kind == problem.State && c.gin.Request.Method == http.MethodGet && c.above() != "":
		p.Back = templates.Action{Text: c.say("page.problem.above"), Href: c.above()}
	case c.gin.Request.Method == http.MethodPost && doc.Status != http.StatusNotFound:
		p.Back = templates.Action{Text: c.say("page.problem.again"), Href: c.gin.Request.URL.Path}
	}
	return c.Page(doc.Status, p)
}

// above is the nearest page above the one that was asked for; "" when there is
// none but the first.
func (c *Call) above() string {
	route, path := strings.Split(c.gin.FullPath(), "/"), strings.Split(c.gin.Request.URL.EscapedPath(), "/")
	for n := min(len(route), len(path)) - 1; n > 1; n-- {
		if c.server.hasPage(strings.Join(route[:n], "/")) {
			return strings.Join(path[:n], "/")
		}
	}
	return ""
}

// logInHere is the way to log in and come back.
func (c *Call) logInHere() string {
	return logInPage + "?" + url.Values{"next": {c.gin.Request.URL.EscapedPath()}}.Encode()
}

// enteredRows is what was entered in a form that came to nothing, passwords
// aside.
func (c *Call) enteredRows() (rows []templates.Row) {
	if c.entered == nil {
		return nil
	}
	for _, n := range c.entered.Fields {
		value := strings.TrimSpace(strings.Join(c.entered.Values[n.Name], "\n"))
		if value != "" && !secret[n.Name] {
			rows = append(rows, templates.Row{Name: c.say(n.Label), Value: value})
		}
	}
	return rows
}

// unreadRows are the texts of a form that came after the login had ended, so that
// nobody has read it yet. Its fields have no names here that people know.
func (c *Call) unreadRows() (rows []templates.Row) {
	if kind, err := c.mustBe(plainForm); err != nil || kind != plainForm {
		return nil
	}
	values, err := c.form()
	if err != nil {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, value := range values[name] {
			if value = strings.TrimSpace(value); value != "" && !secret[name] && !unseen[name] {
				rows = append(rows, templates.Row{Name: strconv.Itoa(len(rows)+1) + ".", Value: value})
			}
		}
	}
	return rows
}

// unseen are the names of hidden fields, which nobody has typed.
var unseen = map[string]bool{"command": true, "revision": true, "was": true, "part": true, "do": true, "decision": true}

// secret are the names of fields that never come back to a page.
var secret = map[string]bool{"password": true, "again": true, "current": true, "code": true}

// asProblem is the problem that an error is, if it is one.
func asProblem(err error) (*problem.Error, bool) { return errors.AsType[*problem.Error](err) }

// flat is arguments as name, value, name, value.
func flat(args problem.Args) (all []string) {
	for name, value := range args {
		all = append(all, name, value)
	}
	return all
}

// log writes a refusal down. Arguments of a problem are what somebody entered,
// perhaps a password in the wrong field, so only its key is kept.
func (c *Call) log(e *problem.Error, err error, status int) {
	if status < http.StatusInternalServerError || errors.Is(err, context.Canceled) {
		c.server.Log.Debug("refused", "id", c.id, "status", status, "key", e.Key)
		return
	}
	if _, ours := errors.AsType[*problem.Error](err); ours {
		c.server.Log.Error("failed", "id", c.id, "status", status, "key", e.Key)
		return
	}
	c.server.Log.Error("failed", "id", c.id, "status", status, "key", e.Key, "error", err)
}
