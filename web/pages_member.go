package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"padome/council"
	"padome/internal/locale"
	"padome/office"
	"padome/templates"
)

func init() {
	addArea(area{
		routes: (*Server).memberPages,
		nav:    []entrance{{"/member", "nav.member", 5, mandate}},
	})
}

// memberPages are what people find on coming back, and the papers of a session as
// one file.
func (s *Server) memberPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/member", mandated, noBody, s.memberPage},
		{"GET", "/sessions/:id/papers.zip", Public, noBody, s.papersZIP},
		{"GET", "/api/v1/sessions/:id/papers.zip", Public, noBody, s.papersZIP},
		{"GET", "/api/v1/overview", mandated, noBody, s.overview},
	}
}

// papersZIP sends the papers of a session, those that the reader may read, as one
// file. It is packed on its way: when that fails, the connection is cut, so that
// nobody takes half of it for the whole.
func (s *Server) papersZIP(c *Call) error {
	b, err := s.Office.SessionPapers(c.Ctx, c.Actor, c.Lang, c.Param("id"))
	if err != nil {
		return err
	}
	c.leave()
	c.giveTime()
	c.SetHeader("Content-Type", "application/zip")
	c.SetHeader("Content-Disposition", attachment(c.say("api.file.papers", "date", string(b.Session.Date))))
	c.gin.Status(http.StatusOK)
	if err := s.Office.WritePapers(c.Ctx, c.gin.Writer, b); err != nil {
		c.server.Log.Error("papers cut off", "id", c.id, "error", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

// overviewView is what happened lately, with sentences.
type overviewView struct {
	Next      string     `json:"next,omitempty"` // id of the next session
	News      []newsView `json:"news"`
	ToComment []string   `json:"toComment"` // ids of sessions
}

type newsView struct {
	office.News
	Text string `json:"text"`
}

func (s *Server) overview(c *Call) error {
	x, err := s.Office.Overview(c.Ctx, c.Actor, c.Today())
	if err != nil {
		return err
	}
	v := overviewView{News: []newsView{}, ToComment: []string{}}
	if x.Next != nil {
		v.Next = x.Next.Session.ID
	}
	for _, n := range x.News {
		v.News = append(v.News, newsView{n, locale.Text(c.Lang, n.Key, n.Args)})
	}
	for _, p := range x.ToComment {
		v.ToComment = append(v.ToComment, p.Session.ID)
	}
	return c.JSON(http.StatusOK, v, 0)
}

const (
	visitCookie = "padome-visit" // when this browser was here last, and now
	oneVisit    = time.Hour      // coming back sooner is the same visit
	firstVisit  = 14 * 24 * time.Hour
	mostNews    = 12
)

// lastVisit is when the reader was here before this visit; on the first one, as
// far as this browser knows, a while ago.
func (c *Call) lastVisit() (before time.Time, first bool) {
	before, first = c.Now.Add(-firstVisit), true
	now := time.Time{}
	if k, err := c.gin.Request.Cookie(visitCookie); err == nil {
		a, b, _ := strings.Cut(k.Value, ".")
		was, err1 := strconv.ParseInt(a, 10, 64)
		is, err2 := strconv.ParseInt(b, 10, 64)
		if err1 == nil && err2 == nil {
			before, now, first = time.Unix(was, 0), time.Unix(is, 0), false
		}
	}
	if c.Now.Sub(now) > oneVisit && !now.IsZero() {
		before = now
	}
	c.keepChoice(visitCookie, strconv.FormatInt(before.Unix(), 10)+"."+strconv.FormatInt(c.Now.Unix(), 10))
	return before, first
}

func (s *Server) memberPage(c *Call) error {
	x, err := s.Office.Overview(c.Ctx, c.Actor, c.Today())
	if err != nil {
		return err
	}
	since, first := c.lastVisit()
	p := templates.Member{Name: c.Actor.Name, Since: since, First: first}
	if n := x.Next; n != nil {
		p.Next = &templates.MemberSession{Title: c.say("page.session.of", "date", string(n.Session.Date)), Href: sessionAt(n.Session.ID),
			When:  c.say("agenda.paper.when.value", "date", string(n.Session.Date), "starts", string(n.Session.Starts), "ends", string(n.Session.Ends)),
			Place: n.Session.Place, Agenda: n.Agenda}
		if n.Agenda {
			p.Next.Papers = sessionAt(n.Session.ID, "papers.zip")
		}
	}
	for _, n := range x.News[:min(len(x.News), mostNews)] {
		t := templates.MemberNews{Text: locale.Text(c.Lang, n.Key, n.Args), Href: sessionAt(n.Session), At: n.At, New: n.At.After(since)}
		if n.Below != "" {
			t.Href = sessionAt(n.Session, strings.Split(n.Below, "/")...)
		}
		if t.New {
			p.New++
		}
		p.News = append(p.News, t)
	}
	for _, d := range x.ToComment {
		p.Comment = append(p.Comment, templates.Task{Title: c.say("page.member.comment", "date", string(d.Session.Date)),
			Href: minutesAt(d.Session.ID, "comments")})
	}
	for _, o := range x.Proposals {
		p.Proposals = append(p.Proposals, templates.Task{Title: o.Title, Href: proposalAt(o.ID), Hint: o.Whereabouts.Text(c.Lang), State: c.whereTag(o.Whereabouts.Where)})
	}
	p.Propose = c.Actor.HoldsAny(council.Member, council.Chair, council.Deputy, council.Secretariat)
	return c.Page(http.StatusOK, p)
}
