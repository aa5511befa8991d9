package web

import (
	"net/http"

	"padome/agenda"
	"padome/council"
)

// comingView is a coming session with its time limits in words.
type comingView struct {
	agenda.Coming
	Text string `json:"text"`
}

// deadlines answers with what people are told before they hand in a proposal.
func (s *Server) deadlines(c *Call) error {
	all, err := s.Office.Deadlines(c.Ctx)
	if err != nil {
		return err
	}
	return listPart(c, all, func(x agenda.Coming) string { return x.Session }, func(x agenda.Coming) comingView {
		return comingView{x, agenda.Sentences(c.Lang, x.Said)}
	})
}

// pendingView is a matter of the backlog with its state in words.
type pendingView struct {
	agenda.Pending
	StateText string `json:"stateText"`
}

func (s *Server) backlog(c *Call) error {
	measure, err := c.number("measure", 0, 1, 99)
	if err != nil {
		return err
	}
	f := agenda.Filter{Where: agenda.Where(c.Query("where")), Side: council.Side(c.Query("side")), Measure: measure}
	all, err := s.Office.Backlog(c.Ctx, c.Actor, f)
	if err != nil {
		return err
	}
	return listPart(c, all, func(x agenda.Pending) string { return x.ID }, func(x agenda.Pending) pendingView {
		return pendingView{x, x.Whereabouts.Text(c.Lang)}
	})
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
