package web

import (
	"net/http"
	"slices"
	"strings"

	"padome/council"
	"padome/templates"
)

// mandateForm is the page of a mandate, with those who may be stood in for.
func (s *Server) mandateForm(c *Call, f templates.Form, p council.Person, isNew bool) (templates.MandateForm, error) {
	v := templates.MandateForm{Form: f, New: isNew, Name: p.Name(), Back: personAt(p.ID)}
	v.Crumbs = append(c.peopleCrumbs(), templates.Link{Text: p.Name(), Href: v.Back})
	r, err := s.Office.Roster(c.Ctx)
	if err != nil {
		return v, err
	}
	roles := map[string][]string{}
	for _, role := range []council.Role{council.Chair, council.Deputy, council.Member} {
		for _, m := range r.Holders(role, c.Today()) {
			who, _ := r.Person(m.Person)
			roles[m.Person] = append(roles[m.Person], c.roleOf(string(role), who))
		}
	}
	all, err := s.registered(c)
	for _, x := range all {
		if len(roles[x.ID]) > 0 && x.ID != p.ID {
			v.Principals = append(v.Principals, templates.Choice{Value: x.ID, Text: x.Name() + " (" + strings.Join(roles[x.ID], ", ") + ")"})
		}
	}
	return v, err
}

func (s *Server) newMandatePage(c *Call) error {
	p, err := s.Office.Person(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	if err := council.MayGrant(c.Actor, council.Mandate{Person: p.ID, Role: council.Member}); err != nil {
		return err
	}
	v, err := s.mandateForm(c, c.NewForm(templates.MandateFields, 0, mandateRequest{From: c.Today()}), p, true)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, v)
}

func (s *Server) changeMandatePage(c *Call) error {
	p, m, err := s.mandateOf(c)
	if err != nil {
		return err
	}
	in := mandateRequest{m.Person, m.Role, m.Side, m.From, m.Until, m.SubstituteFor, m.Basis}
	v, err := s.mandateForm(c, c.NewForm(templates.MandateFields, m.Revision, in), p, false)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, v)
}

// mandateOf is the mandate that the address names, with its person.
func (s *Server) mandateOf(c *Call) (p council.Person, m council.Mandate, err error) {
	if p, err = s.Office.Person(c.Ctx, c.Actor, c.Param("id")); err != nil {
		return p, m, err
	}
	all, err := s.Office.Mandates(c.Ctx, c.Actor)
	if err != nil {
		return p, m, err
	}
	i := slices.IndexFunc(all, func(m council.Mandate) bool { return m.ID == c.Param("mandate") && m.Person == p.ID })
	if i < 0 {
		return p, m, missing("mandate", c.Param("mandate"))
	}
	return p, all[i], council.MayGrant(c.Actor, all[i])
}

func (s *Server) giveMandateByForm(c *Call) error {
	p, err := s.Office.Person(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return s.mandateByForm(c, p, council.Mandate{})
}

func (s *Server) changeMandateByForm(c *Call) error {
	p, m, err := s.mandateOf(c)
	if err != nil {
		return err
	}
	return s.mandateByForm(c, p, m)
}

func (s *Server) mandateByForm(c *Call, p council.Person, was council.Mandate) error {
	var in mandateRequest
	form, err := c.Form(templates.MandateFields, &in)
	if err != nil {
		return err
	}
	if was.ID == "" {
		form.Revision = 0
	}
	in.Person = p.ID
	_, err = s.Office.SaveMandate(c.Ctx, c.by(), form.Revision, in.mandate(was.ID))
	if wrong, err := c.Wrong(&form, err); wrong {
		v, pageErr := s.mandateForm(c, form, p, was.ID == "")
		if pageErr != nil {
			return pageErr
		}
		return c.FormPage(v)
	} else if err != nil {
		return err
	}
	return c.Done(personAt(p.ID), "done.mandate", "name", p.Name())
}

func (c *Call) delegationRow(r *council.Roster, d council.Delegation) templates.DelegationRow {
	p, _ := r.Person(d.Person)
	row := templates.DelegationRow{Body: c.inLang(d.Body, d.BodyEN), Name: p.Name(), Person: personAt(d.Person), From: d.From, Until: d.Until}
	if c.keeps() {
		row.Change = "/people/delegations/" + d.ID
	}
	return row
}

func (s *Server) delegationsPage(c *Call) error {
	r, err := s.Office.Roster(c.Ctx)
	if err != nil {
		return err
	}
	all, err := s.Office.Delegations(c.Ctx)
	if err != nil {
		return err
	}
	p := templates.Delegations{Crumbs: c.peopleCrumbs(), Keep: c.keeps()}
	for _, d := range all {
		if d.Until != "" && d.Until < c.Today() {
			p.Past = append(p.Past, c.delegationRow(r, d))
		} else {
			p.Now = append(p.Now, c.delegationRow(r, d))
		}
	}
	return c.Page(http.StatusOK, p)
}

func (s *Server) delegationForm(c *Call, f templates.Form, isNew bool) (v templates.DelegationForm, err error) {
	v = templates.DelegationForm{Form: f, New: isNew}
	v.Crumbs = append(c.peopleCrumbs(), templates.Link{Text: c.say("page.delegations.title"), Href: "/people/delegations"})
	v.People, err = s.personChoices(c)
	return v, err
}

func (s *Server) newDelegationPage(c *Call) error {
	v, err := s.delegationForm(c, c.NewForm(templates.DelegationFields, 0, delegationRequest{From: c.Today()}), true)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, v)
}

func (s *Server) delegationOf(c *Call) (council.Delegation, error) {
	all, err := s.Office.Delegations(c.Ctx)
	if err != nil {
		return council.Delegation{}, err
	}
	i := slices.IndexFunc(all, func(d council.Delegation) bool { return d.ID == c.Param("delegation") })
	if i < 0 {
		return council.Delegation{}, missing("delegation", c.Param("delegation"))
	}
	return all[i], nil
}

func (s *Server) changeDelegationPage(c *Call) error {
	d, err := s.delegationOf(c)
	if err != nil {
		return err
	}
	v, err := s.delegationForm(c, c.NewForm(templates.DelegationFields, d.Revision, delegationRequest{d.Person, d.Body, d.BodyEN, d.From, d.Until}), false)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, v)
}

func (s *Server) addDelegationByForm(c *Call) error { return s.delegationByForm(c, "") }

func (s *Server) changeDelegationByForm(c *Call) error {
	d, err := s.delegationOf(c)
	if err != nil {
		return err
	}
	return s.delegationByForm(c, d.ID)
}

func (s *Server) delegationByForm(c *Call, id string) error {
	var in delegationRequest
	form, err := c.Form(templates.DelegationFields, &in)
	if err != nil {
		return err
	}
	if id == "" {
		form.Revision = 0
	}
	_, err = s.Office.SaveDelegation(c.Ctx, c.by(), form.Revision, in.delegation(id))
	if wrong, err := c.Wrong(&form, err); wrong {
		v, pageErr := s.delegationForm(c, form, id == "")
		if pageErr != nil {
			return pageErr
		}
		return c.FormPage(v)
	} else if err != nil {
		return err
	}
	return c.Done("/people/delegations", "done.delegation", "body", in.Body)
}
