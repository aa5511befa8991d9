package web

import (
	"net/http"

	"padome/council"
	"padome/office"
	"padome/plan"
	"padome/storage"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).taskForms}) }

// taskForms are those by which the secretariat records what was decided of a task.
func (s *Server) taskForms() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/plan/tasks/:measure/:task/assign", preparers, noBody, s.assignPage},
		{"POST", "/plan/tasks/:measure/:task/assign", preparers, smallDoc, s.assignByForm},
		{"GET", "/plan/tasks/:measure/:task/finding", preparers, noBody, s.findingPage},
		{"POST", "/plan/tasks/:measure/:task/finding", preparers, formDoc, s.findByForm},
	}
}

// taskTasks are what the reader can do about a task.
func (c *Call) taskTasks(r plan.Ref) (tasks []templates.Task) {
	if plan.MayAssign(c.Actor) {
		tasks = append(tasks, templates.Task{Title: c.say("page.plan-task.assign"), Href: taskAt(r, "assign")})
	}
	if plan.MayFind(c.Actor) {
		tasks = append(tasks, templates.Task{Title: c.say("page.plan-task.find"), Href: taskAt(r, "finding")})
	}
	return tasks
}

func (c *Call) taskCrumbs(t office.TaskPage) templates.Crumbs {
	return append(c.planCrumbs(), templates.Link{Text: c.say("page.plan-task.title", "task", t.Task.Label()), Href: taskAt(t.Task)})
}

// assignForm is an assignment as the form has it.
type assignForm struct {
	Responsible string       `json:"responsible"`
	Deadline    council.Date `json:"deadline"`
	Group       string       `json:"group"`
	DecidedBy   string       `json:"decidedBy"`
	DecidedOn   council.Date `json:"decidedOn"`
}

func (s *Server) assignPage(c *Call) error {
	t, err := s.pathTask(c)
	if err != nil {
		return err
	}
	p, err := s.assignTo(c, t, c.NewForm(templates.PlanAssignFields, 0, assignForm{}))
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

// assignTo is the page of an assignment, with what holds now and the groups that
// may have decided.
func (s *Server) assignTo(c *Call, t office.TaskPage, f templates.Form) (templates.PlanAssign, error) {
	p := templates.PlanAssign{Crumbs: c.taskCrumbs(t), Form: f, Label: t.Task.Label(), Text: t.Text, Back: taskAt(t.Task)}
	now := plan.Assignment{}
	if t.InForce != nil {
		now = *t.InForce
	}
	p.Now = c.dutyRows(now.Responsible, now.Deadline)
	groups, err := s.Office.Groups(c.Ctx)
	for _, g := range groups {
		if g.InForce(c.Today()) {
			p.Groups = append(p.Groups, templates.Choice{Value: g.ID, Text: c.inLang(g.Name, g.NameEN)})
		}
	}
	return p, err
}

func (s *Server) assignByForm(c *Call) error {
	t, err := s.pathTask(c)
	if err != nil {
		return err
	}
	var in assignForm
	form, err := c.Form(templates.PlanAssignFields, &in)
	if err != nil {
		return err
	}
	if len(form.Faults) == 0 {
		_, err = s.Office.Assign(c.Ctx, c.by(), plan.Assignment{Task: t.Task, Responsible: in.Responsible, Deadline: in.Deadline,
			Group: in.Group, DecidedBy: in.DecidedBy, DecidedOn: in.DecidedOn})
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		p, pageErr := s.assignTo(c, t, form)
		if pageErr != nil {
			return pageErr
		}
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	return c.Done(taskAt(t.Task), "done.plan.assigned", "task", t.Task.Label())
}

// findingForm is what the council found of a task, as the form has it.
type findingForm struct {
	Session  string         `json:"session"`
	Status   plan.Fulfilled `json:"status"`
	Decision string         `json:"decision"`
	Note     string         `json:"note"`
}

func (s *Server) findingPage(c *Call) error {
	t, err := s.pathTask(c)
	if err != nil {
		return err
	}
	p, err := s.findOf(c, t, c.NewForm(templates.PlanFindingFields, 0, findingForm{}))
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

// findOf is the page of a finding, with the sessions that may have found it and
// the decisions on the task.
func (s *Server) findOf(c *Call, t office.TaskPage, f templates.Form) (templates.PlanFinding, error) {
	p := templates.PlanFinding{Crumbs: c.taskCrumbs(t), Form: f, Label: t.Task.Label(), Text: t.Text, Back: taskAt(t.Task)}
	var err error
	if p.Sessions, err = s.heldSessions(c); err != nil {
		return p, err
	}
	for _, w := range t.Wordings {
		for _, d := range newestDecisions(w.Decisions) {
			p.Decisions = append(p.Decisions, templates.Choice{Value: d.ID, Text: c.say("page.plan-coverage.decision", "number", d.Number(), "date", string(d.Taken)) + " " + firstWords(d.Wording)})
		}
	}
	return p, nil
}

// heldSessions are the sessions of the last two years that are open or closed, the
// newest first.
func (s *Server) heldSessions(c *Call) (choices []templates.Choice, err error) {
	today := c.Today()
	all, _, err := s.Office.Sessions(c.Ctx, storage.Span{From: today.AddMonths(-24), Until: today, NewestFirst: true}, storage.Page{Limit: mostComing})
	for _, x := range all {
		if x.State == council.Open || x.State == council.Closed {
			choices = append(choices, templates.Choice{Value: x.ID, Text: c.say("page.session.of", "date", string(x.Date))})
		}
	}
	return choices, err
}

func (s *Server) findByForm(c *Call) error {
	t, err := s.pathTask(c)
	if err != nil {
		return err
	}
	var in findingForm
	form, err := c.Form(templates.PlanFindingFields, &in)
	if err != nil {
		return err
	}
	if len(form.Faults) == 0 {
		_, err = s.Office.FindTask(c.Ctx, c.by(), plan.Fulfilment{Task: t.Task, Session: in.Session, Status: in.Status, Decision: in.Decision, Note: in.Note})
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		p, pageErr := s.findOf(c, t, form)
		if pageErr != nil {
			return pageErr
		}
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	return c.Done(taskAt(t.Task), "done.plan.found", "task", t.Task.Label())
}

// mostOfWording is how much of a decision a choice shows.
const mostOfWording = 100

// firstWords is the beginning of a text, whole words of it.
func firstWords(s string) string {
	r := []rune(s)
	if len(r) <= mostOfWording {
		return s
	}
	cut := mostOfWording
	for cut > 0 && r[cut] != ' ' {
		cut--
	}
	return string(r[:cut]) + " …"
}
