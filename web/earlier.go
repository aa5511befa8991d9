package web

import (
	"net/http"

	"padome/council"
	"padome/minutes"
	"padome/office"
)

func init() { addArea(area{routes: (*Server).earlierRoutes}) }

// earlierRoutes are those of sessions that were held before the council used this
// program.
func (s *Server) earlierRoutes() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"POST", "/api/v1/earlier-sessions", preparers, formDoc, s.recordEarlier},
		{"GET", "/api/v1/earlier-sessions/:id", Public, noBody, s.earlier},
		{"PUT", "/api/v1/earlier-sessions/:id", preparers, formDoc, s.recordEarlierAnew},
		{"POST", "/api/v1/earlier-sessions/:id/decisions", preparers, formDoc, s.addEarlierDecision},
	}
}

// earlierRequest is such a session with what it dealt with. Tasks are those of
// the plan in force on its day, whatever revision they name.
type earlierRequest struct {
	Kind      council.SessionKind   `json:"kind"`
	Mode      council.Mode          `json:"mode"`
	Date      council.Date          `json:"date"`
	Starts    council.Clock         `json:"starts"`
	Ends      council.Clock         `json:"ends"`
	Place     string                `json:"place"`
	Presiding string                `json:"presiding"`
	Number    int                   `json:"number"`
	Source    string                `json:"source"`
	Items     []minutes.EarlierItem `json:"items"`
}

func (r earlierRequest) session() council.Session {
	return council.Session{Kind: r.Kind, Mode: r.Mode, Date: r.Date, Starts: r.Starts, Ends: r.Ends, Place: r.Place, Presiding: r.Presiding}
}

func (r earlierRequest) earlier() minutes.Earlier {
	return minutes.Earlier{Number: r.Number, Source: r.Source, Items: r.Items}
}

// earlierView is such a session as everybody may read it.
type earlierView struct {
	sessionView
	Number int                   `json:"number,omitempty"`
	Source string                `json:"source,omitempty"`
	Items  []minutes.EarlierItem `json:"items"`
}

func (c *Call) earlierView(x office.EarlierSession) earlierView {
	return earlierView{c.session(x.Session), x.Earlier.Number, x.Earlier.Source, x.Earlier.Items}
}

func (s *Server) earlier(c *Call) error {
	x, err := s.Office.EarlierSession(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, c.earlierView(x), x.Session.Revision)
}

func (s *Server) recordEarlier(c *Call) error { return s.putEarlier(c, "", 0) }

func (s *Server) recordEarlierAnew(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	return s.putEarlier(c, c.Param("id"), revision)
}

func (s *Server) putEarlier(c *Call, id string, revision uint64) error {
	var in earlierRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	x, err := s.Office.RecordEarlier(c.Ctx, c.by(), id, revision, in.session(), in.earlier())
	if err != nil {
		return err
	}
	return stored(c, c.earlierView(x), x.Session.Revision, id == "")
}

// earlierDecisionRequest is an open decision of such a session, with its number in
// the minutes.
type earlierDecisionRequest struct {
	Number string `json:"number"` // such as 3.2.
	minutes.Clause
}

func (s *Server) addEarlierDecision(c *Call) error {
	var in earlierDecisionRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	d, err := s.Office.AddEarlierDecision(c.Ctx, c.by(), c.Param("id"), in.Number, in.Clause)
	if err != nil {
		return err
	}
	return stored(c, c.decision(d), d.Revision, true)
}
