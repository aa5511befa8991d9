package web

import (
	"net/http"
	"strconv"

	"padome/council"
	"padome/evaluation"
	"padome/internal/problem"
	"padome/minutes"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).coveragePages}) }

func (s *Server) coveragePages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/plan/coverage", Public, noBody, s.kept(s.coveragePage)},
		{"GET", "/plan/forecast", drafters, noBody, s.forecastPage},
	}
}

// coveragePage shows measure and task by session of ?year=, by itself of this
// year or the plan's year nearest to it; 0 is the whole period.
func (s *Server) coveragePage(c *Call) error {
	x, err := s.Office.Coverage(c.Ctx, c.Actor, c.Today())
	if err != nil {
		return err
	}
	year := min(max(c.Today().Year(), x.From), x.Until)
	if asked := c.Query("year"); asked != "" {
		if year, err = strconv.Atoi(asked); err != nil || year != 0 && (year < x.From || year > x.Until) {
			return problem.New(problem.NotFound, "problem.evaluation.year", "value", clip(asked), "from", strconv.Itoa(x.From), "until", strconv.Itoa(x.Until))
		}
	}
	page := templates.PlanCoverage{Crumbs: c.planCrumbs(), Years: c.coverageYears(&x, year), Data: "/api/v1/plan/coverage"}
	at := map[string]int{}
	for _, col := range x.Sessions {
		if year == 0 || col.Date.Year() == year {
			at[col.Session] = len(page.Columns)
			page.Columns = append(page.Columns, templates.CoverColumn{Date: col.Date, Href: sessionAt(col.Session)})
		}
	}
	page.Title = c.say("page.plan-coverage.lead", "date", string(x.On), "n", strconv.Itoa(len(page.Columns)))
	for i := range x.Measures {
		page.Measures = append(page.Measures, c.coverMeasure(&x.Measures[i], at))
	}
	for _, kind := range markKinds {
		page.Legend = append(page.Legend, c.coverCell(kind))
	}
	return c.Page(http.StatusOK, page)
}

func (c *Call) coverageYears(x *evaluation.Coverage, shown int) (links []templates.Link) {
	for y := x.From; y <= x.Until; y++ {
		links = append(links, templates.Link{Text: c.say("page.plan-coverage.year", "year", strconv.Itoa(y)), Href: "/plan/coverage?year=" + strconv.Itoa(y), Current: y == shown})
	}
	return append(links, templates.Link{Text: c.say("page.plan-coverage.all"), Href: "/plan/coverage?year=0", Current: shown == 0})
}

// coverMeasure is a measure with its cells in the columns that are shown.
func (c *Call) coverMeasure(m *evaluation.MeasureCover, at map[string]int) templates.CoverMeasure {
	v := templates.CoverMeasure{Number: m.Number, Text: m.Text, Cells: c.coverCells(m.Cells, at), Results: m.Results}
	for _, t := range m.Tasks {
		v.Tasks = append(v.Tasks, templates.CoverTask{PlanLine: c.planLine(t), Cells: c.coverCells(t.Cells, at)})
	}
	for _, d := range m.Decisions {
		v.Decisions = append(v.Decisions, c.evidenceRow(d))
	}
	return v
}

func (c *Call) coverCells(cells []evaluation.Cell, at map[string]int) []templates.CoverCell {
	row := make([]templates.CoverCell, len(at))
	for _, x := range cells {
		if i, shown := at[x.Session]; shown {
			row[i] = c.coverCell(x.State)
		}
	}
	return row
}

func (c *Call) coverCell(m evaluation.Mark) templates.CoverCell {
	return templates.CoverCell{Letter: c.say("page.plan-coverage.letter." + string(m)), Words: c.say("page.plan.mark." + string(m)), Colour: markColours[m]}
}

// evidenceRow is a decision as evidence; one reported as done waits for the
// council.
func (c *Call) evidenceRow(d evaluation.Linked) templates.DecisionRow {
	row := c.decisionRow(minutes.Decision{ID: d.ID, Wording: d.Wording, Deadline: d.Deadline, Status: d.Status, Taken: d.Taken, Addressee: d.Addressee})
	row.Number = c.say("page.plan-coverage.decision", "number", d.Number, "date", string(d.Taken))
	switch {
	case d.Claimed != "":
		row.State.Text = c.say("page.plan-coverage.claimed", "status", c.say("api.decision."+string(d.Claimed)))
	case d.Overdue:
		row.State = templates.Tag{Text: c.say("page.plan.deadline.overdue"), Colour: "red"}
	}
	return row
}

// forecastSessions is how many sessions a forecast shows unless more are asked for:
// those of half a year.
const forecastSessions = 6

type forecastRequest struct {
	Sessions string `json:"sessions"`
}

// forecastPage simulates the sessions to come.
func (s *Server) forecastPage(c *Call) error {
	in := forecastRequest{c.Query("sessions")}
	if in.Sessions == "" {
		in.Sessions = strconv.Itoa(forecastSessions)
	}
	page := templates.PlanForecast{Crumbs: c.planCrumbs(), Form: c.NewForm(templates.PlanForecastFields, 0, in)}
	n, err := strconv.Atoi(in.Sessions)
	if err != nil {
		var l problem.List
		l.Add("sessions", "problem.form.whole", "value", clip(in.Sessions))
		c.fault(&page.Form, l.Err())
		return c.FormPage(page)
	}
	x, err := s.Office.Forecast(c.Ctx, c.Actor, c.Today(), n)
	if wrong, err := c.Wrong(&page.Form, err); wrong {
		return c.FormPage(page)
	} else if err != nil {
		return err
	}
	p, err := s.Office.Plan(c.Ctx, x.Plan)
	if err != nil {
		return err
	}
	c.foreseen(&page, &x, &p)
	return c.Page(http.StatusOK, page)
}

// dayShort is a day as a list has it.
func (c *Call) dayShort(d council.Date) string { return c.say("cmd.forecast.day", "date", string(d)) }
