package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"padome/council"
)

// build names this build of the program: its pages may look different in another
// one. A build that nobody can name is a new one at every start.
var build = buildName(debug.ReadBuildInfo())

func buildName(info *debug.BuildInfo, ok bool) string {
	if ok {
		settings := map[string]string{}
		for _, x := range info.Settings {
			settings[x.Key] = x.Value
		}
		if r := settings["vcs.revision"]; r != "" && settings["vcs.modified"] != "true" {
			return r
		}
	}
	return uuid.NewString()
}

// kept is a page that stays as it is until something of the council changes, the
// hour does, or somebody else reads it. The browser keeps it and asks each time;
// while it stands, the answer is 304 without anything being read but the number
// of changes. Only a page without a form of its own is kept: Page sees to that.
func (s *Server) kept(show func(*Call) error) func(*Call) error {
	if s.Office == nil {
		return show
	}
	return func(c *Call) error {
		if c.noticed() {
			return show(c)
		}
		seq, err := s.Office.Seq(c.Ctx)
		if err != nil {
			return fmt.Errorf("the number of changes: %w", err)
		}
		c.tag = c.pageTag(seq)
		if !names(c.gin.GetHeader("If-None-Match"), c.tag) {
			return show(c)
		}
		c.mayKeep()
		c.gin.Status(http.StatusNotModified)
		c.gin.Writer.WriteHeaderNow()
		return nil
	}
}

// pageTag is the ETag of a page at a number of changes: everything else that a
// page depends on is in it. The hour is, because deadlines pass; they do so on
// the hour, and mandates at midnight. It is weak: the page says the same.
func (c *Call) pageTag(seq uint64) string {
	second := c.account.Second != nil
	sum := sha256.Sum256([]byte(strings.Join([]string{
		build, strconv.FormatUint(seq, 10), c.Now.UTC().Format("2006-01-02T15"), string(c.Lang), c.gin.Request.URL.String(),
		c.account.ID, c.account.Person, strconv.FormatUint(c.account.Revision, 10), strconv.FormatBool(second),
		strconv.FormatBool(c.heldBack), strconv.FormatBool(c.keys()), roles(c.Actor),
	}, "\x00")))
	return `W/"` + hex.EncodeToString(sum[:16]) + `"`
}

// roles are what somebody acts as, in one line.
func roles(a council.Actor) string {
	var all []string
	for _, m := range a.Mandates {
		all = append(all, m.ID+" "+string(m.Role)+" "+m.SubstituteFor)
	}
	return strings.Join(all, ",")
}

// names reports whether a list of ETags has the one.
func names(list, tag string) bool {
	for one := range strings.SplitSeq(list, ",") {
		if one = strings.TrimSpace(one); one == tag || one == "*" {
			return true
		}
	}
	return false
}

// mayKeep lets the browser keep the answer, and ask for it each time. What is
// shown to somebody logged in is for nobody in between; logging out clears it
// (forgetPages).
func (c *Call) mayKeep() {
	c.SetHeader("ETag", c.tag)
	c.SetHeader("Vary", "Cookie")
	if c.account.ID == "" {
		c.SetHeader("Cache-Control", "no-cache")
	} else {
		c.SetHeader("Cache-Control", "private, no-cache")
	}
}

// forgetPages has the browser throw away what it kept of this server, so that
// nobody comes back to a page of somebody who has logged out.
func (c *Call) forgetPages() { c.SetHeader("Clear-Site-Data", `"cache"`) }
