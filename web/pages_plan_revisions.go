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

func revisionAt(n int, below ...string) string {
	return strings.Join(append([]string{"/plan/revisions", strconv.Itoa(n)}, below...), "/")
}

func (s *Server) revisionsPage(c *Call) error {
	all, err := s.Office.Plans(c.Ctx)
	if err != nil {
		return err
	}
	page := templates.PlanRevisions{Crumbs: c.planCrumbs()}
	for i, p := range slices.Backward(all) {
		e := templates.PlanEdition{Number: p.Revision, Approved: p.Approved, Tasks: len(p.Refs()), Newest: i == len(all)-1, Files: c.planFiles(p.Revision)}
		if i > 0 {
			changes := plan.Compare(all[i-1], p)
			e.Changes = c.say("page.plan-revisions.changed", "n", strconv.Itoa(len(changes.Tasks)+len(changes.Parts)))
		}
		page.All = append(page.All, e)
	}
	return c.Page(http.StatusOK, page)
}

func (c *Call) revisionCrumbs() templates.Crumbs {
	return append(c.planCrumbs(), templates.Link{Text: c.say("page.plan-revisions.title"), Href: "/plan/revisions"})
}

func (s *Server) revisionPage(c *Call) error {
	n, err := c.count("revision")
	if err != nil {
		return err
	}
	p, err := s.Office.Plan(c.Ctx, n)
	if err != nil {
		return err
	}
	newest, err := s.Office.Plan(c.Ctx, 0)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, templates.PlanRevision{Crumbs: c.revisionCrumbs(), Plan: p, Newest: newest.Revision == n, Compared: n > 1, Files: c.planFiles(n)})
}

// revisionChanges shows how a revision differs from the one before it; the first
// has none.
func (s *Server) revisionChanges(c *Call) error {
	n, err := c.count("revision")
	if err != nil {
		return err
	}
	if n == 1 {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	p, err := s.Office.Plan(c.Ctx, n)
	if err != nil {
		return err
	}
	before, err := s.Office.Plan(c.Ctx, n-1)
	if err != nil {
		return err
	}
	changes := plan.Compare(before, p)
	return c.Page(http.StatusOK, templates.PlanChanges{
		Crumbs: append(c.revisionCrumbs(), templates.Link{Text: c.say("page.plan-revisions.n", "n", strconv.Itoa(n)), Href: revisionAt(n)}),
		Title:  c.say("page.plan-changes.title", "n", strconv.Itoa(n), "before", strconv.Itoa(n-1)), Number: n, Changes: c.planChanges(&changes)})
}

var changeColours = map[plan.ChangeKind]string{
	plan.Added: "green", plan.Reworded: "blue", plan.Moved: "grey", plan.Merged: "yellow", plan.Split: "yellow", plan.Retired: "red", plan.Restored: "green",
}

// planChanges shows a comparison: the tasks, then the other parts.
func (c *Call) planChanges(x *plan.Comparison) (rows []templates.PlanChange) {
	for _, t := range x.Tasks {
		row := templates.PlanChange{Kind: templates.Tag{Text: c.say("label.plan.change." + string(t.Kind)), Colour: changeColours[t.Kind]},
			Where: whereOf(&t.Change), Words: t.Words}
		if len(row.Words) == 0 {
			row.Words = []plan.Piece{{Kind: wholly(t.Kind), Text: strings.Join(slices.Concat(t.Before, t.After)[:max(len(t.Before), len(t.After))], " ")}}
		}
		rows = append(rows, row)
	}
	for _, d := range x.Parts {
		kind := plan.Reworded
		switch {
		case d.Before == "":
			kind = plan.Added
		case d.After == "":
			kind = plan.Retired
		}
		rows = append(rows, templates.PlanChange{Kind: templates.Tag{Text: c.say("label.plan.change." + string(kind)), Colour: changeColours[kind]},
			Where: c.say("label.plan.part."+string(d.Part), "number", strconv.Itoa(d.Number)), Words: d.Words})
	}
	return rows
}

// wholly is how the whole text of a change without changed words is shown.
func wholly(kind plan.ChangeKind) plan.PieceKind {
	switch kind {
	case plan.Added, plan.Restored:
		return plan.Inserted
	case plan.Retired:
		return plan.Removed
	}
	return plan.Kept
}

// whereOf names the tasks of a change: 3.2. → 3.1.
func whereOf(ch *plan.Change) string {
	from, to := labels(ch.From), labels(ch.To)
	switch {
	case from == "":
		return to
	case ch.Kind == plan.Retired, to == from:
		return from
	}
	return from + " → " + to
}

func labels(rs []plan.Ref) string {
	var all []string
	for _, r := range rs {
		all = append(all, r.Label())
	}
	return strings.Join(all, " + ")
}
