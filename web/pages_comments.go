package web

import (
	"net/http"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/office"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).commentPages}) }

// commentPages are those of comments on draft minutes, and of dissenting opinions.
func (s *Server) commentPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/sessions/:id/minutes/circulate", LoggedIn, noBody, s.circulateCheck},
		{"POST", "/sessions/:id/minutes/circulate", LoggedIn, smallDoc, s.circulateByForm},
		{"GET", "/sessions/:id/minutes/comments", LoggedIn, noBody, s.commentsPage},
		{"POST", "/sessions/:id/minutes/comments", LoggedIn, formDoc, s.commentByForm},
		{"GET", "/sessions/:id/minutes/comments/:comment", LoggedIn, noBody, s.answerPage},
		{"POST", "/sessions/:id/minutes/comments/:comment", LoggedIn, formDoc, s.answerByForm},
		{"GET", "/sessions/:id/minutes/changes", LoggedIn, noBody, s.changesPage},
		{"GET", "/sessions/:id/minutes/dissent", LoggedIn, noBody, s.dissentPage},
		{"POST", "/sessions/:id/minutes/dissent", LoggedIn, longDoc, s.dissentByForm},
	}
}

func (s *Server) circulateCheck(c *Call) error {
	f, err := s.draft(c)
	if err != nil {
		return err
	}
	set, err := s.Office.Settings(c.Ctx)
	if err != nil {
		return err
	}
	calendar, err := s.Office.Calendar(c.Ctx)
	if err != nil {
		return err
	}
	until := calendar.WorkingDaysAfter(c.Today(), set.CommentPeriod())
	return c.Page(http.StatusOK, templates.MinutesCirculate{Crumbs: c.minutesCrumbs(f), Form: c.NewForm(nil, f.Minutes.Revision, nil), Path: minutesAt(f.Session.ID),
		Rows: []templates.Row{
			{Name: c.say("page.minutes-finalise.session"), Value: c.say("page.session.of", "date", string(f.Session.Date))},
			{Name: c.say("page.circulate.until"), Value: c.say("page.circulate.until.value", "date", string(until), "n", strconv.Itoa(set.CommentPeriod()))},
			{Name: c.say("page.circulate.to"), Value: c.say("page.circulate.to.value", "n", strconv.Itoa(f.Attended))},
		}})
}

func (s *Server) circulateByForm(c *Call) error {
	form, err := c.Form(nil, nil)
	if err != nil {
		return err
	}
	m, err := s.Office.CirculateMinutes(c.Ctx, c.by(), c.Param("id"), form.Revision)
	if err != nil {
		return err
	}
	return c.Done(minutesAt(m.Session), "done.circulated", "date", string(m.Circulated.Until))
}

func (s *Server) commentsPage(c *Call) error {
	f, err := s.commented(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.commentsOf(f, c.NewForm(templates.MinutesCommentFields, 0, nil)))
}

// commented is the folder of minutes that have been circulated.
func (s *Server) commented(c *Call) (office.MinutesFolder, error) {
	f, err := s.folder(c)
	if err == nil && f.Minutes.Circulated == nil {
		err = problem.New(problem.State, "problem.minutes.comment.not-circulated")
	}
	return f, err
}

func (c *Call) commentsOf(f office.MinutesFolder, form templates.Form) templates.MinutesComments {
	p := templates.MinutesComments{Crumbs: c.minutesCrumbs(f), Form: form, Title: c.say("page.comments.title", "date", string(f.Session.Date)),
		Path: minutesAt(f.Session.ID), Asked: f.MayComment, Paper: templates.Paper(f.Document), Compare: f.MayCompare, Waiting: f.Waiting, Until: c.circulated(f), Draft: f.Minutes.State == minutes.Draft}
	p.Choices = c.places(f)
	for i := range f.Comments {
		p.Comments = append(p.Comments, c.commentRow(f, &f.Comments[i]))
	}
	return p
}

// places are those of the minutes that something can be said of: the whole, each
// item, each clause.
func (c *Call) places(f office.MinutesFolder) []templates.Choice {
	all := []templates.Choice{{Value: "0:", Text: c.say("page.comments.whole")}}
	for _, it := range f.Items {
		if it.Part.Number == 0 {
			continue
		}
		for n := 0; n <= f.Clauses[it.Part.Item]; n++ {
			all = append(all, templates.Choice{Value: strconv.Itoa(n) + ":" + it.Part.Item, Text: c.aboutItem(it, n)})
		}
	}
	return all
}

func (c *Call) aboutItem(it office.FolderItem, clause int) string {
	if clause > 0 {
		return c.say("page.comments.clause", "number", strconv.Itoa(it.Part.Number), "clause", strconv.Itoa(clause))
	}
	return strconv.Itoa(it.Part.Number) + ". " + it.Title
}

// circulated says in words until when comments are taken, or were.
func (c *Call) circulated(f office.MinutesFolder) string {
	x := f.Minutes.Circulated
	key := "page.comments.closed"
	if f.Minutes.State == minutes.Draft && x.Open(c.Today()) {
		key = "page.comments.open"
	}
	return c.say(key, "date", string(x.Until))
}

func (c *Call) commentRow(f office.MinutesFolder, x *minutes.Comment) templates.CommentRow {
	row := templates.CommentRow{ID: x.ID, About: c.say("page.comments.whole"), Text: x.Text, Name: x.Name, At: x.At,
		State: templates.Tag{Text: c.say("page.comments.waiting"), Colour: "yellow"}}
	for _, it := range f.Items {
		if x.Item == it.Part.Item {
			row.About = c.aboutItem(it, x.Clause)
		}
	}
	if a := x.Answer; a != nil {
		row.State = templates.Tag{Text: c.say("page.comments.rejected"), Colour: "red"}
		if a.Accepted {
			row.State = templates.Tag{Text: c.say("page.comments.accepted"), Colour: "green"}
		}
		row.Answer, row.Replier = a.Text, c.say("page.comments.answered", "name", a.Name, "date", string(council.DateOf(a.At)))
	}
	if f.Editing {
		row.Href = minutesAt(f.Session.ID, "comments", x.ID)
	}
	return row
}

func (s *Server) commentByForm(c *Call) error {
	var in struct {
		About string `json:"about"`
		Text  string `json:"text"`
	}
	form, err := c.Form(templates.MinutesCommentFields, &in)
	if err != nil {
		return err
	}
	clause, item, chosen := strings.Cut(in.About, ":")
	n, err := strconv.Atoi(clause)
	if !chosen || err != nil {
		var l problem.List
		l.Add("about", "problem.comment.about")
		blank(&l, "text", in.Text)
		err = l.Err()
	} else {
		_, err = s.Office.CommentMinutes(c.Ctx, c.by(), c.Param("id"), minutes.Saying{Item: item, Clause: n, Text: in.Text})
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		f, err := s.commented(c)
		if err != nil {
			return err
		}
		return c.FormPage(c.commentsOf(f, form))
	} else if err != nil {
		return err
	}
	return c.Done(minutesAt(c.Param("id"), "comments"), "done.commented")
}

// blank adds that a text was not entered, to what else is wrong with a form that
// the domain is not asked about yet.
func blank(l *problem.List, field, entered string) {
	if strings.TrimSpace(entered) == "" {
		l.Add(field, "problem.text.missing")
	}
}

// toAnswer is the folder of a draft and a comment on it.
func (s *Server) toAnswer(c *Call) (office.MinutesFolder, *minutes.Comment, error) {
	f, err := s.draft(c)
	if err != nil {
		return f, nil, err
	}
	for i := range f.Comments {
		if f.Comments[i].ID == c.Param("comment") {
			return f, &f.Comments[i], nil
		}
	}
	return f, nil, problem.New(problem.NotFound, "problem.missing.minutes-comment", "id", c.Param("comment"))
}

const (
	accepts = "accept"
	rejects = "reject"
)

func (c *Call) answerOf(f office.MinutesFolder, x *minutes.Comment, form templates.Form) templates.MinutesAnswer {
	p := templates.MinutesAnswer{Crumbs: c.minutesCrumbs(f), Form: form, Comment: c.commentRow(f, x), Path: minutesAt(f.Session.ID),
		Choices: []templates.Choice{
			{Value: accepts, Text: c.say("page.comment.accept"), Hint: c.say("page.comment.accept.hint")},
			{Value: rejects, Text: c.say("page.comment.reject"), Hint: c.say("page.comment.reject.hint")},
		}}
	if part := f.Minutes.Part(x.Item); part != nil {
		p.Now, p.Edit = part.Text(), minutesAt(f.Session.ID)+"#part-"+strconv.Itoa(part.Number)
	}
	return p
}

func (s *Server) answerPage(c *Call) error {
	f, x, err := s.toAnswer(c)
	if err != nil {
		return err
	}
	form := c.NewForm(templates.MinutesAnswerFields, x.Revision, nil)
	if x.Answer != nil {
		form.Values["answer"], form.Values["decision"] = []string{x.Answer.Text}, []string{rejects}
		if x.Answer.Accepted {
			form.Values["decision"] = []string{accepts}
		}
	}
	return c.Page(http.StatusOK, c.answerOf(f, x, form))
}

// answerByForm records the answer and goes on to the next comment that waits.
func (s *Server) answerByForm(c *Call) error {
	f, x, err := s.toAnswer(c)
	if err != nil {
		return err
	}
	var in struct {
		Decision string `json:"decision"`
		Answer   string `json:"answer"`
	}
	form, err := c.Form(templates.MinutesAnswerFields, &in)
	if err != nil {
		return err
	}
	if in.Decision != accepts && in.Decision != rejects {
		var l problem.List
		l.Add("decision", "problem.comment.decision")
		blank(&l, "answer", in.Answer)
		err = l.Err()
	} else {
		_, err = s.Office.AnswerComment(c.Ctx, c.by(), f.Session.ID, x.ID, form.Revision, in.Decision == accepts, in.Answer)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.answerOf(f, x, form))
	} else if err != nil {
		return err
	}
	for _, next := range minutes.Unanswered(f.Comments) {
		if next.ID != x.ID {
			return c.Done(minutesAt(f.Session.ID, "comments", next.ID), "done.answered.next", "n", strconv.Itoa(len(minutes.Unanswered(f.Comments))-1))
		}
	}
	return c.Done(minutesAt(f.Session.ID, "comments"), "done.answered")
}

func (s *Server) changesPage(c *Call) error {
	f, err := s.commented(c)
	if err != nil {
		return err
	}
	all, err := s.Office.MinutesChanges(c.Ctx, c.Actor, f.Session.ID)
	if err != nil {
		return err
	}
	p := templates.MinutesChanges{Crumbs: c.minutesCrumbs(f), Title: c.say("page.changes.title", "date", string(f.Session.Date)), At: f.Minutes.Circulated.At}
	for _, x := range all {
		part := templates.ChangedPart{Number: x.Number, Runs: x.Runs}
		for _, it := range f.Items {
			if it.Part.Item == x.Item {
				part.Title = it.Title
			}
		}
		p.Parts = append(p.Parts, part)
	}
	return c.Page(http.StatusOK, p)
}
