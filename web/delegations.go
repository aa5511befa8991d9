package web

import "padome/council"

// delegationRequest is whom the council sends to which other body, and for how
// long.
type delegationRequest struct {
	Person string       `json:"person"`
	Body   string       `json:"body"`
	BodyEN string       `json:"bodyEn"`
	From   council.Date `json:"from"`
	Until  council.Date `json:"until"`
}

func (r delegationRequest) delegation(id string) council.Delegation {
	return council.Delegation{ID: id, Person: r.Person, Body: r.Body, BodyEN: r.BodyEN, From: r.From, Until: r.Until}
}

func (s *Server) delegations(c *Call) error {
	all, err := s.Office.Delegations(c.Ctx)
	if err != nil {
		return err
	}
	return listPart(c, all, func(d council.Delegation) string { return d.ID }, same)
}

func (s *Server) addDelegation(c *Call) error {
	var in delegationRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	d, err := s.Office.SaveDelegation(c.Ctx, c.by(), 0, in.delegation(""))
	if err != nil {
		return err
	}
	return stored(c, d, d.Revision, true)
}

func (s *Server) changeDelegation(c *Call) error {
	var in delegationRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	d, err := s.Office.SaveDelegation(c.Ctx, c.by(), revision, in.delegation(c.Param("id")))
	if err != nil {
		return err
	}
	return stored(c, d, d.Revision, false)
}
