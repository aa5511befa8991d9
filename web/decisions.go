package web

import (
	"net/http"
	"slices"
	"strings"

	"padome/council"
	"padome/minutes"
	"padome/office"
	"padome/plan"
)

// decisionRoutes are those of decisions and of how they are carried out.
func (s *Server) decisionRoutes() []Route {
	return []Route{
		{"GET", "/api/v1/decisions", Public, noBody, s.decisions},
		{"GET", "/api/v1/decisions/:id", Public, noBody, s.decision},
		{"PUT", "/api/v1/decisions/:id", LoggedIn, formDoc, s.rewordDecision},
		{"DELETE", "/api/v1/decisions/:id", LoggedIn, noBody, s.takeBackDecision},
	}
}

// decisionView is a decision with its number and status in words. Who reported
// on it is for those who see the record.
type decisionView struct {
	ID         string         `json:"id"`
	Session    string         `json:"session"`
	Item       string         `json:"item"`
	Number     string         `json:"number"`
	Taken      council.Date   `json:"taken"`
	Wording    string         `json:"wording"`
	Addressee  string         `json:"addressee,omitempty"`
	Deadline   council.Date   `json:"deadline,omitempty"`
	UntilNext  bool           `json:"untilNext,omitempty"`
	Tasks      []plan.Ref     `json:"tasks"`
	Status     minutes.Status `json:"status"`
	StatusText string         `json:"statusText"`
	Claimed    *claimView     `json:"claimed,omitempty"` // waits for the council
	Progress   []progressView `json:"progress"`
	Findings   []findingView  `json:"findings"` // of the council, oldest first
	Reminders  []minutes.Sent `json:"reminders,omitempty"`
	Revision   uint64         `json:"revision"`
}

func (c *Call) decision(d minutes.Decision) decisionView {
	v := decisionView{ID: d.ID, Session: d.Session, Item: d.Item, Number: d.Number(), Taken: d.Taken, Wording: d.Wording,
		Addressee: d.Addressee, Deadline: d.Deadline, UntilNext: d.UntilNext, Tasks: listed(d.Tasks), Status: d.Status,
		StatusText: c.say("api.decision." + string(d.Status)), Progress: []progressView{}, Findings: []findingView{}, Revision: d.Revision}
	c.followed(&v, d)
	return v
}

// decisions are those of ?session=, with ?open=true the open ones of them; those
// that ?state=, ?addressee= or ?measure= choose of all; without any of these all
// that are still to be carried out.
func (s *Server) decisions(c *Call) error {
	open, err := c.flag("open")
	if err != nil {
		return err
	}
	if session := c.Query("session"); session != "" {
		all, err := s.Office.DecisionsOf(c.Ctx, c.Actor, session)
		if err != nil {
			return err
		}
		if open {
			all = slices.DeleteFunc(all, func(d minutes.Decision) bool { return !d.Status.Open() })
		}
		return listPart(c, all, func(d minutes.Decision) string { return d.ID }, c.decision)
	}
	p, err := c.page()
	if err != nil {
		return err
	}
	f, filtered, err := c.decisionFilter()
	if err != nil {
		return err
	}
	if filtered {
		all, next, err := s.Office.DecisionsTaken(c.Ctx, c.Actor, f, p)
		if err != nil {
			return err
		}
		return list(c, all, next, func(x office.Followed) decisionView { return c.decision(x.Decision) })
	}
	all, next, err := s.Office.OpenDecisions(c.Ctx, c.Actor, p)
	if err != nil {
		return err
	}
	return list(c, all, next, c.decision)
}

// decisionFilter is what the address chooses of all decisions. "all" is the same
// as no state.
func (c *Call) decisionFilter() (f office.DecisionFilter, filtered bool, err error) {
	state := c.Query("state")
	f = office.DecisionFilter{State: office.DecisionState(state), Addressee: strings.TrimSpace(c.Query("addressee"))}
	if state == "all" {
		f.State = office.AllDecisions
	}
	f.Measure, err = c.measureChosen()
	return f, state != "" || f != office.DecisionFilter{}, err
}

// showDecision answers with a decision, or passes a refusal on.
func (c *Call) showDecision(status int) func(minutes.Decision, error) error {
	return func(d minutes.Decision, err error) error {
		if err != nil {
			return err
		}
		return c.JSON(status, c.decision(d), d.Revision)
	}
}

func (s *Server) decision(c *Call) error {
	return c.showDecision(http.StatusOK)(s.Office.Decision(c.Ctx, c.Actor, c.Param("id")))
}

// takeDecision adds a clause; the revision is that of the item's treatment.
func (s *Server) takeDecision(c *Call) error {
	var in minutes.Clause
	revision, err := c.beginningOrChanging(&in)
	if err != nil {
		return err
	}
	return c.showDecision(http.StatusCreated)(
		s.Office.TakeDecision(c.Ctx, c.by(), c.Param("id"), c.Param("item"), revision, in))
}

func (s *Server) rewordDecision(c *Call) error {
	var in minutes.Clause
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showDecision(http.StatusOK)(s.Office.RewordDecision(c.Ctx, c.by(), c.Param("id"), revision, in))
}

func (s *Server) takeBackDecision(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	return c.showTreatment(s.Office.TakeBackDecision(c.Ctx, c.by(), c.Param("id"), revision))
}
