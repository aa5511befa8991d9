package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/office"
	"padome/storage"
	"padome/templates"
)

func init() {
	addArea(area{
		routes: (*Server).sessionPages,
		nav:    []entrance{{"/sessions", "nav.sessions", 10, anybody}},
	})
}

// sessionPages are those of the council's sessions.
func (s *Server) sessionPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/sessions", Public, noBody, s.kept(s.sessionsPage)},
		{"GET", "/sessions.ics", Public, noBody, s.sessionsCalendar},
		{"GET", "/sessions/years/:year", Public, noBody, s.kept(s.sessionYear)},
		{"GET", "/sessions/new", keepers, noBody, s.newSessionPage},
		{"POST", "/sessions/new", keepers, formDoc, s.planSessionByForm},
		{"GET", "/sessions/:id", Public, noBody, s.kept(s.sessionPage)},
		{"GET", "/sessions/:id/change", keepers, noBody, s.changeSessionPage},
		{"POST", "/sessions/:id/change", keepers, formDoc, s.changeSessionByForm},
		{"GET", "/sessions/:id/cancel", keepers, noBody, s.cancelSessionPage},
		{"POST", "/sessions/:id/cancel", keepers, formDoc, s.cancelSessionByForm},
	}
}

var sessionColours = map[council.SessionState]string{
	council.Planned: "grey", council.Convened: "blue", council.Open: "yellow", council.Closed: "green", council.Cancelled: "red",
}

func (c *Call) sessionTag(s council.Session) templates.Tag {
	return templates.Tag{Text: c.say("session.state." + string(s.State)), Colour: sessionColours[s.State]}
}

func (c *Call) sessionRow(p office.Papers) templates.SessionRow {
	row := templates.SessionRow{Session: p.Session, Href: sessionAt(p.Session.ID), State: c.sessionTag(p.Session),
		Kind: c.say("session.kind." + string(p.Session.Kind)), Number: p.Number}
	if p.Agenda {
		row.Agenda = c.paper(p.Session.ID, "agenda.pdf")
	}
	if p.Minutes {
		row.Minutes = "/api/v1" + sessionAt(p.Session.ID, "minutes.pdf") + "?lang=lv" // the signed file is one
	}
	return row
}

// paper is the path of a file of a session in the reader's language.
func (c *Call) paper(session, name string) string {
	return "/api/v1" + sessionAt(session, name) + "?lang=" + string(c.Lang)
}

// mostComing is how many coming sessions stand on one page: more than a year's.
const mostComing = 30

func (s *Server) sessionsPage(c *Call) error {
	today := c.Today()
	coming, _, err := s.Office.Papers(c.Ctx, storage.Span{From: today}, storage.Page{Limit: mostComing})
	if err != nil {
		return err
	}
	past, next, err := s.Office.Papers(c.Ctx, storage.Span{Until: today.AddDays(-1), NewestFirst: true},
		storage.Page{Limit: 20, After: c.Query("after")})
	if err != nil {
		return err
	}
	p := templates.Sessions{Plan: council.MayPlanSessions(c.Actor) == nil, Earlier: agenda.MayPrepare(c.Actor), Year: today.Year()}
	for _, x := range coming {
		p.Coming = append(p.Coming, c.sessionRow(x))
	}
	for _, x := range past {
		p.Past = append(p.Past, c.sessionRow(x))
	}
	if next != "" {
		p.Older = "/sessions?after=" + next
	}
	if c.Query("after") != "" {
		p.Newer = "/sessions"
	}
	return c.Page(http.StatusOK, p)
}

// sessionYear is the calendar of a year; the regular day of each month follows
// P24.
func (s *Server) sessionYear(c *Call) error {
	year, err := strconv.Atoi(c.Param("year"))
	if err != nil || year < 2014 || year > 2099 {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	set, err := s.Office.Settings(c.Ctx)
	if err != nil {
		return err
	}
	calendar, err := s.Office.Calendar(c.Ctx)
	if err != nil {
		return err
	}
	all, _, err := s.Office.Papers(c.Ctx, storage.Span{From: council.Day(year, 1, 1), Until: council.Day(year, 12, 31)}, storage.Page{Limit: 100})
	if err != nil {
		return err
	}
	p := templates.SessionYear{Crumbs: templates.Crumbs{{Text: c.say("nav.sessions"), Href: "/sessions"}}, Year: year,
		Plan: council.MayPlanSessions(c.Actor) == nil}
	for m := time.January; m <= time.December; m++ {
		month := templates.SessionMonth{Regular: calendar.RegularDate(year, m, set.Weekday)}
		for _, x := range all {
			if x.Session.Date[:7] == month.Regular[:7] {
				month.Sessions = append(month.Sessions, c.sessionRow(x))
			}
		}
		if p.Plan && len(month.Sessions) == 0 && month.Regular >= c.Today() {
			month.PlanHref = "/sessions/new?date=" + string(month.Regular)
		}
		p.Months = append(p.Months, month)
	}
	return c.Page(http.StatusOK, p)
}

func (s *Server) sessionPage(c *Call) error {
	x, err := s.Office.Session(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	p := templates.SessionPage{Crumbs: c.sessionCrumbs(x)[:1], Session: x, Title: c.say("page.session.of", "date", string(x.Date)),
		State: c.sessionTag(x), Rows: c.sessionRows(x), Do: c.sessionTasks(x), History: c.historyOf("session", x.ID)}
	fills := []func(*Call, *templates.SessionPage) error{s.fillAgenda, s.fillMinutes, s.fillDeadlines}
	if x.Earlier {
		fills = []func(*Call, *templates.SessionPage) error{s.fillEarlier, s.fillMinutes}
	}
	for _, fill := range fills {
		if err := fill(c, &p); err != nil {
			return err
		}
	}
	return c.Page(http.StatusOK, p)
}

func (c *Call) sessionRows(x council.Session) []templates.Row {
	rows := []templates.Row{
		{Name: c.say("page.session.when"), Value: c.say("agenda.paper.when.value", "date", string(x.Date), "starts", string(x.Starts), "ends", string(x.Ends))},
		{Name: c.say("page.session.place"), Value: x.Place},
		{Name: c.say("page.session.kind"), Value: c.say("session.kind." + string(x.Kind))},
		{Name: c.say("page.session.mode"), Value: c.say("session.mode." + string(x.Mode))},
	}
	if v := c.session(x); v.Link != "" {
		rows = append(rows, templates.Row{Name: c.say("page.session.link"), Value: v.Link})
	}
	return rows
}

// sessionTasks are what the reader can do about a session now.
func (c *Call) sessionTasks(x council.Session) (tasks []templates.Task) {
	add := func(may bool, key string, below ...string) {
		if may {
			tasks = append(tasks, templates.Task{Title: c.say("page.session.do." + key), Href: sessionAt(x.ID, below...)})
		}
	}
	if x.Earlier {
		add(agenda.MayPrepare(c.Actor), "earlier", "earlier")
		add(agenda.MayPrepare(c.Actor), "earlier-decision", "earlier", "decision")
		return tasks
	}
	ahead := x.State == council.Planned || x.State == council.Convened
	add(ahead && agenda.MayPrepare(c.Actor), "agenda", "agenda")
	add(ahead && agenda.MayApprove(c.Actor), "approve", "agenda", "approve")
	add(x.State != council.Cancelled && agenda.MayReadDraft(c.Actor), "run-sheet", "run-sheet")
	add(x.State != council.Planned && x.State != council.Cancelled && minutes.MayRecord(c.Actor, x), "record", "record")
	add(x.State == council.Open && minutes.MayReadRecord(c.Actor), "live", "live")
	add(x.State == council.Closed && (minutes.MayReadRecord(c.Actor) || minutes.MayRecord(c.Actor, x)), "minutes", "minutes")
	add(ahead && council.MayPlanSessions(c.Actor) == nil, "change", "change")
	add(ahead && council.MayPlanSessions(c.Actor) == nil, "cancel", "cancel")
	return tasks
}

// fillAgenda shows the approved agenda, with why each item is on it.
func (s *Server) fillAgenda(c *Call, p *templates.SessionPage) error {
	content, _, err := s.Office.Version(c.Ctx, c.Actor, p.Session.ID, 0)
	switch {
	case problem.KindOf(err) == problem.NotFound:
		return nil
	case err != nil:
		return err
	}
	p.Items, p.AgendaPDF = c.contentItems(&content), c.paper(p.Session.ID, "agenda.pdf")
	p.AgendaAlso = c.also("/api/v1" + sessionAt(p.Session.ID, "agenda"))
	return nil
}

// fillEarlier shows what a session dealt with before the council used this
// program.
func (s *Server) fillEarlier(c *Call, p *templates.SessionPage) error {
	x, err := s.Office.EarlierSession(c.Ctx, p.Session.ID)
	if err != nil {
		return err
	}
	p.Earlier = []templates.EarlierLine{}
	for _, it := range x.Earlier.Items {
		p.Earlier = append(p.Earlier, templates.EarlierLine{Title: it.Title, Words: c.earlierWords(it)})
	}
	if n := x.Earlier.Number; n > 0 {
		p.Rows = append(p.Rows, templates.Row{Name: c.say("page.earlier.number"), Value: strconv.Itoa(n)})
	}
	if src := x.Earlier.Source; src != "" {
		p.Rows = append(p.Rows, templates.Row{Name: c.say("page.earlier.source"), Value: src})
	}
	return nil
}

// earlierWords are the kind, the tasks and the outcome of an item.
func (c *Call) earlierWords(it minutes.EarlierItem) string {
	parts := []string{c.say("agenda.kind." + string(it.Kind))}
	if len(it.Tasks) > 0 {
		parts = append(parts, c.say("page.earlier.tasks", "n", strconv.Itoa(len(it.Tasks)), "tasks", taskLabels(it.Tasks)))
	}
	if it.Initiator != "" {
		parts = append(parts, c.say("side."+string(it.Initiator)))
	}
	return strings.Join(append(parts, c.say("page.live.outcome."+string(it.Outcome))), " · ")
}

// fillMinutes shows the signed minutes and what was decided.
func (s *Server) fillMinutes(c *Call, p *templates.SessionPage) error {
	if p.Session.State != council.Closed {
		return nil
	}
	m, err := s.Office.Minutes(c.Ctx, c.Actor, p.Session.ID)
	if err != nil && problem.KindOf(err) != problem.NotFound {
		return err
	}
	if err == nil && (m.State == minutes.Signed || m.State == minutes.Approved) {
		p.Minutes, p.Number = "/api/v1"+sessionAt(p.Session.ID, "minutes.pdf")+"?lang=lv", m.Number
	}
	ds, err := s.Office.DecisionsOf(c.Ctx, c.Actor, p.Session.ID)
	if err != nil {
		return err
	}
	slices.SortFunc(ds, func(a, b minutes.Decision) int {
		return cmp.Or(cmp.Compare(a.ItemNo, b.ItemNo), cmp.Compare(a.Clause, b.Clause))
	})
	for _, d := range ds {
		p.Decisions = append(p.Decisions, c.decisionRow(d))
	}
	return nil
}

var decisionColours = map[minutes.Status]string{
	minutes.OpenStatus: "blue", minutes.Done: "green", minutes.PartlyDone: "yellow", minutes.NotDone: "red", minutes.Settled: "grey",
}

func (c *Call) decisionRow(d minutes.Decision) templates.DecisionRow {
	return templates.DecisionRow{Number: d.Number(), Wording: d.Wording, Addressee: d.Addressee, Deadline: d.Deadline, Href: "/decisions/" + d.ID,
		State: templates.Tag{Text: c.say("api.decision." + string(d.Status)), Colour: decisionColours[d.Status]}}
}

// fillDeadlines shows the session's deadlines to those who work towards it, and
// to everybody until when observers sign up.
func (s *Server) fillDeadlines(c *Call, p *templates.SessionPage) error {
	x := p.Session
	if x.State != council.Planned && x.State != council.Convened {
		return nil
	}
	all, err := s.Office.DeadlinesOf(c.Ctx, x.ID)
	if err != nil {
		return err
	}
	for _, d := range all {
		words := c.say("deadline."+string(d.Of), "date", string(d.Date), "time", string(d.Clock))
		if len(c.Actor.Mandates) > 0 {
			p.Deadlines = append(p.Deadlines, words)
		}
		if d.Of == agenda.ObserversDeadline && x.State == council.Convened && c.Now.Before(d.End) {
			p.Observe, p.Until = sessionAt(x.ID, "observe"), words
		}
	}
	return nil
}

// sessionsCalendar gives all sessions of the last and the coming year to calendar
// programs (RFC 5545).
func (s *Server) sessionsCalendar(c *Call) error {
	today := c.Today()
	all, _, err := s.Office.Sessions(c.Ctx, storage.Span{From: today.AddMonths(-12)}, storage.Page{Limit: 200})
	if err != nil {
		return err
	}
	set, err := s.Office.Settings(c.Ctx)
	if err != nil {
		return err
	}
	name := c.inLang(set.Short, set.ShortEN)
	var events []calendarEvent
	for _, x := range all {
		events = append(events, calendarEvent{UID: x.ID, Sequence: x.Revision, From: x.Date.At(x.Starts), Until: x.Date.At(x.Ends),
			Summary: fmt.Sprintf("%s: %s", name, c.say("session.kind."+string(x.Kind))), Place: x.Place, Cancelled: x.State == council.Cancelled})
	}
	w, err := s.Office.Witness(c.Ctx)
	if err != nil {
		return err
	}
	note := calendarNote{Name: name, About: w.Text(c.Lang), Checkpoint: w.Signed}
	c.write(http.StatusOK, "text/calendar; charset=utf-8", calendarOf(note, c.Now, events))
	return nil
}
