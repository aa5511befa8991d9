package web

import (
	"net/http"

	"padome/agenda"
	"padome/council"
	"padome/office"
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
		{"POST", "/api/v1/proposals/on-behalf", preparers, longDoc, s.proposeFor},
		{"POST", "/api/v1/proposals/:id/return", preparers, smallDoc, s.returnProposal},
		{"POST", "/api/v1/proposals/:id/answer", proposers, formDoc, s.answerQuestion},
		{"POST", "/api/v1/proposals/:id/ready", preparers, noBody, s.markReady},
		{"POST", "/api/v1/proposals/:id/confirm", proposers, noBody, s.confirmJoint},
		{"POST", "/api/v1/proposals/:id/withdraw", proposers, formDoc, s.withdrawProposal},
		{"POST", "/api/v1/proposals/:id/urgent", leads, noBody, s.markUrgent},
		{"PUT", "/api/v1/proposals/:id/opinion", proposers, longDoc, s.setOpinion},
		{"POST", "/api/v1/proposals/:id/waive", leads, noBody, s.waiveOpinion},
		{"GET", "/api/v1/deadlines", Public, noBody, s.deadlines},
		{"GET", "/api/v1/backlog", proposers, noBody, s.backlog},
		{"GET", "/api/v1/carried", proposers, noBody, s.carried},
		{"POST", "/api/v1/carried/:id/settle", leads, smallDoc, s.settleCarried},
	}
}

// proposalRequest is what people may say of a proposal.
type proposalRequest struct {
	Kind          agenda.Kind  `json:"kind"`
	Title         string       `json:"title"`
	Ground        string       `json:"ground"` // why the council should deal with it
	Wanted        string       `json:"wanted"` // the outcome hoped for
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
	OutsideRiga   bool         `json:"outsideRiga"` // an organisation from outside Rīga presents it
}

func (r proposalRequest) candidate() agenda.Candidate {
	return agenda.Candidate{Ground: r.Ground, Wanted: r.Wanted, Deadline: r.Deadline, Wish: r.Wish, Matter: agenda.Matter{
		Kind: r.Kind, Title: r.Title, Tasks: r.Tasks, OutsidePlan: r.OutsidePlan, Initiator: r.Initiator,
		InitiatedBy: r.InitiatedBy, Presenters: r.Presenters, Invited: r.Invited, Minutes: r.Minutes,
		DraftDecision: r.DraftDecision, Addressees: r.Addressees, OutsideRiga: r.OutsideRiga,
	}}
}

// proposalView is a proposal with its state in words: of itself in the answer to
// a change, with the coming session's agenda in the answer to a question.
type proposalView struct {
	agenda.Proposal
	CountsAs    council.Side       `json:"countsAs"` // the side that it counts as (P12)
	Whereabouts agenda.Whereabouts `json:"whereabouts"`
	StateText   string             `json:"stateText"`
	Decisions   []decisionView     `json:"decisions,omitempty"` // of the session that dealt with it
}

func (c *Call) proposal(p agenda.Proposal) proposalView {
	return c.tracked(office.Tracked{Proposal: p, Whereabouts: p.Whereabouts(nil, nil)})
}

func (c *Call) tracked(t office.Tracked) proposalView {
	v := proposalView{Proposal: t.Proposal, CountsAs: t.CountsAs(), Whereabouts: t.Whereabouts, StateText: t.Whereabouts.Text(c.Lang)}
	for _, d := range t.Decisions {
		v.Decisions = append(v.Decisions, c.decision(d))
	}
	return v
}

// proposals are all, or with ?mine=true the caller's own that wait.
func (s *Server) proposals(c *Call) error {
	mine, err := c.flag("mine")
	if err != nil {
		return err
	}
	if mine {
		all, err := s.Office.OwnProposals(c.Ctx, c.Actor)
		if err != nil {
			return err
		}
		return listPart(c, all, func(t office.Tracked) string { return t.ID }, c.tracked)
	}
	p, err := c.page()
	if err != nil {
		return err
	}
	all, next, err := s.Office.TrackedProposals(c.Ctx, c.Actor, p)
	if err != nil {
		return err
	}
	return list(c, all, next, c.tracked)
}

func (s *Server) proposal(c *Call) error {
	t, err := s.Office.TrackedProposal(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, c.tracked(t), t.Revision)
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
