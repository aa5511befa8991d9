package web

import (
	"net/http"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/evaluation"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/plan"
	"padome/plan/exchange"
	"padome/templates"
)

func init() {
	addArea(area{
		routes: (*Server).planPages,
		nav:    []entrance{{"/plan", "nav.plan", 20, anybody}},
	})
}

// planPages are those of the work plan that everybody may read.
func (s *Server) planPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/plan", Public, noBody, s.kept(s.planPage)},
		{"GET", "/plan/tasks/:measure/:task", Public, noBody, s.kept(s.taskPage)},
		{"GET", "/plan/revisions", Public, noBody, s.kept(s.revisionsPage)},
		{"GET", "/plan/revisions/:revision", Public, noBody, s.kept(s.revisionPage)},
		{"GET", "/plan/revisions/:revision/changes", Public, noBody, s.kept(s.revisionChanges)},
	}
}

func (c *Call) planCrumbs() templates.Crumbs {
	return templates.Crumbs{{Text: c.say("nav.plan"), Href: "/plan"}}
}

// planPage shows the plan in force and how far it has been carried out; without a
// plan it says so, and the secretariat can bring one in.
func (s *Server) planPage(c *Call) error {
	p, err := s.Office.Plan(c.Ctx, 0)
	if problem.KindOf(err) == problem.NotFound {
		return c.Page(http.StatusOK, templates.WorkPlan{Title: c.say("nav.plan"), Do: c.planTasks()})
	}
	if err != nil {
		return err
	}
	x, err := s.Office.Coverage(c.Ctx, c.Actor, c.Today())
	if err != nil {
		return err
	}
	page := templates.WorkPlan{Title: c.say("page.plan.title", "years", locale.Years(c.Lang, p.From, p.Until)),
		Source: c.say("page.plan.source", "n", strconv.Itoa(p.Revision), "date", string(p.Approved)),
		Do:     c.planTasks(), More: c.planLinks(), Goals: p.Goals, Grid: c.planGrid(&x), Files: c.planFiles(p.Revision)}
	var sum []templates.Count
	for i := range x.Measures {
		m := &x.Measures[i]
		counts := countStates(m.Tasks)
		page.Bars = append(page.Bars, templates.NewBar(strconv.Itoa(m.Number)+". "+m.Text, c.countWords(counts), counts...))
		sum = addCounts(sum, counts)
		of, _ := p.Measure(m.Number)
		line := templates.PlanMeasure{Number: m.Number, Text: m.Text, Goal: of.Goal, Results: m.Results}
		for _, t := range m.Tasks {
			line.Tasks = append(line.Tasks, c.planLine(t))
		}
		page.Measures = append(page.Measures, line)
	}
	page.Sum = c.say("page.plan.sum", "measures", strconv.Itoa(len(x.Measures)), "words", c.countWords(sum))
	return c.Page(http.StatusOK, page)
}

// planTasks are what the reader can do about the plan.
func (c *Call) planTasks() (tasks []templates.Task) {
	if plan.MayImport(c.Actor) {
		tasks = append(tasks, templates.Task{Title: c.say("page.plan.do.import"), Href: planImportAt})
	}
	if plan.MaySeeReview(c.Actor) {
		tasks = append(tasks, templates.Task{Title: c.say("page.plan.do.review"), Href: reviewsAt})
	}
	return tasks
}

// planLinks lead to what else there is of the plan.
func (c *Call) planLinks() []templates.Link {
	links := []templates.Link{
		{Text: c.say("page.plan-coverage.title"), Href: "/plan/coverage"},
		{Text: c.say("page.plan-revisions.title"), Href: "/plan/revisions"},
		{Text: c.say("page.plan-evaluations.title"), Href: evaluationsAt},
	}
	if agenda.MayPrepare(c.Actor) || agenda.MayApprove(c.Actor) {
		links = append(links, templates.Link{Text: c.say("page.plan-forecast.title"), Href: "/plan/forecast"})
	}
	return links
}

// planFiles are a revision's files, one for each format.
func (c *Call) planFiles(revision int) (links []templates.Link) {
	for _, f := range exchange.Formats {
		links = append(links, templates.Link{Text: strings.ToUpper(string(f)), Href: "/api/v1/plans/" + strconv.Itoa(revision) + "/export?format=" + string(f)})
	}
	return links
}

// planStates are how a task can stand, in the order of a bar.
var planStates = []evaluation.State{evaluation.Fulfilled, evaluation.Due, evaluation.Overdue, evaluation.Never}

var stateColours = map[evaluation.State]string{
	evaluation.Fulfilled: "green", evaluation.Due: "blue", evaluation.Overdue: "red", evaluation.Never: "grey",
}

// countStates counts tasks by how they stand, one count for each of planStates.
func countStates(tasks []evaluation.TaskCover) (counts []templates.Count) {
	for _, state := range planStates {
		n := templates.Count{Class: string(state)}
		for _, t := range tasks {
			if t.State == state {
				n.N++
			}
		}
		counts = append(counts, n)
	}
	return counts
}

func addCounts(sum, more []templates.Count) []templates.Count {
	if sum == nil {
		return append(sum, more...)
	}
	for i := range sum {
		sum[i].N += more[i].N
	}
	return sum
}

// countWords tells counts of tasks in words.
func (c *Call) countWords(counts []templates.Count) string {
	var words []string
	for _, n := range counts {
		if n.N > 0 {
			words = append(words, c.say("page.plan.count."+n.Class, "n", strconv.Itoa(n.N)))
		}
	}
	return strings.Join(words, ", ")
}

func taskAt(r plan.Ref, below ...string) string {
	return strings.Join(append([]string{"/plan/tasks", strconv.Itoa(r.Measure), strconv.Itoa(r.Task)}, below...), "/")
}

func (c *Call) planLine(t evaluation.TaskCover) templates.PlanLine {
	return templates.PlanLine{Label: t.Label, Text: t.Text, Href: taskAt(t.Task), State: c.stateTag(t), When: c.stateWords(t),
		Responsible: t.Responsible, Deadline: t.Deadline,
		Overdue: t.State != evaluation.Fulfilled && t.Deadline != "" && t.Deadline < c.Today()}
}

func (c *Call) stateTag(t evaluation.TaskCover) templates.Tag {
	tag := templates.Tag{Text: c.say("coverage.state." + string(t.State)), Colour: stateColours[t.State]}
	if t.State == evaluation.Never && t.Late {
		tag.Colour = "yellow"
	}
	return tag
}

// stateWords tells when a task was discussed and by when P8 asks for it again.
func (c *Call) stateWords(t evaluation.TaskCover) string {
	var words []string
	add := func(on council.Date, key string) {
		if on != "" {
			words = append(words, c.say(key, "date", string(on)))
		}
	}
	if t.State == evaluation.Fulfilled || t.Found != "" {
		add(t.FoundOn, "page.plan.found."+string(t.Found))
	}
	add(t.LastHeld, "page.plan.held")
	switch {
	case t.Late:
		add(t.NextDue, "page.plan.was-due")
	case t.LastHeld == "":
		add(t.NextDue, "page.plan.next-due.never")
	default:
		add(t.NextDue, "page.plan.next-due")
	}
	return strings.Join(words, "; ")
}

// markKinds are what sessions did with a task, the most first.
var markKinds = []evaluation.Mark{evaluation.Decided, evaluation.Held, evaluation.Planned, evaluation.Postponed, evaluation.Withdrawn}

// planGrid is the picture of what sessions did with measures.
func (c *Call) planGrid(x *evaluation.Coverage) templates.Grid {
	days, at := []council.Date{}, map[string]int{}
	for i, s := range x.Sessions {
		days, at[s.Session] = append(days, s.Date), i
	}
	g := templates.NewGrid(days)
	for i := range x.Measures {
		done := map[int]templates.GridMark{}
		for _, cell := range x.Measures[i].Cells {
			done[at[cell.Session]] = c.gridMark(cell.State)
		}
		g.Row(x.Measures[i].Number, x.Measures[i].Text, done)
	}
	for _, kind := range markKinds {
		g.Legend = append(g.Legend, c.gridMark(kind))
	}
	return g
}

func (c *Call) gridMark(m evaluation.Mark) templates.GridMark {
	return templates.GridMark{Kind: string(m), Text: c.say("page.plan.mark." + string(m))}
}
