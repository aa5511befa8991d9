package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/internal/problem"
	"padome/plan"
	"padome/plan/exchange"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).reviewPages}) }

// reviewPages are those of the plan's review. Members of working groups prepare
// one too, which only the office can tell.
func (s *Server) reviewPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", reviewsAt, LoggedIn, noBody, s.reviewsPage},
		{"POST", reviewsAt, LoggedIn, smallDoc, s.startReviewByForm},
		{"GET", "/plan/reviews/:id", LoggedIn, noBody, s.reviewPage},
		{"GET", "/plan/reviews/:id/edit", LoggedIn, noBody, s.planEditPage},
		{"POST", "/plan/reviews/:id/edit", LoggedIn, longDoc, s.editPlanByForm},
		{"GET", "/plan/reviews/:id/put", proposers, noBody, s.putPage},
		{"POST", "/plan/reviews/:id/put", proposers, smallDoc, s.putByForm},
		{"GET", "/plan/reviews/:id/decide", preparers, noBody, s.decidePage},
		{"POST", "/plan/reviews/:id/decide", preparers, formDoc, s.decideByForm},
		{"GET", "/plan/reviews/:id/withdraw", LoggedIn, noBody, s.withdrawReviewPage},
		{"POST", "/plan/reviews/:id/withdraw", LoggedIn, formDoc, s.withdrawReviewByForm},
	}
}

const reviewsAt = "/plan/reviews"

func reviewAt(id string, below ...string) string {
	return strings.Join(append([]string{reviewsAt, url.PathEscape(id)}, below...), "/")
}

var reviewColours = map[plan.ReviewState]string{
	plan.Drafting: "blue", plan.Put: "yellow", plan.Approved: "green", plan.Rejected: "red", plan.Abandoned: "grey",
}

func (c *Call) reviewTitle(r plan.Review) string {
	return c.say("page.plan-review.title", "n", strconv.Itoa(r.Proposed.Revision))
}

// reviewList is the page of all reviews.
func (s *Server) reviewList(c *Call) (templates.PlanReviews, error) {
	page := templates.PlanReviews{Crumbs: c.planCrumbs(), Start: true}
	all, err := s.Office.Reviews(c.Ctx, c.Actor)
	if err != nil {
		return page, err
	}
	for _, r := range all {
		page.Start = page.Start && !r.Open()
		page.All = append(page.All, templates.Task{Title: c.reviewTitle(r), Href: reviewAt(r.ID), Hint: c.say("page.plan-reviews.started", "date", string(dayOf(r.StartedAt)), "base", strconv.Itoa(r.Base)),
			State: templates.Tag{Text: c.say("label.plan.review.state." + string(r.State)), Colour: reviewColours[r.State]}})
	}
	p, err := s.Office.Plan(c.Ctx, 0)
	if problem.KindOf(err) == problem.NotFound {
		page.Start = false
		return page, nil
	}
	page.Form = c.NewForm(nil, 0, startRequest{p.Revision})
	return page, err
}

func (s *Server) reviewsPage(c *Call) error {
	page, err := s.reviewList(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, page)
}

func (s *Server) startReviewByForm(c *Call) error {
	var in startRequest
	form, err := c.Form(nil, &in)
	if err != nil {
		return err
	}
	r, err := s.Office.StartReview(c.Ctx, c.by(), in.Base)
	if wrong, err := c.Wrong(&form, err); wrong {
		page, pageErr := s.reviewList(c)
		if pageErr != nil {
			return pageErr
		}
		page.Faults = form.Faults
		return c.FormPage(page)
	} else if err != nil {
		return err
	}
	return c.Done(reviewAt(r.ID), "done.plan.review.started")
}

func (s *Server) reviewPage(c *Call) error {
	r, changes, err := s.Office.Review(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	page := templates.PlanReview{Crumbs: append(c.planCrumbs(), templates.Link{Text: c.say("page.plan-reviews.title"), Href: reviewsAt}), Title: c.reviewTitle(r), Changes: c.planChanges(&changes), At: reviewAt(r.ID), Proposed: r.Proposed}
	may, err := s.mayPrepareReview(c)
	if err != nil {
		return err
	}
	page.Editing = may && r.State == plan.Drafting
	page.Do = c.reviewTasks(r, may, len(page.Changes) > 0)
	for _, f := range exchange.Formats {
		page.Files = append(page.Files, templates.Link{Text: strings.ToUpper(string(f)), Href: "/api/v1/plan-reviews/" + url.PathEscape(r.ID) + "/export?format=" + string(f)})
	}
	page.Rows, err = s.reviewRows(c, r)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, page)
}

// mayPrepareReview asks whether the reader may change a review.
func (s *Server) mayPrepareReview(c *Call) (bool, error) {
	groups, err := s.Office.Groups(c.Ctx)
	return plan.MayReview(c.Actor, groups, c.Today()), err
}

// reviewTasks are what the reader can do about a review now.
func (c *Call) reviewTasks(r plan.Review, may, changed bool) (tasks []templates.Task) {
	add := func(can bool, step string) {
		if can {
			tasks = append(tasks, templates.Task{Title: c.say("page.plan-review.do." + step), Href: reviewAt(r.ID, step)})
		}
	}
	add(may && changed && r.State == plan.Drafting && agenda.MayPropose(c.Actor), "put")
	add(r.State == plan.Put && plan.MayImport(c.Actor), "decide")
	add(may && r.Open(), "withdraw")
	return tasks
}

// reviewRows tell where a review comes from and what became of it.
func (s *Server) reviewRows(c *Call, r plan.Review) ([]templates.Row, error) {
	rows := []templates.Row{
		{Name: c.say("page.plan.stand"), Value: c.say("label.plan.review.state." + string(r.State))},
		{Name: c.say("page.plan-review.base"), Value: c.say("page.plan-revisions.n", "n", strconv.Itoa(r.Base))},
		{Name: c.say("page.plan-review.started"), Value: c.dayWords(dayOf(r.StartedAt))},
	}
	if r.Session != "" {
		x, err := s.Office.Session(c.Ctx, r.Session)
		if err != nil {
			return nil, err
		}
		rows = append(rows, templates.Row{Name: c.say("page.plan-review.session"), Value: c.say("page.session.of", "date", string(x.Date)),
			Change: templates.Action{Text: c.say("page.plan-review.open"), Href: sessionAt(x.ID)}})
	}
	if r.Verdict != nil && r.Verdict.Note != "" {
		rows = append(rows, templates.Row{Name: c.say("page.plan-review.note"), Value: r.Verdict.Note})
	}
	if r.Why != "" {
		rows = append(rows, templates.Row{Name: c.say("page.plan-review.why"), Value: r.Why})
	}
	return rows, nil
}
