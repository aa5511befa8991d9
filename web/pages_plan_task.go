package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/evaluation"
	"padome/internal/locale"
	"padome/minutes"
	"padome/office"
	"padome/plan"
	"padome/templates"
)

// pathTask is the task of the path, of the newest revision.
func (s *Server) pathTask(c *Call) (office.TaskPage, error) {
	measure, err := c.count("measure")
	if err != nil {
		return office.TaskPage{}, err
	}
	task, err := c.count("task")
	if err != nil {
		return office.TaskPage{}, err
	}
	return s.Office.Task(c.Ctx, c.Actor, measure, task)
}

// taskPage shows a task of the plan with its history.
func (s *Server) taskPage(c *Call) error {
	t, err := s.pathTask(c)
	if err != nil {
		return err
	}
	x, err := s.Office.Coverage(c.Ctx, c.Actor, c.Today())
	if err != nil {
		return err
	}
	page := templates.PlanTask{Crumbs: c.planCrumbs(), Label: t.Task.Label(), Text: t.Text, Retired: t.Retired,
		State: templates.Tag{Text: c.say("label.plan.change.retired"), Colour: "grey"}, Assignments: c.assignmentEvents(t.Assignments)}
	page.Rows = []templates.Row{
		{Name: c.say("page.plan.measure"), Value: strconv.Itoa(t.Task.Measure) + ". " + t.Measure},
		{Name: c.say("page.plan-task.since"), Value: c.dayWords(t.Since)},
	}
	if cover, ok := coverOf(&x, t.Task); ok {
		page.State = c.stateTag(cover)
		page.Rows = append(page.Rows, c.standRows(cover)...)
		page.Sessions = c.sittings(cover.Cells)
		page.Do = c.taskTasks(t.Task)
	}
	for i, w := range t.Wordings {
		page.Wordings = append(page.Wordings, c.wording(t.Wordings, i, w))
	}
	page.Findings = c.findingEvents(t.Findings)
	return c.Page(http.StatusOK, page)
}

// dayWords is a day as a row of a summary has it.
func (c *Call) dayWords(d council.Date) string {
	return locale.Date(c.Lang, string(d), locale.Nominative)
}

// coverOf is how a task of the plan in force is covered; false for a retired one.
func coverOf(x *evaluation.Coverage, r plan.Ref) (evaluation.TaskCover, bool) {
	for i := range x.Measures {
		for _, t := range x.Measures[i].Tasks {
			if t.Task == r {
				return t, true
			}
		}
	}
	return evaluation.TaskCover{}, false
}

// standRows tell how a task stands: discussed and due (P8), responsible, deadline.
func (c *Call) standRows(t evaluation.TaskCover) []templates.Row {
	stand := templates.Row{Name: c.say("page.plan.stand"), Value: cmp.Or(c.stateWords(t), c.say("coverage.state."+string(t.State)))}
	return append([]templates.Row{stand}, c.dutyRows(t.Responsible, t.Deadline)...)
}

// dutyRows tell who is responsible and by when, or that nobody said so.
func (c *Call) dutyRows(responsible string, deadline council.Date) []templates.Row {
	until := c.say("page.plan.deadline.none")
	if deadline != "" {
		until = c.dayWords(deadline)
	}
	return []templates.Row{
		{Name: c.say("page.plan.responsible"), Value: cmp.Or(responsible, c.say("page.plan.responsible.none"))},
		{Name: c.say("page.plan.deadline"), Value: until},
	}
}

var markColours = map[evaluation.Mark]string{
	evaluation.Decided: "green", evaluation.Held: "blue", evaluation.Planned: "grey", evaluation.Postponed: "yellow", evaluation.Withdrawn: "grey",
}

func (c *Call) markTag(m evaluation.Mark) templates.Tag {
	return templates.Tag{Text: c.say("page.plan.mark." + string(m)), Colour: markColours[m]}
}

// sittings are what sessions did with a task, the newest first.
func (c *Call) sittings(cells []evaluation.Cell) (all []templates.PlanSitting) {
	for _, x := range slices.Backward(cells) {
		var items []string
		for _, n := range x.Items {
			items = append(items, c.say("page.plan-task.item.n", "n", strconv.Itoa(n)))
		}
		all = append(all, templates.PlanSitting{Date: x.Date, Href: sessionAt(x.Session), Items: strings.Join(items, ", "), Mark: c.markTag(x.State)})
	}
	return all
}

// wording shows how a task read in a revision; one that continues a single one,
// with what changed in it.
func (c *Call) wording(all []office.Wording, i int, w office.Wording) templates.PlanWording {
	v := templates.PlanWording{Label: w.Task.Label(), Revision: w.Task.Revision, Approved: w.Approved, Newest: i == 0,
		Words: []plan.Piece{{Kind: plan.Kept, Text: w.Text}}}
	var before []string
	for _, o := range all[i+1:] {
		if o.Task.Revision == w.Task.Revision-1 {
			before = append(before, o.Text)
		}
	}
	if len(before) == 1 {
		v.Words = plan.Words(before[0], w.Text)
	}
	for _, d := range newestDecisions(w.Decisions) {
		v.Decisions = append(v.Decisions, c.decisionRow(d))
	}
	return v
}

// newestDecisions are decisions by session, the newest first, each session's in
// its order.
func newestDecisions(all []minutes.Decision) []minutes.Decision {
	return slices.SortedFunc(slices.Values(all), func(a, b minutes.Decision) int {
		return cmp.Or(cmp.Compare(b.Taken, a.Taken), cmp.Compare(a.ItemNo, b.ItemNo), cmp.Compare(a.Clause, b.Clause))
	})
}

// assignmentEvents tell who was made responsible, the newest first.
func (c *Call) assignmentEvents(all []plan.Assignment) (events []templates.Event) {
	all = slices.SortedFunc(slices.Values(all), func(a, b plan.Assignment) int {
		return cmp.Or(cmp.Compare(b.DecidedOn, a.DecidedOn), cmp.Compare(b.ID, a.ID))
	})
	for _, a := range all {
		var words []string
		if a.Responsible != "" {
			words = append(words, c.say("page.plan-task.assigned.to", "who", a.Responsible))
		}
		if a.Deadline != "" {
			words = append(words, c.say("page.plan-task.assigned.until", "date", string(a.Deadline)))
		}
		events = append(events, templates.Event{Who: c.dayWords(a.DecidedOn) + " · " + a.DecidedBy, What: strings.Join(words, "; ")})
	}
	return events
}

// findingEvents tell what the council found of a task.
func (c *Call) findingEvents(all []plan.Fulfilment) (events []templates.Event) {
	for _, f := range all {
		events = append(events, templates.Event{Who: c.say("page.session.of", "date", string(f.On)), What: c.say("page.plan.found."+string(f.Status), "date", string(f.On)), Note: f.Note})
	}
	return events
}
