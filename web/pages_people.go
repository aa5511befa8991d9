package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/templates"
)

func init() {
	addArea(area{
		routes: (*Server).peoplePages,
		nav:    []entrance{{"/people", "nav.people", 60, anybody}},
	})
}

// peoplePages are those of people, mandates and delegations. The public reads
// who belongs to the council and in which role, nothing more.
func (s *Server) peoplePages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/people", Public, noBody, s.kept(s.peoplePage)},
		{"GET", "/people/new", keepers, noBody, s.newPersonPage},
		{"POST", "/people/new", keepers, formDoc, s.addPersonByForm},
		{"GET", "/people/:id", mandated, noBody, s.personPage},
		{"GET", "/people/:id/change", keepers, noBody, s.changePersonPage},
		{"POST", "/people/:id/change", keepers, formDoc, s.changePersonByForm},
		{"GET", "/people/:id/mandates/new", keepers, noBody, s.newMandatePage},
		{"POST", "/people/:id/mandates/new", keepers, formDoc, s.giveMandateByForm},
		{"GET", "/people/:id/mandates/:mandate", keepers, noBody, s.changeMandatePage},
		{"POST", "/people/:id/mandates/:mandate", keepers, formDoc, s.changeMandateByForm},
		{"GET", "/people/delegations", mandated, noBody, s.delegationsPage},
		{"GET", "/people/delegations/new", keepers, noBody, s.newDelegationPage},
		{"POST", "/people/delegations/new", keepers, formDoc, s.addDelegationByForm},
		{"GET", "/people/delegations/:delegation", keepers, noBody, s.changeDelegationPage},
		{"POST", "/people/delegations/:delegation", keepers, formDoc, s.changeDelegationByForm},
	}
}

// personAt is the path of a person's page, or of one below it.
func personAt(id string, below ...string) string {
	path := "/people/" + url.PathEscape(id)
	for _, p := range below {
		path += "/" + url.PathEscape(p)
	}
	return path
}

func (c *Call) peopleCrumbs() templates.Crumbs {
	return templates.Crumbs{{Text: c.say("page.people.title"), Href: "/people"}}
}

// sees reports whether the reader sees the register of people.
func (c *Call) sees() bool { return council.MaySeePeople(c.Actor) == nil }

func (c *Call) keeps() bool { return keeper(c.Actor) }

// roleOf is a role's name in the gender of who holds it.
func (c *Call) roleOf(role string, p council.Person) string {
	if p.Gender != "" {
		return c.say("role." + role + "." + string(p.Gender))
	}
	return c.say("role." + role)
}

// roleName is the name of a mandate's role as its holder bears it.
func (c *Call) roleName(m council.Mandate, p council.Person) string {
	switch {
	case m.SubstituteFor != "" && m.Role == council.Member:
		return c.roleOf("alternate", p)
	case m.SubstituteFor != "":
		return c.roleOf(string(m.Role), p) + " (" + c.roleOf("substitute", p) + ")"
	}
	return c.roleOf(string(m.Role), p)
}

// holder is a mandate as a list of people shows it: to the public, the name.
func (c *Call) holder(r *council.Roster, m council.Mandate) templates.Holder {
	p, _ := r.Person(m.Person)
	h := templates.Holder{Name: p.Name(), Role: upper(c.roleName(m, p)), From: m.From, Until: m.Until}
	if c.sees() {
		h.Href, h.Works = personAt(p.ID), works(p)
	}
	return h
}

// works is what somebody does, where it is known; a position mostly names the
// organisation itself.
func works(p council.Person) string { return cmp.Or(p.Position, p.Organisation) }

func upper(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

func (s *Server) peoplePage(c *Call) error {
	r, err := s.Office.Roster(c.Ctx)
	if err != nil {
		return err
	}
	set, err := s.Office.Settings(c.Ctx)
	if err != nil {
		return err
	}
	today := c.Today()
	p := templates.People{Keep: c.keeps(), Register: c.sees()}
	for _, role := range []council.Role{council.Chair, council.Deputy} {
		p.Leads = append(p.Leads, c.leadHolder(r, role, today))
	}
	sides := map[council.Side][]templates.Holder{}
	for _, seat := range r.Members(today) {
		h := c.holder(r, seat.Member)
		for _, a := range seat.Alternates {
			h.Substitutes = append(h.Substitutes, c.holder(r, a))
		}
		sides[seat.Side] = append(sides[seat.Side], h)
	}
	for _, side := range []council.Side{council.State, council.NGO} {
		p.Sides = append(p.Sides, templates.CouncilSide{Side: side, Name: upper(c.say("side." + string(side))),
			Members: sides[side], Filled: len(sides[side]), Seats: set.SeatsPerSide})
	}
	if p.Register {
		if p.Staff, p.Others, err = s.offices(c, r, today); err != nil {
			return err
		}
	}
	return c.Page(http.StatusOK, p)
}

// leadHolder is who holds an office today, with recorded substitutes.
func (c *Call) leadHolder(r *council.Roster, role council.Role, today council.Date) templates.Holder {
	m, ok := r.Holder(role, today)
	if !ok {
		return templates.Holder{Role: upper(c.say("role." + string(role))), Vacant: true}
	}
	h := c.holder(r, m)
	for _, x := range r.Substitutes(role, today) {
		sub := c.holder(r, x)
		p, _ := r.Person(x.Person)
		sub.Role = upper(c.roleOf("substitute", p))
		h.Substitutes = append(h.Substitutes, sub)
	}
	return h
}

// offices are the secretariat and administrators of today, and everybody in the
// register who holds no mandate today.
func (s *Server) offices(c *Call, r *council.Roster, today council.Date) (staff, others []templates.Holder, err error) {
	for _, role := range []council.Role{council.Secretariat, council.Administrator} {
		for _, m := range r.Holders(role, today) {
			staff = append(staff, c.holder(r, m))
		}
	}
	all, err := s.registered(c)
	for _, p := range all {
		if len(r.Actor(p.ID, today).Mandates) == 0 {
			others = append(others, templates.Holder{Name: p.Name(), Href: personAt(p.ID), Works: works(p)})
		}
	}
	return staff, others, err
}

// registered are all people, by surname.
func (s *Server) registered(c *Call) ([]council.Person, error) {
	all, err := s.Office.People(c.Ctx, c.Actor)
	slices.SortStableFunc(all, func(a, b council.Person) int {
		return cmp.Or(locale.Compare(a.Surname, b.Surname), locale.Compare(a.Given, b.Given))
	})
	return all, err
}

// personChoices are all people to choose from.
func (s *Server) personChoices(c *Call) ([]templates.Choice, error) {
	all, err := s.registered(c)
	choices := make([]templates.Choice, len(all))
	for i, p := range all {
		choices[i] = templates.Choice{Value: p.ID, Text: p.Name(), Hint: works(p)}
	}
	return choices, err
}

func (s *Server) personPage(c *Call) error {
	p, err := s.Office.Person(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	r, err := s.Office.Roster(c.Ctx)
	if err != nil {
		return err
	}
	view := templates.PersonPage{Crumbs: c.peopleCrumbs(), Name: p.Name(), Path: personAt(p.ID), Keep: c.keeps(), Self: p.ID == c.Actor.Person}
	view.Rows = []templates.Row{{Name: c.say("page.person.position"), Value: cmp.Or(p.Position, "–")},
		{Name: c.say("page.person.organisation"), Value: cmp.Or(p.Organisation, "–")}}
	if p.OutsideRiga {
		view.Rows = append(view.Rows, templates.Row{Name: c.say("page.person.seat"), Value: c.say("page.person.outside.yes")})
	}
	if view.Mandates, err = s.mandateRows(c, r, p); err != nil {
		return err
	}
	all, err := s.Office.Delegations(c.Ctx)
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.Person == p.ID {
			view.Sent = append(view.Sent, c.delegationRow(r, d))
		}
	}
	if view.Keep {
		view.Account, view.Subject = accountsAt, personAt(p.ID, "certificate")
	}
	view.History = c.historyOf("person", p.ID)
	return c.Page(http.StatusOK, view)
}

// mandateRows are all mandates a person ever had, the newest first.
func (s *Server) mandateRows(c *Call, r *council.Roster, p council.Person) (rows []templates.MandateRow, err error) {
	all, err := s.Office.Mandates(c.Ctx, c.Actor)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b council.Mandate) int { return cmp.Compare(b.From, a.From) })
	for _, m := range all {
		if m.Person != p.ID {
			continue
		}
		row := templates.MandateRow{Role: upper(c.roleName(m, p)), From: m.From, Until: m.Until, Basis: m.Basis, State: c.mandateTag(m), History: c.historyOf("mandate", m.ID)}
		if m.Side != "" {
			row.Role += ", " + c.say("side."+string(m.Side))
		}
		if x, ok := r.Person(m.SubstituteFor); ok {
			row.For = x.Name()
		}
		if c.keeps() && p.ID != c.Actor.Person {
			row.Change = personAt(p.ID, "mandates", m.ID)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func (c *Call) mandateTag(m council.Mandate) templates.Tag {
	switch today := c.Today(); {
	case m.InForce(today):
		return templates.Tag{Text: c.say("page.mandate.now"), Colour: "green"}
	case m.From > today:
		return templates.Tag{Text: c.say("page.mandate.coming"), Colour: "blue"}
	}
	return templates.Tag{Text: c.say("page.mandate.ended"), Colour: "grey"}
}

func (s *Server) newPersonPage(c *Call) error {
	return c.Page(http.StatusOK, c.personForm(c.NewForm(templates.PersonFields, 0, nil), council.Person{}))
}

func (c *Call) personForm(f templates.Form, p council.Person) templates.PersonForm {
	v := templates.PersonForm{Crumbs: c.peopleCrumbs(), Form: f, New: p.ID == "", Back: "/people"}
	if !v.New {
		v.Back = personAt(p.ID)
		v.Crumbs = append(v.Crumbs, templates.Link{Text: p.Name(), Href: v.Back})
	}
	return v
}

func (s *Server) changePersonPage(c *Call) error {
	p, err := s.Office.Person(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	in := personRequest{p.Given, p.Surname, p.Gender, p.Position, p.Organisation, p.OutsideRiga}
	return c.Page(http.StatusOK, c.personForm(c.NewForm(templates.PersonFields, p.Revision, in), p))
}

func (s *Server) addPersonByForm(c *Call) error { return s.personByForm(c, council.Person{}) }

func (s *Server) changePersonByForm(c *Call) error {
	p, err := s.Office.Person(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return s.personByForm(c, p)
}

func (s *Server) personByForm(c *Call, was council.Person) error {
	var in personRequest
	form, err := c.Form(templates.PersonFields, &in)
	if err != nil {
		return err
	}
	if was.ID == "" {
		form.Revision = 0
	}
	p, err := s.Office.SavePerson(c.Ctx, c.by(), form.Revision, in.person(was.ID))
	if wrong, err := c.Wrong(&form, genderInWords(err)); wrong {
		return c.FormPage(c.personForm(form, was))
	} else if err != nil {
		return err
	}
	return c.Done(personAt(p.ID), "done.person", "name", p.Name())
}

// missing is the answer for what is not there.
func missing(kind, id string) error {
	return problem.New(problem.NotFound, "problem.missing."+kind, "id", clip(id))
}
