package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"padome/internal/problem"
	"padome/plan"
	"padome/templates"
)

// newMeasure is the operation that adds a measure: plan.SetMeasure of the next
// number.
const newMeasure = "new-measure"

// taskOps are what can be done with one task; measureOps with a measure or the
// whole.
var (
	taskOps    = []string{string(plan.Reword), string(plan.Divide), string(plan.Move), string(plan.Retire), string(plan.Restore)}
	measureOps = []string{string(plan.Add), string(plan.Merge), string(plan.SetMeasure), string(plan.SetResults), string(plan.SetGoals), string(plan.SetPreamble), string(plan.SetTitle), newMeasure}
)

// editForm is what the form of an operation holds.
type editForm struct {
	Tasks     string `json:"tasks"`
	Text      string `json:"text"`
	Several   string `json:"several"`
	ToMeasure int    `json:"toMeasure"`
	ToTask    int    `json:"toTask"`
	Goal      int    `json:"goal"`
	Place     int    `json:"place"`
}

// editing is an operation on a review, as the address names it: on the draft, or
// on what was put, as a change that the session made itself.
type editing struct {
	r             plan.Review
	p             plan.Plan // as it stands
	op            string
	measure, task int
}

// editingOf reads the operation of the address: ?op=, ?measure= and ?task=; what
// the proposed plan does not have is not there.
func (s *Server) editingOf(c *Call) (e editing, err error) {
	if e.r, _, err = s.Office.Review(c.Ctx, c.Actor, c.Param("id")); err != nil {
		return e, err
	}
	if e.p, err = e.r.Amended(); err != nil {
		return e, err
	}
	may, err := s.mayPrepareReview(c)
	if err == nil && !may {
		err = problem.New(problem.Forbidden, "problem.plan.review.access")
	}
	if err != nil {
		return e, err
	}
	e.op = c.Query("op")
	e.measure, _ = strconv.Atoi(c.Query("measure"))
	e.task, _ = strconv.Atoi(c.Query("task"))
	_, isMeasure := e.p.Measure(e.measure)
	_, isTask := e.p.Task(e.measure, e.task)
	known := isTask && (e.op == "" || slices.Contains(taskOps, e.op))
	switch plan.Op(e.op) {
	case plan.Add, plan.SetMeasure, plan.SetResults:
		known = isMeasure
	default:
		known = known || slices.Contains(measureOps, e.op)
	}
	if !known {
		err = problem.New(problem.NotFound, "problem.not-found")
	}
	return e, err
}

// begin is what the form shows first: the text as it stands.
func (e editing) begin() (in editForm) {
	p := &e.p
	t, _ := p.Task(e.measure, e.task)
	m, _ := p.Measure(e.measure)
	switch plan.Op(e.op) {
	case plan.Reword:
		in.Text = t.Text
	case plan.Divide:
		in.Several = t.Text
	case plan.Move:
		in.ToMeasure = e.measure
	case plan.SetMeasure:
		in.Text, in.Goal = m.Text, m.Goal
	case plan.SetResults:
		in.Several = strings.Join(m.Results, "\n")
	case plan.SetGoals:
		for _, g := range p.Goals {
			in.Several += g.Text + "\n"
		}
	case plan.SetPreamble:
		in.Text = p.Preamble
	case plan.SetTitle:
		in.Text = p.Title
	}
	return in
}

// edit is the operation with what was entered.
func (e editing) edit(in editForm) (plan.Edit, error) {
	x := plan.Edit{Op: plan.Op(e.op), Measure: e.measure, Task: e.task, ToMeasure: in.ToMeasure, ToTask: in.ToTask, Goal: in.Goal, Text: in.Text, Texts: textLines(in.Several)}
	switch e.op {
	case string(plan.Add):
		x.Task = in.Place
	case newMeasure:
		x.Op, x.Measure = plan.SetMeasure, len(e.p.Measures)+1
	case string(plan.Merge):
		m, err := plan.ParseMapping("1.1=" + strings.Join(strings.FieldsFunc(in.Tasks, func(r rune) bool { return r == ',' || r == ' ' || r == '+' }), "+"))
		if err != nil {
			var l problem.List
			l.Add("tasks", "problem.plan-edit.tasks", "value", clip(in.Tasks))
			return x, l.Err()
		}
		x.Tasks = m[plan.Ref{Measure: 1, Task: 1}]
	}
	return x, nil
}

// planEdit is the page of an operation, or the choice of one on a task.
func (c *Call) planEdit(e editing, f templates.Form) templates.PlanEdit {
	p := templates.PlanEdit{Crumbs: append(c.planCrumbs(), templates.Link{Text: c.say("page.plan-reviews.title"), Href: reviewsAt}, templates.Link{Text: c.reviewTitle(e.r), Href: reviewAt(e.r.ID)}),
		Form: f, Op: e.op, Back: e.back()}
	t, isTask := e.p.Task(e.measure, e.task)
	number := plan.Ref{Measure: e.measure, Task: e.task}.Label()
	if m, ok := e.p.Measure(e.measure); ok && !isTask {
		p.About = strconv.Itoa(e.measure) + ". " + m.Text
	}
	if isTask {
		p.About = number + " " + t.Text
	}
	if e.op != "" {
		p.Title = c.say("page.plan-edit.op." + e.op)
		return p
	}
	p.Title = c.say("page.plan-edit.title", "task", number)
	for _, op := range taskOps {
		if op == string(plan.Restore) && !t.Retired || op == string(plan.Retire) && t.Retired {
			continue
		}
		p.Choices = append(p.Choices, templates.Task{Title: c.say("page.plan-edit.op." + op),
			Href: reviewAt(e.r.ID, "edit") + "?op=" + op + "&measure=" + strconv.Itoa(e.measure) + "&task=" + strconv.Itoa(e.task)})
	}
	return p
}

func (s *Server) planEditPage(c *Call) error {
	e, err := s.editingOf(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.planEdit(e, c.NewForm(templates.PlanEditFields, e.r.Revision, e.begin())))
}

func (s *Server) editPlanByForm(c *Call) error {
	e, err := s.editingOf(c)
	if err != nil {
		return err
	}
	var in editForm
	form, err := c.Form(templates.PlanEditFields, &in)
	if err != nil {
		return err
	}
	if len(form.Faults) == 0 {
		var x plan.Edit
		if x, err = e.edit(in); err == nil {
			change := s.Office.EditReview
			if e.r.State == plan.Put {
				change = s.Office.AmendReview
			}
			_, err = change(c.Ctx, c.by(), e.r.ID, form.Revision, x)
			err = renamed(err, fieldOfEdit)
		}
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.planEdit(e, form))
	} else if err != nil {
		return err
	}
	return c.Done(e.back(), "done.plan.edited")
}

// back is the page that the operation was chosen on.
func (e *editing) back() string {
	if e.r.State == plan.Put {
		return reviewAt(e.r.ID, "decide")
	}
	return reviewAt(e.r.ID)
}

// fieldOfEdit is the field of the form that the office's name of one stands for.
func fieldOfEdit(name string) string {
	switch {
	case name == "texts":
		return "several"
	case strings.HasPrefix(name, "tasks["):
		return "tasks"
	case strings.HasSuffix(name, ".text"), name == "preamble", name == "title":
		return "text"
	}
	return name
}
