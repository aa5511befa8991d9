package web

import (
	"net/http"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/office"
	"padome/templates"
)

// actOnProposal does what one of the buttons of a proposal's page asks for.
func (s *Server) actOnProposal(c *Call) error {
	t, err := s.Office.TrackedProposal(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	var in struct {
		Do       string `json:"do"`
		Question string `json:"question"`
		Answer   string `json:"answer"`
	}
	form, err := c.Form(nil, &in)
	if err != nil {
		return err
	}
	marks := map[string]marking{"ready": s.Office.MarkReady, "confirm": s.Office.ConfirmJoint, "urgent": s.Office.MarkUrgent, "waive": s.Office.WaiveOpinion}
	switch put := marks[in.Do]; {
	case in.Do == "ask":
		form.ID, form.Fields = "ask-", templates.ProposalAskFields
		_, err = s.Office.ReturnProposal(c.Ctx, c.by(), t.ID, form.Revision, in.Question)
	case in.Do == "answer":
		form.ID, form.Fields = "answer-", templates.ProposalAnswerFields
		_, err = s.Office.AnswerQuestion(c.Ctx, c.by(), t.ID, form.Revision, in.Answer)
	case put != nil:
		_, err = put(c.Ctx, c.by(), t.ID, form.Revision)
	default:
		return problem.New(malformed, "problem.form.command")
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return s.proposalAgainWith(c, &t, form)
	} else if err != nil {
		return err
	}
	return c.Done(proposalAt(t.ID), "done.proposal."+in.Do, "title", t.Title)
}

// proposalAgainWith is the page with one of its forms to be corrected.
func (s *Server) proposalAgainWith(c *Call, t *office.Tracked, form templates.Form) error {
	p, err := s.proposalShown(c, t)
	if err != nil {
		return err
	}
	if form.ID == "ask-" {
		p.Ask = form
	} else {
		p.Answer = form
	}
	return c.FormPage(p)
}

func (s *Server) opinionPage(c *Call) error {
	p, groups, err := s.opinionOn(c)
	if err != nil {
		return err
	}
	in := agenda.Opinion{On: c.Today()}
	if p.Opinion != nil {
		in = *p.Opinion
	} else if len(groups) == 1 {
		in.Group = groups[0].ID
	}
	return c.Page(http.StatusOK, c.opinionForm(&p, groups, c.NewForm(templates.ProposalOpinionFields, p.Revision, in)))
}

// opinionOn is the proposal of the path with the working groups that the reader
// may speak for.
func (s *Server) opinionOn(c *Call) (agenda.Proposal, []council.WorkingGroup, error) {
	p, err := s.Office.Proposal(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return p, nil, err
	}
	groups, err := c.groupsToSpeakFor()
	if err == nil && len(groups) == 0 {
		err = problem.New(problem.Forbidden, "problem.agenda.opinion")
	}
	return p, groups, err
}

func (c *Call) opinionForm(p *agenda.Proposal, groups []council.WorkingGroup, f templates.Form) templates.ProposalOpinion {
	page := templates.ProposalOpinion{Crumbs: c.proposalCrumbs(p), Form: f, Title: p.Title}
	for _, g := range groups {
		page.Groups = append(page.Groups, templates.Choice{Value: g.ID, Text: c.inLang(g.Name, g.NameEN)})
	}
	return page
}

func (s *Server) opinionByForm(c *Call) error {
	p, groups, err := s.opinionOn(c)
	if err != nil {
		return err
	}
	var in agenda.Opinion
	form, err := c.Form(templates.ProposalOpinionFields, &in)
	if err != nil {
		return err
	}
	_, err = s.Office.SetOpinion(c.Ctx, c.by(), p.ID, form.Revision, in)
	err = renamed(err, func(name string) string { return strings.TrimPrefix(name, "opinion.") })
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.opinionForm(&p, groups, form))
	} else if err != nil {
		return err
	}
	return c.Done(proposalAt(p.ID), "done.proposal.opinion", "title", p.Title)
}

func (s *Server) withdrawalPage(c *Call) error {
	p, err := s.changeable(c)
	if err != nil {
		return err
	}
	return s.withdrawalAsked(c, http.StatusOK, &p, c.NewForm(templates.ReasonFields, p.Revision, nil))
}

func (s *Server) withdrawalAsked(c *Call, status int, p *agenda.Proposal, f templates.Form) error {
	t, err := s.Office.TrackedProposal(c.Ctx, c.Actor, p.ID)
	if err != nil {
		return err
	}
	return c.Page(status, templates.ProposalWithdrawal{Crumbs: c.proposalCrumbs(p), Form: f, Title: p.Title,
		Said: t.Whereabouts.Text(c.Lang), Back: proposalAt(p.ID)})
}

func (s *Server) withdrawByForm(c *Call) error {
	p, err := s.changeable(c)
	if err != nil {
		return err
	}
	var in reasonRequest
	form, err := c.Form(templates.ReasonFields, &in)
	if err != nil {
		return err
	}
	_, err = s.Office.WithdrawProposal(c.Ctx, c.by(), p.ID, form.Revision, in.Reason)
	if wrong, err := c.Wrong(&form, err); wrong {
		return s.withdrawalAsked(c, http.StatusUnprocessableEntity, &p, form)
	} else if err != nil {
		return err
	}
	return c.Done(proposalAt(p.ID), "done.proposal.withdrawn", "title", p.Title)
}
