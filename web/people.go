package web

import (
	"net/http"

	"padome/council"
)

// councilRoutes are those of people, mandates and working groups.
func (s *Server) councilRoutes() []Route {
	return []Route{
		{"GET", "/api/v1/people", mandated, noBody, s.people},
		{"POST", "/api/v1/people", keepers, formDoc, s.addPerson},
		{"GET", "/api/v1/people/:id", mandated, noBody, s.person},
		{"PUT", "/api/v1/people/:id", keepers, formDoc, s.changePerson},
		{"GET", "/api/v1/mandates", mandated, noBody, s.mandates},
		{"POST", "/api/v1/mandates", keepers, formDoc, s.addMandate},
		{"PUT", "/api/v1/mandates/:id", keepers, formDoc, s.changeMandate},
		{"GET", "/api/v1/groups", Public, noBody, s.groups},
		{"POST", "/api/v1/groups", keepers, formDoc, s.addGroup},
		{"PUT", "/api/v1/groups/:id", keepers, formDoc, s.changeGroup},
		{"GET", "/api/v1/delegations", mandated, noBody, s.delegations},
		{"POST", "/api/v1/delegations", keepers, formDoc, s.addDelegation},
		{"PUT", "/api/v1/delegations/:id", keepers, formDoc, s.changeDelegation},
	}
}

type personRequest struct {
	Given        string         `json:"given"`
	Surname      string         `json:"surname"`
	Gender       council.Gender `json:"gender"`
	Position     string         `json:"position"`
	Organisation string         `json:"organisation"`
	OutsideRiga  bool           `json:"outsideRiga"`
}

func (r personRequest) person(id string) council.Person {
	return council.Person{ID: id, Given: r.Given, Surname: r.Surname, Gender: r.Gender,
		Position: r.Position, Organisation: r.Organisation, OutsideRiga: r.OutsideRiga}
}

func (s *Server) people(c *Call) error {
	all, err := s.Office.People(c.Ctx, c.Actor)
	if err != nil {
		return err
	}
	return listPart(c, all, func(p council.Person) string { return p.ID }, same)
}

func (s *Server) person(c *Call) error {
	p, err := s.Office.Person(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, p, p.Revision)
}

func (s *Server) addPerson(c *Call) error {
	var in personRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	p, err := s.Office.SavePerson(c.Ctx, c.by(), 0, in.person(""))
	if err != nil {
		return err
	}
	return stored(c, p, p.Revision, true)
}

func (s *Server) changePerson(c *Call) error {
	var in personRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	p, err := s.Office.SavePerson(c.Ctx, c.by(), revision, in.person(c.Param("id")))
	if err != nil {
		return err
	}
	return stored(c, p, p.Revision, false)
}

type mandateRequest struct {
	Person        string       `json:"person"`
	Role          council.Role `json:"role"`
	Side          council.Side `json:"side"`
	From          council.Date `json:"from"`
	Until         council.Date `json:"until"`
	SubstituteFor string       `json:"substituteFor"`
	Basis         string       `json:"basis"`
}

func (r mandateRequest) mandate(id string) council.Mandate {
	return council.Mandate{ID: id, Person: r.Person, Role: r.Role, Side: r.Side, From: r.From, Until: r.Until,
		SubstituteFor: r.SubstituteFor, Basis: r.Basis}
}

func (s *Server) mandates(c *Call) error {
	all, err := s.Office.Mandates(c.Ctx, c.Actor)
	if err != nil {
		return err
	}
	return listPart(c, all, func(m council.Mandate) string { return m.ID }, same)
}

func (s *Server) addMandate(c *Call) error {
	var in mandateRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	m, err := s.Office.SaveMandate(c.Ctx, c.by(), 0, in.mandate(""))
	if err != nil {
		return err
	}
	return stored(c, m, m.Revision, true)
}

func (s *Server) changeMandate(c *Call) error {
	var in mandateRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	m, err := s.Office.SaveMandate(c.Ctx, c.by(), revision, in.mandate(c.Param("id")))
	if err != nil {
		return err
	}
	return stored(c, m, m.Revision, false)
}

type groupRequest struct {
	Name     string       `json:"name"`
	NameEN   string       `json:"nameEn"`
	Measures []int        `json:"measures"`
	Members  []string     `json:"members"`
	Lead     string       `json:"lead"`
	From     council.Date `json:"from"`
	Until    council.Date `json:"until"`
}

// newGroupRequest names the group besides: its id is a short word.
type newGroupRequest struct {
	ID string `json:"id"`
	groupRequest
}

func (r groupRequest) group(id string) council.WorkingGroup {
	return council.WorkingGroup{ID: id, Name: r.Name, NameEN: r.NameEN, Measures: listed(r.Measures),
		Members: listed(r.Members), Lead: r.Lead, From: r.From, Until: r.Until}
}

// groupView is a group; who is in it is for those who hold a mandate.
type groupView struct {
	ID       string       `json:"id"`
	Name     string       `json:"name"`
	NameEN   string       `json:"nameEn"`
	Measures []int        `json:"measures"`
	Members  []string     `json:"members,omitempty"`
	Lead     string       `json:"lead,omitempty"`
	From     council.Date `json:"from"`
	Until    council.Date `json:"until,omitempty"`
	Revision uint64       `json:"revision"`
}

func (c *Call) group(g council.WorkingGroup) groupView {
	v := groupView{ID: g.ID, Name: g.Name, NameEN: g.NameEN, Measures: listed(g.Measures),
		From: g.From, Until: g.Until, Revision: g.Revision}
	if council.MaySeePeople(c.Actor) == nil {
		v.Members, v.Lead = g.Members, g.Lead
	}
	return v
}

func (s *Server) groups(c *Call) error {
	all, err := s.Office.Groups(c.Ctx)
	if err != nil {
		return err
	}
	return listPart(c, all, func(g council.WorkingGroup) string { return g.ID }, c.group)
}

func (s *Server) addGroup(c *Call) error {
	var in newGroupRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	g, err := s.Office.SaveGroup(c.Ctx, c.by(), 0, in.group(in.ID))
	if err != nil {
		return err
	}
	return stored(c, c.group(g), g.Revision, true)
}

func (s *Server) changeGroup(c *Call) error {
	var in groupRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	g, err := s.Office.SaveGroup(c.Ctx, c.by(), revision, in.group(c.Param("id")))
	if err != nil {
		return err
	}
	return stored(c, c.group(g), g.Revision, false)
}
