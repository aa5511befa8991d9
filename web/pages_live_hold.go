package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/templates"
)

// openPage is where a session is opened, with whose turn it is to preside.
func (s *Server) openPage(c *Call, x council.Session) error {
	p, err := s.opening(c, x)
	if err != nil {
		return err
	}
	p.Form = c.NewForm(templates.LiveOpenFields, x.Revision, openRequest{Presiding: p.Form.Value("presiding"), OpenedAt: c.clockNow()})
	return c.Page(http.StatusOK, p)
}

// opening is the page with who may be chosen, for those who may open sessions
// once the agenda is approved.
func (s *Server) opening(c *Call, x council.Session) (p templates.LiveOpen, err error) {
	if err := council.MayHold(c.Actor, x); err != nil {
		return p, err
	}
	if x.State == council.Planned {
		return p, problem.New(problem.State, "problem.office.not-approved")
	}
	r, err := s.Office.Roster(c.Ctx)
	if err != nil {
		return p, err
	}
	turn, err := s.Office.PresidingTurn(c.Ctx, x.Date)
	if err != nil {
		return p, err
	}
	p = templates.LiveOpen{Crumbs: c.sessionCrumbs(x), Session: x, Turn: locale.Text(c.Lang, turn.Key, turn.Args)}
	for _, role := range []council.Role{council.Chair, council.Deputy} {
		for _, m := range append(r.Holders(role, x.Date), r.Substitutes(role, x.Date)...) {
			if who, ok := r.Person(m.Person); ok && !hasChoice(p.Presiding, who.ID) {
				p.Presiding = append(p.Presiding, templates.Choice{Value: who.ID, Text: who.Name(), Hint: c.say("role." + string(role) + "." + string(who.Gender))})
			}
		}
	}
	people, err := s.Office.People(c.Ctx, c.Actor)
	if err != nil {
		return p, err
	}
	p.Takers = c.takers(r, people, x.Date)
	p.Form.Values = map[string][]string{"presiding": {cmp.Or(x.Presiding, turn.Person)}}
	return p, nil
}

// takers are who may take the minutes: the secretariat first, then anybody else
// in the register.
func (c *Call) takers(r *council.Roster, people []council.Person, on council.Date) []templates.Choice {
	slices.SortFunc(people, func(a, b council.Person) int {
		return cmp.Or(cmp.Compare(first(r, a, on), first(r, b, on)), locale.Compare(a.Surname, b.Surname), locale.Compare(a.Given, b.Given))
	})
	all := make([]templates.Choice, len(people))
	for i, p := range people {
		all[i] = templates.Choice{Value: p.ID, Text: p.Name()}
	}
	return all
}

func first(r *council.Roster, p council.Person, on council.Date) int {
	if r.Actor(p.ID, on).Holds(council.Secretariat) {
		return 0
	}
	return 1
}

func hasChoice(all []templates.Choice, value string) bool {
	return slices.ContainsFunc(all, func(c templates.Choice) bool { return c.Value == value })
}

// clockNow is the time of day in Riga.
func (c *Call) clockNow() council.Clock { return council.Clock(c.Now.In(council.Riga).Format("15:04")) }

// clockEntered is a time of day as people enter it: 9.05, 09:05, 9.
func clockEntered(value council.Clock) council.Clock {
	s := strings.ReplaceAll(strings.TrimSpace(string(value)), ".", ":")
	if s != "" && len(s) <= 2 && !strings.Contains(s, ":") {
		s += ":00"
	}
	if len(s) == 4 && s[1] == ':' {
		s = "0" + s
	}
	return council.Clock(s)
}

func (s *Server) openByForm(c *Call) error {
	x, err := s.Office.Session(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	var in openRequest
	form, err := c.Form(templates.LiveOpenFields, &in)
	if err != nil {
		return err
	}
	_, err = s.Office.OpenSession(c.Ctx, c.by(), x.ID, form.Revision, in.Presiding, in.MinuteTaker, clockEntered(in.OpenedAt), in.OutOfTurn)
	if wrong, err := c.Wrong(&form, err); wrong {
		p, err := s.opening(c, x)
		if err != nil {
			return err
		}
		p.Form = form
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	return c.Done(sessionAt(x.ID, "record"), "done.live.opened")
}

func (s *Server) closePage(c *Call) error {
	r, err := s.recording(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.closing(&r, c.NewForm(templates.LiveCloseFields, r.Session.Revision, closeRequest{c.clockNow()})))
}

// closing is the check before a session is closed: what it did, or what is still
// missing, each with the way there.
func (c *Call) closing(r *minutes.Record, f templates.Form) templates.LiveClose {
	p := templates.LiveClose{Crumbs: c.recordCrumbs(r.Session), Session: r.Session, Form: f}
	count := map[minutes.Outcome]int{}
	clauses := 0
	for _, d := range r.Dealt() {
		count[d.Treatment.Outcome]++
		clauses += len(d.Clauses)
	}
	row := func(key string, n int) {
		p.Rows = append(p.Rows, templates.Row{Name: c.say(key), Value: strconv.Itoa(n)})
	}
	row("page.live.close.items", len(r.Agenda.Items))
	row("page.live.clauses", clauses)
	row("page.live.outcome.postponed", count[minutes.Postponed])
	row("page.live.outcome.withdrawn", count[minutes.Withdrawn])
	if e, ok := errors.AsType[*problem.Error](minutes.MayClose(*r)); ok {
		p.Missing = c.closeTasks(r, e.Fields)
	}
	return p
}

func (c *Call) closeTasks(r *minutes.Record, missing []problem.Field) (tasks []templates.Task) {
	for _, f := range missing {
		t := templates.Task{Title: locale.Text(c.Lang, f.Key, f.Args), State: templates.Tag{Text: c.say("page.workshop.hard"), Colour: "red"}}
		if i, err := strconv.Atoi(strings.Trim(f.Name, "items[]")); err == nil && i < len(r.Agenda.Items) {
			t.Href = sessionAt(r.Session.ID, "record", "items", r.Agenda.Items[i].ID)
		}
		tasks = append(tasks, t)
	}
	return tasks
}

// recordCrumbs lead to the overview of those who record.
func (c *Call) recordCrumbs(x council.Session) templates.Crumbs {
	return append(c.sessionCrumbs(x), templates.Link{Text: c.say("page.live.record.crumb"), Href: sessionAt(x.ID, "record")})
}

func (s *Server) closeByForm(c *Call) error {
	r, err := s.recording(c)
	if err != nil {
		return err
	}
	var in closeRequest
	form, err := c.Form(templates.LiveCloseFields, &in)
	if err != nil {
		return err
	}
	_, err = s.Office.CloseSession(c.Ctx, c.by(), r.Session.ID, form.Revision, clockEntered(in.ClosedAt))
	if e, ok := errors.AsType[*problem.Error](err); ok && e.Key == "problem.minutes.close" {
		return c.Page(http.StatusUnprocessableEntity, c.closing(&r, form))
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.closing(&r, form))
	} else if err != nil {
		return err
	}
	return c.Done(sessionAt(r.Session.ID), "done.live.closed", "date", string(r.Session.Date))
}
