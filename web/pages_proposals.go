package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/office"
	"padome/templates"
)

func init() {
	addArea(area{
		routes: (*Server).proposalPages,
		nav:    []entrance{{proposalsAt, "nav.proposals", 30, agenda.MayPropose}},
	})
}

const (
	proposalsAt = "/proposals"
	backlogAt   = "/backlog"
)

// proposalPages are those of what people propose, and of all that waits.
func (s *Server) proposalPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", proposalsAt, proposers, noBody, s.kept(s.proposalsPage)},
		{"GET", "/proposals/new", proposers, noBody, s.newProposal},
		{"POST", "/proposals/new", proposers, longDoc, s.proposeByForm},
		{"GET", "/proposals/:id", proposers, noBody, s.proposalPage},
		{"POST", "/proposals/:id", proposers, formDoc, s.actOnProposal},
		{"GET", "/proposals/:id/change", proposers, noBody, s.changedProposal},
		{"POST", "/proposals/:id/change", proposers, longDoc, s.changeProposalByForm},
		{"GET", "/proposals/:id/documents", proposers, noBody, s.proposalDocuments},
		{"POST", "/proposals/:id/documents", proposers, office.MaxDocument, s.documentByForm},
		{"GET", "/proposals/:id/opinion", proposers, noBody, s.opinionPage},
		{"POST", "/proposals/:id/opinion", proposers, longDoc, s.opinionByForm},
		{"GET", "/proposals/:id/withdraw", proposers, noBody, s.withdrawalPage},
		{"POST", "/proposals/:id/withdraw", proposers, formDoc, s.withdrawByForm},
		{"GET", backlogAt, proposers, noBody, s.kept(s.backlogPage)},
		{"GET", "/backlog/:id/settle", leads, noBody, s.settlePage},
		{"POST", "/backlog/:id/settle", leads, smallDoc, s.settleByForm},
	}
}

// proposalAt is the path of a proposal's page, or of one below it.
func proposalAt(id string, below ...string) string {
	return strings.Join(append([]string{proposalsAt, url.PathEscape(id)}, below...), "/")
}

func (c *Call) proposalCrumbs(p *agenda.Proposal) templates.Crumbs {
	crumbs := templates.Crumbs{{Text: c.say("page.proposals.title"), Href: proposalsAt}}
	if p != nil {
		crumbs = append(crumbs, templates.Link{Text: p.Title, Href: proposalAt(p.ID)})
	}
	return crumbs
}

var whereColours = map[agenda.Where]string{
	agenda.IsSubmitted: "grey", agenda.IsReturned: "yellow", agenda.IsReady: "blue", agenda.IsOnAgenda: "green",
	agenda.IsLeftOut: "yellow", agenda.IsPostponed: "yellow", agenda.IsDealtWith: "green", agenda.IsWithdrawn: "grey",
}

func (c *Call) whereTag(w agenda.Where) templates.Tag {
	return templates.Tag{Text: c.say("proposal.where." + string(w)), Colour: whereColours[w]}
}

// due are the coming sessions with their time limits, a sentence or two each.
func (c *Call) due(most int) ([]string, error) {
	all, err := c.server.Office.Deadlines(c.Ctx)
	var said []string
	for _, x := range all[:min(len(all), most)] {
		said = append(said, agenda.Sentences(c.Lang, x.Said))
	}
	return said, err
}

func (s *Server) proposalsPage(c *Call) error {
	page, err := c.page()
	if err != nil {
		return err
	}
	all, next, err := s.Office.TrackedProposals(c.Ctx, c.Actor, page)
	if err != nil {
		return err
	}
	p := templates.Proposals{All: c.proposalRows(all)}
	if next != "" {
		p.Older = proposalsAt + "?" + url.Values{"after": {next}}.Encode()
	}
	if p.Due, err = c.due(3); err != nil {
		return err
	}
	if page.After == "" && !agenda.MayCheckProposals(c.Actor) {
		own, err := s.Office.OwnProposals(c.Ctx, c.Actor)
		if err != nil {
			return err
		}
		p.Mine = c.proposalRows(own)
	}
	return c.Page(http.StatusOK, p)
}

func (c *Call) proposalRows(all []office.Tracked) (rows []templates.ProposalRow) {
	for i := range all {
		t := &all[i]
		rows = append(rows, templates.ProposalRow{Title: t.Title, Href: proposalAt(t.ID), State: c.whereTag(t.Whereabouts.Where),
			By: c.proposedBy(&t.Proposal), Said: t.Whereabouts.Text(c.Lang)})
	}
	return rows
}

// proposedBy says whose a proposal is, and of which tasks of the plan.
func (c *Call) proposedBy(p *agenda.Proposal) string {
	var parts []string
	if p.InitiatedBy != "" {
		parts = append(parts, p.InitiatedBy)
	} else if p.Name != "" {
		parts = append(parts, p.Name)
	}
	if p.Initiator != "" {
		parts = append(parts, c.say("side."+string(p.Initiator)))
	}
	parts = append(parts, c.say("agenda.kind."+string(p.Kind)))
	if note := c.planNote(&p.Matter); note != "" {
		parts = append(parts, note)
	}
	return strings.Join(parts, " · ")
}

// planNote names a matter's tasks of the plan, or says why it lies outside.
func (c *Call) planNote(m *agenda.Matter) string {
	return strings.Trim(agenda.PlanNote(c.Lang, m), "[]")
}

func (s *Server) backlogPage(c *Call) error {
	measure, err := c.measureChosen()
	if err != nil {
		return err
	}
	f := agenda.Filter{Where: agenda.Where(c.Query("where")), Side: council.Side(c.Query("side")), Measure: measure}
	all, err := s.Office.Backlog(c.Ctx, c.Actor, f)
	if err != nil {
		return err
	}
	p := templates.Backlog{Crumbs: c.proposalCrumbs(nil), Form: c.NewForm(templates.BacklogFields, 0, struct {
		Where   agenda.Where `json:"where"`
		Side    council.Side `json:"side"`
		Measure string       `json:"measure"`
	}{f.Where, f.Side, c.Query("measure")}), Filtered: f != agenda.Filter{}}
	p.Places = words(c, "proposal.where.", agenda.WaitingPlaces())
	p.Sides = words(c, "side.", sides)
	if p.Measures, err = c.measureChoices(); err != nil {
		return err
	}
	for i := range all {
		p.Waiting = append(p.Waiting, c.backlogRow(&all[i]))
	}
	return c.Page(http.StatusOK, p)
}

// measureChosen is the measure that the address chooses, 0 for all: forms send
// "" for it.
func (c *Call) measureChosen() (int, error) {
	if c.Query("measure") == "" {
		return 0, nil
	}
	return c.number("measure", 0, 1, 99)
}

func (c *Call) backlogRow(x *agenda.Pending) templates.BacklogRow {
	row := templates.BacklogRow{Title: x.TitleIn(c.Lang), State: c.whereTag(x.Whereabouts.Where), Note: c.planNote(&x.Matter),
		Age:  strings.TrimSuffix(c.say("cmd.backlog.age", "n", strconv.Itoa(x.Age), "since", string(x.Since)), "."),
		Said: x.Whereabouts.Text(c.Lang), Next: c.say("cmd.backlog.no-next")}
	if x.Side != "" {
		row.Side = c.say("side." + string(x.Side))
	}
	if x.State != "" {
		row.Href = proposalAt(x.ID)
	}
	if x.Next != nil {
		row.Next = c.say("cmd.backlog.next", "date", string(x.Next.Date))
	}
	if x.LastOut != nil && x.Whereabouts.Where != agenda.IsLeftOut {
		row.Out = c.say("cmd.backlog.out", "date", string(x.LastOut.Date), "why", agenda.Sentences(c.Lang, x.LastOut.Reasons))
	}
	if len(x.Postponed) > 0 && agenda.MaySettle(c.Actor) {
		row.Settle = settleAt(x.ID)
	}
	return row
}

func settleAt(id string) string { return backlogAt + "/" + url.PathEscape(id) + "/settle" }

// carriedMatter is the matter of the path that sessions postponed.
func (s *Server) carriedMatter(c *Call) (agenda.Candidate, error) {
	all, err := s.Office.Carried(c.Ctx, c.Actor)
	for _, x := range all {
		if x.ID == c.Param("id") {
			return x, err
		}
	}
	if err == nil {
		err = problem.New(problem.NotFound, "problem.missing.carried", "id", clip(c.Param("id")))
	}
	return agenda.Candidate{}, err
}

func (s *Server) settlePage(c *Call) error {
	x, err := s.carriedMatter(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.settleForm(&x, c.NewForm(templates.SettleFields, 0, settleRequest{x.Settle})))
}

func (c *Call) settleForm(x *agenda.Candidate, f templates.Form) templates.SettleForm {
	return templates.SettleForm{Form: f, Title: x.TitleIn(c.Lang), Said: agenda.CarriedWhereabouts(x, nil).Text(c.Lang),
		Crumbs:  templates.Crumbs{{Text: c.say("page.backlog.title"), Href: backlogAt}},
		Choices: words(c, "page.settle.", []agenda.Settlement{agenda.SettleDecide, agenda.SettleWithdraw, agenda.SettleGroup})}
}

func (s *Server) settleByForm(c *Call) error {
	x, err := s.carriedMatter(c)
	if err != nil {
		return err
	}
	var in settleRequest
	form, err := c.Form(templates.SettleFields, &in)
	if err != nil {
		return err
	}
	_, err = s.Office.SettleCarried(c.Ctx, c.by(), x.ID, in.Choice)
	if wrong, err := c.Wrong(&form, renamed(err, func(string) string { return "choice" })); wrong {
		return c.FormPage(c.settleForm(&x, form))
	} else if err != nil {
		return err
	}
	return c.Done(backlogAt, "done.settled", "title", x.TitleIn(c.Lang))
}
