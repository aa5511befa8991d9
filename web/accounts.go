package web

import (
	"net/http"
	"time"

	"padome/internal/auth"
)

// accountRoutes are those of the accounts, which only their keepers see.
func (s *Server) accountRoutes() []Route {
	return []Route{
		{"GET", "/api/v1/accounts", keepers, noBody, s.accounts},
		{"POST", "/api/v1/accounts", keepers, smallDoc, s.addAccount},
		{"POST", "/api/v1/accounts/:id/reset", keepers, noBody, s.resetLink},
		{"POST", "/api/v1/accounts/:id/disable", keepers, noBody, s.disableAccount},
		{"POST", "/api/v1/accounts/:id/enable", keepers, noBody, s.enableAccount},
	}
}

// accountView is an account without its password's hash.
type accountView struct {
	ID              string    `json:"id"`
	Name            string    `json:"name"`
	Person          string    `json:"person"`
	HasPassword     bool      `json:"hasPassword"`
	Disabled        bool      `json:"disabled"`
	Created         time.Time `json:"created"`
	PasswordChanged time.Time `json:"passwordChanged,omitzero"`
	Revision        uint64    `json:"revision"`
}

func viewAccount(a auth.Account) accountView {
	return accountView{a.ID, a.Name, a.Person, a.Hash != "", a.Disabled, a.Created, a.PasswordChanged, a.Revision}
}

func (s *Server) accounts(c *Call) error {
	p, err := c.page()
	if err != nil {
		return err
	}
	all, next, err := s.Office.Logins().Accounts(c.Ctx, c.Actor, p)
	if err != nil {
		return err
	}
	return list(c, all, next, viewAccount)
}

type accountRequest struct {
	Name   string `json:"name"`
	Person string `json:"person"`
}

// linkAnswer is a one-time link: a path of this server, since only the caller
// knows by which name people reach it. It is told once and kept nowhere.
type linkAnswer struct {
	Account *accountView `json:"account,omitempty"`
	Link    string       `json:"link"`
}

func (s *Server) addAccount(c *Call) error {
	var in accountRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	a, token, err := s.Office.Logins().AddAccount(c.Ctx, c.by(), in.Name, in.Person)
	if err != nil {
		return err
	}
	v := viewAccount(a)
	return stored(c, linkAnswer{&v, "/setup/" + token}, a.Revision, true)
}

func (s *Server) resetLink(c *Call) error {
	token, err := s.Office.Logins().ResetLink(c.Ctx, c.by(), c.Param("id"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, linkAnswer{Link: "/setup/" + token}, 0)
}

func (s *Server) disableAccount(c *Call) error { return s.setDisabled(c, true) }

func (s *Server) enableAccount(c *Call) error { return s.setDisabled(c, false) }

func (s *Server) setDisabled(c *Call, disabled bool) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	a, err := s.Office.Logins().Disable(c.Ctx, c.by(), c.Param("id"), revision, disabled)
	if err != nil {
		return err
	}
	return stored(c, viewAccount(a), a.Revision, false)
}
