package web

import (
	"net/http"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/office"
)

// governanceRoutes are those of how principles are proposed and agreed. What is
// proposed is for members of the council and of its working groups, which only
// the office can tell: others do not find it.
func (s *Server) governanceRoutes() []Route {
	return []Route{
		{"GET", "/api/v1/principles/diff", LoggedIn, noBody, s.principlesChanges},
		{"GET", "/api/v1/principles/compare", LoggedIn, noBody, s.comparePrinciples},
		{"GET", "/api/v1/principles/overrides", mandated, noBody, s.overrides},
		{"GET", "/api/v1/principles/drafts", LoggedIn, noBody, s.principlesDrafts},
		{"POST", "/api/v1/principles/drafts", LoggedIn, formDoc, s.proposePrinciples},
		{"GET", "/api/v1/principles/drafts/:id", LoggedIn, noBody, s.principlesDraft},
		{"PUT", "/api/v1/principles/drafts/:id", LoggedIn, formDoc, s.editPrinciplesDraft},
		{"PUT", "/api/v1/principles/drafts/:id/groups", preparers, smallDoc, s.requireGroups},
		{"PUT", "/api/v1/principles/drafts/:id/agreements/:group", preparers, smallDoc, s.recordAgreement},
		{"DELETE", "/api/v1/principles/drafts/:id/agreements/:group", preparers, noBody, s.takeBackAgreement},
		{"POST", "/api/v1/principles/drafts/:id/remarks", LoggedIn, formDoc, s.remarkOnPrinciples},
		{"POST", "/api/v1/principles/drafts/:id/withdraw", LoggedIn, formDoc, s.withdrawPrinciples},
		{"POST", "/api/v1/principles/drafts/:id/reject", preparers, formDoc, s.rejectPrinciples},
		{"POST", "/api/v1/principles/drafts/:id/adopt", preparers, noBody, s.adoptPrinciples},
	}
}

// principlesDraftView is a proposed set with the working groups that still have
// to agree.
type principlesDraftView struct {
	agenda.PrinciplesDraft
	StateText string   `json:"stateText"`
	Missing   []string `json:"missing"`
}

func (c *Call) principlesDraft(d agenda.PrinciplesDraft) principlesDraftView {
	return principlesDraftView{d, c.say("principles.state." + string(d.State)), listed(d.Missing())}
}

func (s *Server) principlesDrafts(c *Call) error {
	p, err := c.page()
	if err != nil {
		return err
	}
	all, next, err := s.Office.PrinciplesDrafts(c.Ctx, c.Actor, p)
	if err != nil {
		return err
	}
	return list(c, all, next, c.principlesDraft)
}

// showDraft answers with what became of a proposed set.
func showDraft(c *Call, created bool) func(agenda.PrinciplesDraft, error) error {
	return func(d agenda.PrinciplesDraft, err error) error {
		if err != nil {
			return err
		}
		return stored(c, c.principlesDraft(d), d.Revision, created)
	}
}

func (s *Server) principlesDraft(c *Call) error {
	return showDraft(c, false)(s.Office.PrinciplesDraft(c.Ctx, c.Actor, c.Param("id")))
}

type principlesDraftRequest struct {
	Group   string            `json:"group"` // that proposes the set
	Content principlesContent `json:"content"`
}

func (s *Server) proposePrinciples(c *Call) error {
	var in principlesDraftRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	return showDraft(c, true)(s.Office.ProposePrinciples(c.Ctx, c.by(), in.Group, in.Content.principles()))
}

func (s *Server) editPrinciplesDraft(c *Call) error {
	var in principlesContent
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return showDraft(c, false)(s.Office.EditPrinciplesDraft(c.Ctx, c.by(), c.Param("id"), revision, in.principles()))
}

type requiredRequest struct {
	Groups []string `json:"groups"`
}

func (s *Server) requireGroups(c *Call) error {
	var in requiredRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return showDraft(c, false)(s.Office.RequireGroups(c.Ctx, c.by(), c.Param("id"), revision, in.Groups))
}

type agreementRequest struct {
	On        council.Date `json:"on"`
	Reference string       `json:"reference"` // the decision or minutes that say so
}

func (s *Server) recordAgreement(c *Call) error {
	var in agreementRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return showDraft(c, false)(s.Office.RecordAgreement(c.Ctx, c.by(), c.Param("id"), revision, c.Param("group"), in.On, in.Reference))
}

func (s *Server) takeBackAgreement(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	return showDraft(c, false)(s.Office.TakeBackAgreement(c.Ctx, c.by(), c.Param("id"), revision, c.Param("group")))
}

type remarkRequest struct {
	Rule string `json:"rule"` // that it speaks of; empty: of the whole set
	Text string `json:"text"`
}

func (s *Server) remarkOnPrinciples(c *Call) error {
	var in remarkRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return showDraft(c, false)(s.Office.RemarkOnPrinciples(c.Ctx, c.by(), c.Param("id"), revision, in.Rule, in.Text))
}

func (s *Server) withdrawPrinciples(c *Call) error {
	var in reasonRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return showDraft(c, false)(s.Office.WithdrawPrinciples(c.Ctx, c.by(), c.Param("id"), revision, in.Reason))
}

func (s *Server) rejectPrinciples(c *Call) error {
	var in reasonRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return showDraft(c, false)(s.Office.RejectPrinciples(c.Ctx, c.by(), c.Param("id"), revision, in.Reason))
}

func (s *Server) adoptPrinciples(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	p, err := s.Office.AdoptPrinciples(c.Ctx, c.by(), c.Param("id"), revision)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, p, uint64(p.Version))
}

// twoSets are the sets of principles that ?a= and ?b= name: the number of a
// version, or the id of a proposed set.
func (c *Call) twoSets() (a, b office.PrinciplesRef, err error) {
	var l problem.List
	for _, name := range []string{"a", "b"} {
		if c.Query(name) == "" {
			l.Add(name, "problem.text.missing")
		}
	}
	return office.ParsePrinciplesRef(c.Query("a")), office.ParsePrinciplesRef(c.Query("b")), l.Err()
}

// principlesChangesAnswer is what the second set has otherwise than the first.
type principlesChangesAnswer struct {
	A       agenda.ComparedSet  `json:"a"`
	B       agenda.ComparedSet  `json:"b"`
	Changes []agenda.RuleChange `json:"changes"`
}

func (s *Server) principlesChanges(c *Call) error {
	a, b, err := c.twoSets()
	if err != nil {
		return err
	}
	x, err := s.Office.PrinciplesChanges(c.Ctx, c.Actor, a, b)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, principlesChangesAnswer{x.A, x.B, x.Changes}, 0)
}

func (s *Server) comparePrinciples(c *Call) error {
	a, b, err := c.twoSets()
	if err != nil {
		return err
	}
	span, err := c.span()
	if err != nil {
		return err
	}
	x, err := s.Office.ComparePrinciples(c.Ctx, c.Actor, a, b, span)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, x, 0)
}

func (s *Server) overrides(c *Call) error {
	span, err := c.span()
	if err != nil {
		return err
	}
	g, err := s.Office.Overrides(c.Ctx, c.Actor, span)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, g, 0)
}
