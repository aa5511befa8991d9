package web

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"padome/council"
	"padome/office"
	"padome/templates"
)

func init() {
	addArea(area{routes: func(s *Server) []Route {
		if s.Office == nil {
			return nil
		}
		return []Route{{"GET", "/api/v1/todo", mandated, noBody, s.todo}}
	}})
}

func (s *Server) todo(c *Call) error {
	all, err := s.Office.Todo(c.Ctx, c.Actor, c.Today())
	if err != nil {
		return err
	}
	return listPart(c, all, func(t office.Todo) string { return string(t.Kind) + "/" + t.Session + t.Record }, same)
}

// desk is the start page of those who hold a mandate: what they have to do, and
// the sessions.
func (s *Server) desk(c *Call, start templates.Start) error {
	all, err := s.Office.Todo(c.Ctx, c.Actor, c.Today())
	if err != nil {
		return err
	}
	p := templates.Desk{Start: start, Urged: !c.account.HasSecond() && powerful(c.Actor)}
	for _, t := range all {
		p.Todo = append(p.Todo, s.todoTask(c, t))
	}
	return c.Page(http.StatusOK, p)
}

const correctionPath = "/sessions/:id/minutes/corrections/:correction"

// todoPaths are where each thing is done; :id is the session, or the record where
// it is of none.
var todoPaths = map[office.TodoKind]string{
	office.BuildAgenda:      "/sessions/:id/agenda",
	office.SubmitAgenda:     "/sessions/:id/agenda",
	office.MendAgenda:       "/sessions/:id/agenda",
	office.AwaitApproval:    "/sessions/:id/agenda/versions",
	office.ApproveAgenda:    "/sessions/:id/agenda/approve",
	office.HoldSession:      "/sessions/:id/live",
	office.DraftMinutes:     "/sessions/:id/minutes",
	office.FinishMinutes:    "/sessions/:id/minutes",
	office.SignMinutes:      "/sessions/:id/minutes/sign",
	office.SignedMinutes:    "/sessions/:id/minutes/signed",
	office.AwaitMinutes:     "/sessions/:id/minutes",
	office.ReopenMinutes:    "/sessions/:id/minutes",
	office.FileDissent:      "/sessions/:id/minutes/dissent",
	office.CommentMinutes:   "/sessions/:id/minutes/comments",
	office.AnswerComments:   "/sessions/:id/minutes/comments",
	office.AwaitComments:    "/sessions/:id/minutes/comments",
	office.CheckProposal:    "/proposals/:id",
	office.AnswerQuestion:   "/proposals/:id",
	office.BeginSecretariat: "/people",
	office.BeginPeople:      "/people",
	office.BeginGroups:      "/groups",
	office.BeginPlan:        planImportAt,
	office.BeginPrinciples:  principlesAt + "/drafts/new",
	office.AgreePrinciples:  principlesAt + "/drafts/:id",
	office.BeginSession:     "/sessions/new",

	office.DecideCorrection: correctionPath,
	office.FinishCorrection: correctionPath,
	office.AwaitCorrection:  correctionPath,
	office.SignCorrection:   correctionPath + "/sign",
	office.SignedCorrection: correctionPath + "/signed",
}

// soon is within how many days a last day is told in colour.
const soon = 3

func (s *Server) todoTask(c *Call, t office.Todo) templates.Task {
	x := templates.Task{Title: c.say("todo."+string(t.Kind), "date", string(t.Date), "about", t.About, "names", strings.Join(t.Waits, "\n"))}
	path := todoPaths[t.Kind]
	if t.Kind == office.HoldSession && c.Actor.Holds(council.Secretariat) {
		path = "/sessions/:id/record" // where it is opened, and written down
	}
	if s.hasPage(path) {
		id := cmp.Or(t.Session, t.Record)
		x.Href = strings.NewReplacer(":id", url.PathEscape(id), ":correction", url.PathEscape(t.Record)).Replace(path)
	}
	if t.Due == "" {
		return x
	}
	x.State = templates.Tag{Text: c.say("page.desk.due", "date", string(t.Due)), Colour: "grey"}
	switch left := c.Today().DaysUntil(t.Due); {
	case left < 0:
		x.State = templates.Tag{Text: c.say("page.desk.overdue", "date", string(t.Due)), Colour: "red"}
	case left == 0:
		x.State = templates.Tag{Text: c.say("page.desk.today"), Colour: "yellow"}
	case left <= soon:
		x.State.Colour = "yellow"
	}
	return x
}

// hasPage reports whether there is a page at a path of the list.
func (s *Server) hasPage(path string) bool {
	_, ok := s.pathsOf[path]
	return ok
}
