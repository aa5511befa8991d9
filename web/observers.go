package web

import (
	"net/http"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/auth"
	"padome/internal/problem"
)

// observerRoutes are those of observers who sign up for a session (P17). Anybody
// may sign up, without an account, and withdraw by the id they were given.
func (s *Server) observerRoutes() []Route {
	return []Route{
		{"POST", "/api/v1/sessions/:id/observers", Public, smallDoc, s.signUp},
		{"GET", "/api/v1/sessions/:id/observers", drafters, noBody, s.observers},
		{"DELETE", "/api/v1/sessions/:id/observers", preparers, noBody, s.removeObservers},
		{"DELETE", "/api/v1/sessions/:id/observers/:observer", Public, noBody, s.withdrawObserver},
	}
}

// observerRequest is all that is asked of an observer.
type observerRequest struct {
	Name         string `json:"name"`
	Organisation string `json:"organisation"`
	Topic        string `json:"topic"` // what they want to speak on; empty: they only listen
}

func (s *Server) signUp(c *Call) error {
	var in observerRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	o, err := s.signUpOne(c, in)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, o, 0)
}

// signUpLimits let ten people sign up for a session from one address, an office
// perhaps, and then one every half minute and less; nobody fills the places of a
// session from one machine.
var signUpLimits = auth.Limits{
	Pair: 10, Address: 30, Name: 10_000,
	First: 30 * time.Second, StrangerAt: 30 * time.Second, Longest: 10 * time.Minute,
	Forget: time.Hour, Entries: 10_000,
}

// signUpOne signs somebody up, unless too many have just come from the address;
// what is refused for other reasons does not count.
func (s *Server) signUpOne(c *Call, in observerRequest) (council.Observer, error) {
	session, from := c.Param("id"), c.address()
	if wait := s.SignUps.Attempt(c.Now, session, from); wait > 0 {
		return council.Observer{}, problem.New(problem.TooMany, "problem.observer.wait", "seconds", seconds(wait))
	}
	o, err := s.Office.SignUp(c.Ctx, c.by(), session, council.Observer{Name: in.Name, Organisation: in.Organisation, Topic: in.Topic})
	if err != nil {
		s.SignUps.Undo(c.Now, session, from)
	}
	return o, err
}

func (s *Server) observers(c *Call) error {
	all, err := s.Office.Observers(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return listPart(c, all, func(o council.Observer) string { return o.ID }, same)
}

func (s *Server) withdrawObserver(c *Call) error {
	if err := s.Office.WithdrawObserver(c.Ctx, c.by(), c.Param("id"), c.Param("observer")); err != nil {
		return err
	}
	return c.NoContent()
}

func (s *Server) removeObservers(c *Call) error {
	if _, err := s.Office.RemoveObservers(c.Ctx, c.by(), c.Param("id")); err != nil {
		return err
	}
	return c.NoContent()
}

// deadlineView is a deadline with what it is for in words.
type deadlineView struct {
	agenda.Deadline
	Text string `json:"text"`
}

func (s *Server) deadlinesOf(c *Call) error {
	all, err := s.Office.DeadlinesOf(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	return listPart(c, all, func(d agenda.Deadline) string { return string(d.Of) }, func(d agenda.Deadline) deadlineView {
		return deadlineView{d, c.say("deadline."+string(d.Of), "date", string(d.Date), "time", string(d.Clock))}
	})
}
