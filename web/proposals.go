package web

import (
	"net/http"

	"padome/agenda"
	"padome/council"
	"padome/plan"
)

// proposalRoutes are those of what people propose, and of what sessions
// postponed.
func (s *Server) proposalRoutes() []Route {
	return []Route{
		{"GET", "/api/v1/proposals", proposers, noBody, s.proposals},
		{"POST", "/api/v1/proposals", proposers, longDoc, s.propose},
		{"GET", "/api/v1/proposals/:id", Public, noBody, s.proposal},
		{"PUT", "/api/v1/proposals/:id", proposers, longDoc, s.changeProposal},
		{"POST", "/api/v1/proposals/:id/withdraw", proposers, formDoc, s.withdrawProposal},
		{"POST", "/api/v1/proposals/:id/urgent", leads, noBody, s.markUrgent},
		{"PUT", "/api/v1/proposals/:id/opinion", proposers, longDoc, s.setOpinion},
		{"POST", "/api/v1/proposals/:id/waive", leads, noBody, s.waiveOpinion},
		{"GET", "/api/v1/carried", proposers, noBody, s.carried},
		{"POST", "/api/v1/carried/:id/settle", leads, smallDoc, s.settleCarried},
	}
}

// proposalRequest is what people may say of a proposal.
type proposalRequest struct {
	Kind          agenda.Kind  `json:"kind"`
	Title         string       `json:"title"`
	Tasks         []plan.Ref   `json:"tasks"`
	OutsidePlan   string       `json:"outsidePlan"`
	Initiator     council.Side `json:"initiator"`
	InitiatedBy   string       `json:"initiatedBy"`
	Presenters    []string     `json:"presenters"`
	Invited       []string     `json:"invited"`
	Minutes       int          `json:"minutes"`
	DraftDecision string       `json:"draftDecision"`
	Addressees    []string     `json:"addressees"` // institutions that the draft decision gives a task
	Deadline      council.Date `json:"deadline"`
	Wish          council.Date `json:"wish"`
}

func (r proposalRequest) candidate() agenda.Candidate {
	return agenda.Candidate{Deadline: r.Deadline, Wish: r.Wish, Matter: agenda.Matter{
		Kind: r.Kind, Title: r.Title, Tasks: r.Tasks, OutsidePlan: r.OutsidePlan, Initiator: r.Initiator,
		InitiatedBy: r.InitiatedBy, Presenters: r.Presenters, Invited: r.Invited, Minutes: r.Minutes,
		DraftDecision: r.DraftDecision, Addressees: r.Addressees,
	}}
}

// proposalView is a proposal with its state in words.
type proposalView struct {
	agenda.Proposal
	StateText string `json:"stateText"`
}

func (c *Call) proposal(p agenda.Proposal) proposalView {
	return proposalView{p, c.say("api.proposal." + string(p.State))}
}

func (s *Server) proposals(c *Call) error {
	p, err := c.page()
	if err != nil {
		return err
	}
	all, next, err := s.Office.Proposals(c.Ctx, c.Actor, p)
	if err != nil {
		return err
	}
	return list(c, all, next, c.proposal)
}

func (s *Server) proposal(c *Call) error {
	return c.showProposal(http.StatusOK)(s.Office.Proposal(c.Ctx, c.Actor, c.Param("id")))
}

// showProposal answers with a proposal, or passes a refusal on.
func (c *Call) showProposal(status int) func(agenda.Proposal, error) error {
	return func(p agenda.Proposal, err error) error {
		if err != nil {
			return err
		}
		return c.JSON(status, c.proposal(p), p.Revision)
	}
}

func (s *Server) propose(c *Call) error {
	var in proposalRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	return c.showProposal(http.StatusCreated)(s.Office.Propose(c.Ctx, c.by(), in.candidate()))
}

func (s *Server) changeProposal(c *Call) error {
	var in proposalRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showProposal(http.StatusOK)(s.Office.ChangeProposal(c.Ctx, c.by(), c.Param("id"), revision, in.candidate()))
}

func (s *Server) withdrawProposal(c *Call) error {
	var in reasonRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showProposal(http.StatusOK)(s.Office.WithdrawProposal(c.Ctx, c.by(), c.Param("id"), revision, in.Reason))
}

func (s *Server) markUrgent(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	return c.showProposal(http.StatusOK)(s.Office.MarkUrgent(c.Ctx, c.by(), c.Param("id"), revision))
}

// setOpinion is for the secretariat and the leads of working groups; which group
// somebody leads, the office knows.
func (s *Server) setOpinion(c *Call) error {
	var in agenda.Opinion
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showProposal(http.StatusOK)(s.Office.SetOpinion(c.Ctx, c.by(), c.Param("id"), revision, in))
}

func (s *Server) waiveOpinion(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	return c.showProposal(http.StatusOK)(s.Office.WaiveOpinion(c.Ctx, c.by(), c.Param("id"), revision))
}

func (s *Server) carried(c *Call) error {
	all, err := s.Office.Carried(c.Ctx, c.Actor)
	if err != nil {
		return err
	}
	return listPart(c, all, func(x agenda.Candidate) string { return x.ID }, same)
}

type settleRequest struct {
	Choice agenda.Settlement `json:"choice"`
}

// settleCarried takes no revision: a carried matter has none, and the leads'
// last word holds.
func (s *Server) settleCarried(c *Call) error {
	var in settleRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	x, err := s.Office.SettleCarried(c.Ctx, c.by(), c.Param("id"), in.Choice)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, x, 0)
}
