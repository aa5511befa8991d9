package web

import (
	"net/http"
	"strconv"

	"padome/agenda"
	"padome/minutes"
)

// commentRoutes are those of what is said of draft minutes, and of opinions that
// are attached to minutes. Whoever attended may comment, so the office says who.
func (s *Server) commentRoutes() []Route {
	return []Route{
		{"POST", "/api/v1/sessions/:id/minutes/circulate", LoggedIn, noBody, s.circulateMinutes},
		{"GET", "/api/v1/sessions/:id/minutes/comments", LoggedIn, noBody, s.comments},
		{"POST", "/api/v1/sessions/:id/minutes/comments", LoggedIn, formDoc, s.comment},
		{"PUT", "/api/v1/sessions/:id/minutes/comments/:comment/answer", LoggedIn, formDoc, s.answerComment},
		{"GET", "/api/v1/sessions/:id/minutes/changes", LoggedIn, noBody, s.minutesChanges},
		{"GET", "/api/v1/sessions/:id/minutes/dissents", Public, noBody, s.dissents},
		{"POST", "/api/v1/sessions/:id/minutes/dissents", LoggedIn, longDoc, s.fileDissent},
		{"GET", "/api/v1/sessions/:id/minutes/dissents/:dissent", Public, noBody, s.dissentPDF},
	}
}

func (s *Server) circulateMinutes(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	return c.showMinutes(s.Office.CirculateMinutes(c.Ctx, c.by(), c.Param("id"), revision))
}

func (s *Server) comments(c *Call) error {
	all, err := s.Office.Comments(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return list(c, all, "", same)
}

func (s *Server) comment(c *Call) error {
	var in minutes.Saying
	if err := c.Decode(&in); err != nil {
		return err
	}
	x, err := s.Office.CommentMinutes(c.Ctx, c.by(), c.Param("id"), in)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, x, x.Revision)
}

// replyRequest is the answer to a comment.
type replyRequest struct {
	Accepted bool   `json:"accepted"`
	Answer   string `json:"answer"`
}

func (s *Server) answerComment(c *Call) error {
	var in replyRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	x, err := s.Office.AnswerComment(c.Ctx, c.by(), c.Param("id"), c.Param("comment"), revision, in.Accepted, in.Answer)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, x, x.Revision)
}

func (s *Server) minutesChanges(c *Call) error {
	all, err := s.Office.MinutesChanges(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return list(c, all, "", same)
}

func (s *Server) dissents(c *Call) error {
	all, err := s.Office.Dissents(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return list(c, all, "", same)
}

// dissentRequest is an opinion on an item.
type dissentRequest struct {
	Item string `json:"item"`
	Text string `json:"text"`
}

func (s *Server) fileDissent(c *Call) error {
	var in dissentRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	d, err := s.Office.FileDissent(c.Ctx, c.by(), c.Param("id"), in.Item, in.Text)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, d, 0)
}

func (s *Server) dissentPDF(c *Call) error {
	r, d, err := s.Office.DissentPDF(c.Ctx, c.Actor, c.Param("id"), c.Param("dissent"))
	if err != nil {
		return err
	}
	return c.attached(r, agenda.Attachment{Name: c.say("api.file.dissent", "number", strconv.Itoa(d.Number)), Media: "application/pdf", Size: d.Size, SHA256: d.SHA256})
}
