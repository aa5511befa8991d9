package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/office"
	"padome/plan"
	"padome/storage"
	"padome/templates"
)

func init() {
	addArea(area{
		routes: (*Server).decisionPages,
		nav:    []entrance{{decisionsAt, "nav.decisions", 40, anybody}},
	})
}

const (
	decisionsAt = "/decisions"
	remindersAt = "/reminders"
)

// decisionPages are those of what the council decided and how it is carried out.
func (s *Server) decisionPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", decisionsAt, Public, noBody, s.kept(s.decisionsPage)},
		{"GET", "/decisions/:id", Public, noBody, s.kept(s.decisionPage)},
		{"GET", "/decisions/:id/report", proposers, noBody, s.reportPage},
		{"POST", "/decisions/:id/report", proposers, office.MaxDocument, s.reportByForm},
		{"GET", "/decisions/:id/reports/:report/evidence", proposers, noBody, s.evidencePage},
		{"POST", "/decisions/:id/reports/:report/evidence", proposers, office.MaxDocument, s.evidenceByForm},
		{"GET", remindersAt, preparers, noBody, s.remindersPage},
		{"POST", remindersAt, preparers, smallDoc, s.remindedByForm},
	}
}

// decisionAt is the path of a decision's page, or of one below it.
func decisionAt(id string, below ...string) string {
	return strings.Join(append([]string{decisionsAt, url.PathEscape(id)}, below...), "/")
}

func (c *Call) decisionTag(s minutes.Status) templates.Tag {
	return templates.Tag{Text: c.say("api.decision." + string(s)), Colour: decisionColours[s]}
}

// perPage is about how many decisions a page of them shows.
const perPage = 25

func (s *Server) decisionsPage(c *Call) error {
	f, _, err := c.decisionFilter()
	if err != nil {
		return err
	}
	all, next, err := s.Office.DecisionsTaken(c.Ctx, c.Actor, f, storage.Page{After: c.Query("after"), Limit: perPage})
	if err != nil {
		return err
	}
	p := templates.Decisions{Filtered: f != office.DecisionFilter{}, Reminders: minutes.MayRemind(c.Actor), Form: c.NewForm(templates.DecisionFilterFields, 0, struct {
		State     office.DecisionState `json:"state"`
		Addressee string               `json:"addressee"`
		Measure   string               `json:"measure"`
	}{f.State, f.Addressee, c.Query("measure")})}
	p.States = words(c, "page.decisions.state.", []office.DecisionState{office.OpenOnes, office.OverdueDecisions})
	if p.Measures, err = c.measureChoices(); err != nil {
		return err
	}
	for i := range all {
		p.Decisions = append(p.Decisions, c.decisionLine(&all[i]))
	}
	if next != "" {
		q := c.gin.Request.URL.Query()
		q.Set("after", next)
		q.Del("lang")
		p.Older = decisionsAt + "?" + q.Encode()
	}
	return c.Page(http.StatusOK, p)
}

func (c *Call) decisionLine(x *office.Followed) templates.DecisionLine {
	row := templates.DecisionLine{Title: c.say("page.decision.title", "date", string(x.Taken), "number", x.Number()), Href: decisionAt(x.ID),
		Wording: x.Wording, State: c.decisionTag(x.Status)}
	if x.Overdue {
		row.Late = templates.Tag{Text: c.say("page.decision.overdue"), Colour: "red"}
	}
	var about []string
	if x.Addressee != "" {
		about = append(about, x.Addressee)
	}
	if due := c.dueText(x); due != "" {
		about = append(about, due)
	}
	if len(x.Tasks) > 0 {
		about = append(about, c.planNote(&agenda.Matter{Tasks: x.Tasks}))
	}
	row.About = strings.Join(about, " · ")
	if p, ok := x.Claimed(); ok {
		row.Claimed = c.say("page.decision.claimed", "date", string(council.DateOf(p.At)), "status", string(p.Status))
	}
	return row
}

// dueText is by when a decision is to be carried out, in words.
func (c *Call) dueText(x *office.Followed) string {
	switch {
	case x.UntilNext && x.Due == "":
		return c.say("page.decision.due.next")
	case x.UntilNext:
		return c.say("page.decision.due.next-on", "date", string(x.Due))
	case x.Due != "":
		return c.say("page.decision.due", "date", string(x.Due))
	}
	return ""
}

func (s *Server) decisionPage(c *Call) error {
	x, mayReport, err := s.Office.FollowedDecision(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	p := templates.DecisionPage{Crumbs: c.decisionCrumbs(nil), DecisionLine: c.decisionLine(&x), Reports: c.reportsShown(&x, mayReport),
		Followed: x.Status != minutes.Settled, History: c.historyOf("decision", x.ID),
		Session: templates.Action{Text: c.say("page.proposal.session.see", "date", string(x.Taken)), Href: sessionAt(x.Session)}}
	if mayReport {
		p.Report = decisionAt(x.ID, "report")
	}
	add := func(key, value string) {
		if value != "" {
			p.Rows = append(p.Rows, templates.Row{Name: c.say(key), Value: value})
		}
	}
	add("page.decision.addressee", x.Addressee)
	add("page.decision.deadline", c.dueText(&x))
	if p.Tasks, err = c.tasksRead(x.Tasks); err != nil {
		return err
	}
	c.tellCourse(&p, &x)
	return c.Page(http.StatusOK, p)
}

func (c *Call) decisionCrumbs(x *office.Followed) templates.Crumbs {
	crumbs := templates.Crumbs{{Text: c.say("page.decisions.title"), Href: decisionsAt}}
	if x != nil {
		crumbs = append(crumbs, templates.Link{Text: c.say("page.decision.title", "date", string(x.Taken), "number", x.Number()), Href: decisionAt(x.ID)})
	}
	return crumbs
}

// tasksRead are tasks as they read in the revision that each names.
func (c *Call) tasksRead(refs []plan.Ref) (all []string, err error) {
	for _, r := range refs {
		p, err := c.server.Office.Plan(c.Ctx, r.Revision)
		if err != nil && problem.KindOf(err) != problem.NotFound {
			return nil, err
		}
		t, _ := p.Task(r.Measure, r.Task)
		all = append(all, strings.TrimSpace(r.Label()+" "+t.Text))
	}
	return all, nil
}

// tellCourse says what the council found and which reminders were sent, the
// newest first. Names of those who entered it are for those who see the record.
func (c *Call) tellCourse(p *templates.DecisionPage, x *office.Followed) {
	inside := minutes.MayReadRecord(c.Actor)
	who := func(name string) string {
		if inside {
			return name
		}
		return ""
	}
	for i := len(x.Findings) - 1; i >= 0; i-- {
		f := x.Findings[i]
		p.Findings = append(p.Findings, templates.Event{At: f.At, Who: who(f.Name), Note: f.Note,
			What: c.say("page.decision.found", "date", string(f.On), "item", strconv.Itoa(f.ItemNo), "status", string(f.Status))})
	}
	if !inside {
		return
	}
	for i := len(x.Reminders) - 1; i >= 0; i-- {
		r := x.Reminders[i]
		p.Reminders = append(p.Reminders, templates.Event{At: r.At, Who: r.Name, What: c.say("page.decision.reminded", "to", r.To, "date", string(r.For))})
	}
}
