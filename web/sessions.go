package web

import (
	"net/http"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
)

// sessionRoutes are those of the council's sessions.
func (s *Server) sessionRoutes() []Route {
	return []Route{
		{"GET", "/api/v1/sessions", Public, noBody, s.sessions},
		{"POST", "/api/v1/sessions", keepers, formDoc, s.planSession},
		{"GET", "/api/v1/sessions/:id", Public, noBody, s.session},
		{"PUT", "/api/v1/sessions/:id", keepers, formDoc, s.changeSession},
		{"POST", "/api/v1/sessions/:id/cancel", keepers, formDoc, s.cancelSession},
		{"POST", "/api/v1/sessions/:id/open", LoggedIn, smallDoc, s.openSession},
		{"POST", "/api/v1/sessions/:id/close", LoggedIn, smallDoc, s.closeSession},
		{"GET", "/api/v1/sessions/:id/deadlines", Public, noBody, s.deadlinesOf},
		{"GET", "/api/v1/presiding", mandated, noBody, s.presiding},
	}
}

// sessionView is a session; by which link people join and who presides is for
// those who hold a mandate.
type sessionView struct {
	ID          string               `json:"id"`
	Kind        council.SessionKind  `json:"kind"`
	Mode        council.Mode         `json:"mode"`
	Date        council.Date         `json:"date"`
	Starts      council.Clock        `json:"starts"`
	Ends        council.Clock        `json:"ends"`
	Place       string               `json:"place"`
	Link        string               `json:"link,omitempty"`
	Presiding   string               `json:"presiding,omitempty"`
	Earlier     bool                 `json:"earlier,omitempty"`   // held before the council used this program
	OutOfTurn   string               `json:"outOfTurn,omitempty"` // why that person presides twice running (P13)
	MinuteTaker string               `json:"minuteTaker,omitempty"`
	State       council.SessionState `json:"state"`
	StateText   string               `json:"stateText"`
	OpenedAt    council.Clock        `json:"openedAt,omitempty"`
	ClosedAt    council.Clock        `json:"closedAt,omitempty"`
	Revision    uint64               `json:"revision"`
}

func (c *Call) session(s council.Session) sessionView {
	v := sessionView{ID: s.ID, Kind: s.Kind, Mode: s.Mode, Date: s.Date, Starts: s.Starts, Ends: s.Ends, Place: s.Place,
		State: s.State, OpenedAt: s.OpenedAt, ClosedAt: s.ClosedAt, Earlier: s.Earlier, Revision: s.Revision}
	if s.State != "" {
		v.StateText = c.say("session.state." + string(s.State))
	}
	if council.MaySeePeople(c.Actor) == nil {
		v.Link, v.Presiding, v.OutOfTurn, v.MinuteTaker = s.Link, s.Presiding, s.OutOfTurn, s.MinuteTaker
	}
	return v
}

func (s *Server) sessions(c *Call) error {
	p, err := c.page()
	if err != nil {
		return err
	}
	span, err := c.span()
	if err != nil {
		return err
	}
	if span.NewestFirst, err = c.flag("newest"); err != nil {
		return err
	}
	all, next, err := s.Office.Sessions(c.Ctx, span, p)
	if err != nil {
		return err
	}
	return list(c, all, next, c.session)
}

func (s *Server) session(c *Call) error {
	x, err := s.Office.Session(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, c.session(x), x.Revision)
}

type sessionRequest struct {
	Kind      council.SessionKind `json:"kind"`
	Mode      council.Mode        `json:"mode"`
	Date      council.Date        `json:"date"`
	Starts    council.Clock       `json:"starts"`
	Ends      council.Clock       `json:"ends"`
	Place     string              `json:"place"`
	Link      string              `json:"link"`
	Presiding string              `json:"presiding"` // who is to preside; may be left open until the session opens
}

func (r sessionRequest) session() council.Session {
	return council.Session{Kind: r.Kind, Mode: r.Mode, Date: r.Date, Starts: r.Starts, Ends: r.Ends, Place: r.Place, Link: r.Link,
		Presiding: r.Presiding}
}

func (s *Server) planSession(c *Call) error {
	var in sessionRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	x, err := s.Office.PlanSession(c.Ctx, c.by(), in.session())
	if err != nil {
		return err
	}
	return stored(c, c.session(x), x.Revision, true)
}

func (s *Server) changeSession(c *Call) error {
	var in sessionRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return s.showSession(c)(s.Office.ChangeSession(c.Ctx, c.by(), c.Param("id"), revision, in.session()))
}

// showSession answers with a changed session, or passes its refusal on.
func (s *Server) showSession(c *Call) func(council.Session, error) error {
	return func(x council.Session, err error) error {
		if err != nil {
			return err
		}
		return stored(c, c.session(x), x.Revision, false)
	}
}

// reasonRequest is why something is done.
type reasonRequest struct {
	Reason string `json:"reason"`
}

func (s *Server) cancelSession(c *Call) error {
	var in reasonRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return s.showSession(c)(s.Office.CancelSession(c.Ctx, c.by(), c.Param("id"), revision, in.Reason))
}

type openRequest struct {
	Presiding   string        `json:"presiding"`
	MinuteTaker string        `json:"minuteTaker"`
	OpenedAt    council.Clock `json:"openedAt"`
	OutOfTurn   string        `json:"outOfTurn"` // why the same office presides twice running (P13)
}

func (s *Server) openSession(c *Call) error {
	var in openRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return s.showSession(c)(s.Office.OpenSession(c.Ctx, c.by(), c.Param("id"), revision, in.Presiding, in.MinuteTaker, in.OpenedAt, in.OutOfTurn))
}

type closeRequest struct {
	ClosedAt council.Clock `json:"closedAt"`
}

func (s *Server) closeSession(c *Call) error {
	var in closeRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return s.showSession(c)(s.Office.CloseSession(c.Ctx, c.by(), c.Param("id"), revision, in.ClosedAt))
}

// turnView is whose turn it is to preside, and why.
type turnView struct {
	Date   council.Date  `json:"date"`
	Role   council.Role  `json:"role"`
	Person string        `json:"person,omitempty"`
	Reason agenda.Reason `json:"reason"`
}

func (s *Server) presiding(c *Call) error {
	on, err := c.date("date", true)
	if err != nil {
		return err
	}
	t, err := s.Office.PresidingTurn(c.Ctx, on)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, turnView{on, t.Role, t.Person, agenda.Reason{Rule: "P13", Key: t.Key, Facts: locale.Args(t.Args)}}, 0)
}
