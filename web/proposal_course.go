package web

import (
	"context"
	"net/http"

	"padome/agenda"
	"padome/council"
	"padome/office"
)

// onBehalfRequest is what somebody without an account sent to the council.
type onBehalfRequest struct {
	proposalRequest
	Received council.Date `json:"received"` // the day it came
}

func (s *Server) proposeFor(c *Call) error {
	var in onBehalfRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	return c.showProposal(http.StatusCreated)(s.Office.ProposeFor(c.Ctx, c.by(), in.candidate(), in.Received))
}

type questionRequest struct {
	Question string `json:"question"`
}

func (s *Server) returnProposal(c *Call) error {
	var in questionRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showProposal(http.StatusOK)(s.Office.ReturnProposal(c.Ctx, c.by(), c.Param("id"), revision, in.Question))
}

type answerRequest struct {
	Answer string `json:"answer"`
}

func (s *Server) answerQuestion(c *Call) error {
	var in answerRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showProposal(http.StatusOK)(s.Office.AnswerQuestion(c.Ctx, c.by(), c.Param("id"), revision, in.Answer))
}

// marking is a mark on a proposal that takes nothing but its revision.
type marking func(context.Context, office.By, string, uint64) (agenda.Proposal, error)

func (c *Call) mark(put marking) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	return c.showProposal(http.StatusOK)(put(c.Ctx, c.by(), c.Param("id"), revision))
}

func (s *Server) markReady(c *Call) error { return c.mark(s.Office.MarkReady) }

func (s *Server) confirmJoint(c *Call) error { return c.mark(s.Office.ConfirmJoint) }

func (s *Server) markUrgent(c *Call) error { return c.mark(s.Office.MarkUrgent) }

func (s *Server) withdrawProposal(c *Call) error {
	var in reasonRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showProposal(http.StatusOK)(s.Office.WithdrawProposal(c.Ctx, c.by(), c.Param("id"), revision, in.Reason))
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

func (s *Server) waiveOpinion(c *Call) error { return c.mark(s.Office.WaiveOpinion) }
