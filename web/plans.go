package web

import (
	"errors"
	"net/http"
	"strconv"

	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
)

// planRoutes are those of the work plan and of who is responsible for what in it.
func (s *Server) planRoutes() []Route {
	return []Route{
		{"GET", "/api/v1/plan", Public, noBody, s.newestPlan},
		{"GET", "/api/v1/plans", Public, noBody, s.plans},
		{"POST", "/api/v1/plans", preparers, planDoc, s.importPlan},
		{"POST", "/api/v1/plans/preview", preparers, planDoc, s.previewPlan},
		{"GET", "/api/v1/plans/:revision", Public, noBody, s.plan},
		{"GET", "/api/v1/plans/:revision/export", Public, noBody, s.exportPlan},
		{"GET", "/api/v1/plans/:revision/tasks/:measure/:task/decisions", Public, noBody, s.decisionsOnTask},
		{"GET", "/api/v1/assignments", Public, noBody, s.assignments},
		{"POST", "/api/v1/assignments", preparers, formDoc, s.assign},
	}
}

func (s *Server) newestPlan(c *Call) error { return s.showPlan(c, 0) }

func (s *Server) plan(c *Call) error {
	n, err := c.count("revision")
	if err != nil {
		return err
	}
	return s.showPlan(c, n)
}

func (s *Server) showPlan(c *Call, revision int) error {
	p, err := s.Office.Plan(c.Ctx, revision)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, p, uint64(p.Revision))
}

// planLine is a revision of the plan as a list shows it.
type planLine struct {
	Revision int          `json:"revision"`
	Title    string       `json:"title"`
	From     int          `json:"from"`
	Until    int          `json:"until"`
	Approved council.Date `json:"approved"`
	Measures int          `json:"measures"`
	Tasks    int          `json:"tasks"` // that are not retired
}

func (s *Server) plans(c *Call) error {
	all, err := s.Office.Plans(c.Ctx)
	if err != nil {
		return err
	}
	return listPart(c, all, func(p plan.Plan) string { return strconv.Itoa(p.Revision) }, func(p plan.Plan) planLine {
		return planLine{p.Revision, p.Title, p.From, p.Until, p.Approved, len(p.Measures), len(p.Refs())}
	})
}

// taskRef is the task of the path.
func (c *Call) taskRef() (plan.Ref, error) {
	revision, err1 := c.count("revision")
	measure, err2 := c.count("measure")
	task, err3 := c.count("task")
	return plan.Ref{Revision: revision, Measure: measure, Task: task}, errors.Join(err1, err2, err3)
}

func (s *Server) decisionsOnTask(c *Call) error {
	ref, err := c.taskRef()
	if err != nil {
		return err
	}
	p, err := s.Office.Plan(c.Ctx, ref.Revision)
	if err != nil {
		return err
	}
	if _, ok := p.Task(ref.Measure, ref.Task); !ok {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	all, err := s.Office.DecisionsOn(c.Ctx, c.Actor, ref)
	if err != nil {
		return err
	}
	return listPart(c, all, func(d minutes.Decision) string { return d.ID }, c.decision)
}

// assignmentView is an assignment with how its deadline stands.
type assignmentView struct {
	plan.Assignment
	State     plan.Due `json:"state"`
	StateText string   `json:"stateText"`
}

func (c *Call) assignment(a plan.Assignment) assignmentView {
	state, days := plan.DeadlineState(a.Deadline, c.Today())
	return assignmentView{a, state, c.say("label.plan.deadline."+string(state), "days", strconv.Itoa(days), "date", string(a.Deadline))}
}

func (s *Server) assignments(c *Call) error {
	all, err := s.Office.Assignments(c.Ctx)
	if err != nil {
		return err
	}
	return listPart(c, all, func(a plan.Assignment) string { return a.ID }, c.assignment)
}

// assignmentRequest names a task of the newest revision.
type assignmentRequest struct {
	Measure     int          `json:"measure"`
	Task        int          `json:"task"`
	Responsible string       `json:"responsible"`
	Group       string       `json:"group"`
	Deadline    council.Date `json:"deadline"`
	DecidedBy   string       `json:"decidedBy"`
	DecidedOn   council.Date `json:"decidedOn"`
}

func (s *Server) assign(c *Call) error {
	var in assignmentRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	a, err := s.Office.Assign(c.Ctx, c.by(), plan.Assignment{
		Task: plan.Ref{Measure: in.Measure, Task: in.Task}, Responsible: in.Responsible, Group: in.Group,
		Deadline: in.Deadline, DecidedBy: in.DecidedBy, DecidedOn: in.DecidedOn,
	})
	if err != nil {
		return err
	}
	return stored(c, c.assignment(a), a.Revision, true)
}
